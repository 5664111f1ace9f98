"""The visitor's sound comes in and waits in order for the ear; whoever brings it does not wait, however long the ear needs."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import numpy as np

from meetagain.hearing.backend import HearingEvent
from meetagain.meeting.aside import Aside
from meetagain.meeting.live import Meeting
from meetagain.meeting.trouble import HEARD_AGAIN, UNHEARD

ASKS_S = 5.0  # of an ear that does not return with what the visitor said; then they are asked for it once more
PATIENCE_S = 8.0  # then the companion is told
RATE_HZ = 16000
MOST_WAITING = 10 * RATE_HZ  # samples kept for an ear that is behind; older ones are let go

Take = Callable[[Meeting, Awaitable[Sequence[HearingEvent]]], Awaitable[None]]


class Listening:
    """One meeting's way from the microphone to the ear. `take` is handed what each piece of sound will have brought."""

    def __init__(self, meeting: Meeting, take: Take) -> None:
        self._meeting, self._take = meeting, take
        self._waiting: deque[np.ndarray] = deque()
        self._at_s = 0.0
        self._work: asyncio.Task[None] | None = None

    def bring(self, pcm: np.ndarray) -> None:
        """The next samples, (n,) float32 at 16 kHz, ending now."""
        if not self._meeting.hears:
            return
        self._waiting.append(pcm)
        self._at_s = self._meeting.at_s
        while sum(map(len, self._waiting)) > MOST_WAITING:
            self._waiting.popleft()
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._feed())

    async def settle(self) -> None:
        """Wait until everything brought was heard."""
        if self._work is not None:
            await self._work

    async def close(self) -> None:
        """Nobody listens any more; a call that does not return is left to itself."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    async def _feed(self) -> None:
        while self._waiting and self._meeting.hears:
            pcm = np.concatenate(self._waiting)
            self._waiting.clear()
            assert self._meeting.rooms.ear is not None
            heard = Aside(self._meeting.rooms.ear.feed, pcm, self._at_s).result
            try:
                await self._wait_for(heard)
                await self._take(self._meeting, heard)
            finally:
                heard.cancel()

    async def _wait_for(self, heard: asyncio.Future[Sequence[HearingEvent]]) -> None:
        await asyncio.wait({heard}, timeout=ASKS_S)
        if not heard.done() and self._meeting.floor.taken:  # she must not stand there mute, nor wait with all else
            self._meeting.missed.ask()
        await asyncio.wait({heard}, timeout=PATIENCE_S - ASKS_S)
        if heard.done():
            return
        self._meeting.notice("look", UNHEARD)
        await asyncio.wait({heard})
        if not self._meeting.over:
            self._meeting.notice("note", HEARD_AGAIN)
