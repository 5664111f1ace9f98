"""The body model's head comes in, the skin of its face alone goes out: a small mesh on which photographs are laid while the shape is refined."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from meetagain.likeness.body import REFERENCE_EYES_M, average_eyes_m, ball
from meetagain.likeness.colour.standing import FACES
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.fit.places import load_places

DOING = (*FACES, ("eyeSquintLeft", "eyeSquintRight"))  # face actions that are sought in a photograph


@dataclass(frozen=True)
class Front:
    """The face's skin. Arrays run over the n vertices of HeadCrop.face; metres."""

    triangles: np.ndarray  # (m, 3)
    around: csr_matrix  # (n, m) which triangles meet at a vertex
    actions: np.ndarray  # (DOING, n, 3) at full strength, for the model's average eye distance
    marks: np.ndarray  # which of the 468 landmarks lie on this skin
    corners: np.ndarray  # (marks, 3)
    shares: np.ndarray  # (marks, 3)

    def normals(self, points: np.ndarray) -> np.ndarray:
        """Unit normals (n, 3) of vertices (n, 3)."""
        a, b, c = (points[self.triangles[:, k]] for k in range(3))
        out = self.around @ np.cross(b - a, c - a)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)

    def marked(self, points: np.ndarray) -> np.ndarray:
        """Values at the vertices (..., n, 3) -> at the landmarks (..., marks, 3)."""
        return (points[..., self.corners, :] * self.shares[..., None]).sum(-2)


@cache
def load_front() -> Front:
    """The face of this installation's body model; made once."""
    crop, places = load_crop(), load_places()
    own = np.full(len(crop.ids), -1)
    own[crop.face] = np.arange(len(crop.face))
    triangles = own[crop.triangles]
    triangles = triangles[(triangles >= 0).all(1)]
    meets = csr_matrix(
        (np.ones(triangles.size), (triangles.ravel(), np.repeat(np.arange(len(triangles)), 3))), shape=(len(crop.face), len(triangles))
    )
    of_body = np.full(crop.basis.n_vertices, -1)
    of_body[crop.ids[crop.face]] = np.arange(len(crop.face))
    corners = of_body[places.corners]
    marks = np.flatnonzero((corners >= 0).all(1))
    names = crop.basis.face_names
    actions = np.stack([sum(crop.actions[names.index(name)][crop.face] for name in group) for group in DOING]).astype(float)
    return Front(triangles, meets, actions, marks, corners[marks], places.shares[marks])


def scales(head: np.ndarray) -> tuple[float, float]:
    """How much larger a head (n, 3) of the crop is than the one that the face actions, and the one that the landmarks' places were made for."""
    crop = load_crop()
    left, right = (ball(head[crop.part == k])[0] for k in (1, 2))
    eyes = float(np.linalg.norm(left - right))
    return eyes / average_eyes_m(), eyes / REFERENCE_EYES_M
