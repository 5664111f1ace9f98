"""The words of a memory with its names marked come in; the same words go out with everybody else marked who is mentioned: kin, people, animals."""

from collections.abc import Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.names import OWNING, Names
from meetagain.mind.composing.sentence import Unsure, Word
from meetagain.mind.composing.told_by import Teller
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_AGENTS = ("er", "or")  # of people where they do something; of things as often
_PEOPLE = (
    *(
        "ist",
        "ian",
        "man",
        "woman",
        "ess",
        "person",
        "maker",
        "builder",
        "keeper",
        "worker",
        "player",
        "singer",
        "dancer",
        "teacher",
        "driver",
    ),
    *("leader", "painter", "writer", "hunter", "seller", "dealer", "master", "owner", "fighter", "collector", "director"),
)
_ONE = frozenset(("mother", "father", "husband", "wife"))  # of whom a visitor has one
_SPOUSES = frozenset(("husband", "wife", "partner"))
_CHILDREN = frozenset(("daughter", "son", "child"))


class Mentions:
    """Everybody whom one person's memories may mention, and how they are found in a sentence."""

    def __init__(self, person: Person, fact: Fact, teller: Teller, grammar: Grammar) -> None:
        self._person, self._teller, self._grammar = person, teller, grammar
        self._names = Names(person, fact, teller, grammar)
        self.own = self._names.own

    def marked(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words, names of several words in one. Raises Unsure where somebody may or may not be the person or the visitor."""
        found = self._kin(self._animate(self._names.marked(words)))
        self._check_groups(found)
        self._check_names(found)
        return tuple(found)

    def named(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words with only the names marked that are known."""
        return tuple(self._names.known(words))

    def may_be(self, word: Word) -> bool:
        """Whether this is somebody else whom the person's pronoun could mean."""
        return bool(word.gender) and word.who != "person" and (self.own == "they" or word.gender in (self.own, "any"))

    # --- nouns ------------------------------------------------------------------------------------------------------

    def _animate(self, words: list[Word]) -> list[Word]:
        """People and animals that stand there as nouns."""
        found = [
            self._noun(words, place) if word.is_word and not word.who and not word.quoted else word for place, word in enumerate(words)
        ]
        for place in range(2, len(found)):  # "Major the dog" is one
            name, noun = found[place - 2], found[place]
            if name.who == "other" and found[place - 1].low == "the" and noun.gender and not noun.who:
                found[place - 2] = msgspec.structs.replace(name, gender="")
                found[place] = msgspec.structs.replace(noun, gender=noun.gender if name.gender == "any" else name.gender)
        return found

    def _noun(self, words: Sequence[Word], place: int) -> Word:
        grammar, word = self._grammar, words[place]
        after = words[place + 1] if place + 1 < len(words) else None
        if after is not None and (after.who or not grammar.ends_noun(after.low)) and not after.quoted:
            return word  # "brother Emil" is Emil, "duck song" a song
        low = word.low
        if self._is_what_they_were(words, place):
            return word
        gender = grammar.gender_of.get(low, "")
        if not gender and low.endswith("s") and low[:-1] in grammar.gender_of:
            gender = "many"
        if not gender and self._is_somebody(words, place):
            gender = "any"
        return msgspec.structs.replace(word, gender=gender) if gender else word

    def _is_somebody(self, words: Sequence[Word], place: int) -> bool:
        """Whether a noun that is in no list names a person: by its ending, or by what they do or what is done to them."""
        grammar, word = self._grammar, words[place]
        low = word.low
        if word.is_name or grammar.is_a("thing_er", low) or grammar.known(low) or grammar.plural(low):
            return False
        start = next((n for n in range(place - 1, max(-1, place - 4), -1) if self._points(words[n])), None)
        if start is None:
            return False
        after = words[place + 1] if place + 1 < len(words) else None
        verb = grammar.verb_after(words, place)
        does = verb is not None and (
            words[verb].low in grammar.verbs["human"] or (low.endswith(_AGENTS) and grammar.finite(words[verb].low))
        )
        met = start > 0 and words[start - 1].low in grammar.verbs["meets"]
        compared = after is not None and after.low == "than"
        return (low.endswith(_PEOPLE) and len(low) > 4) or (does and not compared) or met

    def _is_what_they_were(self, words: Sequence[Word], place: int) -> bool:
        """ "As a child she swam", "she was a good cook": the person themselves."""
        start = next((n for n in range(place - 1, max(-1, place - 4), -1) if words[n].low in ("a", "an", "the")), 0)
        if start < 1 or words[start].first:
            return False
        at = start - 1
        while at > 0 and words[at].is_word and self._grammar.adverb(words[at].low):
            at -= 1
        if words[at].low in ("as", "be", "being", "become", "becoming"):
            return words[start].low != "the"
        subject = words[at - 1] if at else words[at]
        were = words[at].low in self._grammar.verbs["be"] or words[at].low in ("became", "'s")
        return were and (subject.low == self.own or subject.who == "person")

    def _points(self, word: Word) -> bool:
        grammar, low = self._grammar, word.low
        return grammar.is_a("determiners", low) or grammar.is_a("possessives", low) or low in ("'s", "one")

    # --- kin of somebody --------------------------------------------------------------------------------------------

    def _kin(self, words: list[Word]) -> list[Word]:
        """ "her father Davin" is Dad, "his daughter Elin" is you, "her mother" is you where the visitor is that."""
        found = list(words)
        for place in range(len(found) - 1, -1, -1):
            word = found[place]
            kin = word.low if not word.quoted and not word.who and word.low in self._grammar.gender_of else ""
            start = self._owner(found, place) if kin else None
            if start is None:
                continue
            after = found[place + 1] if place + 1 < len(found) else None
            named = after if after is not None and after.who and after.gap == " " and not after.first else None
            self._check_owner(found, start)
            whole = self._kin_named(found, start, named) if named else self._kin_alone(found, start, place)
            if whole is not None:
                end = place + (2 if named else 1)
                begin = start - 1 if found[start].low == "'s" else start
                found[begin:end] = [msgspec.structs.replace(whole, gap=found[begin].gap, first=found[begin].first)]
        return found

    def _owner(self, words: Sequence[Word], place: int) -> int | None:
        """Where the possessive of a noun stands, at most two plain words before it."""
        for start in range(place - 1, max(-1, place - 4), -1):
            word = words[start]
            if word.quoted or words[start + 1].first or not (word.is_word or word.low == "'s"):
                return None
            if self._grammar.is_a("possessives", word.low) or (word.low == "'s" and start > 0):
                return start
            if word.who or self._grammar.known(word.low):
                return None
        return None

    def _owned_by(self, words: Sequence[Word], start: int) -> str:
        low = words[start].low
        if low == "'s":
            return "person" if words[start - 1].who == "person" else "named"
        if low in ("my", "our"):
            return "teller"
        return "person" if low == OWNING[self.own] else "other"

    def _check_owner(self, words: Sequence[Word], start: int) -> None:
        """ "Tove lost her mother": whose mother, where the person is a she as well."""
        if words[start].low == OWNING[self.own] and any(self.may_be(word) for word in words[:start] if not word.quoted):
            raise Unsure("whose kin")

    def _kin_named(self, words: Sequence[Word], start: int, named: Word) -> Word | None:
        owner = self._owned_by(words, start)
        if named.who == "visitor":
            if owner in ("named", "other"):
                raise Unsure("whose kin")
            return named
        calls_kin = named.shown != named.text and self._names.gender_of(named.shown) != "any"
        return named if owner in ("person", "teller") and calls_kin else None

    def _kin_alone(self, words: Sequence[Word], start: int, place: int) -> Word | None:
        """Somebody's mother, sister, daughter without a name: the visitor, the person, or somebody else."""
        kin, owner, person = words[place].low, self._owned_by(words, start), self._person
        gender = self._grammar.gender_of[kin]
        if owner == "person":
            return self._of_person(kin, gender)
        only_visitor = self._teller.visitor and not self._teller.names
        if owner == "teller" and only_visitor and kin in self._grammar.kin.get(self._names.relation, ()):
            if start == 0 or words[start].first or self._names.relation in _ONE:
                return Word(person.name, who="person", gender="any" if self.own == "they" else self.own, shown=person.name)
            raise Unsure("whose kin")
        fits = gender == "any" or self.own == "they" or gender == self.own
        singled = self._grammar.is_a("one_child" if person.is_child else "one_grown", kin) or kin in ("sister", "brother", "twin", "friend")
        if fits and singled and (owner == "named" or (owner == "teller" and not only_visitor)):
            raise Unsure("whose kin")
        return None

    def _of_person(self, kin: str, gender: str) -> Word | None:
        relation, visitor_gender = self._names.relation, self._names.visitor_gender
        known = self._grammar.relations.get(relation)
        if known is not None and kin not in known:
            return None
        if "any" not in (gender, visitor_gender) and gender != visitor_gender:
            return None
        one = relation in _SPOUSES or (relation in _CHILDREN and gender != "any" and gender == visitor_gender)
        if not one:
            raise Unsure("may be the visitor")
        calls = self._person.calls_visitor
        return Word(calls, who="visitor", gender=visitor_gender, shown=calls)

    # --- what would read wrong --------------------------------------------------------------------------------------

    def _check_groups(self, words: Sequence[Word]) -> None:
        """ "The girls", "our little one": the person may be among them."""
        age = "child" if self._person.is_child else "grown"
        kin = frozenset(word for names in self._grammar.kin.values() for word in names)
        for place, word in enumerate(words):
            near = {before.low for before in words[max(0, place - 3) : place] if not before.quoted}
            pointed = near & {"the", "our", "this", "that", "both", "all", "these", "those"} or ("my" in near and word.low not in kin)
            if word.quoted or word.who or not pointed or self._is_what_they_were(words, place):
                continue
            fits = self.own == "they" or self._grammar.gender_of.get(word.low, "any") in ("any", self.own)
            if self._grammar.is_a(f"group_{age}", word.low) or (fits and self._grammar.is_a(f"one_{age}", word.low)):
                raise Unsure("may be the person")

    def _check_names(self, words: Sequence[Word]) -> None:
        """ "The neighbour Elin", "Elin, who was six", "Elin and Davin's house": no rule for these."""
        for place, word in enumerate(words):
            before = words[place - 1] if place and not word.first else None
            after = [later.low for later in words[place + 1 : place + 3]]
            if word.who in ("person", "visitor"):
                told = before is not None and before.is_word and not before.quoted and word.gap == " "
                if told and (before.low in self._grammar.gender_of or self._is_somebody(words, place - 1)):
                    raise Unsure("name after a word")
                if after[:1] == ["who"] or after == [",", "who"]:
                    raise Unsure("who")
                if after[:1] == ["and"] and any(later.low == "'s" for later in words[place + 2 : place + 6] if later.text == "'s"):
                    self._check_shared(words, place)
            if word.who and place > 1 and words[place - 1].text == "," and self._same_again(words[place - 2], word):
                raise Unsure("name after a word")

    def _check_shared(self, words: Sequence[Word], place: int) -> None:
        """ "Elin and Davin's house" belongs to both."""
        if place + 3 < len(words) and words[place + 2].who and words[place + 3].low == "'s":
            raise Unsure("who owns it")

    def _same_again(self, before: Word, word: Word) -> bool:
        """ "her mother, Elin," and "her father, Davin,": one person twice."""
        kin_call = word.who == "other" and word.shown != word.text and self._names.gender_of(word.shown) != "any"
        return (before.who == "visitor" and word.who == "visitor") or (
            bool(before.gender) and not before.who and (kin_call or word.who == "visitor")
        )
