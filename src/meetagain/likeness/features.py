"""A keeper's sliders by plain names come in, amounts of the body model's named changes go out, with a note for each name that is not known."""

from dataclasses import dataclass
from difflib import get_close_matches

from meetagain.errors import Issue, issue
from meetagain.schema.person import Look

#: plain name -> (what it is at +1, changes at +1). A change whose name begins with a "*" is made on the left and on the right side.
FEATURES: dict[str, tuple[str, dict[str, float]]] = {
    "face length": ("longer", {"head-scale-vert-incr": 0.55, "head-scale-horiz-incr": -0.12}),
    "face width": ("wider", {"head-scale-horiz-incr": 0.55}),
    "face fullness": ("fuller", {"head-fat-incr": 0.6, "*cheek-volume-incr": 0.35, "neck-double-incr": 0.2}),
    "cheeks": ("rounder", {"*cheek-volume-incr": 0.7, "*cheek-inner-incr": 0.35}),
    "cheekbones": ("stronger", {"*cheek-bones-incr": 0.8}),
    "forehead": ("further forward", {"forehead-trans-forward": 0.8}),
    "temples": ("fuller", {"forehead-temple-incr": 0.9}),
    "brow height": ("higher", {"eyebrows-trans-up": 0.8}),
    "brow ridge": ("stronger", {"eyebrows-trans-forward": 0.45}),
    "brow slant": ("outer end higher", {"eyebrows-angle-up": -0.8}),
    "eye size": ("larger", {"*eye-scale-incr": 0.8}),
    "eye opening": ("wider open", {"*eye-height1-incr": 0.5, "*eye-height2-incr": 0.8, "*eye-height3-incr": 0.5}),
    "eye distance": ("further apart", {"*eye-trans-out": 0.7}),
    "eye height": ("higher", {"*eye-trans-up": 0.6}),
    "eye slant": ("outer corner higher", {"*eye-corner1-up": 0.9, "*eye-corner2-up": -0.7}),
    "eye bags": ("deeper", {"*eye-bag-incr": 0.9, "*eye-bag-out": 0.4}),
    "nose length": ("longer", {"nose-scale-vert-incr": 0.8}),
    "nose width": ("wider", {"nose-scale-horiz-incr": 0.6, "nose-width3-incr": 0.4}),
    "nose bridge": ("broader", {"nose-width1-incr": 0.8, "nose-width2-incr": 0.8}),
    "nose size": ("further forward", {"nose-scale-depth-incr": 0.8}),
    "nose hump": ("arched", {"nose-curve-convex": 0.8, "nose-greek-incr": 0.4}),
    "nose tip": ("turned up", {"nose-point-up": 0.7, "nose-base-up": 0.5}),
    "nostrils": ("wider", {"nose-flaring-incr": 0.8, "nose-nostrils-width-incr": 0.4}),
    "mouth width": ("wider", {"mouth-scale-horiz-incr": 0.8}),
    "mouth height": ("higher", {"mouth-trans-up": 0.7}),
    "mouth corners": ("turned up", {"mouth-angles-up": 0.7}),
    "lip fullness": ("fuller", {"mouth-upperlip-height-incr": 0.6, "mouth-lowerlip-height-incr": 0.5,
                                "mouth-upperlip-volume-incr": 0.4, "mouth-lowerlip-volume-incr": 0.5}),
    "laugh lines": ("deeper", {"mouth-laugh-lines-out": 0.9, "mouth-dimples-out": 0.5}),
    "chin": ("further forward", {"chin-prominent-incr": 0.7}),
    "chin length": ("longer", {"chin-height-incr": 0.5}),
    "chin width": ("wider", {"chin-width-incr": 0.8}),
    "chin dimple": ("deeper", {"chin-cleft-incr": 0.9}),
    "jaw": ("stronger", {"chin-bones-incr": 0.7}),
    "double chin": ("fuller", {"neck-double-incr": 0.9}),
    "ear size": ("larger", {"*ear-scale-incr": 0.8}),
    "ears out": ("standing out", {"*ear-wing-incr": 0.8}),
}  # fmt: skip
MOST = 1.5  # a change never goes further than this in one direction, whatever is asked together


@dataclass(frozen=True)
class Asked:
    """What the keeper's sliders come to."""

    changes: dict[str, float]  # amounts of the model's changes
    issues: tuple[Issue, ...]


def read_features(look: Look) -> Asked:
    """The changes of all sliders together. Names may be written with capitals, hyphens or underscores; amounts beyond 1 count as 1."""
    out: dict[str, float] = {}
    notes: list[Issue] = []
    for told, amount in look.features.items():
        name = plain(told)
        if name not in FEATURES:
            notes.append(issue("feature-unknown", about=told, near=near_names(name)))
            continue
        if not -1 <= amount <= 1:
            notes.append(issue("feature-too-far", about=told))
        amount = min(1.0, max(-1.0, amount)) if amount == amount else 0.0
        for change, share in _spelled(FEATURES[name][1]).items():
            out[change] = out.get(change, 0.0) + amount * share
    return Asked({k: v for k, v in out.items() if v}, tuple(notes))


def plain(name: str) -> str:
    """A slider's name as the table has it."""
    return " ".join(name.lower().replace("_", " ").replace("-", " ").split())


def near_names(name: str) -> str:
    """The names that were perhaps meant, as words of a sentence: those spelt alike, then those that share a word."""
    close = get_close_matches(name, FEATURES, 3, 0.6)
    words = {word.rstrip("s") for word in name.split()}
    shared = [known for known in FEATURES if words & {word.rstrip("s") for word in known.split()}]
    return ", ".join(dict.fromkeys([*close, *shared][:6])) or "nose width, eye distance, lip fullness"


def laid_together(usual: dict[str, float], *others: dict[str, float]) -> dict[str, float]:
    """Changes of several sources added; only those that a further source touches are held within MOST."""
    out = dict(usual)
    for changes in others:
        for name, amount in changes.items():
            out[name] = min(MOST, max(-MOST, out.get(name, 0.0) + amount))
    return out


def _spelled(changes: dict[str, float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for name, amount in changes.items():
        for full in (f"l-{name[1:]}", f"r-{name[1:]}") if name.startswith("*") else (name,):
            out[full] = amount
    return out
