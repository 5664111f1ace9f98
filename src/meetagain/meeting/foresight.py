"""What the visitor said until a pause comes in; the answer that it gets if they have ended begins to be made into sound.

How long a silence must be before anything is answered (hearing/ending.py) is not shortened by this: it is used.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import msgspec

from meetagain.meeting.missed import NOT_THERE
from meetagain.mind.backend import Turn
from meetagain.schema.speech import Clause, Utterance

if TYPE_CHECKING:
    from meetagain.meeting.live import Meeting

TALKS = ("open", "short")  # in other beats silence is the answer, or a line of the story


class Foresight:
    """Of one meeting: one answer at a time, and what turns out otherwise is let go. It says, tells and writes nothing."""

    def __init__(self, meeting: "Meeting") -> None:
        self._meeting = meeting
        self._turn: Turn | None = None  # the one that is foreseen
        self._thought: asyncio.Task[tuple[Clause, ...]] | None = None
        self._work: asyncio.Task[None] | None = None

    def listen(self) -> None:
        """From now on the ear tells what it understood. Call it where the meeting's event loop runs."""
        tell = getattr(self._meeting.rooms.ear, "set_understood", None)  # an ear of another make may not tell it
        if tell is not None and hasattr(self._meeting.rooms.mind, "ahead"):
            loop = asyncio.get_running_loop()
            tell(lambda text: None if loop.is_closed() else loop.call_soon_threadsafe(self.understood, text))

    def understood(self, text: str) -> None:
        """These are the visitor's words until now; they may go on. '' when they do."""
        self.drop()
        if not text:
            return
        meeting = self._meeting
        utterance = Utterance(text=text, started_s=meeting.at_s, ended_s=meeting.at_s)
        turn = self.turn(meeting.turn + 1, utterance, meeting.said.theirs)
        if turn is None or turn.talk not in TALKS:
            return
        self._turn, self._thought = turn, asyncio.create_task(_all(meeting.rooms.mind.ahead(turn)))
        self._work = asyncio.create_task(self._make(self._thought))

    async def reply(self, turn: Turn) -> AsyncIterator[Clause]:
        """What the mind says to this turn: what was thought of it already, else asked now."""
        known: tuple[Clause, ...] = ()
        if self._turn is not None and self._thought is not None and _alike(self._turn, turn):
            await asyncio.wait({self._thought})
            known = () if self._thought.exception() else self._thought.result()
        for clause in known:
            yield clause
        if known:
            return
        async for clause in self._meeting.rooms.mind.reply(turn):
            yield clause

    def drop(self) -> None:
        """Nothing more is made ahead."""
        if self._work is not None:
            self._work.cancel()
        self._turn = self._thought = self._work = None

    def turn(self, number: int, utterance: Utterance, theirs: tuple[str, ...]) -> Turn | None:
        """The turn as the mind is asked it; `theirs`: what the visitor said before. None where nobody answers."""
        meeting = self._meeting
        if meeting.state is None or meeting.phase == "stopped" or meeting.over or meeting.world.latest("be") in NOT_THERE:
            return None
        return Turn(
            number=number,
            utterance=utterance,
            beat=meeting.state.beat,
            talk=meeting.scenario.beat(meeting.state.beat).talk,
            spoken=meeting.said.hers,
            cited=meeting.said.told,
            visitor_said=theirs,
            holding=meeting.holding,
            walking=meeting.walking,
        )

    async def _make(self, thought: asyncio.Task[tuple[Clause, ...]]) -> None:
        await asyncio.wait({thought})
        if thought.exception() is not None:
            return  # whoever answers in earnest asks again
        allowed = (self._meeting.allowed(clause) for clause in thought.result())
        first = next((clause for clause in allowed if clause is not None), None)
        if first is not None:
            await self._meeting.voicing.ahead(first)


async def _all(clauses: AsyncIterator[Clause]) -> tuple[Clause, ...]:
    return tuple([clause async for clause in clauses])


def _alike(one: Turn, other: Turn) -> bool:
    """Whether the mind must answer both in the same way: when the words were said, and how surely they were heard, is all that may differ."""
    same = msgspec.structs.replace(one, utterance=other.utterance) == other
    return same and one.utterance.text == other.utterance.text and one.utterance.typed == other.utterance.typed
