"""What travels on the one WebSocket and lies in the journal: Events (server to everybody) and Reports (clients to server).

Every message is a JSON object with a `type`. Sound is binary: see `sound_header` in schema/sound.py. Times (`at_s`) are
seconds on the meeting's own clock, which begins at 0 when the visitor goes in.
"""

import msgspec

from meetagain.schema.scenario import Cue
from meetagain.schema.speech import LineClass, VisemeAt

Pose = tuple[float, float, float, float, float, float, float]  # x y z metres, quaternion x y z w


class _Tagged(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    pass


# --- Events: server -> headset, companion, spectators, journal -----------------------------------------------------------


class BeatState(msgspec.Struct, frozen=True):
    """One beat as the companion's map shows it."""

    id: str
    aim: str
    hint: str
    min_s: float
    target_s: float
    max_s: float


class Snapshot(_Tagged, frozen=True):
    """Where the meeting stands: the first thing any late reader gets. `cues` rebuild the world in order."""

    at_s: float
    meeting: str
    phase: str  # doorway | running | held | calm | stopped | ended
    portrait_of: str
    beat: str
    beat_since_s: float
    beats: tuple[BeatState, ...]
    cues: tuple[Cue, ...]
    captions: bool
    slow: bool
    language: str
    reflexes: dict[str, str]
    seated: bool = False


class BeatEntered(_Tagged, frozen=True):
    """The story moved on. `why` is the exit taken: an act, next, time, soft_end or start."""

    at_s: float
    beat: str
    why: str


class CueFired(_Tagged, frozen=True):
    """The world or the person does something now."""

    at_s: float
    cue: Cue


class SpeechStarted(_Tagged, frozen=True):
    """A clause begins. Binary chunks with the same `clause` number follow; visemes lie on its sample axis. `text` is empty where it goes on with a line."""

    at_s: float
    turn: int
    clause: int
    text: str
    line_class: LineClass
    expression: str
    gesture: str
    cites: tuple[str, ...]
    rate_hz: int
    samples: int
    visemes: tuple[VisemeAt, ...]
    sound: str  # name of the sound file beside the journal: "<clause>.wav"
    real: bool


class SpeechEnded(_Tagged, frozen=True):
    """The last chunk of a clause was sent; it may still be playing."""

    at_s: float
    clause: int


class Hush(_Tagged, frozen=True):
    """Everything that belongs to this turn or an earlier one falls silent."""

    at_s: float
    turn: int


class Heard(_Tagged, frozen=True):
    """What the visitor said."""

    at_s: float
    turn: int
    text: str
    typed: bool


class Listening(_Tagged, frozen=True):
    """The visitor's voice began (True) or paused (False), or an answer is being thought of."""

    at_s: float
    speaking: bool
    thinking: bool = False


class Proposed(_Tagged, frozen=True):
    """For the companion in review mode: what would be said next."""

    at_s: float
    turn: int
    text: str
    line_class: LineClass
    cites: tuple[str, ...]


class Noticed(_Tagged, frozen=True):
    """A plain line for the companion. `level` is note | look | act."""

    at_s: float
    level: str
    text: str


class ControlDone(_Tagged, frozen=True):
    """The companion's control took effect."""

    at_s: float
    control: str
    args: dict[str, str]


class VisitorActed(_Tagged, frozen=True):
    """What the visitor did, as the client saw it."""

    at_s: float
    act: str
    target: str = ""


class VisitorMoved(_Tagged, frozen=True):
    """Where the visitor's head and hands are, about ten times a second. A hand that is not seen is None."""

    at_s: float
    head: Pose
    left: Pose | None = None
    right: Pose | None = None
    distance_m: float = 0.0  # to the person


class PhaseChanged(_Tagged, frozen=True):
    """doorway | running | held | calm | stopped | ended."""

    at_s: float
    phase: str
    why: str = ""


class MeetingEnded(_Tagged, frozen=True):
    """The meeting is over. `how` is farewell | stop | link_lost | closed."""

    at_s: float
    how: str


class HealthTold(_Tagged, frozen=True):
    """How the visitor's headset or screen does, for the companion only; not in the journal. `battery` 0..1, below 0 where it is not known."""

    at_s: float
    fps: float
    battery: float
    mic_level: float
    microphone: bool
    immersive: bool


Event = (
    Snapshot
    | BeatEntered
    | CueFired
    | SpeechStarted
    | SpeechEnded
    | Hush
    | Heard
    | Listening
    | Proposed
    | Noticed
    | ControlDone
    | VisitorActed
    | VisitorMoved
    | PhaseChanged
    | MeetingEnded
    | HealthTold
)


# --- Reports: clients -> server ------------------------------------------------------------------------------------------


class Hello(_Tagged, frozen=True):
    """First message of any client."""

    role: str  # visitor | companion | spectator
    code: str = ""
    client: str = ""  # "Quest 3", "desktop": shown to the companion
    again: bool = False  # this page was connected before and looks for its own meeting


class Doorway(_Tagged, frozen=True):
    """The visitor's own yes, given each time, before anything of the likeness is loaded (H1, C7)."""

    adult: bool
    acknowledged_portrait: bool
    wants_to_go_in: bool
    beside_them: str = ""
    captions: bool = True
    slow: bool = False
    seated: bool = False


class Acted(_Tagged, frozen=True):
    """The visitor did something: see the acts in docs/writing-scenarios.md."""

    act: str
    target: str = ""


class Moved(_Tagged, frozen=True):
    """Poses of head and hands in the stage's frame."""

    head: Pose
    left: Pose | None = None
    right: Pose | None = None
    distance_m: float = 0.0


class Typed(_Tagged, frozen=True):
    """Typed speech: the same road as spoken."""

    text: str


class Microphone(_Tagged, frozen=True):
    """Microphone chunks follow as binary (int16, 16 kHz, mono), or stop."""

    on: bool


class Played(_Tagged, frozen=True):
    """How far a clause has been heard, in samples."""

    clause: int
    samples: int
    finished: bool = False


class Control(_Tagged, frozen=True):
    """The companion's hand: next hold resume back say answer mute unmute lower raise step_back calm soft_end stop note marker review."""

    control: str
    args: dict[str, str] = {}


class StopAsked(_Tagged, frozen=True):
    """The visitor wants to stop: key | hands | controller | headset_off | button."""

    how: str


class Tick(_Tagged, frozen=True):
    """Only where the server was started with a clock that is led by the client (tests, filming): time is now this."""

    at_s: float


class Health(_Tagged, frozen=True):
    """How the headset is doing. `battery` 0..1, below 0 where the browser does not tell; `mic_level` is the last chunk's RMS."""

    fps: float = 0.0
    battery: float = -1.0
    mic_level: float = 0.0
    microphone: bool = False
    immersive: bool = False


Report = Hello | Doorway | Acted | Moved | Typed | Microphone | Played | Control | StopAsked | Tick | Health
