"""A person and their memories come in; who is meant by a name or by "your brother" goes out."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from meetagain.mind.lexicon import Lexicon
from meetagain.mind.wording import Wording
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_SENTENCE = re.compile(r"[.!?…:;]+|['\"‘“]")


class People:
    """Everybody whom the memories name: what else they are called, and what they are to the person. Immutable."""

    def __init__(self, facts: Sequence[Fact], person: Person, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.wording = language = lexicon.wording.with_nouns(_told_names(facts, person, lexicon))
        self._relation = lexicon.kin.get(language.stem(person.relation_to_visitor.lower()), "")
        self._through = {**_stemmed(lexicon.world.kin_through, language).get(self._relation, {})}
        of = (frozenset(lexicon.world.possessive.get(key, "").split()) for key in ("mine", "yours", "theirs"))
        self._mine, self._yours, self._theirs = of
        self.address = "|".join(map(re.escape, language.words(person.calls_visitor)))
        self.names: dict[str, str] = {}
        self.roles: dict[str, set[str]] = {}
        self.visitor = self._first(person.visitor_name)
        self.itself = frozenset(self._stems(" ".join((*person.called, person.full_name)))) - frozenset(lexicon.kin)
        self._called(person)
        self._told_of(facts)
        self.visitors = (
            frozenset({self.visitor, *self._stems(person.calls_visitor)} - {""}) if self.visitor or person.calls_visitor else frozenset()
        )
        if self.visitor:
            self.names.setdefault(self.visitor, self.visitor)
            its = {lexicon.kin.get(language.stem(word), word) for word in lexicon.world.visitor_is.get(self._relation, ())}
            self.roles.setdefault(self.visitor, set()).update(its if len(its) == 1 else ())

    def is_mine(self, before: str) -> bool:
        """Whether the visitor speaks of their own: "my daughter"."""
        return before in self._mine

    def of_others(self, kin: str, before: str) -> bool:
        """Whether it is somebody else's: "his sister", "Tove's mother"; but "Uncle Otto" is Otto."""
        name = self.names.get(self.wording.stem(before), "")
        return before in self._theirs or (bool(name) and kin not in self.roles.get(name, ()) and not self.wording.joined)

    def meant(self, kin: str, before: str) -> frozenset[str]:
        """What somebody whom the visitor calls so is to the person: "my mother" is his wife. {"self"} is the person, {"visitor"} the visitor."""
        mine = before in self._mine
        if before in self._yours:
            return frozenset((kin,))
        if not mine and kin in self.visitors:
            return frozenset(("visitor",))
        if not mine and self._child_speaks_so(kin):
            return frozenset((kin,))
        return frozenset((self._through.get(kin, kin),))

    def _child_speaks_so(self, kin: str) -> bool:
        """A child's own words for its family are what its parents use too: "Dad" said to a daughter is her father."""
        return (
            any(kin in roles for roles in self.roles.values())
            and not any(put == "self" and word == kin for word, put in self._through.items())
            and not (self._through.get(kin) and any(self._through[kin] in roles for roles in self.roles.values()))
        )

    def who(self, stems: Iterable[str]) -> frozenset[str]:
        """Everybody named by these stems."""
        return frozenset(self.names[stem] for stem in stems if stem in self.names)

    def may_be(self, who: str, pronoun: str) -> bool:
        """Whether somebody may be called "he": their roles allow it, or none is known."""
        kin = self._lexicon.world.pronoun_kin.get(pronoun, "").split()
        roles = self.roles.get(who, set())
        return not kin or not roles or not roles.isdisjoint(self._lexicon.kin.get(self.wording.stem(word), word) for word in kin)

    def besides(self, who: frozenset[str]) -> frozenset[str]:
        """Of these, those who are neither the person nor the visitor."""
        return who - self.itself - {self.visitor}

    def of_role(self, role: str) -> frozenset[str]:
        """Everybody who is this to the person."""
        wanted = self._lexicon.kin_of.get(role, frozenset((role,))) | {role}
        return frozenset(who for who, roles in self.roles.items() if roles & wanted)

    def _called(self, person: Person) -> None:
        for name, call in person.character.calls.items():
            canonical = self._first(name)
            if canonical:
                words = self.wording.words(call.lower())
                stems = [self.wording.stem(word) for word in words]
                self._add(canonical, (stem for stem in stems if stem not in self._lexicon.kin))
                through = bool(words) and words[0] in self._yours
                kin = {self._lexicon.kin[stem] for stem in stems if stem in self._lexicon.kin}
                kin -= kin if canonical == self.visitor and not self._visitor_may_be(kin) else set()
                self.roles.setdefault(canonical, set()).update(self._through.get(role, role) if through else role for role in kin)

    def _visitor_may_be(self, kin: set[str]) -> bool:
        """A daughter whom her father calls Nan is no grandmother."""
        its = {self._lexicon.kin.get(self.wording.stem(word), word) for word in self._lexicon.world.visitor_is.get(self._relation, ())}
        return not kin.isdisjoint(its)

    def _told_of(self, facts: Sequence[Fact]) -> None:
        """Names of the memories: written with a capital inside a sentence, or a tag beside what they are."""
        for name in dict.fromkeys(self._first(fact.told_by) for fact in facts):
            if name and not self._known(name) and name not in self.itself:
                self._add(name, ())
        for fact in facts:
            capitals = self.capitals(fact.fact) | self.capitals(fact.said)
            for name in sorted(capitals):
                if not self._known(name) and name not in self.itself:
                    self._add(name, ())
            if fact.kind == "person":
                self._by_tags(fact, capitals)
        for fact in facts:
            for text in (fact.fact, fact.said):
                stems = self._stems(text)
                for one, other in pairwise(stems):
                    self._beside(one, other)
                    self._beside(other, one)

    def _by_tags(self, fact: Fact, capitals: frozenset[str]) -> None:
        tags = [self.wording.stem(tag.lower()) for tag in fact.tags if " " not in tag.strip()]
        roles = [tag for tag in tags if tag in self._lexicon.kin]
        names = [
            tag
            for tag in tags
            if tag not in roles and not self._known(tag) and (tag in capitals or tag in self.names or self.wording.joined)
        ]
        for name in names[:1]:
            self._add(name, ())
            self.roles[self.names[name]].update(self._lexicon.kin[role] for role in roles[:1])

    def _beside(self, name: str, role: str) -> None:
        """ "His brother Otto": what stands beside a name says who it is."""
        if name in self.names and role in self._lexicon.kin:
            self.roles[self.names[name]].add(self._lexicon.kin[role])

    def capitals(self, text: str) -> frozenset[str]:
        """Stems of words that are written with a capital inside a sentence."""
        found = set()
        for sentence in _SENTENCE.split(text):
            for word in sentence.split()[1:]:
                bare = word.strip(",()[]'’\"”“‘-")
                if bare[:1].isupper() and len(bare) > 2:
                    found.update(self._stems(bare))
        return frozenset(found)

    def _known(self, stem: str) -> bool:
        return self._lexicon.known(stem) or stem in self._lexicon.months or stem in self._lexicon.generic or stem in self.wording.light

    def _add(self, canonical: str, others: Iterable[str]) -> None:
        canonical = self.names.get(canonical, canonical)
        self.roles.setdefault(canonical, set())
        for name in (canonical, *others):
            if name not in self.wording.light:
                self.names.setdefault(name, canonical)

    def _first(self, name: str) -> str:
        stems = self._stems(name)
        return next((stem for stem in stems if stem not in self._lexicon.kin), "")

    def _stems(self, text: str) -> list[str]:
        return [self.wording.stem(word) for word in self.wording.words(text)]


def _told_names(facts: Sequence[Fact], person: Person, lexicon: Lexicon) -> set[str]:
    """Names as they are written down beside what somebody is: in calls, and in the tags of a memory of somebody."""
    calls = person.character.calls
    texts = (person.visitor_name, person.calls_visitor, person.full_name, *person.called, *calls, *calls.values())
    texts = (*texts, *(fact.told_by for fact in facts), *(tag for fact in facts if fact.kind == "person" for tag in fact.tags))
    words = {word for text in texts for word in lexicon.wording.words(text)}
    known = {word for word in words if lexicon.known(lexicon.wording.stem(word)) or word in lexicon.wording.light}
    return words - known


def _stemmed(rules: dict[str, dict[str, str]], language: Wording) -> dict[str, dict[str, str]]:
    stem = language.stem
    return {stem(of): {stem(word): put if put == "self" else stem(put) for word, put in inner.items()} for of, inner in rules.items()}
