"""A body and a face in a photograph come in; where the camera stood and what the face was doing go out."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.spatial.transform import Rotation

from meetagain.likeness.body import Body
from meetagain.likeness.camera import Camera
from meetagain.likeness.fit.places import Places
from meetagain.likeness.photos.seen import SeenFace

FACES = (  # face actions that move landmarks, left and right apart where a face may be uneven
    ("jawOpen",), ("mouthSmileLeft",), ("mouthSmileRight",), ("mouthFrownLeft", "mouthFrownRight"), ("mouthPucker",), ("mouthFunnel",),
    ("mouthUpperUpLeft", "mouthUpperUpRight"), ("mouthLowerDownLeft", "mouthLowerDownRight"), ("mouthStretchLeft", "mouthStretchRight"),
    ("mouthClose",), ("cheekSquintLeft", "cheekSquintRight"), ("eyeBlinkLeft",), ("eyeBlinkRight",), ("eyeWideLeft", "eyeWideRight"),
    ("browInnerUp",), ("browOuterUpLeft", "browOuterUpRight"), ("browDownLeft", "browDownRight"), ("jawLeft",), ("jawRight",),
)  # fmt: skip
STRENGTH, RIDGE = 1.15, 0.35  # most of an action; pull towards rest
USUAL_LENS, LENS = 1.5, 6.0  # focal length over the longer side of a family photograph; pull of its logarithm
USUAL_M, DISTANCE = 1.4, 8.0  # from where people are photographed; pull of its logarithm


@dataclass(frozen=True)
class Standing:
    """How one photograph was taken."""

    camera: Camera
    face: dict[str, float]  # face actions, 0 .. 1.15
    off_px: float  # median distance of landmarks from their places, pixels
    off_share: float  # the same over the distance of the eyes

    def points(self, body: Body) -> np.ndarray:
        """The body's vertices (n, 3) with the face as it was in the photograph."""
        out = body.points.copy()
        for name, amount in self.face.items():
            out += amount * body.actions[body.basis.face_names.index(name)]
        return out


def bias_px(places: Places, body: Body, face: SeenFace, per_m: float) -> np.ndarray:
    """What the landmark net adds to each place (468, 2), pixels, for a face at `per_m` pixels a metre, however the picture is tilted."""
    level = places.bias_at(face.yaw_deg) * body.face.scale * per_m
    roll = np.deg2rad(face.roll_deg)
    cos, sin = np.cos(roll), np.sin(roll)
    return np.stack([cos * level[:, 0] - sin * level[:, 1], sin * level[:, 0] + cos * level[:, 1]], 1)


def stand(body: Body, places: Places, face: SeenFace, size: tuple[int, int]) -> Standing:
    """The camera of a photograph of (width, height) pixels, and what the face did in it, from the 468 landmarks."""
    eyes = float(np.linalg.norm(face.points[263, :2] - face.points[33, :2]))
    at = places.on(body.points)
    middle = body.face.middle - (0, 0.02 * body.face.scale, 0)
    moves = np.stack([_moves(body, names, places) for names in FACES])
    per_px = float(np.linalg.norm(at[263] - at[33])) / eyes
    bias = bias_px(places, body, face, 1 / per_px)
    trust = 1 / (places.spread_at(face.yaw_deg) + 0.0004 + 0.3 * per_px)
    trust = trust / trust.max()
    usual = USUAL_LENS * max(size)
    width, height = size

    def camera(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        turn = Rotation.from_rotvec(x[:3]).as_matrix() @ np.diag((1.0, -1.0, -1.0))
        focal = usual * float(np.exp(x[6]))
        far = focal * per_px * float(np.exp(x[5]))
        return turn, np.array([x[3] * far, x[4] * far, far]), focal

    def off(x: np.ndarray) -> np.ndarray:
        turn, place, focal = camera(x)
        seen = (at + np.tensordot(x[7:], moves, 1) - middle) @ turn.T + place
        pixels = seen[:, :2] / seen[:, 2:] * focal + (width / 2, height / 2) + bias
        away = (pixels - face.points[:, :2]) / eyes * trust[:, None] * 12
        return np.concatenate([away.ravel(), x[7:] * RIDGE, [x[6] * LENS, np.log(place[2] / USUAL_M) * DISTANCE]])

    centre = face.points[:, :2].mean(0) - (width / 2, height / 2)
    first = np.zeros(7 + len(FACES))
    first[:3] = Rotation.from_euler("yxz", (-face.yaw_deg, -face.pitch_deg * 0.5, face.roll_deg), degrees=True).as_rotvec()
    first[3:5] = centre / usual
    low, high = np.full(len(first), -np.inf), np.full(len(first), np.inf)
    low[7:], high[7:], low[6], high[6] = -1e-6, STRENGTH, -0.8, 1.4
    best = least_squares(off, np.clip(first, low + 1e-9, high), bounds=(low, high), loss="soft_l1", f_scale=0.6, x_scale="jac", max_nfev=60)
    turn, place, focal = camera(best.x)
    seen = (at + np.tensordot(best.x[7:], moves, 1) - middle) @ turn.T + place
    pixels = seen[:, :2] / seen[:, 2:] * focal + (width / 2, height / 2) + bias
    off_px = float(np.median(np.linalg.norm(pixels - face.points[:, :2], axis=1)))
    amounts = {name: round(float(a), 3) for names, a in zip(FACES, best.x[7:], strict=True) for name in names if a > 0.02}
    return Standing(Camera(turn, place - turn @ middle, focal, width, height), amounts, off_px, off_px / eyes)


def _moves(body: Body, names: tuple[str, ...], places: Places) -> np.ndarray:
    return places.on(sum(body.actions[body.basis.face_names.index(name)] for name in names))
