"""A House comes in, a Starlette application with its pages, files and socket goes out."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from meetagain.care.doorway import doorway_words
from meetagain.errors import MeetAgainError
from meetagain.meeting.journal import read_journal
from meetagain.prepare.ticket import taken_back
from meetagain.schema.person import Person
from meetagain.server.house import House
from meetagain.server.pairing import COOKIE, CodeWrong, Pairing
from meetagain.server.roles import Role
from meetagain.server.socket import NOT_ALLOWED, Connection

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
#: The worker that opens packed pictures makes functions from text, which no page may. It is alone: no page, no other file, nobody to ask.
UNPACKING, ALONE = "/assets/unpacking-", "default-src 'none'; script-src 'unsafe-eval'"
HEADERS = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"microphone=(self), xr-spatial-tracking=(self), camera=(), geolocation=()"),
)


#: This computer itself.
HERE = ("127.0.0.1", "localhost", "::1")
MOST_CANDLES = 24  # as many as the cake holds


class Guarded:
    """Adds the headers that keep a page to itself to every answer (P1)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = ALONE if scope["path"].startswith(UNPACKING) else POLICY
                message["headers"] = [*message["headers"], (b"content-security-policy", policy.encode()), *HEADERS]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class ByName:
    """Answers only who asks for this door by its own address: a page of the internet that points a name of its own here gets nothing."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_ours(bare_host(HTTPConnection(scope).headers.get("host", ""))):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await Response("Please open this page by its own address.", 421)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": NOT_ALLOWED})

    def _is_ours(self, host: str) -> bool:
        """A name that was given to this door, or an address in numbers: those cannot be pointed here by somebody else."""
        try:
            return host in self._hosts or bool(ip_address(host))
        except ValueError:
            return False


def bare_host(host: str) -> str:
    """Without the port: "[::1]:8600" is "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.rpartition(":")[0].lower() if host.count(":") == 1 else host.lower()


def client_folder() -> Path:
    """Where the built client lies inside the package."""
    return Path(str(files("meetagain"))) / "client"


