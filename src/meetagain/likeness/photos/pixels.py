"""A picture and an upright or turned square in it come in; the square at a wanted size goes out."""

from dataclasses import dataclass

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Crop:
    """A square of a picture: centre and side in pixels; turn in radians, clockwise as seen (0: upright)."""

    x: float
    y: float
    side: float
    turn: float = 0.0

    def to_picture(self, points: np.ndarray, size: float) -> np.ndarray:
        """Points (n, 2) of the crop at `size` pixels a side -> pixels of the picture."""
        away = (points / size - 0.5) * self.side
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return np.stack([self.x + cos * away[:, 0] - sin * away[:, 1], self.y + sin * away[:, 0] + cos * away[:, 1]], 1)


def cut_out(picture: np.ndarray, crop: Crop, size: int) -> np.ndarray:
    """The crop as (size, size, 3) uint8, smoothed before it is made smaller; outside the picture it is black."""
    image = Image.fromarray(picture)
    shrink = max(1, int(crop.side / size / 1.5))
    if shrink > 1:
        image = image.reduce(shrink)
    corner = crop.to_picture(np.array([[0.0, 0.0], [size, 0.0], [0.0, size]]), size) / shrink
    along, down = (corner[1] - corner[0]) / size, (corner[2] - corner[0]) / size
    told = (along[0], down[0], corner[0, 0], along[1], down[1], corner[0, 1])
    return np.asarray(image.transform((size, size), Image.Transform.AFFINE, told, Image.Resampling.BILINEAR))


def warp(picture: np.ndarray, matrix: np.ndarray, size: int) -> np.ndarray:
    """The picture under an affine map (2, 3), picture pixels -> result pixels, as (size, size, 3) uint8."""
    back = np.linalg.inv(np.vstack([matrix, (0, 0, 1)]))
    scale = float(np.sqrt(abs(np.linalg.det(back[:2, :2]))))
    image, shrink = Image.fromarray(picture), max(1, int(scale / 1.5))
    if shrink > 1:
        image = image.reduce(shrink)
    told = (back[:2] / shrink).ravel()
    return np.asarray(image.transform((size, size), Image.Transform.AFFINE, tuple(told), Image.Resampling.BILINEAR))


def onto(source: np.ndarray, target: np.ndarray) -> tuple[complex, complex]:
    """The turn with scale a and the shift b so that a * source + b comes nearest to target; points (n, 2) as complex numbers."""
    p, q = source[:, 0] + 1j * source[:, 1], target[:, 0] + 1j * target[:, 1]
    mp, mq = p.mean(), q.mean()
    a = ((p - mp).conj() * (q - mq)).sum() / (np.abs(p - mp) ** 2).sum()
    return a, mq - a * mp


def similarity(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The turn, scale and shift (2, 3) that bring points (n, 2) nearest to others, least squares."""
    k, move = onto(source, target)
    return np.array([[k.real, -k.imag, move.real], [k.imag, k.real, move.imag]])
