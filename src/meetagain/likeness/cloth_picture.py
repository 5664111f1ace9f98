"""Swatches of cloth come in, the cloth atlas goes out: one row a swatch, each pattern at its true size."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from meetagain.likeness.clothes_words import Colour

WIDE, TALL = 512, 2048
PERIOD_M = 0.32  # metres of cloth across the atlas; it repeats beyond
PAD = 8  # rows of the same cloth above and below, so that smaller mips do not mix
LEAST_M = 0.02
PALE, DARK = (246, 243, 236), (74, 96, 140)


@dataclass(frozen=True)
class Swatch:
    """A cloth: sRGB colour, pattern, the pattern's other colour, and a tile from a photo if there is one."""

    colour: Colour
    pattern: str = "plain"
    second: Colour | None = None
    tile: np.ndarray | None = field(default=None, compare=False, repr=False)
    tile_m: float = 0.12


@dataclass(frozen=True)
class Row:
    """Where a swatch lies in the atlas, pixels, and how many metres of cloth its height shows."""

    top: int
    tall: int
    tall_m: float

    def uv(self, metres: np.ndarray) -> np.ndarray:
        """Texture points (n, 2) for cloth points (n, 2) in metres, across and down from the swatch's top."""
        v = self.top + PAD + np.clip(metres[:, 1] / self.tall_m, 0, 1) * (self.tall - 2 * PAD)
        return np.stack([metres[:, 0] / PERIOD_M, v / TALL], 1)


def rows(heights_m: list[float]) -> list[Row]:
    """The atlas shared out among swatches by the height each must show."""
    wanted = np.maximum(heights_m, LEAST_M)
    free = TALL - 2 * PAD * len(wanted)
    pixels = np.maximum((wanted / wanted.sum() * free).astype(int), 2) + 2 * PAD
    tops = np.cumsum([0, *pixels])
    return [Row(int(top), int(tall), float(m)) for top, tall, m in zip(tops, pixels, wanted, strict=False)]


def cloth_picture(swatches: list[Swatch], places: list[Row]) -> np.ndarray:
    """The atlas (2048, 512, 3) uint8, sRGB."""
    rng = np.random.default_rng(4)
    picture = np.full((TALL, WIDE, 3), 200, np.float32)
    for swatch, row in zip(swatches, places, strict=True):
        inner = max(row.tall - 2 * PAD, 2)
        cloth = band(swatch, inner, row.tall_m, rng)
        picture[row.top : row.top + row.tall] = cloth[np.clip(np.arange(row.tall) - PAD, 0, inner - 1)]
    return np.clip(picture * (1 + 0.014 * rng.normal(size=(TALL, WIDE, 1))), 0, 255).astype(np.uint8)


def band(swatch: Swatch, tall: int, tall_m: float, rng: np.random.Generator) -> np.ndarray:
    """One swatch (tall, WIDE, 3) float, seamless across."""
    x = (np.arange(WIDE) + 0.5) / WIDE * PERIOD_M
    y = (np.arange(tall) + 0.5) / tall * tall_m
    colour = np.array(swatch.colour, np.float32)
    if swatch.tile is not None:
        return laid(swatch.tile, swatch.tile_m, x, y)
    other = np.array(swatch.second or partner(swatch.colour), np.float32)
    plain = np.zeros((tall, WIDE, 3), np.float32) + colour
    if swatch.pattern in ("stripes", "check", "tartan"):
        return woven(swatch.pattern, colour, other, x, y)
    if swatch.pattern in ("flowers", "dots", "stars", "hearts"):
        return printed(swatch.pattern, colour, other, tall, tall_m, rng)
    return plain * weave(swatch.pattern, x, y)[..., None]


def partner(colour: Colour) -> Colour:
    """A second colour that suits: cream on what is dark or strong, a quiet blue on what is pale."""
    return PALE if min(colour) < 200 else DARK


