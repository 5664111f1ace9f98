"""A memory as somebody told it comes in; its words go out as the person would say them: who is meant by each she, his, I and Elin."""

from collections.abc import Iterator

import msgspec

from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.words import Names, Word, parts, read
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

SELF, VISITOR = "self", "visitor"
Form = tuple[str, ...]


class Slot(msgspec.Struct, frozen=True):
    """One place in a sentence and what may stand there. Nothing may, where it is not sure who is meant."""

    word: Word
    forms: frozenset[Form]
    plain: str  # how the person would say it, for reading
    skip: bool = False  # may be left out
    refers: bool = False  # means something named before

    def says(self, *form: str) -> bool:
        """Whether exactly this may stand here."""
        return form in self.forms


def names_of(person: Person, rules: Rules) -> dict[Form, str]:
    """Everything that the person, the visitor and those they had a name for are called."""
    found: dict[Form, str] = {}
    calls = {name: call for name, call in person.character.calls.items() if name and call}
    for name, call in calls.items():
        who = VISITOR if name == person.visitor_name else name.lower()
        for called in (name, call, f"{call} {name}"):
            found[_forms(called, rules)] = who
    for called in (person.visitor_name, person.calls_visitor):
        found[_forms(called, rules)] = VISITOR
    for called in (*person.called, person.full_name, person.full_name.split(" ")[0]):
        found[_forms(called, rules)] = SELF
    found.pop((), None)
    return found


def _forms(name: str, rules: Rules) -> Form:
    return tuple(word.form for word in read(name, rules, {}))


