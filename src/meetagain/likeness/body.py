"""A person's age, sex, height and build come in, a body in the rest pose goes out: vertices, joints, weights, face actions, landmarks."""

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import numpy as np
from scipy.spatial import cKDTree

from meetagain.likeness.basis import Basis, Phenotype, load_basis
from meetagain.likeness.features import laid_together, read_features
from meetagain.likeness.parts import split_quads, vertex_normals
from meetagain.schema.person import Person

YEARS = (0, 1, 4, 11, 14, 16, 18, 25, 45, 60, 76, 95)
MODEL_AGE = (0.0, 0.05, 0.215, 0.415, 0.54, 0.62, 0.66, 0.68, 0.78, 0.87, 0.96, 1.0)
HEIGHT_YEARS = (2, 4, 7, 10, 13, 16, 18, 60, 95)
HEIGHT_M = {
    "female": (0.86, 1.02, 1.21, 1.38, 1.56, 1.63, 1.65, 1.63, 1.56),
    "male": (0.87, 1.03, 1.22, 1.39, 1.57, 1.74, 1.78, 1.75, 1.68),
}
HEADS_TALL = ((4, 5.3), (7, 6.0), (10, 6.5), (13, 6.9), (16, 7.2))
CHILD_FACE = {
    "eye-scale-incr": 0.92, "eye-height2-incr": 0.5, "eye-height1-incr": 0.3, "eye-height3-incr": 0.3, "eye-bag-incr": -0.4,
    "cheek-volume-incr": 0.4, "head-scale-horiz-incr": -0.1, "mouth-lowerlip-height-incr": -0.4, "mouth-lowerlip-volume-incr": -0.15,
    "nose-scale-vert-incr": -0.4, "nose-scale-horiz-incr": -0.35, "nose-width2-incr": -0.3, "nose-point-up": 0.35, "nose-base-up": 0.2,
    "nose-hump-incr": -0.3, "mouth-scale-horiz-incr": -0.36, "mouth-angles-up": 0.35, "mouth-upperlip-height-incr": -0.45,
    "chin-height-incr": -0.25, "chin-width-incr": -0.4, "chin-jaw-drop-incr": -0.35, "head-fat-incr": 0.08,
    "forehead-scale-vert-incr": 0.15, "eyebrows-trans-up": 0.1, "mouth-dimples-out": 0.3,
}  # fmt: skip
OLD_FACE = {
    "head-age-incr": 0.42, "eye-height2-incr": 0.4, "eye-eyefold-up": 0.3, "eye-scale-incr": 0.25, "eye-bag-incr": 0.35,
    "mouth-laugh-lines-out": 0.5, "mouth-angles-up": 0.4, "cheek-volume-incr": 0.3, "nose-scale-horiz-incr": 0.2,
    "ear-scale-incr": 0.3, "eyebrows-angle-up": -0.3, "head-fat-incr": 0.2, "chin-width-incr": 0.2,
}  # fmt: skip
ADULT_FACE = {"eye-scale-incr": 0.3, "eye-height2-incr": 0.25, "mouth-angles-up": 0.3, "cheek-volume-incr": 0.15}
BUILDS = {"slim": (0.32, 0.45), "average": (0.5, 0.5), "broad": (0.68, 0.58)}  # weight, muscle
HEAD_JOINTS = ("head", "eye")
ARM_JOINTS = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
REFERENCE_EYES_M = 0.0526  # eye distance that the millimetres of face painting were set for


@dataclass(frozen=True)
class Face:
    """Where things are in the face, metres in the rest pose."""

    eyes: tuple[np.ndarray, np.ndarray]  # centres, left (person's) first
    radii: tuple[float, float]
    middle: np.ndarray
    nose: np.ndarray
    mouth: np.ndarray
    chin: np.ndarray
    brow_m: float  # above the middle of the eyes
    scale: float  # eye distance over REFERENCE_EYES_M
    lips: np.ndarray  # vertex indices
    lashes: dict[tuple[int, str], np.ndarray] = field(default_factory=dict)  # (side, up | lo) -> roots, vertex indices


