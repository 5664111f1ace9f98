"""Phonemes with their lengths come in, visemes on the sample axis go out."""

from meetagain.schema.speech import VisemeAt

_SHAPES = {
    "PP": "pbm", "FF": "fv", "TH": "θð", "DD": "tdɾʔ", "kk": "kɡŋ", "CH": "ʧʤʃʒ", "SS": "sz", "nn": "nl", "RR": "ɹɜ", "aa": "aæɑɐʌI", "E": "ɛAeə", "ih": "iɪᵻj",
    "oh": "ɔOɒY", "ou": "uʊwWQ",
}  # fmt: skip
VISEME_OF = {sound: shape for shape, sounds in _SHAPES.items() for sound in sounds}
_WEIGHT = {"PP": 1.0, "FF": 0.9, "sil": 0.0}


def visemes(phonemes: str, lengths: list[int], total: int) -> tuple[VisemeAt, ...]:
    """One shape a sounding phoneme. `lengths` are samples of each phoneme, framed by those of the leading and closing silence."""
    at = lengths[0]
    found = [VisemeAt(0, "sil", 0.0)]
    for sound, length in zip(phonemes, lengths[1:-1], strict=True):
        shape = VISEME_OF.get(sound)
        if shape is not None:
            found.append(VisemeAt(at, shape, _WEIGHT.get(shape, 0.7)))
        elif sound in " .,!?;:…—" and length > 1200:
            found.append(VisemeAt(at, "sil", 0.0))
        at += length
    return (*found, VisemeAt(min(at, total), "sil", 0.0))


def stretched(shapes: tuple[VisemeAt, ...], ratio: float, cut: int, total: int) -> tuple[VisemeAt, ...]:
    """The same shapes after the sound was made longer by `ratio` and `cut` samples were taken from its beginning."""
    return tuple(VisemeAt(max(0, min(total, round(shape.sample * ratio) - cut)), shape.viseme, shape.weight) for shape in shapes)
