"""A rephrased line comes in, with the memory it cites; '' goes out when the memory alone makes it true, or else why it may not be said.

Total and pure. No word counts as told because the visitor said it, and none because it sounds likely: a line passes only if it is
made of the memory's own sentences, with no more done to them than retelling/ allows (docs/decisions/0002-level-2.md).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from meetagain.mind.retelling.match import made_of
from meetagain.mind.retelling.rules import Rules, rules
from meetagain.mind.retelling.sentence import Sentence
from meetagain.mind.retelling.slots import SELF, Form, names_of
from meetagain.mind.retelling.telling import tellings
from meetagain.mind.retelling.words import Word, parts, read
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause

MOST_SENTENCES = 2
MOST_WORDS = {True: 16, False: 22}  # in one sentence of a child, of a grown person
LONGEST = 300  # signs
_PLAIN = re.compile(r"[\w\s.,;:!?'’‘\"“”\-–—…]*")
_NOT_PLAIN = re.compile(r"[\n\r\t\x00-\x1f_]")
_ENDS = re.compile(r"[.!?…]+(?:\s|$)")


class Reason(StrEnum):
    """Why a rephrased line may not be said. The list is closed, so that they can be counted."""

    LANGUAGE = "language"  # nobody has written down how this language is retold, or it is another language
    EMPTY = "empty"
    MARKUP = "markup"  # signs that are not spoken
    LONG = "long"
    ASKS = "asks"  # a question
    UNCITED = "uncited"
    MERGED = "merged"  # more than one memory in one line
    UNKNOWN_ID = "unknown_id"  # a memory that was not among those given
    CLOSED = "closed"  # a memory that may not be spoken of
    AFTERLIFE = "afterlife"  # alive, dead, watching, heaven
    PROMISE = "promise"
    PLEA = "plea"
    ADVICE = "advice"
    ECHO = "echo"  # what the visitor just said
    REPEATED = "repeated"  # a line already spoken
    QUOTE = "quote"  # words in quotation marks that nobody wrote so
    SPEAKER = "speaker"  # speaks of the person as of somebody else
    TOGETHER = "together"  # "we" where nobody wrote who was there
    NAME = "name"
    NUMBER = "number"  # or a year
    FEELING = "feeling"
    TENSE = "tense"  # as if it were now
    WORD = "word"  # any other word that the memory does not have
    NEGATION = "negation"
    ROLES = "roles"  # who did it, and to whom
    ORDER = "order"  # the memory's words, put together to say something else


def proved(
    text: str,
    cites: Sequence[str],
    retrieved: Iterable[Fact],
    person: Person,
    language: str,
    said_by_visitor: Sequence[str] = (),
    spoken: Sequence[str] = (),
) -> str:
    """'' when the line may be said, or a Reason. `spoken`: lines said before in this meeting. Never raises."""
    found = rules(language)
    if found is None:
        return Reason.LANGUAGE
    by_id = {fact.id: fact for fact in retrieved}
    return (
        _unspeakable(text, person)
        or _uncited(cites, by_id)
        or _never(text, found)
        or _Line(text, by_id[cites[0]], person, found).problem(said_by_visitor, spoken)
    )


def proof_of(person: Person, facts: Iterable[Fact], language: str) -> Callable[[Clause], str]:
    """For the guard: why a clause may not be said, of these memories."""
    kept = tuple(facts)
    return lambda clause: proved(clause.text, clause.cites, kept, person, language)


def _unspeakable(text: str, person: Person) -> str:
    """What can be seen without the memory."""
    if not any(letter.isalnum() for letter in text):
        return Reason.EMPTY
    if len(text) > LONGEST:
        return Reason.LONG
    if not all(letter.isascii() or _latin(letter) for letter in text if letter.isalpha()):
        return Reason.LANGUAGE
    if not _PLAIN.fullmatch(text) or _NOT_PLAIN.search(text):
        return Reason.MARKUP
    if "?" in text:
        return Reason.ASKS
    spoken = sentences(text)
    longest = max(len(part.split()) for part in spoken)
    return Reason.LONG if len(spoken) > MOST_SENTENCES or longest > MOST_WORDS[person.is_child] else ""


def sentences(text: str) -> tuple[str, ...]:
    """As they are spoken: . ! ? end one."""
    return tuple(part for part in _ENDS.split(text) if part.strip())


def _latin(letter: str) -> bool:
    return "\u00c0" <= letter <= "\u024f"


def _uncited(cites: Sequence[str], by_id: dict[str, Fact]) -> str:
    if not cites:
        return Reason.UNCITED
    if len(set(cites)) > 1:
        return Reason.MERGED
    if cites[0] not in by_id:
        return Reason.UNKNOWN_ID
    return "" if by_id[cites[0]].open else Reason.CLOSED


def _never(text: str, found: Rules) -> str:
    """What is not said however it came about. Where the family wrote it so themselves, it is said in their words, not here."""
    plain = re.sub(r"\s+", " ", text.lower().replace("’", "'").replace("‘", "'"))
    return next((Reason(name) for name, pattern in found.never.items() if pattern.search(plain)), "")


class _Line:
    """One line held against the one memory it cites."""

    def __init__(self, text: str, fact: Fact, person: Person, found: Rules) -> None:
        self._rules, self._person, self._fact = found, person, fact
        self._names = names_of(person, found)
        self._words = read(text, found, self._names)
        self._sentences: tuple[Sentence, ...] = tellings(fact, person, found, self._names)
        self._forms = tuple(forms for part in parts(self._words, found) if (forms := self._bare(part)))

    def problem(self, said_by_visitor: Sequence[str], spoken: Sequence[str]) -> str:
        """The first thing that is wrong, or ''."""
        if not self._forms:
            return Reason.EMPTY
        return (
            self._said_before(said_by_visitor, spoken)
            or self._quotes()
            or self._not_told()
            or ("" if made_of(self._forms, self._sentences, self._rules) else self._put_together())
        )

    def _bare(self, part: Sequence[Word]) -> Form:
        """A sentence without what adds nothing: "Oh, Mum, I steered the boat" is "I steered the boat"."""
        ends = [",", *(word.gap for word in part[1:]), ","]
        calls = self._person.calls_visitor.lower()
        kept = [
            word for place, word in enumerate(part) if not (word.raw.lower() == calls and _pause(ends[place]) and _pause(ends[place + 1]))
        ]
        while kept and kept[0].form in self._rules.openers and (len(kept) == 1 or _pause(kept[1].gap)):
            kept = kept[1:]
        return tuple(word.form for word in kept)

    def _said_before(self, said_by_visitor: Sequence[str], spoken: Sequence[str]) -> str:
        mine, whole = set(self._forms), tuple(form for forms in self._forms for form in forms)
        turned = self._rules.turned
        for said in said_by_visitor[-3:]:
            for part in parts(read(said, self._rules, self._names), self._rules):
                forms = self._bare(part)
                if len(forms) > 2 and mine & {forms, tuple(turned.get(form, form) for form in forms)}:
                    return Reason.ECHO
        for line in spoken:
            lines = tuple(self._bare(part) for part in parts(read(line, self._rules, self._names), self._rules))
            if whole == tuple(form for forms in lines for form in forms) or any(forms in mine for forms in lines if len(forms) > 3):
                return Reason.REPEATED
        return ""

    def _quotes(self) -> str:
        """Words in quotation marks must stand so in the memory."""
        quoted = _quoted(self._words)
        written = {part for text in (self._fact.fact, self._fact.said) for part in _quoted(read(text, self._rules, self._names))}
        return Reason.QUOTE if quoted - written else ""

    def _not_told(self) -> str:
        """What kind of word it is that the memory does not have: a "no", or else the first one."""
        told = {form for one in self._sentences for slot in one.slots for forms in slot.forms for form in forms}
        told |= {form for one in self._sentences for forms in one.when for form in forms}
        told |= self._rules.joins | self._rules.any_article | {self._rules.i}
        used = {form for forms in self._forms for form in forms}
        kinds = [self._kind(word) for word in self._words if word.form in used and word.form not in told]
        return Reason.NEGATION if Reason.NEGATION in kinds else next(iter(kinds), "")

    def _kind(self, word: Word) -> Reason:
        form, found = word.form, self._rules
        if form in found.third[self._person.spoken_of.value] or word.who == SELF:
            return Reason.SPEAKER
        if form.startswith(("#", "date:")):
            return Reason.NUMBER
        if form in found.together:
            return Reason.TOGETHER
        if form in found.no:
            return Reason.NEGATION
        if word.named and form != found.i:
            return Reason.NAME
        if form in found.feeling_words:
            return Reason.FEELING
        return Reason.TENSE if form in found.now_words else Reason.WORD

    def _put_together(self) -> str:
        """All words are told, and yet not this: what was changed."""
        whole = {form for forms in self._forms for form in forms}
        by_text = ([slot.word.form for one in self._sentences if one.text == text for slot in one.slots] for text in ("told", "said"))
        denied = [{form for form in forms if form in self._rules.no} for forms in by_text]
        if {form for form in whole if form in self._rules.no} not in denied and any(denied):
            return Reason.NEGATION
        doers = [self._doer(word.form, word.named) for word in self._words]
        told = (
            [
                self._doer("i" if slot.forms & {("i",), ("me",)} else slot.word.form, slot.word.named)
                for one in self._sentences
                if one.text == text
                for slot in one.slots
            ]
            for text in ("told", "said")
        )
        named = [form for form in doers if form]
        return Reason.ORDER if len(named) < 2 or any(_in_order(named, [form for form in forms if form]) for forms in told) else Reason.ROLES

    def _doer(self, form: str, named: bool) -> str:
        return self._rules.i if form in (self._rules.i, "me") else form if named else ""


def _pause(gap: str) -> bool:
    return any(sign in gap for sign in ",.!?;:…—–-")


def _quoted(words: Sequence[Word]) -> set[tuple[str, ...]]:
    """Runs of words between quotation marks."""
    found: list[list[str]] = []
    open_ = False
    for word in words:
        if word.quoted and (not open_ or '"' in word.gap):
            found.append([])
        open_ = word.quoted
        if open_:
            found[-1].append(word.form)
    return set(map(tuple, found))


def _in_order(some: Sequence[str], all_: Sequence[str]) -> bool:
    rest = iter(all_)
    return all(form in rest for form in some)
