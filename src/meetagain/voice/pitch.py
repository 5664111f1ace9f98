"""Sound of somebody speaking comes in, how high they speak and how far it swings goes out, or why that cannot be told."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
import numpy as np

FLOOR_HZ, CEILING_HZ = 55.0, 600.0
_STEP_S = 0.01
_WINDOW_S = 0.04
_VOICED = 0.5  # how alike one period must be to the next
_APART = 0.25  # octaves between the two trackers from which they tell different things
_LONGEST_S = 40.0  # more tells nothing new


class Melody(msgspec.Struct, frozen=True):
    """The middle of the pitch, and how far its logarithm swings (one standard deviation, natural logarithm)."""

    centre_hz: float
    swing: float


class Unpitched(StrEnum):
    """Why a pitch cannot be told."""

    NO_PITCH = "no-pitch"  # whispered, or not a voice at all
    UNSURE = "unsure"  # two ways of measuring are an octave apart


def melody(sounds: Sequence[np.ndarray], rate_hz: int) -> Melody | Unpitched:
    """Harvest (M. Morise, 2017) finds the pitch, an autocorrelation (P. Boersma, 1993) checks it frame by frame: (n,) float32 each."""
    first, second, loud = [], [], 0
    left = int(_LONGEST_S * rate_hz)
    for sound in sounds:
        part = sound[:left]
        left -= len(part)
        if len(part) < int(4 * _WINDOW_S * rate_hz):
            continue
        one, (other, alike), level = harvested(part, rate_hz), correlated(part, rate_hz), _level(part, rate_hz)
        frames = min(len(one), len(other))
        heard = level[:frames] > 0.1 * max(float(np.percentile(level, 95)), 1e-6)
        loud += int(heard.sum())
        voiced = heard & (one[:frames] > 0) & (alike[:frames] > _VOICED)
        first.append(one[:frames][voiced])
        second.append(other[:frames][voiced])
    return _judged(np.concatenate(first or [np.zeros(0)]), np.concatenate(second or [np.zeros(0)]), loud)


def _judged(first: np.ndarray, second: np.ndarray, loud: int) -> Melody | Unpitched:
    if len(first) < 50 or len(first) < 0.2 * loud:
        return Unpitched.NO_PITCH
    same = np.abs(np.log2(first / second)) < _APART
    if same.mean() < 0.7 or abs(np.log2(np.median(first) / np.median(second))) > _APART:
        return Unpitched.UNSURE
    return melody_of(first[same])


def melody_of(f0: np.ndarray) -> Melody:
    """Of pitches in Hz; outliers beyond an octave from the middle do not count."""
    logs = np.log(f0[f0 > 0])
    middle = float(np.median(logs))
    logs = logs[np.abs(logs - middle) < np.log(2)]
    return Melody(round(float(np.exp(logs.mean())), 2), round(float(logs.std()), 4))


def harvested(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    """F0 in Hz every 10 ms, 0 where there is none."""
    import pyworld

    f0, _ = pyworld.harvest(
        np.ascontiguousarray(sound, np.float64), rate_hz, f0_floor=FLOOR_HZ, f0_ceil=CEILING_HZ, frame_period=1000 * _STEP_S
    )
    return f0


def correlated(sound: np.ndarray, rate_hz: int) -> tuple[np.ndarray, np.ndarray]:
    """F0 in Hz and how alike one period is to the next (0 to 1), every 10 ms."""
    window = int(_WINDOW_S * rate_hz)
    shape = np.hanning(window)
    size = 1 << (2 * window - 1).bit_length()
    own = np.fft.irfft(np.abs(np.fft.rfft(shape, size)) ** 2)[:window]
    frames = _frames(sound, rate_hz)
    frames = (frames - frames.mean(1, keepdims=True)) * shape
    lags = np.fft.irfft(np.abs(np.fft.rfft(frames, size, axis=1)) ** 2, axis=1)[:, :window]
    shortest, longest = int(rate_hz / CEILING_HZ), min(int(rate_hz / FLOOR_HZ), int(0.85 * window))
    alike = lags[:, shortest:longest] / np.maximum(lags[:, :1], 1e-9) * own[0] / own[shortest:longest]
    cost = 0.01 * np.log2(np.arange(shortest, longest) / shortest)  # of two equal ones the shorter period
    best = (alike - cost).argmax(1)
    return rate_hz / (best + shortest), np.clip(alike[np.arange(len(best)), best], 0, 1)


def _frames(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    """(n_frames, window), centred on every 10 ms."""
    window, step = int(_WINDOW_S * rate_hz), int(_STEP_S * rate_hz)
    padded = np.pad(sound.astype(np.float64), window // 2 + 1)
    return np.lib.stride_tricks.sliding_window_view(padded, window)[: len(sound) : step]


def _level(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    return np.sqrt((_frames(sound, rate_hz) ** 2).mean(1))
