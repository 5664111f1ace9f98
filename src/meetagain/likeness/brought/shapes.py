"""The face shapes and expressions of a file come in; what they are in our words goes out: the 52 shapes, and the fifteen of the mouth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from meetagain.likeness.brought.surfaces import Surface

VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")
VOWELS = {"aa": "aa", "a": "aa", "ih": "ih", "i": "ih", "ou": "ou", "u": "ou", "ee": "E", "e": "E", "oh": "oh", "o": "oh"}
LETTERS = {"ih": "I", "oh": "O", "ou": "U"}  # as some makers call them
#: The other mouths from five vowels.
FROM_VOWELS: dict[str, dict[str, float]] = {
    "sil": {}, "PP": {}, "FF": {"ih": 0.15}, "TH": {"E": 0.3}, "DD": {"E": 0.3}, "kk": {"aa": 0.25}, "CH": {"ou": 0.4},
    "SS": {"ih": 0.3}, "nn": {"E": 0.25}, "RR": {"oh": 0.35},
}  # fmt: skip
#: What a VRM expression gives where the file has no shape of that name: (name without side, which part of the face, how much).
GIVES: dict[str, tuple[tuple[str, str, float], ...]] = {
    "blink": (("eyeBlink", "sides", 1.0),),
    "blinkleft": (("eyeBlinkLeft", "all", 1.0),),
    "blinkright": (("eyeBlinkRight", "all", 1.0),),
    "happy": (("mouthSmile", "low sides", 1.0), ("cheekSquint", "high sides", 0.6)),
    "relaxed": (("mouthSmile", "low sides", 1.0),),
    "sad": (("mouthFrown", "low sides", 1.0), ("browInnerUp", "high", 1.0)),
    "angry": (("browDown", "high sides", 1.0),),
    "surprised": (("browInnerUp", "high", 0.6), ("browOuterUp", "high sides", 0.6), ("eyeWide", "high sides", 0.5)),
    "aa": (("jawOpen", "all", 1.0),),
    "oh": (("mouthFunnel", "all", 1.0),),
    "ou": (("mouthPucker", "all", 1.0),),
    "ih": (("mouthStretch", "sides", 1.0),),
}
OLD_WORDS = {"joy": "happy", "fun": "relaxed", "sorrow": "sad", "blink_l": "blinkleft", "blink_r": "blinkright"} | VOWELS

#: Single shapes that stand for an expression, by plain name.
ALSO = {"eyesclosed": "blink", "eyeclosed": "blink", "blink": "blink", "mouthsmile": "relaxed", "smile": "relaxed", "mouthopen": "aa"}


@dataclass(frozen=True)
class Bind:
    """So much of one face shape of one mesh."""

    mesh: int
    index: int
    weight: float


@dataclass(frozen=True)
class Shape:
    """What one of our shapes is made of. `part` is all, sides-left, low-right, high ...: where on the face it is taken from."""

    binds: tuple[Bind, ...]
    part: str = "all"
    much: float = 1.0


@dataclass(frozen=True)
class Shapes:
    """Our shapes by name, and how each mouth is made of them: {viseme: {shape: weight}}; `direct` mouths are shapes of their own."""

    shapes: dict[str, Shape]
    mouths: dict[str, dict[str, float]]
    vowels_only: bool


def shapes_of(document: dict[str, Any], surfaces: list[Surface], wanted: tuple[str, ...], usual: dict[str, dict[str, float]]) -> Shapes:
    """The face of a file. `wanted` are the 52 names, `usual` the mouths that are made of them when the file brings none of its own."""
    named, told = dict(_by_name(surfaces)), expressions(document)
    shapes: dict[str, Shape] = {}
    by_key = {plain(name): name for name in wanted}
    for key, binds in (*named.items(), *((plain(name), binds) for name, binds in told.items())):
        if key in by_key and by_key[key] not in shapes:
            shapes[by_key[key]] = Shape(binds)
    mouths, few = _mouths(named, told, shapes)
    single = {ALSO[key]: binds for key, binds in named.items() if key in ALSO}
    for word, binds in (*told.items(), *single.items()):
        for name, part, much in GIVES.get(OLD_WORDS.get(word.lower(), word.lower()), ()):
            for full, where in _spread(name, part, wanted):
                shapes.setdefault(full, Shape(binds, where, much))
    if "jawOpen" not in shapes and "viseme_aa" in shapes:
        shapes["jawOpen"] = shapes["viseme_aa"]
    if not mouths and "jawOpen" in shapes:
        mouths = usual
    return Shapes(shapes, mouths, few)


def _by_name(surfaces: list[Surface]) -> Iterator[tuple[str, tuple[Bind, ...]]]:
    """Shapes by plain name, gathered over all meshes that carry them."""
    found: dict[str, dict[tuple[int, int], Bind]] = {}
    for surface in surfaces:
        for index, name in enumerate(surface.target_names):
            found.setdefault(plain(name), {})[surface.mesh, index] = Bind(surface.mesh, index, 1.0)
    for key, binds in found.items():
        yield key, tuple(binds.values())


def plain(name: str) -> str:
    """`blendShape1.EyeBlink_L`, `eyeBlinkLeft` and `eye_blink_left` are one name."""
    bare = re.sub(r"^.*\.", "", name.strip())
    bare = re.sub(r"[_\-\s]L$", "Left", re.sub(r"[_\-\s]R$", "Right", bare))
    return re.sub(r"[^a-z0-9]", "", bare.lower())


def expressions(document: dict[str, Any]) -> dict[str, tuple[Bind, ...]]:
    """The expressions of VRM 1.0 and the clips of VRM 0, by name: presets under their own, custom ones as they are called."""
    extensions, out = document.get("extensions", {}), {}
    one = extensions.get("VRMC_vrm", {}).get("expressions", {})
    nodes = document.get("nodes", [])
    for table in ("preset", "custom"):
        for name, expression in (one.get(table) or {}).items():
            binds = [
                Bind(nodes[row["node"]]["mesh"], row["index"], float(row.get("weight", 1)))
                for row in expression.get("morphTargetBinds") or []
                if 0 <= row["node"] < len(nodes) and "mesh" in nodes[row["node"]]
            ]
            if binds:
                out[str(name)] = tuple(binds)
    for group in extensions.get("VRM", {}).get("blendShapeMaster", {}).get("blendShapeGroups") or []:
        preset = str(group.get("presetName", "")).lower()
        name = preset if preset and preset != "unknown" else str(group.get("name", ""))
        binds = [Bind(row["mesh"], row["index"], float(row.get("weight", 100)) / 100) for row in group.get("binds") or []]
        if binds:
            out.setdefault(name, tuple(binds))
    return out


def _mouths(named, told, shapes: dict[str, Shape]) -> tuple[dict[str, dict[str, float]], bool]:
    """Mouths of the file's own, added to the shapes as viseme_..; and whether they come from vowels alone."""
    own: dict[str, tuple[Bind, ...]] = {}
    for viseme in VISEMES[1:]:
        for word in (viseme, LETTERS.get(viseme, viseme)):
            for key in (f"viseme{word}", f"vrcv{word}", f"v{word}"):
                if key.lower() in named:
                    own.setdefault(viseme, named[key.lower()])
    few = len(own) < 10
    for word, binds in told.items():
        vowel = VOWELS.get(word.lower())
        if vowel:
            own.setdefault(vowel, binds)
    if "aa" not in own or len(own) < 3:
        return {}, False
    for viseme, binds in own.items():
        shapes[f"viseme_{viseme}"] = Shape(binds)
    out: dict[str, dict[str, float]] = {}
    for viseme in VISEMES:
        if viseme in own:
            out[viseme] = {f"viseme_{viseme}": 1.0}
        else:
            out[viseme] = {f"viseme_{vowel}": weight for vowel, weight in FROM_VOWELS.get(viseme, {"aa": 0.5}).items() if vowel in own}
    return out, few


def _spread(name: str, part: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A name without its side becomes both, each taken from its own half of the face."""
    if name in wanted:
        yield name, part
        return
    for side in ("Left", "Right"):
        yield name + side, f"{part.replace('sides', '').strip()} {side.lower()}".strip()
