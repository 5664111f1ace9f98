"""A photograph and its landmarks come in, what the learned map reads of it goes out: levelled landmarks and a small grey picture of the face."""

import numpy as np
from PIL import Image

from meetagain.likeness.photos.pixels import onto

SIDE = 72
ANCHORS = (33, 133, 362, 263, 1, 61, 291)  # corners of the eyes, tip of the nose, corners of the mouth
PLACES = np.array([[18, 24], [30, 25], [42, 25], [54, 24], [36, 40], [26, 52], [46, 52.0]])  # where they come to lie, pixels


def level(points: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Landmarks (468, 3) turned, scaled and moved in the picture onto a reference (468, 2); z in the same unit, about zero."""
    a, b = onto(points[:, :2], reference)
    at = a * (points[:, 0] + 1j * points[:, 1]) + b
    depth = points[:, 2] * abs(a)
    return np.stack([at.real, at.imag, depth - depth.mean()], 1)


def patch(picture: np.ndarray, points: np.ndarray) -> np.ndarray:
    """The face as a grey picture (SIDE, SIDE) uint8, eyes, nose and mouth where PLACES has them. picture: (h, w, 3) uint8."""
    a, b = onto(PLACES, points[list(ANCHORS), :2])
    back = (a.real, -a.imag, b.real, a.imag, a.real, b.imag)
    factor = max(1, int(abs(a)))
    grey = Image.fromarray(picture).convert("L")
    if factor > 1:
        grey = grey.reduce(factor)
        back = tuple(v / factor for v in back)
    return np.asarray(grey.transform((SIDE, SIDE), Image.Transform.AFFINE, back, Image.Resampling.BILINEAR))
