"""A patch of photographed cloth comes in, a tile of it that repeats without a seam goes out."""

import numpy as np
from scipy.ndimage import gaussian_filter

LAP = 14  # columns or rows in which a tile's two ends are sewn together


def seamless(patch: np.ndarray, mask: np.ndarray) -> np.ndarray | None:
    """A tile (h, w, 3) uint8 sRGB from a patch of linear light (h, w, 3), or None where too little of it is the person.

    Slow shading is taken out; the ends are joined along the path of least difference (image quilting, Efros and Freeman 2001),
    at the length at which they fit best, so that stripes and checks meet.
    """
    rows, columns = np.flatnonzero(mask.mean(1) > 0.97), np.flatnonzero(mask.mean(0) > 0.97)
    if len(rows) < 64 or len(columns) < 48:
        return None
    cut = patch[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    slow = np.stack([gaussian_filter(cut[..., k], 18, mode="nearest") for k in range(3)], -1)
    even = np.clip(cut * (slow.mean((0, 1)) / np.maximum(slow, 1e-3)), 0, 1) ** (1 / 2.2)
    joined = sewn(sewn(even).transpose(1, 0, 2)).transpose(1, 0, 2)
    return np.round(joined * 255).astype(np.uint8)


def sewn(cloth: np.ndarray) -> np.ndarray:
    """The cloth (h, w, 3) shortened to the width at which its right end passes into its left without a seam."""
    wide = cloth.shape[1]
    first = cloth[:, :LAP]
    widths = range(int(wide * 0.6), wide - LAP + 1)
    at = min(widths, key=lambda w: float(((cloth[:, w : w + LAP] - first) ** 2).sum()))
    after = cloth[:, at : at + LAP]
    share = seam(((after - first) ** 2).sum(2))[..., None]
    return np.concatenate([after * (1 - share) + first * share, cloth[:, LAP:at]], 1)


def seam(cost: np.ndarray) -> np.ndarray:
    """0 left and 1 right of the cheapest way down (h, w), with a soft edge."""
    path = cost.copy()
    for k in range(1, len(path)):
        before = np.pad(path[k - 1], 1, constant_values=np.inf)
        path[k] += np.minimum(np.minimum(before[:-2], before[1:-1]), before[2:])
    column = int(path[-1].argmin())
    out = np.zeros_like(cost)
    for k in range(len(path) - 1, -1, -1):
        if k < len(path) - 1:
            low = max(0, column - 1)
            column = low + int(path[k, low : column + 2].argmin())
        out[k] = np.clip((np.arange(cost.shape[1]) - column + 1.5) / 3, 0, 1)
    return out
