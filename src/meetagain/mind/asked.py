"""A question comes in; what it turns on goes out: the words, people, numbers and times that a memory must hold to answer it."""

import re
from collections.abc import Callable

import msgspec

from meetagain.mind.language import Language
from meetagain.mind.lexicon import Lexicon
from meetagain.mind.people import People

_SENTENCE = re.compile(r"[^.!?…。？！\n]+[.!?…。？！]*")


class Anchor(msgspec.Struct, frozen=True):
    """One thing that a question turns on."""

    word: str  # as it was said
    stem: str
    kind: str  # "word" | "thing" (its kind is known) | "name" | "kin" | "turning" | "other" | "generic"
    meant: frozenset[str] = frozenset()  # kin: what they are to the person
    joined: tuple[str, ...] = ()  # with its neighbours, for words that are written together
    event: bool = False  # it is what is said to have happened


class Asked(msgspec.Struct, frozen=True):
    """A question, taken apart."""

    text: str
    anchors: tuple[Anchor, ...]
    numbers: frozenset[int]
    months: frozenset[int]
    seasons: tuple[tuple[str, frozenset[int]], ...]
    wants: str  # who where when how_many name colour ..., or ''
    of_now: bool = False  # it asks of these days, of which there are no memories

    @property
    def solid(self) -> tuple[Anchor, ...]:
        """What it turns on, without words that show little."""
        return tuple(anchor for anchor in self.anchors if anchor.kind not in ("generic", "turning"))


class Asking:
    """Takes questions apart, for one person."""

    def __init__(self, language: Language, lexicon: Lexicon, people: People, heard: Callable[[str], str]) -> None:
        """`heard`: the known word that two words together sound like, or ''."""
        world = lexicon.world
        self._language, self._lexicon, self._people, self._heard = language, lexicon, people, heard
        self._no_numbers, self._spans, self._now, self._aside = (
            _pattern(text) for text in (world.not_numbers, world.spans, world.now, world.aside)
        )
        self._event_after = frozenset(world.event_after.split())
        self._other = frozenset(world.other.split())
        self._wants = tuple((name, _pattern(pattern)) for name, pattern in world.answers.items())

    def read(self, text: str) -> Asked:
        """What `text` turns on."""
        plain = text.lower().replace("’", "'")
        wants = self.wants(text)
        sentences = [piece.strip() for piece in _SENTENCE.findall(text)] or [text]
        capitals = self._people.capitals(text)
        found: list[Anchor] = []
        lesser: list[Anchor] = []
        stems: list[str] = []
        numbers: set[int] = set()
        of_now = False
        for sentence in sentences:
            lower = sentence.lower().replace("’", "'")
            aside = len(sentences) > 1 and bool(self._aside.search(lower)) and not sentence.endswith(("?", "？"))
            anchors = self._anchors(sentence, capitals, wants)
            if aside:
                lesser += (msgspec.structs.replace(anchor, kind="generic", event=False) for anchor in anchors)
                continue
            found += anchors
            stems += map(self._language.stem, self._language.words(sentence))
            numbers |= self._language.numbers(self._no_numbers.sub(" ", lower))
            of_now = of_now or bool(self._now.search(lower))
        unique = {anchor.stem: anchor for anchor in reversed((*found, *lesser))}
        return Asked(
            text=text,
            anchors=(*reversed(unique.values()), *self._units(plain)),
            numbers=frozenset(numbers),
            months=frozenset(self._lexicon.months[stem] for stem in stems if stem in self._lexicon.months),
            seasons=tuple((stem, self._lexicon.seasons[stem]) for stem in dict.fromkeys(stems) if stem in self._lexicon.seasons),
            wants=wants,
            of_now=of_now,
        )

    def wants(self, text: str) -> str:
        """What kind of thing would answer this."""
        plain = " ".join(self._language.words(text))
        return next((name for name, pattern in self._wants if pattern.search(plain)), "") or self._language.asks(text)

    def _units(self, plain: str) -> list[Anchor]:
        """Units of a time that something is said to have lasted."""
        units = [match.group(1) for match in self._spans.finditer(plain)]
        return [Anchor(unit, self._language.stem(unit), "other") for unit in units if unit]

    def _anchors(self, sentence: str, capitals: frozenset[str], wants: str) -> list[Anchor]:
        words = self._language.words(sentence)
        stems = [self._language.stem(word) for word in words]
        found: list[Anchor] = []
        skip = 0
        for at in range(len(words)):
            if skip:
                skip -= 1
                continue
            size = self._phrase(stems, at)
            if size > 1:
                skip = size - 1
                found.append(Anchor(" ".join(words[at : at + size]), "_".join(stems[at : at + size]), "thing"))
                continue
            heard = self._heard("".join(words[at : at + 2])) if at + 2 <= len(words) else ""
            if heard:
                skip = 1
                found.append(Anchor(heard, heard, "word"))
                continue
            anchor = self._anchor(words, stems, at, capitals, wants)
            if anchor is not None:
                found.append(anchor)
                if anchor.kind == "thing" and at and words[at - 1] in self._other:
                    found.append(Anchor(words[at - 1], stems[at - 1], "other"))
        return found

    def _phrase(self, stems: list[str], at: int) -> int:
        """How many words from here on are the name of one thing."""
        return next((size for size in (3, 2) if at + size <= len(stems) and self._lexicon.is_thing("_".join(stems[at : at + size]))), 1)

    def _anchor(self, words: list[str], stems: list[str], at: int, capitals: frozenset[str], wants: str) -> Anchor | None:
        word, stem = words[at], stems[at]
        lexicon, people = self._lexicon, self._people
        if stem in lexicon.kin or stem in lexicon.kin_of:
            meant = people.meant(lexicon.kin.get(stem, stem), words[at - 1] if at else "")
            return None if meant & {"self", "visitor"} else Anchor(word, stem, "kin", meant)
        if stem in people.itself or stem in people.visitors or stem in lexicon.address or word in lexicon.address:
            return None
        if word.isdigit() or self._language.numbers(word) or stem in lexicon.months or stem in lexicon.seasons:
            return None
        joined = tuple("".join(stems[first : first + 2]) for first in (at - 1, at) if first >= 0 and first + 2 <= len(stems))
        if stem in people.names:
            return Anchor(word, stem, "name", joined=joined)
        if stem in lexicon.turning and wants in ("where", "who", "when", "how_many"):
            return Anchor(word, stem, "turning")
        if word in self._language.light or (len(word) < 2 and word.isascii()):
            return None
        return self._ordinary(words, stems, at, capitals, joined)

    def _ordinary(self, words: list[str], stems: list[str], at: int, capitals: frozenset[str], joined: tuple[str, ...]) -> Anchor:
        word, stem, lexicon = words[at], stems[at], self._lexicon
        if stem in lexicon.generic or word in lexicon.generic:
            return Anchor(word, stem, "generic", joined=joined)
        if lexicon.is_thing(stem):
            return Anchor(word, stem, "thing", joined=joined)
        if stem in self._language.light:
            return Anchor(word, word, "generic", joined=joined)
        if stem in capitals and not lexicon.known(stem):
            return Anchor(word, stem, "name", joined=joined)
        return Anchor(word, stem, "word", joined=joined, event=bool(self._event_after & set(words[max(0, at - 3) : at])))


def _pattern(lines: str) -> re.Pattern[str]:
    """One pattern of several lines; nothing fits an empty one."""
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines.split("\n") if line.strip()) or r"(?!)")
