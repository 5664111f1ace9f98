"""A picture and a face's places come in; whether clear glasses are worn, and where their rims and lenses lie, goes out."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import distance_transform_edt, gaussian_filter, grey_closing, grey_opening, map_coordinates, maximum_filter

from meetagain.likeness.photos.pixels import similarity, warp

SIDE, EYES_PX, MIDDLE = 256, 100.0, (128.0, 116.0)  # the level square that is looked at; distance of the outer corners of the eyes in it
CORNERS, TEMPLES = ((33, 133), (263, 362)), (127, 356)
THIN = 9  # pixels: what is thinner may be a rim
TURNS, FROM_PX, TO_PX, STEP = 72, 13, 44, 2  # a rim's path round an eye: places, radii, most change of the radius from place to place
MOST = 0.6  # contrast above which a line counts no more
BAND_PX, WIDE_PX = 3.2, 9.0  # half the width that is kept out along a rim, and how far from it dark marks count as its shadow
LEAST_PX = 45.0  # distance of the outer corners of the eyes in the picture, below which rims are not looked for
WORN = 0.19  # strength above which glasses are worn: faces without reach 0.16, thin wire 0.23, horn 0.6
SEEN = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True)
class Rims:
    """Clear glasses in a picture, in a level square of it."""

    heavy: float  # how strongly the frame stands out, in logarithms of brightness
    matrix: np.ndarray  # (2, 3): pixels of the picture -> pixels of the square
    rims: np.ndarray  # (SIDE, SIDE) 0 .. 1: frame and its shadow
    lenses: np.ndarray  # (SIDE, SIDE) 0 .. 1: within the frame, and the frame

    def at(self, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far places (n, 2) of the picture lie on the rims, and within the lenses, (n,) each, 0 .. 1."""
        spots = (where @ self.matrix[:, :2].T + self.matrix[:, 2] - 0.5).T[::-1]
        return tuple(map_coordinates(image, spots, order=1, mode="constant") for image in (self.rims, self.lenses))


def can_tell(points: np.ndarray) -> bool:
    """Whether a face with places (468, 3) is large enough for rims to be seen."""
    return bool(np.linalg.norm(points[263, :2] - points[33, :2]) >= LEAST_PX)


def find_rims(picture: np.ndarray, points: np.ndarray) -> Rims | None:
    """Glasses on the face with places (468, 3) in a picture (h, w, 3) uint8; None where there are none, or the face is too small to tell."""
    if not can_tell(points):
        return None
    at = points[:, :2]
    target = np.array([[MIDDLE[0] - EYES_PX / 2, MIDDLE[1]], [MIDDLE[0] + EYES_PX / 2, MIDDLE[1]]])
    matrix = similarity(at[[33, 263]], target)
    level = at @ matrix[:, :2].T + matrix[:, 2]
    light = np.log(warp(picture, matrix, SIDE).astype(np.float32) @ SEEN + 10)
    thin = _thin(light)
    rings = [_ring(thin, level[list(pair)].mean(0) + np.array((0, 4)), sign) for pair, sign in zip(CORNERS, (-1, 1), strict=True)]
    heavy = _worn(thin, rings)
    return Rims(heavy, matrix, *_drawn(thin, rings, level)) if heavy > WORN else None


def _thin(light: np.ndarray) -> np.ndarray:
    """How far thin lines (h, w) stand out from what lies beside them, darker or lighter, in logarithms."""
    smooth = gaussian_filter(light, 0.7)
    dark, bright = grey_closing(smooth, (THIN, THIN)) - smooth, smooth - grey_opening(smooth, (THIN, THIN))
    return np.minimum(np.maximum(dark, 0.7 * bright), MOST)


