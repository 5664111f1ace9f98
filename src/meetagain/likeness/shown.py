"""The bytes of a built likeness come in; its parts go out as arrays that can be given a face and a pose."""

import io
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from meetagain.likeness.glb import unpack
from meetagain.likeness.parts import unit

KINDS = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


@dataclass(frozen=True)
class Part:
    """One material of a likeness. Arrays are per vertex; metres, linear colours."""

    points: np.ndarray  # (n, 3)
    normals: np.ndarray  # (n, 3)
    uv: np.ndarray  # (n, 2), v down
    colour: np.ndarray  # (n, 4)
    triangles: np.ndarray  # (m, 3)
    joints: np.ndarray  # (n, 4) int
    weights: np.ndarray  # (n, 4)
    tangent: np.ndarray | None
    picture: np.ndarray | None  # (h, w, 4) float32, sRGB in [0, 1]
    deltas: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)  # action -> rows (k,), metres (k, 3)


@dataclass(frozen=True)
class Shown:
    """A likeness as it can be looked at. `parts` by material name."""

    parts: dict[str, Part]
    joints: tuple[str, ...]
    parents: np.ndarray
    heads: np.ndarray  # (n_joints, 3), metres at rest
    about: dict  # scenes[0].extras.meetagain

    def with_face(self, amounts: dict[str, float]) -> "Shown":
        """The same with face actions at the given amounts, 0 .. 1."""
        parts = {}
        for name, part in self.parts.items():
            points = part.points.copy()
            for action, amount in amounts.items():
                if amount and action in part.deltas:
                    rows, values = part.deltas[action]
                    points[rows] += amount * values
            parts[name] = replace(part, points=points)
        return replace(self, parts=parts)

    def with_pose(self, turns: dict[str, np.ndarray], shift: tuple[float, float, float] = (0, 0, 0)) -> "Shown":
        """The same with joints turned by rotations (3, 3) in their parents' frames, and moved as a whole by `shift`, metres."""
        world, at = np.zeros((len(self.joints), 3, 3)), np.zeros((len(self.joints), 3))
        for k, name in enumerate(self.joints):
            parent, own = int(self.parents[k]), turns.get(name, np.eye(3))
            if parent < 0:
                world[k], at[k] = own, self.heads[k] + np.asarray(shift)
            else:
                world[k], at[k] = world[parent] @ own, at[parent] + world[parent] @ (self.heads[k] - self.heads[parent])
        parts = {}
        for name, part in self.parts.items():
            local = part.points[:, None] - self.heads[part.joints]
            points = ((np.einsum("nkij,nkj->nki", world[part.joints], local) + at[part.joints]) * part.weights[..., None]).sum(1)
            turn = (world[part.joints] * part.weights[..., None, None]).sum(1)
            tangent = None if part.tangent is None else unit(np.einsum("nij,nj->ni", turn, part.tangent))
            parts[name] = replace(part, points=points, normals=unit(np.einsum("nij,nj->ni", turn, part.normals)), tangent=tangent)
        return replace(self, parts=parts)

    def landmark(self, name: str) -> np.ndarray:
        """A place by its name in the file (3,), metres in the rest pose."""
        told = self.about["landmarks"][name]
        return self.heads[self.joints.index(told["joint"])] + np.array(told["offset"])


def read_shown(data: bytes) -> Shown:
    """The parts of a likeness file that this software wrote. Raises ValueError if it is not one."""
    document, blob = unpack(data)
    nodes, skin = document["nodes"], document["skins"][0]
    parents = np.full(len(nodes), -1)
    for k, node in enumerate(nodes):
        parents[node.get("children", [])] = k
    at = np.zeros((len(nodes), 3))
    for k in _from_the_root(parents):
        at[k] = np.array(nodes[k].get("translation", (0, 0, 0))) + (at[parents[k]] if parents[k] >= 0 else 0)
    order = list(skin["joints"])
    place = {node: k for k, node in enumerate(order)}
    above = np.array([place.get(int(parents[node]), -1) for node in order])
    parts = {mesh["name"]: _part(document, blob, mesh) for mesh in document["meshes"]}
    return Shown(parts, tuple(nodes[k]["name"] for k in order), above, at[order], document["scenes"][0]["extras"]["meetagain"])


def _from_the_root(parents: np.ndarray) -> list[int]:
    out: list[int] = []
    level = [int(k) for k in np.flatnonzero(parents < 0)]
    while level:
        out += level
        level = [int(k) for k in np.flatnonzero(np.isin(parents, level))]
    return out


def _part(document: dict, blob: bytes, mesh: dict) -> Part:
    primitive = mesh["primitives"][0]
    read = {name: _accessor(document, blob, k) for name, k in primitive["attributes"].items()}
    look = document["materials"][primitive["material"]].get("pbrMetallicRoughness", {})
    picture = None
    if "baseColorTexture" in look:
        image = document["images"][document["textures"][look["baseColorTexture"]["index"]]["source"]]
        view = document["bufferViews"][image["bufferView"]]
        start = view.get("byteOffset", 0)
        opened = Image.open(io.BytesIO(blob[start : start + view["byteLength"]])).convert("RGBA")
        picture = np.asarray(opened, np.float32) / 255
    names = mesh.get("extras", {}).get("targetNames", ())
    targets = primitive.get("targets", ())
    deltas = {name: _moved(document, blob, target["POSITION"]) for name, target in zip(names, targets, strict=True)}
    count = len(read["POSITION"])
    return Part(
        read["POSITION"].astype(float),
        read["NORMAL"].astype(float),
        read["TEXCOORD_0"].astype(float),
        read["COLOR_0"] / 255.0 if "COLOR_0" in read else np.ones((count, 4)),
        _accessor(document, blob, primitive["indices"]).reshape(-1, 3).astype(np.int64),
        read["JOINTS_0"].astype(int),
        read["WEIGHTS_0"].astype(float),
        read["TANGENT"][:, :3].astype(float) if "TANGENT" in read else None,
        picture,
        deltas,
    )


def _accessor(document: dict, blob: bytes, k: int) -> np.ndarray:
    told = document["accessors"][k]
    view = document["bufferViews"][told["bufferView"]]
    kind, width = KINDS[told["componentType"]], WIDTHS[told["type"]]
    start = view.get("byteOffset", 0) + told.get("byteOffset", 0)
    out = np.frombuffer(blob, kind, told["count"] * width, start)
    return out.reshape(-1, width) if width > 1 else out


def _moved(document: dict, blob: bytes, k: int) -> tuple[np.ndarray, np.ndarray]:
    sparse = document["accessors"][k]["sparse"]
    rows, values = (document["bufferViews"][sparse[key]["bufferView"]] for key in ("indices", "values"))
    count = sparse["count"]
    at = np.frombuffer(blob, KINDS[sparse["indices"]["componentType"]], count, rows.get("byteOffset", 0)).astype(np.int64)
    return at, np.frombuffer(blob, np.float32, count * 3, values.get("byteOffset", 0)).reshape(-1, 3).astype(float)
