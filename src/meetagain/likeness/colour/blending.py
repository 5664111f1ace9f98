"""What several photographs show of the skin comes in, one skin goes out: without their light, without seams, filled where none looked."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, minimum_filter
from scipy.spatial import cKDTree

from meetagain.likeness.colour.projecting import SIDE, Laid, Texels
from meetagain.likeness.colour.shading import LEAST, fit_light, lit_by

KEPT_BRIGHT, KEPT_TINT = 0.45, 0.8  # of slow changes over plain skin: what is left of light is slow, and people's own tone is even
DARK_SPOT, BRIGHT_SPOT = (
    0.30,
    0.10,
)  # how far what is fine may leave the slow tone of plain skin: moles and lines, no halos beside brows and folds
COARSE = 14.0  # texels (at SIDE): below this the best photograph decides, above it all together
ENOUGH = 0.10  # weight at which a photograph alone carries a texel
FAR_LOG = 0.9  # difference from the others or from the tone at which a texel is no skin of theirs (hair, a hand, a shadow's edge)


@dataclass(frozen=True)
class Zones:
    """What kind of skin each texel (n,) is."""

    plain: np.ndarray  # bool: skin and nothing else, where the light may be read
    feature: np.ndarray  # 0 .. 1: lips, brows, lids, nostrils, where any colour may be theirs
    brow_up: np.ndarray  # 0 .. 1: the forehead, where a fringe may hang
    usable: np.ndarray  # 0 .. 1: where photographs are laid at all; not on ears, inside lids, the scalp


@dataclass(frozen=True)
class PhotoSkin:
    """The head's skin from photographs."""

    albedo: np.ndarray  # (SIDE, SIDE, 3) linear
    share: np.ndarray  # (SIDE, SIDE) 0 .. 1: how much of it is laid over the painted skin


def without_light(laid: Laid, guess: np.ndarray, zones: Zones) -> tuple[np.ndarray, np.ndarray]:
    """Albedo (n, 3) and weight (n,) of one photograph. `guess` (n, 3): painted albedo, linear."""
    light = fit_light(laid.colour, guess, laid.normals, laid.weight * zones.plain)
    lit = lit_by(light, laid.normals)
    albedo = laid.colour / lit
    off = np.log((albedo.mean(1) + 0.01) / (guess.mean(1) + 0.01))
    red = (albedo[:, 0] + 0.01) / (albedo[:, 2] + 0.01) / ((guess[:, 0] + 0.01) / (guess[:, 2] + 0.01))
    strange = np.clip((np.abs(off) - FAR_LOG * 0.5) / (FAR_LOG * 0.5), 0, 1)
    strange = np.maximum(strange, np.clip((np.abs(np.log(red)) - 0.25) / 0.25, 0, 1))
    under_fringe = zones.brow_up * np.clip(np.abs(off) / 0.22 - 0.7 + np.abs(np.log(red)) / 0.2 + laid.busy / 0.10 - 0.6, 0, 1)
    strange = np.maximum(strange, np.clip(under_fringe, 0, 1))
    dim = np.clip((lit.mean(1) / max(float(light[0].mean()), 1e-3) - LEAST) / 0.25, 0.1, 1)
    bounded = guess * np.exp(np.clip(off, -0.6, 0.4))[:, None] * (albedo / np.maximum(albedo.mean(1, keepdims=True), 1e-4))
    bounded /= np.maximum((guess / guess.mean(1, keepdims=True)), 1e-4)
    albedo = np.where((zones.feature < 0.5)[:, None], bounded, albedo)
    features = 1 - 0.5 * np.clip((np.abs(off) - 1.6) / 0.8, 0, 1)
    yellow = (albedo[:, 1] + 0.01) / (albedo[:, 2] + 0.01) / ((guess[:, 1] + 0.01) / (guess[:, 2] + 0.01))
    fair_hair = np.clip((np.log(np.maximum(yellow, 1e-3)) - 0.25) / 0.25, 0, 1)  # as bright as skin, and no skin, lip or lid is so yellow
    keep = (zones.feature * features + (1 - zones.feature) * (1 - strange)) * (1 - fair_hair)
    return albedo, laid.weight * dim * keep * zones.usable


