"""The YAML text of what recall must know of the world comes in; which words mean the same, are of one kind, or exclude each other goes out."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

import msgspec

from meetagain.mind.language import Language
from meetagain.mind.wording import Wording
from meetagain.store.yaml import read_yaml

MOST_WORDS = 5  # of one expression: "for a living", "hide and seek"
#: What one word says of another.
SAME, MEMBER, KIND, OTHER, NOTHING = "same", "member", "kind", "other", ""


class Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What answers a kind of question: any of these."""

    kinds: tuple[str, ...] = ()
    words: str = ""  # a pattern
    dated: bool = False  # the memory has a year or a month
    numbers: bool = False
    people: bool = False


class Demand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a memory must tell to answer one way of asking (patterns)."""

    asked: str
    told: str = ""
    people: bool = False  # it must name somebody beside the two who talk


class World(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text as it is written; what each part means stands in `proofs/en.yaml`."""

    kinds: dict[str, str] = {}
    opposites: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    goes_with: dict[str, str] = {}
    generic: str = ""
    seasons: dict[str, tuple[int, ...]] = {}
    months: tuple[str, ...] = ()
    kin: str = ""
    kin_of: dict[str, tuple[str, ...]] = {}
    kin_through: dict[str, dict[str, str]] = {}
    visitor_is: dict[str, tuple[str, ...]] = {}
    possessive: dict[str, str] = {}
    address: str = ""
    turning: str = ""
    event_after: str = ""
    event_before: str = ""
    predicate: str = ""
    event_with: str = ""
    not_numbers: str = ""
    spans: str = ""
    now: str = ""
    aside: str = ""
    beyond: str = ""
    answers: dict[str, str] = {}
    needs: dict[str, Need] = {}
    beside: str = ""
    titles: str = ""
    ordinal: str = ""
    negative: str = ""
    demands: tuple[Demand, ...] = ()
    which: str = ""
    sort_of: str = ""
    must: str = ""
    calling: str = ""
    other: str = ""
    loose: str = ""
    pronouns: dict[str, str] = {}
    pronoun_kin: dict[str, str] = {}
    somebody: str = ""
    relating: dict[str, str] = {}
    converse: tuple[str, ...] = ()
    small: str = ""
    naming: str = ""
    verbs: str = ""
    endings: str = ""
    told_as: dict[str, str] = {}
    nearness: tuple[float, ...] = (0.4, 0.5, 0.6, 0.7, 0.8)


