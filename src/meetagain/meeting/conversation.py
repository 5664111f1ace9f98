"""Clauses that may be said come in, in order; Speech goes to the speaker. One task, which barge-in cancels."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import msgspec

from meetagain.meeting.trouble import place_of
from meetagain.schema.scenario import Cue
from meetagain.schema.speech import Clause, LineClass, Speech

log = logging.getLogger(__name__)

REACTIONS_KEPT = 500  # the latest: an evening is not to fill the memory

Voicing = Callable[[Clause], AsyncIterator[tuple[Speech, bool]]]  # the speech in its parts, and whether it was prepared
Judge = Callable[[Clause], Clause | None]
Approve = Callable[[Clause], Awaitable[bool]]
SETTLE_S = 0.002


class Reaction(msgspec.Struct, frozen=True):
    """How long the family's computer took to answer: wall milliseconds until the first sound was ready."""

    turn: int
    ms: float
    prepared: bool


class _Job(msgspec.Struct, eq=False):
    turn: int
    clauses: AsyncIterator[Clause]
    done: Callable[[int], None]
    asked_at: float | None
    farewell: bool = False


async def _each(clauses: Iterable[Clause]) -> AsyncIterator[Clause]:
    for clause in clauses:
        yield clause


class Conversation:
    """Turns clauses into speech one after the other. Nothing passes here that the judge did not let through."""

    def __init__(
        self, judge: Judge, voicing: Voicing, say: Callable[[Speech], None], approve: Approve, unsaid: Callable[[], None] = lambda: None
    ) -> None:
        self._judge = judge
        self._voicing = voicing
        self._say = say
        self._approve = approve
        self._unsaid = unsaid  # called when an error kept a line from being said
        self._waiting: deque[_Job] = deque()
        self._more = asyncio.Event()  # something waits
        self._worker: asyncio.Task[None] | None = None
        self._current: asyncio.Task[None] | None = None
        self._farewells = 0  # under way or waiting
        self._free = asyncio.Event()  # not set while the visitor speaks: what is ready waits
        self._free.set()
        self._held: list[_Job] = []  # what was under way or waited when the visitor began to speak
        self._doing: _Job | None = None
        self.reactions: deque[Reaction] = deque(maxlen=REACTIONS_KEPT)

    @property
    def busy(self) -> bool:
        """Whether something is being thought of or made into sound."""
        return self._current is not None or bool(self._waiting)

    @property
    def farewell(self) -> bool:
        """Whether her goodbye is among what is under way."""
        return self._farewells > 0

    def line(self, clause: Clause) -> None:
        """Say one authored clause after what is already under way."""
        farewell = clause.line_class is LineClass.FAREWELL
        self._put(_Job(turn=clause.turn, clauses=_each((clause,)), done=lambda turn: None, asked_at=None, farewell=farewell))

    def answer(self, turn: int, clauses: AsyncIterator[Clause], done: Callable[[int], None]) -> None:
        """Answer the visitor; `done(turn)` is called when the last clause was handed to the speaker."""
        self._put(_Job(turn=turn, clauses=clauses, done=done, asked_at=time.perf_counter()))

    def hold(self) -> None:
        """The visitor speaks: nothing is said until `release` or `drop_held`."""
        self._held = [*([self._doing] if self._doing else []), *self._waiting]
        self._free.clear()

    def release(self) -> None:
        """Go on with what is ready."""
        self._free.set()

    def drop_held(self) -> None:
        """It was words: what was under way before them is let go. What the story asked for meanwhile, and a goodbye, is said."""
        for job in [job for job in self._waiting if job in self._held and not job.farewell]:
            self._waiting.remove(job)
        if self._current is not None and self._doing in self._held and not self._doing.farewell:
            self._current.cancel()
        self._held = []
        self._free.set()

    def cancel(self) -> None:
        """Drop everything (stop)."""
        self._free.set()
        for job in self._waiting:
            self._farewells -= job.farewell
        self._waiting.clear()
        if self._current is not None:
            self._current.cancel()

    async def settle(self) -> None:
        """Wait until nothing is under way, or all that is waits for the visitor to finish: for clocks that are led from outside."""
        while self.busy and self._free.is_set():
            await asyncio.sleep(SETTLE_S)

    async def close(self) -> None:
        """End the worker."""
        self.cancel()
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
            self._worker = None

    def _put(self, job: _Job) -> None:
        self._farewells += job.farewell
        self._waiting.append(job)
        self._more.set()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while True:
            while not self._waiting:
                self._more.clear()
                await self._more.wait()
            job = self._doing = self._waiting.popleft()
            self._current = asyncio.create_task(self._do(job))
            try:
                await asyncio.wait({self._current})
                self._look_after(job, self._current)
            finally:
                if not self._current.done():
                    self._current.cancel()
                self._current = self._doing = None
                self._farewells -= job.farewell

    def _look_after(self, job: _Job, done: asyncio.Task[None]) -> None:
        """Whatever went wrong with one line, the next one is spoken."""
        error = None if done.cancelled() else done.exception()
        if error is not None:
            log.error("turn %d was not said to its end: %s", job.turn, place_of(error))
            self._unsaid()

    async def _do(self, job: _Job) -> None:
        async for clause in job.clauses:
            allowed = self._judge(clause)
            if allowed is None or not await self._approve(allowed):
                continue
            async for speech, prepared in self._voicing(allowed):
                if job.asked_at is not None:
                    waited_ms = (time.perf_counter() - job.asked_at) * 1000
                    self.reactions.append(Reaction(turn=job.turn, ms=round(waited_ms, 1), prepared=prepared))
                    job.asked_at = None
                if not job.farewell:
                    await self._free.wait()
                self._say(speech)
        job.done(job.turn)


def with_manner(clause: Clause, cue: Cue) -> Clause:
    """The clause with the cue's expression and gesture where it names them."""
    manner = {name: str(cue.args[name]) for name in ("expression", "gesture") if name in cue.args}
    return msgspec.structs.replace(clause, **manner)
