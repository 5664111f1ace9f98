"""Sound whose words are known comes in, likely visemes go out: for recordings and for voices that do not tell their timing."""

from collections.abc import Mapping

import numpy as np

from meetagain.errors import MeetAgainError
from meetagain.schema.speech import VisemeAt
from meetagain.voice.keys import spoken
from meetagain.voice.letters import VOWELS, respelled
from meetagain.voice.mouth import visemes
from meetagain.voice.pronounce import STOPS, phonemes

_STEP_S = 0.01
_GAP_S = 0.12  # a shorter silence is a plosive, not a rest
_SECONDS = {**dict.fromkeys("AIOQWY", 0.15), **dict.fromkeys("əᵊᵻ", 0.06), **dict.fromkeys("szʃʒʧʤfvθð", 0.1), "ː": 0.05}
_REST_SOUNDS = frozenset(STOPS + " ˈˌ")


def visemes_of_words(text: str, sound: np.ndarray, rate_hz: int, names: Mapping[str, str]) -> tuple[VisemeAt, ...]:
    """The sounds of `text` laid in order over the loud parts of (n,) float32; where nothing is said, the mouth follows the loudness."""
    said = _sounds(spoken(text), names)
    loud = loud_parts(sound, rate_hz)
    if not said or not loud.any():
        return visemes_of_loudness(sound, rate_hz)
    seconds = np.array([0.0 if s in _REST_SOUNDS else _SECONDS.get(s, 0.11 if s in VOWELS else 0.07) for s in said])
    starts = np.concatenate([[0.0], np.cumsum(seconds) / seconds.sum()])
    voiced_at = np.flatnonzero(loud)
    places = voiced_at[np.minimum((starts * len(voiced_at)).astype(int), len(voiced_at) - 1)]
    samples = (places * _STEP_S * rate_hz).astype(int)
    samples[-1] = min(len(sound), int((voiced_at[-1] + 1) * _STEP_S * rate_hz))
    lengths = [int(samples[0]), *np.diff(samples).tolist(), max(0, len(sound) - int(samples[-1]))]
    return _with_rests(visemes(said, lengths, len(sound), rate_hz), loud, rate_hz)


def loud_parts(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    """(n_steps,) bool, 10 ms a step: where something is said. Gaps too short to be rests are filled."""
    step = int(_STEP_S * rate_hz)
    whole = len(sound) // step
    if not whole:
        return np.zeros(0, bool)
    level = np.sqrt((sound[: whole * step].reshape(whole, step) ** 2).mean(1))
    loud = level > max(0.06 * float(np.percentile(level, 95)), 1e-4)
    edges = np.flatnonzero(np.diff(np.concatenate([[1], loud.astype(int), [1]])))
    for first, last in zip(edges[::2], edges[1::2], strict=False):
        if first > 0 and last < whole and (last - first) * _STEP_S < _GAP_S:
            loud[first:last] = True
    return loud


def _with_rests(shapes: tuple[VisemeAt, ...], loud: np.ndarray, rate_hz: int) -> tuple[VisemeAt, ...]:
    """The mouth closes where a rest begins; what was to be shown next begins behind it."""
    falls = np.flatnonzero(np.diff(loud.astype(int)) == -1) + 1
    rests = [VisemeAt(int(place * _STEP_S * rate_hz), "sil", 0.0) for place in falls if place < len(loud)]
    last = shapes[-1]
    inside = [rest for rest in rests if rest.sample < last.sample]
    return (*sorted([*shapes[:-1], *inside], key=lambda shape: shape.sample), last)


def visemes_of_loudness(sound: np.ndarray, rate_hz: int) -> tuple[VisemeAt, ...]:
    """Open with loudness, closed in silence: for sound without words."""
    frame = int(0.05 * rate_hz)
    whole = len(sound) // frame
    level = np.sqrt((sound[: whole * frame].reshape(whole, frame) ** 2).mean(1)) if whole else np.zeros(0)
    level = level / max(float(level.max(initial=0.0)), 1e-6)
    shapes = [VisemeAt(n * frame, "sil" if now < 0.08 else "aa" if now > 0.5 else "E", round(float(now), 2)) for n, now in enumerate(level)]
    return (*shapes, VisemeAt(len(sound), "sil", 0.0))


def _sounds(text: str, names: Mapping[str, str]) -> str:
    try:
        return phonemes(text, names)
    except MeetAgainError:  # without the lexicon the letters themselves are near enough for a mouth
        return " ".join(respelled(word) for word in text.split())
