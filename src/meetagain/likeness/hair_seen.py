"""A head on the grid comes in; where its hair is, how long, full, curly and grey it is, of what colour, and what covers it go out."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import binary_closing, binary_dilation, binary_opening, gaussian_filter, label

from meetagain.likeness.hair_choice import Colour
from meetagain.likeness.hair_view import View, grid

SELF_SHADE = 0.9  # its own colour over what is seen of it, against skin: it shades itself, and shines
PALE = 0.14 / 1.45  # brightness against skin above which a hair without tint is grey
SKIN: Colour = (0.83, 0.55, 0.39)  # linear, where nothing is known of theirs


@dataclass(frozen=True)
class HairSeen:
    """What one photograph tells of hair."""

    mask: np.ndarray  # (TALL, WIDE) float, how likely each place is hair (or what covers it), 0 .. 1
    known: np.ndarray  # (TALL, WIDE) bool: places that count; not those outside the photograph
    colour: Colour | None  # linear; None: bald, covered or black and white
    grey: float  # share of grey hairs, 0 .. 1
    lowest: float  # height of the tips under the eyes, units of the head's scale (negative: below)
    cut_off: bool  # the photograph ends before the hair does
    fringe: float  # 0 .. 1, how much of the forehead is covered
    parting: float  # -1 .. 1
    curl: float  # 0 .. 1
    bald: float  # 0 .. 1: how much of the crown is skin
    cover: str  # "" or headscarf, woolly hat, sun hat
    cover_colour: Colour | None
    weight: float  # how much this photograph counts


def see_hair(view: View, skin: Colour = SKIN, weight: float = 1.0, grey: bool = False) -> HairSeen:
    """Measure one head. `skin` is theirs in linear light, to take the light of the photograph away; `grey`: a black and white picture."""
    x, y = grid()
    person = view.person > 0.5
    bare = view.picture[view.face & (np.abs(x) < 0.045) & (y < 0.012) & (y > -0.06)]
    tone, spread = model(bare)
    top = view.face[:, :].any(1)
    brow = float(y[np.argmax(top), 0]) if top.any() else 0.045
    ring = person & ~view.face & (y > brow + 0.004) & (np.abs(x) < 0.075) & view.inside
    crown = view.picture[ring]
    if len(crown) < 20:
        return unseen(view, weight)
    like_skin = away(crown, tone, spread) < 2.2
    bald = float(like_skin.mean())
    if bald > 0.6:
        sides = view.picture[person & ~view.face & (np.abs(x) > 0.05) & (y < 0.035) & (y > -0.07)]
        crown, like_skin = sides, away(sides, tone, spread) < 3.0
    hair = crown[~like_skin]
    if len(hair) < 40:
        return hairless(view, weight, bald)
    cloth = view.picture[person & (y < -0.20)]
    mask = grown(view, hair, tone, spread, cloth, bald)
    own = (mask > 0.5) & ~((y < -0.1) & (gaussian_filter(mask, 2) < 0.5))
    light = np.median(bare, axis=0) / np.array(skin)
    colour, share = (None, 0.0) if grey or bald > 0.85 else colour_of(view.picture[own & (y > -0.08)], light)
    cover, dye = covered(view, mask, hair / light)
    lowest, cut_off = tips(view, mask)
    forehead = (np.abs(x) < 0.042) & (y > 0.026) & (y < 0.058)
    return HairSeen(
        mask=mask,
        known=view.inside & ((y > -0.2) | person),
        colour=None if cover else colour,
        grey=share,
        lowest=lowest,
        cut_off=cut_off,
        fringe=float(np.clip((mask[forehead].mean() - 0.12) / 0.6, 0, 1)),
        parting=parting_of(mask, x, y),
        curl=curl_of(view, own),
        bald=bald,
        cover=cover,
        cover_colour=dye,
        weight=weight,
    )


def hairless(view: View, weight: float, bald: float) -> HairSeen:
    """Skin alone is to be seen where hair would be."""
    empty = np.zeros(view.person.shape)
    return HairSeen(empty, view.inside, None, 0.0, 0.06, False, 0.0, 0.0, 0.0, bald, "", None, weight)


def unseen(view: View, weight: float) -> HairSeen:
    """Nothing is to be seen over the face: the photograph is cut there."""
    empty = np.zeros(view.person.shape)
    return HairSeen(empty, empty > 1, None, 0.0, 0.0, True, 0.0, 0.0, 0.0, 0.0, "", None, 0.0 * weight)


def opponent(colour: np.ndarray) -> np.ndarray:
    """Linear colour (..., 3) -> lightness and two colour differences that brightness does not change."""
    root = np.sqrt(np.clip(colour, 1e-4, None))
    total = root.sum(-1, keepdims=True)
    share = root / total
    return np.concatenate([total / 3, (share[..., :1] - share[..., 1:2]) * 3, (share[..., 1:2] - share[..., 2:]) * 3], -1)


def model(colours: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Middle and spread (3,) of colours, robustly."""
    values = opponent(colours) if len(colours) else np.array([[0.6, 0.1, 0.1]])
    middle = np.median(values, axis=0)
    return middle, np.maximum(1.48 * np.median(np.abs(values - middle), axis=0), (0.055, 0.022, 0.022))


