"""The body model comes in, its head alone goes out: small arrays with which a head is made in a few milliseconds."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from meetagain.likeness.basis import Basis, Phenotype, load_basis, unpack
from meetagain.likeness.body import (
    BUILDS,
    HEAD_JOINTS,
    HEADS_TALL,
    HEIGHT_M,
    HEIGHT_YEARS,
    MODEL_AGE,
    YEARS,
    face_changes,
    find_face,
    fit_height,
    lip_share,
    origin_of,
    weight_of,
)
from meetagain.likeness.features import laid_together
from meetagain.likeness.parts import split_quads
from meetagain.likeness.raster import raster
from meetagain.schema.person import Person

PARTS = ("f_body", "f_eye_l", "f_eye_r", "f_teeth_upper", "f_teeth_lower", "f_tongue")
BELOW_CHIN_M = 0.16
FACE_BOX = (0.078, -0.125, 0.062, -0.062)  # half width, lowest, highest, hindmost about the middle of the eyes of the average adult, metres


@dataclass(frozen=True)
class HeadCrop:
    """The head of the body model. Arrays run over its n vertices (rows `ids` of the basis); metres, Y up, facing +Z."""

    basis: Basis
    ids: np.ndarray  # (n,)
    triangles: np.ndarray  # (m, 3), in the crop's own numbers
    part: np.ndarray  # (n,) int8: index in PARTS
    mean: np.ndarray  # (n, 3)
    components: np.ndarray  # (k, n, 3) float32
    changes: np.ndarray  # (n_changes, n, 3) float32, one row for each of basis.local_names
    actions: np.ndarray  # (52, n, 3) float32, at full strength for the average adult
    of_head: np.ndarray  # (n,) how much a vertex goes with the head
    pivot: tuple[np.ndarray, np.ndarray]  # mean (3,) and components (k, 3) of the point about which a child's head grows
    lips: np.ndarray  # (n,) 0 .. 1
    face: np.ndarray  # indices of the vertices of the face proper, in the crop's own numbers
    usual: np.ndarray  # (n, 3) the average adult

    def head(self, who: Phenotype, amounts: np.ndarray, grow: float = 1.0) -> np.ndarray:
        """Vertices (n, 3). `amounts` (n_changes,) are all >= 0, in the order of basis.local_names."""
        share = (self.basis._corner_shares(who) @ self.basis.corner_weights).astype(np.float32)
        points = self.mean + np.tensordot(share, self.components, 1) + np.tensordot(amounts.astype(np.float32), self.changes, 1)
        pivot = self.pivot[0] + share @ self.pivot[1]
        return points + self.of_head[:, None] * (grow - 1) * (points - pivot)

    def signed(self, changes: dict[str, float]) -> np.ndarray:
        """Named amounts -> (n_changes,) amounts of the one-sided fields. Unknown names are left out."""
        out = np.zeros(len(self.basis.local_names))
        for name, amount in changes.items():
            full = name + ("+" if amount >= 0 else "-")
            if full in self.basis.local_names:
                out[self.basis.local_names.index(full)] += abs(amount)
        return out


def stage_of(age: float) -> tuple[float, float]:
    """How much of a child and how much of an old person, 0 .. 1 each, as make_body takes it."""
    return float(np.interp(age, (9, 15), (1, 0))), float(np.interp(age, (50, 76), (0, 1)))


def middle_of(person: Person) -> Phenotype:
    """The model's coordinates that make_body takes for a person."""
    age, look = person.age_shown, person.look
    weight, muscle = BUILDS.get(look.build, BUILDS["average"])
    old = stage_of(age)[1]
    height = grown(age, look.sex)[0]
    return Phenotype(
        float(np.interp(age, YEARS, MODEL_AGE)), 0.0 if look.sex == "male" else 1.0, muscle - 0.12 * old, weight, height, origin_of(person)
    )


def usual_head(person: Person, face: dict[str, float] | None = None) -> np.ndarray:
    """The head (n, 3) that words alone give, metres, with amounts of named changes laid over it."""
    crop, age = load_crop(), float(np.clip(person.age_shown, 2, 100))
    changes = laid_together(face_changes(*stage_of(age)), face or {})
    return crop.head(middle_of(person), crop.signed(changes), grown(age, person.look.sex)[1])


def grown(age: float, sex: str) -> tuple[float, float]:
    """The model's height coordinate and a child's head growth that make_body takes for a person of average build."""
    years, table = _growth()
    at = table["male" if sex == "male" else "female"]
    return float(np.interp(age, years, at[:, 0])), float(np.interp(age, years, at[:, 1]))


@cache
def _growth() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    years, basis = np.array([4, 5.5, 7, 8.5, 10, 11.5, 13, 14.5, 15.9, 16, 18, 25, 45, 60, 76, 85, 95]), load_basis()
    return years, {sex: np.array([_one_growth(basis, float(y), sex) for y in years]) for sex in ("male", "female")}


