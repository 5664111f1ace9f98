"""The words of a memory come in; the same words go out with every name marked: the person, the visitor, somebody the family named, a stranger."""

from collections.abc import Iterable, Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.sentence import Unsure, Word, words_of
from meetagain.mind.composing.told_by import Teller, called, is_visitor
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

SMALL_NAME = "name in small letters"
TWO = "two"  # a name that the person shares with somebody
_ARTICLES = frozenset(("a", "an", "the", "another", "every", "this"))
OWNING = {"she": "her", "he": "his", "they": "their"}


class Name(msgspec.Struct, frozen=True):
    """Somebody who is known by name: the words of it, who that is, what the person called them, and the pronoun that fits."""

    parts: tuple[str, ...]
    who: str
    shown: str
    gender: str = "any"


class Names:
    """All names of one family, and how they are found in a sentence. `own` is the person's pronoun."""

    def __init__(self, person: Person, fact: Fact, teller: Teller, grammar: Grammar) -> None:
        self._person, self._teller, self._grammar = person, teller, grammar
        self.own = person.spoken_of.value
        relation = person.relation_to_visitor.lower().split()[-1:] or [""]
        self.relation = next((name for name, words in grammar.kin.items() if relation[0] in words), relation[0])
        self.visitor_gender = self.gender_of(person.calls_visitor)
        if self.visitor_gender == "any" and is_visitor(person, person.consent.keeper):
            self.visitor_gender = self.gender_of(person.consent.relation)
        said = words_of(fact.said) or ()
        self._said = {word.text for word in said if word.is_word}
        self._tells = _gender_in(said, grammar)
        self._names: dict[str, list[Name]] = {}  # by their first word, the longest first
        for name in sorted(self._known(fact), key=lambda name: -len(name.parts)):
            self._names.setdefault(name.parts[0], []).append(name)
        self._small = frozenset(
            parts[0].lower() for names in self._names.values() for parts in (n.parts for n in names if n.who != "other") if len(parts) == 1
        )
        self._kin_words = frozenset(word for words in grammar.kin.values() for word in words)

    def marked(self, words: Sequence[Word]) -> list[Word]:
        """Every name marked. Raises Unsure where one may or may not be the person's or the visitor's."""
        found = self._beside(self._capitals(self._by_name(words, strict=True), words))
        return [self._gendered(word) if word.who == "other" and word.gender == "any" else word for word in found]

    def _gendered(self, word: Word) -> Word:
        return msgspec.structs.replace(word, gender=self._tells.get(word.text, "any"))

    def known(self, words: Sequence[Word]) -> list[Word]:
        """Only the names that are known, and only where nothing speaks against it."""
        return self._by_name(words, strict=False)

    def gender_of(self, text: str) -> str:
        """The pronoun for somebody who is called so, if the words tell: "Dad", "your mother"."""
        genders = {self._grammar.call_gender[word] for word in text.lower().split() if word in self._grammar.call_gender}
        return genders.pop() if len(genders) == 1 else "any"

    # --- names that are known ---------------------------------------------------------------------------------------

    def _known(self, fact: Fact) -> Iterable[Name]:
        person, family = self._person, self._person.full_name.rpartition(" ")[2]
        seen: dict[tuple[str, ...], Name] = {}

        def add(text: str, who: str, shown: str, gender: str) -> None:
            parts = tuple(text.split()) if text.replace(" ", "").isalpha() else tuple(word.text for word in words_of(text) or ())
            if parts and all(part[0].isupper() or not part[0].isalpha() for part in parts):
                known = seen.setdefault(parts, Name(parts, who, shown, gender))
                if known.who != who and "person" in (known.who, who):
                    seen[parts] = Name(parts, TWO, shown, "any")

        close = (person.consent.keeper, *person.consent.close_family)
        for text in (person.visitor_name, person.calls_visitor, *(name for name in close if is_visitor(person, name))):
            add(text, "visitor", person.calls_visitor, self.visitor_gender)
        if person.visitor_name:
            add(f"{person.visitor_name} {family}", "visitor", person.calls_visitor, self.visitor_gender)
        for text in (*person.called, person.full_name, *person.full_name.split()[:1]):
            add(text, "person", text, "any" if self.own == "they" else self.own)
        keeper_gender = self.gender_of(person.consent.relation)
        for name, call in person.character.calls.items():
            gender = self.gender_of(call)
            if gender == "any" and person.consent.keeper.split()[:1] == [name]:
                gender = keeper_gender
            for text in (name, f"{name} {family}", call, call if name in call else f"{call} {name}"):
                add(text, "other", call, gender)
        for name in (*close, fact.told_by):
            gender = keeper_gender if name == person.consent.keeper else "any"
            for text in (name, *name.split()[:1]):
                add(text, "other", called(person, text), gender)
        return seen.values()

    def _by_name(self, words: Sequence[Word], strict: bool) -> list[Word]:
        found: list[Word] = []
        place = 0
        while place < len(words):
            name = self._at(words, place)
            end = place + len(name.parts) if name else place + 1
            if name is None or not self._is_meant(name, words, place, end, strict):
                if strict and name is None:
                    self._check_small(words[place])
                found.append(words[place])
                place += 1
                continue
            self._add(found, words[place], name, strict)
            place = end
        return found

    def _at(self, words: Sequence[Word], place: int) -> Name | None:
        """The name that stands at this place."""
        here = self._names.get(words[place].text, ())
        return next((name for name in here if _stands(name.parts, words, place)), None)

    def _add(self, found: list[Word], at: Word, name: Name, strict: bool) -> None:
        """One name more: a name of the same one goes on, and "her Mum" is one with its possessive."""
        text = " ".join(name.parts)
        word = msgspec.structs.replace(at, text=text, who=name.who, gender=name.gender, shown=name.shown)
        before = found[-1] if found and not word.first else None
        if before is not None and before.who == name.who and word.gap == " " and name.who in ("person", "visitor"):
            found[-1] = msgspec.structs.replace(before, text=f"{before.text} {text}")
            return
        kin = text.split()[0].lower() in self._grammar.gender_of
        owner = before.low if before is not None and not before.quoted else ""
        if kin and strict and (self._grammar.is_a("possessives", owner) or owner == "'s"):
            if not self._owned(name, owner, found):
                found.append(msgspec.structs.replace(at, text=text, who="other", gender=name.gender, shown=text))
                return
            word = msgspec.structs.replace(word, gap=found[-1].gap, first=found[-1].first)
            found.pop()
        found.append(word)

    def _owned(self, name: Name, owner: str, found: Sequence[Word]) -> bool:
        """Whether "her Mum", "my Nana" is the one who is known by that name. Raises Unsure where that cannot be told."""
        verb = found[-2].low if len(found) > 1 and not found[-1].first else ""
        if owner == OWNING[self.own] and name.who != "person":
            if any(self._may_own(word) for word in found[:-1]):
                raise Unsure("whose kin")
            actor = found[-3] if len(found) > 2 else None
            acts = actor is not None and (actor.low == self.own or actor.who == "person")
            if owner == "her" and verb in self._grammar.verbs["double"] and not acts:
                raise Unsure("her")
            return True
        if owner == "my" and name.who == "person":
            if self._teller.visitor and not self._teller.names:
                return True
            raise Unsure("whose kin")
        if owner in ("my", "our") and not self._teller.visitor:
            raise Unsure("whose kin")
        if name.who == "person":
            raise Unsure("whose kin")
        return False

    def _may_own(self, word: Word) -> bool:
        """Whether a word before "her Mum" may be another whose Mum it is."""
        if word.quoted or word.who == "person" or not word.is_word:
            return False
        gender = word.gender or self._grammar.gender_of.get(word.low, "")
        stranger = word.is_name and not word.who and not self._grammar.known(word.low) and word.text not in self._grammar.words["calendar"]
        return stranger or gender in (self.own, "any") or (self.own == "they" and bool(gender))

    def _is_meant(self, name: Name, words: Sequence[Word], place: int, end: int, strict: bool) -> bool:
        """Whether a name means the one who has it: "the Irja" is a boat, "Ada Street" a street, "May 2019" a month."""
        grammar, word = self._grammar, words[place]
        before = words[place - 1].low if place and not word.first else ""
        after = words[end] if end < len(words) and not words[end].first else None
        if name.who == TWO:
            if strict:
                raise Unsure("one name for two")
            return False
        calendar = all(part in grammar.words["calendar"] for part in name.parts)
        if calendar and (before == "every" or (after is not None and after.text[0].isdigit())):
            return False
        in_time = calendar and grammar.is_a("prepositions", before)
        beside = after is not None and after.is_name and after.gap == " " and not after.quoted and after.text != "I"
        beside = beside and self._at(words, end) is None
        short = place > 0 and words[place - 1].text == "." and not word.first  # "St. Wim"
        doubtful = in_time or short or before in _ARTICLES or beside or (after is not None and grammar.is_a("places", after.low))
        if word.first and len(name.parts) == 1 and grammar.known(word.low):
            if after is not None and (grammar.known(after.low) or after.is_name) and not grammar.finite(after.low) and after.low != "and":
                return False
            doubtful = doubtful or after is None or not (grammar.finite(after.low) or after.low in ("'s", "and"))
        if doubtful and strict and name.who != "other":
            raise Unsure("name beside a word")
        return not doubtful

    def _check_small(self, word: Word) -> None:
        """A name in small letters may or may not be one."""
        if not word.quoted and len(word.text) > 2 and word.text in self._small and word.low not in self._grammar.gender_of:
            raise Unsure(SMALL_NAME)

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
            if word.low in self._kin_words and end == place + 1:
                found.append(self._bare_kin(words, place))
            elif word.first and end == place + 1 and not self._opens_with_name(words, place, low):
                found.append(word)
            else:
                found += self._capital(words, place, end, found)
            place = end
        return found

    def _bare_kin(self, words: Sequence[Word], place: int) -> Word:
        """ "Mum always sang", told by her daughter: the person. Somebody's Mum, told by another: who knows."""
        grammar, word = self._grammar, words[place]
        before = words[place - 1].low if place and not word.first else ""
        after = words[place + 1] if place + 1 < len(words) else None
        if (
            grammar.is_a("possessives", before)
            or before == "'s"
            or (after is not None and not after.who and not grammar.ends_noun(after.low))
        ):
            return word
        if word.low in grammar.kin.get(self.relation, ()) and self._teller.visitor and not self._teller.names:
            return msgspec.structs.replace(word, who="person", gender="any" if self.own == "they" else self.own, shown=word.text)
        raise Unsure("whose kin")

    def _opens_with_name(self, words: Sequence[Word], place: int, low: set[str]) -> bool:
        """Whether a capital at the beginning of a sentence is more than that."""
        grammar, word = self._grammar, words[place].low
        if word in low or grammar.known(word) or words[place].text in grammar.words["calendar"]:
            return False
        after = words[place + 1] if place + 1 < len(words) else None
        if after is None or (after.low in ("were", "are", "have", "weren't", "aren't") and word.endswith("s")):
            return False
        return bool(after.who) or grammar.ends_noun(after.low)

    def _capital(self, words: Sequence[Word], place: int, end: int, found: list[Word]) -> list[Word]:
        grammar = self._grammar
        run = list(words[place:end])
        before = found[-1].low if found and not found[-1].quoted else ""
        after = words[end].low if end < len(words) else ""
        if run[-1].text in self._person.full_name.split()[1:] and len(run) <= 2 and before != "the":
            raise Unsure("family name")
        calendar = all(word.text in grammar.words["calendar"] for word in run)
        placed = any(grammar.is_a("places", low) for low in (*(word.low for word in run), after)) or before == "in"
        article = {word.low for word in found[-2:] if not word.quoted and not word.who} & {"a", "an"}  # "a red Saab"
        thing = (
            before == "the"
            or bool(article and (before in article or not grammar.known(before)))
            or (len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1)
        )
        if calendar or placed or thing:
            return run
        titles = {"she": "titles_she", "he": "titles_he"}
        gender = next((gender for gender, name in titles.items() if run[0].text in grammar.words[name]), "any")
        text = "".join(f"{word.gap if n else ''}{word.text}" for n, word in enumerate(run))
        return [msgspec.structs.replace(run[0], text=text, who="other", gender=gender, shown=text)]

    def _beside(self, words: list[Word]) -> list[Word]:
        """Titles and kin beside a name tell its pronoun; a strange capital beside the person or the visitor makes both uncertain."""
        grammar = self._grammar
        found: list[Word] = []
        for word in words:
            before = found[-1] if found else None
            near = before is not None and word.gap == " " and not before.quoted and word.who and before.is_word and not word.first
            if near and before.who and not (before.who == "other" and word.who == "other"):
                raise Unsure("name beside name")
            if near and before.who:  # "Aunt Ruth", "Ruth Berg"
                gender = before.gender if before.gender != "any" else word.gender
                text = f"{before.text} {word.text}"
                found[-1] = msgspec.structs.replace(before, text=text, gender=gender, shown=text)
                continue
            if near and word.who == "person" and before.low in grammar.kin.get(self.relation, ()) and before.is_name:
                found[-1] = msgspec.structs.replace(word, gap=before.gap, first=before.first)
                continue
            if near and word.who != "other" and (grammar.is_a("adjectives_of_names", before.low) or before.low in ("the", "a")):
                raise Unsure("name after a word")
            if near and before.low in grammar.gender_of:  # "her brother Emil"
                gender = grammar.gender_of[before.low]
                if word.who == "person":
                    raise Unsure("name after a word")
                word = msgspec.structs.replace(word, gender=gender if word.gender == "any" else word.gender)
            found.append(word)
        return found


def _gender_in(said: Sequence[Word], grammar: Grammar) -> dict[str, str]:
    """What the person's own words tell of one who is named in them: "Biscuit is not allowed on the bed. He's only visiting."

    Only where one alone is named, nobody else is mentioned, and one kind of pronoun follows.
    """
    names = [n for n, word in enumerate(said) if word.is_name and word.text != "I" and not grammar.known(word.low)]
    if (
        len(names) != 1
        or any(word.low in grammar.gender_of for word in said)
        or (names[0] + 1 < len(said) and said[names[0] + 1].low == "'s")
    ):
        return {}
    genders = {
        "she" if word.low in ("she", "her", "hers") else "he" for word in said if word.low in ("she", "her", "hers", "he", "him", "his")
    }
    first = next((n for n, word in enumerate(said) if word.low in ("she", "he")), -1)
    return {said[names[0]].text: genders.pop()} if len(genders) == 1 and first > names[0] else {}


def _stands(parts: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    """Whether a name stands at this place, outside a quote."""
    here = words[place : place + len(parts)]
    alike = len(here) == len(parts) and all(word.text == part and not word.quoted for word, part in zip(here, parts, strict=True))
    return alike and all(word.gap == " " or not word.is_word for word in here[1:])
