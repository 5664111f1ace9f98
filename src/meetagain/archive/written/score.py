"""A sentence comes in, how much it may say of somebody goes out: the best are put first on the keeper's page.

One point for each word that carries meaning, up to eight; two for a word of feeling; two where it looks back; one where somebody speaks of
themselves; one where it names a member of the family; one for six to twenty-two words, which is a good length to be spoken. Two less for
an errand or an appointment, one less for a question alone. Nothing else counts, and no sentence is changed.
"""

import re
from collections.abc import Iterable
from functools import cache

from meetagain.archive.words import content_words, known, plain_words, word_list
from meetagain.archive.written.clean import word_count


@cache
def _back(language: str) -> re.Pattern[str]:
    return re.compile("|".join(known()["languages"][language]["back"]), re.I)


def looks_back(line: str) -> bool:
    """Whether it tells of another day than the one on which it was written."""
    return any(_back(language).search(line) for language in ("en", "ko"))


def score(line: str, family: Iterable[str]) -> int:
    """How much a sentence may say; higher is better."""
    words = set(plain_words(line))
    feeling = any(words & word_list(language, "feeling") for language in ("en", "ko"))
    own = any(words & word_list(language, "own") for language in ("en", "ko"))
    errand = any(words & word_list(language, "errand") for language in ("en", "ko"))
    points = min(len(content_words(line)), 8) + 2 * feeling + 2 * looks_back(line) + own
    points += any(name in words for name in family)
    points += 6 <= word_count(line) <= 22
    return points - 2 * errand - (line.endswith("?") and "." not in line)
