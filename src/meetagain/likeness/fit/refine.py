"""A learnt guess of a face's shape and the photographs come in; the shape goes out under which all photographs are explained best together.

Analysis by synthesis as in Blanz and Vetter 1999, but on the vertices of the face and by Gauss and Newton: the logarithm of the light at a vertex is its skin's tone
plus nine harmonics of the photograph's own light (Ramamoorthi and Hanrahan 2001), plus what photographs are known to have beside them. Skin is the same in all photographs; light,
camera and expression are each one's own.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from meetagain.likeness.colour.shading import harmonics
from meetagain.likeness.fit.front import DOING, Front, load_front
from meetagain.likeness.fit.map import DATA, opened
from meetagain.likeness.fit.places import Places, load_places
from meetagain.likeness.fit.posing import FREE, Pose, aims, columns, held, pose_of
from meetagain.likeness.fit.view import View
from meetagain.likeness.raster import raster

FILE, FIELDS = "face_skin.npz", ("middle", "ways", "spread", "odd", "odd_spread", "followed", "left")
ROUNDS = 7
NOISE, TRUST = 0.1, 0.15  # of light in one vertex, in logarithms; for how many of its like a vertex counts, since errors go together
ODD = 0.15  # a difference beyond which hair, glasses or a hand is more likely
MARK_SD_M, MARK_TRUST = 0.0015, 0.0003  # landmarks only keep the pose in place
LIGHT_SD = np.array([2.0] + [0.5] * 8)
HIDDEN_M, GRAZING, EDGE_PX = 0.004, 0.25, 3
STEP = 1.0  # furthest step of a direction in one round
TILT_M = 0.3  # share of a deviation by which normals are tried
LIT_ROUNDS = 4


@dataclass(frozen=True)
class Skin:
    """How the skin's tone varies over the face and between people, in logarithms of light."""

    middle: np.ndarray  # (n,)
    ways: np.ndarray  # (m, n)
    spread: np.ndarray  # (m,) variances
    odd: np.ndarray  # (j, n) how one photograph departs from tone and light: shadows, gloss, a camera's faults
    odd_spread: np.ndarray  # (j,) variances
    followed: np.ndarray  # (8, k) how much of the refinement's way to go with 1 .. 8 photographs: it is surer of itself than it should be
    left: np.ndarray  # (8,) share of the usual face's squared error that is then left

    @property
    def own_sd(self) -> np.ndarray:
        """Deviations (9 + j,) of what each photograph has for itself: nine harmonics, and how it departs from them."""
        return np.concatenate([LIGHT_SD, np.sqrt(self.odd_spread)])

    def basis(self, normals: np.ndarray, on: np.ndarray) -> np.ndarray:
        """(n, 9 + j): what falls on vertices `on` with unit normals (n, 3), for one unit of each."""
        return np.column_stack([harmonics(normals), self.odd[:, on].T])


@cache
def load_skin(folder: Path = DATA) -> Skin:
    """The skin of this installation (made by tools/learn_skin.py)."""
    read = np.load(folder / FILE)
    return Skin(*(read[name].astype(float) if name not in ("ways", "odd") else opened(read, name).astype(float) for name in FIELDS))


@dataclass(frozen=True)
class Face:
    """What the refinement moves about: the usual face's skin and the directions, metres about its middle."""

    usual: np.ndarray  # (n, 3)
    ways: np.ndarray  # (k, n, 3)
    actions: np.ndarray  # (DOING, n, 3)
    size: float  # for the landmarks' places

    def at(self, shape: np.ndarray) -> np.ndarray:
        """Vertices (n, 3) of a shape (k,)."""
        return self.usual + np.tensordot(shape, self.ways, 1)


@dataclass(frozen=True)
class Tilts:
    """Vertices at one shape, and how normals move with directions and actions (hardly otherwise at another)."""

    points: np.ndarray  # (n, 3)
    ways: np.ndarray  # (k, n, 3)
    actions: np.ndarray  # (DOING, n, 3)


@dataclass(frozen=True)
class Shown:
    """A face in one photograph: what of it is seen."""

    turned: np.ndarray  # (n, 3) turned into the camera's axes, not placed
    normals: np.ndarray  # (n, 3) in the camera's axes
    pixels: np.ndarray  # (n, 2)
    open: np.ndarray  # (n,) how squarely a vertex is seen; 0: not at all


def refine(face: Face, views: list[View], shape: np.ndarray, unsure: np.ndarray, rounds: int = ROUNDS) -> np.ndarray:
    """The shape (k,) that explains the photographs, near a guess whose error has the covariance `unsure` (k, k)."""
    return settled(face, views, shape, unsure, load_skin(), rounds)[0]


