"""The door of the mind room: a Turn comes in, Clauses go out, each cited and guarded."""

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from meetagain.schema.archive import Memory
from meetagain.schema.lines import Repertoire
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Utterance
from meetagain.schema.ticket import Thing


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

    def ahead(self, turn: Turn) -> AsyncIterator[Clause]:
        """What `reply` will give for this turn, where that is cheap to know while it is not sure that the visitor has ended; else nothing."""
        ...

    def line(self, group: str, number: int, spoken: tuple[str, ...], said: tuple[str, ...] = ()) -> Clause | None:
        """The next authored line of a group that was not yet spoken (or the first again), as turn `number`. None when there is none.

        `said`: what the visitor said; a question that was just answered is not asked.
        """
        ...

    def tell(self, wanted: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """One memory, in the person's own words where they are known, by id or by comma-separated tags, not yet cited. None when nothing fits."""
        ...

    def tell_of(self, thing: Thing, number: int, spoken: tuple[str, ...]) -> Clause | None:
        """What a thing in the visitor's hand is about. None when nothing is known of it, or all was said."""
        ...

    def alarm(self, utterance: Utterance, walking: bool = False, before: tuple[str, ...] = ()) -> str:
        """'' or why the companion must be called at once (A4): 'harm' | 'stop'; 'faint' where they are only asked to look.

        `walking`: "I'd like to come with you" is meant for the walk. `before`: what the visitor said until now; "I mean it" is heard in its light.
        """
        ...
