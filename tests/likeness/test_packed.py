"""A likeness holds its pictures twice: as they were, and packed for a graphics card; what did not change is not packed again."""

import io

import numpy as np
import pytest
from PIL import Image

from meetagain.likeness import packed as module
from meetagain.likeness.glb import pack, unpack
from meetagain.likeness.packed import EXTENSION, packed


@pytest.fixture(autouse=True)
def nothing_remembered():
    module._ktx2.cache_clear()


def picture(side: tuple[int, int], mode: str = "RGB", seed: int = 0) -> bytes:
    out = io.BytesIO()
    values = np.random.default_rng(seed).integers(60, 200, (*side, len(mode))).astype(np.uint8)
    Image.fromarray(values).save(out, "PNG")
    return out.getvalue()


def file_of(*pictures: bytes) -> bytes:
    """A file in which each picture colours a material, and the last is its relief as well as can be."""
    blob, views = b"", []
    for one in pictures:
        blob += b"\0" * (-len(blob) % 4)
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": len(one)})
        blob += one
    document = {
        "asset": {"version": "2.0"},
        "extensionsUsed": ["VRMC_vrm"],
        "images": [{"bufferView": k, "mimeType": "image/png", "name": f"p{k}"} for k in range(len(pictures))],
        "textures": [{"source": k} for k in range(len(pictures))],
        "materials": [{"normalTexture": {"index": len(pictures) - 1}}],
        "bufferViews": views,
        "buffers": [{"byteLength": len(blob)}],
    }
    return pack(document, blob)


def small_of(document: dict, blob: bytes, texture: int) -> bytes:
    image = document["images"][document["textures"][texture]["extensions"][EXTENSION]["source"]]
    view = document["bufferViews"][image["bufferView"]]
    assert image["mimeType"] == "image/ktx2"
    return blob[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]


def test_every_picture_is_there_twice():
    first, second, relief = picture((8, 16)), picture((8, 8), "RGBA", 1), picture((4, 4), seed=2)
    document, blob = unpack(packed(file_of(first, second, relief)))
    assert document["extensionsUsed"] == ["VRMC_vrm", EXTENSION] and "extensionsRequired" not in document
    assert document["buffers"][0]["byteLength"] == len(blob)
    for k, raw in enumerate((first, second, relief)):
        view = document["bufferViews"][document["images"][document["textures"][k]["source"]]["bufferView"]]
        assert blob[view["byteOffset"] :][: view["byteLength"]] == raw
        small = small_of(document, blob, k)
        assert small.startswith(b"\xabKTX 20\xbb") and small[12 + 8] in (16, 8, 4)
        described = int.from_bytes(small[48:52], "little")
        assert small[described + 14] == (1 if k == 2 else 2)  # directions are plain numbers, colours are sRGB


def test_what_cannot_be_packed_stays_as_it_is():
    data = file_of(picture((6, 8)))
    assert packed(data) == data
    document, _ = unpack(packed(file_of(picture((5, 8)), picture((8, 8)))))
    assert "extensions" not in document["textures"][0] and EXTENSION in document["textures"][1]["extensions"]


def test_only_what_changed_is_packed_again(monkeypatch: pytest.MonkeyPatch):
    old, new, relief = picture((8, 8)), picture((8, 8), seed=5), picture((8, 8), seed=6)
    before = packed(file_of(old, relief))
    worked: list[np.ndarray] = []
    real = module.ktx2
    monkeypatch.setattr(module, "ktx2", lambda pixels, kind: worked.append(pixels) or real(pixels, kind))
    assert packed(file_of(old, relief), before) == before and worked == []
    made = packed(file_of(new, relief), before)
    assert len(worked) == 1
    module._ktx2.cache_clear()
    assert packed(file_of(new, relief)) == made and len(worked) == 1 + 2


def test_a_picture_that_becomes_a_relief_is_packed_anew():
    one, other = picture((8, 8)), picture((8, 8), seed=5)
    assert packed(file_of(one, other), packed(file_of(other, one))) == packed(file_of(one, other))


@pytest.mark.parametrize("before", [b"", b"glTF", b"glTF" + b"\xff" * 40, file_of(picture((8, 8))), file_of(picture((8, 8)))[:90]])
def test_an_earlier_file_of_any_kind_does_no_harm(before):
    data = file_of(picture((8, 8)))
    assert packed(data, before) == packed(data)


def test_a_portrait_is_whole_where_its_pictures_cannot_be_packed(monkeypatch, caplog):
    def fails(raw: bytes, kind: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(module, "_ktx2", fails)
    assert module._small(b"a picture", module.Kind.COLOUR) == b"" and "stays as it is" in caplog.text
