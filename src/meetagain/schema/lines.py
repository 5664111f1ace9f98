"""All that a portrait may say: every line with its reason and its source, and what the keeper decided about each."""

from enum import StrEnum

import msgspec

from meetagain.schema.speech import LineClass


class Line(msgspec.Struct, frozen=True):
    """One thing that may be said, why, and who vouched for it."""

    key: str  # stays the same from build to build: "care/1", "j08/said", "j08/told/1", "j08/when"
    text: str
    line_class: LineClass
    expression: str = "neutral"
    group: str = ""  # line group, or the kind of the memory
    cites: tuple[str, ...] = ()  # memory ids; never empty for grounded lines
    level: int = 0  # 0: as somebody wrote or said it; 1: put together from a memory's own fields
    source: str = ""  # for the keeper: "told by Elin, interview"


class Verdict(StrEnum):
    """What the keeper decided about a line."""

    APPROVED = "approved"
    EDITED = "edited"
    FORBIDDEN = "forbidden"


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line as the keeper read it: a decision holds only while `text` is still what would be said."""

    text: str
    verdict: Verdict
    instead: str = ""  # for edited lines: what is said in its place


class Repertoire(msgspec.Struct, frozen=True):
    """Every line of one person in one language, and the word rules (YAML text) by which a line is chosen."""

    language: str
    lines: tuple[Line, ...]
    rules: str = ""
    world: str = ""  # what goes with what, and what is contrary (YAML text): by it a memory is found and proved
    pinned: bool = False  # read from an approval, not made afresh
