"""A picture and a face's places come in; how it is turned, how crisp it is, what it does and what hides it go out."""

from dataclasses import asdict, dataclass

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, laplace

from meetagain.likeness.photos.pixels import Crop, cut_out
from meetagain.likeness.photos.signs import covered

NOSE, BROW, CHIN, CHEEKS = 1, 10, 152, (234, 454)
MOUTH, LIPS = (61, 291), (13, 14)
FRONTAL_DEG = 22  # turned further, the side of the nose looks like the rim of glasses
NOISE = 2.9  # how far the largest twentieth of a bell curve's values stand above their middle
LIDS = ((159, 145, 33, 133), (386, 374, 362, 263))  # upper, lower, outer and inner corner


@dataclass(frozen=True)
class Judged:
    """What `judge` finds; the fields of SeenFace by the same names."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    sharpness: float
    smile: float
    eyes_open: float
    covered: float

    def as_fields(self) -> dict[str, float]:
        """The fields by name."""
        return asdict(self)


def judge(picture: np.ndarray, points: np.ndarray) -> Judged:
    """How a face with places (468, 3) pixels is turned (degrees), how sharp it is, its smile, how open its eyes are, what hides it."""
    across = points[CHEEKS[1]] - points[CHEEKS[0]]
    down = points[CHIN] - points[BROW]
    yaw = float(np.rad2deg(np.arctan2(across[2], np.hypot(*across[:2]))))
    pitch = float(np.rad2deg(np.arctan2(-down[2], np.hypot(*down[:2]))))
    eyes = points[263, :2] - points[33, :2]
    roll = float(np.rad2deg(np.arctan2(eyes[1], eyes[0])))
    hidden = covered(picture, points, abs(yaw) < FRONTAL_DEG)
    return Judged(yaw, pitch, roll, sharpness(picture, points), smile(points), eyes_open(points), hidden)


def sharpness(picture: np.ndarray, points: np.ndarray) -> float:
    """0 (useless) .. 1 (crisp): fine detail of the face at 96 pixels, against its contrast.

    Edges are few and strong, noise is everywhere alike: what noise alone would give, by the middle of all values, is taken off.
    """
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    middle, side = (low + high) / 2, float((high - low).max())
    grey = np.asarray(Image.fromarray(cut_out(picture, Crop(*middle, side), 96)).convert("L"), np.float32)
    detail = np.abs(laplace(gaussian_filter(grey, 0.6)))
    edges = (float(np.percentile(detail, 95)) - NOISE * float(np.median(detail))) / (float(grey.std()) + 4)
    return float(np.clip((edges - 0.01) / 0.15, 0, 1)) * float(np.clip(side / 96, 0, 1))


def smile(points: np.ndarray) -> float:
    """0 .. 1: corners of the mouth that lie high and wide."""
    eyes = np.linalg.norm(points[263, :2] - points[33, :2])
    wide = np.linalg.norm(points[MOUTH[1], :2] - points[MOUTH[0], :2]) / eyes
    middle = points[list(LIPS), 1].mean()
    lift = (middle - points[list(MOUTH), 1].mean()) / eyes
    return float(np.clip((wide - 0.52) / 0.25, 0, 1) * 0.5 + np.clip((lift + 0.01) / 0.1, 0, 1) * 0.5)


def eyes_open(points: np.ndarray) -> float:
    """0 (shut) .. 1: height of the lids' gap over its width."""
    gaps = [np.linalg.norm(points[u, :2] - points[d, :2]) / (np.linalg.norm(points[a, :2] - points[b, :2]) + 1e-6) for u, d, a, b in LIDS]
    return float(np.clip((np.mean(gaps) - 0.08) / 0.18, 0, 1))