@dataclass(frozen=True)
class Body:
    """A body at rest. Arrays as in Basis, metres, Y up, soles at y = 0."""

    basis: Basis
    points: np.ndarray
    normals: np.ndarray
    heads: np.ndarray
    actions: np.ndarray  # (52, n_vertices, 3), scaled to this head
    age: float
    child: float  # 1 child .. 0 grown
    old: float  # 0 .. 1
    height_m: float
    face: Face

    def joint(self, name: str) -> np.ndarray:
        """Rest head of a joint, metres."""
        return self.heads[self.basis.joints.index(name)]

    def weight(self, *starts: str) -> np.ndarray:
        """Summed skin weight (n_vertices,) of all joints whose name starts so."""
        return weight_of(self.basis, *starts)


def weight_of(basis: Basis, *starts: str) -> np.ndarray:
    """Summed skin weight (n_vertices,) of all joints whose name starts with one of the words."""
    return basis.weights[:, [k for k, name in enumerate(basis.joints) if name.startswith(starts)]].sum(1)


def make_body(person: Person, face: dict[str, float] | None = None) -> Body:
    """The body of a person of any age from 4 to 95. Height is met to a millimetre.

    `face`: amounts of the model's named changes that photographs told; the keeper's sliders (look.features) are added to them.
    """
    basis, look, age = load_basis(), person.look, float(np.clip(person.age_shown, 2, 100))
    child, old = float(np.interp(age, (9, 15), (1, 0))), float(np.interp(age, (50, 76), (0, 1)))
    target = (look.height_cm or 0) / 100 or float(np.interp(age, HEIGHT_YEARS, HEIGHT_M["male" if look.sex == "male" else "female"]))
    weight, muscle = BUILDS.get(look.build, BUILDS["average"])
    middle = Phenotype(
        float(np.interp(age, YEARS, MODEL_AGE)), 0.0 if look.sex == "male" else 1.0, muscle - 0.12 * old, weight, 0.5, origin_of(person)
    )
    usual = face_changes(child, old)
    local = laid_together(usual, face or {}, read_features(look).changes)
    phenotype = fit_height(basis, middle, usual, target)
    points, heads = basis.rest(phenotype, usual)
    grow = head_growth(basis, points, age)
    if local != usual:
        points, heads = basis.rest(phenotype, local)
    points, heads = proportion(basis, points, heads, age, grow)
    skin = np.unique(basis.groups["f_body"])
    size = target / float(np.ptp(points[skin, 1]))
    floor = points[skin, 1].min()
    points, heads = (points - (0, floor, 0)) * size, (heads - (0, floor, 0)) * size
    triangles = split_quads(basis.groups["f_body"])
    normals = vertex_normals(points, triangles)
    face = find_face(basis, points, child)
    actions = np.stack(list(basis.face_actions().values())) * (face.scale * REFERENCE_EYES_M / average_eyes_m())
    body = Body(basis, points, normals, heads, actions, age, child, old, target, face)
    return replace(body, actions=close_eyes(body, body.actions))


def origin_of(person: Person) -> tuple[float, float, float]:
    """Shares of africa, asia, europe: as told, else a guess from the skin word alone."""
    told = person.look.origin
    if told and sum(told.values()) > 0:
        return (told.get("africa", 0.0), told.get("asia", 0.0), told.get("europe", 0.0))
    return {"brown": (0.35, 0.4, 0.25), "dark": (0.8, 0.1, 0.1), "olive": (0.1, 0.4, 0.5)}.get(person.look.skin, (0.0, 0.33, 0.67))


def face_changes(child: float, old: float) -> dict[str, float]:
    """Local changes that make a face of the right age, with left and right spelled out."""
    out: dict[str, float] = {}
    for share, changes in ((child, CHILD_FACE), (old, OLD_FACE), (max(0.0, 1 - child - old), ADULT_FACE)):
        for name, amount in changes.items():
            sides = ("l-", "r-") if name.startswith(("eye-", "cheek-", "ear-")) else ("",)
            for side in sides:
                out[side + name] = out.get(side + name, 0.0) + share * amount
    return {k: v for k, v in out.items() if abs(v) > 1e-6}


def fit_height(basis: Basis, who: Phenotype, local: dict[str, float], target_m: float) -> Phenotype:
    """The phenotype whose stature comes nearest to the target while its proportions stay natural."""
    skin = np.unique(basis.groups["f_body"])
    short, tall = (np.ptp(basis.rest(replace(who, height=h), local)[0][skin, 1]) for h in (0.2, 0.8))
    return replace(who, height=float(np.clip(0.2 + 0.6 * (target_m - short) / max(tall - short, 1e-3), 0.15, 0.85)))