def together(texels: Texels, albedos: list[np.ndarray], weights: list[np.ndarray], painted: np.ndarray, zones: Zones) -> PhotoSkin:
    """One skin of the albedos (n, 3) and weights (n,) of all photographs, over the painted skin (SIDE, SIDE, 3), linear."""
    stack, trust = np.stack(albedos), np.stack(weights)
    if len(stack) > 2:
        trust = trust * np.maximum(_agreeing(stack, trust), zones.feature)  # brows and lids move: the best photograph tells them
    mirror = _mirrored(texels)
    half = np.clip(1 - trust.max(0) / ENOUGH, 0, 1)
    inside = np.zeros((SIDE, SIDE), bool)
    inside[texels.rows, texels.columns] = True
    forehead = _as_image(texels, zones.brow_up)
    total, sharp_all = np.zeros((SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE), np.float32)
    low_sum, low_all, sharp_sum = _small(3), _small(1), np.zeros((SIDE, SIDE, 3), np.float32)
    for albedo, weight in zip(stack, trust, strict=True):
        for here, share, other in ((slice(None), 1.0, False), (mirror, 0.5, True)):
            both = (weight[here] * share).astype(np.float32)
            if not both.any():
                continue
            image, wide = _as_image(texels, albedo[here]), _calm(_as_image(texels, both), inside, forehead)
            soft = _blurred(wide)[..., None]
            low = _blurred(image * wide[..., None])
            low_sum += low
            low_all += soft
            cover = _calm(_as_image(texels, both * half), inside, forehead) if other else wide
            if not cover.any():
                continue
            keen = gaussian_filter(cover**4, 1.5) * (cover > 0)
            sharp_sum += (image - _up(low / np.maximum(soft, 1e-6))) * keen[..., None]
            sharp_all += keen
            total = np.maximum(total, cover)
    feature, low = _as_image(texels, zones.feature), _up(low_sum / np.maximum(low_all, 1e-6))
    merged = _evened(low, painted, feature) + _fine(sharp_sum / np.maximum(sharp_all, 1e-9)[..., None], low, feature)
    share = np.clip(total / ENOUGH, 0, 1)
    share = share * share * (3 - 2 * share)
    edge = gaussian_filter(share * inside, 5) / np.maximum(gaussian_filter(inside.astype(float), 5), 1e-6)
    share = np.minimum(share, np.clip(edge * 1.6 - 0.45, 0, 1)) * inside
    whole = painted + _spread_on((merged - painted) * share[..., None], share)
    albedo = np.clip(merged * share[..., None] + whole * (1 - share[..., None]), 0.002, 1)
    return PhotoSkin(albedo, _reach(texels))


def _evened(low: np.ndarray, painted: np.ndarray, feature: np.ndarray) -> np.ndarray:
    """The slow part of the skin (h, w, 3) drawn towards the painted tone, brightness more than tint; features keep theirs."""
    ground = np.maximum(_up(_blurred(painted)), 0.004)
    ratio = np.log(np.maximum(low, 0.004) / ground)
    bright = ratio.mean(-1, keepdims=True)
    keep = np.clip(_up(_blurred(feature)[..., None]) * 1.5, 0, 1)
    evened = bright * (KEPT_BRIGHT + (1 - KEPT_BRIGHT) * keep) + (ratio - bright) * (KEPT_TINT + (1 - KEPT_TINT) * keep)
    return ground * np.exp(evened)


def _fine(sharp: np.ndarray, low: np.ndarray, feature: np.ndarray) -> np.ndarray:
    """What is fine (h, w, 3) over the slow part of the skin, bounded where it is plain skin; features keep theirs."""
    ground = np.maximum(low, 0.004)
    told = sharp / ground
    bounded = np.where(told < 0, -DARK_SPOT * np.tanh(-told / DARK_SPOT), BRIGHT_SPOT * np.tanh(told / BRIGHT_SPOT))
    keep = gaussian_filter(feature, 3)[..., None]
    return ground * (told * keep + bounded * (1 - keep))


