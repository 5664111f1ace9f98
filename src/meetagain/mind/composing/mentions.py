"""The words of a memory come in; the same words go out with everybody who is mentioned marked: who it is, and which pronoun would fit."""

from collections.abc import Iterable, Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.sentence import Unsure, Word, words_of
from meetagain.mind.composing.told_by import Teller, called, is_visitor
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_AGENTS = ("er", "or", "ist", "ian", "man", "woman", "ess")
_SPOUSES = frozenset(("husband", "wife", "partner"))
_CHILDREN = frozenset(("daughter", "son", "child"))


class Name(msgspec.Struct, frozen=True):
    """Somebody who is known by name: the words of it, who that is, what the person called them, and the pronoun that fits."""

    parts: tuple[str, ...]
    who: str
    shown: str
    gender: str = "any"


class Mentions:
    """Everybody whom one person's memories may mention, and how they are found in a sentence."""

    def __init__(self, person: Person, fact: Fact, teller: Teller, grammar: Grammar) -> None:
        self._person, self._teller, self._grammar = person, teller, grammar
        self.own = person.spoken_of.value
        self.visitor_gender = self._gender(person.calls_visitor)
        if self.visitor_gender == "any" and is_visitor(person, person.consent.keeper):
            self.visitor_gender = self._gender(person.consent.relation)
        self._said = {word.text for word in words_of(fact.said) or () if word.is_word}
        self._names = sorted(self._known(fact), key=lambda name: -len(name.parts))

    def marked(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words, names of several words in one. Raises Unsure where somebody may or may not be the person or the visitor."""
        found = self._kin(self._animate(self._capitals(self._by_name(words), words)))
        self._check(found)
        return tuple(found)

    def named(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words with only the names marked that are known."""
        return tuple(self._by_name(words))

    def may_be(self, word: Word) -> bool:
        """Whether this is somebody else whom the person's pronoun could mean."""
        return bool(word.gender) and word.who != "person" and (self.own == "they" or word.gender in (self.own, "any"))

    # --- names that are known ---------------------------------------------------------------------------------------

    def _known(self, fact: Fact) -> Iterable[Name]:
        person, family = self._person, self._person.full_name.rpartition(" ")[2]
        seen: dict[tuple[str, ...], Name] = {}

        def add(text: str, who: str, shown: str, gender: str) -> None:
            parts = tuple(word.text for word in words_of(text) or ())
            if parts and all(part[0].isupper() or not part[0].isalpha() for part in parts):
                seen.setdefault(parts, Name(parts, who, shown, gender))

        close = (person.consent.keeper, *person.consent.close_family)
        for text in (person.visitor_name, person.calls_visitor, *(name for name in close if is_visitor(person, name))):
            add(text, "visitor", person.calls_visitor, self.visitor_gender)
        if person.visitor_name:
            add(f"{person.visitor_name} {family}", "visitor", person.calls_visitor, self.visitor_gender)
        for text in (*person.called, person.full_name, person.full_name.split()[0]):
            add(text, "person", text, "any" if self.own == "they" else self.own)
        keeper_gender = self._gender(person.consent.relation)
        for name, call in person.character.calls.items():
            gender = self._gender(call)
            if gender == "any" and person.consent.keeper.split()[:1] == [name]:
                gender = keeper_gender
            for text in (name, f"{name} {family}", call, call if name in call else f"{call} {name}"):
                add(text, "other", call, gender)
        for name in (*close, fact.told_by):
            gender = keeper_gender if name == person.consent.keeper else "any"
            for text in (name, name.split()[0] if name.split() else ""):
                add(text, "other", called(person, text), gender)
        return seen.values()

    def _gender(self, text: str) -> str:
        genders = {self._grammar.gender_of[word] for word in text.lower().split() if word in self._grammar.gender_of}
        return genders.pop() if len(genders) == 1 else "any"

    def _by_name(self, words: Sequence[Word]) -> list[Word]:
        found: list[Word] = []
        place = 0
        while place < len(words):
            name = next((name for name in self._names if _stands(name.parts, words, place)), None)
            if name is not None and name.who == "other" and place and words[place - 1].low == "the":
                name = None  # the boat that has her name
            if name is None:
                found.append(words[place])
                place += 1
                continue
            before = found[-1] if found else None
            text = " ".join(name.parts)
            word = msgspec.structs.replace(words[place], text=text, who=name.who, gender=name.gender, shown=name.shown)
            place += len(name.parts)
            if before is not None and before.who == name.who and word.gap == " " and name.who in ("person", "visitor"):
                found[-1] = msgspec.structs.replace(before, text=f"{before.text} {text}")
                continue
            found.append(word)
        return found

    # --- names that are not -----------------------------------------------------------------------------------------

    def _capitals(self, words: list[Word], raw: Sequence[Word]) -> list[Word]:
        """Other words with a capital: somebody of whom nothing is known, unless it is a place, a time or a thing."""
        found: list[Word] = []
        low = {word.text for word in raw if word.is_word} | self._said
        place = 0
        while place < len(words):
            word = words[place]
            if word.quoted or word.who or not word.is_name or word.text == "I":
                found.append(word)
                place += 1
                continue
            end = place + 1
            while end < len(words) and words[end].is_name and not words[end].who and not words[end].quoted and words[end].gap == " ":
                end += 1
            if word.first and (self._grammar.known(word.low) or word.low in low):
                end = place + 1
            if word.first and end == place + 1 and not self._opens_with_name(words, place, low):
                found.append(word)
            else:
                found += self._capital(words, place, end, found)
            place = end
        return self._beside(found)

    def _opens_with_name(self, words: Sequence[Word], place: int, low: set[str]) -> bool:
        """Whether a capital at the beginning of a sentence is more than that."""
        grammar, word = self._grammar, words[place].low
        if word in low or grammar.known(word) or words[place].text in grammar.words["calendar"]:
            return False
        after = words[place + 1] if place + 1 < len(words) else None
        if after is None or (after.low in ("were", "are", "have", "weren't", "aren't") and word.endswith("s")):
            return False
        after_low = after.low
        return bool(after.who) or grammar.ends_noun(after_low)

    def _capital(self, words: Sequence[Word], place: int, end: int, found: list[Word]) -> list[Word]:
        grammar, person = self._grammar, self._person
        run = list(words[place:end])
        before = found[-1].low if found and not found[-1].quoted else ""
        after = words[end].low if end < len(words) else ""
        lows = [word.low for word in run]
        family = person.full_name.split()[1:]
        if run[-1].text in family and len(run) <= 2 and before != "the":
            raise Unsure("family name")
        calendar = all(word.text in grammar.words["calendar"] for word in run)
        placed = any(grammar.is_a("places", low) for low in (*lows, after)) or before == "in"
        thing = before == "the" or (len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1)
        if calendar or placed or thing:
            return run
        titles = {"she": "titles_she", "he": "titles_he"}
        gender = next((gender for gender, name in titles.items() if run[0].text in grammar.words[name]), "any")
        text = "".join(f"{word.gap if n else ''}{word.text}" for n, word in enumerate(run))
        return [msgspec.structs.replace(run[0], text=text, who="other", gender=gender, shown=text)]

    def _beside(self, words: list[Word]) -> list[Word]:
        """Titles and kin beside a name tell its pronoun; a strange capital beside the person or the visitor makes both uncertain."""
        found: list[Word] = []
        for word in words:
            before = found[-1] if found else None
            near = before is not None and word.gap == " " and not before.quoted and word.who and before.is_word
            if near and before.who and not (before.who == "other" and word.who == "other"):
                raise Unsure("name beside name")
            if near and before.who:  # "Aunt Ruth", "Ruth Berg"
                gender = before.gender if before.gender != "any" else word.gender
                text = f"{before.text} {word.text}"
                found[-1] = msgspec.structs.replace(before, text=text, gender=gender, shown=text)
                continue
            if near and word.who != "other" and (self._grammar.is_a("adjectives_of_names", before.low) or before.low in ("the", "a")):
                raise Unsure("name after a word")
            if near and before.low in self._grammar.gender_of:  # "her brother Emil"
                gender = self._grammar.gender_of[before.low]
                if word.who == "person":
                    raise Unsure("name after a word")
                word = msgspec.structs.replace(word, gender=gender if word.gender == "any" else word.gender)
            found.append(word)
        return found

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
        return found

    def _noun(self, words: Sequence[Word], place: int) -> Word:
        grammar, word = self._grammar, words[place]
        after = words[place + 1] if place + 1 < len(words) else None
        if after is not None and (after.who or not grammar.ends_noun(after.low)) and not after.quoted:
            return word  # "brother Emil" is Emil, "duck song" a song
        low = word.low
        gender = grammar.gender_of.get(low, "")
        if not gender and low.endswith("s") and low[:-1] in grammar.gender_of:
            gender = "many"
        if not gender and low.endswith(_AGENTS) and len(low) > 4 and not word.is_name and self._is_agent(words, place):
            gender = "any"
        return msgspec.structs.replace(word, gender=gender) if gender else word

    def _is_agent(self, words: Sequence[Word], place: int) -> bool:
        grammar, low = self._grammar, words[place].low
        if grammar.is_a("thing_er", low) or grammar.known(low):
            return False
        near = [word.low for word in words[max(0, place - 3) : place]]
        return any(grammar.is_a("determiners", word) or grammar.is_a("possessives", word) or word in ("'s", "one") for word in near)

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
            named = after if after is not None and after.who and after.gap == " " else None
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
            if word.quoted or not (word.is_word or word.low == "'s"):
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
        return "person" if low == {"she": "her", "he": "his", "they": "their"}[self.own] else "other"

    def _kin_named(self, words: Sequence[Word], start: int, named: Word) -> Word | None:
        owner = self._owned_by(words, start)
        if named.who == "visitor":
            if owner in ("named", "other"):
                raise Unsure("whose kin")
            return named
        calls_kin = named.shown != named.text and self._gender(named.shown) != "any"
        return named if owner in ("person", "teller") and calls_kin else None

    def _kin_alone(self, words: Sequence[Word], start: int, place: int) -> Word | None:
        """Somebody's mother, sister, daughter without a name: the visitor, the person, or somebody else."""
        kin, owner, person = words[place].low, self._owned_by(words, start), self._person
        gender = self._grammar.gender_of[kin]
        relation = person.relation_to_visitor.lower()
        if owner == "person":
            return self._of_person(kin, gender, relation)
        fits = gender == "any" or self.own == "they" or gender == self.own
        if owner == "teller" and self._teller.visitor and kin in self._grammar.kin.get(relation, ()):
            if start == 0 or words[start].first or relation in ("mother", "father", "husband", "wife"):
                return Word(person.name, who="person", gender="any" if self.own == "they" else self.own, shown=person.name)
            raise Unsure("whose kin")
        singled = self._grammar.is_a("one_child" if person.is_child else "one_grown", kin) or kin in ("sister", "brother", "twin", "friend")
        if fits and singled and (owner == "named" or (owner == "teller" and not self._teller.visitor)):
            raise Unsure("whose kin")
        return None

    def _of_person(self, kin: str, gender: str, relation: str) -> Word | None:
        if kin not in self._grammar.relations.get(relation, ()):
            return None
        differs = "any" not in (gender, self.visitor_gender) and gender != self.visitor_gender
        if differs:
            return None
        one = relation in _SPOUSES or (relation in _CHILDREN and gender != "any" and gender == self.visitor_gender)
        if not one:
            raise Unsure("may be the visitor")
        calls = self._person.calls_visitor
        return Word(calls, who="visitor", gender=self.visitor_gender, shown=calls)

    def _check(self, words: Sequence[Word]) -> None:
        """ "The girls", "our little one": the person may be among them."""
        age = "child" if self._person.is_child else "grown"
        for place, word in enumerate(words):
            near = {before.low for before in words[max(0, place - 3) : place] if not before.quoted}
            pointed = near & {"the", "our", "this", "that", "both", "all", "these", "those"} and not near & {"of", "'s"}
            pointed = pointed or ("my" in near and not any(word.low in words_for for words_for in self._grammar.kin.values()))
            if word.quoted or word.who or not pointed:
                continue
            fits = self.own == "they" or self._grammar.gender_of.get(word.low, "any") in ("any", self.own)
            if self._grammar.is_a(f"group_{age}", word.low) or (fits and self._grammar.is_a(f"one_{age}", word.low)):
                raise Unsure("may be the person")


def _stands(parts: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    """Whether a name stands at this place, outside a quote."""
    here = words[place : place + len(parts)]
    alike = len(here) == len(parts) and all(word.text == part and not word.quoted for word, part in zip(here, parts, strict=True))
    return alike and all(word.gap == " " or not word.is_word for word in here[1:])
