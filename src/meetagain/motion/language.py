"""The pose files (YAML, plain words) come in; checked poses and clips for one style go out.

Lengths are shares of the body (hips of hip height, feet of leg length, hands of arm length), angles degrees, times seconds.
`[out, up, fwd]`: out is away from the middle on either side. `name@tag` stands for `name` where a style has that tag.
"""

from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
import yaml

from meetagain.motion.body import DOWN, FWD, SIDES, UP, X, sign
from meetagain.motion.turns import Array, unit

WORDS = {"up": UP, "down": DOWN, "fwd": FWD, "back": -FWD}
HANDS = {
    "relaxed": [0.1, 0.2, 0.26, 0.31, 0.35],
    "open": [-0.1, -0.03, -0.03, -0.03, -0.03],
    "soft": [0.02, 0.1, 0.12, 0.15, 0.18],
    "fist": [0.7, 0.95, 0.97, 0.97, 0.97],
    "pinch": [0.5, 0.48, 0.55, 0.68, 0.72],
    "hold": [0.4, 0.5, 0.55, 0.58, 0.6],
    "point": [0.5, -0.03, 0.8, 0.88, 0.9],
    "flat": [0.0, 0.02, 0.02, 0.02, 0.03],
    "cup": [0.2, 0.26, 0.27, 0.29, 0.32],
}
WAYS = {"at", "by", "in", "touch", "palm", "point", "elbow"}
FREE = {"fwd", "out", "turn", "elbow", "palm", "wrist"}
CHANNELS = {
    "hips": {"high", "fwd", "side", "bend", "tilt", "turn", "rest"},
    "spine": {"bend", "tilt", "turn"},
    "head": {"nod", "tilt", "turn"},
    "foot": {"at", "yaw", "pitch", "roll", "with", "step"},
    "knee": None,
    "hand": WAYS | FREE,
    "fingers": None,
    "face": None,
}
LIFE = {"breath", "sway", "shift", "stoop"}
SHAKE = {"from", "to", "hz", "chest", "shoulders", "hips", "sharp"}
CLIP = {"keys", "length", "loop", "starts", "ends", "life", "lag", "shake", "tempo", "contact", "reverse", "part"}


class Recipe(msgspec.Struct, frozen=True):
    """One clip as written: keys in time order, each a time and its channels."""

    name: str
    keys: tuple[dict[str, Any], ...]
    length_s: float
    loop: bool
    starts: str
    ends: str
    part: str  # whole | upper: whether the legs belong to the gesture or it may be played over any posture
    life: dict[str, float]
    lag: dict[str, float]
    shake: dict[str, float]
    contact: bool  # hands may touch the body here
    reverse: str  # name of the clip this one is backwards, or ""


def load(tags: tuple[str, ...], scale: float) -> dict[str, Recipe]:
    """All clips for a style with these tags; gestures last `scale` times longer. Raises ValueError for an unknown word."""
    poses = chosen(read("poses"), tags)
    clips = {name: clip for part in ("standing", "resting") for name, clip in chosen(read(part), tags).items()}
    return {name: recipe(name, clip, poses, scale) for name, clip in clips.items()}


def read(name: str) -> dict[str, Any]:
    """One of the files beside this module."""
    return yaml.safe_load(files("meetagain.motion").joinpath("data", f"{name}.yaml").read_text("utf-8"))


def chosen(named: dict[str, Any], tags: tuple[str, ...]) -> dict[str, Any]:
    """Entries by plain name, where name@tag (or name@tag+tag) wins if one of its tags is one of these."""
    out = {name: entry for name, entry in named.items() if "@" not in name}
    for tag in tags:
        out |= {name.split("@")[0]: entry for name, entry in named.items() if tag in name.partition("@")[2].split("+")}
    return out


def recipe(name: str, clip: dict[str, Any], poses: dict[str, Any], scale: float) -> Recipe:
    """A checked clip with its poses written out and its times scaled."""
    refuse(set(clip) - CLIP, name)
    refuse(set(clip.get("life", {})) - LIFE | set(clip.get("shake", {})) - SHAKE, name)
    tempo = scale if clip.get("tempo", not clip.get("loop", False)) else 1.0
    keys = [dict(key) for key in unrolled(clip.get("keys", []))]
    for key in keys:
        key["t"] = key["t"] * tempo
    keys = [written(key, poses, name) for key in keys]
    keys[:1] = [written({"pose": "stand"}, poses, name) | key for key in keys[:1]]
    last = keys[-1]["t"] if keys else 0.0
    shake = {k: v * tempo if k in ("from", "to") else v for k, v in clip.get("shake", {}).items()}
    return Recipe(
        name, tuple(keys), clip.get("length", 0) * tempo or last, clip.get("loop", False), clip.get("starts", "stand"),
        clip.get("ends", "stand"), clip.get("part", "whole"), clip.get("life", {}), clip.get("lag", {}), shake,
        clip.get("contact", False), clip.get("reverse", ""),
    )  # fmt: skip


def unrolled(keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keys with every `{t, repeat, every, keys}` written out."""
    out: list[dict[str, Any]] = []
    for key in keys:
        if "repeat" not in key:
            out.append(key)
            continue
        for turn in range(key["repeat"]):
            out += [inner | {"t": key["t"] + turn * key["every"] + inner["t"]} for inner in key["keys"]]
    return out


def written(key: dict[str, Any], poses: dict[str, Any], about: str) -> dict[str, Any]:
    """A key with its pose's channels first and `both.hand` given to each side. Raises ValueError for an unknown word."""
    out: dict[str, Any] = written(poses[key["pose"]], poses, about) if "pose" in key else {}
    for name, value in key.items():
        channel = name.removeprefix("both.").split(".")[0]
        if name in ("pose", "t", "through"):
            continue
        refuse({name} if channel not in CHANNELS else set(), about)
        if CHANNELS[channel] is not None:
            refuse(set(value) - CHANNELS[channel], f"{about}, {name}")
        names = [f"{channel}.{side}" for side in SIDES] if name.startswith("both.") else [name]
        out |= {n: faces(value) if n == "face" else value for n in names}
    return out | {k: key[k] for k in ("t", "through") if k in key}


def faces(face: dict[str, float]) -> dict[str, float]:
    """ARKit names; `mouthSmile*` is written for both sides."""
    out = {}
    for name, weight in face.items():
        out |= {name.replace("*", side): float(weight) for side in ("Left", "Right")}
    return out


def refuse(unknown: set[str], about: str) -> None:
    """Raises ValueError when there is an unknown word."""
    if unknown:
        raise ValueError(f"{about}: unknown {sorted(map(str, unknown))}")


def direction(word: str | list[float], side: str) -> Array:
    """'in+.5*fwd' or [out, up, fwd] -> unit vector (3,) for a side."""
    if not isinstance(word, str):
        return unit(np.array([sign(side) * word[0], word[1], word[2]], float))
    total = np.zeros(3)
    for term in word.split("+"):
        share, _, name = term.rpartition("*")
        total += float(share or 1) * (WORDS[name] if name in WORDS else sign(side) * X * {"out": 1, "in": -1}[name])
    return unit(total)


def curls(hand: str | list[float]) -> list[float]:
    """Five curls, thumb to little finger, from a name or numbers."""
    return HANDS[hand] if isinstance(hand, str) else hand