def weave(pattern: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How the weave darkens the cloth (h, w): knit, cord and denim; 1 for plain."""
    wide, down = x[None], y[:, None]
    if pattern == "knit":
        across = 2 * np.pi * wide / (PERIOD_M / 64)
        return 1 + 0.035 * np.cos(across) + 0.02 * np.cos(2 * np.pi * down / 0.005 + 1.6 * np.abs(np.sin(across / 2)))
    if pattern == "cord":
        return 1 + 0.07 * np.cos(2 * np.pi * wide / (PERIOD_M / 80)) + 0 * down
    if pattern == "denim":
        fade = 0.03 * np.sin(2 * np.pi * wide / PERIOD_M * 3) * np.sin(2 * np.pi * down / 0.17)
        return 1 + 0.04 * np.cos(2 * np.pi * (wide / (PERIOD_M / 128) + down / 0.0025)) + fade
    return np.ones((len(y), len(x)))


def woven(pattern: str, colour: np.ndarray, other: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Stripes across, a gingham check, or a tartan of three line widths."""
    if pattern == "stripes":
        first = soft(np.sin(2 * np.pi * y / 0.030) * 3)[:, None, None]
        return other * first + colour * (1 - first) + np.zeros((1, len(x), 1), np.float32)
    if pattern == "check":
        step = PERIOD_M / 20
        a, b = (soft(np.sin(2 * np.pi * t / step) * 4) for t in (x, y))
        share = ((a[None] + b[:, None]) / 2)[..., None]
        return other * share + colour * (1 - share)
    step = PERIOD_M / 4
    broad, line = ([band_at(t / step % 1, middle, half) for middle, half in ((0.28, 0.17), (0.78, 0.03))] for t in (x, y))
    dark, thin = (np.maximum(line[k][:, None], 0) * 0.5 + broad[k][None] * 0.5 for k in (0, 1))
    out = colour * (1 - 0.55 * dark[..., None])
    return out * (1 - thin[..., None]) + other * thin[..., None]


def band_at(phase: np.ndarray, middle: float, half: float) -> np.ndarray:
    """1 within a band of a repeating phase (0..1), with soft edges."""
    return soft((half - np.abs(phase - middle)) * 120)


def soft(x: np.ndarray) -> np.ndarray:
    """0 below -1, 1 above 1, straight between."""
    return np.clip(0.5 + 0.5 * x, 0, 1).astype(np.float32)


def laid(tile: np.ndarray, tile_m: float, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A seamless tile repeated a whole number of times across, at about its true size."""
    h, w = tile.shape[:2]
    times = max(1, round(PERIOD_M / tile_m))
    scale = PERIOD_M / times / w
    rows_at, columns_at = (y / scale).astype(int) % h, (np.arange(WIDE) * times * w // WIDE) % w
    return tile[rows_at][:, columns_at].astype(np.float32)


def printed(pattern: str, colour: np.ndarray, other: np.ndarray, tall: int, tall_m: float, rng: np.random.Generator) -> np.ndarray:
    """Dots in rows, or flowers, stars and hearts strewn evenly; drawn large and made smaller, seamless across."""
    up, across = 2, WIDE / PERIOD_M
    down = tall / tall_m
    image = Image.new("RGB", (WIDE * up, tall * up), tuple(int(c) for c in colour))
    draw = ImageDraw.Draw(image)
    step = PERIOD_M / (10 if pattern == "dots" else 7)
    leaf = tuple(int(c) for c in colour * 0.6 + np.array((60, 110, 60)) * 0.4)
    for k in range(int(tall_m / (step * 0.87)) + 2):
        for j in range(round(PERIOD_M / step)):
            wander = rng.uniform(-0.22, 0.22, 2) * step if pattern != "dots" else np.zeros(2)
            x, y = (j + 0.5 * (k % 2)) * step + wander[0], k * step * 0.87 + wander[1]
            turn, size = rng.uniform(0, 6.28), step * (0.17 if pattern == "dots" else rng.uniform(0.22, 0.30))
            for shift in (-PERIOD_M, 0, PERIOD_M):
                motif(draw, pattern, (x + shift, y), (across * up, down * up), size, turn, tuple(int(c) for c in other), leaf)
    return np.asarray(image.resize((WIDE, tall), Image.Resampling.BOX), np.float32)


def motif(draw: ImageDraw.ImageDraw, pattern: str, at: tuple, scale: tuple, size: float, turn: float, colour: tuple, leaf: tuple) -> None:
    """One dot, flower, star or heart; at and size in metres, scale in pixels a metre across and down."""

    def spot(x: float, y: float, r: float, fill: tuple) -> None:
        draw.ellipse(((x - r) * scale[0], (y - r) * scale[1], (x + r) * scale[0], (y + r) * scale[1]), fill=fill)

    x, y = at
    if pattern == "dots":
        spot(x, y, size, colour)
    elif pattern == "flowers":
        spot(x + 0.9 * size * np.cos(turn + 0.6), y + 0.9 * size * np.sin(turn + 0.6), size * 0.34, leaf)
        for a in turn + np.arange(5) * 1.2566:
            spot(x + 0.55 * size * np.cos(a), y + 0.55 * size * np.sin(a), size * 0.40, colour)
        spot(x, y, size * 0.30, (232, 178, 84) if colour != (232, 178, 84) else PALE)
    else:
        t = np.linspace(0, 2 * np.pi, 11 if pattern == "stars" else 40)
        if pattern == "stars":
            radius = np.where(np.arange(11) % 2, 0.42, 1.0) * size
            px, py = radius * np.sin(t), -radius * np.cos(t)
        else:
            px, py = size * np.sin(t) ** 3, -size * (0.81 * np.cos(t) - 0.31 * np.cos(2 * t) - 0.12 * np.cos(3 * t) - 0.06 * np.cos(4 * t))
        draw.polygon([((x + a) * scale[0], (y + b) * scale[1]) for a, b in zip(px, py, strict=True)], fill=colour)