class Lexicon:
    """What words have to do with each other, by their stems. Immutable."""

    def __init__(self, text: str, language: Language) -> None:
        world = msgspec.convert(read_yaml(text), World)
        self.text, self.world = text, world
        self.wording = Wording(language, _nouns(world), world.verbs, world.endings)
        self._stem = _phrases(self.wording)
        self._of: dict[str, set[str]] = {}
        self._parents: dict[str, set[str]] = {}
        self._read_kinds()
        self._above = {concept: frozenset(self._climb(concept)) for concept in self._parents}
        self._same: dict[str, set[int]] = {}
        for number, line in enumerate(world.same):
            for word in self.stems(line):
                self._same.setdefault(word, set()).add(number)
        self._goes_with: dict[str, set[str]] = {}
        for thing, words in world.goes_with.items():
            for word in self.stems(words):
                self._goes_with.setdefault(word, set()).update(self.stems(thing))
        self._opposite: dict[str, set[str]] = {}
        for line in world.opposites:
            one, other = (set(self.stems(side)) for side in line.split("|"))
            for word, against in (*((word, other) for word in one), *((word, one) for word in other)):
                self._opposite.setdefault(word, set()).update(against)
        self.generic = frozenset(self.stems(world.generic))
        self.kin = {word: names[0] for names in self._sets(world.kin) for word in names}
        self.phrases = frozenset(word for words in (self._of, self._same, self._goes_with, self.kin) for word in words if "_" in word)
        self.kin_of = {stem: frozenset(map(self._stem, them)) for word, them in world.kin_of.items() for stem in self._names(word)}
        self.months = {stem: number for number, word in enumerate(world.months, 1) for stem in self._names(word)}
        self.seasons = {stem: frozenset(months) for word, months in world.seasons.items() for stem in self._names(word)}
        self.calling = frozenset(self.stems(world.calling))
        self._loose = frozenset(self.stems(world.loose))
        self.told_as = {kind: frozenset(self.stems(words)) for kind, words in world.told_as.items()}
        self.must = frozenset(self.stems(world.must))
        self.turning = frozenset(self.stems(world.turning))
        self.address = frozenset(self.stems(world.address))

    def stems(self, text: str) -> list[str]:
        """Stems of words between spaces; "_" and "/" as in the file."""
        return [self._stem(word) for entry in text.split() for word in entry.split("/")]

    def concepts(self, stem: str) -> frozenset[str]:
        """What a word may stand for."""
        return frozenset(self._of.get(stem, ()))

    def known(self, stem: str) -> bool:
        """Whether it is a word of the everyday world that this lexicon has."""
        return stem in self._of or stem in self._same or stem in self._opposite or stem in self.kin

    def is_thing(self, stem: str) -> bool:
        """Whether it is the name of a thing that has a kind."""
        return stem in self._of

    def loose(self, stem: str) -> bool:
        """Whether it is a thing that may be left unsaid where it happens anyway: parts of the day."""
        return bool(self._loose & self.within(stem))

    def kinds_of(self, stem: str) -> frozenset[str]:
        """What a word may stand for, and the kinds right above it."""
        found = self.concepts(stem)
        return found | self._kinds(found)

    def within(self, stem: str) -> frozenset[str]:
        """All that a word stands for, and every kind above it."""
        found = self.concepts(stem)
        return found.union(*(self._above.get(concept, ()) for concept in found))

    def relation(self, asked: str, known: str) -> str:
        """What `known`, which stands in a memory, is to `asked`: the same, a member of that kind, its kind, another member, or nothing."""
        if asked == known or self._same.get(asked, set()) & self._same.get(known, set()):
            return SAME
        one, other = self.concepts(asked), self.concepts(known)
        if not one or not other:
            return NOTHING
        if one & other:
            return SAME
        if one & self.within(known):
            return MEMBER
        if other & self.within(asked):
            return KIND
        return OTHER if self._kinds(one) & self._kinds(other) else NOTHING

    def opposed(self, stem: str) -> frozenset[str]:
        """Words that say the contrary."""
        return frozenset(self._opposite.get(stem, ()))

    def things_of(self, stem: str) -> frozenset[str]:
        """Things that have this, or never come without it."""
        return frozenset(self._goes_with.get(stem, ()))

    def alike(self, stem: str) -> frozenset[int]:
        """Numbers of the sets of like words that it is in."""
        return frozenset(self._same.get(stem, ()))

    def _kinds(self, concepts: Iterable[str]) -> set[str]:
        return {parent for concept in concepts for parent in self._parents.get(concept, ())}

    def _climb(self, concept: str) -> set[str]:
        found, left = set(), list(self._parents.get(concept, ()))
        while left:
            kind = left.pop()
            if kind not in found:
                found.add(kind)
                left += self._parents.get(kind, ())
        return found

    def _read_kinds(self) -> None:
        for names, members in self.world.kinds.items():
            kind, *others = self._names(names)
            for word in (kind, *others):
                self._of.setdefault(word, set()).add(kind)
            self._parents.setdefault(kind, set())
            for entry in members.split():
                concept, *words = self._names(entry)
                for word in (concept, *words):
                    self._of.setdefault(word, set()).add(concept)
                if concept != kind:
                    self._parents.setdefault(concept, set()).add(kind)

    def _names(self, entry: str) -> list[str]:
        return list(dict.fromkeys(self._stem(word) for word in entry.split("/")))

    def _sets(self, text: str) -> list[list[str]]:
        return [self._names(entry) for entry in text.split()]


def _nouns(world: World) -> list[str]:
    """Names of things and of kin that are one word."""
    entries = [*world.kinds, *(entry for members in world.kinds.values() for entry in members.split()), *world.kin.split(), *world.kin_of]
    return [word for entry in entries for word in entry.split("/") if "_" not in word]


def _phrases(wording: Wording) -> Callable[[str], str]:
    """How an entry of the file is brought to the form in which text is compared: stems, several words joined by "_"."""

    def stem(entry: str) -> str:
        return "_".join(wording.stem(word) for word in entry.split("_") if word)

    return cache(stem)


def lexicon_text(code: str) -> str:
    """The text that is built in for a language; an empty world for one that has none."""
    entry = files("meetagain.mind") / "proofs" / f"{code}.yaml"
    return entry.read_text("utf-8") if entry.is_file() else "{}"
