"""Photographs and how they were taken come in; the tone of the skin and the colour of the eyes go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from meetagain.likeness.body import Body
from meetagain.likeness.colour.projecting import EYES, MOUTH, Laid
from meetagain.likeness.colour.shading import to_linear, to_srgb

WHITE_OF_THE_EYE = np.array((0.68, 0.64, 0.61))  # linear albedo of a healthy eye's white, lids' shade and all
EXPOSED, BY_WHITE = 1.4, 0.3  # albedo of a face over its brightness as families' cameras expose it; how far the eyes' white may change that
BURNT = 0.97  # linear light above which a colour is burnt out
TEETH_PX = 4  # height of an open mouth from which teeth are looked for
IRIS = 0.53  # radius over the ball's
LEAST_PX, IRIS_PX = 6.5, 5.5  # radius of an iris, pixels, below which white and lid, or iris and lash, run together
TRUSTED, EYES_TRUSTED = 0.6, 0.75  # how far the tint of the eyes' white is believed, for the skin and for the iris
TONES = np.array(  # linear skin tones from fair to dark, between which people's skins lie (the words of words.py)
    [(0.92, 0.67, 0.55), (0.84, 0.55, 0.39), (0.67, 0.39, 0.22), (0.39, 0.17, 0.085), (0.15, 0.061, 0.032)]
)


@dataclass(frozen=True)
class Tones:
    """Measured colours, sRGB 0 .. 255; None where the photographs do not tell."""

    skin: tuple[float, float, float] | None
    eyes: tuple[float, float, float] | None


@dataclass(frozen=True)
class Reading:
    """What one photograph in colour shows, linear light as photographed; None where it cannot be seen."""

    skin: np.ndarray  # (3,) plain skin, a little over the middle
    burnt: float  # share of plain skin that is burnt out
    white: np.ndarray | None  # (3,) whites of the eyes
    teeth: np.ndarray | None  # (3,)
    iris: np.ndarray | None  # (3,)
    iris_px: float  # radius of the irises


def read_tones(body: Body, plain: np.ndarray, one: Laid) -> Reading | None:
    """The colours in one photograph; None for one without colour or with next to no plain skin. `plain` (n,) bool: texels of plain skin."""
    if one.sight.grey:
        return None
    bright = one.colour.max(1) > BURNT
    good = plain & one.seen
    if (good & ~bright).sum() < 400:
        return None
    white, iris, far = _eyes(body, one)
    return Reading(np.percentile(one.colour[good], 65, axis=0), float(bright[good].mean()), white, _teeth(one), iris, far)


def joined(readings: Sequence[Reading], origin: Mapping[str, float] | None = None) -> Tones:
    """Skin and eyes over all photographs."""
    skins, irises = [], []
    for one in readings:
        gain = _white_gain(one.skin, one.white)
        skins.append(_on_the_line(_paler(one.skin * gain)))
        if one.iris is not None:
            by_white = 1.0 if one.white is None else (WHITE_OF_THE_EYE / np.maximum(one.white, 0.02)) ** EYES_TRUSTED
            irises.append(_clearer(one.iris * (gain if one.white is None else by_white)))
    skin = tuple(float(v) for v in to_srgb(np.median(skins, 0)) * 255) if skins else None
    eyes = tuple(float(v) for v in np.clip(to_srgb(np.median(irises, 0)) * 255, 18, 190)) if irises else None
    return Tones(skin, eyes)


def _white_gain(skin: np.ndarray, white: np.ndarray | None) -> np.ndarray:
    """What makes the photograph's light white and of middle strength (3,): by the whites of the eyes, else by what skins can be."""
    if white is None:
        target = TONES[np.argmin(np.abs(TONES.sum(1) - np.clip(skin.sum() * 1.5, 0.3, 2)))]
        return EXPOSED * (target / np.maximum(skin, 0.01)) ** 0.5 / (target / np.maximum(skin, 0.01)).mean() ** 0.5
    gain = WHITE_OF_THE_EYE / np.maximum(white, 0.02)
    return (gain / gain.mean()) ** TRUSTED * EXPOSED * float(np.clip(gain.mean(), 0.5, 2.6)) ** BY_WHITE


def _clearer(iris: np.ndarray) -> np.ndarray:
    """More of its own tint than is seen: what the cornea mirrors lies over it and pales it."""
    return iris.mean() * (iris / np.maximum(iris.mean(), 1e-4)) ** 1.5


def _paler(skin: np.ndarray) -> np.ndarray:
    """Less deep than it looks: in its own hollows and shadows skin is lit by skin, which deepens its tint."""
    return skin.mean() * (skin / skin.mean()) ** 0.8


