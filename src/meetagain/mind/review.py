"""Every line that may be said and what the keeper decided come in; the lines on their shelves, each with its mark, go out. Edits are weighed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from meetagain.errors import Issue, issue
from meetagain.mind.language import Language
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Decision, Line, Verdict
from meetagain.schema.person import Person
from meetagain.schema.speech import LineClass

CHILD_WORDS, ADULT_WORDS, MOST_SENTENCES = 16, 22, 2  # experience.md 5.1
_SENTENCE = re.compile(r"[^.!?…。？！]+")
_DONE = re.compile(r"\([^)]*\)")  # what stands in brackets is done, not said
_WRITTEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class Shelf(StrEnum):
    """Where a line stands in the listing, in this order."""

    FAMILY = "family"
    OWN_WORDS = "own_words"
    TOLD = "told"
    UNSAID = "unsaid"
    FAREWELL = "farewell"
    SMALL = "small"


class Mark(StrEnum):
    """How far the keeper has come with a line."""

    NEW = "new"
    CHANGED = "changed"  # it was decided on when it read otherwise
    APPROVED = "approved"
    EDITED = "edited"
    FORBIDDEN = "forbidden"

    @property
    def unread(self) -> bool:
        """Whether the line as it is now waits for the keeper."""
        return self in (Mark.NEW, Mark.CHANGED)


class Entry(msgspec.Struct, frozen=True):
    """One line as the keeper reads it. `decision` is the one that holds, or, where the line changed, the earlier one."""

    line: Line
    shelf: Shelf
    mark: Mark
    decision: Decision | None = None

    @property
    def spoken(self) -> str:
        """What is said now; nothing where it is forbidden."""
        if self.mark is Mark.FORBIDDEN:
            return ""
        return self.decision.instead if self.mark is Mark.EDITED and self.decision else self.line.text


def entries(lines: Sequence[Line], decisions: Mapping[str, Decision], person: Person) -> tuple[Entry, ...]:
    """Every line with its mark, shelf by shelf; within a shelf in the order of the lines."""
    found = [Entry(line, shelf_of(line, person), *_marked(line, decisions.get(line.key))) for line in lines]
    order = list(Shelf)
    return tuple(sorted(found, key=lambda entry: order.index(entry.shelf)))


def _marked(line: Line, decision: Decision | None) -> tuple[Mark, Decision | None]:
    if decision is None:
        return Mark.NEW, None
    return (Mark(decision.verdict.value) if decision.text == line.text else Mark.CHANGED), decision


def shelf_of(line: Line, person: Person) -> Shelf:
    """By class, and for lines of the story by who wrote them."""
    if line.line_class is LineClass.GROUNDED:
        return Shelf.OWN_WORDS if line.key.endswith("/said") else Shelf.TOLD
    if line.line_class is LineClass.REPLY_UNSAID:
        return Shelf.UNSAID
    if line.line_class is LineClass.FAREWELL:
        return Shelf.FAREWELL
    theirs = (text for texts in person.character.lines.values() for text in texts)
    return Shelf.FAMILY if line.text in theirs else Shelf.SMALL


def chosen(found: Iterable[Entry], *, new: bool = False, find: str = "", of_class: str = "") -> tuple[Entry, ...]:
    """Only what was not read yet, only what holds a word, only one shelf, class or group."""
    wanted, kind = find.casefold().strip(), of_class.casefold().strip().replace(" ", "_").replace("-", "_")
    return tuple(
        entry
        for entry in found
        if (not new or entry.mark.unread)
        and (not wanted or any(wanted in text.casefold() for text in (entry.line.key, entry.line.text, entry.spoken, entry.line.source)))
        and (not kind or kind in (entry.shelf, entry.line.line_class, entry.line.group.casefold()))
    )


def settled(lines: Sequence[Line], decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """Decisions by the keys that lines have now: a line that only moved within its group takes its decision along.

    So a line that was forbidden stays so when another is written in front of it.
    """
    fitting = {line.key for line in lines if line.key in decisions and decisions[line.key].text == line.text}
    loose = {(_group(key), decision.text): key for key, decision in decisions.items() if key not in fitting}
    moved = {
        line.key: loose[_group(line.key), line.text] for line in lines if line.key not in fitting and (_group(line.key), line.text) in loose
    }
    left = {key: decision for key, decision in decisions.items() if key not in moved.values()}
    return {**left, **{key: decisions[old] for key, old in moved.items()}}


def _group(key: str) -> str:
    return key.rpartition("/")[0]


def gone(lines: Iterable[Line], decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """Decisions on lines that nobody would say any more."""
    there = {line.key for line in lines}
    return {key: decision for key, decision in decisions.items() if key not in there}


def waiting(memory: Memory) -> tuple[Fact, ...]:
    """What was found in letters and chats, or told in a meeting, and waits for the keeper; none of it is spoken."""
    return tuple(fact for fact in memory.facts if fact.share == "ask")


# --- deciding -----------------------------------------------------------------------------------------------------------------


def approved(line: Line) -> Decision:
    """The line may be said as it is."""
    return Decision(text=line.text, verdict=Verdict.APPROVED)


def forbidden(line: Line) -> Decision:
    """The line is never said."""
    return Decision(text=line.text, verdict=Verdict.FORBIDDEN)


class Edit(msgspec.Struct, frozen=True):
    """An edited line weighed: no decision where a stop is among the Issues."""

    decision: Decision | None
    issues: tuple[Issue, ...] = ()


def edited(line: Line, text: str, person: Person, memory: Memory, rules: Language | None, *, as_family_wrote_it: bool = False) -> Edit:
    """Other words for a line. Its class and its citations stay; it must be short enough, and nothing that a portrait never says."""
    words = " ".join(text.split())
    stops = tuple(_stops(line, words, person, rules, as_family_wrote_it))
    if stops:
        return Edit(None, stops)
    if words == line.text:
        return Edit(approved(line))
    beyond = _beyond(line, words, person, memory, rules)
    notes = [issue("edit-beyond-memory", line.key, detail=", ".join(beyond))] if beyond else []
    if line.key.endswith("/said"):
        notes.append(issue("edit-own-words", line.key))
    return Edit(Decision(text=line.text, verdict=Verdict.EDITED, instead=words), tuple(notes))


def _stops(line: Line, words: str, person: Person, rules: Language | None, as_family_wrote_it: bool) -> Iterable[Issue]:
    if not words or not words.isprintable():
        yield issue("edit-empty", line.key)
        return
    most = CHILD_WORDS if person.is_child else ADULT_WORDS
    sentences = [piece.split() for piece in _SENTENCE.findall(_DONE.sub(" ", words)) if piece.strip(" \"'“”‘’")]
    longest = max(map(len, sentences), default=0)
    if longest > most or len(sentences) > MOST_SENTENCES:
        yield issue("edit-too-long", line.key, most=most, longest=longest, sentences=len(sentences), limit=MOST_SENTENCES)
    if rules is not None and rules.never_said(words) and not as_family_wrote_it:
        yield issue("edit-never-said", line.key)


def _beyond(line: Line, words: str, person: Person, memory: Memory, rules: Language | None) -> list[str]:
    """Words and numbers of the new text that neither the memory nor the line as it was holds, as they are written."""
    words = _DONE.sub(" ", words)
    told = [line.text, *person.called, person.calls_visitor, *person.character.calls.values()]
    if line.cites:
        told += [text for fact in memory.facts if fact.id in line.cites for text in (fact.fact, fact.said, fact.when, *fact.tags)]
        strange = _strange(words, " . ".join(told), rules)
    else:
        told += [text for fact in memory.facts if fact.open for text in (fact.fact, fact.said)]
        strange = [word for word in _strange(words, " . ".join(told), rules) if word in _named(words)]
    return list(dict.fromkeys(strange))


def _strange(words: str, told: str, rules: Language | None) -> list[str]:
    if rules is None:
        known = {word.casefold() for word in _WRITTEN.findall(told)}
        return [word for word in _WRITTEN.findall(words) if word.casefold() not in known]
    ground, numbers = set(rules.content(told)), rules.numbers(told)
    return [
        word
        for word in _WRITTEN.findall(words)
        if (rules.numbers(word) and not rules.numbers(word) <= numbers)
        or (not rules.numbers(word) and not set(rules.content(word)) <= ground)
    ]


def _named(words: str) -> set[str]:
    """Numbers, and words with a capital that do not begin a sentence: where nothing is cited, only these can claim something."""
    found = set()
    for sentence in _SENTENCE.findall(words):
        for place, word in enumerate(_WRITTEN.findall(sentence)):
            if word[0].isdigit() or (place > 0 and word[0].isupper() and word.casefold().partition("'")[0].partition("’")[0] != "i"):
                found.add(word)
    return found