class Door:
    """The routes of one house."""

    def __init__(self, house: House, pairing: Pairing) -> None:
        self.house, self.pairing = house, pairing

    # --- who is asking --------------------------------------------------------------------------------------------------

    def role(self, connection: HTTPConnection, wanted: Role) -> Role | None:
        """The role this browser may take, or None."""
        owned = self._roles(connection)
        return wanted if wanted in owned or (wanted is Role.SPECTATOR and Role.COMPANION in owned) else None

    def _roles(self, connection: HTTPConnection) -> frozenset[Role]:
        """Every role that this browser was given a code for, at this person's door."""
        if not self.pairing.needed:
            return frozenset(Role)
        held = {self.pairing.role_of(connection.cookies.get(pass_name(connection, role))) for role in Role}
        return frozenset(role for role in held if role is not None)

    def _allow(self, request: Request, *roles: Role) -> None:
        if self._roles(request).isdisjoint(roles):
            raise HTTPException(403, "Please enter the code that the companion gives you.")

    async def pair(self, request: Request) -> Response:
        """POST {code}: a one-time code becomes a pass for this browser."""
        try:
            given = self.pairing.redeem(await _code_in(request), time.monotonic())
        except CodeWrong as error:
            return JSONResponse({"message": str(error)}, 403)
        response = JSONResponse({"role": given.role})
        name, secure = pass_name(request, given.role), request.url.scheme == "https"
        response.set_cookie(name, given.token, httponly=True, samesite="strict", secure=secure, max_age=12 * 3600)
        return response

    async def codes(self, request: Request) -> Response:
        """What the companion shows to others: a code for each role."""
        self._allow(request, Role.COMPANION)
        if not self.pairing.needed:
            return JSONResponse({"needed": False, "codes": {}})
        for role in (Role.VISITOR, Role.SPECTATOR):
            if role not in self.pairing.codes():
                self.pairing.new_code(role)
        return JSONResponse({"needed": True, "codes": {str(role): code for role, code in self.pairing.codes().items()}})

    # --- words and files --------------------------------------------------------------------------------------------------

    async def doorway(self, request: Request) -> Response:
        """Words for the doorway. Nothing of the likeness; and not even a name to a browser that nobody let in."""
        told = {"paired": self.role(request, Role.VISITOR) is not None, "client_clock": self.house.client_clock}
        return JSONResponse({**doorway_words(self.house.person), **told} if self._roles(request) else told)

    async def lines(self, request: Request) -> Response:
        """Every line that may be said, for the companion's list."""
        self._allow(request, Role.COMPANION)
        ticket = self.house.check()
        return JSONResponse(
            [{"group": line.group or line.line_class, "text": line.text, "cites": list(line.cites)} for line in ticket.repertoire.lines]
        )

    async def memory(self, request: Request) -> Response:
        """One memory as it was told, for the companion."""
        self._allow(request, Role.COMPANION)
        for fact in self.house.check().memory.facts:
            if fact.id == request.path_params["memory"] and fact.open:
                return JSONResponse({"id": fact.id, "fact": fact.fact, "said": fact.said, "told_by": fact.told_by, "when": fact.when})
        raise HTTPException(404)

    async def person_file(self, request: Request) -> Response:
        """likeness.vrm and motion.glb: only after the visitor's own yes (C7), or for somebody who watches a meeting under way."""
        self._after_the_yes(request)
        name = request.path_params["name"]
        if name not in ("likeness.vrm", "motion.glb"):
            raise HTTPException(404)
        if request.query_params.get("for") == "keepsake" and await asyncio.to_thread(taken_back, self.house.folder.root):
            raise HTTPException(404, "This portrait was taken away, because a photograph in it is not used any more.")
        return _file(self.house.folder.root / "build" / name, "model/gltf-binary")

    def _after_the_yes(self, request: Request) -> None:
        """Nothing of the likeness and no picture of the family before the visitor's yes (C7); a kept meeting is for the companion."""
        if request.query_params.get("for") == "keepsake":
            self._allow(request, Role.COMPANION)
            return
        self._allow(request, Role.VISITOR, Role.COMPANION, Role.SPECTATOR)
        meeting = self.house.meeting
        if meeting is None or meeting.phase == "doorway":
            raise HTTPException(403, "Not before the visitor has said yes.")

    async def things(self, request: Request) -> Response:
        """The family's own pictures for the story, the letter and what hangs at the picnic; and how the portrait is drawn."""
        self._after_the_yes(request)
        found = family_things(self.house.folder.root, self.house.person)
        told = {key: value for key, value in found.items() if key != "files"}
        return JSONResponse({**told, "style": self.house.style()})

    async def thing(self, request: Request) -> Response:
        """One picture of the family that the story shows."""
        self._after_the_yes(request)
        shown = family_things(self.house.folder.root, self.house.person)["files"]
        path = shown.get(request.path_params["item"])
        if path is None:
            raise HTTPException(404)
        return _file(self.house.folder.root / path, None)

    # --- keepsake ---------------------------------------------------------------------------------------------------------

    async def meetings(self, request: Request) -> Response:
        """Meetings that were held."""
        self._allow(request, Role.COMPANION)
        return JSONResponse([_summary(path) for path in sorted((self.house.folder.root / "meetings").glob("*/journal.jsonl"))])

    async def journal(self, request: Request) -> Response:
        """One meeting's journal."""
        self._allow(request, Role.COMPANION)
        return _file(self._meeting_folder(request) / "journal.jsonl", "application/x-ndjson")

    async def sound(self, request: Request) -> Response:
        """One clause of a meeting as it sounded."""
        self._allow(request, Role.COMPANION)
        return _file(self._meeting_folder(request) / "sound" / f"{int(request.path_params['clause'])}.wav", "audio/wav")

    def _meeting_folder(self, request: Request) -> Path:
        base = (self.house.folder.root / "meetings").resolve()
        folder = (base / request.path_params["meeting"]).resolve()
        if folder.parent != base:
            raise HTTPException(404)
        return folder

    # --- the socket -------------------------------------------------------------------------------------------------------

    async def socket(self, socket: WebSocket) -> None:
        """One browser joins as ?role=visitor|companion|spectator."""
        await socket.accept()
        wanted = socket.query_params.get("role", "")
        role = self.role(socket, Role(wanted)) if wanted in set(Role) else None
        if role is None or not _same_origin(socket):
            await socket.close(NOT_ALLOWED, "not paired")
            return
        connection = Connection(socket, self.house, role)
        if role is Role.VISITOR:
            if self.house.visitor is not None:
                await self.house.visitor.leave()
            self.house.visitor = connection
        await connection.run()


