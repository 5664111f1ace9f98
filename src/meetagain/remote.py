"""An address that the keeper chose comes in; one request at a time goes there, and only if it may."""

import http.client
import ipaddress
import json
import os
import secrets
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial

from meetagain.errors import MeetAgainError, issue

PATIENCE_S = 20.0
LARGEST_ANSWER = 64 * 1024 * 1024


class _StayHere(urllib.request.HTTPRedirectHandler):
    """An address may not send family words on to another one."""

    def redirect_request(self, *args: object) -> None:
        return None


class Hold:
    """A request under way, held by somebody who may lose patience: `drop` closes its connection at once, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._dropped = False

    def take(self, line: socket.socket) -> None:
        """The connection is made. Raises OSError when it is no longer wanted."""
        with self._lock:
            self._line = line
            if self._dropped:
                line.close()
                raise OSError("no longer wanted")

    def drop(self) -> None:
        """Whoever waits for an answer waits no more."""
        with self._lock:
            self._dropped = True
            if self._line is not None:
                try:
                    self._line.shutdown(socket.SHUT_RDWR)
                except OSError:
                    return  # it was over already


def _held(kind: Callable[..., http.client.HTTPConnection], hold: Hold | None, host: str, **settings: object) -> http.client.HTTPConnection:
    """A connection that its holder can close."""
    made = kind(host, **settings)
    connect = made.connect

    def connected() -> None:
        connect()
        if hold is not None:
            hold.take(made.sock)

    made.connect = connected  # type: ignore[method-assign]
    return made


class _Http(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_held, http.client.HTTPConnection, getattr(request, "hold", None)), request)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        made = partial(_held, http.client.HTTPSConnection, getattr(request, "hold", None))
        return self.do_open(made, request, context=self._context)


class Remote:
    """An engine that speaks the OpenAI-compatible form. Raises MeetAgainError(remote-not-allowed) for another computer that was not allowed."""

    def __init__(self, room: str, url: str, key_env: str = "", remote_allowed: bool = False) -> None:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise MeetAgainError(issue("remote-unclear", url, room=room))
        if not remote_allowed and not is_this_computer(host):
            raise MeetAgainError(issue("remote-not-allowed", host, room=room))
        self.room, self.host, self._base = room, host, url.rstrip("/")
        self._key = os.environ.get(key_env, "") if key_env else ""
        # No proxy of the surroundings: what is said to this computer stays on it.
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere(), _Http(), _Https()).open

    def post_json(
        self, path: str, body: Mapping[str, object], patience_s: float = PATIENCE_S, hold: Hold | None = None, most: int = LARGEST_ANSWER
    ) -> bytes:
        """The answer to a JSON request, its first `most` bytes. Raises MeetAgainError(remote-silent)."""
        return self._post(path, json.dumps(body).encode(), "application/json", patience_s, hold, most)

    def post_form(self, path: str, fields: Mapping[str, str]) -> bytes:
        """The answer to a form. Raises MeetAgainError(remote-silent)."""
        return self._post(path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def post_file(self, path: str, fields: Mapping[str, str], name: str, data: bytes) -> bytes:
        """The answer to a form with one file, called `file`. Raises MeetAgainError(remote-silent)."""
        mark = f"----{secrets.token_hex(16)}"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode() for field, value in fields.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: audio/wav\r\n\r\n'
        body = b"".join([*parts, head.encode(), data, f"\r\n--{mark}--\r\n".encode()])
        return self._post(path, body, f"multipart/form-data; boundary={mark}")

    def _post(
        self, path: str, body: bytes, kind: str, patience_s: float = PATIENCE_S, hold: Hold | None = None, most: int = LARGEST_ANSWER
    ) -> bytes:
        request = urllib.request.Request(f"{self._base}/{path}", data=body, headers={"Content-Type": kind}, method="POST")
        request.hold = hold  # type: ignore[attr-defined]
        if self._key:
            request.add_header("Authorization", f"Bearer {self._key}")
        try:
            with self._open(request, timeout=patience_s) as answer:
                return answer.read(most)
        except urllib.error.HTTPError as error:
            error.close()
            raise MeetAgainError(issue("remote-silent", self.host, room=self.room, detail=f"it answered {error.code}")) from error
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            raise MeetAgainError(issue("remote-silent", self.host, room=self.room, detail="nothing answered")) from error


def is_this_computer(host: str) -> bool:
    """Whether a host name or address is this computer itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
