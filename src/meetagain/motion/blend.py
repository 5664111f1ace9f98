"""Key times come in; how much of each key stands at each moment goes out."""

import numpy as np

from meetagain.motion.turns import Array

STEP_MARGIN = 0.18  # share of a step in which a foot only lifts or lowers


def ease(u: Array) -> Array:
    """Minimum-jerk way from 0 to 1 (Flash and Hogan 1985)."""
    u = np.clip(u, 0, 1)
    return u**3 * (10 - 15 * u + 6 * u * u)


def key_weights(times: list[float], through: list[bool], at: Array, loop_s: float = 0.0, margin: float = 0.0) -> Array:
    """Weights (T, K), each row summing to one: minimum jerk between keys that stop, a smooth curve through those that pass.

    With `loop_s` the keys come round again; `margin` holds each key for that share of the way at both ends.
    """
    if loop_s:
        n = len(times)
        wide = key_weights([t + k * loop_s for k in (-1, 0, 1) for t in times], through * 3, at, margin=margin)
        return wide[:, :n] + wide[:, n : 2 * n] + wide[:, 2 * n :]
    if len(times) == 1:
        return np.ones((len(at), 1))
    out = np.zeros((len(at), len(times)))
    rows = np.arange(len(at))
    left = np.clip(np.searchsorted(times, at, side="right") - 1, 0, len(times) - 2)
    t, passes = np.array(times), np.array(through)
    span = t[left + 1] - t[left]
    u = np.clip((at - t[left]) / span, 0, 1)
    stops = ~passes[left] & ~passes[left + 1]
    share = np.where(stops, ease((u - margin) / (1 - 2 * margin)), 3 * u**2 - 2 * u**3)
    out[rows, left] += 1 - share
    out[rows, left + 1] += share
    for end, slope in ((left, u**3 - 2 * u**2 + u), (left + 1, u**3 - u**2)):
        row = np.flatnonzero(~stops & passes[end] & (end > 0) & (end < len(times) - 1))
        key = end[row]
        amount = slope[row] * span[row] / (t[key + 1] - t[key - 1])
        np.add.at(out, (row, key + 1), amount)
        np.add.at(out, (row, key - 1), -amount)
    return out


def humps(times: list[float], heights: list[float], at: Array, loop_s: float = 0.0) -> Array:
    """(T,) rise and fall between keys: heights[k] is the height half way from key k-1 to key k."""
    out = np.zeros(len(at))
    for k in range(1, len(times)):
        u = np.clip((at - times[k - 1]) / (times[k] - times[k - 1]), 0, 1)
        out += heights[k] * np.sin(np.pi * u) ** 1.5
    if loop_s and len(times) > 1:
        u = np.clip((at - times[-1]) / max(loop_s - times[-1] + times[0], 1e-6), 0, 1)
        out += heights[0] * np.sin(np.pi * u) ** 1.5
    return out


def widened(values: Array, reach: int = 5, loop: bool = False) -> Array:
    """(T,) running maximum, then smoothed, so that a correction begins before it is needed and never pops."""
    if len(values) < 3 or values.max() < 1e-4:
        return values
    mode = "wrap" if loop else "edge"
    padded = np.pad(values, 2 * reach, mode=mode)
    top = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(-1)
    return np.convolve(top, kernel(reach), "valid")


def blurred(values: Array, reach: int = 4, loop: bool = False) -> Array:
    """(T, 3) smoothed over a few frames."""
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="wrap" if loop else "edge")
    return np.stack([np.convolve(padded[:, k], kernel(reach), "valid") for k in range(3)], 1)


def kernel(reach: int) -> Array:
    """A smooth bump of 2 * reach + 1 samples that sums to one."""
    bump = np.hanning(2 * reach + 3)[1:-1]
    return bump / bump.sum()