def _calm(cover: np.ndarray, inside: np.ndarray, forehead: np.ndarray) -> np.ndarray:
    """A weight without specks and hard edges: drawn in a little, then softened, within the skin; far from a fringe and its shadow."""
    whole = np.where(inside, cover, 1.0)
    drawn = minimum_filter(whole, 11)
    drawn = np.minimum(drawn, drawn * (1 - forehead) + minimum_filter(np.where(forehead > 0, whole, 1.0), 75) * forehead)
    return np.minimum(cover, gaussian_filter(drawn * inside, 4) / np.maximum(gaussian_filter(inside.astype(float), 4), 0.2)) * inside


def _small(channels: int) -> np.ndarray:
    return np.zeros((SIDE // 4, SIDE // 4, channels), np.float32)


def _blurred(image: np.ndarray) -> np.ndarray:
    """The image (h, w) or (h, w, 3) blurred by COARSE, at a quarter of the size."""
    return gaussian_filter(_halved(_halved(image)), (COARSE / 4, COARSE / 4) + (0,) * (image.ndim - 2))


def _up(small: np.ndarray, factor: int = 4) -> np.ndarray:
    """An image (h, w, k) made larger, smoothly."""
    size = (small.shape[1] * factor, small.shape[0] * factor)
    bands = [
        np.asarray(Image.fromarray(np.ascontiguousarray(small[..., k], np.float32)).resize(size, Image.Resampling.BILINEAR))
        for k in range(small.shape[2])
    ]
    return np.stack(bands, -1)


def _reach(texels: Texels) -> np.ndarray:
    """Where the photographs' skin stands for the painted one (SIDE, SIDE): the whole head, fading down the neck."""
    low = np.percentile(texels.at[:, 1], 2)
    return _as_image(texels, np.clip((texels.at[:, 1] - low) / 0.05, 0, 1))


def _agreeing(stack: np.ndarray, trust: np.ndarray) -> np.ndarray:
    """How far each photograph (k, n) agrees with the weighted middle of all in brightness: shadows and hair of one do not count."""
    bright = np.log(stack.mean(2) + 0.01)
    order = np.argsort(bright, axis=0)
    heap = np.cumsum(np.take_along_axis(trust, order, 0), 0)
    middle = np.take_along_axis(bright, np.take_along_axis(order, (heap >= 0.5 * heap[-1]).argmax(0)[None], 0), 0)
    return np.clip(1.6 - np.abs(bright - middle) / (0.4 * FAR_LOG), 0.02, 1)


def _mirrored(texels: Texels) -> np.ndarray:
    """For each texel (n,) the index of the texel on the other side of the face."""
    return cKDTree(texels.at).query(texels.at * (-1, 1, 1))[1]


def _as_image(texels: Texels, values: np.ndarray) -> np.ndarray:
    out = np.zeros((SIDE, SIDE, *values.shape[1:]), np.float32)
    out[texels.rows, texels.columns] = values
    return out


def _spread_on(weighted: np.ndarray, weight: np.ndarray, levels: int = 7) -> np.ndarray:
    """A weighted difference (h, w, 3) carried smoothly to where there is no weight: coarse to fine."""
    values, masses = [weighted], [weight]
    for _ in range(levels):
        values.append(_halved(values[-1]))
        masses.append(_halved(masses[-1]))
    out = values[-1] / np.maximum(masses[-1], 1e-6)[..., None]
    for value, mass in zip(values[-2::-1], masses[-2::-1], strict=True):
        up = _up(out, 2)
        sure = np.clip(mass * 4, 0, 1)[..., None]
        out = up * (1 - sure) + value / np.maximum(mass, 1e-6)[..., None] * sure
    return out


def _halved(image: np.ndarray) -> np.ndarray:
    return (image[::2, ::2] + image[1::2, ::2] + image[::2, 1::2] + image[1::2, 1::2]) / 4
