"""A wardrobe of pieces, a rig and pictures come in, the bytes of a VRM 1.0 file (binary glTF) go out."""

import json
import struct
from dataclasses import dataclass, field

import numpy as np

from meetagain.likeness.parts import MATERIALS, Piece, Wardrobe, unit
from meetagain.likeness.swing import lengthened, spring_bones
from meetagain.likeness.vrm import OURS, Origin, extension

FLOAT, USHORT, UINT, UBYTE = 5126, 5123, 5125, 5121
ROUGHNESS = {"skin": 0.62, "eyes": 0.3, "hair": 0.55, "cloth": 0.9, "overlay": 0.8}
SMALLEST_DELTA_M = 4e-5


@dataclass(frozen=True)
class Rig:
    """Joints by name with their parents (-1: root) and rest heads (n, 3), metres; rest rotations are all identity."""

    names: tuple[str, ...]
    parents: np.ndarray
    heads: np.ndarray


@dataclass
class Writer:
    """The growing JSON and binary chunk of one file."""

    blob: bytearray = field(default_factory=bytearray)
    views: list[dict] = field(default_factory=list)
    accessors: list[dict] = field(default_factory=list)

    def view(self, data: bytes, target: int | None = None) -> int:
        """Append bytes, aligned to 4; the index of the buffer view."""
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        entry = {"buffer": 0, "byteOffset": len(self.blob), "byteLength": len(data)}
        self.views.append(entry | ({"target": target} if target else {}))
        self.blob.extend(data)
        return len(self.views) - 1

    def dense(self, array: np.ndarray, component: int, kind: str, target: int | None = 34962, **more: object) -> int:
        """An accessor over a whole array; the index of it."""
        entry = {"bufferView": self.view(array.tobytes(), target), "componentType": component, "count": len(array), "type": kind}
        self.accessors.append(entry | more)
        return len(self.accessors) - 1

    def moved(self, delta: np.ndarray) -> int:
        """A sparse accessor of the rows of (n, 3) that move; the index of it."""
        rows = np.flatnonzero(np.abs(delta).max(1) > SMALLEST_DELTA_M)
        rows = rows if len(rows) else np.array([0])
        small = len(delta) < 65536
        values = delta[rows].astype(np.float32)
        sparse = {
            "count": len(rows),
            "indices": {
                "bufferView": self.view(rows.astype(np.uint16 if small else np.uint32).tobytes()),
                "componentType": USHORT if small else UINT,
            },
            "values": {"bufferView": self.view(values.tobytes())},
        }
        low, high = np.minimum(values.min(0), 0).tolist(), np.maximum(values.max(0), 0).tolist()
        self.accessors.append({"componentType": FLOAT, "count": len(delta), "type": "VEC3", "min": low, "max": high, "sparse": sparse})
        return len(self.accessors) - 1


def write_glb(
    wardrobe: Wardrobe, rig: Rig, targets: tuple[str, ...], pictures: dict[str, bytes], about: dict, origin: Origin = OURS
) -> bytes:
    """The file. `pictures` are JPEG or PNG bytes by material, `skin_relief` a JPEG of normals; `about` becomes scenes[0].extras.meetagain."""
    rig = Rig(*lengthened(rig.names, rig.parents, rig.heads, wardrobe.chains))
    out, nodes = Writer(), joint_nodes(rig)
    inverse = np.tile(np.eye(4, dtype=np.float32), (len(rig.names), 1, 1))
    inverse[:, 3, :3] = -rig.heads
    bind = out.dense(inverse.reshape(-1, 16), FLOAT, "MAT4", None)
    materials, images, meshes, faces = [], [], [], []
    for name in MATERIALS:
        materials.append(material(name, images, pictures, out))
        meshes.append(mesh(name, wardrobe.pieces[name], targets, out, len(materials) - 1))
        if "targets" in meshes[-1]["primitives"][0]:
            faces.append(len(nodes))
        nodes.append({"name": name, "mesh": len(meshes) - 1, "skin": 0})
    top = [int(k) for k in np.flatnonzero(rig.parents < 0)] + list(range(len(rig.names), len(nodes)))
    eyes = (rig.heads[rig.names.index("eye.L")] + rig.heads[rig.names.index("eye.R")]) / 2 - rig.heads[rig.names.index("head")]
    extensions = {"VRMC_vrm": extension(rig.names, targets, tuple(faces), about["name"], [float(x) for x in eyes], origin)}
    if wardrobe.chains:
        extensions["VRMC_springBone"] = spring_bones(rig.names, wardrobe.chains, wardrobe.balls)
    document = {
        "asset": {
            "version": "2.0",
            "generator": "meetagain",
            "copyright": "A computer-made portrait, private to the family.",
            "extras": {
                "portrait": True,
                "computer_made": True,
                "statement": "This is a portrait made by a computer. It is not the person.",
            },
        },
        "extensionsUsed": list(extensions),
        "extensions": extensions,
        "scene": 0,
        "scenes": [{"nodes": top, "extras": {"meetagain": {k: v for k, v in about.items() if k != "name"}}}],
        "nodes": nodes,
        "skins": [{"joints": list(range(len(rig.names))), "inverseBindMatrices": bind, "skeleton": 0}],
        "meshes": meshes,
        "materials": materials,
        "textures": [{"source": k, "sampler": 0} for k in range(len(images))],
        "images": images,
        "samplers": [{"magFilter": 9729, "minFilter": 9987}],
        "accessors": out.accessors,
        "bufferViews": out.views,
        "buffers": [{"byteLength": len(out.blob) + (-len(out.blob) % 4)}],
    }
    return pack(document, bytes(out.blob))


