"""A likeness file (VRM 1.0, binary glTF) comes in; its joints, skin points and landmarks go out."""

import json
import struct
from pathlib import Path

import msgspec
import numpy as np

from meetagain.errors import MeetAgainError, issue

KINDS = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class Rig(msgspec.Struct, frozen=True):
    """What motion needs of a likeness, metres, Y up, facing +Z. Joints rest without rotation."""

    names: tuple[str, ...]
    parents: np.ndarray  # (n_joints,) index of the parent, -1 at the root
    heads: np.ndarray  # (n_joints, 3) rest positions
    points: np.ndarray  # (n_points, 3) rest positions of skin and clothes
    normals: np.ndarray  # (n_points, 3)
    joints: np.ndarray  # (n_points, 4)
    weights: np.ndarray  # (n_points, 4) summing to one
    landmarks: dict[str, tuple[str, np.ndarray]]  # name -> joint, rest position (3,)
    height_m: float


def read_rig(path: Path) -> Rig:
    """Read skin and cloth of a likeness. Raises MeetAgainError when it is not one of ours."""
    try:
        document, blob = chunks(path.read_bytes())
        return rig_of(document, blob)
    except (OSError, ValueError, KeyError, IndexError, StopIteration, struct.error) as cause:
        raise MeetAgainError(issue("likeness-unclear", about=path.name)) from cause


def chunks(data: bytes) -> tuple[dict, bytes]:
    """The JSON and the binary chunk of a GLB."""
    magic, _, _, size, _ = struct.unpack("<IIIII", data[:20])
    if magic != 0x46546C67:
        raise ValueError("not a binary glTF")
    return json.loads(data[20 : 20 + size]), data[28 + size :]


def array(document: dict, blob: bytes, index: int) -> np.ndarray:
    """An accessor as (count, width); normalised integers become numbers in -1..1."""
    accessor = document["accessors"][index]
    kind, width = np.dtype(KINDS[accessor["componentType"]]), WIDTH[accessor["type"]]
    if "bufferView" not in accessor:
        return np.zeros((accessor["count"], width))
    view = document["bufferViews"][accessor["bufferView"]]
    start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    step = view.get("byteStride", kind.itemsize * width)
    raw = np.ndarray((accessor["count"], width), kind, blob, start, (step, kind.itemsize))
    return raw / np.iinfo(kind).max if accessor.get("normalized") else raw.copy()


def rig_of(document: dict, blob: bytes) -> Rig:
    """The rig from the parts of a GLB."""
    nodes, places = document["nodes"], document["skins"][0]["joints"]
    where = {node: k for k, node in enumerate(places)}
    parents = np.full(len(places), -1)
    for node, k in where.items():
        for child in nodes[node].get("children", []):
            if child in where:
                parents[where[child]] = k
    heads = np.array([nodes[node].get("translation", (0, 0, 0)) for node in places], float)
    for k, parent in enumerate(parents):
        if parent >= 0:
            heads[k] += heads[parent]
    names = tuple(nodes[node]["name"] for node in places)
    about = document["scenes"][document.get("scene", 0)]["extras"]["meetagain"]
    marks = {
        name: (mark["joint"], heads[names.index(mark["joint"])] + np.array(mark["offset"], float))
        for name, mark in about["landmarks"].items()
    }
    shapes = [outside(document, blob, name) for name in ("skin", "cloth")]
    points, normals, joints, weights = (np.concatenate(column) for column in zip(*shapes, strict=True))
    return Rig(names, parents, heads, points, normals, joints, weights, marks, float(about["height_m"]))


def outside(document: dict, blob: bytes, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Points, normals, joints and weights of one mesh by name."""
    mesh = next(m for m in document["meshes"] if m["name"] == name)
    parts = [p["attributes"] for p in mesh["primitives"]]
    return tuple(
        np.concatenate([array(document, blob, p[key]) for p in parts]).astype(kind)
        for key, kind in (("POSITION", float), ("NORMAL", float), ("JOINTS_0", int), ("WEIGHTS_0", float))
    )
