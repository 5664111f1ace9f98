"""A person and one open memory come in; the few lines that can be put together from that memory's own fields go out (level 1)."""

from collections.abc import Callable

import msgspec

from meetagain.mind.composing.english import manner_en, teller_en, told_en
from meetagain.mind.composing.korean import manner_ko, teller_ko, told_ko
from meetagain.mind.composing.offered import offered_en, offered_ko
from meetagain.mind.composing.rules import Rules, rules_for
from meetagain.mind.composing.when import when_said
from meetagain.schema.archive import Fact
from meetagain.schema.lines import Line
from meetagain.schema.person import Person
from meetagain.schema.speech import LineClass

#: How a memory is told, by what it is; everything else with joy by a child, and plainly by a grown person.
TOLD_WITH = {"letter": "tender", "private": "tender", "wish": "wonder"}
#: Moments that are told gently whatever they are.
GENTLE = frozenset(("bed", "tuck", "goodnight", "goodbye", "night", "lullaby", "last"))


class Speaking(msgspec.Struct, frozen=True):
    """What one language brings: its manners of speaking, who told a memory, and the memory told."""

    manner: Callable[[Person], str]
    teller: Callable[[Person, Fact, Rules], str]
    told: Callable[[Person, Fact, Rules], tuple[str, ...]]
    offered: Callable[[Person, Fact, Rules], str]


SPEAKING = {"en": Speaking(manner_en, teller_en, told_en, offered_en), "ko": Speaking(manner_ko, teller_ko, told_ko, offered_ko)}


def composed(person: Person, fact: Fact) -> tuple[Line, ...]:
    """The memory told by the person ("<id>/told/<n>"), when it was ("<id>/when"), who told it ("<id>/teller"), whether it is meant ("<id>/offer").

    Pure and deterministic. None for a memory that is not open, or in a language without rules.
    """
    code = person.settings.language.split("-")[0]
    rules = rules_for(code)
    if rules is None or code not in SPEAKING or not fact.open:
        return ()
    speaking = SPEAKING[code]
    texts = {f"{fact.id}/told/{number}": text for number, text in enumerate(speaking.told(person, fact, rules), start=1)}
    texts[f"{fact.id}/when"] = when_said(fact.when, rules, speaking.manner(person))
    texts[f"{fact.id}/teller"] = speaking.teller(person, fact, rules)
    lines = tuple(_line(person, fact, key, text) for key, text in texts.items() if text)
    what, frame = speaking.offered(person, fact, rules), rules.frames[speaking.manner(person)].offer
    return (*lines, _offer(fact, frame.format(what=what))) if what and frame and not fact.tender else lines


def told_with(person: Person, fact: Fact) -> str:
    """The expression in which a memory is told."""
    if fact.tender or GENTLE & {tag.lower() for tag in fact.tags}:
        return "tender"
    return TOLD_WITH.get(fact.kind, "joy" if person.is_child else "neutral")


def _line(person: Person, fact: Fact, key: str, text: str) -> Line:
    source = f"put together from what {fact.told_by or 'the family'} told" + (f" ({fact.source})" if fact.source else "")
    return Line(
        key=key,
        text=text,
        line_class=LineClass.GROUNDED,
        expression=told_with(person, fact),
        group=fact.kind,
        cites=(fact.id,),
        level=1,
        source=source,
    )


def _offer(fact: Fact, text: str) -> Line:
    """It claims nothing, so it is one of not knowing; it names its memory, so that what is for the visitor alone stays theirs."""
    return Line(
        key=f"{fact.id}/offer",
        text=text,
        line_class=LineClass.NOT_KNOWING,
        expression="wonder",
        group="offer",
        cites=(fact.id,),
        level=1,
        source="asks whether this memory is meant; it tells nothing",
    )
