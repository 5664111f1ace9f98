"""Confirmed photographs, a body and what the words say come in; the hair that fits them best goes out. The words win, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.draw import nearest_triangles
from meetagain.likeness.hair import Tress
from meetagain.likeness.hair_choice import Colour, HairChoice
from meetagain.likeness.hair_picture import strand_picture
from meetagain.likeness.hair_scalp import LEVELS, scalp_of
from meetagain.likeness.hair_seen import SKIN, HairSeen, see_hair
from meetagain.likeness.hair_styles import make_hair
from meetagain.likeness.hair_view import LEFT_M, PIXEL_M, TALL, TOP_M, WIDE, View, view_of
from meetagain.likeness.hair_words import CURLED
from meetagain.likeness.parts import split_quads
from meetagain.likeness.photos.seen import Sight

# style: range of lengths, of curl, and how much is taken off for being rare; a style that only the back shows is told by age
CANDIDATES: dict[str, tuple[tuple[float, float], tuple[float, float], float]] = {
    "bob": ((0.34, 0.50), (0.0, 0.6), 0.0),
    "shoulder": ((0.50, 0.66), (0.0, 0.7), 0.0),
    "long": ((0.66, 1.0), (0.0, 0.7), 0.0),
    "curly": ((0.34, 0.70), (0.5, 1.0), 0.0),
    "short curly": ((0.10, 0.34), (0.5, 1.0), 0.0),
    "afro": ((0.1, 0.4), (0.75, 1.0), 0.01),
    "set curls": ((0.2, 0.36), (0.3, 0.8), 0.02),
    "short": ((0.08, 0.30), (0.0, 0.4), 0.0),
    "pixie": ((0.14, 0.30), (0.0, 0.4), 0.02),
    "buzz": ((0.02, 0.08), (0.0, 1.0), 0.01),
    "ponytail": ((0.55, 0.85), (0.0, 0.7), 0.0),
    "bun": ((0.6, 0.8), (0.0, 0.5), 0.03),
    "pigtails": ((0.5, 0.8), (0.0, 0.6), 0.02),
    "plaits": ((0.45, 0.8), (0.0, 0.4), 0.03),
    "puffs": ((0.3, 0.5), (0.8, 1.0), 0.03),
    "thin": ((0.12, 0.25), (0.0, 0.5), 0.01),
    "fringe of hair": ((0.1, 0.2), (0.0, 0.8), 0.0),
    "bald": ((0.0, 0.0), (0.0, 1.0), 0.0),
}
MALE = ("short", "buzz", "thin", "fringe of hair", "bald", "short curly", "afro", "curly", "bob", "shoulder", "long", "ponytail")


@dataclass(frozen=True)
class Tried:
    """One style as it was tried: the choice, and how well it agrees with the photographs (0 .. 1, less what is taken off)."""

    choice: HairChoice
    score: float


def fit_hair(sights: Sequence[Sight], body: Body, said: HairChoice, sex: str = "female", skin: Colour = SKIN) -> HairChoice:
    """The choice that photographs and words give together. Without a usable photograph it is what was said."""
    seen = [(view, found) for view, found in look_at(sights, body, skin) if found.weight > 0]
    if not seen:
        return said
    measured = said.moved(**agreed([found for _, found in seen], body))
    if "style" in said.said:  # words that name the style know its shape better than a photograph from the front
        return said.moved(colour=measured.colour, grey=measured.grey)
    if measured.cover:
        return measured
    tried = try_styles(seen, body, measured, sex)
    return tried[0].choice if tried else measured


def look_at(sights: Sequence[Sight], body: Body, skin: Colour = SKIN) -> list[tuple[View, HairSeen]]:
    """Every photograph that shows a head, with what it tells."""
    out = []
    for sight in sights:
        view = view_of(sight, body)
        if view is not None:
            weight = max(sight.face.quality, 0.02) * (1.0 if sight.shapes_face else 0.25)
            out.append((view, see_hair(view, skin, weight, sight.grey)))
    return out


def agreed(seen: Sequence[HairSeen], body: Body) -> dict:
    """The photographs' votes on every part but the style, as parts of a HairChoice."""
    weights = np.array([one.weight for one in seen])
    covers = [one.cover for one in seen]
    votes = {name: weights[[c == name for c in covers]].sum() for name in set(covers)}
    cover = max(votes, key=lambda name: (votes[name], name == ""))
    out: dict = {}
    if cover and votes[cover] > 0.5 * weights.sum():
        out["cover"] = cover
        out["cover_colour"] = next(one.cover_colour for one in seen if one.cover == cover)
    bare = [one for one in seen if not one.cover]
    coloured = [one for one in bare if one.colour is not None]
    if coloured:
        out["colour"] = tuple(middle([one.colour[k] for one in coloured], [one.weight for one in coloured]) for k in range(3))
        out["grey"] = middle([one.grey for one in coloured], [one.weight for one in coloured])
    if bare:
        share = [one.weight for one in bare]
        whole = [one for one in bare if not one.cut_off]
        among = whole or bare
        length = length_of(middle([one.lowest for one in among], [one.weight for one in among]), body)
        out["length"] = max(length, 0.75) if not whole and length > 0.5 else length
        for part in ("fringe", "parting", "curl"):
            out[part] = middle([getattr(one, part) for one in bare], share)
    return out


