"""Several sounds come in, whose voice each of them is goes out: all at once, which is many times as quick as one by one."""

from collections.abc import Callable, Sequence

import numpy as np

from meetagain.voice.speaker import RATE_HZ, WINDOW_S, embedded, middle, windows

Ear = Callable[[Sequence[np.ndarray]], list[np.ndarray]]  # (n,) float32 at 16 kHz each -> (256,) of length 1 each
_WINDOW = round(WINDOW_S * RATE_HZ)


def voices_of(sounds: Sequence[np.ndarray]) -> list[np.ndarray]:
    """(256,) of length 1 for each (n,) float32 at 16 kHz, by its whole windows of 1.6 s laid end to end. Raises MeetAgainError(weights-missing)."""
    counts = [len(sound) // _WINDOW for sound in sounds]
    whole = [sound[: count * _WINDOW] for sound, count in zip(sounds, counts, strict=True) if count]
    rows = windows(np.concatenate(whole), WINDOW_S)[1] if whole else np.zeros((0, 256), np.float32)
    found, at = [], 0
    for sound, count in zip(sounds, counts, strict=True):
        found.append(middle(rows[at : at + count]) if count else embedded(sound))
        at += count
    return found
