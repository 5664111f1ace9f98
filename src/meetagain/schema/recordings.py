"""What was heard in the family's recordings, and what the keeper decided about each place in them."""

from enum import StrEnum
from pathlib import PurePath

import msgspec

from meetagain.errors import Issue


class Whose(StrEnum):
    """Whose voice a place holds, as far as it can be told."""

    THEIRS = "theirs"
    PERHAPS = "perhaps"
    OTHER = "other"
    UNKNOWN = "unknown"  # nothing was confirmed yet, or it is too short to tell


class Kind(StrEnum):
    """What is heard in a place."""

    SPEECH = "speech"
    LAUGH = "laugh"
    SONG = "song"


class Place(msgspec.Struct, frozen=True):
    """One stretch of a recording in which somebody is heard. The recording itself stays as it is."""

    start_s: float
    end_s: float
    text: str  # as the hearing understood it
    kind: Kind
    voice: tuple[float, ...]  # 256 numbers that stand for whose voice it is
    above_noise_db: float  # how far speech stands above the rest
    clipped: float = 0.0  # share of samples that the microphone could not take
    music: bool = False

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


class Heard(msgspec.Struct, frozen=True):
    """One recording after it was listened to. `made_by` is raised when the way of listening changes."""

    item: str
    seconds: float
    places: tuple[Place, ...]
    issues: tuple[Issue, ...] = ()
    made_by: str = ""


NEARER = "brought nearer"  # what somebody else says for the person; never called theirs


class Lent(msgspec.Struct, frozen=True):
    """A line that somebody else said for the person, and what came of it. `stands`: fits, other-words, no-line, unclear, farther or no-voice."""

    item: str
    file: str  # below items/
    who: str
    line: str  # as in provenance.yaml
    text: str  # its words
    heard: str  # in the recording
    stands: str
    seconds: float = 0.0
    alike: float = 0.0  # to the recordings that only judge
    made: float = 0.0  # the same of the made voice


class Clip(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_s": "from", "to_s": "to"}):
    """One place as the keeper reads and decides it in recordings.yaml."""

    file: str  # below items/
    from_s: float
    to_s: float
    heard: str = ""
    theirs: str = ""  # yes | no | ""
    play_for: str = ""  # a line, as in provenance.yaml; "" while nothing was decided; no
    sound: str = "cleaned"  # cleaned | as it is | brought nearer


class Recorded(msgspec.Struct, frozen=True):
    """The sound that is played for a line: the family's file, or what was cut from it (then `cut` tells one cut from another)."""

    file: PurePath
    item: str
    cut: str = ""
    lent: bool = False  # somebody else says it
