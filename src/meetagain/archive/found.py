"""What one file holds comes in; memories that wait for the keeper go out, word for word, with who wrote each and where it stands.

Nothing is put in other words, and nothing that stands in the file is obeyed: a sentence is only a sentence. All of it has `share: ask`.
"""

from collections.abc import Iterable, Iterator

import msgspec

from meetagain.archive.names import flat, is_greeted_visitor, mention, speaks_of
from meetagain.archive.words import is_other_language, tags_of
from meetagain.archive.written.alike import Alike
from meetagain.archive.written.clean import can_be_spoken, spoken, word_count
from meetagain.archive.written.frames import frame
from meetagain.archive.written.passage import Passage, Writing
from meetagain.archive.written.pieces import MOST_WORDS, about, fits, pieces
from meetagain.archive.written.score import looks_back, score
from meetagain.archive.written.who import Who, who_wrote
from meetagain.errors import Issue, issue
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person, Pronouns

MOST_FACTS = 400
LETTER_WORDS = 60  # a letter up to this length is also kept whole
_LETTER_POINTS = 10
_OWN_POINTS = 2  # the person's own words come before what others wrote of them
_QUOTED_WORDS = 25
_ANSWERS = 2  # so many passages after the other's may be an answer; those that follow only go on
_APART_MIN = 360  # what was written longer before is no longer what was answered
_PRONOUN = {Pronouns.SHE: "(?:she|her)", Pronouns.HE: "(?:he|his)", Pronouns.THEY: "(?:they|their)"}


class Found(msgspec.Struct, frozen=True):
    """Memories that wait, best first, and what the keeper should know of them."""

    facts: tuple[Fact, ...]
    of: int = 0  # how many there were before the best were chosen
    own: tuple[str, ...] = ()  # the names under which the person wrote
    issues: tuple[Issue, ...] = ()


