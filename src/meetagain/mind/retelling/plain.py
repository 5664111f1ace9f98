"""A memory comes in; sentences in the person's own mouth go out, for a language model to choose from. Where it is not sure who is meant, none."""

from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.telling import Sentence, tellings
from meetagain.mind.retelling.who import Slot, Teller
from meetagain.schema.archive import Fact

Slots = tuple[Slot, ...]


def sayable(fact: Fact, teller: Teller, rules: Rules, most_words: int) -> tuple[str, ...]:
    """As it was told, with I for she and Dad for Davin; then the person's own words as they are.

    A sentence of more words is shortened where it may be, and left out where it may not.
    """
    found: list[str] = []
    before = -2
    for one in tellings(fact, teller, rules):
        if one.text != "told" or not all(slot.forms for slot in one.slots):
            continue
        line, refers = _short(one, fact.fact, teller, most_words), one.number and any(slot.refers for slot in one.slots)
        if not line or (refers and before != one.number - 1):
            continue
        found[-1:] = [f"{found[-1]} {line}"] if refers else [*found[-1:], line]
        before = one.number
    return (*found, fact.said) if fact.said.strip() else tuple(found)


def _short(one: Sentence, text: str, teller: Teller, most_words: int) -> str:
    """The sentence, without as many of its loose parts, from the end on, as make it too long. '' when it stays too long."""
    kept = list(_parts(one))
    while True:
        line = _written(tuple(slot for slots, _ in kept for slot in slots), text, teller)
        if len(line.split()) <= most_words:
            return line
        loose = [place for place, (_, may_go) in enumerate(kept) if may_go]
        if not loose:
            return ""
        del kept[loose[-1]]


def _parts(one: Sentence) -> list[tuple[Slots, bool]]:
    """Parts in order, and whether each may be left out."""
    first, *more = one.deeds
    front = [(one.front.slots, one.front.loose)] if one.front else []
    beside = [(phrase.slots, phrase.loose and phrase.apart) for phrase in first.phrases]
    later = [
        ((*deed.core, *(slot for phrase in deed.phrases for slot in phrase.slots)), deed.loose and not first.holds_rest) for deed in more
    ]
    return [*front, (first.core, False), *beside, *later]


def _written(slots: Slots, text: str, teller: Teller) -> str:
    found = ""
    before: Slot | None = None
    for slot in slots:
        found += (_between(before, slot, text) if before else "") + _said(slot, teller)
        before = slot
    return found[:1].upper() + found[1:] + "."


def _between(before: Slot, slot: Slot, text: str) -> str:
    if f"{before.word.raw}-{slot.word.raw}" in text:
        return "-"
    return "".join(sign for sign in slot.word.gap if sign in ",:") + " "


def _said(slot: Slot, teller: Teller) -> str:
    who = slot.word.form.removesuffix("'s").removeprefix("@")
    if slot.plain == slot.word.raw and slot.word.form.startswith("@"):
        call = teller.call(who)
        return f"{call}'s" if call and slot.word.form.endswith("'s") else call or slot.plain
    return slot.plain
