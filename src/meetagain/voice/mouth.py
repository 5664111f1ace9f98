"""Phonemes with their lengths come in, visemes on the sample axis go out."""

from collections.abc import Sequence

from meetagain.schema.speech import VisemeAt

_SHAPES = {
    "PP": "pbm", "FF": "fv", "TH": "θð", "DD": "tdɾT", "kk": "kɡŋxh", "CH": "ʧʤʃʒ", "SS": "sz", "nn": "nl", "RR": "ɹɜ", "aa": "aæɑɐʌɒ",
    "E": "ɛeəᵊ", "ih": "iɪᵻj", "oh": "ɔo", "ou": "uʊw",
}  # fmt: skip
VISEME_OF = {sound: shape for shape, sounds in _SHAPES.items() for sound in sounds}
#: Vowels that move: from one shape to the other.
_GLIDES = {"A": ("E", "ih"), "I": ("aa", "ih"), "W": ("aa", "ou"), "O": ("oh", "ou"), "Q": ("oh", "ou"), "Y": ("oh", "ih")}
#: How far the shape is taken. Lips must meet for p, b, m, and reach the teeth for f, v; the rest is what a relaxed speaker does.
_WEIGHTS = {"PP": 1.0, "FF": 0.95, "TH": 0.7, "DD": 0.6, "kk": 0.5, "CH": 0.8, "SS": 0.65, "nn": 0.55, "RR": 0.6}
_VOWEL, _STRESSED, _REDUCED = 0.75, 1.0, 0.5
_MARKS = "ˈˌ"
_SHORTEST_REST = 0.06  # seconds: a shorter gap between words does not close the mouth
_CLOSURE = 0.05  # seconds that lips stay together at least


def visemes(phonemes: str, lengths: Sequence[int], total: int, rate_hz: int = 24000) -> tuple[VisemeAt, ...]:
    """Shapes in order, the first and the last of them `sil`.

    `lengths` are samples of each phoneme, framed by those of the silence before and after: len(phonemes) + 2. `total` is the sound's length.
    """
    at = int(lengths[0])
    found = [VisemeAt(0, "sil", 0.0)]
    stressed = False
    for sound, length in zip(phonemes, lengths[1:-1], strict=True):
        if sound in _MARKS:
            stressed = sound == "ˈ"
        elif sound in VISEME_OF:
            shape = VISEME_OF[sound]
            found.append(VisemeAt(at, shape, _weight(sound, shape, stressed)))
            stressed = stressed and shape in _WEIGHTS
        elif sound in _GLIDES:
            first, second = _GLIDES[sound]
            weight = _STRESSED if stressed else _VOWEL
            found.extend((VisemeAt(at, first, weight), VisemeAt(at + int(length) * 6 // 10, second, round(weight * 0.8, 2))))
            stressed = False
        elif sound != "ː" and length > _SHORTEST_REST * rate_hz:
            found.append(VisemeAt(at, "sil", 0.0))
        at += int(length)
    return (*_closed_long_enough(found, rate_hz), VisemeAt(min(at, total), "sil", 0.0))


def _weight(sound: str, shape: str, stressed: bool) -> float:
    if shape in _WEIGHTS:
        return _WEIGHTS[shape]
    return _REDUCED if sound in "əᵊᵻ" else _STRESSED if stressed else _VOWEL


def _closed_long_enough(shapes: list[VisemeAt], rate_hz: int) -> list[VisemeAt]:
    """Later shapes wait until the lips have met for at least a twentieth of a second, as far as the next but one allows."""
    least = int(_CLOSURE * rate_hz)
    for place in range(len(shapes) - 2):
        now, after, then = shapes[place : place + 3]
        if now.viseme == "PP" and after.sample - now.sample < least:
            start = max(after.sample, min(now.sample + least, then.sample - least // 2))
            shapes[place + 1] = VisemeAt(start, after.viseme, after.weight)
    return shapes


def moved(shapes: Sequence[VisemeAt], cut: int, total: int, softness: float = 1.0) -> tuple[VisemeAt, ...]:
    """The shapes after `cut` samples were taken from the beginning and the sound became `total` long; what lay before is dropped.

    `softness` below 1 is a mouth that moves less: tired, whispering.
    """
    found: list[VisemeAt] = []
    for shape in shapes:
        sample = max(0, min(total, shape.sample - cut))
        weight = shape.weight if shape.viseme in ("PP", "FF") else round(shape.weight * softness, 2)
        if found and found[-1].sample == sample:
            found.pop()
        found.append(VisemeAt(sample, shape.viseme, weight))
    return tuple(found)
