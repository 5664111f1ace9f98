"""One photograph of the person comes in; the camera that would have taken the same view of the portrait goes out, with the face that it showed."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.spatial.transform import Rotation

from meetagain.likeness.camera import Camera
from meetagain.likeness.photos.seen import SeenFace, Sight
from meetagain.likeness.shown import Shown

#: Our landmark -> places of the face net whose mean it is.
PLACES = {"eye_l": (263, 362), "eye_r": (33, 133), "nose": (1,), "mouth": (13, 14), "chin": (152,), "ear_l": (454,), "ear_r": (234,)}
TRUST = {"ear_l": 0.35, "ear_r": 0.35, "chin": 0.6}
PHONE = 1.15  # focal length over the longer side of a picture; phones and pocket cameras lie about here
MARGIN = 0.85  # of the face's height, left round it


@dataclass(frozen=True)
class Beside:
    """A photograph cut to head and shoulders, the camera for the portrait at the same size, and the face it showed."""

    item: str
    picture: np.ndarray  # (h, w, 3) uint8
    camera: Camera
    face: dict[str, float]


def beside(sight: Sight, shown: Shown, height_px: int = 420) -> Beside | None:
    """The pair for one photograph, or None where no face was seen in it."""
    if sight.face is None:
        return None
    tall, wide = sight.picture.shape[:2]
    camera = camera_of(sight.face, shown, (wide, tall))
    left, top, right, bottom = sight.face.box
    around = MARGIN * (bottom - top)
    x0, x1 = int(max(0, left - around)), int(min(wide, right + around))
    y0, y1 = int(max(0, top - around)), int(min(tall, bottom + around))
    scale = height_px / max(y1 - y0, 1)
    middle = camera.centre or (wide / 2, tall / 2)
    moved = ((middle[0] - x0) * scale, (middle[1] - y0) * scale)
    cut = Camera(camera.turn, camera.offset, camera.focal_px * scale, max(2, round((x1 - x0) * scale)), height_px, moved)
    return Beside(sight.item, sight.picture[y0:y1, x0:x1], cut, face_in(sight.face))


def face_in(face: SeenFace) -> dict[str, float]:
    """ARKit weights for the smile and the lids of a photograph."""
    shut = float(np.clip(1 - face.eyes_open, 0, 1)) * 0.9
    smile = float(np.clip(face.smile, 0, 1)) * 0.8
    out = {f"mouthSmile{side}": smile for side in ("Left", "Right")} | {f"cheekSquint{side}": smile * 0.5 for side in ("Left", "Right")}
    return out | ({f"eyeBlink{side}": shut for side in ("Left", "Right")} if shut > 0.5 else {})


def camera_of(face: SeenFace, shown: Shown, size: tuple[int, int]) -> Camera:
    """Where the photographer stood: the turn and place by which eyes, nose, mouth and chin of the portrait lie over those of the photograph."""
    names = [name for name in PLACES if name in shown.about["landmarks"]]
    seen = np.array([face.points[list(PLACES[name]), :2].mean(0) for name in names])
    ours = np.array([shown.landmark(name) for name in names])
    trust = np.array([TRUST.get(name, 1.0) for name in names])[:, None]
    focal = PHONE * max(size)
    eyes = [names.index("eye_l"), names.index("eye_r")]
    apart_px = max(float(np.linalg.norm(seen[eyes[0]] - seen[eyes[1]])), 4.0)
    apart_m = float(np.linalg.norm(ours[eyes[0]] - ours[eyes[1]])) * max(np.cos(np.deg2rad(face.yaw_deg)), 0.4)
    far = focal * apart_m / apart_px
    middle, spot = ours.mean(0), (seen.mean(0) - np.array(size) / 2) / focal * far
    facing = np.diag([1.0, -1.0, -1.0])  # the person looks into the camera

    def made(x: np.ndarray) -> Camera:
        turn = Rotation.from_rotvec(x[:3]).as_matrix() @ facing
        return Camera(turn, np.array([x[3], x[4], x[5]]) - turn @ middle, focal, *size)

    def apart(x: np.ndarray) -> np.ndarray:
        return (((made(x).seen(ours)[0] - seen) * trust) / apart_px).ravel()

    start = np.deg2rad([face.pitch_deg, -face.yaw_deg, face.roll_deg])
    found = [least_squares(apart, np.r_[sign * start, spot, far], loss="soft_l1", f_scale=0.1) for sign in (1.0, 0.0)]
    return made(min(found, key=lambda one: one.cost).x)
