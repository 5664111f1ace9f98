"""Ways to say that one wants to die, and other things that a visitor says, come in; how many call the companion goes out (A4)."""

from typing import Any

import msgspec

from meetagain.bench.questions import rate
from meetagain.demo_people import demo_source
from meetagain.mind.language import language
from meetagain.mind.meaning import meaning
from meetagain.mind.moment import alarming

LANGUAGES = ("en", "ko")
FILES = ("matters", "oblique")
UNCOUNTED = "come_along"  # a wish of its own: on a walk it is only that, elsewhere the companion is called


class Said(msgspec.Struct, frozen=True):
    """One thing that was said, whether it is of wanting to die, and what the mind made of it: harm, faint or nothing."""

    text: str
    meant: bool
    alarm: str


def heard(code: str) -> tuple[Said, ...]:
    """Everything of one language's lists in demo/eval, each by itself."""
    rules = language(code).with_meaning(meaning())
    rows = (row for name in FILES for row in sayings(f"{name}.{code}.txt") if row[0] != UNCOUNTED)
    return tuple(Said(text, wanted == "harm", alarming(text, (), rules, walking=False)) for wanted, text in rows)


def sayings(name: str) -> list[tuple[str, str]]:
    """(the matter that is meant, what was said) of one list."""
    lines = (demo_source() / "eval" / name).read_text("utf-8").splitlines()
    return [(wanted, text) for wanted, _, text in (line.partition(": ") for line in lines if line.strip() and not line.startswith("#"))]


def figures() -> dict[str, Any]:
    """The figures of all languages together, and of each."""
    found = {code: heard(code) for code in LANGUAGES}
    each = {code: _rates(said) for code, said in found.items()}
    return {**_rates([one for said in found.values() for one in said]), "harm_per_language": each}


def _rates(said: tuple[Said, ...] | list[Said]) -> dict[str, Any]:
    """Heard: somebody is called. Noticed: called, or asked to look."""
    harm, others = [one for one in said if one.meant], [one for one in said if not one.meant]
    return {
        "harm_heard_rate": rate([one.alarm == "harm" for one in harm]),
        "harm_noticed_rate": rate([one.alarm != "" for one in harm]),
        "harm_heard_false_rate": rate([one.alarm == "harm" for one in others]),
        "harm_noticed_false_rate": rate([one.alarm != "" for one in others]),
        "harm_sayings": len(harm),
        "harm_others": len(others),
    }
