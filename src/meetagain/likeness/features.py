"""Plain names of a face's features with a number from -1 to 1 come in, amounts of the body model's own changes go out; an unknown name is an Issue."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from meetagain.errors import Issue, issue
from meetagain.likeness.basis import load_basis

LIMIT = 1.3  # no change of the model is taken further than this, however much is asked for together
FEATURES: dict[str, dict[str, float]] = {  # plain name, at 1 -> model changes (left and right are meant where there are two)
    "face length": {"head-scale-vert-incr": 0.45, "chin-height-incr": 0.2},
    "face width": {"head-scale-horiz-incr": 0.5},
    "face fullness": {"head-fat-incr": 0.6, "cheek-volume-incr": 0.4, "neck-double-incr": 0.2},
    "age in the face": {"head-age-incr": 0.6, "eye-bag-incr": 0.2},
    "forehead height": {"forehead-scale-vert-incr": 0.5},
    "forehead roundness": {"forehead-trans-forward": 0.35, "forehead-nubian-incr": 0.12},
    "temples": {"forehead-temple-incr": 0.7},
    "brow height": {"eyebrows-trans-up": 0.7},
    "brow slant": {"eyebrows-angle-up": 0.6},
    "brow ridge": {"eyebrows-trans-forward": 0.6},
    "eye size": {"eye-scale-incr": 1.0},
    "eye opening": {"eye-height1-incr": 0.5, "eye-height2-incr": 0.5, "eye-height3-incr": 0.5},
    "eye distance": {"eye-trans-out": 0.7},
    "eye height": {"eye-trans-up": 0.6},
    "eye slant": {"eye-corner1-up": 1.0, "eye-corner2-up": -0.7},
    "upper lids": {"eye-eyefold-up": -0.7, "eye-eyefold-angle-up": -0.3},
    "bags under the eyes": {"eye-bag-incr": 0.7, "eye-bag-out": 0.3},
    "nose length": {"nose-scale-vert-incr": 0.6},
    "nose width": {"nose-scale-horiz-incr": 0.5, "nose-width3-incr": 0.4},
    "nose bridge": {"nose-width1-incr": 1.0, "nose-width2-incr": 1.0},
    "nose size": {"nose-scale-depth-incr": 0.5, "nose-volume-incr": 0.4},
    "nose hump": {"nose-hump-incr": 0.6, "nose-curve-convex": 0.4},
    "nose tip": {"nose-point-up": 0.7, "nose-base-up": 0.3},
    "nose tip width": {"nose-point-width-incr": 1.0},
    "nostrils": {"nose-flaring-incr": 0.6, "nose-nostrils-width-incr": 0.4},
    "mouth width": {"mouth-scale-horiz-incr": 0.7},
    "mouth height": {"mouth-trans-up": 0.5},
    "mouth corners": {"mouth-angles-up": 0.7},
    "mouth forward": {"mouth-trans-forward": 0.5},
    "lip fullness": {"mouth-upperlip-height-incr": 0.5, "mouth-lowerlip-height-incr": 0.5, "mouth-upperlip-volume-incr": 0.4, "mouth-lowerlip-volume-incr": 0.4},
    "upper lip": {"mouth-upperlip-height-incr": 0.7, "mouth-upperlip-volume-incr": 0.5},
    "lower lip": {"mouth-lowerlip-height-incr": 0.7, "mouth-lowerlip-volume-incr": 0.5},
    "bow of the lip": {"mouth-cupidsbow-incr": 0.8},
    "smile lines": {"mouth-laugh-lines-out": 0.8},
    "cheeks": {"cheek-volume-incr": 0.8, "cheek-inner-incr": 0.4},
    "cheekbones": {"cheek-bones-incr": 0.7},
    "chin": {"chin-prominent-incr": 0.7},
    "chin length": {"chin-height-incr": 0.5},
    "chin width": {"chin-width-incr": 0.6},
    "chin dimple": {"chin-cleft-incr": 0.8},
    "jaw": {"chin-bones-incr": 0.5, "chin-jaw-drop-incr": 0.2},
    "double chin": {"neck-double-incr": 0.9},
    "ear size": {"ear-scale-incr": 0.7},
    "ears standing out": {"ear-wing-incr": 0.8},
    "ear lobes": {"ear-lobe-incr": 0.8},
    "neck width": {"measure-neck-circ-incr": 0.6},
}  # fmt: skip


def read_features(told: Mapping[str, float]) -> tuple[dict[str, float], tuple[Issue, ...]]:
    """A keeper's features -> amounts of the model's changes by name, and what was not understood. Numbers are kept within -1 and 1."""
    out: dict[str, float] = {}
    issues: list[Issue] = []
    for words, number in told.items():
        name = " ".join(words.lower().replace("-", " ").replace("_", " ").split())
        if name not in FEATURES:
            near = get_close_matches(name, FEATURES, 3, 0.5) or [known for known in FEATURES if name.split()[:1] == known.split()[:1]][:3]
            issues.append(issue("feature-unknown", about=words, near=", ".join(f"“{known}”" for known in near or sorted(FEATURES)[:3])))
            continue
        if abs(number) > 1:
            issues.append(issue("feature-too-far", about=words))
        for change, amount in FEATURES[name].items():
            for side in sides(change):
                out[side + change] = out.get(side + change, 0.0) + amount * max(-1.0, min(1.0, float(number)))
    return out, tuple(issues)


def sides(change: str) -> tuple[str, ...]:
    """The prefixes under which the model holds a change: left and right, or none."""
    return ("l-", "r-") if "l-" + change in known_changes() else ("",)


@cache
def known_changes() -> frozenset[str]:
    """Names of all changes of the model, without their signs."""
    return frozenset(name[:-1] for name in load_basis().local_names)


def together(*sets: Mapping[str, float]) -> dict[str, float]:
    """Sets of changes laid over one another, each change within LIMIT, none that is nothing."""
    out: dict[str, float] = {}
    for one in sets:
        for name, amount in one.items():
            out[name] = out.get(name, 0.0) + amount
    return {name: max(-LIMIT, min(LIMIT, amount)) for name, amount in out.items() if abs(amount) > 1e-6}
