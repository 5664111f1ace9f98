"""English words come in, Kokoro's phonemes go out: a lexicon, its inflections, the family's own names, and rules for what is left."""

import json
import re
from functools import cache

from meetagain.models.state import where

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)*|\d+|[.,!?;:…—-]")
_SAID = {".": ".", ",": ",", "!": "!", "?": "?", ";": ";", ":": ":", "…": "…", "—": "—", "-": " "}
_WEAK = {"a": "ɐ", "the": "ðə", "to": "tə", "of": "ʌv", "and": "ænd", "an": "ən", "i": "I", "mum's": "mˈʌmz"}
_VOICELESS, _SIBILANT = "pktfθ", "szʃʒʧʤ"
#: Respelling, as keepers write it (JOO-nee): the longest piece first.
_RESPELL = (
    ("eer", "ɪɹ"), ("air", "ɛɹ"), ("igh", "I"), ("sh", "ʃ"), ("ch", "ʧ"), ("th", "θ"), ("ng", "ŋ"), ("ee", "i"), ("oo", "u"), ("ah", "ɑ"), ("aw", "ɔ"), ("ay", "A"), ("eh", "ɛ"),
    ("er", "ɜɹ"), ("ow", "W"), ("oh", "O"), ("oy", "Y"), ("uh", "ʌ"), ("ih", "ɪ"), ("ll", "l"), ("a", "æ"), ("e", "ɛ"), ("i", "ɪ"), ("o", "ɑ"), ("u", "ʌ"), ("y", "j"), ("c", "k"),
    ("g", "ɡ"), ("j", "ʤ"), ("q", "k"), ("r", "ɹ"), ("x", "ks"),
)  # fmt: skip
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_VOWELS = "AIOWYQaæɑɔəɛɜiɪuʊʌɐᵻ"


@cache
def _lexicon() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("us_silver.json", "us_gold.json"):
        for word, said in json.loads(where("misaki-lexicon", name).read_text("utf-8")).items():
            plain = said if isinstance(said, str) else said.get("DEFAULT")
            if plain:
                found[word] = plain
    return found


def phonemes(text: str, names: dict[str, str]) -> str:
    """Kokoro's phoneme string of a line. `names` maps a word to a respelling such as JOO-nee."""
    own = {word.lower(): respelled(said) for word, said in names.items()}
    tokens = _TOKEN.findall(text.replace("’", "'"))
    parts: list[str] = []
    for number, token in enumerate(tokens):
        if token in _SAID:
            parts.append(_SAID[token])
            continue
        following = tokens[number + 1] if number + 1 < len(tokens) else ""
        said = _number(token) if token.isdigit() else _word(token, own, following)
        parts.append(f" {said}")
    return "".join(parts).strip()


def respelled(text: str) -> str:
    """A keeper's respelling as phonemes; the part in capitals carries the stress."""
    out = []
    for part in re.split(r"[\s-]+", text):
        stress, rest, said = part.isupper() and len(part) > 1, part.lower(), ""
        while rest:
            piece = next(((old, new) for old, new in _RESPELL if rest.startswith(old)), (rest[0], rest[0] if rest[0].isalpha() else ""))
            said, rest = said + piece[1], rest[len(piece[0]) :]
        vowel = next((place for place, sound in enumerate(said) if sound in _VOWELS), None)
        out.append(said[:vowel] + "ˈ" + said[vowel:] if stress and vowel is not None else said)
    return "".join(out)


def _word(word: str, own: dict[str, str], following: str) -> str:
    low = word.lower()
    if low in own:
        return own[low]
    if low.endswith("'s") and low[:-2] in own:
        return _with_s(own[low[:-2]])
    if low == "the":
        return "ði" if following[:1].lower() in "aeiou" and following else "ðə"
    if low in _WEAK:
        return _WEAK[low]
    lexicon = _lexicon()
    for form in (word, low, low.capitalize()):
        if form in lexicon:
            return lexicon[form]
    return _inflected(low, lexicon) or _by_rule(low)


def _inflected(word: str, lexicon: dict[str, str]) -> str:
    if word.endswith("'s") and (base := lexicon.get(word[:-2]) or lexicon.get(word[:-2].capitalize())):
        return _with_s(base)
    for ending, puts, join in (("s", ("", "e"), _with_s), ("ed", ("", "e", "-"), _with_ed), ("ing", ("", "e", "-"), lambda base: base + "ɪŋ")):
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        for put in puts:
            known = stem[:-1] if put == "-" and len(stem) > 2 and stem[-1] == stem[-2] else stem + put.strip("-")
            if known in lexicon:
                return join(lexicon[known])
    if word.endswith("ies") and word[:-3] + "y" in lexicon:
        return lexicon[word[:-3] + "y"] + "z"
    return ""


def _with_s(base: str) -> str:
    return base + ("s" if base[-1] in _VOICELESS else "ᵻz" if base[-1] in _SIBILANT else "z")


def _with_ed(base: str) -> str:
    return base + ("ᵻd" if base[-1] in "td" else "t" if base[-1] in _VOICELESS + "sʃʧ" else "d")


def _by_rule(word: str) -> str:
    """A word that nobody listed: its letters, with the stress on the first vowel."""
    said = respelled(word.replace("'", "").replace("ph", "f").replace("ck", "k").replace("qu", "kw"))
    vowel = next((place for place, sound in enumerate(said) if sound in _VOWELS), None)
    return said if vowel is None else said[:vowel] + "ˈ" + said[vowel:]


def _number(digits: str) -> str:
    return " ".join(_word(word, {}, "") for word in number_words(int(digits)).split())


def number_words(number: int) -> str:
    """A number under a million in words; years between 1100 and 1999 as they are said."""
    if 1100 <= number <= 1999 and number % 100:
        return f"{number_words(number // 100)} {'oh ' if number % 100 < 10 else ''}{number_words(number % 100)}"
    if number >= 1_000_000:
        return " ".join(_ONES[int(digit)] for digit in str(number))
    if number >= 1000:
        return f"{number_words(number // 1000)} thousand {number_words(number % 1000) if number % 1000 else ''}".strip()
    if number >= 100:
        return f"{_ONES[number // 100]} hundred {number_words(number % 100) if number % 100 else ''}".strip()
    return _ONES[number] if number < 20 else f"{_TENS[number // 10]} {_ONES[number % 10] if number % 10 else ''}".strip()
