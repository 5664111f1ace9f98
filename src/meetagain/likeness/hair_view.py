"""A confirmed photograph and a body come in; the head as it is seen there goes out, laid on a grid of millimetres beside our own head."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import map_coordinates

from meetagain.likeness.body import Body
from meetagain.likeness.photos.seen import Sight

EYE_R, EYE_L, NOSE, LIPS, CHIN = (33, 133), (362, 263), (1,), (13, 14), (152,)  # places of the landmark net, by what they show
OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132,
    93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
PIXEL_M, LEFT_M, TOP_M, WIDE, TALL = 0.004, -0.26, 0.19, 130, 150  # per unit of the head's scale; the middle of the eyes is (0, 0)


@dataclass(frozen=True)
class View:
    """One head on the grid (TALL, WIDE): rows downward from TOP_M over the eyes, columns from LEFT_M to the viewer's right."""

    picture: np.ndarray  # (TALL, WIDE, 3) linear
    person: np.ndarray  # (TALL, WIDE) 0 .. 1; 0 outside the photograph
    face: np.ndarray  # (TALL, WIDE) bool, within the oval of the face
    inside: np.ndarray  # (TALL, WIDE) bool, within the photograph
    turn: np.ndarray  # (3, 3), body -> view: x to the viewer's right, y up, z to the viewer
    scale: float  # pixels of the photograph for one metre of our body
    crisp: float  # 0 .. 1: how well single locks can be told


def grid() -> tuple[np.ndarray, np.ndarray]:
    """Places x, y (TALL, WIDE) of the grid in units of the head's scale, y up."""
    x, y = np.meshgrid(LEFT_M + (np.arange(WIDE) + 0.5) * PIXEL_M, TOP_M - (np.arange(TALL) + 0.5) * PIXEL_M)
    return x, y


def body_places(body: Body) -> np.ndarray:
    """Places on our own head (5, 3) in metres: their right eye, left eye, tip of the nose, lips, chin."""
    face = body.face
    return np.stack([face.eyes[1] + (0, 0, face.radii[1]), face.eyes[0] + (0, 0, face.radii[0]), face.nose, face.mouth, face.chin])


def similarity(source: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
    """Turn (3, 3), scale and shift (3,) that bring points (n, 3) nearest to others (Umeyama 1991)."""
    a, b = source - source.mean(0), target - target.mean(0)
    u, size, v = np.linalg.svd(b.T @ a / len(a))
    flip = np.diag([1, 1, np.sign(np.linalg.det(u @ v))])
    turn = u @ flip @ v
    scale = float((size * np.diag(flip)).sum() / (a**2).sum() * len(a))
    return turn, scale, target.mean(0) - scale * turn @ source.mean(0)


def view_of(sight: Sight, body: Body) -> View | None:
    """The head of a photograph on the grid; None where no face was found or it is too small to tell of hair."""
    face = sight.face
    if face is None or min(face.box[2] - face.box[0], face.box[3] - face.box[1]) < 24:
        return None
    seen = np.stack([face.points[list(k)].mean(0) for k in (EYE_R, EYE_L, NOSE, LIPS, CHIN)]) * (1, -1, -1)
    turn, scale, _ = similarity(body_places(body), seen)
    middle = seen[:2].mean(0)
    x, y = grid()
    s = body.face.scale
    column, row = middle[0] + x * s * scale, -middle[1] - y * s * scale
    tall, wide = sight.picture.shape[:2]
    inside = (column >= 0) & (column < wide) & (row >= 0) & (row < tall)
    fine = max(1, round(scale * s * PIXEL_M))
    linear = (_mean(sight.picture.astype(np.float32), fine) / 255) ** 2.2
    at = [np.clip(row / fine - 0.5, 0, linear.shape[0] - 1), np.clip(column / fine - 0.5, 0, linear.shape[1] - 1)]
    picture = np.stack([map_coordinates(linear[..., k], at, order=1) for k in range(3)], -1)
    mask = map_coordinates(_mean(sight.person[..., None], fine)[..., 0], at, order=1) * inside
    oval = face.points[list(OVAL), :2] - (column[0, 0], row[0, 0])
    inner = Image.new("1", (WIDE, TALL))
    ImageDraw.Draw(inner).polygon([(float(u), float(v)) for u, v in oval / (scale * s * PIXEL_M)], fill=1)
    crisp = float(np.clip((scale * s * 0.1 - 60) / 120, 0, 1)) * face.sharpness
    return View(picture, mask, np.asarray(inner), inside, turn, scale, crisp)


def _mean(picture: np.ndarray, fine: int) -> np.ndarray:
    tall, wide = (n // fine * fine for n in picture.shape[:2])
    return picture[:tall, :wide].reshape(tall // fine, fine, wide // fine, fine, -1).mean((1, 3))
