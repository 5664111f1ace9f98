"""A WebSocket comes in; reports flow to the house and events, filtered by role, flow back."""

import asyncio
import logging

import msgspec
import numpy as np
from starlette.websockets import WebSocket, WebSocketDisconnect

from meetagain.errors import MeetAgainError
from meetagain.meeting.live import Meeting
from meetagain.schema import wire
from meetagain.schema.sound import unpack_sound
from meetagain.server.discretion import Discretion
from meetagain.server.house import House
from meetagain.server.roles import Role, may_read, may_send

log = logging.getLogger(__name__)

_reports = msgspec.json.Decoder(wire.Report)
BACKLOG = 4000  # messages a slow reader may lag before it is let go; it comes back with a Snapshot
NOT_READY, NOT_ALLOWED, REPLACED = 4003, 4001, 4009


class Connection:
    """One browser at the meeting."""

    def __init__(self, socket: WebSocket, house: House, role: Role) -> None:
        self.socket, self.house, self.role = socket, house, role
        self._out: asyncio.Queue[wire.Event | bytes | None] = asyncio.Queue()
        self._stop_listening = self._stop_following = lambda: None
        self._meeting: Meeting | None = None
        self._discretion = Discretion(frozenset())

    async def run(self) -> None:
        """Serve this browser until it leaves."""
        sender = asyncio.create_task(self._send())
        try:
            await self._join()
            while True:
                await self._receive()
        except WebSocketDisconnect:
            pass
        except MeetAgainError as error:
            log.warning("cannot open a meeting: %s", error.issue.code)
            await self.socket.close(NOT_READY, error.issue.code)
        finally:
            self._stop_listening()
            self._stop_following()
            self._watches(None)
            if self.role is Role.VISITOR and self._meeting is not None and self.house.visitor is self:
                self.house.visitor = None
                self._meeting.link(False)
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)

    async def leave(self) -> None:
        """Another page took this place."""
        await self.socket.close(REPLACED, "taken over")

    async def _join(self) -> None:
        """A meeting that was stopped is still its own visitor's: whether this page is theirs it says in its Hello."""
        meeting = await self.house.knock()
        if self.role is not Role.VISITOR:
            self._stop_following = self.house.follow(self._follow)
        elif meeting.phase == "stopped":
            return
        self._follow(meeting)

    def _follow(self, meeting: Meeting) -> None:
        if self._meeting is meeting:
            return
        self._stop_listening()
        self._watches(meeting)
        self._meeting = meeting
        self._discretion = Discretion(meeting.private if self.role is Role.SPECTATOR else frozenset())
        self._out.put_nowait(meeting.snapshot())
        if self.role is Role.COMPANION and meeting.presence.health is not None:
            self._out.put_nowait(meeting.presence.health)
        self._stop_listening = meeting.journal.listen(self._offer)
        if self.role is Role.VISITOR:
            meeting.link(True)

    def _watches(self, meeting: Meeting | None) -> None:
        """A companion's page looks at this meeting now, and no longer at the one before."""
        if self.role is not Role.COMPANION:
            return
        for one, there in ((self._meeting, False), (meeting, True)):
            if one is not None:
                one.presence.console(there)

    def _offer(self, said: wire.Event | bytes) -> None:
        message = self._discretion.passes(said)
        if message is None or (not isinstance(message, bytes) and not may_read(self.role, message)):
            return
        if self._out.qsize() > BACKLOG:
            self._out.put_nowait(None)
        else:
            self._out.put_nowait(message)

    async def _send(self) -> None:
        while (message := await self._out.get()) is not None:
            if isinstance(message, bytes):
                await self.socket.send_bytes(message)
            else:
                await self.socket.send_text(msgspec.json.encode(message).decode())
        await self.socket.close(1013, "too far behind")

    async def _receive(self) -> None:
        message = await self.socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000))
        if message.get("bytes") is not None:
            await self._sound(message["bytes"])
        elif message.get("text") is not None:
            await self._report(message["text"])

    async def _sound(self, message: bytes) -> None:
        if self.role is not Role.VISITOR or self._meeting is None or len(message) < 8:
            return
        _, _, pcm = unpack_sound(message)
        samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2").astype(np.float32) / 32768.0
        await self.house.hear(self._meeting, samples)

    async def _report(self, text: str) -> None:
        try:
            report = _reports.decode(text)
        except msgspec.DecodeError:
            log.warning("a message of the %s page was not understood", self.role)
            return
        if isinstance(report, wire.Hello):
            anew = self.role is Role.VISITOR and not report.again
            self._follow(await self.house.knock(anew=anew))
            return
        if not may_send(self.role, report):
            log.warning("the %s page may not send %s", self.role, type(report).__name__)
            return
        if isinstance(report, wire.Tick):
            await self.house.take(report)
            self._offer_tick_done()
            return
        if isinstance(report, wire.Doorway):
            self._follow(await self.house.knock(anew=True))
        await self.house.take(report)

    def _offer_tick_done(self) -> None:
        """With a clock led by the client, an empty binary message says: everything up to this tick has been sent."""
        self._out.put_nowait(b"")