def _ring(thin: np.ndarray, middle: np.ndarray, sign: int) -> np.ndarray:
    """The closed path (TURNS, 2) round an eye along which thin lines stand out most. `sign`: towards which side of the picture the temple lies."""
    turn = np.arange(TURNS) * 2 * np.pi / TURNS
    radii = np.arange(FROM_PX, TO_PX)
    x = middle[0] + sign * np.cos(turn)[:, None] * radii * 1.12  # wider than high
    y = middle[1] + np.sin(turn)[:, None] * radii * 0.92
    worth = map_coordinates(gaussian_filter(thin, 0.8), [y, x], order=1, mode="nearest")
    best, came = np.zeros(len(radii)), []
    for k in range(2 * TURNS):  # twice round, so that the path closes
        reach = np.stack([_moved(best, step) for step in range(-STEP, STEP + 1)])
        from_ = reach.argmax(0)
        best = reach.max(0) + worth[k % TURNS]
        came.append(np.arange(len(radii)) + STEP - from_)
    at, path = int(best.argmax()), []
    for k in range(2 * TURNS - 1, -1, -1):
        path.append(at)
        at = int(np.clip(came[k][at], 0, len(radii) - 1))
    half = np.array(path[::-1])[TURNS // 2 : TURNS // 2 + TURNS]
    chosen = radii[np.roll(half, TURNS // 2)]
    return np.stack([middle[0] + sign * np.cos(turn) * chosen * 1.12, middle[1] + np.sin(turn) * chosen * 0.92], 1)


def _moved(row: np.ndarray, step: int) -> np.ndarray:
    """A row (n,) with each value taken from `step` places further down; nothing from outside."""
    out = np.full(len(row), -1e9)
    if step >= 0:
        out[step:] = row[: len(row) - step]
    else:
        out[:step] = row[-step:]
    return out


def _worn(thin: np.ndarray, rings: list[np.ndarray]) -> float:
    """How strongly one line goes on below both eyes, at their outer side and across the nose: rims do all of it, lids and folds do not."""
    wide = maximum_filter(gaussian_filter(thin, 0.8), 3)
    below = slice(TURNS // 36, TURNS * 16 // 36)  # from the outer side to the nose, below the eye
    along = [map_coordinates(wide, ring[below].T[::-1], order=1, mode="nearest") for ring in rings]
    return float(np.sqrt(min(float(np.percentile(one, 40)) for one in along) * _bridge(wide, rings)))


def _bridge(thin: np.ndarray, rings: list[np.ndarray]) -> float:
    """The line between the rims across the nose: the best of those at several heights."""
    inner = [ring[np.abs(ring[:, 0] - SIDE / 2).argmin()] for ring in rings]
    best = 0.0
    for lift in np.linspace(-14, 8, 12):
        line = np.linspace(inner[0], inner[1], 24) + np.c_[np.zeros(24), lift - 3 * np.sin(np.linspace(0, np.pi, 24))]
        best = max(best, float(np.percentile(map_coordinates(thin, line.T[::-1], order=1, mode="nearest"), 40)))
    return best


def _drawn(thin: np.ndarray, rings: list[np.ndarray], level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bands (SIDE, SIDE) along rims, bridge and sides, with dark marks beside them; and what lies within the rims."""
    lines, inside = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
    pen, fill = ImageDraw.Draw(lines), ImageDraw.Draw(inside)
    inner = [ring[np.abs(ring[:, 0] - SIDE / 2).argmin()] for ring in rings]
    for ring, temple in zip(rings, TEMPLES, strict=True):
        closed = [tuple(map(float, p)) for p in (*ring, ring[0])]
        pen.line(closed, fill=255, width=1)
        fill.polygon(closed, fill=255)
        outer = ring[np.abs(ring[:, 0] - SIDE / 2).argmax()]
        pen.line([tuple(map(float, outer)), tuple(map(float, level[temple]))], fill=255, width=1)
    pen.line([tuple(map(float, p)) for p in inner], fill=255, width=1)
    far = distance_transform_edt(np.asarray(lines) < 128)
    band = np.clip(BAND_PX + 1 - far, 0, 1)
    marks = maximum_filter(np.clip((thin - 0.06) / 0.06, 0, 1), 3) * np.clip((WIDE_PX - far) / 2, 0, 1)
    lens = np.asarray(inside, np.float32) / 255
    return np.maximum(band, marks).astype(np.float32), np.maximum(lens, band)
