"""A person's folder comes in; one meeting at a time, with its clock, goes out to whoever is connected."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from meetagain.errors import MeetAgainError
from meetagain.hearing.backend import HearingBackend, HearingEvent
from meetagain.meeting.journal import Journal
from meetagain.meeting.listening import Listening
from meetagain.meeting.live import Meeting
from meetagain.meeting.rooms import open_rooms
from meetagain.prepare.ticket import issue_ticket
from meetagain.schema import wire
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.store.folder import PersonFolder

log = logging.getLogger(__name__)

STEP_S = 0.05


class House:
    """One person's door. A new meeting begins when the last one is over and somebody knocks again."""

    def __init__(self, root: Path, *, listen: bool = True, client_clock: bool = False, seed: int = 0) -> None:
        self.folder = PersonFolder(root)
        self.person = self.folder.read_person()
        self.client_clock = client_clock
        self.meeting: Meeting | None = None
        self.order = asyncio.Lock()  # one report, one chunk of sound, one step of time after the other
        self.visitor: object | None = None  # the one visitor page that leads
        self._listen = listen
        self._seed = seed
        self._hearing: HearingBackend | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._listening: Listening | None = None
        self._followers: list[Callable[[Meeting], None]] = []

    @property
    def name(self) -> str:
        """What everybody called the person."""
        return self.person.name

    def style(self) -> str:
        """How the portrait is drawn, as person.yaml says now: the keeper may change it between two meetings, and nothing is built for it."""
        try:
            return self.folder.read_person().settings.style
        except MeetAgainError:
            return self.person.settings.style

    def check(self) -> MeetingTicket:
        """A ticket as it would be issued now. Raises MeetAgainError when something is missing."""
        return issue_ticket(self.folder.root, Visitor(), self._safeguards(), "check", self._seed)

    async def knock(self, *, anew: bool = False) -> Meeting:
        """The meeting under way, or a fresh one at its doorway. `anew`: a visitor has said yes there, so a stopped one is closed first.

        Raises MeetAgainError.
        """
        async with self.order:
            if anew and self.meeting is not None and self.meeting.phase == "stopped":
                self.meeting.end("stop")
            if self.meeting is None or self.meeting.over:
                await self._close_old()
                self.meeting = await asyncio.to_thread(self._open)
                self._listening = Listening(self.meeting, self._heard)
                if not self.client_clock:
                    self._ticking = asyncio.create_task(self._tick(self.meeting))
                for follow in list(self._followers):
                    follow(self.meeting)
            return self.meeting

    def follow(self, follower: Callable[[Meeting], None]) -> Callable[[], None]:
        """Be told of every new meeting, for pages that stay open from one to the next. Call the result to stop."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    async def close(self) -> None:
        """The house goes to sleep."""
        await self._close_old()

    async def _close_old(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
            self._ticking = None
        if self._listening is not None:
            await self._listening.close()
            self._listening = None
        if self.meeting is not None:
            await self.meeting.close()
            self.meeting = None

    def _open(self) -> Meeting:
        meeting_id = f"{datetime.now():%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}"
        ticket = issue_ticket(self.folder.root, Visitor(), self._safeguards(), meeting_id, self._seed)
        rooms = open_rooms(ticket, listen=self._listen)
        return Meeting(rooms, Journal(self.folder.root / "meetings" / meeting_id))

    def _safeguards(self) -> Safeguards:
        return Safeguards(stop_words=self.person.settings.stop_words)

    async def _tick(self, meeting: Meeting) -> None:
        began: float | None = None
        while not meeting.over:
            await asyncio.sleep(STEP_S)
            if meeting.state is None:
                continue
            now = time.monotonic()
            began = began if began is not None else now - meeting.at_s
            async with self.order:
                await self._go_on(meeting, meeting.advance(now - began))

    async def take(self, report: wire.Report) -> None:
        """One report of a client that has the right to send it."""
        meeting = await self.knock() if isinstance(report, wire.Doorway) else self.meeting
        if meeting is None or meeting.over:
            return
        if _is_stop(report):  # waits for nothing, not even for words that are being understood (S1)
            await self._go_on(meeting, meeting.take(report))
            return
        async with self.order:
            await self._go_on(meeting, self._hand_on(meeting, report))

    async def hear(self, meeting: Meeting, samples: np.ndarray) -> None:
        """The next microphone samples of a meeting's visitor: (n,) float32 at 16 kHz. Nobody waits until they are understood."""
        if self._listening is not None and meeting is self.meeting:
            self._listening.bring(samples)

    async def heard_out(self) -> None:
        """Wait until everything that came from the microphone was understood."""
        if self._listening is not None:
            await self._listening.settle()

    async def _heard(self, meeting: Meeting, found: Awaitable[Sequence[HearingEvent]]) -> None:
        """What came of the visitor's voice, in its order among everything else."""

        async def take() -> None:
            for event in await found:
                if not meeting.over:
                    meeting.take_hearing(event)

        async with self.order:
            await self._go_on(meeting, take())

    async def _hand_on(self, meeting: Meeting, report: wire.Report) -> None:
        if isinstance(report, wire.Tick):
            if self.client_clock:
                await meeting.advance(report.at_s)
                await meeting.settle()
                await meeting.advance(report.at_s)
            return
        await meeting.take(report)
        if self.client_clock:
            await meeting.settle()

    async def _go_on(self, meeting: Meeting, doing: Awaitable[None]) -> None:
        """An error in one step ends neither the clock nor anybody's connection."""
        try:
            await doing
        except Exception as error:  # noqa: BLE001  whatever it was, a meeting with somebody in it goes on
            meeting.stumbled(error)


def _is_stop(report: wire.Report) -> bool:
    return isinstance(report, wire.StopAsked) or (isinstance(report, wire.Control) and report.control == "stop")
