"""A picture comes in; faces with 468 places each, who each may be, the body's 33 places and the mask of people go out.

Networks: mediapipe 0.10.21's files (Apache-2.0) as data, under ai-edge-litert, one thread; dlib's face encoder (CC0).
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from PIL import Image

from meetagain.likeness.photos.pixels import Crop, cut_out, similarity, warp
from meetagain.likeness.photos.quality import Judged, judge
from meetagain.likeness.photos.seen import SeenFace
from meetagain.models.state import where

FINDER, MESH, POSE = 192, 192, 256
FEATURES = 179  # the landmark net's last map before it splits, (1152,)
EYES, CHIP_FROM = (33, 263), (263, 362, 33, 133, 2)  # outer corners; outer right, inner right, outer left, inner left, under the nose
CHIP = np.array([(0.8596, 0.2135), (0.6461, 0.2290), (0.1206, 0.2137), (0.3341, 0.2291), (0.4901, 0.6278)])  # the encoder's own layout
CHIP_SIDE, CHIP_MARGIN = 150, 0.25
SURE, SAME = 0.5, 0.35  # least score of a face; overlap above which two boxes are one face
CERTAIN = 0.9  # score under which a face may be seen the wrong way round
LEANING = 0.35  # radians; less than that the landmark net sets right by itself
UPRIGHT, SLANT, CLEARLY = 0.35, 0.7, 0.08  # how much a face counts for a way up, and how far (radians) it may lean


class Net:
    """A network file and its tensors."""

    def __init__(self, file: str, keep: bool = False) -> None:
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        plain = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES if keep else OpResolverType.AUTO
        self._run = Interpreter(
            str(where("faces", file)), num_threads=1, experimental_op_resolver_type=plain, experimental_preserve_all_tensors=keep
        )
        self._run.allocate_tensors()
        self._into = self._run.get_input_details()[0]["index"]
        self._out = {tuple(d["shape"]): d["index"] for d in self._run.get_output_details()}

    def __call__(self, pixels: np.ndarray) -> dict[tuple[int, ...], np.ndarray]:
        """Pixels (h, w, 3) float32 -> outputs by shape."""
        self._run.set_tensor(self._into, pixels[None].astype(np.float32))
        self._run.invoke()
        return {shape: self._run.get_tensor(k).copy() for shape, k in self._out.items()}

    def inner(self, tensor: int) -> np.ndarray:
        """An inner tensor of the last call, flat."""
        return self._run.get_tensor(tensor).ravel().copy()


@cache
def net(file: str, keep: bool = False) -> Net:
    """A network, opened once. Raises MeetAgainError(weights-missing)."""
    return Net(file, keep)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """The logistic curve."""
    return 1 / (1 + np.exp(-np.clip(x, -60, 60)))


def find_faces(picture: np.ndarray, encode: bool = True) -> tuple[SeenFace, ...]:
    """Every face of a picture (h, w, 3) uint8 sRGB, the largest first. Without `encode` the embeddings are zeros (quicker)."""
    faces: list[SeenFace] = []
    for spot in _spots(picture):
        face = _look(picture, spot, encode) if abs(spot.turn) > LEANING else None
        face = face or _look(picture, replace(spot, turn=0.0), encode)  # from the side the mouth does not lie straight below the eyes
        if face is not None and all(_overlap(face.box, other.box) < SAME for other in faces):
            faces.append(face)
    return tuple(sorted(faces, key=lambda f: -(f.box[2] - f.box[0])))


def find_face(picture: np.ndarray, box: tuple[float, float, float, float], encode: bool = True) -> SeenFace | None:
    """The one face at a box (left, top, right, bottom; pixels) that is known to hold one, upright or lying; None where there is none."""
    best = _look(picture, Spot(1.0, box, 0.0), encode)
    if best is not None and best.score > CERTAIN:
        return best
    lying = [_look(picture, Spot(1.0, box, turn), encode) for turn in (-np.pi / 2, np.pi / 2, np.pi)]
    return max((face for face in (best, *lying) if face is not None), key=lambda face: face.score, default=None)


def turn_to_upright(picture: np.ndarray) -> int:
    """Quarter turns (0 .. 3), clockwise, after which the faces of a picture stand upright; 0 where there are none or it is not clear."""
    sides = []
    for turn in range(4):
        turned = np.ascontiguousarray(np.rot90(picture, -turn))
        whole = Crop(turned.shape[1] / 2, turned.shape[0] / 2, float(max(turned.shape[:2])))
        sides.append(sum(spot.score - UPRIGHT for spot in _apart(_find(turned, whole)) if abs(spot.turn) < SLANT))
    best = int(np.argmax(sides))
    return best if sides[best] > sides[0] + CLEARLY else 0


def face_at(picture: np.ndarray, crop: Crop, passes: int = 2) -> tuple[np.ndarray, float, np.ndarray]:
    """Places (468, 3) in pixels, score and inner features (1152,) of the face in a crop; each pass cuts again by what it found."""
    mesh = net("face_landmark.tflite", keep=True)
    for _ in range(passes):
        out = mesh(cut_out(picture, crop, MESH) / np.float32(255))
        raw = out[1, 1, 1, 1404].reshape(468, 3).astype(float)
        points = np.c_[crop.to_picture(raw[:, :2], MESH), raw[:, 2] * crop.side / MESH]
        score = float(sigmoid(out[1, 1, 1, 1].ravel()[0]))
        crop = around(points)
    return points, score, mesh.inner(FEATURES)


def around(points: np.ndarray, margin: float = 1.5) -> Crop:
    """The crop round places (468, 3) with the eyes level."""
    eyes = points[EYES[1], :2] - points[EYES[0], :2]
    turn = float(np.arctan2(eyes[1], eyes[0]))
    level = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned = points[:, :2] @ level.T
    low, high = turned.min(0), turned.max(0)
    x, y = ((low + high) / 2) @ level
    return Crop(float(x), float(y), margin * float((high - low).max()), turn)


def embed(picture: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Who a face may be (128,) float32, from its places (468, 3)."""
    target = (CHIP + CHIP_MARGIN) / (1 + 2 * CHIP_MARGIN) * CHIP_SIDE
    chip = warp(picture, similarity(points[list(CHIP_FROM), :2], target), CHIP_SIDE)
    return np.asarray(_encoder().compute_face_descriptor(np.ascontiguousarray(chip)), np.float32)


