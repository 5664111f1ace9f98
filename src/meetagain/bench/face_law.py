"""A seed comes in, an invented person's true head goes out: how faces vary, by our own law, for learning and for measuring.

Two laws. "family": features go together as they do in people (a broad face, a big nose), the two sides are nearly alike. "loose": every
change is drawn alone and half of them are zero; nothing is learnt from it, it only tests how far the fit leans on the first law.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from meetagain.likeness.basis import Phenotype
from meetagain.likeness.body import face_changes
from meetagain.likeness.fit.crop import HeadCrop, grown, load_crop, middle_of, stage_of
from meetagain.schema.person import Look, Person

SD, SIDE_SD = 0.15, 0.045
QUIET = {"ear-": 0.16, "neck-": 0.1, "measure-neck": 0.08, "head-trans": 0.03, "mouth-trans-out": 0.05, "nose-trans-out": 0.05,
         "head-angle-out": 0.05, "head-age": 0.14, "head-back": 0.12}  # fmt: skip
TOGETHER: tuple[dict[str, float], ...] = (
    {"head-scale-vert-incr": 0.7, "chin-height-incr": 0.5, "nose-scale-vert-incr": 0.5, "forehead-scale-vert-incr": 0.4, "head-scale-horiz-incr": -0.4, "mouth-trans-up": -0.3},
    {"head-fat-incr": 0.7, "cheek-volume-incr": 0.7, "cheek-inner-incr": 0.5, "neck-double-incr": 0.7, "chin-width-incr": 0.4, "measure-neck-circ-incr": 0.5, "eye-bag-incr": 0.3, "head-scale-horiz-incr": 0.3},
    {"chin-width-incr": 0.6, "chin-bones-incr": 0.7, "chin-prominent-incr": 0.4, "chin-jaw-drop-incr": 0.3, "cheek-bones-incr": 0.3, "forehead-nubian-incr": 0.2},
    {"nose-scale-horiz-incr": 0.6, "nose-width1-incr": 0.5, "nose-width2-incr": 0.6, "nose-width3-incr": 0.7, "nose-flaring-incr": 0.6, "nose-nostrils-width-incr": 0.6, "nose-point-width-incr": 0.6, "nose-volume-incr": 0.4},
    {"nose-scale-depth-incr": 0.7, "nose-trans-forward": 0.4, "nose-greek-incr": 0.5, "nose-hump-incr": 0.5, "nose-curve-convex": 0.6, "nose-volume-incr": 0.3},
    {"nose-point-up": 0.7, "nose-base-up": 0.6, "nose-septumangle-incr": 0.5, "nose-nostrils-angle-up": 0.5, "nose-scale-vert-incr": -0.4, "nose-curve-convex": -0.3},
    {"mouth-upperlip-height-incr": 0.7, "mouth-lowerlip-height-incr": 0.7, "mouth-upperlip-volume-incr": 0.7, "mouth-lowerlip-volume-incr": 0.7, "mouth-scale-depth-incr": 0.4, "mouth-cupidsbow-incr": 0.3, "mouth-scale-vert-incr": 0.4},
    {"mouth-scale-horiz-incr": 0.7, "mouth-upperlip-width-incr": 0.6, "mouth-lowerlip-width-incr": 0.6, "mouth-dimples-out": 0.3, "chin-width-incr": 0.2},
    {"mouth-angles-up": 0.7, "mouth-upperlip-ext-up": 0.5, "mouth-lowerlip-ext-up": 0.5, "mouth-laugh-lines-out": 0.3},
    {"eye-scale-incr": 0.7, "eye-height1-incr": 0.6, "eye-height2-incr": 0.7, "eye-height3-incr": 0.6, "eye-push1-out": 0.3, "eye-eyefold-up": 0.3},
    {"eye-corner1-up": 0.6, "eye-corner2-up": -0.5, "eyebrows-angle-up": 0.4, "eye-eyefold-angle-up": 0.6, "eye-epicanthus-out": 0.4},
    {"eyebrows-trans-up": 0.6, "eyebrows-trans-forward": -0.5, "forehead-nubian-incr": -0.4, "eye-trans-up": 0.4, "forehead-trans-forward": -0.4, "eye-eyefold-up": 0.4},
    {"eye-trans-out": 0.7, "nose-width1-incr": 0.4, "head-scale-horiz-incr": 0.4, "cheek-bones-incr": 0.3},
    {"ear-scale-incr": 0.7, "ear-lobe-incr": 0.5, "ear-scale-vert-incr": 0.4, "ear-wing-incr": 0.4, "nose-volume-incr": 0.2},
    {"head-scale-depth-incr": 0.6, "head-back-scale-depth-incr": 0.6, "forehead-trans-forward": 0.4, "forehead-temple-incr": 0.3},
    {"chin-prognathism-incr": 0.7, "chin-prominent-incr": 0.5, "mouth-trans-forward": 0.5, "mouth-lowerlip-volume-incr": 0.2},
)  # fmt: skip
AGES = ((4, 14, 0.34), (14, 30, 0.16), (30, 60, 0.25), (60, 86, 0.25))  # from, to, share
SKIN_WORDS = {0: "dark", 1: "light", 2: "fair"}


@dataclass(frozen=True)
class Drawn:
    """An invented person: what a family would say of them, and the truth."""

    person: Person
    truth: np.ndarray  # (n, 3) metres, the true head at rest
    usual: np.ndarray  # (n, 3) metres, the head that words alone give
    origin: tuple[float, float, float]  # true shares of africa, asia, europe


@cache
def bases() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Features without sides, each with the numbers of its changes: (name, positions among the plain names)."""
    names = plain_names()
    out: dict[str, tuple[int, ...]] = {}
    for k, name in enumerate(names):
        base = name[2:] if name[:2] in ("l-", "r-") else name
        out[base] = (*out.get(base, ()), k)
    return tuple(out.items())


