"""The compact body data comes in, the rest shape of any person of 4 to 95 goes out: vertices, joints, weights, face actions."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Phenotype:
    """Coordinates of a body in [0, 1]: age (1/3 child, 2/3 young, 1 old), gender (0 male, 1 female) and the rest by name."""

    age: float
    gender: float
    muscle: float
    weight: float
    height: float
    origin: tuple[float, float, float]  # shares of africa, asia, europe


@dataclass(frozen=True)
class Basis:
    """All arrays of the body model. Vertices are those of the CC0 base mesh with its teeth, lashes, tights and skirt."""

    joints: tuple[str, ...]
    parents: np.ndarray  # (n_joints,) int, -1 for the root
    mean: np.ndarray  # (n_vertices + n_joints, 3) float32, metres
    components: tuple[np.ndarray, np.ndarray]  # int16 and int8, (k, n_vertices + n_joints, 3)
    corner_weights: np.ndarray  # (n_corners, n_components) float32
    anchors: tuple[np.ndarray, ...]
    local_names: tuple[str, ...]
    face_names: tuple[str, ...]
    local: dict[str, np.ndarray]
    face: dict[str, np.ndarray]
    weights: np.ndarray  # (n_vertices, n_joints) float32
    groups: dict[str, np.ndarray]
    uv: np.ndarray  # (n_uv, 2) float64, v up
    lips: np.ndarray  # (h, w) float32, rows run down
    lips_box: np.ndarray  # left, top, right, bottom in [0, 1]

    @property
    def n_vertices(self) -> int:
        """How many vertices stand before the joint rows."""
        return len(self.mean) - len(self.joints)

    def rest(self, who: Phenotype, local: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
        """Vertices (n_vertices, 3) and joint heads (n_joints, 3), metres, Y up, facing +Z."""
        share = self._corner_shares(who) @ self.corner_weights
        wide, narrow = self.components
        cut = len(wide)
        points = self.mean.astype(np.float64)
        for k, weight in enumerate(share):
            points += weight * (wide[k] if k < cut else narrow[k - cut])
        for name, amount in local.items():
            sign = "+" if amount >= 0 else "-"
            if name + sign in self.local_names:
                points += abs(amount) * unpack(self.local, self.local_names.index(name + sign), len(points))
        return points[: self.n_vertices], points[self.n_vertices :]

    def size_of(self, name: str) -> np.ndarray:
        """How far each vertex moves under one unit of a local change, metres: (n_vertices,)."""
        delta = unpack(self.local, self.local_names.index(name + "+"), len(self.mean))
        return np.linalg.norm(delta[: self.n_vertices], axis=1)

    def face_actions(self) -> dict[str, np.ndarray]:
        """The 52 ARKit actions at full strength for an average adult head: (n_vertices, 3) metres each."""
        return {name: unpack(self.face, k, len(self.mean))[: self.n_vertices] for k, name in enumerate(self.face_names)}

    def _corner_shares(self, who: Phenotype) -> np.ndarray:
        origin = np.maximum(np.asarray(who.origin, np.float64), 0)
        parts = [origin / origin.sum() if origin.sum() > 0 else np.full(3, 1 / 3)]
        values = (who.gender, who.age, who.muscle, who.weight, who.height)
        parts += [hat(value, anchors) for value, anchors in zip(values, self.anchors, strict=True)]
        shares = parts[0]
        for part in parts[1:]:
            shares = np.multiply.outer(shares, part)
        return shares.ravel()


def hat(value: float, anchors: np.ndarray) -> np.ndarray:
    """Shares of the two anchors on either side of a value, for piecewise linear blending; the ends hold."""
    value = float(np.clip(value, anchors[0], anchors[-1]))
    k = int(np.clip(np.searchsorted(anchors, value), 1, len(anchors) - 1))
    t = (value - anchors[k - 1]) / (anchors[k] - anchors[k - 1])
    out = np.zeros(len(anchors))
    out[k - 1], out[k] = 1 - t, t
    return out


def unpack(store: dict[str, np.ndarray], k: int, count: int) -> np.ndarray:
    """The k-th displacement field of a sparse store as (count, 3), metres."""
    a, b = store["starts"][k], store["starts"][k + 1]
    out = np.zeros((count, 3))
    out[store["rows"][a:b]] = store["values"][a:b] * float(store["scales"][k])
    return out


def joined(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Two sparse stores as one; the fields of the first keep their numbers."""
    out = {k: np.concatenate([first[k], second[k]]) for k in ("names", "rows", "values", "scales")}
    return {**out, "starts": np.concatenate([first["starts"], first["starts"][-1] + second["starts"][1:]])}


@cache
def load_basis(folder: Path = DATA) -> Basis:
    """The basis of this installation; read once."""
    meta = json.loads((folder / "body.json").read_text(encoding="utf-8"))
    read = {name: dict(np.load(folder / f"{name}.npz")) for name in ("body", "shape_1", "shape_2", "shape_3", "local", "head", "face")}
    body, shape, local = read["body"], read["shape_1"], joined(read["local"], read["head"])
    joints = tuple(meta["joints"])
    weights = np.zeros((len(body["joint_of"]), len(joints)))
    np.add.at(weights, (np.arange(len(weights))[:, None], body["joint_of"]), body["weight_of"] / 65535)
    return Basis(
        joints=joints,
        parents=body["parents"].astype(int),
        mean=shape["mean"].astype(np.float32) * float(shape["step_m"]),
        components=(shape["wide"], np.concatenate([read["shape_2"]["narrow"], read["shape_3"]["narrow"]])),
        corner_weights=shape["corner_weights"],
        anchors=tuple(np.array(a) for a in meta["corners"][1:]),
        local_names=tuple(str(n) for n in local["names"]),
        face_names=tuple(str(n) for n in read["face"]["names"]),
        local=local,
        face=read["face"],
        weights=weights,
        groups={k: v.astype(np.int64) for k, v in body.items() if k[:2] in ("f_", "t_")},
        uv=body["uv"] / 65535.0,
        lips=body["lips"].astype(np.float32) / 255,
        lips_box=body["lips_box"].astype(np.float64),
    )
