"""Photographs and how they were taken come in; the tone of the skin and the colour of the eyes go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from meetagain.likeness.body import Body
from meetagain.likeness.colour.projecting import EYES, MOUTH, Laid
from meetagain.likeness.colour.shading import to_linear, to_srgb

WHITE_OF_THE_EYE = np.array((0.68, 0.64, 0.61))  # linear albedo of a healthy eye's white, lids' shade and all
# logarithm of skin's brightness over that of whites, of teeth, and as cameras expose it: constant, spread of one photograph, spread of people
BY_WHITE, BY_TEETH, BY_EXPOSURE = (-0.50, 0.30, 0.10), (-1.0, 0.30, 0.25), (0.16, 0.48, 0.20)
USUAL = {"africa": -1.65, "asia": -0.85, "europe": -0.5}  # logarithm of the brightness of skins, by origin
ORIGIN_OFF, ANYBODY = 0.6, (-1.1, 0.8)  # how far people of one origin are from it; for anybody
BURNT_SHARE, LEAST_MASS = 0.10, 0.2  # share of burnt skin at which a photograph counts half
PALER, OWN_TINT = 0.7, 0.2  # skin in its own hollows deepens its tint; share of what photographs show against what is usual
SHADED, LESS_RED = (
    0.45,
    0.25,
)  # whites darker than this share of the skin lie in shade; and in any light they are less red than skin (logarithm of red over blue)
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

    skin: np.ndarray  # (3,) plain skin in good light
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
    skin = np.percentile(one.colour[good], 80, axis=0)
    return Reading(skin, float(bright[good].mean()), credible(white, skin), _teeth(one), iris, far)


def credible(white: np.ndarray | None, skin: np.ndarray) -> np.ndarray | None:
    """The whites of the eyes (3,), or None where what was taken for them is lid or lies deep in shade. Linear light as photographed."""
    if white is None or white.mean() < SHADED * skin.mean():
        return None
    redness = [float(np.log(max(one[0], 0.004) / max(one[2], 0.004))) for one in (white, skin)]
    return white if redness[0] <= redness[1] - LESS_RED else None


def joined(readings: Sequence[Reading], origin: Mapping[str, float] | None = None) -> Tones:
    """Skin and eyes over all photographs; `origin` are shares of africa, asia and europe where the keeper told them."""
    if not readings:
        return Tones(None, None)
    skin = _tinted(readings, _brightness(readings, origin or {}))
    irises = [_clearer(one.iris * _under_white(one, skin)) for one in readings if one.iris is not None]
    eyes = tuple(float(v) for v in np.clip(to_srgb(np.median(irises, 0)) * 255, 18, 190)) if irises else None
    return Tones(tuple(float(v) for v in to_srgb(skin) * 255), eyes)


def _brightness(readings: Sequence[Reading], origin: Mapping[str, float]) -> float:
    """Logarithm of the skin's own brightness: what whites of eyes, teeth, usual exposure and what skins can be say, each by how sure it is.

    Exposures of several photographs go up and down, so their mean is surer than one; a burnt photograph counts little.
    """
    trust = np.array([1 / (1 + (one.burnt / BURNT_SHARE) ** 2) for one in readings])
    seen = np.log([max(float(one.skin.mean()), 0.004) for one in readings])
    total = sum(share for name, share in origin.items() if name in USUAL)
    usual = sum(USUAL[name] * share for name, share in origin.items() if name in USUAL) / total if total > 0 else ANYBODY[0]
    found = [(usual, ORIGIN_OFF if total > 0 else ANYBODY[1])]
    for against, (constant, each, shared) in (
        ([np.nan if one.white is None else np.log(max(float(one.white.mean()), 0.01)) for one in readings], BY_WHITE),
        ([np.nan if one.teeth is None else np.log(max(float(one.teeth.mean()), 0.01)) for one in readings], BY_TEETH),
        (np.zeros(len(readings)), BY_EXPOSURE),
    ):
        there = ~np.isnan(against)
        mass = float(trust[there].sum())
        if there.any():
            mean = float((trust[there] * (seen[there] - np.array(against)[there])).sum() / mass) + constant
            found.append((mean, float(np.hypot(each / np.sqrt(max(mass, LEAST_MASS)), shared))))
    sure = np.array([1 / off**2 for _, off in found])
    lightest, darkest = np.log(TONES.mean(1))[[0, -1]]
    return float(np.clip((sure * [mean for mean, _ in found]).sum() / sure.sum(), darkest, lightest))


def _tinted(readings: Sequence[Reading], bright: float) -> np.ndarray:
    """Linear skin (3,) of a brightness (logarithm): the tint that people's skins have there, drawn towards what photographs show in white light."""
    fine = np.stack([np.interp(np.linspace(4, 0, 161), np.arange(5), np.log(TONES[:, k])) for k in range(3)], 1)
    usual = np.array([np.interp(bright, np.log(np.exp(fine).mean(1)), fine[:, k]) for k in range(3)])
    shown = []
    for one in readings:
        white = np.ones(3) if one.white is None else _whitened(one.white, TRUSTED)
        own = np.maximum(one.skin, 0.004)
        shown.append(PALER * np.log(own / own.mean()) + np.log(white / white.mean()))
    tint = (1 - OWN_TINT) * usual + OWN_TINT * np.median(shown, 0)
    return np.minimum(np.exp(tint) / np.exp(tint).mean() * np.exp(bright), 0.97)


def _under_white(one: Reading, skin: np.ndarray) -> np.ndarray:
    """What makes a photograph's light white and of middle strength (3,): by the whites of the eyes, else by the skin."""
    return skin / np.maximum(one.skin, 0.01) if one.white is None else _whitened(one.white, EYES_TRUSTED)


def _whitened(white: np.ndarray, trusted: float) -> np.ndarray:
    """What makes light (3,) white in which the eyes' whites look so."""
    return (WHITE_OF_THE_EYE / np.maximum(white, 0.02)) ** trusted


def _clearer(iris: np.ndarray) -> np.ndarray:
    """More of its own tint than is seen: what the cornea mirrors lies over it and pales it."""
    return iris.mean() * (iris / np.maximum(iris.mean(), 1e-4)) ** 1.5


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
