"""A picture and the box of one face, or none, come in; the mask and the pose of that person alone go out."""

from collections.abc import Sequence

import numpy as np
from PIL import Image
from scipy.ndimage import distance_transform_edt

from meetagain.likeness.photos.nets import find_pose, people_mask, person_mask

Box = tuple[float, float, float, float]

ABOVE, BELOW, BESIDE = 1.6, 8.5, 4.5  # how much is looked at round a face, in heights of it
HAIR, EDGE = 0.7, 0.4  # how far beyond what the pose net sees hair may lie, and clothes, in heights of the face
SURELY = 4.0  # heights of the face down to which a body is looked for where no pose is found
THEIRS = 0.6  # so much nearer to the middle line of somebody else it is theirs
COARSE = 8  # pixels


def mask_and_pose(picture: np.ndarray, face: Box | None, others: Sequence[Box] = ()) -> tuple[np.ndarray, np.ndarray | None]:
    """Mask (h, w) float32 in [0, 1] and pose (33, 4) or None of whoever has the face at a box (pixels); of everybody where there is no face.

    What lies nearer to somebody else, whose face is given, is taken out of the mask. Whoever touches the person may be in it a little.
    """
    if face is None:
        found = find_pose(picture)
        return person_mask(picture), None if found is None else found[0]
    (x0, y0, x1, y1), tall = _near(picture, face), face[3] - face[1]
    part = np.ascontiguousarray(picture[y0:y1, x0:x1])
    middle = ((face[0] + face[2]) / 2 - x0, (face[1] + face[3]) / 2 - y0)
    body, pose = people_mask(part), None
    found = find_pose(part, middle)
    if found is not None and np.hypot(*(found[0][0, :2] - middle)) < tall:  # its nose lies in this face
        pose = found[0] + np.array([x0, y0, 0, 0])
        body = np.maximum(body, found[1])
        rows = np.arange(len(body))[:, None]
        wide, close = _within(found[1] > 0.5, HAIR * tall), _within(found[1] > 0.5, EDGE * tall)
        body = np.minimum(body, np.where(rows < middle[1] + 0.9 * tall, wide, close))
    else:
        body = np.minimum(body, _column(body.shape, middle, tall))
    mask = np.zeros(picture.shape[:2], np.float32)
    mask[y0:y1, x0:x1] = body
    return _own(mask, face, others), pose


def _near(picture: np.ndarray, face: Box) -> tuple[int, int, int, int]:
    tall, wide = picture.shape[:2]
    size, x = face[3] - face[1], (face[0] + face[2]) / 2
    return (
        max(0, round(x - BESIDE * size)),
        max(0, round(face[1] - ABOVE * size)),
        min(wide, round(x + BESIDE * size)),
        min(tall, round(face[3] + BELOW * size)),
    )


def _within(seen: np.ndarray, reach: float) -> np.ndarray:
    """1 where something is seen, falling to 0 at `reach` pixels beyond it."""
    small = seen[::COARSE, ::COARSE]
    if not small.any():
        return np.zeros(seen.shape, np.float32)
    far = distance_transform_edt(~small) * COARSE
    soft = np.clip(2 - 2 * far / reach, 0, 1)
    return _grown(soft, seen.shape)


def _column(shape: tuple[int, ...], middle: tuple[float, float], tall: float) -> np.ndarray:
    """Where the body under a face may be, when no pose is found: its head, and a band as wide as shoulders below."""
    rows, columns = np.ogrid[0 : shape[0], 0 : shape[1]]
    half = np.where(rows < middle[1] + 0.7 * tall, 1.1, 1.9) * tall
    within = np.clip(2 - np.abs(columns - middle[0]) / half * 1.5, 0, 1) * (rows < middle[1] + SURELY * tall)
    return within.astype(np.float32)


def _own(mask: np.ndarray, face: Box, others: Sequence[Box]) -> np.ndarray:
    """The mask without others: above their chins what is nearer to their face than to this one, below what is plainly under theirs."""
    rows, columns = (axis.astype(np.float32) for axis in np.ogrid[0 : mask.shape[0], 0 : mask.shape[1]])
    for other in others:
        head = (rows < other[3] + 0.15 * (other[3] - other[1])) & (_away(rows, columns, other) < _away(rows, columns, face))
        below = (rows >= other[3]) & (_beside(columns, other) < THEIRS * _beside(columns, face)) & _side_by_side(face, other)
        mask = np.where(head | below, 0, mask)
    return mask.astype(np.float32)


def _side_by_side(face: Box, other: Box) -> bool:
    """Whether two stand beside each other, not one behind or before the other, where a line between them would cut through a body."""
    size = (face[3] - face[1] + other[3] - other[1]) / 2
    across = abs(face[0] + face[2] - other[0] - other[2]) / 2
    return across > 0.8 * size and abs(face[1] + face[3] - other[1] - other[3]) / 2 < 1.6 * size


def _beside(columns: np.ndarray, face: Box) -> np.ndarray:
    return np.abs(columns - (face[0] + face[2]) / 2) / (face[3] - face[1])


def _away(rows: np.ndarray, columns: np.ndarray, face: Box) -> np.ndarray:
    size = face[3] - face[1]
    return np.hypot(columns - (face[0] + face[2]) / 2, rows - (face[1] + face[3]) / 2) / size


def _grown(small: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    wide = Image.fromarray(small.astype(np.float32)).resize((shape[1], shape[0]), Image.Resampling.BILINEAR)
    return np.asarray(wide)