def head_growth(basis: Basis, points: np.ndarray, age: float) -> float:
    """How much larger than the model's a child's head is, for its height; taken from the usual face, so that no long chin makes a small head."""
    if age >= 16:
        return 1.0
    skin = np.unique(basis.groups["f_body"])
    top, low = points[skin, 1].max(), points[skin, 1].min()
    chin = find_face(basis, points, float(np.interp(age, (10, 16), (1, 0)))).chin[1]
    wanted = np.interp(age, *zip(*HEADS_TALL, strict=True))
    return float(np.clip(1 + (((top - low) / wanted) / (top - chin) - 1) * 1.12, 1.0, 1.18))


def proportion(basis: Basis, points: np.ndarray, heads: np.ndarray, age: float, grow: float) -> tuple[np.ndarray, np.ndarray]:
    """A child's head, larger by `grow`, and narrower shoulders, laid over the model's rather grown-up ones."""
    index = {name: k for k, name in enumerate(basis.joints)}
    narrow = 0.11 * float(np.interp(age, (10, 16), (1, 0)))
    shift = np.zeros_like(heads)
    for side, sign in (("L", 1), ("R", -1)):
        reach = abs(heads[index[f"upperarm01.{side}"], 0])
        for name, k in index.items():
            if name.endswith(side) and name.startswith((*ARM_JOINTS, "shoulder", "clavicle")):
                part = 0.35 if name.startswith("clavicle") else 0.8 if name.startswith("shoulder") else 1.0
                shift[k, 0] = -sign * reach * narrow * part
    points, heads = points + basis.weights @ shift, heads + shift
    of_head = np.clip(weight_of(basis, *HEAD_JOINTS) + 0.3 * weight_of(basis, "neck03"), 0, 1)[:, None]
    pivot = heads[index["neck03"]] * 0.5 + heads[index["head"]] * 0.5
    points = points + of_head * (grow - 1) * (points - pivot)
    inside = np.array([name.startswith(HEAD_JOINTS) for name in basis.joints])
    heads = heads + inside[:, None] * (grow - 1) * (heads - pivot)
    return points, heads


