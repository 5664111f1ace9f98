"""A memory comes in; the sentences that tell it go out, cut where a part may be left out without the rest becoming untrue."""

import msgspec

from meetagain.mind.retelling.cut import Cut, once
from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.sentence import Deed, Sentence
from meetagain.mind.retelling.slots import Form, Slot, Slots, said_slots, told_slots
from meetagain.mind.retelling.words import Names
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_YEAR = len("date:2000")


def tellings(fact: Fact, person: Person, rules: Rules, names: Names) -> tuple[Sentence, ...]:
    """Every sentence of a memory: as it was told, then in the person's own words, which stay whole."""
    told = tuple(_dates(_paired(part, rules), rules) for part in told_slots(person, fact, rules, names))
    said = tuple(_dates(part, rules) for part in said_slots(fact, rules, names))
    if len(told) > 1 and any(slot.word.form in rules.doubtful for part in told for slot in part):
        told = ()
    dated = any(slot.word.form.startswith("date:") for part in (*told, *said) for slot in part)
    when = _written_date(fact.when, rules) if fact.kind == "event" and once(fact) and not dated else frozenset()
    return (
        *(Cut(part, rules, fact).sentence(number, number + 1 == len(told), when) for number, part in enumerate(told)),
        *(Sentence("said", number, number + 1 == len(said), None, (Deed(part),)) for number, part in enumerate(said)),
    )


def _paired(slots: Slots, rules: Rules) -> Slots:
    """ "Irja and I" as one, for it may also be said as "I and Irja"."""
    found = list(slots)
    place = 0
    while place + 2 < len(found):
        one, join, other = found[place : place + 3]
        me = next((slot for slot in (one, other) if slot.word.form in (rules.i, "me")), None)
        them = other if me is one else one
        whole = not join.word.gap and not other.word.gap and not any(slot.word.quoted for slot in (one, other))
        begins = not place or one.word.gap or found[place - 1].word.form in rules.phrases | rules.phrases_before_a_thing | rules.aiming
        if (
            me
            and begins
            and join.word.form in rules.joins
            and whole
            and them.word.named
            and them is not me
            and not them.word.form.endswith("'s")
        ):
            pair = ((me.word.form, "and", them.word.form), (them.word.form, "and", me.word.form))
            found[place : place + 3] = [Slot(one.word, frozenset(pair))]
        place += 1
    return tuple(found)


def _dates(slots: Slots, rules: Rules) -> Slots:
    """ "on 24 May 1969" as one, for "in May 1969" and "in 1969" are as true."""
    found = list(slots)
    place = 0
    while place + 1 < len(found):
        one, date = found[place : place + 2]
        if one.word.form in rules.date_words.values() and date.word.form.startswith("date:") and not date.word.gap:
            word = msgspec.structs.replace(date.word, gap=one.word.gap, first=one.word.first, quoted=one.word.quoted)
            forms = _written_date(date.word.form.removeprefix("date:"), rules)
            found[place : place + 2] = [Slot(word, forms, dated=True)]
        place += 1
    return tuple(found)


def _written_date(when: str, rules: Rules) -> frozenset[Form]:
    form = f"date:{when}"
    exact = {_YEAR: "year", _YEAR + 3: "month", _YEAR + 6: "day"}
    return frozenset((rules.date_words[kind], form[:end]) for end, kind in exact.items() if end <= len(form))
