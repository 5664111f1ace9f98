"""A person and the family's memories come in; the names that hearing should expect go out, the nearest people first."""

import re
from collections import Counter
from collections.abc import Sequence

from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

MOST_PLACES = 8  # a long list makes the network hear names where there are none
#: Words in capitals inside a sentence: "Windmill Park", "Mister Button"; not what begins one.
_INSIDE = re.compile(r"(?<=[a-z0-9,;] )[A-Z]\w*[a-z]\w*(?: [A-Z]\w*[a-z]\w*)*")
_NO_NAMES = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|christmas|easter)$",
    re.IGNORECASE,
)


def family_names(person: Person, facts: Sequence[Fact]) -> tuple[str, ...]:
    """People by all the names that they have in the family, then the places and things with a name that are told of most often."""
    character = person.character
    people = (*person.called, person.calls_visitor, person.visitor_name, *character.calls, *character.calls.values(), *character.pronounce)
    tellers = (fact.told_by.capitalize() for fact in facts)
    found = dict.fromkeys(name for name in (*people, *tellers) if name[:1].isupper())
    told = Counter(name for fact in facts for text in (fact.fact, fact.said) for name in _INSIDE.findall(text))
    places: list[str] = []
    for name in sorted(told, key=lambda name: (-told[name], -len(name))):
        known = set(name.split()) <= {word for other in (*found, *places) for word in other.split()}
        if not known and not any(_NO_NAMES.match(word) for word in name.split()):
            places.append(name)
    return (*found, *places[:MOST_PLACES])
