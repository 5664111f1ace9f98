"""A question comes in; what it turns on goes out: the words, people, numbers and times that a memory must hold to answer it."""

import re
from collections.abc import Callable

import msgspec

from meetagain.mind.lexicon import MOST_WORDS, Lexicon
from meetagain.mind.people import People
from meetagain.mind.relations import Relating, Relations

_SENTENCE = re.compile(r"[^.!?…。？！\n]+[.!?…。？！]*")


APART_FROM = 3  # syllables of a word that may be several


class Anchor(msgspec.Struct, frozen=True):
    """One thing that a question turns on."""

    word: str  # as it was said
    stem: str
    kind: str  # "word" | "thing" (its kind is known) | "name" | "kin" | "turning" | "must" | "other" | "generic"
    meant: frozenset[str] = frozenset()  # kin: what they are to the person
    joined: tuple[str, ...] = ()  # with its neighbours, for words that are written together
    event: bool = False  # it is what is said to have happened
    turns: bool = False  # the question turns on it, whatever else it holds
    mine: bool = False  # kin of the visitor, whom the memories may know by name alone


class Asked(msgspec.Struct, frozen=True):
    """A question, taken apart."""

    text: str
    anchors: tuple[Anchor, ...]
    numbers: frozenset[int]
    months: frozenset[int]
    seasons: tuple[tuple[str, frozenset[int]], ...]
    wants: str  # who where when how_many name colour ..., or ''
    named: Anchor | None = None  # whose name is asked for
    counted: str = ""  # the stem after "how many"
    negative: bool = False  # it denies something
    demands: tuple[re.Pattern[str], ...] = ()  # what a memory must tell to answer this way of asking
    which: str = ""  # the stem of the kind of which one is asked for
    sort_of: bool = False  # which sort of that kind, for which its name is no answer
    others: bool = False  # it asks who else there was
    relations: Relations = Relations()  # who did what to whom, and whose things are
    sorts: frozenset[str] = frozenset()  # kinds of memories it sounds like
    of_now: bool = False  # it asks of these days, of which there are no memories
    beyond: bool = False  # it asks what became of it later

    @property
    def solid(self) -> tuple[Anchor, ...]:
        """What it turns on, without words that show little."""
        return tuple(anchor for anchor in self.anchors if anchor.kind not in ("generic", "turning"))