@cache
def plain_names() -> tuple[str, ...]:
    """Names of all changes without their sign."""
    return tuple(name[:-1] for name in load_crop().basis.local_names if name.endswith("+"))


@cache
def loadings() -> np.ndarray:
    """(n_bases, n_factors) loadings, rows shorter than .95, and (n_bases,) deviations as the last column."""
    names = [name for name, _ in bases()]
    out = np.zeros((len(names), len(TOGETHER) + 1))
    for j, factor in enumerate(TOGETHER):
        for name, amount in factor.items():
            out[names.index(name), j] = amount
    length = np.linalg.norm(out[:, :-1], axis=1, keepdims=True)
    out[:, :-1] *= np.minimum(1, 0.93 / np.maximum(length, 1e-9))
    out[:, -1] = [next((sd for start, sd in QUIET.items() if name.startswith(start)), SD) for name in names]
    return out


def draw_changes(rng: np.random.Generator, law: str = "family") -> dict[str, float]:
    """How one person's face differs from the usual one: amounts of the model's changes."""
    names = plain_names()
    if law == "loose":
        amounts = rng.normal(0, 0.3, len(names)) * (rng.random(len(names)) < 0.5)
        return {n: float(a) for n, a in zip(names, amounts, strict=True) if a and not n.startswith(("neck", "measure"))}
    table = loadings()
    shared, sd = table[:, :-1], table[:, -1]
    own = np.sqrt(1 - (shared**2).sum(1))
    amount = sd * rng.uniform(0.5, 1.6) * (shared @ rng.normal(size=shared.shape[1]) + own * rng.normal(size=len(sd)))
    out = {}
    for k, (_, where) in enumerate(bases()):
        for j in where:
            side = rng.normal(0, SIDE_SD) if len(where) > 1 else 0.0
            out[names[j]] = float(np.clip(amount[k] + side, -1.1, 1.1))
    return out


def draw(seed: int, age: float | None = None, law: str = "family") -> Drawn:
    """The person of a seed; `age` in years or None for any from 4 to 85."""
    rng, crop = np.random.default_rng(seed), load_crop()
    if age is None:
        low, high, _ = AGES[rng.choice(len(AGES), p=[share for *_, share in AGES])]
        age = float(rng.uniform(low, high))
    sex = ("female", "male")[int(rng.random() < 0.5)]
    main = int(rng.choice(3, p=(0.25, 0.3, 0.45)))
    told = np.eye(3)[main]
    origin = told * rng.uniform(0.55, 1.0) + rng.dirichlet((0.5, 0.5, 0.5)) * 0.35
    says = {"africa": float(told[0]), "asia": float(told[1]), "europe": float(told[2])}
    build = ("slim", "average", "broad")[int(rng.choice(3, p=(0.25, 0.5, 0.25)))]
    look = Look(sex=sex, origin=says, skin=SKIN_WORDS[main], build=build)
    person = Person(id="x", full_name="X", called=("X",), age_shown=round(age, 1), relation_to_visitor="", calls_visitor="", look=look)
    who = middle_of(person)
    true = Phenotype(
        float(np.clip(who.age + rng.normal(0, 0.012), 0.2, 1)),
        float(np.clip(abs(who.gender - abs(rng.normal(0, 0.12))), 0, 1)),
        float(np.clip(who.muscle + rng.normal(0, 0.1), 0, 1)),
        float(np.clip(who.weight + rng.normal(0, 0.1), 0, 1)),
        float(np.clip(who.height + rng.normal(0, 0.05), 0.1, 0.9)),
        tuple(origin / origin.sum()),
    )
    usual = crop.signed(face_changes(*stage_of(age)))
    grow = grown(age, sex)[1]
    changed = both(crop, face_changes(*stage_of(age)), draw_changes(rng, law))
    return Drawn(person, crop.head(true, changed, grow), crop.head(who, usual, grow), true.origin)


def both(crop: HeadCrop, first: dict[str, float], second: dict[str, float]) -> np.ndarray:
    """The one-sided amounts of two sets of changes laid together."""
    return crop.signed({k: first.get(k, 0.0) + second.get(k, 0.0) for k in {**first, **second}})
