"""A picture and a face's places come in; what hides the face, and whether it is black and white or drawn, goes out."""

import numpy as np
from PIL import Image

from meetagain.likeness.photos.pixels import Crop, cut_out

SIDE = 160  # pixels of the face that is looked at
PAPER = 192  # pixels of the face in which drawn lines are looked for
BOTH = ((110, 119, 120, 121, 230, 231), (339, 348, 349, 350, 450, 451))  # under each eye
LIDS = ((222, 223, 224, 27, 28), (442, 443, 444, 257, 258))  # between lid and brow
CHEEKS = ((50, 205, 101), (280, 425, 330))
ABOVE = (151, 108, 337, 9, 119, 348)  # skin that a mask leaves free
BELOW = (164, 393, 167, 57, 287, 43, 273, 200, 199, 187, 411)  # skin that a mask hides
BESIDE = (9, 195)  # above and below where glasses rest on the nose
GREY = 4.5  # colour that brightness alone does not tell, in 8-bit steps; under it a picture is black and white, or toned
SEEN = np.array([0.299, 0.587, 0.114], np.float32)


def covered(picture: np.ndarray, points: np.ndarray, frontal: bool = True) -> float:
    """0 .. 1: how likely dark glasses, a mask or (less) glasses hide the face with places (468, 3) in a picture (h, w, 3) uint8."""
    chip, at = _chip(picture, points, SIDE)
    return float(max(_dark_glasses(chip, at), _masked(chip, at), 0.35 * _rims(chip, at) if frontal else 0.0))


def dark_glasses(picture: np.ndarray, points: np.ndarray) -> float:
    """0 .. 1: how likely the eyes are behind dark glasses."""
    return _dark_glasses(*_chip(picture, points, SIDE))


def is_grey(picture: np.ndarray) -> bool:
    """Whether a picture is black and white, or toned in one colour as old prints are."""
    small = np.asarray(Image.fromarray(picture).resize((96, 96), Image.Resampling.BOX), np.float32).reshape(-1, 3)
    light = small @ SEEN
    t = light / 255
    curve = np.stack([np.ones_like(t), t, t**2, t**3], 1)
    rest = [small[:, k] - light for k in (0, 2)]
    left = [part - curve @ np.linalg.lstsq(curve, part, rcond=None)[0] for part in rest]
    return bool(np.sqrt(np.mean(np.square(left))) < GREY)


def drawn(picture: np.ndarray, points: np.ndarray) -> float:
    """0 .. 1: how likely a face is drawn: flat areas of few colours, or cheeks that are bare paper. A fine painting is not told apart."""
    chip, at = _chip(picture, points, PAPER)
    steps = (chip / 8).astype(int) @ np.array([1024, 32, 1])
    counts = np.sort(np.unique(steps, return_counts=True)[1])[::-1]
    few = counts[:6].sum() / counts.sum()
    return float(max(np.clip((few - 0.5) / 0.3, 0, 1), _bare_paper(picture, points, chip, at)))


def _bare_paper(picture: np.ndarray, points: np.ndarray, chip: np.ndarray, at: np.ndarray) -> float:
    """Whether cheeks and forehead are as light as what lies around the head, and of the same colour."""
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    wider = cut_out(picture, Crop(*((low + high) / 2), 1.9 * float((high - low).max())), 96).astype(np.float32)
    around = np.median(np.concatenate([wider[:48, :6].reshape(-1, 3), wider[:48, -6:].reshape(-1, 3)]), 0)
    skin = np.median(_around(chip, at, (50, 280, 151, 205, 425)), 0)
    return float(np.clip((26 - np.abs(skin - around).max()) / 12, 0, 1)) if min(skin.min(), around.min()) > 205 else 0.0


def _chip(picture: np.ndarray, points: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The face as (size, size, 3) float32, and its places (468, 2) in it."""
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    middle, side = (low + high) / 2, float((high - low).max())
    chip = cut_out(picture, Crop(*middle, side), size).astype(np.float32)
    return chip, (points[:, :2] - middle) / side * size + size / 2


def _around(chip: np.ndarray, at: np.ndarray, places: tuple[int, ...], reach: int = 3) -> np.ndarray:
    """The colours (n, 3) of small squares round places."""
    size = len(chip)
    found = []
    for x, y in np.clip(at[list(places)], reach, size - reach - 1).astype(int):
        found.append(chip[y - reach : y + reach + 1, x - reach : x + reach + 1].reshape(-1, 3))
    return np.concatenate(found)


def _dark_glasses(chip: np.ndarray, at: np.ndarray) -> float:
    shares = []
    for under, lid, cheek in zip(BOTH, LIDS, CHEEKS, strict=True):
        skin = float(np.median(_around(chip, at, cheek) @ SEEN)) + 4
        shares.append(max(float(np.median(_around(chip, at, part, 2) @ SEEN)) for part in (under, lid)) / skin)
    return float(np.clip((0.62 - max(shares)) / 0.22, 0, 1))


def _masked(chip: np.ndarray, at: np.ndarray) -> float:
    """A piece of cloth: another hue than skin below the eyes, and lighter or more even than a beard would be."""
    free, hidden = _around(chip, at, ABOVE), _around(chip, at, BELOW)
    hue = [np.median(part[:, [0, 2]] - (part @ SEEN)[:, None], 0) for part in (free, hidden)]
    light = [float(np.median(part @ SEEN)) + 4 for part in (free, hidden)]
    cooler = (hue[0][0] - hue[1][0]) - (hue[0][1] - hue[1][1])
    even = float(np.clip((0.30 - np.std(hidden @ SEEN) / light[1]) / 0.15, 0, 1))
    bright = float(np.clip((light[1] / light[0] - 0.8) / 0.15, 0, 1))
    return float(np.clip((cooler - 35) / 30, 0, 1)) * even * bright


def _rims(chip: np.ndarray, at: np.ndarray) -> float:
    """A dark line across the bridge of the nose."""
    top, bottom = at[BESIDE[0]], at[BESIDE[1]]
    line = np.linspace(top, bottom, 48)
    across = np.array([top[1] - bottom[1], bottom[0] - top[0]]) / (np.linalg.norm(bottom - top) + 1e-6)
    size = len(chip)
    rows = [np.clip(line + across * k, 0, size - 1).astype(int) for k in (-2, 0, 2)]
    light = np.median([chip[row[:, 1], row[:, 0]] @ SEEN for row in rows], 0)
    smooth = np.linspace(np.median(light[:6]), np.median(light[-6:]), 48) + 4
    dip = float(np.max(1 - light[6:34] / smooth[6:34]))
    return float(np.clip((dip - 0.25) / 0.25, 0, 1))
