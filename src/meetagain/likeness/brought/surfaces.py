"""An opened file and its bones come in; every surface of it goes out in the pose in which it is shown, with what moves each point."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.likeness.brought.container import MOST_TRIANGLES, Glb
from meetagain.likeness.parts import unit, vertex_normals

MOST_POINTS = 250_000
MOST_DRAWN = 150_000  # triangles beyond which no headset follows
DEEPEST = 200


@dataclass(frozen=True)
class Tree:
    """Nodes with their parents (-1: none) and where they are in the scene (n, 4, 4)."""

    parents: np.ndarray
    world: np.ndarray
    shown: np.ndarray  # (n,) bool: part of the scene


@dataclass
class Surface:
    """One primitive, in the scene's frame. `weights` are by human bone, in the order of the bones' table."""

    mesh: int
    name: str  # of mesh, node and material, lower case, for judging what it is
    points: np.ndarray  # (n, 3)
    normals: np.ndarray  # (n, 3)
    uv: np.ndarray  # (n, 2), v down
    colour: np.ndarray  # (n, 3) linear
    triangles: np.ndarray  # (m, 3)
    weights: np.ndarray  # (n, n_bones) float32
    material: dict[str, Any]
    turns: np.ndarray  # (n, 3, 3): takes a movement of the face from the mesh's frame to the scene's
    rows: np.ndarray  # which points of the file these are
    targets: list[dict[str, Any]] = field(default_factory=list)
    target_names: list[str] = field(default_factory=list)

    def moved(self, glb: Glb, index: int) -> np.ndarray:
        """How far face shape `index` moves each point: (n, 3)."""
        if index >= len(self.targets) or "POSITION" not in self.targets[index]:
            return np.zeros_like(self.points)
        delta = glb.numbers(self.targets[index]["POSITION"])
        if delta.shape[1] != 3 or len(delta) <= int(self.rows.max(initial=-1)):
            raise ValueError("a face shape does not fit its surface")
        return np.einsum("nij,nj->ni", self.turns, delta[self.rows])


def tree_of(glb: Glb) -> Tree:
    """The scene's nodes. Raises ValueError for a tree that bites its own tail."""
    nodes = glb.document.get("nodes", [])
    count = len(nodes)
    parents = np.full(count, -1)
    for k in range(count):
        for child in glb.entry("nodes", k).get("children", []):
            glb.entry("nodes", child)
            if parents[child] >= 0 or child == k:
                raise ValueError("its parts hang together in a ring")
            parents[child] = k
    scenes = glb.document.get("scenes", [])
    roots = glb.entry("scenes", glb.document.get("scene", 0)).get("nodes", []) if scenes else list(np.flatnonzero(parents < 0))
    world, shown = np.tile(np.eye(4), (count, 1, 1)), np.zeros(count, bool)
    waiting = [(int(root), np.eye(4), 0) for root in roots]
    while waiting:
        k, above, depth = waiting.pop()
        node = glb.entry("nodes", k)
        if shown[k] or depth > DEEPEST:
            raise ValueError("its parts hang together in a ring")
        shown[k], world[k] = True, above @ local(node)
        waiting += [(child, world[k], depth + 1) for child in node.get("children", [])]
    if not np.isfinite(world).all():
        raise ValueError("its places are no numbers")
    return Tree(parents, world, shown)


def local(node: dict[str, Any]) -> np.ndarray:
    """The (4, 4) matrix of a node against its parent."""
    if "matrix" in node:
        return np.array(node["matrix"], float).reshape(4, 4).T
    x, y, z, w = np.array(node.get("rotation", (0, 0, 0, 1)), float) / max(1e-9, float(np.linalg.norm(node.get("rotation", (0, 0, 0, 1)))))
    out = np.eye(4)
    out[:3, :3] = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    out[:3, :3] *= np.array(node.get("scale", (1, 1, 1)), float)
    out[:3, 3] = node.get("translation", (0, 0, 0))
    return out


def owners(tree: Tree, bones: dict[str, int]) -> np.ndarray:
    """For each node the place in the bones' table of the human bone that carries it, itself or the nearest above; else the hips."""
    names = list(bones)
    at = {node: k for k, node in enumerate(bones.values())}
    out = np.full(len(tree.parents), names.index("hips"))
    for node in range(len(out)):
        above, steps = node, 0
        while above >= 0 and above not in at and steps < DEEPEST:
            above, steps = int(tree.parents[above]), steps + 1
        if above in at:
            out[node] = at[above]
    return out


def surfaces_of(glb: Glb, tree: Tree, bones: dict[str, int]) -> list[Surface]:
    """All triangles that are shown. Raises MeetAgainError when there are too many, ValueError for what cannot be."""
    owner, out, points, triangles = owners(tree, bones), [], 0, 0
    for k in np.flatnonzero(tree.shown):
        node = glb.entry("nodes", int(k))
        if "mesh" not in node:
            continue
        mesh = glb.entry("meshes", node["mesh"])
        for primitive in mesh["primitives"]:
            if primitive.get("mode", 4) != 4:
                continue
            found = _surface(glb, tree, owner, bones, int(k), node, mesh, primitive)
            if found is None:
                continue
            points, triangles = points + len(found.points), triangles + len(found.triangles)
            if points > MOST_POINTS or triangles > MOST_DRAWN:
                raise MeetAgainError(issue("brought-too-much", glb.name, detail=f"over {triangles} triangles", limit=MOST_TRIANGLES))
            out.append(found)
    if not out:
        raise ValueError("there is no surface in it")
    return out


