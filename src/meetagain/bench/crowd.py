"""A number and a seed come in; that many invented memories, each unlike the others, go out: to measure a mind that remembers much."""

import random
from functools import cache
from importlib.resources import files
from typing import Any

from meetagain.schema.archive import Fact
from meetagain.store.yaml import read_yaml

#: What a template calls its words, and the list they are drawn from.
DRAWN = {"p": "people", "kin": "kin", "place": "places", "thing": "things", "thing2": "things", "colour": "colours"}
MADE_UP = 0.6  # of people and places
DRAWN |= {"food": "foods", "animal": "animals", "work": "works", "season": "seasons"}


def crowd(n: int, seed: int, language: str = "en") -> tuple[Fact, ...]:
    """`n` memories of nobody, "c0001" and on; the same for the same seed. No two tell the same. Languages: en, ko."""
    words, chance = _words(language), random.Random(seed)
    found: dict[str, Fact] = {}
    while len(found) < n:
        fact = _fact(f"c{len(found) + 1:04}", words, chance)
        found.setdefault(fact.fact, fact)
    return tuple(found.values())


def _fact(memory_id: str, words: dict[str, Any], chance: random.Random) -> Fact:
    put = {name: chance.choice(words[of]) for name, of in DRAWN.items()}
    put |= {name: _made_up(words["syllables"], chance) for name in ("p", "place") if chance.random() < MADE_UP}
    put |= {"year": str(chance.randint(1931, 2019)), "n": str(chance.randint(2, 40))}
    put |= {"place1": put["place"].split()[0], "food1": put["food"].split()[-1]}
    template = chance.choice(words["templates"])
    return Fact(
        id=memory_id,
        kind=template["kind"],
        when=put["year"] if "{year}" in template["fact"] else "always",
        told_by=chance.choice(words["people"]),
        source="interview",
        tags=tuple(template["tags"].format(**put).lower().split()),
        fact=template["fact"].format(**put),
        said=template["said"].format(**put),
    )


def _made_up(syllables: list[str], chance: random.Random) -> str:
    """A name that nobody has: a family that remembers much has many names."""
    return "".join(chance.sample(syllables, 3)).capitalize()


@cache
def _words(language: str) -> dict[str, Any]:
    return read_yaml((files("meetagain.bench") / "crowd.yaml").read_text("utf-8"))[language]
