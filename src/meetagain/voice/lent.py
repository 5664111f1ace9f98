"""Lines that somebody else spoke for the person come in; the same brought nearer to how the person sounded, and how near each came, go out."""

from collections.abc import Sequence

import msgspec
import numpy as np

from meetagain.voice.clips import RATE_HZ, for_ear, speech_s, spoken_parts
from meetagain.voice.closest import Stock, Target, nearest
from meetagain.voice.ear import Ear
from meetagain.voice.loudness import lead_silence, tail_silence
from meetagain.voice.manner import Kind
from meetagain.voice.pitch import Melody, melody
from meetagain.voice.timbre import analysed, spoken_by

REVISION = 1  # raised when a lent line would come out otherwise
ENOUGH_S = 1.6  # of speech in one line, to tell by itself how near it is
_LEARN_S = 20.0


class Nearer(msgspec.Struct, frozen=True):
    """One line, (n,) float32 at 24 kHz, after it was brought nearer; cosines with the half of the person's recordings that only judges."""

    sound: np.ndarray
    before: float
    alike: float


def brought_nearer(sounds: Sequence[np.ndarray], target: Target, kind: Kind, ear: Ear) -> list[Nearer] | None:
    """`sounds` are one relative's lines, (n,) float32 at 24 kHz each; `kind` is the voice of the person's age and sex.

    Like a stock voice, a relative's is moved in pitch, throat and colour, each step kept only where it comes nearer to recordings that it did
    not learn from. None where no pitch can be told: then nothing can be moved.
    """
    parts = _some([spoken_parts(sound) for sound in sounds])
    tune = melody(parts, RATE_HZ)
    if not parts or not isinstance(tune, Melody):
        return None
    whole, floor = np.concatenate(parts), max(60.0, 0.6 * tune.centre_hz)
    throat = nearest(target, kind, Stock("", whole, analysed(whole, RATE_HZ, floor), tune), ear)
    made = [_cut(spoken_by(sound, RATE_HZ, throat, floor)) for sound in sounds]
    alike = cosines(made, target, ear)
    return [Nearer(*row) for row in zip(made, cosines(sounds, target, ear), alike, strict=True)]


def cosines(sounds: Sequence[np.ndarray], target: Target, ear: Ear) -> list[float]:
    """How near each is to what only judges. One that is too short to tell by itself counts as all of them together."""
    parts = [spoken_parts(sound) for sound in sounds]
    whole = [part for part in parts if len(part)]
    if not whole:
        return [0.0] * len(parts)
    *single, together = ear([for_ear(part, target.reach) for part in (*whole, np.concatenate(whole))])
    found = iter(single)
    voices = [next(found) if len(part) else together for part in parts]
    return [float((voice if speech_s([part]) >= ENOUGH_S else together) @ target.judged) for part, voice in zip(parts, voices, strict=True)]


def _some(parts: Sequence[np.ndarray]) -> list[np.ndarray]:
    """As much as tells a voice."""
    some: list[np.ndarray] = []
    for part in parts:
        if len(part) and speech_s(some) < _LEARN_S:
            some.append(part)
    return some


def _cut(sound: np.ndarray) -> np.ndarray:
    return sound[lead_silence(sound, RATE_HZ) : tail_silence(sound, RATE_HZ)]