def _surface(glb, tree, owner, bones, k, node, mesh, primitive) -> Surface | None:
    attributes = primitive["attributes"]
    whole_points = glb.numbers(attributes["POSITION"])
    count = len(whole_points)
    if whole_points.shape[1] != 3:
        raise ValueError("its points have no three places")
    flat = glb.numbers(primitive["indices"])[:, 0] if "indices" in primitive else np.arange(count)
    flat = flat[: len(flat) // 3 * 3].astype(np.int64)
    if not len(flat):
        return None
    if flat.min() < 0 or flat.max() >= count:
        raise ValueError("a surface uses points that are not there")
    rows, inverse = np.unique(flat, return_inverse=True)
    triangles, at = inverse.reshape(-1, 3), whole_points[rows]
    material = glb.entry("materials", primitive["material"]) if "material" in primitive else {}
    maps, weights = _carried(glb, tree, owner, len(bones), k, node, attributes, rows)
    points = np.einsum("nij,nj->ni", maps[:, :3, :3], at) + maps[:, :3, 3]
    if "NORMAL" in attributes:
        normals = unit(np.einsum("nij,nj->ni", maps[:, :3, :3], _like(glb, attributes["NORMAL"], count, 3)[rows]))
    else:
        normals = vertex_normals(points, triangles)
    uv = _like(glb, attributes["TEXCOORD_0"], count, 2)[rows] if "TEXCOORD_0" in attributes else np.zeros((len(rows), 2))
    colour = _like(glb, attributes["COLOR_0"], count, 3)[rows, :3] if "COLOR_0" in attributes else np.ones((len(rows), 3))
    if np.linalg.det(maps[0, :3, :3]) < 0:
        triangles = triangles[:, ::-1]
    named = mesh.get("extras", {}).get("targetNames") or primitive.get("extras", {}).get("targetNames") or []
    name = " ".join(str(part.get("name", "")) for part in (node, mesh, material))
    targets = list(primitive.get("targets", []))[:400]
    return Surface(
        node["mesh"], name, points, normals, uv, np.clip(colour, 0, 1), triangles, weights, material, maps[:, :3, :3], rows, targets,
        [str(word) for word in named][: len(targets)],
    )  # fmt: skip


def _like(glb: Glb, index: object, count: int, width: int) -> np.ndarray:
    """An attribute that must have one row a point."""
    out = glb.numbers(index)
    if len(out) != count or out.shape[1] < width:
        raise ValueError("its points and what belongs to them do not fit")
    return out


def _carried(glb, tree, owner, n_bones, k, node, attributes, rows) -> tuple[np.ndarray, np.ndarray]:
    """For each point the matrix (n, 4, 4) that puts it into the scene, and its weights by human bone (n, n_bones)."""
    n = len(rows)
    out = np.zeros((n, n_bones), np.float32)
    if "skin" not in node or "JOINTS_0" not in attributes:
        out[:, owner[k]] = 1
        return np.tile(tree.world[k], (n, 1, 1)), out
    skin = glb.entry("skins", node["skin"])
    joints = np.array(skin["joints"], dtype=np.int64)
    if joints.ndim != 1 or not len(joints) or joints.min() < 0 or joints.max() >= len(tree.parents):
        raise ValueError("its bones are not there")
    inverse = np.tile(np.eye(4), (len(joints), 1, 1))
    if "inverseBindMatrices" in skin:
        told = glb.numbers(skin["inverseBindMatrices"])
        if len(told) < len(joints) or told.shape[1] != 16:
            raise ValueError("its bones have no rest")
        inverse = told[: len(joints)].reshape(-1, 4, 4).transpose(0, 2, 1)
    maps = tree.world[joints] @ inverse
    total = np.zeros((n, 4, 4))
    sums = np.zeros(n)
    for number in (0, 1):
        if f"JOINTS_{number}" not in attributes or f"WEIGHTS_{number}" not in attributes:
            continue
        which, share = (glb.numbers(attributes[f"{key}_{number}"])[rows] for key in ("JOINTS", "WEIGHTS"))
        which, share = which.astype(np.int64), np.clip(share, 0, None)
        if which.min() < 0 or which.max() >= len(joints):
            raise ValueError("its points hang on bones that are not there")
        for column in range(min(which.shape[1], share.shape[1])):
            w = share[:, column]
            total += w[:, None, None] * maps[which[:, column]]
            np.add.at(out, (np.arange(n), owner[joints[which[:, column]]]), w.astype(np.float32))
            sums += w
    empty = sums < 1e-6
    total[empty], out[empty, owner[k]], sums[empty] = tree.world[k], 1, 1
    return total / sums[:, None, None], out / sums[:, None].astype(np.float32)