@cache
def _encoder():
    import dlib

    return dlib.face_recognition_model_v1(str(where("face-encoder", "resnet.dat")))


@dataclass(frozen=True)
class Spot:
    """Where a face may be: how sure, its box in pixels, and how far it is turned, radians clockwise."""

    score: float
    box: tuple[float, float, float, float]
    turn: float


def _look(picture: np.ndarray, spot: Spot, encode: bool) -> SeenFace | None:
    box = spot.box
    side = max(box[2] - box[0], box[3] - box[1])
    start = Crop((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, side * 1.5, spot.turn)
    points, score, features = face_at(picture, start, passes=3)
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    tall, wide = picture.shape[:2]
    if score < SURE or (high - low).max() < 12 or not (0 <= points[1, 0] < wide and 0 <= points[1, 1] < tall):
        return None
    judged: Judged = judge(picture, points)
    embedding = embed(picture, points) if encode else np.zeros(128, np.float32)
    return SeenFace((*low.tolist(), *high.tolist()), score, points, features, embedding, **judged.as_fields())


def _spots(picture: np.ndarray) -> list[Spot]:
    """Where faces may be, best first: in the whole picture, then in halves and thirds of it where it is large enough."""
    tall, wide = picture.shape[:2]
    found: list[Spot] = []
    longest = max(tall, wide)
    for parts in (1, 2, 3):
        side = longest / parts * (1.0 if parts == 1 else 1.3)
        if parts > 1 and side < 2.2 * FINDER:
            break
        for y in _starts(tall, side):
            for x in _starts(wide, side):
                found += _find(picture, Crop(x, y, side))
    return _apart(found)


def _apart(found: list[Spot]) -> list[Spot]:
    """The best spot of each place, best first."""
    kept: list[Spot] = []
    for spot in sorted(found, key=lambda one: -one.score):
        if all(_overlap(spot.box, other.box) < SAME for other in kept):
            kept.append(spot)
    return kept


def _starts(length: float, side: float) -> list[float]:
    """Middles of squares that cover a length."""
    if length <= side:
        return [length / 2]
    count = int(np.ceil((length - side) / (side * 0.7))) + 1
    return [float(v) for v in np.linspace(side / 2, length - side / 2, count)]


def _find(picture: np.ndarray, crop: Crop) -> list[Spot]:
    out = net("face_detection_full_range_sparse.tflite")(cut_out(picture, crop, FINDER) / np.float32(127.5) - 1)
    score = sigmoid(out[1, 2304, 1].ravel())
    axis = (np.arange(48) + 0.5) / 48
    x, y = (m.ravel() for m in np.meshgrid(axis, axis))
    told = out[1, 2304, 16][0] / FINDER
    found = []
    for k in np.flatnonzero(score > 0.4):
        middle, half = np.array([x[k], y[k]]) + told[k, :2], told[k, 2:4] / 2
        corners = crop.to_picture(np.stack([middle - half, middle + half]), 1.0)
        right, left, mouth = told[k, 4:6], told[k, 6:8], told[k, 10:12]
        down = mouth - (right + left) / 2
        found.append(Spot(float(score[k]), (*corners[0].tolist(), *corners[1].tolist()), float(np.arctan2(-down[0], down[1]))))
    return found


def _overlap(a: tuple, b: tuple) -> float:
    """Common area over the smaller area."""
    wide, tall = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or tall <= 0:
        return 0.0
    return wide * tall / max(1e-6, min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])))


