"""The pictures of a brought body come in; one picture for each of our parts goes out, with the texture points moved to it."""

import io
import struct
import warnings
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from meetagain.likeness.brought.container import Glb
from meetagain.likeness.brought.surfaces import Surface

LARGEST = 2048
MOST_PIXELS = 70_000_000
MARGIN = 4  # pixels of each picture's own edge kept round it
MOST_TILES = 4
BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, ZeroDivisionError, struct.error)


@dataclass
class Pictures:
    """Pictures of one file, each opened once. `lost`: how many could not be opened."""

    glb: Glb
    lost: int = 0
    opened: dict[int, Image.Image | None] = field(default_factory=dict)

    def of(self, surface: Surface) -> np.ndarray:
        """The colours (h, w, 4) uint8 of a surface; one pixel of plain colour where there is no picture."""
        material = surface.material
        plain = material.get("pbrMetallicRoughness", {})
        older = material.get("extensions", {}).get("KHR_materials_pbrSpecularGlossiness", {})
        texture = plain.get("baseColorTexture") or older.get("diffuseTexture") or material.get("emissiveTexture")
        factor = np.array(plain.get("baseColorFactor") or older.get("diffuseFactor") or (1, 1, 1, 1), float)
        if factor.shape != (4,) or not np.isfinite(factor).all():
            raise ValueError("a colour of it is none")
        picture = self._open(texture) if isinstance(texture, dict) else None
        if picture is None:
            return np.round(255 * np.clip(np.r_[np.clip(factor[:3], 0, 1) ** (1 / 2.2), factor[3]], 0, 1)).astype(np.uint8)[None, None]
        out = np.asarray(picture, float) * np.r_[np.clip(factor[:3], 0, 1) ** (1 / 2.2), np.clip(factor[3], 0, 1)]
        return np.clip(out, 0, 255).astype(np.uint8)

    def _open(self, texture: dict) -> Image.Image | None:
        entry = self.glb.entry("textures", texture["index"])
        source = entry.get("source", entry.get("extensions", {}).get("EXT_texture_webp", {}).get("source"))
        image = self.glb.entry("images", source)
        if source not in self.opened:
            self.opened[source] = read(self.glb.bytes_of(image["bufferView"]))
            self.lost += self.opened[source] is None
        return self.opened[source]


def read(data: bytes) -> Image.Image | None:
    """A PNG, JPEG or WebP as RGBA of at most 2048 pixels a side; None for what cannot be opened safely."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
            if picture.width * picture.height > MOST_PIXELS or not picture.width or not picture.height:
                return None
            picture.draft("RGB", (LARGEST, LARGEST))
            picture = picture.convert("RGBA")
            picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
            return picture
    except BROKEN:
        return None


def lay_out(pictures: Pictures, surfaces: list[Surface], see_through: bool) -> tuple[bytes, list[np.ndarray]]:
    """One picture (JPEG, or PNG when `see_through`) for all surfaces of a part, and the texture points (n, 2) of each in it."""
    cells: dict[str, np.ndarray] = {}
    keys, local = [], []
    for surface in surfaces:
        uv = shifted(surface)
        tiles = np.clip(np.ceil(uv.max(0) - 1e-3), 1, MOST_TILES).astype(int)
        key = f"{surface.material.get('pbrMetallicRoughness')}{surface.material.get('emissiveTexture')}{tiles}{surface.material.get('extensions', {}).get('KHR_materials_pbrSpecularGlossiness')}"
        if key not in cells:
            cells[key] = np.tile(pictures.of(surface), (tiles[1], tiles[0], 1))
        keys.append(key)
        local.append(np.clip(uv / tiles, 0, 1))
    columns = int(np.ceil(np.sqrt(len(cells))))
    rows = -(-len(cells) // columns)
    most = max(max(cell.shape[:2]) for cell in cells.values())
    side = (LARGEST if most > 64 else 512) if len(cells) > 1 else int(np.clip(2 ** np.ceil(np.log2(most)), 64, LARGEST))
    wide, high = side // columns, side // rows
    whole = np.zeros((side, side, 4), np.uint8)
    places = {}
    for k, (key, cell) in enumerate(cells.items()):
        x, y = k % columns * wide, k // columns * high
        fitted = np.asarray(Image.fromarray(cell).resize((wide - 2 * MARGIN, high - 2 * MARGIN), Image.Resampling.LANCZOS))
        whole[y : y + high, x : x + wide] = np.pad(fitted, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode="edge")
        places[key] = (np.array([x + MARGIN, y + MARGIN]) / side, np.array([wide - 2 * MARGIN, high - 2 * MARGIN]) / side)
    uvs = [places[key][0] + uv * places[key][1] for key, uv in zip(keys, local, strict=True)]
    out = io.BytesIO()
    if see_through:
        Image.fromarray(whole).save(out, "PNG", optimize=True)
    else:
        Image.fromarray(whole[..., :3]).save(out, "JPEG", quality=90)
    return out.getvalue(), uvs


def shifted(surface: Surface) -> np.ndarray:
    """Texture points with the file's own shift of them, moved by whole tiles so that they begin in the first."""
    texture = surface.material.get("pbrMetallicRoughness", {}).get("baseColorTexture") or {}
    moved = texture.get("extensions", {}).get("KHR_texture_transform", {})
    uv = surface.uv * np.array(moved.get("scale", (1, 1)), float) + np.array(moved.get("offset", (0, 0)), float)
    if not np.isfinite(uv).all() or not len(uv):
        raise ValueError("its pictures have no place")
    uv = uv - np.floor(uv.min(0) + 1e-4)
    return np.where(uv > MOST_TILES, uv % 1.0, uv)
