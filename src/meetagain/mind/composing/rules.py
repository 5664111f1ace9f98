"""The name of a language comes in; the frames and word lists by which lines are put together go out. All of it is data, in `languages/`."""

from functools import cache
from importlib.resources import files

import msgspec

from meetagain.store.yaml import read_yaml


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words around a memory, in one manner of speaking. {teller} is who told it, as the person called them."""

    told: str  # before a teller's own sentence
    told_by_visitor: str
    told_by_nobody: str
    teller: str  # who told it
    teller_visitor: str
    teller_shared: str  # the visitor and somebody else
    wrote: str  # the person wrote it
    said: str  # the person said it
    when: dict[str, str]  # a kind of time -> sentence
    offer: str = ""  # asks whether a memory is meant: {what} is a thing or a name in it
    fragment: str = ""  # makes a sentence of a memory that is none: one thing
    fragments: str = ""  # several things
    reported: str = ""  # a teller's sentence inside a sentence, in languages that report so
    reported_by_visitor: str = ""
    reported_by_nobody: str = ""


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How lines are put together in one language."""

    language: str
    longest: dict[str, int]  # child | adult -> words of one sentence
    frames: dict[str, Frames]  # child | adult | ... -> words
    months: tuple[str, ...]
    days: tuple[str, ...]  # a day of the month as it is said
    spans: dict[str, str]  # year | month -> one end of a longer time
    dates: tuple[str, ...]  # expressions for dates in words: year, month, day
    moment_forms: tuple[str, ...]  # expressions for a named time and its year: name, year
    moments: dict[str, str]  # a season or feast as families write it -> as it is said before a year
    always: tuple[str, ...]
    about: tuple[str, ...]  # before a year that is not known for certain
    words: dict[str, str] = {}  # class of words -> the words, with spaces between
    genders: dict[str, str] = {}  # she | he | any | many -> words for people and animals
    patterns: dict[str, tuple[str, ...]] = {}  # what a sentence is looked through for -> expressions
    relations: dict[str, str] = {}  # what the person was to the visitor -> what the visitor was to them
    kin: dict[str, str] = {}  # a relation -> the words for it
    verbs: dict[str, str] = {}  # class of verbs -> the verbs

    def set_of(self, name: str) -> frozenset[str]:
        """A class of words."""
        return _set(self.words[name])


@cache
def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
def rules_for(code: str) -> Rules | None:
    """The rules of a language, or None where there are none."""
    file = files("meetagain.mind") / "languages" / "compose" / f"{code}.yaml"
    if not code.isalpha() or not file.is_file():
        return None
    return msgspec.convert(read_yaml(file.read_text("utf-8")), Rules)