def _on_the_line(skin: np.ndarray) -> np.ndarray:
    """The colour half way to the nearest tone that people's skins have, so that a coloured lamp makes nobody green."""
    fine = np.stack([np.interp(np.linspace(0, 4, 81), np.arange(5), TONES[:, k]) for k in range(3)], 1)
    near = fine[np.argmin(np.linalg.norm(np.log(fine) - np.log(np.clip(skin, 0.02, 0.95)), axis=1))]
    return np.exp(0.5 * np.log(np.clip(skin, 0.02, 0.95)) + 0.5 * np.log(near))


def _teeth(one: Laid) -> np.ndarray | None:
    """Linear colour of the teeth, where an open mouth shows them."""
    ring = one.sight.face.points[list(MOUTH), :2]
    picture = one.sight.picture
    low = np.maximum(np.floor(ring.min(0)).astype(int), 0)
    high = np.minimum(np.ceil(ring.max(0)).astype(int) + 1, picture.shape[1::-1])
    if np.ptp(ring[:, 1]) < TEETH_PX or (high - low).min() < 4:
        return None
    opening = Image.new("L", tuple(int(v) for v in high - low))
    shape = ring.mean(0) + (ring - ring.mean(0)) * 0.85
    ImageDraw.Draw(opening).polygon([tuple(map(float, p - low)) for p in shape], fill=255)
    patch = to_linear(picture[low[1] : high[1], low[0] : high[0]].astype(float) / 255)[np.asarray(opening) > 127]
    if len(patch) < 30:
        return None
    bright = patch.mean(1)
    found = np.median(patch[bright >= np.percentile(bright, 75)], 0)
    return found if found[0] < 1.5 * found[2] else None  # redder than teeth are: lips and tongue


def _eyes(body: Body, one: Laid) -> tuple[np.ndarray | None, np.ndarray | None, float]:
    """Linear colour of the whites and of the irises in one photograph, None where they are too small or shut; and the irises' radius, pixels."""
    whites, irises, sizes = [], [], []
    picture, camera = one.sight.picture, one.standing.camera
    for side in range(2):
        centre, radius = body.face.eyes[side], body.face.radii[side]
        (middle, edge), _ = camera.seen(centre + radius * np.array([[0, 0, 1.0], [0, IRIS, 1.0]]))
        far = float(np.linalg.norm(edge - middle))
        sizes.append(far)
        ring = one.sight.face.points[list(EYES[1 - side]), :2]
        if far < LEAST_PX or np.ptp(ring[:, 1]) < 0.8 * far:
            continue
        low, high = np.floor(ring.min(0)).astype(int) - 1, np.ceil(ring.max(0)).astype(int) + 2
        low, high = np.maximum(low, 0), np.minimum(high, (camera.width, camera.height))
        if (high - low).min() < 4:
            continue
        opening = Image.new("L", tuple(int(v) for v in high - low))
        shape = ring.mean(0) + (ring - ring.mean(0)) * 0.88
        ImageDraw.Draw(opening).polygon([tuple(map(float, p - low)) for p in shape], fill=255)
        inside = np.asarray(opening) > 127
        patch = to_linear(picture[low[1] : high[1], low[0] : high[0]].astype(float) / 255)
        y, x = np.mgrid[low[1] : high[1], low[0] : high[0]] + 0.5
        bright = patch.mean(2)
        iris_at, size = _iris(x, y, bright, inside, middle, far)
        away = np.hypot(x - iris_at[0], y - iris_at[1]) / size
        white = inside & (away > 1.15) & (away < 2.4)
        iris = inside & (away > 0.58) & (away < 0.78) & (y > iris_at[1] - 0.1 * size)
        if white.sum() > 6:
            pixels = patch[white]
            whites.append(np.median(pixels[bright[white] >= np.percentile(bright[white], 55)], 0))
        if iris.sum() > 8 and size >= IRIS_PX:
            pixels = patch[iris]
            order = np.argsort(bright[iris])
            irises.append(np.median(pixels[order[int(0.35 * len(order)) : max(4, int(0.9 * len(order)))]], 0))
    return (np.mean(whites, 0) if whites else None, np.mean(irises, 0) if irises else None, float(np.mean(sizes)))


def _iris(x: np.ndarray, y: np.ndarray, bright: np.ndarray, inside: np.ndarray, middle: np.ndarray, far: float) -> tuple[np.ndarray, float]:
    """Centre and radius of the iris: the disc near the expected place that stands out darkest from what is left and right of it."""
    best, at, size = -np.inf, middle, far
    for radius in far * np.linspace(0.55, 1.1, 12):
        for dx in np.linspace(-0.9, 0.9, 13) * far:
            for dy in np.linspace(-0.3, 0.5, 5) * far:
                away = np.hypot(x - middle[0] - dx, y - middle[1] - dy) / radius
                disc, beside = inside & (away < 0.95), inside & (away > 1.1) & (away < 1.5)
                if disc.sum() < 8 or beside.sum() < 6:
                    continue
                stands = (float(bright[beside].mean()) - float(bright[disc].mean())) * np.sqrt(radius)
                if stands > best:
                    best, at, size = stands, middle + np.array([dx, dy]), radius
    return at, size
