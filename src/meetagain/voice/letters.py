"""A word that no lexicon lists comes in, a likely pronunciation goes out.

A keeper's respelling (JOO-nee) is read by rules; any other word by the small recurrent network of g2p-en (K. Park and J. Kim, 2019), whose
weights are fetched as data and run here in numpy.
"""

import re
import unicodedata
from functools import cache

import numpy as np

from meetagain.errors import MeetAgainError
from meetagain.models.state import where

VOWELS = "AIOQWYaiuæɑɒɐɔəɛɜɪʊʌᵻᵊ"
_RESPELLED = {
    "eer": "ɪɹ", "ear": "ɪɹ", "air": "ɛɹ", "igh": "I", "tch": "ʧ", "dge": "ʤ", "eye": "I", "ee": "i", "ea": "i", "oo": "u",
    "ah": "ɑ", "aa": "ɑ", "aw": "ɔ", "au": "ɔ", "ay": "A", "ai": "A", "ey": "A", "eh": "ɛ", "er": "ɜɹ", "ur": "ɜɹ", "ir": "ɜɹ",
    "ar": "ɑɹ", "or": "ɔɹ", "ow": "W", "ou": "W", "oh": "O", "oa": "O", "oy": "Y", "oi": "Y", "uh": "ʌ", "ih": "ɪ", "ie": "I",
    "sh": "ʃ", "ch": "ʧ", "th": "θ", "dh": "ð", "zh": "ʒ", "ng": "ŋ", "ph": "f", "wh": "w", "ck": "k", "qu": "kw", "kh": "k",
    "a": "æ", "e": "ɛ", "i": "ɪ", "o": "ɑ", "u": "ʌ", "c": "k", "g": "ɡ", "j": "ʤ", "q": "k", "r": "ɹ", "x": "ks", "y": "j",
}  # fmt: skip
_PIECE = re.compile("|".join(sorted(_RESPELLED, key=len, reverse=True)) + r"|[a-z]")
_CHARACTERS = ["<pad>", "<unk>", "</s>", *"abcdefghijklmnopqrstuvwxyz"]
_ARPABET = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "B": "b", "CH": "ʧ", "D": "d", "DH": "ð", "EH": "ɛ",
    "ER": "ɜɹ", "EY": "A", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i", "JH": "ʤ", "K": "k", "L": "l", "M": "m",
    "N": "n", "NG": "ŋ", "OW": "O", "OY": "Y", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ",
    "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_STRESS = {"0": "", "1": "ˈ", "2": "ˌ"}
_BRITISH = str.maketrans({"O": "Q", "æ": "a"})


def respelled(text: str, british: bool = False) -> str:
    """A respelling as phonemes: parts are parted by hyphens or blanks, the part in capitals carries the stress."""
    parts = [part for part in re.split(r"[\s-]+", text) if part]
    said = [_part(part) for part in parts]
    if not any("ˈ" in part for part in said):
        said = [_stressed(part) if number == 0 else part for number, part in enumerate(said)]
    return as_british("".join(said)) if british else "".join(said)


def _part(part: str) -> str:
    sounds = []
    low = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", part.lower())
    for match in _PIECE.finditer(low):
        piece = match.group(0)
        last = match.end() == len(low)
        sounds.append("I" if piece == "y" and last and match.start() > 0 else _RESPELLED.get(piece, piece))
    said = "".join(sounds)
    return _stressed(said) if part.isupper() and len(part) > 1 else said


def _stressed(said: str) -> str:
    place = next((place for place, sound in enumerate(said) if sound in VOWELS), None)
    return said if place is None else f"{said[:place]}ˈ{said[place:]}"


def as_british(said: str) -> str:
    """American phonemes as a British voice says them: no r but before a vowel, long vowels marked."""
    said = re.sub(r"([ɑɔɜ])ɹ(?=[^" + VOWELS + r"ˈˌ]|$)", r"\1ː", said.replace("ɾ", "t"))
    said = re.sub(r"ɪɹ(?=[^" + VOWELS + r"ˈˌ]|$)", "ɪə", said)
    said = re.sub(r"ɛɹ(?=[^" + VOWELS + r"ˈˌ]|$)", "ɛː", said)
    said = re.sub(r"(?<=[^ɪ])ɑ(?!ː)(?=[^ˈˌ]|$)", "ɑː", said)
    return re.sub(r"([iu])(?!ː)", r"\1ː", said).translate(_BRITISH)


def guessed(word: str, british: bool = False) -> str:
    """A pronunciation of any word in Latin letters; accents are dropped. '' when nothing in it can be said."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if sign.isascii() and sign.isalpha())
    if not plain:
        return ""
    if not re.search("[aeiouy]", plain):
        return respelled(plain, british)
    try:
        said = _network(plain)
    except MeetAgainError:
        said = respelled(plain)
    return as_british(said) if british else said


@cache
def _network(word: str) -> str:
    weights = _weights()
    state = np.zeros(256, np.float32)
    for character in [*word[:40], "</s>"]:
        state = _step(weights["enc_emb"][_CHARACTERS.index(character)], state, weights, "enc")
    sound, said = 2, []
    for _ in range(24):
        state = _step(weights["dec_emb"][sound], state, weights, "dec")
        sound = int((weights["fc_w"] @ state + weights["fc_b"]).argmax())
        if sound == 3:
            break
        said.append(_sound(_PHONEMES[sound]))
    text = "".join(said)
    return text if "ˈ" in text else _stressed(text)


def _step(given: np.ndarray, state: np.ndarray, weights: dict[str, np.ndarray], side: str) -> np.ndarray:
    """One step of a gated recurrent unit (K. Cho and others, 2014)."""
    a = weights[f"{side}_w_ih"] @ given + weights[f"{side}_b_ih"]
    b = weights[f"{side}_w_hh"] @ state + weights[f"{side}_b_hh"]
    size = len(state)
    reset, update = 1 / (1 + np.exp(-(a[:size] + b[:size]))), 1 / (1 + np.exp(-(a[size : 2 * size] + b[size : 2 * size])))
    return (1 - update) * np.tanh(a[2 * size :] + reset * b[2 * size :]) + update * state


def _sound(arpabet: str) -> str:
    name, stress = (arpabet[:-1], arpabet[-1]) if arpabet[-1:].isdigit() else (arpabet, "")
    if name == "AH" and stress == "0":
        return "ə"
    if name == "ER" and stress == "0":
        return "əɹ"
    return _STRESS.get(stress, "") + _ARPABET.get(name, "")


_WITH_STRESS = ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
_PHONEMES = ["<pad>", "<unk>", "<s>", "</s>"]
for _name in sorted(_ARPABET):
    if _name in _WITH_STRESS:
        _PHONEMES.extend([*(["UW"] if _name == "UW" else []), *(f"{_name}{level}" for level in "012")])
    else:
        _PHONEMES.append(_name)


@cache
def _weights() -> dict[str, np.ndarray]:
    with np.load(where("g2p-en", "checkpoint20.npz")) as file:
        return {name: file[name].astype(np.float32) for name in file.files}
