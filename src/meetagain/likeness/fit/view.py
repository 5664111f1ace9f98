"""A photograph and the face found in it come in, what the refinement reads of it goes out: light and shade at a fixed size, and where landmarks lie."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates

from meetagain.likeness.colour.shading import to_linear
from meetagain.likeness.photos.seen import Sight

TALL_PX, MARGIN = 160, 0.35  # a larger face is made smaller to this height; what is kept round it, in heights
BLUR_PX, DARKEST = 1.0, 0.01
GREY = np.array([0.3, 0.5, 0.2], np.float32)


@dataclass(frozen=True)
class View:
    """One photograph's face. Pixels of its own small picture: x to the right, y down."""

    light: np.ndarray  # (h, w) logarithm of linear light
    across: np.ndarray  # (h, w) how it changes to the right
    down: np.ndarray  # (h, w) and downwards
    points: np.ndarray  # (468, 2) landmarks as the net sees them
    yaw_deg: float
    centre: np.ndarray  # (2,) where the middle of the whole photograph lies
    usual_focal_px: float

    def at(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Light (n,) at pixels (n, 2), and how it changes there (n, 2)."""
        where = [pixels[:, 1] - 0.5, pixels[:, 0] - 0.5]
        light, across, down = (map_coordinates(one, where, order=1, mode="nearest") for one in (self.light, self.across, self.down))
        return light, np.stack([across, down], 1)


def view(sight: Sight, usual_lens: float) -> View:
    """The view of a photograph with a face. `usual_lens`: focal length over the longer side."""
    picture, points = sight.picture, sight.face.points[:, :2].astype(float)
    low, high = points.min(0), points.max(0)
    tall = float((high - low).max())
    left, top = (int(max(0, v)) for v in low - MARGIN * tall)
    right, bottom = (int(min(most, np.ceil(v))) for v, most in zip(high + MARGIN * tall, picture.shape[1::-1], strict=True))
    part = Image.fromarray(picture[top:bottom, left:right])
    factor = min(1.0, TALL_PX / tall)
    size = (max(8, round(part.width * factor)), max(8, round(part.height * factor)))
    if factor < 1:
        part = part.resize(size, Image.Resampling.BOX)
    scale = np.array(size) / (right - left, bottom - top)
    linear = to_linear(np.asarray(part, np.float32) / 255) @ GREY
    light = np.log(np.maximum(gaussian_filter(linear, BLUR_PX), 0) + DARKEST)
    down, across = np.gradient(light)
    middle = (np.array(picture.shape[1::-1]) / 2 - (left, top)) * scale
    focal = usual_lens * max(picture.shape[:2]) * float(scale.mean())
    return View(light, across, down, (points - (left, top)) * scale, sight.face.yaw_deg, middle, focal)