def find_pose(picture: np.ndarray, near: tuple[float, float] | None = None) -> tuple[np.ndarray, np.ndarray] | None:
    """The 33 places (33, 4) of one body and its mask (h, w) in [0, 1]; the body whose middle is best, or nearest to a pixel. None: no body."""
    tall, wide = picture.shape[:2]
    whole = Crop(wide / 2, tall / 2, float(max(tall, wide)))
    out = net("pose_detection.tflite")(cut_out(picture, whole, 224) / np.float32(127.5) - 1)
    score, told, at = sigmoid(out[1, 2254, 1].ravel()), out[1, 2254, 12][0] / 224, _pose_places()
    good = np.flatnonzero(score > 0.5)
    if not len(good):
        return None
    if near is None:
        best = good[np.argmax(score[good])]
    else:
        faces = whole.to_picture(at[good] + told[good][:, :2], 1.0)
        best = good[np.argmin(np.linalg.norm(faces - near, axis=1))]
    keys = whole.to_picture((at[best] + told[best, 4:].reshape(4, 2)), 1.0)
    away = keys[1] - keys[0]
    crop = Crop(*keys[0], 2.5 * float(np.linalg.norm(away)), float(np.arctan2(away[0], -away[1])))
    body = net("pose_landmark_full.tflite")
    for _ in range(2):
        found = body(cut_out(picture, crop, POSE) / np.float32(255))
        if float(found[1, 1].ravel()[0]) < 0.5:
            return None
        raw = found[1, 195][0].reshape(39, 5)
        places = crop.to_picture(raw[:, :2], POSE)
        points = np.c_[places[:33], raw[:33, 2] * crop.side / POSE, sigmoid(raw[:33, 3])]
        mask = _laid_back(sigmoid(found[1, 256, 256, 1][0, ..., 0]), crop, tall, wide)
        away = places[34] - places[33]
        crop = Crop(*places[33], 2.5 * float(np.linalg.norm(away)), float(np.arctan2(away[0], -away[1])))
    return points, mask


@cache
def _pose_places() -> np.ndarray:
    """Middles (2254, 2) of the pose finder's fields in [0, 1]."""
    out = []
    for stride, count in ((8, 2), (16, 2), (32, 6)):
        axis = (np.arange(224 // stride) + 0.5) * stride / 224
        x, y = np.meshgrid(axis, axis)
        out.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), count, 0))
    return np.concatenate(out)


def _laid_back(mask: np.ndarray, crop: Crop, tall: int, wide: int) -> np.ndarray:
    """A crop's mask (s, s) as one of the whole picture (tall, wide)."""
    size = len(mask)
    corner = crop.to_picture(np.array([[0.0, 0.0], [size, 0.0], [0.0, size]]), size)
    forward = np.stack([(corner[1] - corner[0]) / size, (corner[2] - corner[0]) / size], 1)
    back = np.linalg.inv(forward)
    move = -back @ corner[0]
    told = (back[0, 0], back[0, 1], move[0], back[1, 0], back[1, 1], move[1])
    return np.asarray(
        Image.fromarray(mask.astype(np.float32)).transform((wide, tall), Image.Transform.AFFINE, told, Image.Resampling.BILINEAR)
    )


def people_mask(picture: np.ndarray) -> np.ndarray:
    """Where people are (h, w) float32 in [0, 1], by the selfie net alone: good at hair, coarse in wide pictures."""
    tall, wide = picture.shape[:2]
    small = np.asarray(Image.fromarray(picture).resize((256, 256), Image.Resampling.BOX), np.float32) / 255
    mask = net("selfie_segmentation.tflite")(small)[1, 256, 256, 1][0, ..., 0]
    return np.asarray(Image.fromarray(mask.astype(np.float32)).resize((wide, tall), Image.Resampling.BILINEAR)).clip(0, 1)


def person_mask(picture: np.ndarray, near: tuple[float, float] | None = None) -> np.ndarray:
    """Where people are (h, w) float32 in [0, 1]; with a pixel `near` the body there is added as the pose net sees it."""
    whole, pose = people_mask(picture), find_pose(picture, near)
    return np.clip(whole if pose is None else np.maximum(whole, pose[1]), 0, 1).astype(np.float32)
