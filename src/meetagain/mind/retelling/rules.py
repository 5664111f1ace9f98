"""The name of a language comes in; how its memories may be retold goes out. A language without a file here is not retold."""

import re
from functools import cache
from importlib.resources import files

import msgspec

from meetagain.store.yaml import read_yaml

Words = str  # words with a space between


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    openers: Words
    articles: dict[str, Words]
    any_article: Words
    adverbs: Words
    phrases: Words
    phrases_before_a_thing: Words
    clauses: Words
    true_after: Words
    at_the_same_time: Words
    first: Words
    joins: Words
    done: Words
    done_by: Words
    means: Words
    where: Words
    keep_together: Words
    comma_then: Words
    no_end: Words
    no: Words
    every: Words
    being: Words
    made_up: Words
    wanting: Words
    aiming: Words
    able: Words
    doubtful: Words
    i: str
    my: str
    own_words: Words
    turned: dict[str, str]
    visitors_own: Words
    together: Words
    subjects: Words
    third: dict[str, Words]
    refers: Words
    leaning: Words
    owners: Words
    people: Words
    units: Words
    tens: Words
    ordinals: Words
    abbreviations: Words
    months: Words
    date_words: dict[str, str]
    short: dict[str, Words]
    short_endings: dict[str, str]
    is_short: Words
    never: dict[str, str]
    now_words: Words
    feeling_words: Words


class Rules:
    """The rules of one language, ready to use. Word lists are frozensets, patterns compiled. Immutable."""

    def __init__(self, text: str) -> None:
        found = msgspec.convert(read_yaml(text), _File)
        self.language = found.language
        for name in _File.__struct_fields__:
            value = getattr(found, name)
            if isinstance(value, str) and name not in ("language", "i", "my"):
                setattr(self, name, frozenset(value.split()))
            elif isinstance(value, dict) and name not in ("never", "short", "turned", "date_words", "short_endings"):
                setattr(self, name, {key: frozenset(words.split()) for key, words in value.items()})
        self.i, self.my, self.turned = found.i, found.my, found.turned
        self.short = {key: tuple(words.split()) for key, words in found.short.items()}
        self.short_endings, self.date_words = found.short_endings, found.date_words
        self.months = {name: number for number, name in enumerate(found.months.split(), start=1)}
        units, tens, ordinals = found.units.split(), found.tens.split(), found.ordinals.split()
        self.counted = {word: number for number, word in enumerate(units)} | {
            word: 10 * number for number, word in enumerate(tens, start=2)
        }
        self.counted_tens = frozenset(tens)
        self.ordered = {word: number for number, word in enumerate(ordinals)}
        self.never = {name: re.compile("|".join(lines.split("\n")[:-1] or [lines])) for name, lines in found.never.items()}


@cache
def rules(language: str) -> Rules | None:
    """The rules of a language ("en", "en-GB"), or None where there are none."""
    code = language.split("-")[0].lower()
    file = files("meetagain.mind.retelling") / f"{code}.yaml"
    return Rules(file.read_text("utf-8")) if code.isalpha() and file.is_file() else None