class Teller:
    """Reads the memories of one person in one language."""

    def __init__(self, person: Person, rules: Rules) -> None:
        self._person, self._rules = person, rules
        self._who = person.spoken_of.value
        self.names: Names = names_of(person, rules)
        self._calls = {name.lower(): call for name, call in person.character.calls.items()} | {VISITOR: person.calls_visitor}

    def said(self, fact: Fact) -> tuple[tuple[Slot, ...], ...]:
        """The person's own words, sentence by sentence: they stay as they are."""
        words = read(fact.said, self._rules, self.names)
        return tuple(self._vocatives(tuple(self._as_it_is(words, place) for place in _places(words, part))) for part in parts(words))

    def told(self, fact: Fact) -> tuple[tuple[Slot, ...], ...]:
        """What somebody told of them, sentence by sentence, in the person's own mouth."""
        words = read(fact.fact, self._rules, self.names)
        reading = _Reading(words, self._rules, self._who, self._teller(fact), self._titles())
        slots = tuple(reading.slot(place) for place in range(len(words)))
        return tuple(tuple(slots[place] for place in _places(words, part)) for part in parts(words))

    def call(self, who: str) -> str:
        """What the person calls somebody; "" where no such name is known."""
        return self._calls.get(who, "")

    def _titles(self) -> dict[str, str]:
        """Of those who are called Dad or Gran: whether they are he or she."""
        titles = {title: who for who, words in self._rules.titles.items() for title in words}
        return {who: titles[first] for who, call in self._calls.items() if (first := call.lower().split(" ")[0]) in titles}

    def _teller(self, fact: Fact) -> str:
        told_by = fact.told_by.split(",")[0].strip()
        return self.names.get(_forms(told_by, self._rules), "") if told_by else ""

    def _as_it_is(self, words: tuple[Word, ...], place: int) -> Slot:
        word = words[place]
        forms = {(word.form,), *_written(word.form, self._rules)}
        if word.form == "@visitor's":
            forms |= {(form,) for form in self._rules.visitors_own_shift}
        return Slot(word, frozenset(forms), word.raw)

    def _vocatives(self, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """ "Elli," at the end or between commas may be left out."""
        found = list(slots)
        for place, slot in enumerate(slots):
            after = slots[place + 1].word.gap if place + 1 < len(slots) else ","
            if slot.word.form == "@visitor" and place and "," in slot.word.gap and "," in after:
                found[place] = msgspec.structs.replace(slot, skip=True)
        return tuple(found)


def _places(words: tuple[Word, ...], part: tuple[Word, ...]) -> range:
    """Where a sentence's words stand among all."""
    start = next(place for place, word in enumerate(words) if word is part[0])
    return range(start, start + len(part))


def _written(form: str, rules: Rules) -> Iterator[Form]:
    """Ways to write the same: a for an."""
    yield from ((other,) for other in rules.articles.get(form, ()))


class _Reading:
    """One pass over the words of one memory that somebody else told."""

    def __init__(self, words: tuple[Word, ...], rules: Rules, who: str, teller: str, titles: dict[str, str]) -> None:
        self._words, self._rules, self._who, self._teller, self._titles = words, rules, who, teller, titles
        self._own = rules.shifts[who]
        self._kin = frozenset(title for words in rules.titles.values() for title in words)

    def slot(self, place: int) -> Slot:
        """One word as the person would say it."""
        word = self._words[place]
        rules, form = self._rules, word.form
        refers = self._means_something(place)
        if word.quoted:
            own = form in rules.teller_words or form in rules.together
            return Slot(word, frozenset({(form,)} if not own or self._speaks(place) else ()), word.raw)
        forms = self._forms(place)
        if forms is None:
            forms = {(form,), *_written(form, rules)}
            if form in rules.agreement and place and self._may_be_you(place - 1):
                forms |= {(other,) for other in rules.agreement[form]}
        elif form in self._own or form in rules.teller_words:
            refers = False
        return Slot(word, frozenset(forms), self._plain(place, forms), skip=form in rules.adverbs, refers=refers)

    def _means_something(self, place: int) -> bool:
        """Whether it means something named before: it, them, and one, but not "one star"."""
        rules, word = self._rules, self._words[place]
        if word.raw.lower() == word.form:
            return word.form in rules.refers
        after = self._words[place + 1] if place + 1 < len(self._words) else None
        small = rules.phrases | rules.phrases_before_a_thing | rules.joins | rules.any_article | rules.clauses
        return word.raw.lower() in rules.refers and (after is None or bool(after.gap) or after.form in small)

    def _forms(self, place: int) -> set[Form] | None:
        """What may stand for a word that says who is meant; None for every other word."""
        rules, form = self._rules, self._words[place].form
        if form in ("@self", "@self's"):
            return {(other,) for other in (rules.named_own_shift if form.endswith("'s") else rules.name_shift)}
        if form.startswith("@") and self._words[place].raw.lower().removesuffix("'s") in self._kin:
            return set()  # "Mum" may be the teller's own
        if form in ("@visitor", "@visitor's"):
            return {(form,), *((other,) for other in (rules.visitors_own_shift if form.endswith("'s") else rules.visitor_shift))}
        if form in self._own and not (form in rules.groups and self._who != "they"):
            sure = not self._rivals(place) or self._plainly_object(place)
            return {(other,) for other in self._fitting(place, self._own[form])} if sure else set()
        if form in rules.teller_words or form in rules.together:
            return self._tellers(form)
        if form in rules.groups:
            return {(form,)} if form in rules.apart and self._subject_before(place) else set()
        if form in ("you", "your", "yours", "yourself"):
            return {(form,)} if any(self._words[before].form in (*self._own, "@self", "@self's") for before in range(place)) else set()
        if form in rules.refers and form in _others_words(rules, self._who):
            return set() if any(word.form.startswith("@visitor") for word in self._words[:place]) else {(form,)}
        return None

    def _fitting(self, place: int, forms: frozenset[str]) -> frozenset[str]:
        """ "her" is "my" before a thing and "me" elsewhere; "his" is "my" or "mine"."""
        rules, thing = self._rules, forms & self._rules.before_a_thing
        after = self._words[place + 1] if place + 1 < len(self._words) else None
        small = rules.phrases | rules.phrases_before_a_thing | rules.joins | rules.any_article | rules.clauses | {"to"}
        if len(forms) < 2 or not thing:
            return forms
        return forms - thing if after is None or after.gap or after.form in small else thing

    def _tellers(self, form: str) -> set[Form]:
        """The teller's own I, my, we."""
        if self._teller == SELF:
            return {(form,)}
        if form in self._rules.together or not self._teller:
            return set()
        if self._teller == VISITOR:
            return {(other,) for other in self._rules.teller_is_visitor[form]}
        owning = "own" in self._rules.teller_words[form]
        return {(f"@{self._teller}'s" if owning else f"@{self._teller}",)}

    def _rivals(self, place: int) -> list[int]:
        """Places before this one of somebody else whom the same pronoun could mean."""
        return [before for before in range(place) if self._could_be_meant(before)]

    def _could_be_meant(self, place: int) -> bool:
        word, rules = self._words[place], self._rules
        if word.quoted or word.form in ("@self", "@self's"):
            return False
        if self._who == "they":
            return word.form not in self._own and word.form not in rules.no_names
        bare = word.form.removesuffix("'s")
        if bare in rules.no_names or bare.startswith(("#", "date:")):
            return False
        if bare in rules.people[self._who]:
            return True
        title = bare if not place else self._words[place - 1].form
        if any(title in titles or bare in titles for who, titles in rules.titles.items() if who != self._who):
            return False
        if word.form.startswith("@"):
            return self._titles.get(bare[1:], self._who) == self._who
        if word.first:
            return True
        before = self._words[place - 1].form if place else ""
        after_place = place > 1 and self._words[place - 1].named and self._words[place - 2].form in rules.places_after
        return word.named and before not in rules.places_after and not after_place

    def _plainly_object(self, place: int) -> bool:
        """ "His brother Otto taught him": him can only be the person, for Otto does it, and nobody else is there."""
        if self._own[self._words[place].form] != frozenset({"me"}) or place < 2:
            return False
        rivals = self._rivals(place)
        together = rivals == list(range(rivals[0], rivals[-1] + 1))
        return (
            together
            and rivals[-1] == place - 2
            and not any(self._words[rival].form.endswith("'s") for rival in rivals)
            and not self._words[place - 1].gap
        )

    def _speaks(self, place: int) -> bool:
        """Whether what stands in quotation marks is surely the person's own: "I" in somebody else's mouth is somebody else."""
        return self._subject_before(place) and not self._rivals(place)

    def _subject_before(self, place: int) -> bool:
        """Whether the person does it, so that "them" are others."""
        for before in range(place - 1, -1, -1):
            word = self._words[before]
            if self._rules.i in {form[0] for form in self._forms(before) or ()}:
                return True
            if any(sign in ".;!?" for sign in self._words[before + 1].gap) or word.first:
                return False
        return False

    def _may_be_you(self, place: int) -> bool:
        return ("you",) in (self._forms(place) or ())

    def _plain(self, place: int, forms: set[Form]) -> str:
        word = self._words[place]
        if (word.form,) in forms and not word.form.startswith("@visitor"):
            return word.raw
        single = sorted(form[0] for form in forms if len(form) == 1 and not form[0].startswith("@"))
        if not single:
            return word.raw
        chosen = "I" if "i" in single else single[0]
        return chosen


def _others_words(rules: Rules, who: str) -> frozenset[str]:
    return frozenset(form for other, forms in rules.shifts.items() if other not in (who, "they") for form in forms)