def ball(points: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and radius of the sphere through points (n, 3), least squares."""
    answer = np.linalg.lstsq(np.c_[2 * points, np.ones(len(points))], (points**2).sum(1), rcond=None)[0]
    return answer[:3], float(np.sqrt(answer[3] + answer[:3] @ answer[:3]))


@cache
def average_eyes_m() -> float:
    """Eye distance of the model's average adult, for which the face actions were made."""
    basis = load_basis()
    points, _ = basis.rest(Phenotype(0.5, 0.5, 0.5, 0.5, 0.5, (1, 1, 1)), {})
    left, right = (ball(points[np.unique(basis.groups[g])])[0] for g in ("f_eye_l", "f_eye_r"))
    return float(np.linalg.norm(left - right))


def find_face(basis: Basis, points: np.ndarray, child: float) -> Face:
    """Landmarks of the face from the mesh itself; lips by the CC0 lips picture."""
    (left, left_r), (right, right_r) = (ball(points[np.unique(basis.groups[g])]) for g in ("f_eye_l", "f_eye_r"))
    middle = (left + right) / 2
    s = float(np.linalg.norm(left - right)) / REFERENCE_EYES_M
    skin = np.unique(basis.groups["f_body"])
    of_head = skin[weight_of(basis, *HEAD_JOINTS)[skin] > 0.6]
    away = points[of_head] - middle

    def near(low: float, high: float, wide: float) -> np.ndarray:
        return of_head[(np.abs(away[:, 0]) < wide * s) & (away[:, 1] > low * s) & (away[:, 1] < high * s) & (away[:, 2] > -0.02 * s)]

    nose = near(-0.045, -0.005, 0.010)
    chin = near(-0.105, -0.05, 0.012)
    chin = chin[points[chin, 2] > middle[2] - 0.01 * s]
    lips = lip_vertices(basis, points, middle)
    centre = lips[np.abs(points[lips, 0]) < 0.008 * s]
    return Face(
        eyes=(left, right),
        radii=(left_r, right_r),
        middle=middle,
        nose=points[nose[np.argmax(points[nose, 2])]],
        mouth=np.array([0, np.median(points[centre, 1]), points[centre, 2].max()]),
        chin=points[chin[np.argmin(points[chin, 1])]],
        brow_m=(0.0185 + 0.003 * child) * s,
        scale=s,
        lips=lips,
        lashes=lash_roots(basis, points, (left, right)),
    )


def lip_vertices(basis: Basis, points: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Vertices that the lips picture covers."""
    faces, texture = basis.groups["f_body"].ravel(), basis.groups["t_body"].ravel()
    lips = np.unique(faces[lip_share(basis, basis.uv[texture]) > 0.5])
    return lips[points[lips, 2] > middle[2]]


def lip_share(basis: Basis, uv: np.ndarray) -> np.ndarray:
    """How much lip (n,) there is at the model's own texture points (n, 2), v up."""
    left, top, right, bottom = basis.lips_box
    h, w = basis.lips.shape
    x, y = (uv[:, 0] - left) / (right - left) * w, (1 - uv[:, 1] - top) / (bottom - top) * h
    inside = (x >= 0) & (x < w) & (y >= 0) & (y < h)
    return np.where(inside, basis.lips[np.clip(y, 0, h - 1).astype(int), np.clip(x, 0, w - 1).astype(int)], 0.0)


def lash_roots(basis: Basis, points: np.ndarray, eyes: tuple[np.ndarray, np.ndarray]) -> dict[tuple[int, str], np.ndarray]:
    """Root lines of upper and lower lashes, 14 vertices each at most, from the lash strips of the base mesh."""
    out: dict[tuple[int, str], np.ndarray] = {}
    for side, (letter, centre) in enumerate(zip("lr", eyes, strict=True)):
        strips = [np.unique(basis.groups[f"f_lash_{letter}_{k}"]) for k in (1, 2)]
        strips.sort(key=lambda strip: -points[strip, 1].mean())
        for name, strip in zip(("up", "lo"), strips, strict=True):
            order = strip[np.argsort(points[strip, 0])]
            cuts = np.linspace(points[strip, 0].min(), points[strip, 0].max(), 15)
            picked = []
            for a, b in pairwise(cuts):
                between = order[(points[order, 0] >= a) & (points[order, 0] <= b)]
                if len(between):
                    picked.append(between[np.argmin(np.linalg.norm(points[between] - centre, axis=1))])
            out[side, name] = np.array(picked)
    return out


@dataclass(frozen=True)
class LidRide:
    """Moves anything that sits on a lid with the lid: the three nearest lid vertices, by distance."""

    tree: cKDTree
    vertices: np.ndarray

    def deltas(self, actions: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Face actions (52, n, 3) for points (n, 3)."""
        far, near = self.tree.query(at, k=3)
        share = 1 / (far + 1e-4)
        share /= share.sum(1, keepdims=True)
        return (actions[:, self.vertices[near]] * share[None, :, :, None]).sum(2)


def lid_ride(body: Body) -> LidRide:
    """The lids of a body, found by how far a change of eye size moves the skin."""
    size = np.maximum(body.basis.size_of("l-eye-scale-incr"), body.basis.size_of("r-eye-scale-incr"))
    skin = np.unique(body.basis.groups["f_body"])
    lids = skin[size[skin] > 0.15 * size.max()]
    return LidRide(cKDTree(body.points[lids]), lids)


def close_eyes(body: Body, actions: np.ndarray) -> np.ndarray:
    """Mend eyeBlink for this person: full travel of the lid, and outside the eyeball when shut (gain = 1.2 gap / travel)."""
    actions, ride, face = actions.copy(), lid_ride(body), body.face
    skin = np.unique(body.basis.groups["f_body"])
    for side, word in enumerate(("Left", "Right")):
        k = body.basis.face_names.index(f"eyeBlink{word}")
        upper, lower = (body.points[face.lashes[side, name]][4:-4] for name in ("up", "lo"))
        gap = upper[:, 1].mean() - lower[:, 1].mean()
        travel = (ride.deltas(actions, lower)[k][:, 1]).mean() - ride.deltas(actions, upper)[k][:, 1].mean()
        actions[k] *= float(np.clip(1.2 * gap / max(travel, 1e-4), 0.8, 2.2))
        centre, radius = face.eyes[side], face.radii[side] * 1.045
        moved = skin[np.linalg.norm(actions[k][skin], axis=1) > 2e-4]
        shut = body.points[moved] + actions[k][moved] - centre
        far = np.linalg.norm(shut, axis=1, keepdims=True)
        actions[k][moved] += np.where((far < radius) & (shut[:, 2:] > 0), shut / far * (radius - far), 0)
    return actions
