"""A stretch of a recording comes in, as it is and cleaned; whether it crackles, whether music lies under it, and whether it is a laugh or a song go out."""

import re

import numpy as np

from meetagain.schema.recordings import Kind

_TOP = 0.92
_BAND_HZ = (250.0, 4000.0)
_HOP = 1024  # at 48 kHz
_PAUSE_DB = -35.0  # against loud speech: here nobody speaks
_LEAST_FRAMES = 30  # 0.64 s of pauses in all: in less it cannot be told
_REST_DB = -40.0  # what is weaker than this against loud speech does not matter
_TONAL = 0.38  # measured: 0.35 to 0.87 with music; at most 0.34 in an echoing room, 0.24 where it is quiet, 0.03 in noise and hum
_HELD_SEMITONES, _HELD_S = 0.45, 0.3
_SUNG = 0.06  # measured: 0 in reading, 0.1 in singing, 0.96 in humming
_LAUGH = re.compile(r"(?:\b(?:a?ha+|he+|hi+|ho+|hee+)\b[\s,.!?-]*){3,}|\b(?:a?ha){2,}h?\b|\b(?:he){2,}\b|\b(?:hi){3,}\b", re.IGNORECASE)


def clipped_share(sound: np.ndarray) -> float:
    """Share of samples, (n,) float32, that lie at the greatest height a recording can hold; resampling and packing round the edges."""
    return float((np.abs(sound) >= _TOP).mean()) if len(sound) else 0.0


def has_music(as_it_is: np.ndarray, cleaned: np.ndarray, rate_hz: int) -> bool:
    """Whether, where nobody speaks, what is heard is made of tones that last, as music is: not hiss, and not hum.

    (n,) float32 each, speech with the air around it.
    """
    whole = min(len(as_it_is), len(cleaned)) // _HOP * _HOP
    if whole < _LEAST_FRAMES * _HOP:
        return False
    speech, rest = (power.reshape(-1, _HOP).mean(1) for power in (cleaned[:whole] ** 2, (as_it_is - cleaned)[:whole] ** 2))
    loud = float(np.quantile(speech, 0.9))
    between = np.convolve(speech > 10 ** (_PAUSE_DB / 10) * loud, np.ones(5), "same") == 0
    if between.sum() < _LEAST_FRAMES or rest[between].mean() < 10 ** (_REST_DB / 10) * loud:
        return False
    return tonal_share(as_it_is[:whole].reshape(-1, _HOP)[between].ravel(), rate_hz) > _TONAL


def tonal_share(sound: np.ndarray, rate_hz: int) -> float:
    """Share of the power between 250 Hz and 4 kHz that stands in lines along time (D. FitzGerald's median filters, 2010)."""
    from scipy.ndimage import median_filter

    size = 2 * _HOP
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::_HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(size), axis=1))
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    power = power[:, (hz >= _BAND_HZ[0]) & (hz <= _BAND_HZ[1])]
    along, across = median_filter(power, (9, 1)), median_filter(power, (1, 17))
    lines = along > 2 * across
    return float((power**2)[lines].sum() / max(float((power**2).sum()), 1e-12))


def kind_of(text: str, cleaned: np.ndarray, rate_hz: int) -> Kind:
    """What a stretch seems to be: by its words a laugh, by its held notes a song. The keeper listens before it is used."""
    if _LAUGH.search(text) and len(_LAUGH.sub("", text).split()) <= 2:
        return Kind.LAUGH
    return Kind.SONG if held_share(cleaned, rate_hz) > _SUNG else Kind.SPEECH


def held_share(sound: np.ndarray, rate_hz: int) -> float:
    """Share of the voiced time in which the pitch stays on one note for 0.3 s or longer; 0 for less than a second of voice."""
    import pyworld

    wave = np.ascontiguousarray(sound, np.float64)
    rough, times = pyworld.dio(wave, rate_hz, f0_floor=80.0, f0_ceil=1000.0, frame_period=10.0)
    f0 = pyworld.stonemask(wave, rough, times, rate_hz)
    voiced = f0 > 0
    if voiced.sum() < 100:
        return 0.0
    notes = 12 * np.log2(np.where(voiced, f0, 1.0))
    frames = round(_HELD_S * 100)
    held = np.zeros(len(f0), bool)
    for at in range(len(f0) - frames + 1):
        piece = slice(at, at + frames)
        if voiced[piece].all() and np.ptp(notes[piece]) <= 2 * _HELD_SEMITONES:
            held[piece] = True
    return float(held.sum() / voiced.sum())
