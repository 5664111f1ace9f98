"""What the build makes of an archive: likeness, motion and voice, each with the item ids it was made of."""

import msgspec

from meetagain.errors import Issue


class Likeness(msgspec.Struct, frozen=True):
    """A rigged body. `file` is a VRM 1.0 (binary glTF), metres, Y up, facing +Z, feet at y = 0."""

    file: str  # path below the person's folder: "build/likeness.vrm"
    height_m: float
    eye_height_m: float
    joints: tuple[str, ...]
    blendshapes: tuple[str, ...]  # ARKit-52 names, as morph target names in the file
    triangles: int
    style: str = ""  # of files made before the page was told of the style apart
    evidence: tuple[str, ...] = ()  # item ids
    issues: tuple[Issue, ...] = ()


class Clip(msgspec.Struct, frozen=True):
    """One animation in motion.glb, by name."""

    name: str
    duration_s: float
    loops: bool
    speed_m_s: float = 0.0  # forward speed a walking or running clip stands for
    starts: str = "stand"  # pose it starts from: stand | sit | lie | kneel
    ends: str = "stand"


class Motion(msgspec.Struct, frozen=True):
    """Clips on the joints of the likeness. `file` is a binary glTF with the same joint names."""

    file: str
    clips: tuple[Clip, ...]
    issues: tuple[Issue, ...] = ()


class VoiceClip(msgspec.Struct, frozen=True):
    """One line already made into sound: int16 mono WAV beside a .json with visemes and loudness."""

    key: str  # voice.keys.line_key(text, expression)
    text: str
    expression: str
    file: str  # "build/voice/<key>.wav"
    samples: int
    real: bool  # a real recording of the person, not synthesis
    item: str = ""


class Voice(msgspec.Struct, frozen=True):
    """How the person sounds: a stock voice with pace and pitch, and the lines made ahead."""

    backend: str
    name: str  # stock voice name
    rate_hz: int
    language: str
    pitch_ratio: float = 1.0  # F0 multiplied by this after synthesis
    formant_ratio: float = 1.0  # spectral envelope stretched by this
    pace_ratio: float = 1.0  # > 1 is quicker
    tremor: float = 0.0  # how far F0 wavers, as a share of it
    pitch_spread: float = 1.0  # F0 swings this many times as far around `pitch_centre_hz`
    pitch_centre_hz: float = 0.0  # the stock voice's own; 0: the swing is left alone
    tone_db: tuple[float, ...] = ()  # added to the spectral envelope, one for each of voice.timbre.BANDS_HZ
    alike: str = ""  # how near it comes to the recordings: near | kind | far; "" when they could not be followed
    pronounce: dict[str, str] = {}  # name -> respelling
    clips: tuple[VoiceClip, ...] = ()
    reference_items: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


class Meanings(msgspec.Struct, frozen=True):
    """Vectors of every text that a mind compares at its opening. A meeting without them, or with others, makes its own."""

    file: str  # "build/meaning.npz": texts (n, 32) uint8, sha256 of each; vectors (n, 512) float32
    encoder: str  # name and version
    sha256: str  # of the file
    texts: int
