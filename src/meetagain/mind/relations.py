"""A sentence comes in; who does what to whom in it, and whose a thing is, goes out: "you taught Otto" is not "Otto taught him"."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from meetagain.mind.lexicon import SAME, Lexicon
from meetagain.mind.people import People

_CLAUSE = re.compile(r"[^.!?…,;:。？！\n]+")
#: The person and the visitor, as they are called here; nobody is named so.
PERSON, VISITOR = "(person)", "(visitor)"
BEFORE, AFTER = 5, 4  # words between what is done and who does it, or to whom
OWNED = 3  # words from somebody to the thing that is theirs


class Deed(msgspec.Struct, frozen=True):
    """Something that somebody does to somebody."""

    stem: str
    by: frozenset[str] = frozenset()  # empty: it is not said who
    to: frozenset[str] = frozenset()


class Relations(msgspec.Struct, frozen=True):
    """What a text says of who does what to whom, and whose things are."""

    deeds: tuple[Deed, ...] = ()
    owned: tuple[tuple[str, str], ...] = ()  # (a thing, whose it is)

    def __bool__(self) -> bool:
        return bool(self.deeds or self.owned)


class Relating:
    """Reads relations, for one person. Only what is sure is read; everything else says nothing."""

    def __init__(self, lexicon: Lexicon, people: People) -> None:
        self._lexicon, self._people, self._wording = lexicon, people, people.wording
        world = lexicon.world
        self._joined = self._wording.joined
        words = {name: frozenset(text.split()) for name, text in world.relating.items()}
        self._words = words
        self._deeds = frozenset(lexicon.stems(world.relating.get("deeds", "")))
        self._own = frozenset(lexicon.stems(world.relating.get("own", "")))
        self._turned = _turned(lexicon, world.converse)
        self._suffixes = {name: tuple(sorted(words.get(name, ()), key=len, reverse=True)) for name in ("does", "gets", "has")}

    def asked(self, text: str) -> Relations:
        """Of what a visitor says: "I" is the visitor, "you" the person."""
        return self._read(text, {"i": VISITOR, "you": PERSON}, asked=True)

    def told(self, fact: str, said: str) -> Relations:
        """Of a memory: in what was told, "she" is the person where nobody else was named; in what was said, "I" is."""
        one, other = self._read(fact, {"they": PERSON}), self._read(said, {"i": PERSON})
        return Relations((*one.deeds, *other.deeds), (*one.owned, *other.owned))

    def contrary(self, asked: Relations, told: Relations) -> tuple[str, ...]:
        """What was asked of which the memory says that somebody else did it, had it done, or has it."""
        return (*self._other_deeds(asked.deeds, told.deeds), *self._other_owners(asked.owned, told.owned))

    def _other_deeds(self, asked: Sequence[Deed], told: Sequence[Deed]) -> Iterable[str]:
        for deed in asked:
            known = [one for one in (self._seen_as(deed.stem, other) for other in told) if one is not None]
            if known and not any(_may_be(deed, one) for one in known):
                yield deed.stem

    def _other_owners(self, asked: Sequence[tuple[str, str]], told: Sequence[tuple[str, str]]) -> Iterable[str]:
        for thing, owner in asked:
            owners = {whose for one, whose in told if self._lexicon.relation(thing, one) == SAME}
            if owners and owner not in owners:
                yield thing

    def _seen_as(self, stem: str, deed: Deed) -> Deed | None:
        """The deed in the words of the question: who is taught, learns."""
        if stem == deed.stem:
            return deed
        return Deed(stem, deed.to, deed.by) if deed.stem in self._turned.get(stem, ()) else None

    def _read(self, text: str, pronouns: Mapping[str, str], asked: bool = False) -> Relations:
        deeds: list[Deed] = []
        owned: list[tuple[str, str]] = []
        named = False
        for clause in _CLAUSE.findall(text.replace("’", "'")):
            words = _words(clause)
            stems = [self._wording.stem(_bare(word)) for word in words]
            who = [self._who(words, stems, at, pronouns, named) for at in range(len(words))]
            read = self._deeds_joined if self._joined else self._deeds_in
            deeds += read(words, stems, who, asked)
            owned += self._owned_joined(words, stems, pronouns) if self._joined else self._owned_in(words, stems, who, pronouns)
            named = named or any(one not in ("", PERSON, VISITOR) for one in who)
        return Relations(tuple(deeds), tuple(owned))

    # --- people ------------------------------------------------------------------------------------------------------

    def _who(self, words: Sequence[str], stems: Sequence[str], at: int, pronouns: Mapping[str, str], named: bool) -> str:
        """Who is meant by this word, or ''."""
        word = words[at]
        if self._joined:
            word = self._without_suffix(word)
        found = next((put for name, put in pronouns.items() if word in self._words.get(name, ())), "")
        if found and "they" in pronouns:  # "she": the person, where nobody else was named before
            return "" if named or any(self._is_somebody(stem) for stem in stems[:at]) else found
        if found:
            return found
        return self._person(stems[at], _bare(words[at - 1]) if at else "", pronouns)

    def _is_somebody(self, stem: str) -> bool:
        return stem in self._people.names or stem in self._lexicon.kin

    def _person(self, stem: str, before: str, pronouns: Mapping[str, str]) -> str:
        people, lexicon = self._people, self._lexicon
        if stem in people.visitors:
            return VISITOR
        if stem in people.itself:
            return PERSON
        if stem in people.names:
            return self._canonical(people.names[stem])
        if stem in lexicon.kin:
            meant = self._meant(lexicon.kin[stem], before, pronouns)
            if "self" in meant or "visitor" in meant:
                return PERSON if "self" in meant else VISITOR
            its = frozenset().union(*(people.of_role(role) for role in meant))
            return self._canonical(next(iter(its))) if len(its) == 1 else f"({next(iter(meant))})"
        return ""

    def _meant(self, kin: str, before: str, pronouns: Mapping[str, str]) -> frozenset[str]:
        """The visitor's kin, as they speak of them; in a memory the person's own, but for "your mother" in the person's words."""
        if pronouns.get("i") == VISITOR:
            return self._people.meant(kin, before)
        yours = pronouns.get("i") == PERSON and before in self._lexicon.world.possessive.get("yours", "").split()
        mine = self._lexicon.world.possessive.get("mine", "").split()
        return self._people.meant(kin, mine[0]) if yours and mine else frozenset((kin,))

    def _canonical(self, name: str) -> str:
        return VISITOR if name and name == self._people.visitor else name

    # --- words in their order: "Otto taught him to swim", "taught by Otto", "Dad's old hat" ---------------------------

    def _deeds_in(self, words: Sequence[str], stems: Sequence[str], who: Sequence[str], asked: bool) -> Iterable[Deed]:
        for at, stem in enumerate(stems):
            if stem not in self._deeds:
                continue
            by, place = self._doer(words, who, at)
            to = self._done_to(words, who, at, by)
            if self._passive(words, at):
                by, to = self._after_by(words, who, at), by
            elif asked and not by and words[at].endswith("ing") and (place < 0):
                by = frozenset((PERSON,))  # "remember teaching Otto?"
            if by or to:
                yield Deed(stem, by, to)

    def _doer(self, words: Sequence[str], who: Sequence[str], at: int) -> tuple[frozenset[str], int]:
        """Who stands right before what is done, small words apart; (nobody, place) where a question word stands there."""
        for place in range(at - 1, max(-1, at - 1 - BEFORE), -1):
            word = words[place]
            if word in self._words["asks"]:
                return frozenset(), place
            if who[place]:
                return self._together(words, who, place), place
            if word.endswith("'s") or word in self._words["breaks"] or not self._passes(word):
                return frozenset(), place if word not in self._words["recalls"] else -1
        return frozenset(), -1

    def _passes(self, word: str) -> bool:
        return self._wording.is_light(word) and word not in self._words["recalls"]

    def _together(self, words: Sequence[str], who: Sequence[str], at: int) -> frozenset[str]:
        """ "You and Otto": both."""
        if at > 1 and words[at - 1] in self._words["and"] and who[at - 2]:
            return frozenset((who[at - 2], who[at]))
        if at > 2 and words[at - 2] in self._words["and"] and who[at - 3]:
            return frozenset((who[at - 3], who[at]))
        return frozenset((who[at],))

    def _done_to(self, words: Sequence[str], who: Sequence[str], at: int, by: frozenset[str]) -> frozenset[str]:
        """Who comes first after it: "taught your brother Otto to swim". "Him" after "Otto" is somebody else, so the person."""
        for place in range(at + 1, min(len(words), at + 1 + AFTER)):
            if who[place]:
                return frozenset((who[place],))
            if words[place] in self._words["they"] and by and PERSON not in by:
                return frozenset((PERSON,))
            if words[place] in self._words["breaks"] or words[place] in self._words["asks"]:
                return frozenset()
        return frozenset()

    def _passive(self, words: Sequence[str], at: int) -> bool:
        be = any(word in self._words["be"] for word in words[max(0, at - 3) : at])
        return be and not words[at].endswith("ing")

    def _after_by(self, words: Sequence[str], who: Sequence[str], at: int) -> frozenset[str]:
        by = next((place for place in range(at + 1, min(len(words), at + 6)) if words[place] in self._words["by"]), None)
        found = [one for one in who[by + 1 : by + 5] if one] if by is not None else []
        return frozenset(found)

    def _owned_in(
        self, words: Sequence[str], stems: Sequence[str], who: Sequence[str], pronouns: Mapping[str, str]
    ) -> Iterable[tuple[str, str]]:
        for at, word in enumerate(words):
            owner = VISITOR if word in self._words["mine"] and pronouns.get("i") == VISITOR else ""
            owner = PERSON if word in self._words["mine"] and pronouns.get("i") == PERSON else owner
            if word.endswith("'s") and who[at]:
                owner = who[at]
            if word in self._words["theirs"] and "they" in pronouns and not any(who[:at]):
                owner = PERSON
            thing = self._head(words, stems, at + 1) if owner else ""
            if thing:
                yield thing, owner

    def _head(self, words: Sequence[str], stems: Sequence[str], at: int) -> str:
        """The thing that a phrase is about: its last, "front tooth" a tooth."""
        found = ""
        for place in range(at, min(len(words), at + OWNED)):
            if self._wording.is_light(words[place]) and words[place] not in self._words["little"]:
                break
            if stems[place] in self._lexicon.kin or words[place].endswith("'s"):
                return ""
            found = stems[place] if self._lexicon.is_thing(stems[place]) else found
        return found if self._is_own(found) else ""

    def _is_own(self, thing: str) -> bool:
        """Whether it is of a kind that one person has: a hat, a birthday; but a card has who wrote it, and who got it."""
        return bool(thing) and not self._own.isdisjoint(self._lexicon.within(thing))

    # --- words with particles: 오토가 수영을 가르쳐 주었다, 이르야의 목도리 -----------------------------------------------------

    def _without_suffix(self, word: str) -> str:
        for _ in range(2):  # 피아한테는
            ends = (end for ends in self._suffixes.values() for end in ends if word.endswith(end) and word != end)
            word = word.removesuffix(next(ends, " "))
        return word

    def _marked(self, words: Sequence[str], who: Sequence[str], upto: int, mark: str) -> frozenset[str]:
        ends = self._suffixes[mark]
        marked = ((at, next((end for end in ends if words[at].endswith(end)), "")) for at in range(upto) if who[at])
        others = tuple(end for name, its in self._suffixes.items() if name != mark for end in its)
        return frozenset(who[at] for at, end in marked if end and not words[at].removesuffix(end).endswith(others))

    def _deeds_joined(self, words: Sequence[str], stems: Sequence[str], who: Sequence[str], asked: bool) -> Iterable[Deed]:
        after = 0  # what stands before one deed is said of that
        for at, stem in enumerate(stems):
            if stem not in self._deeds:
                continue
            by, to = (self._marked(words[after:], who[after:], at - after, mark) for mark in ("does", "gets"))
            does_itself = any(word in self._words["asks"] for word in words[:at])
            if not to:
                to = frozenset(one for one, word in zip(who[:at], words[:at], strict=True) if one and word in self._words["bare"])
            if not by and not does_itself and (to or not asked):
                by = frozenset((PERSON,)) if not any(one and one not in to for one in who[:at]) else by
            after = at + 1
            if by or to:
                yield Deed(stem, by, to)

    def _owned_joined(self, words: Sequence[str], stems: Sequence[str], pronouns: Mapping[str, str]) -> Iterable[tuple[str, str]]:
        for at in range(len(words) - 1):
            word, ends = words[at], self._suffixes["has"]
            bare = next((word[: -len(end)] for end in ends if word.endswith(end)), word)
            owner = VISITOR if word in self._words["mine"] and pronouns.get("i") == VISITOR else ""
            owner = PERSON if word in self._words["mine"] and pronouns.get("i") == PERSON else owner
            stem = self._wording.stem(bare)
            if not owner and bare == stem:
                owner = self._person(stem, words[at - 1] if at else "", pronouns)
            if not owner or (owner == PERSON and word == bare and word not in self._words["mine"]):
                continue  # the person's own name before a thing may only call them
            if self._is_own(stems[at + 1]):
                yield stems[at + 1], owner


def _may_be(asked: Deed, told: Deed) -> bool:
    """Whether nothing in the one excludes the other."""
    return not ((asked.by and told.by and not asked.by & told.by) or (asked.to and told.to and not asked.to & told.to))


def _words(clause: str) -> list[str]:
    return [word.strip("'\"“”‘()[]") for word in clause.lower().split() if word.strip("'\"“”‘()[]-")]


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _turned(lexicon: Lexicon, converse: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in converse:
        one, other = (lexicon.stems(side) for side in line.split("|"))
        for stem in one:
            found.setdefault(stem, set()).update(other)
        for stem in other:
            found.setdefault(stem, set()).update(one)
    return {stem: frozenset(others) for stem, others in found.items()}


__all__ = ["PERSON", "VISITOR", "Deed", "Relating", "Relations"]