class Known:
    """What the memories already in a folder say, so that nothing is found twice."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self.alike = Alike()
        self.said: set[str] = set()
        self.items: dict[str, str] = {}  # memory id -> the item it was found in
        for fact in facts:
            self.keep(fact)
            for words in (fact.said, fact.fact):
                self.alike.add(spoken(words)) if words else None

    def keep(self, fact: Fact) -> None:
        """Remember one memory by its id and what was said."""
        self.items[fact.id] = fact.item
        self.said.add(fact.said)

    def prefix(self, source: str, item_id: str) -> str:
        """How the ids of one file's memories begin; longer where another file's begin alike."""
        short = f"{source}-{item_id[:6]}"
        clash = any(name.startswith(short) and item != item_id for name, item in self.items.items())
        return f"{source}-{item_id}" if clash else short


def found_in(writing: Writing, person: Person, item_id: str, file: str, known: Known | None = None, written_by: str = "") -> Found:
    """At most 400 memories of one file. What a memory already in the folder says is not found again, whatever the keeper made of it."""
    known = known or Known()
    who = who_wrote(writing, person, written_by, file)
    finding = _Finding(writing, person, item_id, known.prefix(writing.source, item_id), who)
    facts: list[Fact] = []
    for _, fact in sorted(finding.all(), key=lambda pair: -pair[0]):
        nearly = len(facts) < MOST_FACTS  # what is left out anyway need not be compared with everything
        fresh = fact.said not in known.said if fact.kind == "letter" else known.alike.add(fact.said or fact.fact, nearly)
        if fresh and fact.id not in known.items:
            facts.append(fact)
    chosen = tuple(facts[:MOST_FACTS])
    for fact in chosen:
        known.keep(fact)
    foreign = (issue("text-other-language", file, count=finding.foreign),) if finding.foreign else ()
    return Found(chosen, len(facts), tuple(sorted(who.own)), (*who.issues, *foreign))


class _Finding:
    """One file being gone through, passage by passage."""

    def __init__(self, writing: Writing, person: Person, item_id: str, prefix: str, who: Who) -> None:
        self.writing = writing
        self.person = person
        self.language = person.settings.language
        self.item_id = item_id
        self.prefix = prefix
        self.who = who
        self.foreign = 0
        self.names = mention(person)
        self.spoken_of = False  # whether the person has been named so far
        self.others = tuple(spoken(name) or name for name in writing.writers() if name not in who.own)
        known = (*person.called, person.visitor_name, *self.others, *person.consent.close_family)
        self.family = frozenset(word for name in known for word in flat(name).split())

    def all(self) -> Iterator[tuple[int, Fact]]:
        """(points, memory) of everything that may be one."""
        whole = self._letter()
        if whole is not None:
            yield _LETTER_POINTS + _OWN_POINTS, whole
            if word_count(whole.said) <= MOST_WORDS:
                return
        last: Passage | None = None
        since = 0  # own passages since the other's
        for place, passage in enumerate(self.writing.passages, 1):
            own = self.who.all_own or passage.by in self.who.own
            lines = pieces(passage.text) if own else self._about(passage)
            for number, line in enumerate(lines, 1):
                if is_other_language(line, self.language):
                    self.foreign += 1
                    continue
                name = f"{self.prefix}-{place}" + (f"-{number}" if len(lines) > 1 else "")
                before = last if since < _ANSWERS else None
                yield score(line, self.family) + _OWN_POINTS * own, (self._own if own else self._told)(name, line, passage, before)
            last, since = (last, since + 1) if own else (passage, 0)

    def _letter(self) -> Fact | None:
        """The person's letter as a whole, when it is short enough to be spoken."""
        said = spoken(self.writing.whole) if self.who.all_own else ""
        if not said or word_count(said) > LETTER_WORDS or not can_be_spoken(said) or is_other_language(said, self.language):
            return None
        first = self.writing.passages[0] if self.writing.passages else Passage("")
        return msgspec.structs.replace(self._own(f"{self.prefix}-0", said, first, None), kind="letter")

    def _about(self, passage: Passage) -> list[str]:
        """What others wrote of the person; a caption is of them, since it was given with their pictures."""
        if self.writing.source == "caption":
            return [line for line in [spoken(passage.text)] if fits(line)]
        named = bool(self.names.search(passage.text))
        going_on = self.spoken_of and self.writing.source == "interview" and not self.who.own
        self.spoken_of = self.spoken_of or named
        if not named and not going_on:
            return []
        return about(passage.text, lambda line: speaks_of(line, self.names), _PRONOUN[self.person.spoken_of], going_on)

    def _own(self, name: str, line: str, passage: Passage, last: Passage | None) -> Fact:
        to = self._greeted() or self.others
        return Fact(
            id=name,
            kind="saying",
            when="" if looks_back(line) else passage.day,
            told_by=self.person.name,
            source=self.writing.source,
            tags=self._tags(line),
            fact=frame(self.language, self.writing.source, passage.day, to, self._before(passage, last)),
            said=line,
            share="ask",
            item=self.item_id,
        )

    def _greeted(self) -> tuple[str, ...]:
        """Whom a letter is to, by the name that the memories use."""
        to = self.writing.to
        return (self.person.visitor_name or to if is_greeted_visitor(to, self.person) else to,) if to else ()

    def _tags(self, line: str) -> tuple[str, ...]:
        """Words of the sentence, without the person's own name, which is in all of them."""
        own = {word for name in (*self.person.called, self.person.full_name) for word in flat(name).split()}
        return tags_of(line, own)

    def _told(self, name: str, line: str, passage: Passage, _: Passage | None) -> Fact:
        return Fact(
            id=name,
            kind="memory",
            when="" if looks_back(line) else passage.day,
            told_by=spoken(passage.by) or passage.by or self.who.teller,
            source=self.writing.source,
            tags=self._tags(line),
            fact=line,
            share="ask",
            item=self.item_id,
        )

    def _before(self, passage: Passage, last: Passage | None) -> tuple[str, str] | None:
        """Who wrote what just before, on the same day and within six hours, when it is short enough to be quoted whole."""
        if last is None or last.day != passage.day or (passage.minute >= 0 and passage.minute - last.minute > _APART_MIN):
            return None
        words = spoken(last.text)
        if not words or word_count(words) > _QUOTED_WORDS or not can_be_spoken(words):
            return None
        return spoken(last.by) or last.by or "somebody", words
