"""An address that the keeper chose comes in; one request at a time goes there, and only if it may."""

import http.client
import ipaddress
import json
import os
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping

from meetagain.errors import MeetAgainError, issue

PATIENCE_S = 20.0
LARGEST_ANSWER = 64 * 1024 * 1024


class _StayHere(urllib.request.HTTPRedirectHandler):
    """An address may not send family words on to another one."""

    def redirect_request(self, *args: object) -> None:
        return None


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
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere()).open

    def post_json(self, path: str, body: Mapping[str, object]) -> bytes:
        """The answer to a JSON request. Raises MeetAgainError(remote-silent)."""
        return self._post(path, json.dumps(body).encode(), "application/json")

    def post_file(self, path: str, fields: Mapping[str, str], name: str, data: bytes) -> bytes:
        """The answer to a form with one file, called `file`. Raises MeetAgainError(remote-silent)."""
        mark = f"----{secrets.token_hex(16)}"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode() for field, value in fields.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: audio/wav\r\n\r\n'
        body = b"".join([*parts, head.encode(), data, f"\r\n--{mark}--\r\n".encode()])
        return self._post(path, body, f"multipart/form-data; boundary={mark}")

    def _post(self, path: str, body: bytes, kind: str) -> bytes:
        request = urllib.request.Request(f"{self._base}/{path}", data=body, headers={"Content-Type": kind}, method="POST")
        if self._key:
            request.add_header("Authorization", f"Bearer {self._key}")
        try:
            with self._open(request, timeout=PATIENCE_S) as answer:
                return answer.read(LARGEST_ANSWER)
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
