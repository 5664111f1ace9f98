"""Photographs with portraits come in; one picture goes out that shows them side by side, for one's own eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

GAP, LINE, PAPER = 6, 16, (238, 234, 226)


@dataclass(frozen=True)
class Row:
    """Pictures (h, w, 3) uint8 of one held-out photograph, each with its words, from left to right."""

    words: str
    pictures: tuple[tuple[str, np.ndarray], ...]


def sheet_of(rows: Sequence[Row], height_px: int = 300) -> np.ndarray:
    """All rows under each other as one picture (h, w, 3) uint8."""
    strips = [_strip(row, height_px) for row in rows]
    wide = max((strip.width for strip in strips), default=200)
    out = Image.new("RGB", (wide, max(LINE, sum(strip.height for strip in strips))), PAPER)
    y = 0
    for strip in strips:
        out.paste(strip, (0, y))
        y += strip.height
    return np.asarray(out)


def write_sheet(path: Path, rows: Sequence[Row]) -> None:
    """Write the picture as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet_of(rows)).save(path, "PNG")


def _strip(row: Row, height_px: int) -> Image.Image:
    cells = [(words, _tall(picture, height_px)) for words, picture in row.pictures]
    out = Image.new("RGB", (sum(cell.width + GAP for _, cell in cells) + GAP, height_px + 2 * LINE + GAP), PAPER)
    draw, x = ImageDraw.Draw(out), GAP
    draw.text((GAP, 2), row.words, fill=(70, 60, 50))
    for words, cell in cells:
        draw.text((x, LINE), words, fill=(70, 60, 50))
        out.paste(cell, (x, 2 * LINE))
        x += cell.width + GAP
    return out


def _tall(picture: np.ndarray, height_px: int) -> Image.Image:
    image = Image.fromarray(picture)
    return image.resize((max(1, round(image.width * height_px / image.height)), height_px), Image.Resampling.LANCZOS)
