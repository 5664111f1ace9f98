"""How a sentence of a memory is taken apart: what was done, the phrases beside it, and what of it may be left out or moved."""

import msgspec

from meetagain.mind.retelling.slots import Form, Slots


class Phrase(msgspec.Struct, frozen=True):
    """A part beside what was done: "in Windmill Park", "while Dad rowed"."""

    slots: Slots
    loose: bool = False  # may be left out
    moves: bool = False  # may stand first or last
    apart: bool = False  # stands after a comma, or a "while": it belongs to the whole, not to the phrase before it
    date: bool = False  # when the memory was


class Deed(msgspec.Struct, frozen=True):
    """What was done, with its phrases. From the second on it begins with "and"."""

    core: Slots
    phrases: tuple[Phrase, ...] = ()
    loose: bool = False
    holds_rest: bool = False  # a "no" in it reaches to the end of the sentence
    alone: bool = False  # true without what stands before it, with "I" before it
    own_subject: bool = False  # begins with "and I"


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of a memory."""

    text: str  # "told" or "said"
    number: int
    last: bool
    front: Phrase | None
    deeds: tuple[Deed, ...]
    beside: tuple[tuple[str, Slots], ...] = ()  # "while", and what is true by itself after it
    when: frozenset[Form] = frozenset()  # "in July 2019", known from the memory's date

    @property
    def slots(self) -> Slots:
        """All of it, in order."""
        front = self.front.slots if self.front else ()
        return (*front, *(slot for deed in self.deeds for slot in (*deed.core, *(one for phrase in deed.phrases for one in phrase.slots))))
