"""A file of unknown origin comes in; its JSON and its numbers go out, each checked before it is believed."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from meetagain.errors import MeetAgainError, issue

KINDS = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
MOST_BYTES = 300_000_000
MOST_WORDS = 24_000_000  # bytes of JSON
MOST_ENTRIES = {"nodes": 4000, "meshes": 600, "accessors": 30_000, "bufferViews": 30_000, "images": 200, "materials": 300, "skins": 100}
MOST_ROWS = 1_500_000  # of one accessor
MOST_TRIANGLES = 60_000
UNDERSTOOD = ("KHR_materials_", "KHR_texture_transform", "KHR_mesh_quantization", "VRM", "VRMC_", "EXT_texture_webp")
LOCKED = {"KHR_draco_mesh_compression": "Draco", "EXT_meshopt_compression": "meshopt", "KHR_texture_basisu": "KTX2"}


@dataclass(frozen=True)
class Glb:
    """One opened file: its name for messages, the document and the binary chunk."""

    name: str
    document: dict[str, Any]
    blob: bytes

    def entry(self, kind: str, index: object) -> dict[str, Any]:
        """One entry of a list of the document. Raises ValueError for an index that is none."""
        rows = self.document.get(kind, [])
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(rows) or not isinstance(rows[index], dict):
            raise ValueError(f"there is no entry {index} among its {kind}")
        return rows[index]

    def bytes_of(self, view_index: object) -> bytes:
        """The bytes of a buffer view. Raises ValueError when it reaches outside the file."""
        view = self.entry("bufferViews", view_index)
        start, size = whole(view.get("byteOffset", 0)), whole(view["byteLength"])
        if view.get("buffer", 0) != 0 or start + size > len(self.blob):
            raise ValueError("a part of it lies outside the file")
        return self.blob[start : start + size]

    def numbers(self, index: object) -> np.ndarray:
        """An accessor as (count, width) float64, or int64 for plain integers. Raises ValueError when it cannot be what it says."""
        accessor = self.entry("accessors", index)
        count, width, kind = whole(accessor["count"]), WIDTHS[accessor["type"]], np.dtype(KINDS[accessor["componentType"]])
        if count > MOST_ROWS:
            raise MeetAgainError(issue("brought-too-much", self.name, detail=f"{count} points in one part", limit=MOST_TRIANGLES))
        raw = np.zeros((count, width), kind)
        if "bufferView" in accessor:
            raw = self._strided(accessor["bufferView"], whole(accessor.get("byteOffset", 0)), count, width, kind)
        if "sparse" in accessor:
            raw = self._sparse(raw, accessor["sparse"], kind)
        if kind.kind != "f":
            return np.maximum(raw / np.iinfo(kind).max, -1.0) if accessor.get("normalized") else raw.astype(np.int64)
        if not np.isfinite(raw).all():
            raise ValueError("it holds numbers that are none")
        return raw.astype(np.float64)

    def _strided(self, view_index: object, offset: int, count: int, width: int, kind: np.dtype) -> np.ndarray:
        data, step = self.bytes_of(view_index), whole(self.entry("bufferViews", view_index).get("byteStride", 0)) or kind.itemsize * width
        if step < kind.itemsize * width or (count and offset + step * (count - 1) + kind.itemsize * width > len(data)):
            raise ValueError("a part of it is shorter than it says")
        return np.ndarray((count, width), kind, data, offset, (step, kind.itemsize)).copy() if count else np.zeros((0, width), kind)

    def _sparse(self, raw: np.ndarray, sparse: dict[str, Any], kind: np.dtype) -> np.ndarray:
        count, at = whole(sparse["count"]), sparse["indices"]
        if count > len(raw):
            raise ValueError("it changes more points than there are")
        rows = self._strided(at["bufferView"], whole(at.get("byteOffset", 0)), count, 1, np.dtype(KINDS[at["componentType"]]))[:, 0]
        if count and (rows.dtype.kind != "u" or int(rows.max()) >= len(raw)):
            raise ValueError("it changes points that are not there")
        out = raw.copy()
        values = sparse["values"]
        out[rows] = self._strided(values["bufferView"], whole(values.get("byteOffset", 0)), count, raw.shape[1], kind)
        return out


def whole(value: object) -> int:
    """A count or offset: a whole number that is not negative and that a file can have. Raises ValueError otherwise."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**40:
        raise ValueError(f"{value!r} is no count")
    return value


def open_glb(path: Path) -> Glb:
    """A GLB or VRM file, checked as far as its outline goes. Nothing outside it is read. Raises MeetAgainError with a sentence for the keeper."""
    name = path.name
    if path.stat().st_size > MOST_BYTES:
        raise MeetAgainError(issue("brought-too-much", name, detail=f"{path.stat().st_size // 1_000_000} MB", limit=MOST_TRIANGLES))
    data = path.read_bytes()
    if data[:4] != b"glTF":
        separate = data.lstrip()[:1] == b"{" and b'"asset"' in data
        code = "brought-elsewhere" if separate else "brought-unreadable"
        raise MeetAgainError(issue(code, name, **({} if separate else {"detail": "it is not a VRM or GLB file, or it is locked"})))
    document, blob = _chunks(name, data)
    _outline(name, document)
    return Glb(name, document, blob)


def _chunks(name: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    if len(data) < 20 or struct.unpack("<I", data[4:8])[0] != 2:
        raise MeetAgainError(issue("brought-unreadable", name, detail="it stops in the middle, or is of another version"))
    size, kind = struct.unpack("<II", data[12:20])
    if kind != 0x4E4F534A or size > MOST_WORDS or 20 + size > len(data):
        raise MeetAgainError(issue("brought-unreadable", name, detail="its table of contents is damaged"))
    try:
        document = json.loads(data[20 : 20 + size])
    except (ValueError, RecursionError) as error:
        raise MeetAgainError(issue("brought-unreadable", name, detail="its table of contents is damaged")) from error
    at = 20 + size
    blob = b""
    if at + 8 <= len(data):
        long, kind = struct.unpack("<II", data[at : at + 8])
        if kind == 0x004E4942:
            if at + 8 + long > len(data):
                raise MeetAgainError(issue("brought-unreadable", name, detail="it stops in the middle, as if copying it was interrupted"))
            blob = data[at + 8 : at + 8 + long]
    if not isinstance(document, dict):
        raise MeetAgainError(issue("brought-unreadable", name, detail="its table of contents is damaged"))
    return document, blob


def _outline(name: str, document: dict[str, Any]) -> None:
    """Lists are lists of a size that a body can have, everything lies inside, nothing is packed. Raises MeetAgainError."""
    for kind, most in MOST_ENTRIES.items():
        rows = document.get(kind, [])
        if not isinstance(rows, list):
            raise MeetAgainError(issue("brought-unreadable", name, detail="its table of contents is damaged"))
        if len(rows) > most:
            raise MeetAgainError(issue("brought-too-much", name, detail=f"{len(rows)} {kind}", limit=MOST_TRIANGLES))
    for kind in ("buffers", "images"):
        if any(isinstance(row, dict) and "uri" in row for row in document.get(kind, [])):
            raise MeetAgainError(issue("brought-elsewhere", name))
    needed = document.get("extensionsRequired", [])
    strange = [word for word in needed if not str(word).startswith(UNDERSTOOD)] if isinstance(needed, list) else []
    if strange:
        raise MeetAgainError(issue("brought-locked", name, detail=LOCKED.get(str(strange[0]), str(strange[0])[:60])))
