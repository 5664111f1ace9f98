"""A picture comes in, its mip levels down to one pixel and their blocks of 4 x 4 pixels go out."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from meetagain.likeness.colour.shading import to_linear, to_srgb

SIDE = 4


@dataclass(frozen=True)
class Slice:
    """The blocks of one level's colours or of its alpha, row by row: `blocks` (rows * columns, 16, 3) uint8."""

    blocks: np.ndarray
    rows: int
    columns: int


def levels_of(picture: np.ndarray, *, colour: bool) -> list[np.ndarray]:
    """The picture (h, w, 3 or 4) uint8 and every half of it down to 1 x 1. With `colour`, light is averaged; else the numbers are."""
    numbers = np.arange(256, dtype=np.float32) / 255
    out, whole = [picture], numbers[picture]
    if colour:
        whole[..., :3] = to_linear(numbers).astype(np.float32)[picture[..., :3]]
    while max(whole.shape[:2]) > 1:
        high, wide = (max(1, side // 2) for side in whole.shape[:2])
        planes = [
            Image.fromarray(np.ascontiguousarray(plane)).resize((wide, high), Image.Resampling.BOX) for plane in np.moveaxis(whole, -1, 0)
        ]
        whole = np.stack([np.asarray(plane) for plane in planes], -1)
        shown = np.concatenate([to_srgb(whole[..., :3]), whole[..., 3:]], -1) if colour else whole
        out.append(np.round(np.clip(shown, 0, 1) * 255).astype(np.uint8))
    return out


def blocks_of(picture: np.ndarray) -> Slice:
    """The blocks of a picture (h, w, 3); what sticks out over its edge repeats the edge."""
    high, wide = picture.shape[:2]
    rows, columns = -(-high // SIDE), -(-wide // SIDE)
    full = np.pad(picture, ((0, rows * SIDE - high), (0, columns * SIDE - wide), (0, 0)), mode="edge")
    cut = full.reshape(rows, SIDE, columns, SIDE, 3).transpose(0, 2, 1, 3, 4)
    return Slice(np.ascontiguousarray(cut.reshape(-1, SIDE * SIDE, 3)), rows, columns)