def middle(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted median."""
    order = np.argsort(values)
    heap = np.cumsum(np.asarray(weights, float)[order])
    return float(np.asarray(values, float)[order][np.searchsorted(heap, heap[-1] / 2)])


def length_of(lowest: float, body: Body) -> float:
    """The length whose tips hang at a height under the eyes (units of the head's scale)."""
    scalp = scalp_of(body)
    lengths = np.linspace(LEVELS[0], LEVELS[-1], 81)
    heights = np.array([(scalp.floor(float(length)) - scalp.eye) / scalp.s for length in lengths])
    return float(np.interp(-lowest, -heights, lengths))


def try_styles(seen: Sequence[tuple[View, HairSeen]], body: Body, measured: HairChoice, sex: str) -> list[Tried]:
    """Candidates by how well they agree with the hair in the photographs, the best first."""
    bald = middle([found.bald for _, found in seen], [found.weight for _, found in seen])
    first = []
    for style in CANDIDATES:
        if (sex == "male" and style not in MALE) or not possible(style, measured, bald):
            continue
        choice = shaped(style, measured)
        first.append(Tried(choice, agreement(seen, body, choice) - unlikely(style, measured, body.age, sex, bald)))
    first.sort(key=lambda one: -one.score)
    if "volume" in measured.said:
        return first
    out = first[3:]
    for one in first[:3]:
        for volume in (0.12, 0.85):
            choice = one.choice.moved(volume=volume)
            other = Tried(choice, agreement(seen, body, choice) - unlikely(choice.style, measured, body.age, sex, bald))
            one = max(one, other, key=lambda tried: tried.score)
        if one.choice.style == "short" and one.choice.volume < 0.2:
            one = Tried(one.choice, one.score - 0.035)
        out.append(one)
    return sorted(out, key=lambda one: -one.score)


TIED = ("ponytail", "bun", "pigtails", "plaits", "puffs")
SHORTEST = 0.36  # hair over the nape ends there whatever its length: shorter is told by shape alone


def possible(style: str, measured: HairChoice, bald: float) -> bool:
    """Whether a style is worth trying."""
    low, high = CANDIDATES[style][0]
    if bald > 0.75:
        return style in ("bald", "fringe of hair", "thin", "buzz")
    if style in ("bald", "fringe of hair"):
        return bald > 0.35
    return style in TIED or (measured.length < SHORTEST and low < SHORTEST) or low - 0.16 < measured.length < high + 0.16


def shaped(style: str, measured: HairChoice) -> HairChoice:
    """What was measured, kept within what a style can be."""
    (low, high), (least, most), _ = CANDIDATES[style]
    fringe = 0.0 if style in ("buzz", "thin", "fringe of hair", "afro") else measured.fringe
    curl = CURLED.get(style, float(np.clip(measured.curl, least, most)))
    return measured.moved(
        style=style,
        length=float(np.clip(measured.length, low, high)),
        curl=curl,
        fringe=fringe,
        volume={"afro": 0.8, "curly": 0.6}.get(style, 0.45),
    )


def unlikely(style: str, measured: HairChoice, age: float, sex: str, bald: float) -> float:
    """What is taken off the agreement: for curls and lengths that were not measured, and for what people of an age and sex seldom wear."""
    (low, high), (least, most), rare = CANDIDATES[style]
    wrong = max(least - measured.curl, measured.curl - most, 0.0)
    far = (
        0.0 if style in TIED or (measured.length < SHORTEST and low < SHORTEST) else max(low - measured.length, measured.length - high, 0.0)
    )
    rare += 0.12 if sex == "male" and style in TIED else 0.0
    cropped = 0.08 if sex == "female" and age < 60 and style in ("short", "buzz") else 0.0
    if style in ("short", "thin") and 0.33 < bald < 0.75:
        rare += 0.12 if style == "short" else -0.12
    if style == "pixie" and measured.fringe < 0.15:
        rare += 0.06
    if style in ("afro", "puffs") and sum(measured.colour) > 0.6:
        rare += 0.06
    return rare + 0.25 * wrong + 0.6 * far + cropped + likely_age(style, age)


def likely_age(style: str, age: float) -> float:
    """What is taken off for a style that people of an age seldom wear."""
    child, old = age < 14, age > 60
    rare = {
        "set curls": 0.0 if old else 0.12,
        "thin": 0.0 if age > 35 else 0.15,
        "fringe of hair": 0.0 if age > 35 else 0.2,
        "bun": 0.0 if old else 0.05,
        "ponytail": 0.04 if old else 0.0,
        "pigtails": -0.02 if child else 0.10,
        "plaits": -0.03 if child else 0.06,
        "puffs": 0.0 if child else 0.04,
        "bald": 0.3 if child else 0.0,
    }
    return rare.get(style, 0.0)


def agreement(seen: Sequence[tuple[View, HairSeen]], body: Body, choice: HairChoice) -> float:
    """Common area over whole area of the choice's hair and the photographs', weighted by what each counts."""
    tress = make_hair(body, choice, np.random.default_rng(7))
    total = weight = 0.0
    for view, found in seen:
        ours = hair_mask(body, tress, view.turn)
        both = np.minimum(ours, found.mask)[found.known].sum()
        either = np.maximum(ours, found.mask)[found.known].sum()
        bare = 1.0 if either < 60 else both / either
        total, weight = total + bare * found.weight, weight + found.weight
    return total / weight


def hair_mask(body: Body, tress: Tress | None, turn: np.ndarray) -> np.ndarray:
    """Where hair is seen on the grid (TALL, WIDE), 0 or 1, from the side that `turn` (3, 3) shows."""
    skin = split_quads(body.basis.groups["f_body"])
    points, uv = [body.points], [np.zeros((len(body.points), 3))]
    triangles, cut = [skin], [np.zeros(len(skin), bool)]
    if tress is not None:
        solid = tress.triangles
        points, uv = [*points, tress.points], [*uv, np.c_[tress.uv, tress.alpha]]
        triangles, cut = [*triangles, solid + len(body.points)], [*cut, np.ones(len(solid), bool)]
    placed = (np.concatenate(points) - body.face.middle) @ turn.T / body.face.scale
    flat = np.stack([(placed[:, 0] - LEFT_M) / PIXEL_M, (TOP_M - placed[:, 1]) / PIXEL_M], 1)
    every = np.concatenate(triangles).astype(np.int64)
    _, which, _ = nearest_triangles(flat, 5.0 - placed[:, 2], every, np.concatenate(cut), np.concatenate(uv), _alpha(), WIDE, TALL)
    return (which >= len(skin)).astype(float)


_ALPHA: list[np.ndarray] = []


def _alpha() -> np.ndarray:
    if not _ALPHA:
        _ALPHA.append(np.ascontiguousarray(strand_picture()[..., 3] / np.float32(255)))
    return _ALPHA[0]
