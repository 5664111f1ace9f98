"""The door of the mind room: a Turn comes in, Clauses go out, each cited and guarded."""

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from meetagain.schema.archive import Memory
from meetagain.schema.lines import Repertoire
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Utterance


class Turn(msgspec.Struct, frozen=True):
    """What the mind needs to answer: what was said, where in the story we are, what has been said already.

    A mind keeps nothing from turn to turn: the same Turn gives the same answer.
    """

    number: int
    utterance: Utterance
    beat: str
    talk: str  # open | short | listen | approved_only | none
    spoken: tuple[str, ...] = ()  # texts she has said in this meeting, oldest first
    cited: tuple[str, ...] = ()  # memory ids she has used
    visitor_said: tuple[str, ...] = ()
    holding: str = ""  # what the visitor holds or looks at
    walking: bool = False  # the two are on their way together: "I'd like to come with you" is meant for the walk


class MindBackend(Protocol):
    """Answers from what the family told, and from nothing else."""

    def open(self, person: Person, memory: Memory, repertoire: Repertoire, seed: int) -> "Mind":
        """A mind for one meeting. Blocking; may take a second or two."""
        ...


class Mind(Protocol):
    """One meeting's mind."""

    def reply(self, turn: Turn) -> AsyncIterator[Clause]:
        """Clauses that answer this turn; possibly none, when listening is the answer. Never raises for odd input."""
        ...

    def line(self, group: str, number: int, spoken: tuple[str, ...]) -> Clause | None:
        """The next authored line of a group that was not yet spoken (or the first again), as turn `number`. None when there is none."""
        ...

    def tell(self, wanted: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """One memory, in the person's own words where they are known, by id or by comma-separated tags, not yet cited. None when nothing fits."""
        ...

    def tell_of(self, thing: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """The memory, not yet cited, that the caption of a thing names. None when it names none."""
        ...

    def alarm(self, utterance: Utterance, walking: bool = False) -> str:
        """'' or why the companion must be called at once (A4): 'harm' | 'stop'. `walking`: "I'd like to come with you" is meant for the walk."""
        ...
