"""Who told a memory comes in as the family wrote it; who that is to the person goes out: the visitor, the person, somebody by name, nobody known."""

import re

import msgspec

from meetagain.mind.composing.rules import Rules
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_JOINED = re.compile(r"\s*(?:,|&|/|;|\band\b|\bund\b|하고 |(?<=\w)[와과] )\s*")
MOST_WORDS = 3  # of one name


class Teller(msgspec.Struct, frozen=True):
    """Those who told a memory. `names` as the person called them, without the visitor and the person."""

    names: tuple[str, ...] = ()
    visitor: bool = False
    person: bool = False

    @property
    def known(self) -> bool:
        """Whether anybody is named."""
        return bool(self.names) or self.visitor or self.person


def teller_of(person: Person, fact: Fact, rules: Rules) -> Teller:
    """Who told it. Anything that is no name ("school report") counts as nobody."""
    written = [part for part in _JOINED.split(fact.told_by.strip()) if part]
    if not written or any(part.lower() in rules.set_of("nobody") for part in written) or not all(map(_like_a_name, written)):
        return Teller()
    visitor = any(is_visitor(person, part) for part in written)
    itself = any(is_person(person, part) for part in written)
    names = (called(person, part) for part in written if not is_visitor(person, part) and not is_person(person, part))
    return Teller(tuple(dict.fromkeys(names)), visitor, itself)


def is_visitor(person: Person, name: str) -> bool:
    """Whether the visitor is meant: by their own name, with or without the family's, or by what the person called them."""
    return name == person.calls_visitor or (bool(person.visitor_name) and _same(person, person.visitor_name, name))


def is_person(person: Person, name: str) -> bool:
    """Whether the person is meant."""
    return name == person.full_name or name in person.called


def called(person: Person, name: str) -> str:
    """As the person called them, or else by name."""
    for known, call in person.character.calls.items():
        if _same(person, known, name):
            return call
    return name


def _same(person: Person, known: str, name: str) -> bool:
    """One may carry a family name that the other lacks: the person's own, or one that stands among the close family."""
    if known == name:
        return True
    longer, shorter = sorted((known, name), key=len, reverse=True)
    shared = longer.rpartition(" ")[2] == person.full_name.rpartition(" ")[2] and " " in person.full_name
    return longer.startswith(f"{shorter} ") and (shared or longer in person.consent.close_family or longer == person.consent.keeper)


def _like_a_name(name: str) -> bool:
    """Letters only, each word with a capital where the script has any."""
    words = name.split()
    return 0 < len(words) <= MOST_WORDS and all(
        re.fullmatch(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*", word) and word[0] == word[0].upper() for word in words
    )