def family_things(root: Path, person: Person) -> dict:
    """Which of the family's pictures the story shows, by item id: photos on the cloth, and the letter."""
    from meetagain.archive.read import read_archive

    archive = read_archive(root)
    pictures = [item for item in archive.items if item.kind == "photo" and item.may_be_used]
    letters = [item for item in pictures if any(word in item.file.lower() for word in ("letter", "card"))]
    drawings = [item for item in pictures if "drawing" in item.file.lower()]
    photos = [item for item in pictures if item not in letters and item not in drawings]
    letter = (letters or drawings)[:1]
    things = [*drawings, *photos][:3]
    shown = {item.id: item.file for item in [*letter, *things]}
    return {
        "letter": f"/api/things/{letter[0].id}" if letter else None,
        "things": [{"id": item.id, "caption": item.note, "image": f"/api/things/{item.id}"} for item in things],
        "candles": min(MOST_CANDLES, max(1, round(person.age_shown))) if person.is_child else 5,
        "files": shown,
    }


def pass_name(connection: HTTPConnection, role: Role) -> str:
    """Under which name a browser keeps this pass. Browsers do not tell ports apart, and one computer may serve several people."""
    return f"{COOKIE}_{connection.url.port or 0}_{role}"


async def _code_in(request: Request) -> str:
    """The code of a request, whatever else was sent."""
    try:
        body = await request.json()
    except ValueError:
        return ""
    code = body.get("code", "") if isinstance(body, dict) else ""
    return code if isinstance(code, str) else ""


def _same_origin(socket: WebSocket) -> bool:
    origin = socket.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == socket.headers.get("host")


def _file(path: Path, media_type: str | None) -> Response:
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type=media_type)


def _summary(path: Path) -> dict:
    last, how = 0.0, ""
    for event in read_journal(path):
        last = event.at_s
        how = getattr(event, "how", how)
    return {"id": path.parent.name, "minutes": round(last / 60, 1), "how": how}


async def _sorry(request: Request, error: Exception) -> Response:
    assert isinstance(error, MeetAgainError)
    return JSONResponse({"message": f"{error.issue.sentence} {error.issue.mend}"}, 409)


def _page(name: str):
    async def page(request: Request) -> Response:
        return _file(client_folder() / name, "text/html")

    return page


def make_app(house: House, pairing: Pairing, hosts: Sequence[str] = HERE) -> Starlette:
    """The application of one house. `hosts` are the names and addresses under which it may be asked for; to any other it says nothing (P1)."""
    door = Door(house, pairing)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await house.close()

    routes = [
        Route("/", _page("index.html")),
        *(Route(f"/{name}", _page(f"{name}.html")) for name in ("companion", "spectator", "keepsake")),
        Route("/api/pair", door.pair, methods=["POST"]),
        Route("/api/codes", door.codes),
        Route("/api/doorway", door.doorway),
        Route("/api/lines", door.lines),
        Route("/api/memories/{memory}", door.memory),
        Route("/api/things", door.things),
        Route("/api/things/{item}", door.thing),
        Route("/api/meetings", door.meetings),
        Route("/api/meetings/{meeting}/journal.jsonl", door.journal),
        Route("/api/meetings/{meeting}/sound/{clause:int}.wav", door.sound),
        Route("/person/{name}", door.person_file),
        WebSocketRoute("/ws", door.socket),
        Mount("/", StaticFiles(directory=client_folder(), check_dir=False)),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guarded), Middleware(ByName, hosts=hosts)],
        lifespan=lifespan,
        exception_handlers={MeetAgainError: _sorry},
    )