def settled(
    face: Face, views: list[View], shape: np.ndarray, unsure: np.ndarray, skin: Skin, rounds: int = ROUNDS
) -> tuple[np.ndarray, list[Pose]]:
    """As `refine`, with a given skin; and how each photograph was taken."""
    front, places = load_front(), load_places()
    points = face.at(shape)
    poses = [pose_of(view, front, places, points, face.actions, face.size) for view in views]
    lights = [lit(view, pose, front, points, face.actions, skin)[0] for view, pose in zip(views, poses, strict=True)]
    sure = np.linalg.inv(unsure + 1e-3 * np.eye(len(unsure)))
    now, tone, tilts = shape.copy(), np.zeros(len(skin.spread)), _tilts(front, face, shape)
    for _ in range(rounds):
        tilts, plain = replace(tilts, points=face.at(now)), skin.middle + tone @ skin.ways
        parts = [_one(front, places, skin, face, tilts, plain, *each) for each in zip(views, poses, lights, strict=True)]
        normal, aim = _held(sure, now - shape, skin.spread, tone)
        for part in parts:
            normal, aim = normal + part.normal, aim + part.aim
        step = np.linalg.solve(normal, aim)
        step[: len(now)] = np.clip(step[: len(now)], -STEP, STEP)
        now, tone = now + step[: len(now)], tone + step[len(now) :]
        own = [part.own(step) for part in parts]
        poses = [pose.moved(one[: FREE + len(DOING)]) for pose, one in zip(poses, own, strict=True)]
        lights = [light + one[FREE + len(DOING) :] for light, one in zip(lights, own, strict=True)]
    return now, poses


def lit(view: View, pose: Pose, front: Front, points: np.ndarray, actions: np.ndarray, skin: Skin) -> tuple[np.ndarray, ...]:
    """The light (9 + j,) of a photograph on usual skin, what it leaves unexplained (n,), and how far each vertex is believed (n,)."""
    there = shown(view, pose, front, points, actions)
    basis, seen = skin.basis(there.normals, np.arange(len(points))), view.at(there.pixels)[0] - skin.middle
    trust = there.open.copy()
    for _ in range(LIT_ROUNDS):
        rows = basis * trust[:, None]
        light = np.linalg.solve(rows.T @ basis / NOISE**2 + np.diag(1 / skin.own_sd**2), rows.T @ seen / NOISE**2)
        left = seen - basis @ light
        trust = there.open / (1 + (left / ODD) ** 2)
    return light, left, trust


def shown(view: View, pose: Pose, front: Front, points: np.ndarray, actions: np.ndarray) -> Shown:
    """What of a face with vertices (n, 3) at rest is seen in a photograph."""
    there = points + np.tensordot(pose.doing, actions, 1)
    turned, normals = there @ pose.turn.T, front.normals(there) @ pose.turn.T
    seen = turned + pose.place
    pixels = pose.pixels(seen, view.centre)
    height, width = view.light.shape
    nearest, _, _ = raster(pixels, seen[:, 2], front.triangles, width, height)
    inside = (pixels > EDGE_PX).all(1) & (pixels < np.array([width, height]) - EDGE_PX).all(1)
    x, y = (np.clip(pixels[:, k].astype(int), 0, most - 1) for k, most in ((0, width), (1, height)))
    square = -(normals * seen).sum(1) / np.linalg.norm(seen, axis=1)
    free = inside & (seen[:, 2] < nearest[y, x] + HIDDEN_M) & (square > GRAZING)
    return Shown(turned, normals, pixels, square * free)


@dataclass(frozen=True)
class Part:
    """What one photograph says of the shape and the tone, its own camera, expression and light solved out."""

    normal: np.ndarray
    aim: np.ndarray
    inner: np.ndarray  # normal matrix of its own unknowns
    between: np.ndarray  # (common, own)
    pull: np.ndarray  # (own,)

    def own(self, step: np.ndarray) -> np.ndarray:
        """The step of its own unknowns that goes with a step of the common ones."""
        return np.linalg.solve(self.inner, self.pull - self.between.T @ step)


