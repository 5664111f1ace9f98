"""A question and one memory come in; whether they say otherwise of who did something to whom, or of whose a thing was, goes out."""

import re
from functools import lru_cache

from meetagain.mind.lexicon import Lexicon
from meetagain.mind.people import People

REMEMBERED = 16384  # texts of memories
Pairs = frozenset[tuple[str, str]]


class Deeds:
    """Compares doers and owners, for one person."""

    def __init__(self, lexicon: Lexicon, people: People) -> None:
        self._lexicon, self._people = lexicon, people
        sides = lexicon.world.deeds
        self._verbs = tuple(re.compile(verbs) for verbs in lexicon.world.deed_verbs)
        self._sides = {
            side: tuple(re.compile(pattern.replace("<deed>", f"(?:{verbs})")) for verbs in lexicon.world.deed_verbs)
            for side, pattern in sides.items()
        }
        self._owned = {side: re.compile(pattern) for side, pattern in lexicon.world.owned.items()}
        self._told = lru_cache(maxsize=REMEMBERED)(self._people_of)

    def otherwise(self, text: str, told: str) -> tuple[str, ...]:
        """What `told` (lower case) says otherwise than `text` presupposes."""
        asked = text.lower().replace("’", "'")
        return (*self._reversed(asked, told), *self._of_another(asked, told))

    def _reversed(self, asked: str, told: str) -> tuple[str, ...]:
        """Somebody is said to have had done to them what they did, or the person to have done what another did."""
        if not self._sides:
            return ()
        found: list[str] = []
        for number, verb in enumerate(self._verbs):
            if not verb.search(asked):
                continue
            doers = self._told("doer", number, told)
            known = doers - {""}
            found += sorted((self._told("done_to", number, asked) - {""}) & known - self._told("done_to", number, told))
            if self._sides["by_you"][number].search(asked) and known and known == doers:
                found += sorted(known)
        return tuple(found)

    def _people_of(self, side: str, number: int, text: str) -> frozenset[str]:
        """Who stands on that side of a deed; '' for somebody who is not named."""
        return frozenset(self._who(match.group(1)) for match in self._sides[side][number].finditer(text))

    def _who(self, word: str) -> str:
        stem = self._people.wording.stem(word)
        name = self._people.names.get(stem, "")
        return name or self._lexicon.kin.get(stem, "")

    def _of_another(self, asked: str, told: str) -> tuple[str, ...]:
        """A thing is called the visitor's or the person's own that is known as another's."""
        if not self._owned:
            return ()
        stem = self._people.wording.stem
        mine = {stem(match.group(1)) for match in self._owned["mine"].finditer(asked)}
        owners: dict[str, set[str]] = {}
        for match in self._owned["theirs"].finditer(told) if mine else ():
            owners.setdefault(stem(match.group(2)), set()).add(self._who(match.group(1)))
        others = (thing for thing in mine if owners.get(thing) and "" not in owners[thing])
        return tuple(sorted(thing for thing in others if not owners[thing] & self._visitor))

    @property
    def _visitor(self) -> set[str]:
        """The visitor, by name and by the kin words that mean them."""
        kin = {self._lexicon.kin.get(word, word) for word in self._people.visitors}
        return {self._people.visitor, *kin}