def joint_nodes(rig: Rig) -> list[dict]:
    """One node a joint: name, translation from its parent, children."""
    nodes: list[dict] = []
    for k, name in enumerate(rig.names):
        parent = int(rig.parents[k])
        offset = rig.heads[k] - (rig.heads[parent] if parent >= 0 else 0)
        children = [int(c) for c in np.flatnonzero(rig.parents == k)]
        nodes.append({"name": name, "translation": [round(float(x), 6) for x in offset]} | ({"children": children} if children else {}))
    return nodes


def material(name: str, images: list[dict], pictures: dict[str, bytes], out: Writer) -> dict:
    """The plain glTF material of a part; the client gives it its light by name."""
    surface: dict = {"metallicFactor": 0.0, "roughnessFactor": ROUGHNESS[name]}
    if name in pictures:
        kind = "image/png" if pictures[name][:4] == b"\x89PNG" else "image/jpeg"
        images.append({"bufferView": out.view(pictures[name]), "mimeType": kind, "name": name})
        surface["baseColorTexture"] = {"index": len(images) - 1}
    entry: dict = {"name": name, "pbrMetallicRoughness": surface, "doubleSided": name in ("hair", "cloth", "overlay")}
    if f"{name}_relief" in pictures:
        images.append({"bufferView": out.view(pictures[f"{name}_relief"]), "mimeType": "image/jpeg", "name": f"{name}_relief"})
        entry["normalTexture"] = {"index": len(images) - 1}
    holes = {"alphaMode": "MASK", "alphaCutoff": 0.5}
    mode = {"hair": holes, "overlay": {"alphaMode": "BLEND"}}
    if name == "cloth" and pictures.get(name, b"")[:4] == b"\x89PNG":
        mode["cloth"] = holes
    return entry | mode.get(name, {})


def mesh(name: str, pieces: list[Piece], targets: tuple[str, ...], out: Writer, material_index: int) -> dict:
    """All pieces of a material as one primitive with top-4 weights."""
    starts = np.cumsum([0] + [len(p.points) for p in pieces])
    triangles = np.concatenate([p.triangles + s for p, s in zip(pieces, starts, strict=False)]).ravel()
    points = np.concatenate([p.points for p in pieces]).astype(np.float32)
    joints, weights = strongest(same_width([p.weights for p in pieces]))
    colour = np.round(np.clip(np.concatenate([p.colour for p in pieces]), 0, 1) * 255).astype(np.uint8)
    attributes = {
        "POSITION": out.dense(points, FLOAT, "VEC3", min=points.min(0).tolist(), max=points.max(0).tolist()),
        "NORMAL": out.dense(_normals(np.concatenate([p.normals for p in pieces])), FLOAT, "VEC3"),
        "TEXCOORD_0": out.dense(np.concatenate([p.uv for p in pieces]).astype(np.float32), FLOAT, "VEC2"),
        "COLOR_0": out.dense(colour, UBYTE, "VEC4", normalized=True),
        "JOINTS_0": out.dense(joints, UBYTE, "VEC4"),
        "WEIGHTS_0": out.dense(weights, FLOAT, "VEC4"),
    }
    if pieces[0].tangent is not None:
        tangent = _normals(np.concatenate([p.tangent for p in pieces]))
        attributes["TANGENT"] = out.dense(np.c_[tangent, np.ones(len(tangent), np.float32)].astype(np.float32), FLOAT, "VEC4")
    small = len(points) < 65535
    indices = out.dense(triangles.astype(np.uint16 if small else np.uint32), USHORT if small else UINT, "SCALAR", 34963)
    primitive = {"attributes": attributes, "indices": indices, "material": material_index}
    entry: dict = {"name": name, "primitives": [primitive]}
    if pieces[0].deltas is not None:
        primitive["targets"] = [{"POSITION": out.moved(np.concatenate([p.deltas[k] for p in pieces]))} for k in range(len(targets))]
        entry |= {"weights": [0.0] * len(targets), "extras": {"targetNames": list(targets)}}
    return entry


def _normals(vectors: np.ndarray) -> np.ndarray:
    out = unit(np.nan_to_num(vectors))
    out[np.linalg.norm(out, axis=1) < 0.5] = (0, 1, 0)
    return out.astype(np.float32)


def same_width(weights: list[np.ndarray]) -> np.ndarray:
    """Weights of many pieces in one array; pieces that follow no chain have zeros there."""
    width = max(w.shape[1] for w in weights)
    return np.concatenate([np.pad(w, ((0, 0), (0, width - w.shape[1]))) for w in weights])


def strongest(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n, n_joints) -> the four strongest joints (n, 4) uint8 and their weights (n, 4) float32, summing to one."""
    joints = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    top = np.take_along_axis(weights, joints, 1)
    top = np.where(top < 1e-4, 0, top)
    top /= top.sum(1, keepdims=True)
    joints[top <= 0] = 0
    return joints.astype(np.uint8), top.astype(np.float32)


def pack(document: dict, blob: bytes) -> bytes:
    """JSON and binary chunk as a GLB, version 2."""
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    blob += b"\0" * (-len(blob) % 4)
    total = 12 + 8 + len(text) + 8 + len(blob)
    return (
        struct.pack("<III", 0x46546C67, 2, total)
        + struct.pack("<II", len(text), 0x4E4F534A)
        + text
        + struct.pack("<II", len(blob), 0x004E4942)
        + blob
    )


def unpack(data: bytes) -> tuple[dict, bytes]:
    """The other way: JSON and binary chunk of a GLB as `pack` writes it. Raises ValueError for anything else."""
    if len(data) < 20 or data[:4] != b"glTF":
        raise ValueError("not a binary glTF file")
    size = struct.unpack("<I", data[12:16])[0]
    return json.loads(data[20 : 20 + size]), data[28 + size :]
