"""Clips as joint turns over time come in; a small binary glTF without a mesh goes out, one animation a clip.

Turns are stored as normalised int16; joints that do not move in a clip take one key, joints at rest take none.
"""

import json
import struct
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np

from meetagain.motion.body import Body
from meetagain.motion.turns import Array

FLOAT, SHORT = 5126, 5122
STILL = 2e-4  # change of a quaternion's number that nobody sees
HALF_OK = 2.5e-3  # error (about 0.3 degrees) up to which every second key is left out


class Solved(msgspec.Struct, frozen=True):
    """A clip ready to be written."""

    name: str
    times_s: Array  # (T,), from 0
    turns: Array  # (T, n_joints, 4) x y z w against the parent
    root_m: Array  # (T, 3) position of the root
    face: dict[str, list[list[float]]]  # ARKit name -> [[time_s, weight], ...]
    extras: dict[str, Any]


class Writer:
    """Accessors over one growing binary chunk; equal time rows are stored once."""

    def __init__(self) -> None:
        self.blob = bytearray()
        self.views: list[dict] = []
        self.accessors: list[dict] = []
        self.known: dict[bytes, int] = {}

    def add(self, array: Array, component: int, kind: str, **more: Any) -> int:
        """Index of an accessor over the whole array."""
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        self.views.append({"buffer": 0, "byteOffset": len(self.blob), "byteLength": array.nbytes})
        self.blob.extend(array.tobytes())
        self.accessors.append({"bufferView": len(self.views) - 1, "componentType": component, "count": len(array), "type": kind} | more)
        return len(self.accessors) - 1

    def times(self, times: Array) -> int:
        """Index of a row of key times."""
        row = times.astype(np.float32)
        key = row.tobytes()
        if key not in self.known:
            self.known[key] = self.add(row, FLOAT, "SCALAR", min=[float(row.min())], max=[float(row.max())])
        return self.known[key]


def write_motion(body: Body, clips: list[Solved], about: dict[str, Any]) -> bytes:
    """The file. `about` becomes scenes[0].extras.meetagain_motion."""
    out = Writer()
    animations = [animation(out, clip) for clip in clips]
    nodes: list[dict] = []
    for k, name in enumerate(body.names):
        offset = body.heads[k] - (body.heads[body.parents[k]] if body.parents[k] >= 0 else 0)
        children = [int(c) for c in np.flatnonzero(body.parents == k)]
        nodes.append({"name": name, "translation": [round(float(x), 6) for x in offset]} | ({"children": children} if children else {}))
    document = {
        "asset": {"version": "2.0", "generator": "meetagain"},
        "scene": 0,
        "scenes": [{"nodes": [int(k) for k in np.flatnonzero(body.parents < 0)], "extras": {"meetagain_motion": about}}],
        "nodes": nodes,
        "animations": animations,
        "accessors": out.accessors,
        "bufferViews": out.views,
        "buffers": [{"byteLength": len(out.blob) + (-len(out.blob) % 4)}],
    }
    return packed(document, bytes(out.blob))


def animation(out: Writer, clip: Solved) -> dict[str, Any]:
    """One clip as a glTF animation."""
    samplers: list[dict] = []
    channels: list[dict] = []

    def track(times: Array, values: Array, component: int, kind: str, node: int, path: str, **more: Any) -> None:
        samplers.append({"input": out.times(times), "output": out.add(values, component, kind, **more), "interpolation": "LINEAR"})
        channels.append({"sampler": len(samplers) - 1, "target": {"node": node, "path": path}})

    for joint in range(clip.turns.shape[1]):
        turns = continuous(clip.turns[:, joint])
        if np.abs(turns[:, :3]).max() < STILL:
            continue
        keys = needed(turns)
        packed_turns = np.round(turns[keys] * 32767).astype(np.int16)
        track(clip.times_s[keys], packed_turns, SHORT, "VEC4", joint, "rotation", normalized=True)
    track(clip.times_s, clip.root_m.astype(np.float32), FLOAT, "VEC3", 0, "translation")
    return {"name": clip.name, "samplers": samplers, "channels": channels, "extras": clip.extras | {"face": clip.face}}


def continuous(turns: Array) -> Array:
    """Quaternions (T, 4) with signs chosen so that neighbours lie close."""
    flips = np.where((turns[1:] * turns[:-1]).sum(-1) < 0, -1.0, 1.0)
    return turns * np.concatenate([[1.0], np.cumprod(flips)])[:, None]


def needed(turns: Array) -> Array:
    """Indices of the keys to keep: one where nothing moves, every second where that is enough, else all."""
    last = len(turns) - 1
    if np.abs(turns - turns[0]).max() < STILL:
        return np.array([0])
    for step in (4, 2):
        keys = np.unique(np.append(np.arange(0, last + 1, step), last))
        between = np.stack([np.interp(np.arange(last + 1), keys, turns[keys, k]) for k in range(4)], -1)
        if np.abs(between - turns).max() < HALF_OK:
            return keys
    return np.arange(last + 1)


def packed(document: dict, blob: bytes) -> bytes:
    """JSON and binary chunk as a GLB, version 2."""
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    blob += b"\0" * (-len(blob) % 4)
    total = 12 + 8 + len(text) + 8 + len(blob)
    head = struct.pack("<III", 0x46546C67, 2, total)
    return head + struct.pack("<II", len(text), 0x4E4F534A) + text + struct.pack("<II", len(blob), 0x004E4942) + blob


def thinned(times: Array, weights: Array, step_s: float = 1 / 15, close: float = 0.02) -> list[list[float]]:
    """A face curve (T,) as [[time, weight], ...] with as few points as straight lines need."""
    keep = [0]
    step = max(1, round(step_s / (times[1] - times[0]))) if len(times) > 1 else 1
    rows = list(range(0, len(times), step))
    rows += [len(times) - 1] if rows[-1] != len(times) - 1 else []
    for before, here in pairwise(rows[1:]):
        span = slice(keep[-1], here + 1)
        line = np.interp(times[span], times[[keep[-1], here]], weights[[keep[-1], here]])
        if np.abs(line - weights[span]).max() > close:
            keep.append(before)
    keep += [rows[-1]] if rows[-1] != keep[-1] else []
    return [[round(float(times[k]), 3), round(float(weights[k]), 3)] for k in keep]