class Asking:
    """Takes questions apart, for one person."""

    def __init__(self, lexicon: Lexicon, people: People, heard: Callable[[str], str], knows: Callable[[str], bool]) -> None:
        """`heard`: the known word that some words together sound like, or ''; `knows`: whether a stem stands in a memory."""
        world = lexicon.world
        self._knows, self._possessive = knows, frozenset(" ".join(world.possessive.values()).split())
        self._wording, self._lexicon, self._people, self._heard = people.wording, lexicon, people, heard
        self._no_numbers, self._spans, self._now, self._aside = (
            _pattern(text.replace("<visitor>", people.address or "~")) for text in (world.not_numbers, world.spans, world.now, world.aside)
        )
        self._event_after, self._event_before = frozenset(world.event_after.split()), frozenset(world.event_before.split())
        self._negative, self._which = _pattern(world.negative), _pattern(world.which)
        self._demands = tuple((re.compile(demand.asked), re.compile(demand.told), demand.people) for demand in world.demands)
        self._sort_of = _pattern(world.sort_of)
        self._predicate = _pattern(world.predicate)
        self._beyond = _pattern(world.beyond)
        self._event_with, self._small = _pattern(world.event_with), _pattern(world.small)
        self._relating = Relating(lexicon, people)
        self._somebody = tuple(world.somebody.split())
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
        of_now, named = False, None
        for sentence in sentences:
            lower = sentence.lower().replace("’", "'")
            aside = len(sentences) > 1 and bool(self._aside.search(lower)) and not sentence.endswith(("?", "？"))
            placed = self._anchors(sentence, capitals, wants)
            anchors = [anchor for _, anchor in placed]
            if aside:
                lesser += (msgspec.structs.replace(anchor, kind="generic", event=False) for anchor in anchors)
                continue
            found += anchors
            named = self._whose_name(sentence, placed) or named
            stems += map(self._wording.stem, self._wording.words(sentence))
            numbers |= self._wording.language.numbers(self._no_numbers.sub(" ", lower))
            of_now = of_now or bool(self._now.search(lower))
        done = {self._wording.stem(match.group(1)) for match in self._predicate.finditer(plain)}
        found = [
            msgspec.structs.replace(anchor, turns=True) if anchor.stem in done and anchor.kind == "word" else anchor for anchor in found
        ]
        unique = {anchor.stem: anchor for anchor in reversed((*found, *lesser))}
        return Asked(
            text=text,
            anchors=(*reversed(unique.values()), *self._units(plain)),
            numbers=frozenset(numbers),
            months=frozenset(self._lexicon.months[stem] for stem in stems if stem in self._lexicon.months),
            seasons=tuple((stem, self._lexicon.seasons[stem]) for stem in dict.fromkeys(stems) if stem in self._lexicon.seasons),
            wants=wants,
            named=named,
            counted=self._counted(plain) if wants == "count" else "",
            negative=bool(self._negative.search(plain)),
            demands=tuple(told for asking, told, _ in self._demands if asking.search(plain)),
            which=self._kind_asked(plain),
            sort_of=bool(self._sort_of.search(plain)),
            others=any(people and asking.search(plain) for asking, _, people in self._demands),
            relations=self._relating.asked(text),
            sorts=frozenset(kind for kind, words in self._lexicon.told_as.items() if words & set(stems)),
            of_now=of_now,
            beyond=bool(self._beyond.search(plain)),
        )

    def wants(self, text: str) -> str:
        """What kind of thing would answer this."""
        plain = " ".join(self._wording.words(text))
        return next((name for name, pattern in self._wants if pattern.search(plain)), "") or self._wording.language.asks(text)

    def _counted(self, plain: str) -> str:
        words = self._wording.words(next(pattern for name, pattern in self._wants if name == "count").search(plain).group(0))
        return self._wording.stem(words[-1])

    def _kind_asked(self, plain: str) -> str:
        found = self._which.search(plain)
        words = self._wording.words(found.group(1)) if found else []
        stem = self._wording.stem(words[0]) if words else ""
        return stem if self._lexicon.is_thing(stem) else ""

    def _units(self, plain: str) -> list[Anchor]:
        """Units of a time that something is said to have lasted."""
        units = [match.group(1) for match in self._spans.finditer(plain)]
        return [Anchor(unit, self._wording.stem(unit), "other") for unit in units if unit]

    def _anchors(self, sentence: str, capitals: frozenset[str], wants: str) -> list[tuple[int, Anchor]]:
        """Anchors with the place of their words."""
        words = [part for word in self._wording.words(sentence) for part in self._apart(word)]
        stems = [self._wording.stem(word) for word in words]
        told = not self._event_before or bool(self._event_with.search(sentence))
        found: list[tuple[int, Anchor]] = []
        skip = 0
        for at in range(len(words)):
            if skip:
                skip -= 1
                continue
            size = self._phrase(stems, at)
            if size > 1:
                skip = size - 1
                phrase = "_".join(stems[at : at + size])
                found.append((at, Anchor(" ".join(words[at : at + size]), phrase, "thing" if self._lexicon.is_thing(phrase) else "word")))
                continue
            size, heard = self._together(words, at)
            if heard:
                skip = size - 1
                found.append((at, Anchor(heard, heard, "thing" if self._lexicon.is_thing(heard) else "word")))
                continue
            anchor = self._anchor(words, stems, at, capitals, wants)
            if anchor is not None:
                found.append((at, anchor if told else msgspec.structs.replace(anchor, event=False)))
                if anchor.kind == "thing" and at and words[at - 1] in self._other:
                    found.append((at, Anchor(words[at - 1], stems[at - 1], "other")))
        return found

    def _whose_name(self, sentence: str, placed: list[tuple[int, Anchor]]) -> Anchor | None:
        """The last thing before "called" or "name", or else the first after it."""
        stems = [self._wording.stem(part) for word in self._wording.words(sentence) for part in self._apart(word)]
        at = next((place for place, stem in enumerate(stems) if stem in self._lexicon.calling), None)
        nouns = [(place, anchor) for place, anchor in placed if anchor.kind in ("thing", "kin", "name", "other")]
        if at is None or not nouns:
            return None
        before = [anchor for place, anchor in nouns if place < at]
        return before[-1] if before else nouns[0][1]

    def _apart(self, word: str) -> list[str]:
        """Words that were written together, where words may be: names of things that are known, and what is left."""
        if not self._wording.joined or len(word) < APART_FROM or self._wording.is_light(word):
            return [word]
        stem = self._wording.stem(word)
        if self._knows(stem) or self._lexicon.known(stem) or stem in self._people.names:
            return [word]
        for end in range(len(word) - 1, 0, -1):
            first, rest = word[:end], word[end:]
            if (end > 1 and self._names_thing(first)) or (end == 1 and (first in self._possessive or self._done_with(first, rest))):
                return [first, *self._apart(rest)]
        return [word]

    def _done_with(self, thing: str, rest: str) -> bool:
        """A short thing of a memory and what is done with it: 손놨어."""
        return (
            self._knows(thing) and self._lexicon.is_thing(thing) and (self._wording.is_light(rest) or self._knows(self._wording.stem(rest)))
        )

    def _names_thing(self, word: str) -> bool:
        return word in self._people.names or (self._wording.stem(word) == word and (self._lexicon.is_thing(word) or self._knows(word)))

    def _together(self, words: list[str], at: int) -> tuple[int, str]:
        """(how many words from here on sound like one known word, that word)."""
        for size in (3, 2) if self._wording.joined else (2,):
            heard = self._heard("".join(words[at : at + size])) if at + size <= len(words) else ""
            if heard:
                return size, heard
        return 1, ""

    def _phrase(self, stems: list[str], at: int) -> int:
        """How many words from here on are one expression that is known."""
        longest = min(MOST_WORDS, len(stems) - at)
        for size in range(longest, 1, -1):
            some = stems[at : at + size]
            if "_".join(some) in self._lexicon.phrases and not all(stem in self._wording.light for stem in some):
                return size
        return 1

    def _anchor(self, words: list[str], stems: list[str], at: int, capitals: frozenset[str], wants: str) -> Anchor | None:
        word, stem = words[at], stems[at]
        lexicon, people = self._lexicon, self._people
        if stem in lexicon.kin or stem in lexicon.kin_of:
            kin, before = lexicon.kin.get(stem, stem), words[at - 1] if at else ""
            meant = people.meant(kin, before)
            if meant & {"self", "visitor"}:
                return None
            others = people.of_others(kin, before)
            return (
                Anchor(f"{before} {word}", f"{before} {stem}", "other")
                if others
                else Anchor(word, stem, "kin", meant, mine=people.is_mine(before))
            )
        if stem in people.itself or stem in people.visitors or stem in lexicon.address or word in lexicon.address:
            return None
        if word.isdigit() or self._wording.language.numbers(word) or stem in lexicon.months or stem in lexicon.seasons:
            return None
        joined = tuple("".join(stems[first : first + 2]) for first in (at - 1, at) if first >= 0 and first + 2 <= len(stems))
        if stem in people.names:
            return Anchor(word, stem, "name", joined=joined)
        if stem in lexicon.must:
            return Anchor(word, stem, "must")
        if stem in lexicon.turning and wants in ("where", "who", "when", "how_many"):
            return Anchor(word, stem, "turning")
        if self._wording.is_light(word) or self._small.search(word):
            return None
        return self._ordinary(words, stems, at, capitals, joined, wants)

    def _asked_for(self, stem: str, wants: str) -> bool:
        """Whether it is the very kind of thing that is asked for: "what colour"."""
        need = self._lexicon.world.needs.get(wants)
        return need is not None and not self._lexicon.concepts(stem).isdisjoint(self._lexicon.stems(" ".join(need.kinds)))

    def _ordinary(
        self, words: list[str], stems: list[str], at: int, capitals: frozenset[str], joined: tuple[str, ...], wants: str
    ) -> Anchor:
        word, stem, lexicon = words[at], stems[at], self._lexicon
        if stem in lexicon.generic or word in lexicon.generic or self._asked_for(stem, wants):
            return Anchor(word, stem, "generic", joined=joined)
        if lexicon.is_thing(stem):
            return Anchor(word, stem, "thing", joined=joined)
        if stem in capitals and not lexicon.known(stem):
            return Anchor(word, stem, "name", joined=joined)
        if self._somebody and word.endswith(self._somebody) and not lexicon.known(stem) and not self._knows(stem):
            return Anchor(word, stem, "name", joined=joined)
        event = bool(self._event_after & set(words[max(0, at - 4) : at]) or self._event_before & set(words[at + 1 : at + 2]))
        return Anchor(word, stem, "word", joined=joined, event=event)


def _pattern(lines: str) -> re.Pattern[str]:
    """One pattern of several lines; nothing fits an empty one."""
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines.split("\n") if line.strip()) or r"(?!)")
