"""A stretch of a recording comes in, as it is and cleaned; whether it crackles, whether music lies under it, and whether it is a laugh or a song go out."""

import re

import numpy as np

from meetagain.schema.recordings import Kind

_CLIPPED_RUN = 3
_BAND_HZ = (250.0, 4000.0)
_FRAME, _HOP = 1024, 512
_REST_DB = -30.0  # what was cleaned away and is weaker than this against the speech does not matter
_TONAL = 0.66  # measured: music 0.68 to 0.78, reverberation up to 0.64, noise and hum at most 0.11
_HELD_SEMITONES, _HELD_S = 0.45, 0.3
_SUNG = 0.06  # measured: 0 in reading, 0.1 in singing, 0.96 in humming
_LAUGH = re.compile(r"(?:\b(?:a?ha+|he+|hi+|ho+|hee+)\b[\s,.!?-]*){3,}|\b(?:a?ha){2,}h?\b|\b(?:he){2,}\b|\b(?:hi){3,}\b", re.IGNORECASE)


def clipped_share(sound: np.ndarray) -> float:
    """Share of samples, (n,) float32, that lie in flat tops: runs of three or more at the greatest height there is."""
    top = float(np.abs(sound).max(initial=0.0))
    if top < 0.3:
        return 0.0
    flat = np.abs(sound) >= 0.995 * top
    runs = np.diff(np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(np.int8))))[::2]
    return float(runs[runs >= _CLIPPED_RUN].sum() / max(len(sound), 1))


def has_music(as_it_is: np.ndarray, cleaned: np.ndarray, rate_hz: int) -> bool:
    """Whether what was cleaned away, (n,) float32 each, is made of tones that last and change, as music is: not hiss, and not hum."""
    rest = as_it_is - cleaned
    if len(rest) < 4 * _FRAME or float((rest**2).mean()) < 10 ** (_REST_DB / 10) * max(float((as_it_is**2).mean()), 1e-9):
        return False
    return tonal_share(rest, rate_hz) > _TONAL


def tonal_share(sound: np.ndarray, rate_hz: int) -> float:
    """Share of the power between 250 Hz and 4 kHz that stands in lines along time (D. FitzGerald's median filters, 2010)."""
    from scipy.ndimage import median_filter

    frames = np.lib.stride_tricks.sliding_window_view(sound, _FRAME)[::_HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(_FRAME), axis=1))
    hz = np.fft.rfftfreq(_FRAME, 1 / rate_hz)
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
