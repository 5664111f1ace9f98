"""Samples come in; the same at an even loudness, with soft ends and no more than a breath of silence before them, go out."""

import numpy as np

SPEECH_DBFS = -20.0
PEAK_DBFS = -1.0
LEAD_S = 0.04
TAIL_S = 0.12


def levelled(sound: np.ndarray, rate_hz: int, level_dbfs: float = SPEECH_DBFS) -> np.ndarray:
    """(n,) float32. The loud half of the sound is brought to `level_dbfs` RMS; peaks stay under -1 dBFS; ends fade in 8 ms."""
    if not len(sound):
        return sound.astype(np.float32)
    frame = max(1, int(0.02 * rate_hz))
    whole = len(sound) // frame * frame
    powers = (sound[:whole].reshape(-1, frame) ** 2).mean(1) if whole else np.array([np.mean(sound**2)])
    loud = powers[powers >= np.median(powers)]
    rms = float(np.sqrt(loud.mean()))
    gain = 10 ** (level_dbfs / 20) / max(rms, 1e-5)
    gain = min(gain, 10 ** (PEAK_DBFS / 20) / max(float(np.abs(sound).max()), 1e-5))
    fade = min(int(0.008 * rate_hz), len(sound) // 2)
    shaped = sound * gain
    if fade:
        ramp = np.linspace(0, 1, fade)
        shaped[:fade] *= ramp
        shaped[-fade:] *= ramp[::-1]
    return shaped.astype(np.float32)


def lead_silence(sound: np.ndarray, rate_hz: int) -> int:
    """How many samples may be cut from the beginning so that at most LEAD_S of silence is left."""
    loud = np.flatnonzero(np.abs(sound) > 0.01 * max(float(np.abs(sound).max(initial=0.0)), 1e-6))
    return max(0, int(loud[0]) - int(LEAD_S * rate_hz)) if len(loud) else 0


def tail_silence(sound: np.ndarray, rate_hz: int) -> int:
    """Where the sound may end: TAIL_S after the last that can be heard."""
    loud = np.flatnonzero(np.abs(sound) > 0.005 * max(float(np.abs(sound).max(initial=0.0)), 1e-6))
    return min(len(sound), int(loud[-1]) + int(TAIL_S * rate_hz)) if len(loud) else len(sound)


def as_pcm(sound: np.ndarray) -> bytes:
    """int16 little-endian."""
    return (np.clip(sound, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
