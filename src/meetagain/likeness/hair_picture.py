"""Nothing comes in, the hair picture goes out: eight strips of strands (straight, wavy, coily) over four tiles of cloth and stubble."""

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

SIZE, WIDE, TALL, FINE = 1024, 128, 896, 2
TIP_V = 0.868  # a card's tip; the tiles lie below
STRIPS = tuple(((k * WIDE + 4) / SIZE, ((k + 1) * WIDE - 4) / SIZE) for k in range(8))
SOLID, DENSE, LOOSE, WISPS, WAVES, WAVE_WISPS, COILS, COIL_WISPS = range(8)
THIN = (WISPS, WAVE_WISPS, COIL_WISPS)  # these throw no shade
TILES = {
    name: ((k * 256 + 6) / SIZE, (TALL + 6) / SIZE, ((k + 1) * 256 - 6) / SIZE, (SIZE - 6) / SIZE)
    for k, name in enumerate(("weave", "knit", "straw", "stubble"))
}
STRANDS = {DENSE: (150, 1.12), LOOSE: (84, 1.0), WISPS: (26, 0.97), WAVES: (110, 1.05), WAVE_WISPS: (26, 0.98)}


def strand_picture() -> np.ndarray:
    """RGBA (1024, 1024, 4) uint8. Brightness differs by strand; alpha thins towards the tips, and everywhere as the vertex alpha falls."""
    rng = np.random.default_rng(1)
    bright, alpha = np.full((SIZE, SIZE), 170, np.float32), np.zeros((SIZE, SIZE), np.float32)
    for strip in range(8):
        light, solid = solid_strip(rng) if strip == SOLID else coils(rng, strip) if strip >= COILS else strands(rng, strip)
        bright[:TALL, strip * WIDE : (strip + 1) * WIDE] = light
        alpha[:TALL, strip * WIDE : (strip + 1) * WIDE] = solid
    bright = gaussian_filter(bright, 0.5) * 0.85 + gaussian_filter(bright, 5) * 0.15
    bright[TALL:], alpha[TALL:] = tiles(rng)
    return np.clip(np.dstack([bright, bright, bright, alpha]), 0, 255).astype(np.uint8)


