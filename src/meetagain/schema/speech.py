"""The unit of speech: a Clause is what is about to be said, Speech is how it sounds, an Utterance is what was heard."""

from enum import StrEnum

import msgspec

VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")


class LineClass(StrEnum):
    """Why a line may be spoken (experience.md 5.4). Nothing outside this list is ever voiced."""

    CLIP = "clip"
    AUTHORED = "authored"
    GROUNDED = "grounded"
    NOT_KNOWING = "not_knowing"
    HONEST = "honest"
    CARE = "care"
    REPLY_UNSAID = "reply_unsaid"
    REFUSE = "refuse"
    FILLER = "filler"
    FAREWELL = "farewell"


class Utterance(msgspec.Struct, frozen=True):
    """What the visitor said. Times are seconds on the meeting's clock."""

    text: str
    started_s: float
    ended_s: float
    typed: bool = False
    confidence: float = 1.0


class Clause(msgspec.Struct, frozen=True):
    """One thing about to be said, with the reason it may be."""

    turn: int
    text: str
    line_class: LineClass
    expression: str = "neutral"  # neutral joy wonder mischief tender tired sad whisper
    gesture: str = ""  # clip name, or empty
    cites: tuple[str, ...] = ()  # memory ids; never empty for grounded lines
    group: str = ""  # line group it came from, for authored lines


class VisemeAt(msgspec.Struct, frozen=True, array_like=True):
    """A mouth shape from this sample on."""

    sample: int
    viseme: str
    weight: float


class Speech(msgspec.Struct, frozen=True):
    """A clause as sound: `pcm` is int16 little-endian mono at `rate_hz`."""

    clause: Clause
    rate_hz: int
    pcm: bytes
    visemes: tuple[VisemeAt, ...]
    real: bool = False
    part: int = 0  # of a line that is made while it is being said: 1 goes on where 0 ended

    @property
    def samples(self) -> int:
        """Length in samples."""
        return len(self.pcm) // 2
