"""Colours and patterns of garments come in, the cloth atlas goes out: one row each."""

import numpy as np
from PIL import Image, ImageDraw

from meetagain.likeness.clothes import BANDS
from meetagain.likeness.words import Colour

SIZE = 1024


def cloth_picture(bands: list[tuple[Colour, str]]) -> np.ndarray:
    """The atlas (1024, 1024, 3) uint8, sRGB."""
    rng, tall = np.random.default_rng(4), SIZE // BANDS
    picture = np.full((SIZE, SIZE, 3), 200, np.float32)
    for row, (colour, pattern) in enumerate(bands):
        picture[row * tall : (row + 1) * tall] = band(colour, pattern, tall, rng)
    return np.clip(picture * (1 + 0.018 * rng.normal(size=(SIZE, SIZE, 1))), 0, 255).astype(np.uint8)


def band(colour: Colour, pattern: str, tall: int, rng: np.random.Generator) -> np.ndarray:
    """One row (tall, 1024, 3): plain, stripes, flowers, dots or knit over a colour."""
    out = np.zeros((tall, SIZE, 3), np.float32) + np.array(colour, np.float32)
    if pattern == "stripes":
        pale = np.array((246, 243, 236), np.float32)
        other = np.array(colour, np.float32) if min(colour) < 200 else np.array((74, 96, 140), np.float32)
        stripe = (np.arange(tall) * 22 // tall) % 2 == 0
        return np.where(stripe[:, None, None], pale, other) + np.zeros((tall, SIZE, 3), np.float32)
    if pattern == "knit":
        return out * (1 + 0.03 * np.cos(np.arange(SIZE) / SIZE * 2 * np.pi * 96))[None, :, None]
    if pattern in ("flowers", "dots"):
        image = Image.fromarray(out.astype(np.uint8))
        draw = ImageDraw.Draw(image)
        for _ in range(90 if pattern == "flowers" else 120):
            x, y = rng.uniform(0, SIZE), rng.uniform(4, tall - 4)
            petals = [(x + 4 * np.cos(a), y + 2 * np.sin(a)) for a in np.arange(5) * 1.2566] if pattern == "flowers" else [(x, y)]
            for px, py in petals:
                draw.ellipse((px - 4, py - 2, px + 4, py + 2), fill=(255, 248, 236))
        return np.asarray(image, np.float32)
    return out
