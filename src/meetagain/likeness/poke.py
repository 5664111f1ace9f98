"""Dressed layers, the skin that is left and the turns of joints over time come in; where something comes through the cloth goes out."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from meetagain.likeness.body import Body
from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.glb import strongest
from meetagain.likeness.parts import unit
from meetagain.likeness.tailor import Dressed, Layer

OUT_M = 0.001  # farther outside the cloth than this is seen
REACH_M = 0.045  # cloth farther away than this is another part of it


@dataclass(frozen=True)
class Poke:
    """The worst moment of one garment over some frames: what came through it."""

    garment: str
    through: str  # "skin", or the kind of the garment beneath
    points: int  # most points outside at once
    share: float  # of the points that lie beneath at rest
    deepest_m: float
    frame: int  # where most are outside


@dataclass(frozen=True)
class Attitudes:
    """World turns (t, n_joints, 3, 3) and the places that go with them (t, n_joints, 3): x -> turn @ x + place."""

    turns: np.ndarray
    places: np.ndarray


def attitudes(body: Body, quats: np.ndarray, root_m: np.ndarray) -> Attitudes:
    """From turns against the parent (t, n_joints, 4; x y z w) and the root's path (t, 3) to world attitudes."""
    x, y, z, w = np.moveaxis(quats, -1, 0)
    rows = [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)]
    rows += [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)]
    rows += [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]
    own = np.stack(rows, -1).reshape(*x.shape, 3, 3)
    turns, at = np.empty_like(own), np.empty((*x.shape, 3))
    for k, parent in enumerate(body.basis.parents):
        if parent < 0:
            turns[:, k], at[:, k] = own[:, k], root_m
        else:
            turns[:, k] = turns[:, parent] @ own[:, k]
            at[:, k] = at[:, parent] + turns[:, parent] @ (body.heads[k] - body.heads[parent])
    return Attitudes(turns, at - np.einsum("tkij,kj->tki", turns, body.heads))


def posed(points: np.ndarray, weights: np.ndarray, pose: Attitudes, frame: int) -> np.ndarray:
    """Points (n, 3) moved with their four strongest joints, as the headset does it."""
    joints, share = strongest(weights)
    out = np.zeros_like(points)
    for k in range(4):
        turned = np.einsum("nij,nj->ni", pose.turns[frame, joints[:, k]], points) + pose.places[frame, joints[:, k]]
        out += share[:, k, None] * turned
    return out


def pokes(body: Body, worn: Dressed, pose: Attitudes, every: int = 1) -> list[Poke]:
    """The worst of every garment over the frames, for the skin and for each garment beneath; garments without a fault are in it too."""
    frames = range(0, len(pose.turns), every)
    shown = np.unique(body.basis.groups["f_body"])
    shown = shown[~worn.covered[shown]]
    skin = Layer("skin", Sheet(body.points[shown], body.basis.weights[shown], np.zeros((0, 3), int), shown[:, None]), 0, np.zeros(0))
    out: list[Poke] = []
    for k, layer in enumerate(worn.layers):
        if layer.laps and len(layer.sheet.triangles):
            for inner in (skin, *worn.layers[:k]):
                if inner.kind != layer.kind and (inner is skin or len(inner.sheet.triangles)):
                    out += worst(layer, inner, pose, frames)
    return merged(out)


def worst(layer: Layer, inner: Layer, pose: Attitudes, frames: range) -> list[Poke]:
    """What of an inner layer comes out of a layer, at the worst frame; nothing if it does not lie beneath at rest."""
    used = np.unique(inner.sheet.triangles) if len(inner.sheet.triangles) else np.arange(len(inner.sheet.points))
    points, weights = inner.sheet.points[used], inner.sheet.weights[used]
    rim = np.zeros(len(layer.sheet.points), bool)
    rim[np.unique(layer.sheet.open_edges())] = True
    height, sure = heights(layer.sheet, layer.sheet.points, rim, points)
    beneath = sure & (height < 0)
    if beneath.sum() < 3:
        return []
    points, weights = points[beneath], weights[beneath]
    best = Poke(layer.kind, inner.kind, 0, 0.0, 0.0, 0)
    for frame in frames:
        cloth = posed(layer.sheet.points, layer.sheet.weights, pose, frame)
        height, sure = heights(layer.sheet, cloth, rim, posed(points, weights, pose, frame))
        outside = sure & (height > OUT_M)
        count, deep = int(outside.sum()), float(height[outside].max(initial=0.0))
        deepest = max(deep, best.deepest_m)
        best = replace(best, deepest_m=deepest)
        if count > best.points:
            best = Poke(layer.kind, inner.kind, count, count / len(points), deepest, frame)
    return [best]


def heights(sheet: Sheet, cloth: np.ndarray, rim: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far points (n, 3) are outside a posed cloth, metres, and whether that can be said: it is near, and not beyond its edge."""
    far, near = cKDTree(cloth).query(points, k=3, distance_upper_bound=REACH_M)
    found = np.isfinite(far).all(1)
    near = np.where(np.isfinite(far), near, 0)
    normals = Sheet(cloth, sheet.weights, sheet.triangles, sheet.extra).normals()
    normal = normals[near].mean(1)
    agree = np.linalg.norm(normal, axis=1) > 0.8
    height = ((points - cloth[near].mean(1)) * unit(normal)).sum(1)
    return height, found & agree & ~rim[near].any(1)


def merged(found: list[Poke]) -> list[Poke]:
    """One entry a pair of garment and what lies beneath: the worst of its sheets."""
    out: dict[tuple[str, str], Poke] = {}
    for poke in found:
        key = (poke.garment, poke.through)
        if key not in out or poke.points > out[key].points:
            out[key] = poke
    return list(out.values())
