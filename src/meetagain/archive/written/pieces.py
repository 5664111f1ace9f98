"""A passage comes in; the pieces of it that are of a length to be spoken go out, word for word."""

import re
from collections.abc import Callable

from meetagain.archive.words import content_words
from meetagain.archive.written.clean import can_be_spoken, paragraphs, sentences, spoken, tidy, word_count

FEWEST_WORDS, MOST_WORDS = 3, 40
_KOREAN = re.compile(r"[가-힣]")
_KOREAN_WORDS, _KOREAN_SYLLABLES = 2, 5  # a Korean word says more than an English one


def fits(line: str) -> bool:
    """Whether a line says something in a breath or two: long enough, short enough, and not of light words alone."""
    count = word_count(line)
    syllables = len(_KOREAN.findall(line))
    fewest = _KOREAN_WORDS if syllables >= _KOREAN_SYLLABLES else FEWEST_WORDS
    return fewest <= count <= MOST_WORDS and can_be_spoken(line) and bool(content_words(line))


def pieces(text: str) -> list[str]:
    """The whole passage where it is short; else its paragraphs, and of those that are too long the sentences."""
    whole = spoken(text)
    if word_count(whole) <= MOST_WORDS:
        return [whole] if fits(whole) else []
    found: list[str] = []
    for part in paragraphs(tidy(text)):
        line = spoken(part)
        found += [line] if word_count(line) <= MOST_WORDS else sentences(line)
    return [line for line in found if fits(line)]


def about(text: str, speaks_of: Callable[[str], bool], pronoun: str, spoken_of: bool = False) -> list[str]:
    """The sentences that speak of somebody, each with those right after it that go on with he, she or they.

    Where somebody is `spoken_of` already, as in an interview about them, a sentence may also begin so.
    """
    blocks = [sentences(spoken(part)) for part in (paragraphs(tidy(text)) or [text])]
    found: list[str] = []
    for block in blocks:
        going_on = False
        for line in block:
            goes_on = bool(re.match(rf"{pronoun}\b", line, re.I))
            if speaks_of(line) or (spoken_of and goes_on and not going_on):
                found.append(line)
                going_on = True
            elif going_on and goes_on and word_count(f"{found[-1]} {line}") <= MOST_WORDS:
                found[-1] = f"{found[-1]} {line}"
            else:
                going_on = False
    return [line for line in found if fits(line)]
