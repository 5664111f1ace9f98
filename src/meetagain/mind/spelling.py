"""Two words come in; how alike they look and sound goes out: speech recognition hears "mirror lake" for Mirrow Lake."""

import re
import unicodedata
from functools import lru_cache

_HANGUL = re.compile(r"[가-힣]")
#: English letters that sound alike, in order; what is left without its vowels is how a word sounds.
_SOUNDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^ps", "s"),
        (r"gh(?=[t]|$)", ""),
        (r"gn$", "n"),
        (r"ph", "f"),
        (r"tch", "ch"),
        (r"(?:ch|sh|sch|ti(?=o)|ci(?=o|a))", "x"),
        (r"ck", "k"),
        (r"qu", "k"),
        (r"x(?=$)", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"[cqg](?![eiy])", "k"),
        (r"g(?=[eiy])", "j"),
        (r"mb$", "m"),
        (r"th", "t"),
        (r"d", "t"),
        (r"v", "f"),
        (r"z", "s"),
        (r"(?<=[aeiou])[wyh]", ""),
        (r"(?<=[bcdfghjklmnpqrstvxz])w(?=[aeiou])", "W"),  # swing is not sing
        (r"h", ""),
    )
)
#: Korean sounds that are heard alike: e and ae, plain and tense and breathed; what ends a syllable is heard as one of seven.
_VOWELS = str.maketrans("ㅐㅒㅖㅙㅚ", "ㅔㅔㅔㅞㅞ")
_FIRSTS = str.maketrans("ㄲㅋㄸㅌㅃㅍㅆㅉㅊ", "ㄱㄱㄷㄷㅂㅂㅅㅈㅈ")
_LASTS = str.maketrans("ㄲㅋㅅㅆㅈㅊㅌㅎㅍ", "ㄱㄱㄷㄷㄷㄷㄷㄷㅂ")
_DOUBLE_LAST = {
    "ㄳ": "ㄱ",
    "ㄵ": "ㄴ",
    "ㄶ": "ㄴ",
    "ㄺ": "ㄱ",
    "ㄻ": "ㅁ",
    "ㄼ": "ㄹ",
    "ㄽ": "ㄹ",
    "ㄾ": "ㄹ",
    "ㄿ": "ㅂ",
    "ㅀ": "ㄹ",
    "ㅄ": "ㅂ",
}
_L = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_V = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_T = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """How a word sounds, roughly: the same for words that a recogniser mixes up. Latin script: consonants; Korean: every letter."""
    return _korean_sound(word) if _HANGUL.search(word) else _latin_sound(word)


@lru_cache(maxsize=65536)
def likeness(heard: str, known: str) -> float:
    """0 to 1: how surely `heard` is `known` misheard or misspelt. 1 only for the very same word."""
    if heard == known:
        return 1.0
    hangul = bool(_HANGUL.search(heard))
    if hangul != bool(_HANGUL.search(known)) or heard.isdigit() or known.isdigit():
        return 0.0
    one, other = (letters(heard), letters(known)) if hangul else (heard, known)
    longest = max(len(one), len(other))
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 3:
        return 0.0
    steps = distance(one, other, 3)
    if sound(heard) == sound(known) and steps <= max(2, longest // 3):
        return 0.9 if steps < 3 else 0.8
    if hangul:
        return 0.7 if longest >= 5 and steps <= (1 if longest < 9 else 2) and heard[0] == known[0] else 0.0
    if longest >= 6 and steps <= 1 and one[0] == other[0]:
        return 0.8
    return 0.6 if longest >= 8 and steps <= 2 and one[0] == other[0] else 0.0


def distance(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with their neighbour, to make one of the other; `most` + 1 where it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and its == one[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def letters(word: str) -> str:
    """Korean syllables taken apart into their letters; other letters as they are."""
    return "".join("".join(parts) if len(parts) > 1 else parts[0] for parts in map(_parts, unicodedata.normalize("NFC", word)))


def grams(word: str, size: int = 3) -> frozenset[str]:
    """Runs of letters of a word with its ends marked; Korean by syllable pairs."""
    if _HANGUL.search(word):
        size = 2
        marked = word
    else:
        marked = f"<{word}>"
    return frozenset(marked[at : at + size] for at in range(max(1, len(marked) - size + 1)))


def _parts(syllable: str) -> tuple[str, ...]:
    code = ord(syllable) - 0xAC00
    if not 0 <= code < 11172:
        return (syllable,)
    return tuple(part for part in (_L[code // 588], _V[code % 588 // 28], _T[code % 28]) if part)


def _latin_sound(word: str) -> str:
    for pattern, put in _SOUNDS:
        word = pattern.sub(put, word)
    first = "a" if word[:1] in tuple("aeiou") else word[:1]
    return first + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", word[1:])).removeprefix(first)


def _korean_sound(word: str) -> str:
    """As it is heard: a last consonant moves over to a syllable that begins with none."""
    found: list[str] = []
    syllables = [_parts(one) for one in word]
    for number, parts in enumerate(syllables):
        first, middle = parts[0].translate(_FIRSTS), "".join(parts[1:2]).translate(_VOWELS)
        last = parts[2] if len(parts) > 2 else ""
        follows = syllables[number + 1] if number + 1 < len(syllables) else ()
        moves = bool(last) and last not in "ㅇ" and len(follows) > 1 and follows[0] == "ㅇ"
        found.append(("" if first == "ㅇ" else first) + middle)
        last = _DOUBLE_LAST.get(last, last)
        found.append(last.translate(_FIRSTS) if moves else last.translate(_LASTS))
    return "".join(found)