def away(colours: np.ndarray, middle: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """How many spreads colours (..., 3) lie from a model."""
    return np.sqrt((((opponent(colours) - middle) / spread) ** 2).mean(-1))


def grown(view: View, hair: np.ndarray, tone: np.ndarray, spread: np.ndarray, cloth: np.ndarray, bald: float) -> np.ndarray:
    """How likely each place is hair (TALL, WIDE): like the hair over the forehead, unlike skin and clothes, and joined to the head."""
    x, y = grid()
    groups = kinds(hair)
    near = np.min([away(view.picture, *model(group)) for group in groups], axis=0)
    skin = away(view.picture, tone, spread)
    cloth = cloth[np.min([away(cloth, *model(group)) for group in groups], axis=0) > 2.0] if len(cloth) else cloth
    other = away(view.picture, *model(cloth)) if len(cloth) > 60 else np.full(near.shape, 9.0)
    below = np.clip((-0.10 - y) / 0.08, 0, 1)
    score = np.minimum(skin, other * below + 9 * (1 - below)) - near
    middle_face = view.face & (y < 0.022)
    likely = 1 / (1 + np.exp(-2.2 * (score + 0.25 - 0.5 * bald))) * (view.person > 0.45) * ~middle_face
    crown = (view.person > 0.5) & ~view.face & (y > 0.055) & (skin > 2.0)
    likely = np.where(crown, np.maximum(likely, 0.8 * (1 - bald)), likely)
    likely = gaussian_filter(likely, 0.8)
    solid = binary_opening(binary_closing(likely > 0.5, iterations=1), iterations=1)
    parts, count = label(binary_dilation(solid, iterations=3))
    head = (y > -0.03) & (np.hypot(x, y - 0.03) < 0.15)
    keep = [k for k in range(1, count + 1) if (head & (parts == k)).sum() > 12]
    return likely * np.clip(gaussian_filter(np.isin(parts, keep).astype(float), 1.0) * 1.6, 0, 1)


def kinds(colours: np.ndarray, count: int = 2) -> list[np.ndarray]:
    """Colours in up to two groups, the lit and the shaded, by their lightness."""
    order = np.argsort(colours.sum(1))
    cuts = np.array_split(order, count)
    return [colours[cut] for cut in cuts if len(cut) > 8] or [colours]


def colour_of(colours: np.ndarray, light: np.ndarray) -> tuple[Colour | None, float]:
    """The hair's own linear colour, and the share of grey hairs in it."""
    if len(colours) < 30:
        return None, 0.0
    own = colours / np.maximum(light, 1e-3)
    level = own.mean(1)
    low, high = np.percentile(level, (30, 88))
    kept = own[(level >= low) & (level <= high)]
    middle = np.median(kept, axis=0) * SELF_SHADE
    pale = (np.ptp(own, axis=1) < 0.22 * own.max(1)) & (level > 1.35 * np.median(level)) & (level > PALE)
    share = float(pale.mean())
    plain = np.ptp(middle) < 0.3 * middle.max() and middle.max() > 0.12
    middle = middle * 0.3 + middle.mean() * 0.7 if plain else middle
    middle[2] = max(middle[2], 0.4 * middle[1])
    return tuple(float(c) for c in np.clip(middle, 0.012, 0.95)), 0.0 if plain else float(np.clip(share * 1.8, 0, 0.8))


def tips(view: View, mask: np.ndarray) -> tuple[float, bool]:
    """How low hair comes beside the face and behind it, and whether the photograph's edge cut it off."""
    x, y = grid()
    rows = (mask * (np.abs(x) < 0.16)).sum(1)
    low = np.flatnonzero(rows > 2.5)
    if not len(low):
        return 0.06, False
    weight = np.cumsum(rows[::-1])[::-1] / rows.sum()
    last = int(np.flatnonzero(weight > 0.025).max())
    edge = last >= len(rows) - 4 or not view.inside[min(last + 3, len(rows) - 1)].any()
    return float(y[last, 0]), bool(edge)


def parting_of(mask: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """Where hair parts: on the side where it covers less of the forehead's corner (their left is the viewer's right)."""
    corner = (y > 0.030) & (y < 0.064)
    left, right = (mask[corner & (x * side > 0.008) & (x * side < 0.055)].mean() for side in (1, -1))
    tilt = (right - left) * 2.6
    return float(np.clip(tilt, -0.8, 0.8)) if abs(tilt) > 0.25 else 0.0


def curl_of(view: View, own: np.ndarray) -> float:
    """0 straight .. 1 coily: how little the fine lines of hair agree with their neighbours' direction, and how ragged its edge is."""
    if own.sum() < 60:
        return 0.0
    level = view.picture.mean(-1)
    tone = np.log(level + 0.2 * np.median(level[own]))
    fine = tone - gaussian_filter(tone, 3)
    down, across = np.gradient(gaussian_filter(fine, 0.5))
    blur = 2.0
    xx, yy, xy = (gaussian_filter(v, blur) for v in (across * across, down * down, across * down))
    strong = np.sqrt((xx - yy) ** 2 + 4 * xy**2) / np.maximum(xx + yy, 1e-9)
    inner = own & (gaussian_filter(own.astype(float), 2) > 0.9)
    if inner.sum() < 40:
        return 0.0
    weight = (xx + yy)[inner]
    agreed = float((strong[inner] * weight).sum() / max(weight.sum(), 1e-9))
    upright = float((((yy < xx)[inner]) * weight).sum() / max(weight.sum(), 1e-9))
    return float(np.clip((0.66 - agreed) / 0.34 * 0.7 + (0.72 - upright) / 0.5 * 0.3, 0, 1))


def covered(view: View, mask: np.ndarray, own: np.ndarray) -> tuple[str, Colour | None]:
    """What covers the head, told by colours that no hair has: "" where it may be hair."""
    x, y = grid()
    middle = np.median(own, axis=0) * 1.25
    red, green, blue = (float(c) for c in middle)
    vivid = np.ptp(middle) > 0.35 * middle.max() and middle.max() > 0.05
    pink = green < 0.22 * red or (blue > 0.75 * green and green < 0.6 * red)
    if not vivid or not (blue > 1.15 * red or green > 1.2 * red or pink):
        return "", None
    dye = tuple(float(c) for c in np.clip(middle, 0.015, 0.9))
    cheeks = mask[(np.abs(x) > 0.062) & (np.abs(x) < 0.095) & (y < -0.03) & (y > -0.09)].mean()
    if cheeks > 0.45:
        return "headscarf", dye
    wide = mask[(np.abs(x) > 0.105) & (np.abs(x) < 0.15) & (y > 0.02) & (y < 0.09)].mean()
    return ("sun hat" if wide > 0.3 else "woolly hat"), dye
