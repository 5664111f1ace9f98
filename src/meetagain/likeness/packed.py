"""A likeness file comes in; the same with every picture also packed for a graphics card (KTX2) goes out.

A reader that knows nothing of KTX2 finds the JPEG or PNG where it always was (glTF 2.0, KHR_texture_basisu as an extension that is used, not required).
"""

import io
import logging
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from PIL import Image

from meetagain.likeness.glb import pack, unpack
from meetagain.likeness.ktx.container import WRITER
from meetagain.likeness.ktx.encode import Kind, ktx2

log = logging.getLogger(__name__)
EXTENSION, MIME = "KHR_texture_basisu", "image/ktx2"
BLOCK = 4  # sides that are no multiple of it are not allowed there


def packed(data: bytes, before: bytes = b"") -> bytes:
    """The file (GLB) with its pictures packed as well. What lies packed in the file `before` is taken from there where the picture is the same.

    Pictures whose sides are no multiples of four stay as they are. Raises ValueError if `data` is no GLB.
    """
    document, blob = unpack(data)
    known = _known(before)
    out, plain = bytearray(blob), _plain(document)
    found: dict[int, int] = {}
    for source in sorted({texture["source"] for texture in document.get("textures", [])}):
        raw = _bytes_of(document, blob, document["images"][source])
        kind = Kind.PLAIN if source in plain else Kind.COLOUR
        small = known.get((raw, kind)) or _small(raw, kind)
        if small:
            out.extend(b"\0" * (-len(out) % 8))
            document["bufferViews"].append({"buffer": 0, "byteOffset": len(out), "byteLength": len(small)})
            out.extend(small)
            name = document["images"][source].get("name", "picture")
            document["images"].append({"bufferView": len(document["bufferViews"]) - 1, "mimeType": MIME, "name": f"{name}_packed"})
            found[source] = len(document["images"]) - 1
    if not found:
        return data
    for texture in document["textures"]:
        if texture["source"] in found:
            texture.setdefault("extensions", {})[EXTENSION] = {"source": found[texture["source"]]}
    document["extensionsUsed"] = [*document.get("extensionsUsed", []), EXTENSION]
    document["buffers"][0]["byteLength"] = len(out) + (-len(out) % 4)
    return pack(document, bytes(out))


def _small(raw: bytes, kind: Kind) -> bytes:
    """The picture packed; empty where that cannot be done: the portrait is whole without it."""
    try:
        return _ktx2(raw, kind)
    except Exception as error:  # noqa: BLE001  whatever goes wrong in packing, a finished portrait is not lost by it
        log.warning("a picture stays as it is: %s", type(error).__name__)
        return b""


@lru_cache(maxsize=8)  # the picture of hair is the same for many people
def _ktx2(raw: bytes, kind: Kind) -> bytes:
    image = Image.open(io.BytesIO(raw))
    if image.width % BLOCK or image.height % BLOCK:
        return b""
    picture = np.asarray(image.convert("RGBA"))
    return ktx2(picture if picture[..., 3].min() < 255 else np.ascontiguousarray(picture[..., :3]), kind)


def _plain(document: dict) -> set[int]:
    """The images that hold directions, not colours."""
    used = [material["normalTexture"]["index"] for material in document.get("materials", []) if "normalTexture" in material]
    return {document["textures"][index]["source"] for index in used}


def _bytes_of(document: dict, blob: bytes, image: dict) -> bytes:
    view = document["bufferViews"][image["bufferView"]]
    start = view.get("byteOffset", 0)
    return blob[start : start + view["byteLength"]]


def _known(before: bytes) -> dict[tuple[bytes, Kind], bytes]:
    """What an earlier file holds: picture and kind -> packed picture."""
    try:
        document, blob = unpack(before)
        return dict(_pairs(document, blob))
    except (ValueError, KeyError, IndexError, TypeError):  # none, broken, or somebody else's
        return {}


def _pairs(document: dict, blob: bytes) -> Iterator[tuple[tuple[bytes, Kind], bytes]]:
    plain = _plain(document)
    for texture in document["textures"]:
        source, small = texture["source"], texture.get("extensions", {}).get(EXTENSION)
        if small is not None:
            data = _bytes_of(document, blob, document["images"][small["source"]])
            if WRITER in data[:1024]:
                yield (_bytes_of(document, blob, document["images"][source]), Kind.PLAIN if source in plain else Kind.COLOUR), data