def _one_growth(basis: Basis, age: float, sex: str) -> tuple[float, float]:
    child, old = stage_of(age)
    weight, muscle = BUILDS["average"]
    middle = Phenotype(
        float(np.interp(age, YEARS, MODEL_AGE)), 0.0 if sex == "male" else 1.0, muscle - 0.12 * old, weight, 0.5, (0.0, 0.33, 0.67)
    )
    local = face_changes(child, old)
    who = fit_height(basis, middle, local, float(np.interp(age, HEIGHT_YEARS, HEIGHT_M[sex])))
    points, _ = basis.rest(who, local)
    skin = np.unique(basis.groups["f_body"])
    top, low = points[skin, 1].max(), points[skin, 1].min()
    chin = find_face(basis, points, float(np.interp(age, (10, 16), (1, 0)))).chin[1]
    wanted = np.interp(age, *zip(*HEADS_TALL, strict=True))
    grow = float(np.clip(1 + (((top - low) / wanted) / (top - chin) - 1) * 1.12, 1.0, 1.18)) if age < 16 else 1.0
    return who.height, grow


@cache
def load_crop() -> HeadCrop:
    """The head of this installation's body model; made once."""
    basis = load_basis()
    n = basis.n_vertices
    wide, narrow = basis.components
    average = Phenotype(0.66, 0.5, 0.5, 0.5, 0.5, (1, 1, 1))
    points, _ = basis.rest(average, {})
    face = find_face(basis, points, 0)
    keep = np.zeros(n, bool)
    keep[np.unique(np.concatenate([basis.groups[p].ravel() for p in PARTS]))] = True
    keep &= points[:, 1] > face.chin[1] - BELOW_CHIN_M
    quads = [basis.groups[p][keep[basis.groups[p]].all(1)] for p in PARTS]
    ids = np.unique(np.concatenate([q.ravel() for q in quads]))
    part = np.zeros(len(ids), np.int8)
    for k, q in enumerate(quads):
        part[np.isin(ids, q)] = k
    triangles = np.searchsorted(ids, np.concatenate([split_quads(q) for q in quads]))
    of_head = np.clip(weight_of(basis, *HEAD_JOINTS) + 0.3 * weight_of(basis, "neck03"), 0, 1)[ids]
    pivot = n + np.array([basis.joints.index("neck03"), basis.joints.index("head")])
    comps = [np.concatenate([wide[:, rows].astype(np.float32), narrow[:, rows].astype(np.float32)]) for rows in (ids, pivot)]
    return HeadCrop(
        basis=basis,
        ids=ids,
        triangles=triangles,
        part=part,
        mean=basis.mean[ids].astype(float),
        components=comps[0],
        changes=np.stack([unpack(basis.local, k, len(basis.mean))[ids] for k in range(len(basis.local_names))]).astype(np.float32),
        actions=np.stack([a[ids] for a in basis.face_actions().values()]).astype(np.float32),
        of_head=of_head,
        pivot=(basis.mean[pivot].mean(0).astype(float), comps[1].mean(1)),
        lips=_lips(basis)[ids],
        face=_face(basis, points, face.middle, ids, part, triangles),
        usual=points[ids],
    )


def _lips(basis: Basis) -> np.ndarray:
    out = np.zeros(basis.n_vertices)
    faces, texture = basis.groups["f_body"].ravel(), basis.groups["t_body"].ravel()
    np.maximum.at(out, faces, lip_share(basis, basis.uv[texture]))
    return out


def _face(basis: Basis, points: np.ndarray, middle: np.ndarray, ids: np.ndarray, part: np.ndarray, triangles) -> np.ndarray:
    """Skin of the face between ears, hairline and chin; neither ears nor what lies inside the mouth and the sockets."""
    half, low, high, back = FACE_BOX
    away = points[ids] - middle
    inside = (np.abs(away[:, 0]) < half) & (away[:, 1] > low) & (away[:, 1] < high) & (away[:, 2] > back) & (part == 0)
    ear = np.max([basis.size_of(f"{side}-ear-{what}")[ids] for side in "lr" for what in ("scale-incr", "wing-incr")], 0)
    inside &= ear < 0.15 * ear.max()
    seen = np.zeros(len(ids), bool)
    for yaw in (-0.7, -0.3, 0.0, 0.3, 0.7):
        for pitch in (-0.25, 0.25):
            seen[_front(away, triangles, yaw, pitch)] = True
    return np.flatnonzero(inside & seen)


def _front(away: np.ndarray, triangles: np.ndarray, yaw: float, pitch: float) -> np.ndarray:
    turn = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    nod = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    at = away @ turn.T @ nod.T
    pixels = (at[:, :2] * (1, -1)) * 2500 + (300, 280)
    _, which, _ = raster(pixels, 1.0 - at[:, 2], triangles, 600, 640)
    return np.unique(triangles[which[which >= 0]])