def solid_strip(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Brightness and alpha (TALL, WIDE) of hair with nothing between: alpha differs by strand from 0.56 to 1 and stays over the half."""
    light = _canvas(178)
    paint = ImageDraw.Draw(light)
    for _ in range(260):
        x, sway, phase = rng.uniform(0, WIDE), rng.uniform(0, 1.2), rng.uniform(0, 6.28)
        y = np.linspace(0, TALL, 24)
        path = [(float((x + sway * np.sin(phase + v / 160)) * FINE), float(v * FINE)) for v in y]
        paint.line(path, fill=int(255 * np.clip(rng.normal(0.79, 0.08), 0.5, 1)), width=int(rng.integers(2, 6)))
    thin = np.repeat(gaussian_filter(rng.random(WIDE), 0.7, mode="wrap")[None], TALL, 0)
    thin = gaussian_filter(thin + 0.25 * rng.random((TALL, WIDE)), (9, 0.4), mode="wrap")
    thin = (thin - thin.min()) / np.ptp(thin)
    return _small(light), (0.56 + 0.44 * thin) * 255


def strands(rng: np.random.Generator, strip: int) -> tuple[np.ndarray, np.ndarray]:
    """A strip of straight or wavy strands that end one by one."""
    count, tip = STRANDS[strip]
    light, solid = _canvas(172), _canvas(0)
    paint, cover = ImageDraw.Draw(light), ImageDraw.Draw(solid)
    wave = 0.055 if strip in (WAVES, WAVE_WISPS) else 0.0
    if strip in (DENSE, WAVES):
        y = np.linspace(0, 0.62, 60)
        for edge in np.linspace(0.13, 0.87, 24):
            path = _path(0.5 + (edge - 0.5) * (1 - 0.2 * y) + wave * np.sin(y * 31), y)
            cover.line(path, fill=255, width=10 * FINE)
    for _ in range(count):
        x = rng.uniform(0.07, 0.93)
        end = tip * (1 - 0.42 * rng.random() ** 2) * (1 - 0.22 * abs(2 * x - 1) ** 2)
        phase, sway = rng.uniform(0, 6.28), rng.uniform(0, 0.022)
        y = np.linspace(0, min(end, 1), 60)
        across = 0.5 + (x - 0.5) * (1 - 0.32 * y) + sway * np.sin(phase + y * 4) + wave * np.sin(y * 31 + 0.35 * np.sin(phase))
        across = np.clip(across, 0.035, 0.965)
        thick = rng.integers(2, 5) if strip in (DENSE, WAVES) else rng.integers(1, 4)
        tone = int(255 * np.clip(rng.normal(0.82, 0.11), 0.48, 1.0))
        path = _path(across, y)
        for a, b in ((0, 33), (30, 50), (47, 60)):
            width = max(2, int(thick * FINE * (1 - 0.62 * (y[a] / end) ** 2)))
            paint.line(path[a:b], fill=tone, width=width)
            cover.line(path[a:b], fill=255, width=width)
    return _small(light), _small(solid)


def coils(rng: np.random.Generator, strip: int) -> tuple[np.ndarray, np.ndarray]:
    """A strip of small springs: tight curls, dense or few."""
    light, solid = _canvas(120), _canvas(0)
    paint, cover = ImageDraw.Draw(light), ImageDraw.Draw(solid)
    for _ in range(30 if strip == COILS else 9):
        x, end = rng.uniform(0.16, 0.84), rng.uniform(0.72, 0.99)
        radius, turns = rng.uniform(0.055, 0.10), rng.integers(13, 20)
        t = np.linspace(0, 1, int(turns) * 14)
        angle = t * turns * 2 * np.pi + rng.uniform(0, 6.28)
        swell = radius * np.clip(np.minimum(t / 0.06, (1 - t) / 0.1), 0.25, 1)
        across = 0.5 + (x - 0.5) * (1 - 0.25 * t) + swell * np.cos(angle)
        down = np.clip(t * end + swell * WIDE / TALL * 0.9 * np.sin(angle), 0, 1)
        path, tone = _path(np.clip(across, 0.035, 0.965), down), rng.normal(0.72, 0.08)
        for a in range(0, len(path) - 7, 7):
            near = 0.5 + 0.5 * np.sin(angle[a + 3])
            paint.line(path[a : a + 8], fill=int(255 * np.clip(tone * (0.62 + 0.45 * near), 0.3, 1)), width=5)
        cover.line(path, fill=255, width=5 if strip == COILS else 4)
    return _small(light), _small(solid)


def tiles(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Brightness and alpha (128, 1024) of woven cloth, knitting, straw and stubble; the stubble's grains stay at differing alpha."""
    y, x = np.mgrid[0 : SIZE - TALL, 0:256].astype(np.float32)
    weave = 205 + 9 * np.sin(x * np.pi / 3) * np.sin(y * np.pi / 3) + 3 * rng.normal(size=x.shape)
    stitch = np.abs(((x / 16) % 1) - 0.5) * 2
    knit = 150 + 75 * np.sqrt(np.clip(1 - (stitch * 1.05 - 0.12) ** 2, 0, 1)) * (0.86 + 0.14 * np.sin((y / 8 + stitch * 0.9) * 2 * np.pi))
    over = (np.floor(x / 8) + np.floor(y / 8)) % 2
    straw = 190 + 34 * np.where(over > 0, np.sin((x % 8) / 8 * np.pi), np.sin((y % 8) / 8 * np.pi)) - 12 + 4 * rng.normal(size=x.shape)
    grain = gaussian_filter(rng.random(x.shape), (1.1, 0.7), mode="wrap")
    grain = np.argsort(np.argsort(grain.ravel())).reshape(x.shape) / grain.size
    stubble = 150 + 60 * gaussian_filter(rng.normal(size=x.shape), (1.4, 0.7), mode="wrap") * 2.2
    solid = np.full_like(x, 255)
    return np.hstack([weave, knit, straw, stubble]), np.hstack([solid, solid, solid, (0.52 + 0.48 * grain) * 255])


def _canvas(value: int) -> Image.Image:
    return Image.new("L", (WIDE * FINE, TALL * FINE), value)


def _path(across: np.ndarray, down: np.ndarray) -> list[tuple[float, float]]:
    return [(float(a * WIDE * FINE), float(d * TALL * FINE)) for a, d in zip(across, down, strict=True)]


def _small(image: Image.Image) -> np.ndarray:
    return np.asarray(image.resize((WIDE, TALL), Image.Resampling.BOX), np.float32)
