"""A memory comes in; the sentences it is told in go out, word by word, each with what may stand in its place.

What is told from the person's own point of view, and who is meant by each word, was found before (mind/compose.py): here no word changes
whom it means. A memory that can be told in the teller's words alone has only the person's own words here.
"""

import re
from functools import cache

import msgspec

from meetagain.mind.compose import composed
from meetagain.mind.composing.rules import rules_for
from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.words import Names, Word, parts, read
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

SELF, VISITOR = "self", "visitor"
Form = tuple[str, ...]


class Slot(msgspec.Struct, frozen=True):
    """One place in a sentence and what may stand there. Nothing may, where it is not sure who is meant."""

    word: Word
    forms: frozenset[Form]
    skip: bool = False  # may be left out
    refers: bool = False  # means something named before
    dated: bool = False  # "in" or "on", and a date

    def says(self, *form: str) -> bool:
        """Whether exactly this may stand here."""
        return form in self.forms


Slots = tuple[Slot, ...]


def names_of(person: Person, rules: Rules) -> dict[Form, str]:
    """Everything that the person, the visitor and those they had a name for are called."""
    found: dict[Form, str] = {}
    for name, call in person.character.calls.items():
        if name and call:
            who = VISITOR if name == person.visitor_name else name.lower()
            double = () if call.lower().endswith(name.lower()) else (f"{call} {name}",)
            found |= {_forms(called, rules): who for called in (name, call, *double)}
    found |= {_forms(called, rules): VISITOR for called in (person.visitor_name, person.calls_visitor)}
    found |= {_forms(called, rules): SELF for called in (*person.called, person.full_name, person.full_name.split(" ")[0])}
    found.pop((), None)
    return found


def _forms(name: str, rules: Rules) -> Form:
    return tuple(word.form for word in read(name, rules, {}))


def own_lines(person: Person, fact: Fact) -> tuple[str, ...]:
    """The lines in which the person tells a memory themselves: not those that say what somebody else told."""
    framed = _framed(person.settings.language.split("-")[0])
    told = (line.text for line in composed(person, fact) if "/told/" in line.key)
    return tuple(text for text in told if not framed.match(text))


@cache
def _framed(language: str) -> re.Pattern[str]:
    """How a line begins that gives the teller's words: "Davin told it like this."."""
    found = rules_for(language)
    frames = (
        [text for frame in found.frames.values() for text in (frame.told, frame.told_by_visitor, frame.told_by_nobody)] if found else []
    )
    return re.compile("|".join(re.escape(text).replace(r"\{teller\}", ".{1,80}?") for text in frames if text) or r"(?!)")


def told_slots(person: Person, fact: Fact, rules: Rules, names: Names) -> tuple[Slots, ...]:
    """What was told, sentence by sentence, from the person's own point of view."""
    words = read(" ".join(own_lines(person, fact)), rules, names)
    return tuple(_own(part, rules) for part in parts(words, rules))


def said_slots(fact: Fact, rules: Rules, names: Names) -> tuple[Slots, ...]:
    """The person's own words, sentence by sentence: they stay as they are."""
    return tuple(_vocatives(tuple(_as_it_is(word, rules) for word in part)) for part in parts(read(fact.said, rules, names), rules))


def _as_it_is(word: Word, rules: Rules) -> Slot:
    forms = {(word.form,), *((other,) for other in rules.articles.get(word.form, ()))}
    if word.who == VISITOR and word.form.endswith("'s"):
        forms |= {(form,) for form in rules.visitors_own}
    return Slot(word, frozenset(forms))


def _vocatives(slots: Slots) -> Slots:
    """ "Elli," at the end or between commas may be left out."""
    found = list(slots)
    for place, slot in enumerate(slots):
        after = slots[place + 1].word.gap if place + 1 < len(slots) else ","
        if slot.word.who == VISITOR and place and "," in slot.word.gap and "," in after:
            found[place] = msgspec.structs.replace(slot, skip=True)
    return tuple(found)


def _own(part: tuple[Word, ...], rules: Rules) -> Slots:
    found = []
    for place, word in enumerate(part):
        slot = _as_it_is(word, rules)
        if word.quoted and word.form in rules.own_words and not _speaks(part, place, rules):
            slot = msgspec.structs.replace(slot, forms=frozenset())  # "I" in somebody else's mouth
        skip = word.form in rules.adverbs and not word.quoted
        found.append(msgspec.structs.replace(slot, skip=skip, refers=not word.quoted and _refers(part, place, rules)))
    return tuple(found)


def _speaks(part: tuple[Word, ...], place: int, rules: Rules) -> bool:
    """Whether what stands in quotation marks is surely the person's own."""
    before = [word for word in part[:place] if not word.quoted]
    return any(word.form == rules.i for word in before) and not any(word.named and word.form != rules.i for word in before)


def _refers(part: tuple[Word, ...], place: int, rules: Rules) -> bool:
    """Whether a word means something named before it: it, them, and one, but not "one star"."""
    word = part[place]
    if word.raw.lower() == word.form:
        return word.form in rules.refers
    after = part[place + 1] if place + 1 < len(part) else None
    small = rules.phrases | rules.phrases_before_a_thing | rules.joins | rules.any_article | rules.clauses
    return word.raw.lower() in rules.refers and (after is None or bool(after.gap) or after.form in small)
