"""A spoken or hummed sound comes in, the same on a little tune goes out."""

from collections.abc import Sequence

import numpy as np

from meetagain.voice.letters import VOWELS
from meetagain.voice.timbre import Analysis, Throat, analysed, sounded

FRAMES_A_SECOND = 200
#: A tune of our own, in semitones above its lowest note, going home at its end.
TUNE = (4, 4, 7, 4, 2, 4, 0, 0)
_BEATS = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5, 1.5)
_BEAT_S = 0.46
_GLIDE_S = 0.06
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def hummed(sound: np.ndarray, nasal: slice, rate_hz: int, direction: str, throat: Throat, floor_hz: float) -> np.ndarray:
    """A hum on the tune, (n,) float32. `sound` holds a long m at the samples `nasal`, from which the hum is grown."""
    found = analysed(sound, rate_hz, floor_hz)
    step = rate_hz // FRAMES_A_SECOND
    held = _held(found, nasal.start // step, nasal.stop // step)
    base = float(np.median(found.f0[found.f0 > 0]) if (found.f0 > 0).any() else 2 * floor_hz) * throat.pitch
    count = next((number for word, number in _COUNTS.items() if word in direction), 8)
    notes = [TUNE[place % len(TUNE)] for place in range(count)]
    beats = [_BEATS[place % len(TUNE)] for place in range(count)]
    f0, strength = _melody(notes, beats, base * 2 ** (-3 / 12))
    frames = len(f0)
    order = _there_and_back(len(held.f0), frames)
    shape = _behind_lips(held.envelope.shape[1], rate_hz) * strength[:, None] ** 2
    spread = Analysis(f0, held.envelope[order] * shape, held.air[order], rate_hz)
    return sounded(spread, f0, throat, frames * step)


def _behind_lips(bins: int, rate_hz: int) -> np.ndarray:
    """(bins,): closed lips keep back what is high."""
    hz = np.linspace(0, rate_hz / 2, bins)
    return 1 / (1 + (hz / 1100) ** 4) + 1e-4


def _held(found: Analysis, first: int, last: int) -> Analysis:
    """The steadiest fifth of a second inside the m."""
    first, last = max(0, first), min(len(found.f0), max(last, first + 10))
    power = np.log(found.envelope[first:last].sum(1) + 1e-12)
    width = min(40, len(power))
    sums = np.convolve(power, np.ones(width), "valid")
    begin = first + int(sums.argmax())
    part = slice(begin, begin + width)
    return Analysis(found.f0[part], found.envelope[part], found.air[part], found.rate_hz)


def _there_and_back(length: int, frames: int) -> np.ndarray:
    """Indices that walk a short stretch up and down, so that no seam is heard."""
    period = max(1, 2 * (length - 1))
    place = np.arange(frames) // 2 % period
    return np.where(place < length, place, period - place).clip(0, length - 1)


def _melody(notes: Sequence[int], beats: Sequence[float], base_hz: float) -> tuple[np.ndarray, np.ndarray]:
    """F0 in Hz and strength 0 to 1, a value a frame, with glides between notes and a breath at the end of each."""
    pitches, strengths = [], []
    for note, beat in zip(notes, beats, strict=True):
        frames = int(beat * _BEAT_S * FRAMES_A_SECOND)
        pitches.append(np.full(frames, float(note)))
        swell = np.minimum(1, np.minimum(np.arange(frames) / 12 + 0.15, (frames - np.arange(frames)) / 16 + 0.1))
        strengths.append(swell)
    curve = _smooth(np.concatenate(pitches), int(_GLIDE_S * FRAMES_A_SECOND))
    times = np.arange(len(curve)) / FRAMES_A_SECOND
    curve = curve + 0.18 * np.sin(2 * np.pi * 5.0 * times)
    return base_hz * 2 ** (curve / 12), _smooth(np.concatenate(strengths), 5)


def _smooth(curve: np.ndarray, width: int) -> np.ndarray:
    kernel = np.hanning(max(3, 2 * width + 1))
    padded = np.pad(curve, len(kernel) // 2, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), "valid")


def sung(sound: np.ndarray, rate_hz: int, said: str, lengths: Sequence[int], throat: Throat, floor_hz: float) -> np.ndarray:
    """Words on the tune, a note a syllable, (n,) float32 of the same length. A note begins where the vowel of its syllable begins."""
    found = analysed(sound, rate_hz, floor_hz)
    voiced = found.f0 > 0
    if not voiced.any():
        return sounded(found, found.f0, throat, len(sound))
    step = rate_hz // FRAMES_A_SECOND
    starts = np.cumsum([0, *lengths])[1:-1]
    syllables = [int(start) // step for letter, start in zip(said, starts, strict=False) if letter in VOWELS]
    base = float(np.median(found.f0[voiced])) * 2 ** (-2 / 12)
    notes = np.zeros(len(found.f0))
    for number, start in enumerate(syllables):
        notes[max(0, start - 8) if number else 0 :] = TUNE[number % len(TUNE)]
    curve = _smooth(notes, int(_GLIDE_S * FRAMES_A_SECOND))
    own = np.zeros_like(curve)
    own[voiced] = 12 * np.log2(found.f0[voiced] / np.median(found.f0[voiced]))
    melody = np.where(voiced, base * throat.pitch * 2 ** ((curve + 0.12 * own) / 12), 0.0)
    return sounded(found, melody, throat, len(sound))
