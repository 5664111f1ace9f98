"""Recordings of the person come in; pieces of speech to learn from and pieces to judge by go out. The recordings are only read."""

from collections.abc import Sequence

import numpy as np

from meetagain.voice.estimate import loud_parts

RATE_HZ = 24000
EAR_HZ = 16000  # what the speaker encoder hears
LEAST_S = 5.0  # of speech, in all
MOST_S = 240.0
_PIECE_S = 1.6  # the encoder's own window: shorter pieces tell too little
_LOUD_STEP_S = 0.01
_FULL_HZ = 7000.0  # reaching so far, a recording counts as whole


def spoken_parts(clip: np.ndarray) -> np.ndarray:
    """(n,) float32 at 24 kHz: without the long silences, at an even loudness; () where nothing is to be heard."""
    if not len(clip) or float(np.abs(clip).max()) < 1e-3:
        return np.zeros(0, np.float32)
    loud = loud_parts(clip, RATE_HZ)
    near = np.convolve(loud, np.ones(15), "same") > 0  # a little air around what is said
    step = int(_LOUD_STEP_S * RATE_HZ)
    kept = clip[: len(near) * step].reshape(-1, step)[near].ravel()
    return (kept * (0.08 / max(float(np.sqrt((kept**2).mean())), 1e-5))).clip(-1, 1).astype(np.float32) if len(kept) else kept


def speech_s(parts: Sequence[np.ndarray]) -> float:
    """Seconds in all."""
    return sum(map(len, parts)) / RATE_HZ


def halves(parts: Sequence[np.ndarray]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """To learn from and to judge by, of about the same length. Whole recordings are kept apart; of few, each is cut in its middle."""
    parts = [part for part in parts if len(part) >= 0.5 * _PIECE_S * RATE_HZ]
    if len(parts) < 4:
        parts = [piece for part in parts for piece in _cut(part)]
    learnt: list[np.ndarray] = []
    judged: list[np.ndarray] = []
    for part in sorted(parts, key=len, reverse=True):
        (learnt if speech_s(learnt) <= speech_s(judged) else judged).append(part)
    return learnt, judged


def _cut(part: np.ndarray) -> list[np.ndarray]:
    """In two where it is softest near its middle, if both are long enough to tell something."""
    if len(part) < 2 * _PIECE_S * RATE_HZ:
        return [part]
    step = int(0.05 * RATE_HZ)
    first, last = int(0.4 * len(part)), int(0.6 * len(part))
    powers = [float((part[at : at + step] ** 2).mean()) for at in range(first, last, step)]
    at = first + int(np.argmin(powers)) * step
    return [part[:at], part[at:]]


def reach_hz(parts: Sequence[np.ndarray]) -> float:
    """How high the recordings reach: a telephone's 3.4 or 4 kHz, or 12 kHz. Above that they hold nothing to learn from."""
    size = 1024
    powers = np.zeros(size // 2 + 1)
    for part in parts:
        frames = np.lib.stride_tricks.sliding_window_view(part, size)[:: size // 2] if len(part) >= size else np.zeros((0, size))
        powers += (np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2).sum(0)
    if not powers.any():
        return 0.0
    decibels = 10 * np.log10(powers / powers.max() + 1e-12)
    heard = np.flatnonzero(decibels > -55)
    return float(heard[-1] * RATE_HZ / size)


def for_ear(sound: np.ndarray, reach: float) -> np.ndarray:
    """(n,) float32 at 16 kHz as the recordings would hold it: compared with a telephone's sound, a voice is heard through a telephone."""
    from scipy.signal import resample_poly

    heard = resample_poly(sound, 2, 3).astype(np.float32)
    if reach >= _FULL_HZ:
        return heard
    parts = np.fft.rfft(heard)
    parts[int(reach / EAR_HZ * len(heard)) :] = 0
    return np.fft.irfft(parts, len(heard)).astype(np.float32)