def _one(front, places, skin, face, tilts, plain, view, pose, light) -> Part:
    there = shown(view, pose, front, tilts.points, face.actions)
    common, own, left, trust = _of_light(there, skin, face, tilts, plain, view, pose, light)
    rows, others = common * trust[:, None], own * trust[:, None]
    outer, inner, between = common.T @ rows, own.T @ others, common.T @ others
    aim, pull = -rows.T @ left, -others.T @ left
    marks, mark_own, off = _of_marks(front, places, face, tilts, view, pose)
    k, p = marks.shape[1], mark_own.shape[1]
    outer[:k, :k] += marks.T @ marks
    between[:k, :p] += marks.T @ mark_own
    inner[:p, :p] += mark_own.T @ mark_own
    aim[:k] += marks.T @ off
    pull[:p] += mark_own.T @ off
    hold, back = held(pose, view)
    hold[:6] = 1e-3
    inner += np.diag(np.concatenate([hold, 1 / skin.own_sd**2]))
    pull += np.concatenate([back, -light / skin.own_sd**2])
    solved = np.linalg.solve(inner, np.column_stack([between.T, pull]))
    return Part(outer - between @ solved[:, :-1], aim - between @ solved[:, -1], inner, between, pull)


def _of_light(there: Shown, skin, face, tilts, plain, view, pose, light) -> tuple[np.ndarray, ...]:
    """How what the light leaves unexplained moves with shape and tone, and with pose and light; what is left; and the weights."""
    on = np.flatnonzero(there.open)
    normals, turned = there.normals[on], there.turned[on]
    seen, slope = view.at(there.pixels[on])
    basis = skin.basis(normals, on)
    left = seen - plain[on] - basis @ light
    trust = there.open[on] / (1 + (left / ODD) ** 2) * TRUST / NOISE**2
    placed = turned + pose.place
    moved = (slope[:, None] @ pose.slope(placed))[:, 0]
    tilted = -np.einsum("j,njk->nk", light[:9], harmonic_slopes(normals))
    by_place, by_normal = moved @ pose.turn, tilted @ pose.turn

    def of(ways: np.ndarray, tilting: np.ndarray) -> np.ndarray:
        return (np.einsum("nk,jnk->jn", by_place, ways[:, on]) + np.einsum("nk,jnk->jn", by_normal, tilting[:, on])).T

    common = np.concatenate([of(face.ways, tilts.ways), -skin.ways[:, on].T], 1)
    turning = np.cross(turned, moved) + np.cross(normals, tilted)
    lens = (slope * placed[:, :2] / placed[:, 2:]).sum(1, keepdims=True) * pose.focal_px
    own = np.concatenate([turning, moved, lens, of(face.actions, tilts.actions), -basis], 1)
    return common, own, left, trust


def _of_marks(front: Front, places: Places, face, tilts, view, pose) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How landmarks move with the shape and with the pose, and how far off they are, in deviations."""
    moves = front.marked(face.actions)
    turned = (front.marked(tilts.points) + np.tensordot(pose.doing, moves, 1)) @ pose.turn.T
    seen = turned + pose.place
    px_per_m = pose.focal_px / float(seen[:, 2].mean())
    weight = np.sqrt(MARK_TRUST) / (MARK_SD_M * px_per_m)
    off = (aims(view, front, places, px_per_m, face.size) - pose.pixels(seen, view.centre)) * weight
    ways = np.einsum("nij,knj->nik", pose.slope(seen) @ pose.turn, front.marked(face.ways)) * weight
    own = columns(pose, turned, moves) * weight
    return ways.reshape(-1, ways.shape[-1]), own.reshape(-1, own.shape[-1]), off.ravel()


def _tilts(front: Front, face: Face, shape: np.ndarray) -> Tilts:
    points = face.at(shape)
    now = front.normals(points)
    ways, actions = (
        np.stack([(front.normals(points + TILT_M * way) - now) / TILT_M for way in moves]) for moves in (face.ways, face.actions)
    )
    return Tilts(points, ways, actions)


def _held(sure: np.ndarray, away: np.ndarray, spread: np.ndarray, tone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    k = len(away)
    normal = np.zeros((k + len(tone),) * 2)
    normal[:k, :k] = sure
    normal[k:, k:] = np.diag(1 / spread)
    return normal, -np.concatenate([sure @ away, tone / spread])


def harmonic_slopes(normals: np.ndarray) -> np.ndarray:
    """How the nine harmonics move with unit normals (n, 3): (n, 9, 3)."""
    x, y, z = normals.T
    out = np.zeros((len(normals), 9, 3))
    out[:, 1, 0] = out[:, 2, 1] = out[:, 3, 2] = 1
    out[:, 4, 0], out[:, 4, 1] = y, x
    out[:, 5, 1], out[:, 5, 2] = z, y
    out[:, 6, 2] = 6 * z
    out[:, 7, 0], out[:, 7, 2] = z, x
    out[:, 8, 0], out[:, 8, 1] = 2 * x, -2 * y
    return out
