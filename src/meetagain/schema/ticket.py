"""What a meeting needs before it may begin: nothing runs without one."""

import msgspec

from meetagain.schema.archive import Memory
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.lines import Repertoire
from meetagain.schema.person import Person
from meetagain.schema.scenario import Scenario


class Visitor(msgspec.Struct, frozen=True):
    """Who comes to the meeting, and what they confirmed this time (requirements H1, A1, C7)."""

    name: str = "visitor"
    adult: bool = False
    acknowledged_portrait: bool = False
    wants_to_go_in: bool = False
    beside_them: str = ""  # who sits with them


class Thing(msgspec.Struct, frozen=True):
    """Something of the family that can be picked up in a meeting."""

    caption: str = ""
    memory: str = ""  # id of the memory that it belongs to, where the keeper said so


class Safeguards(msgspec.Struct, frozen=True):
    """How this meeting is held."""

    stop_words: tuple[str, ...] = ("stop",)
    captions: bool = True
    slow: bool = False
    review: bool = False
    keep_sound: bool = False  # keep the visitor's microphone for a keepsake: off unless chosen


class MeetingTicket(msgspec.Struct, frozen=True):
    """Everything one meeting is made of."""

    meeting: str  # id
    folder: str
    person: Person
    likeness: Likeness
    motion: Motion | None  # None: no engine for movement is installed; the meeting is held by voice
    voice: Voice
    memory: Memory
    repertoire: Repertoire  # all that may be said
    scenario: Scenario
    visitor: Visitor
    safeguards: Safeguards
    seed: int = 0
    things: dict[str, Thing] = {}  # what may lie on the cloth, by item id
