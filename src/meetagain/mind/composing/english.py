"""A person and a memory in English come in; what is said of it goes out: from the person's own point of view, or as the teller told it."""

from meetagain.mind.composing.rules import Rules
from meetagain.mind.composing.told_by import teller_of
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person


def told_en(person: Person, fact: Fact, rules: Rules) -> tuple[str, ...]:
    """The memory in at most a few lines, in order."""
    return ()


def teller_en(person: Person, fact: Fact, rules: Rules) -> str:
    """Who told it, in one sentence; nothing where nobody is named."""
    frames, teller = rules.frames[manner_en(person)], teller_of(person, fact, rules)
    if teller.person:
        wrote = frames.wrote if fact.kind == "letter" or fact.source in rules.set_of("written") else frames.said
        return "" if teller.visitor or teller.names else wrote
    if teller.visitor and not teller.names:
        return frames.teller_visitor
    if teller.visitor:
        return frames.teller_shared.format(teller=_listed(("You", *teller.names)))
    return frames.teller.format(teller=_capital(_listed(teller.names))) if teller.names else ""


def manner_en(person: Person) -> str:
    """child or adult."""
    return "child" if person.is_child else "adult"


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
