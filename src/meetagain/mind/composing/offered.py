"""A memory comes in; the one thing in it by which it can be asked about ("Do you mean the lemon cake?") goes out."""

import re

import msgspec

from meetagain.mind.composing.rules import Rules
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
MOST_BEFORE = 2  # words between "the" and the thing
OF_PEOPLE = "person"  # its tags are mostly names
NOT_OFFERED = ("saying", "letter")  # what is said is asked for in its own words


class _Word(msgspec.Struct, frozen=True):
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def upper(self) -> bool:
        """A name, as far as it can be seen: at the beginning every word has a capital."""
        return self.text[0].isupper() and self.start > 0


def offered_en(person: Person, fact: Fact, rules: Rules) -> str:
    """The name of a place, or "the" and a thing with what stands before it, that is one of the memory's tags; nothing where none stands in its words."""
    if fact.kind in NOT_OFFERED:
        return ""
    words = [_Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(fact.fact)]
    found = [said for tag in fact.tags for place in range(len(words)) if (said := _thing(words, place, tag.lower(), fact.fact, rules))]
    return next((said for said in found if said[0].isupper()), max(found, key=lambda said: len(said.split()), default=""))


def _thing(words: list[_Word], place: int, tag: str, text: str, rules: Rules) -> str:
    word = words[place]
    if not _same(word.low, tag) or word.start == 0:
        return ""
    if place + 1 < len(words) and _joined(word, words[place + 1], text) and words[place + 1].low not in rules.set_of("offer_ends"):
        return ""  # "the yellow raincoat", "Grandpa Matti": the tag is not the thing itself
    if word.upper:
        named = place > 0 and words[place - 1].upper and _joined(words[place - 1], word, text)
        return f"{words[place - 1].text} {word.text}" if named else ""  # a single name is mostly somebody's
    for before in range(1, MOST_BEFORE + 2):
        first = words[place - before] if place >= before else None
        if first is None or not _joined(first, words[place - before + 1], text):
            break
        if first.low in rules.set_of("offer_begins") or first.low.endswith(("'s", "’s")):
            return f"the {text[words[place - before + 1].start : word.end]}"
        if first.low in rules.set_of("offer_ends") or first.upper:
            break
    return f"the {word.text}" if word.low != tag else ""  # "blew bubbles"; but of "could whistle" nobody knows whether it is a thing


def _joined(one: _Word, other: _Word, text: str) -> bool:
    return text[one.end : other.start] == " "


def _same(word: str, tag: str) -> bool:
    """The same word, or one of them is the other's plural."""
    return word == tag or any(a in (f"{b}s", f"{b}es", f"{b[:-1]}ies") for a, b in ((word, tag), (tag, word)))


def offered_ko(person: Person, fact: Fact, rules: Rules) -> str:
    """The first of its tags that stands in its words as a thing: no name, and no word so short that it could mean anything."""
    if fact.kind in NOT_OFFERED:
        return ""
    words = _WORD.findall(fact.fact)[:-1]  # the last one says what was done
    particles = ("", *rules.set_of("particles"))
    named = {*person.called, person.visitor_name, fact.told_by, *person.character.calls, *rules.set_of("not_offered")}
    fitting = (tag for tag in fact.tags if len(tag) > 1 and tag not in named and (fact.kind != OF_PEOPLE or tag in rules.set_of("kin")))
    return next((tag for tag in fitting if any(word == tag + particle for word in words for particle in particles)), "")
