"""A sentence comes in; its words that carry meaning, and whether it is in another language, go out. The words known stand in texts/words.yaml."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from meetagain.store.yaml import read_yaml

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HANGUL = re.compile(r"[가-힣]")
MOST_TAGS = 6
_ENOUGH_LETTERS = 6  # fewer show nothing of a language


@cache
def known() -> dict[str, Any]:
    """texts/words.yaml as it stands."""
    value = read_yaml((files("meetagain.archive") / "texts" / "words.yaml").read_text("utf-8"))
    assert isinstance(value, dict)
    return value


@cache
def word_list(language: str, name: str) -> frozenset[str]:
    """One list of a language; empty where that language has none."""
    return frozenset(str(known()["languages"].get(language, {}).get(name, "")).split())


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(sorted(known()[name].split(), key=len, reverse=True))


def plain_words(line: str) -> list[str]:
    """Lower-case words in order, apostrophes made plain."""
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(line)]


def content_words(line: str) -> list[str]:
    """The words that carry meaning, in order, each once; Korean ones without the small words hung on them."""
    light = word_list("en", "light") | word_list("ko", "light")
    found: list[str] = []
    for word in plain_words(line):
        bare = word.removesuffix("'s")
        if bare in light or word in light:
            continue
        if _HANGUL.search(bare):
            bare = korean_thing(bare)
        if (bare in short_things() or len(bare) >= (2 if _HANGUL.search(bare) else 3)) and bare not in light:
            found.append(bare)
    return list(dict.fromkeys(found))


def korean_thing(word: str) -> str:
    """A Korean word without what is hung on it: 호수 of 호수에서. A name in Latin letters may carry it too."""
    if len(word) == 2 and word[0] in short_things() and word[1] in "이가을를은는도에의로만와과":
        return word[0]
    for ending in _endings("hung_on"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


def is_done(word: str) -> bool:
    """Whether a Korean word tells what is done rather than a thing: by a long ending, or by a short one where nothing is hung on it."""
    ending = next((ending for ending in _endings("done") if word.endswith(ending) and len(word) > len(ending)), "")
    return bool(ending) and (len(ending) > 1 or korean_thing(word) == word)


@cache
def short_things() -> frozenset[str]:
    """Korean things of one syllable."""
    return frozenset(known()["short"].split())


def tags_of(line: str, without: Iterable[str] = ()) -> tuple[str, ...]:
    """A few words of the sentence itself that a question about it would use: things before doings."""
    words = [word for word in content_words(line) if word not in without]
    doings = {korean_thing(word) for word in plain_words(line) if _HANGUL.search(word) and is_done(word)}
    things = [word for word in words if word not in doings]
    return tuple((things or words)[:MOST_TAGS])


def is_other_language(line: str, language: str) -> bool:
    """Whether a sentence is clearly not in `language`: by its letters, or by the small words of a language written in the same ones."""
    language = language.split("-")[0].lower()
    letters = [sign for sign in line if sign.isalpha()]
    if len(letters) < _ENOUGH_LETTERS:
        return False
    scripts = known()["scripts"]
    home = scripts.get(language)
    own = sum(1 for sign in letters if (_within(sign, home) if home else _is_latin(sign)))
    if own * 5 < len(letters) * 2:
        return True
    return home is None and _speaks_of_others(plain_words(line), language)


def _speaks_of_others(words: list[str], language: str) -> bool:
    mine = word_list(language, "marks") | word_list(language, "light")
    if not mine:
        return False
    here = sum(word in mine for word in words)
    there = Counter(other for word in words for other in _marked(language).get(word, ()))
    return bool(there) and max(there.values()) >= 2 and max(there.values()) > 2 * here


@cache
def _marked(language: str) -> dict[str, tuple[str, ...]]:
    """Word -> the other languages that it is a mark of, and this one's not."""
    mine = word_list(language, "marks") | word_list(language, "light")
    found: dict[str, tuple[str, ...]] = {}
    for other in known()["languages"]:
        for word in word_list(other, "marks") - mine if other != language else ():
            found[word] = (*found.get(word, ()), other)
    return found


def _within(sign: str, ranges: list[str]) -> bool:
    return any(int(low, 16) <= ord(sign) <= int(high, 16) for low, high in (span.split("-") for span in ranges))


def _is_latin(sign: str) -> bool:
    return ord(sign) < 0x250 or 0x1E00 <= ord(sign) < 0x1F00
