"""A voice's sound comes in, the same words from a smaller or larger, higher or lower throat go out (WORLD: M. Morise and others, 2016)."""

import numpy as np
import pyworld


def shifted(sound: np.ndarray, rate_hz: int, pitch_ratio: float, formant_ratio: float) -> np.ndarray:
    """(n,) float32 of the same length. A formant ratio above 1 is a shorter throat: a child's."""
    if abs(pitch_ratio - 1) < 0.01 and abs(formant_ratio - 1) < 0.01:
        return sound
    wave = sound.astype(np.float64)
    pitch, times = pyworld.harvest(wave, rate_hz, f0_floor=60.0, f0_ceil=600.0)
    envelope = pyworld.cheaptrick(wave, pitch, times, rate_hz)
    breath = pyworld.d4c(wave, pitch, times, rate_hz)
    bins = np.arange(envelope.shape[1])
    source = np.clip(bins / formant_ratio, 0, envelope.shape[1] - 1)
    low = np.floor(source).astype(int)
    high, share = np.minimum(low + 1, envelope.shape[1] - 1), source - low
    warped = np.exp(np.log(envelope[:, low]) * (1 - share) + np.log(envelope[:, high]) * share)
    made = pyworld.synthesize(pitch * pitch_ratio, np.ascontiguousarray(warped), breath, rate_hz)
    return np.resize(np.pad(made, (0, max(0, len(sound) - len(made)))), len(sound)).astype(np.float32)
