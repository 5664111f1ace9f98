"""Memories come in; an Issue for every two that tell the same thing differently goes out, so that the keeper can decide.

Only memories that may be spoken are compared, and only those of different tellers or from different sources. Two are of the same thing when
they share enough of the words that carry meaning; they differ when of that thing they give another number, year, month, season, colour or place.
Two birthdays, two years of a habit and two boats are no contradiction. A family that hears too many false alarms listens to none, so the
rules are strict: what is only alike is left alone.
"""

from collections.abc import Iterator, Sequence

import msgspec

from meetagain.archive.claims import Claims, Count, claims_of, stem
from meetagain.archive.names import flat
from meetagain.errors import Issue, issue
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_NAME_WEIGHT = 0.5  # a family's names stand in most of its memories
_MOST_ISSUES = 40
_COMMON = 40  # a word that stands in more memories than this shows nothing
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


class Difference(msgspec.Struct, frozen=True):
    """What one of two memories says and what the other says instead."""

    this: str
    that: str


def contradictions(facts: Sequence[Fact], person: Person | None = None) -> tuple[Issue, ...]:
    """One note for every two memories that do not agree, in the order of the memories; at most forty."""
    told = [fact for fact in facts if fact.open]
    people = frozenset(map(stem, _names(told, person)))
    claims = [claims_of(fact, people) for fact in told]
    found: list[Issue] = []
    for one, other in _near(claims):
        first, second = told[one], told[other]
        if (first.told_by, first.source, first.item) == (second.told_by, second.source, second.item):
            continue
        differing = difference(claims[one], claims[other])
        if differing:
            found.append(_issue(first, second, differing))
            if len(found) == _MOST_ISSUES:
                break
    return tuple(found)


def _names(facts: Sequence[Fact], person: Person | None) -> frozenset[str]:
    written = [fact.told_by for fact in facts]
    if person is not None:
        written += [*person.called, person.full_name, person.visitor_name, person.calls_visitor, person.consent.keeper]
        written += [*person.consent.close_family, *person.character.calls, *person.character.calls.values()]
    return frozenset(word for name in written for word in flat(name).split())


def _near(claims: Sequence[Claims]) -> Iterator[tuple[int, int]]:
    """Pairs that share a word which is not in everybody's mouth."""
    holding: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        for word in claim.about - claim.names:
            holding.setdefault(word, []).append(number)
    pairs = {
        (one, other)
        for numbers in holding.values()
        if len(numbers) <= _COMMON
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 :]
    }
    return iter(sorted(pairs))


def difference(one: Claims, other: Claims) -> Difference | None:
    """What two memories of the same thing tell differently; None where they agree, or are of different things or times."""
    if one.again or other.again or _apart(one.occasions, other.occasions):
        return None
    shared = (one.about & other.about) - (one.places & other.places)
    weight = _weight(shared, one.names | other.names)
    sizes = sorted((_weight(one.about - one.places, one.names), _weight(other.about - other.places, other.names)))
    overlap, whole = weight / max(1.0, sizes[0]), weight / max(1.0, sizes[1])
    when = _when(one, other)
    if when and (overlap >= 0.5 if weight >= 3 else weight >= 2 and overlap >= 0.75 and whole >= 0.4):
        return when
    if when or _disjoint(one.weekdays, other.weekdays):
        return None
    return _things(one, other, one.about & other.about) or _places(one, other, weight, overlap)


def _weight(words: frozenset[str], names: frozenset[str]) -> float:
    return sum(_NAME_WEIGHT if word in names else 1.0 for word in words)


def _apart(one: Sequence[tuple[str, int]], other: Sequence[tuple[str, int]]) -> bool:
    """Whether they are of two birthdays, two classes, two ages."""
    first, second = dict(one), dict(other)
    return any(first[kind] != second[kind] for kind in first.keys() & second.keys())


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _when(one: Claims, other: Claims) -> Difference | None:
    if _disjoint(one.years, other.years):
        return Difference(_listed(one.years), _listed(other.years))
    if _disjoint(one.months, other.months):
        return Difference(_month(one.months), _month(other.months))
    if _disjoint(one.seasons, other.seasons):
        return Difference(_listed(one.seasons), _listed(other.seasons))
    return None


def _things(one: Claims, other: Claims, shared: frozenset[str]) -> Difference | None:
    """Other numbers or colours of one thing, where more than that thing is shared."""
    names, doings = one.names | other.names, one.doings & other.doings
    enough = 2 + (one.names != other.names)  # where one names somebody whom the other does not, they may be of two people

    def told_more(thing: frozenset[str]) -> bool:
        return bool(shared - thing - names - doings) and _weight(shared | thing, names) >= enough

    for mine in one.counts:
        theirs = [count for count in other.counts if count.of & mine.of]
        if theirs and all(_far(mine, count) for count in theirs) and told_more(mine.of | theirs[0].of):
            return Difference(mine.shown, theirs[0].shown)
    for mine in one.ordinals:
        for count in other.ordinals:
            if count.of & mine.of and count.number != mine.number and told_more(count.of & mine.of):
                return Difference(mine.shown, count.shown)
    if _weight(shared, names) < enough:
        return None
    for shade in one.colours:
        others = [colour for colour in other.colours if colour.of & shade.of and not (colour.several and shade.several)]
        own = {colour.colour for colour in one.colours if any(colour.of & it.of for it in others)}
        if others and not own & {colour.colour for colour in others}:
            return Difference(shade.shown, others[0].shown)
    return None


def _far(one: Count, other: Count) -> bool:
    apart = abs(one.number - other.number)
    return apart > 0.25 * max(one.number, other.number) if one.rough or other.rough else apart > 0


def _places(one: Claims, other: Claims, weight: float, overlap: float) -> Difference | None:
    named = one.places & other.about or other.places & one.about
    enough = 1.5 + (one.names != other.names)
    if _disjoint(one.places, other.places) and not named and weight >= enough and overlap >= 0.75:
        return Difference(" ".join(one.place_words), " ".join(other.place_words))
    return None


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


def _month(numbers: frozenset[str]) -> str:
    return ", ".join(_MONTHS[int(number) - 1] for number in sorted(numbers, key=int))


def _issue(first: Fact, second: Fact, differing: Difference) -> Issue:
    def teller(fact: Fact) -> str:
        return f"told by {fact.told_by}" if fact.told_by else "nobody says who told it"

    return issue(
        "memories-differ",
        f"{first.id} {second.id}",
        first=first.id,
        second=second.id,
        first_by=teller(first),
        second_by=teller(second),
        this=differing.this,
        that=differing.that,
    )
