"""A memory's words come in, each with who is meant; sentences go out, cut where a part may be left out without the rest becoming untrue."""

from collections.abc import Sequence

import msgspec

from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.who import Form, Slot, Teller
from meetagain.mind.retelling.words import Word
from meetagain.schema.archive import Fact

_YEAR = len("date:2000")


class Phrase(msgspec.Struct, frozen=True):
    """A part beside what was done: "in Windmill Park", "while Dad rowed"."""

    slots: tuple[Slot, ...]
    loose: bool = False  # may be left out
    moves: bool = False  # may stand first or last
    apart: bool = False  # stands after a comma, or a "while": it belongs to the whole, not to the phrase before it
    date: bool = False  # when the memory was


class Deed(msgspec.Struct, frozen=True):
    """What was done, with its phrases. From the second on it begins with "and"."""

    core: tuple[Slot, ...]
    phrases: tuple[Phrase, ...] = ()
    loose: bool = False
    holds_rest: bool = False  # a "no" in it reaches to the end of the sentence
    alone: bool = False  # true without what stands before it, with "I" before it
    own_subject: bool = False  # begins with "and I"


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of a memory."""

    text: str  # "told" or "said"
    number: int
    last: bool
    front: Phrase | None
    deeds: tuple[Deed, ...]
    beside: tuple[tuple[str, tuple[Slot, ...]], ...] = ()  # "while", and what is true by itself after it
    when: frozenset[Form] = frozenset()  # "in July 2019", known from the memory's date

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All of it, in order."""
        front = self.front.slots if self.front else ()
        return (*front, *(slot for deed in self.deeds for slot in (*deed.core, *(one for phrase in deed.phrases for one in phrase.slots))))


def tellings(fact: Fact, teller: Teller, rules: Rules) -> tuple[Sentence, ...]:
    """Every sentence of a memory: as it was told, then in the person's own words, which stay whole."""
    told = tuple(_dates(_paired(part, rules), rules) for part in teller.told(fact))
    said = tuple(_dates(part, rules) for part in teller.said(fact))
    if len(told) > 1 and any(slot.word.form in rules.doubtful for part in told for slot in part):
        told = ()
    dated = any(slot.word.form.startswith("date:") for part in (*told, *said) for slot in part)
    when = _written_date(fact.when, rules) if fact.kind == "event" and _once(fact) and not dated else frozenset()
    return (
        *(_Cut(part, rules, fact).sentence(number, number + 1 == len(told), when) for number, part in enumerate(told)),
        *(Sentence("said", number, number + 1 == len(said), None, (Deed(part),)) for number, part in enumerate(said)),
    )


def _paired(slots: tuple[Slot, ...], rules: Rules) -> tuple[Slot, ...]:
    """ "I and Irja" as one, for it may also be said as "Irja and I"."""
    found = list(slots)
    place = 0
    while place + 2 < len(found):
        one, join, other = found[place : place + 3]
        mine = one.forms & {("i",), ("me",)}
        both = mine and one.forms == mine and join.word.form in rules.joins
        if both and other.word.named and not other.word.form.endswith("'s") and not join.word.gap and not other.word.gap:
            forms = {order for me in mine for them in other.forms for order in ((*me, "and", *them), (*them, "and", *me))}
            found[place : place + 3] = [Slot(one.word, frozenset(forms), f"{other.plain} and {one.plain}")]
        place += 1
    return tuple(found)


def _dates(slots: tuple[Slot, ...], rules: Rules) -> tuple[Slot, ...]:
    """ "on 24 May 1969" as one, for "in May 1969" and "in 1969" are as true."""
    found = list(slots)
    place = 0
    while place + 1 < len(found):
        one, date = found[place : place + 2]
        if one.word.form in rules.date_words.values() and date.word.form.startswith("date:") and not date.word.gap:
            word = msgspec.structs.replace(date.word, gap=one.word.gap, first=one.word.first, quoted=one.word.quoted)
            forms = _written_date(date.word.form.removeprefix("date:"), rules)
            found[place : place + 2] = [Slot(word, forms, f"{one.plain} {date.plain}")]
        place += 1
    return tuple(found)


def _written_date(when: str, rules: Rules) -> frozenset[Form]:
    form = f"date:{when}"
    exact = {_YEAR: "year", _YEAR + 3: "month", _YEAR + 6: "day"}
    return frozenset((rules.date_words[kind], form[:end]) for end, kind in exact.items() if end <= len(form))


def _once(fact: Fact) -> bool:
    """Whether it happened once, on a day, in a month or a year: not over years, not always."""
    parts = fact.when.split("-")
    return (
        len(parts) <= 3
        and all(part.isascii() and part.isdigit() for part in parts)
        and len(parts[0]) == 4
        and all(len(part) == 2 for part in parts[1:])
    )


class _Cut:
    """One sentence that was told, cut."""

    def __init__(self, slots: Sequence[Slot], rules: Rules, fact: Fact) -> None:
        self._slots, self._rules, self._once, self._when = tuple(slots), rules, _once(fact), fact.when
        self._words: tuple[Word, ...] = tuple(slot.word for slot in slots)
        self._doubtful = self._holds(self._slots, rules.doubtful)

    def sentence(self, number: int, last: bool, when: frozenset[Form]) -> Sentence:
        """Front, deeds, and what is true beside them."""
        if self._holds(self._slots, self._rules.no) or self._doubtful:
            self._slots = tuple(msgspec.structs.replace(slot, skip=False) for slot in self._slots)
        start = self._front_ends()
        front = self._slots[:start]
        deeds = self._deeds(self._pieces(start), front)
        return Sentence(
            text="told",
            number=number,
            last=last,
            front=Phrase(front, loose=self._front_is_loose(front, deeds[0]), moves=True) if front else None,
            deeds=deeds,
            beside=self._beside(front, deeds),
            when=when,
        )

    # --- where it is cut ---------------------------------------------------------------------------------------------------

    def _front_ends(self) -> int:
        """How many words stand before who does it: "On her 7th birthday" she ..."""
        words, rules = self._words, self._rules
        if not words or not (words[0].raw.lower() in rules.first or self._slots[0].plain.split(" ")[0].lower() in rules.first):
            return 0
        doers = [place for place in range(1, len(words)) if self._does(place)]
        if words[0].form in rules.clauses | {"after", "before"}:
            comma = next((place for place in range(1, len(words)) if "," in words[place].gap), 0)
            doers = [place for place in doers if place >= comma] if comma else doers[1:] if doers[:1] == [1] else doers
        return doers[0] if doers else 0

    def _does(self, place: int) -> bool:
        word, slot = self._words[place], self._slots[place]
        return not word.quoted and (word.form in self._rules.subjects or any(self._rules.i in (form[0], form[-1]) for form in slot.forms))

    def _pieces(self, start: int) -> list[tuple[str, tuple[Slot, ...]]]:
        """("deed" | "phrase" | "rest", words) in order; a rest goes on to the end, as does "by treading on her foot"."""
        found: list[tuple[str, list[Slot]]] = []
        for place in range(start, len(self._slots)):
            kind = self._cut_before(place, found) if found and found[-1][0] != "rest" else ""
            if kind or not found:
                found.append((kind or "deed", []))
            found[-1][1].append(self._slots[place])
        return [(kind, tuple(slots)) for kind, slots in found]

    def _cut_before(self, place: int, found: list[tuple[str, list[Slot]]]) -> str:
        """What begins at this word, or ''."""
        word, before, rules = self._words[place], self._words[place - 1].form, self._rules
        length = len(found[-1][1])
        if word.quoted or (before in rules.joins and length == 1):
            return ""
        if ":" in word.gap:
            return "rest"
        after = self._words[place + 1] if place + 1 < len(self._words) else None
        if word.form.startswith("date:"):
            return "phrase" if self._slots[place].plain.split(" ")[0].lower() in rules.date_words.values() else ""
        if after is None or after.quoted or before in rules.any_article:
            return ""
        if word.form in rules.joins:
            return "deed" if self._begins_deed(place, found) else ""
        if word.form in rules.clauses or (word.form in rules.comma_then and "," in word.gap):
            return "rest"
        if before in rules.phrases | rules.phrases_before_a_thing | rules.clauses:
            return ""
        inside = found[-1][0] == "phrase" and (length > 2 or before.startswith("date:"))
        if word.form in rules.means and after.form.endswith("ing") and len(after.form) > 4:
            return "rest"
        if word.form in rules.phrases or (word.form in rules.phrases_before_a_thing and (self._thing(place + 1) or inside)):
            return "phrase"
        return ""

    def _begins_deed(self, place: int, found: list[tuple[str, list[Slot]]]) -> bool:
        """Whether "and" joins something that was done, and not two things."""
        after, rules = self._words[place + 1].form, self._rules
        together = any(slot.word.form in rules.keep_together for _, slots in found for slot in slots)
        if together or self._words[place - 1].form.startswith("#"):
            return False
        bare_subject = len(found) == 1 and len(found[0][1]) == 1
        done = after in rules.done | rules.done_by or (after.endswith("ed") and len(after) > 4) or self._slots[place + 1].says(rules.i)
        return done and not bare_subject

    def _thing(self, place: int) -> bool:
        """Whether an article, somebody's, a name or a date stands here, or a word in -ing."""
        word, rules = self._words[place], self._rules
        owned = word.form in rules.owners or word.form.endswith("'s")
        return word.form in rules.any_article or owned or word.named or word.form.startswith("date:") or word.form.endswith("ing")

    # --- what may be left out ----------------------------------------------------------------------------------------------

    def _deeds(self, pieces: list[tuple[str, tuple[Slot, ...]]], front: tuple[Slot, ...]) -> tuple[Deed, ...]:
        grouped: list[tuple[tuple[Slot, ...], list[tuple[str, tuple[Slot, ...]]]]] = []
        for kind, slots in pieces:
            if kind == "deed" or not grouped:
                grouped.append((slots, []))
            else:
                grouped[-1][1].append((kind, slots))
        holds = [
            self._doubtful
            or self._holds((*(front if not number else ()), *core, *(slot for _, slots in beside for slot in slots)), self._rules.no)
            for number, (core, beside) in enumerate(grouped)
        ]
        return tuple(
            Deed(
                core=core,
                phrases=tuple(self._phrase(kind, slots, self._tied(core, beside, holds[number]), holds[number]) for kind, slots in beside),
                loose=number > 0 and not any(holds[:number]) and self._complete(*grouped[number - 1]),
                holds_rest=holds[number],
                alone=number > 0 and not any(holds[:number]) and self._one_deed(grouped[0][0]) and self._stands_alone(*grouped[0]),
                own_subject=number > 0
                and not any(holds[:number])
                and self._one_deed(grouped[0][0])
                and len(core) > 2
                and core[1].says(self._rules.i),
            )
            for number, (core, beside) in enumerate(grouped)
        )

    def _tied(self, core: tuple[Slot, ...], beside: Sequence[tuple[str, tuple[Slot, ...]]], holds: bool) -> bool:
        """Whether a date or a "while" must stay: it was not once, or is a no, an every, a being, or only wanted."""
        rules = self._rules
        near = (*core, *(slot for kind, slots in beside if kind == "phrase" for slot in slots))
        return not self._once or holds or self._holds(near, rules.every) or self._holds(core, rules.being | rules.wanting)

    def _phrase(self, kind: str, slots: tuple[Slot, ...], tied: bool, holds: bool) -> Phrase:
        rules, first = self._rules, slots[0].word
        if kind == "rest":
            if first.form in rules.clauses:
                same_time = first.form in rules.at_the_same_time
                return Phrase(slots, loose=same_time and not tied, apart=same_time)
            if first.form in rules.means and "," not in first.gap:
                return Phrase(slots, loose=not tied and not self._holds(slots, rules.made_up))
            return Phrase(slots, loose=not holds and not self._holds(slots, rules.made_up), apart=True)
        dated = len(slots) == 1 and first.form.startswith("date:")
        own = dated and (f"date:{self._when}".startswith(first.form) or first.form.startswith(f"date:{self._when}"))
        where = slots[-1].word.form in rules.where and first.form in rules.phrases_before_a_thing | rules.phrases
        return Phrase(slots, loose=(own or where) and not tied, moves=own, date=own)

    def _front_is_loose(self, front: tuple[Slot, ...], first: Deed) -> bool:
        rules = self._rules
        counted = any(slot.word.form.startswith(("date:", "#")) for slot in front)
        tied = self._holds(front, rules.every | rules.made_up) or self._holds(first.core, rules.every | rules.wanting)
        return self._once and counted and not tied and not first.holds_rest

    def _stands_alone(self, core: tuple[Slot, ...], beside: Sequence[tuple[str, tuple[Slot, ...]]]) -> bool:
        """Whether "and sang" is surely the person's doing: they alone do what stands before it, and nobody else is there."""
        rules = self._rules
        words = [slot.word for slot in (*core[1:], *(slot for _, slots in beside for slot in slots))]
        others = any(word.named or word.form in rules.people["he"] | rules.people["she"] for word in words)
        bare = len(core) > 1 and core[0].forms == frozenset({(rules.i,)}) and core[1].word.form not in rules.joins
        return bare and not others and not self._holds(core, rules.wanting | rules.aiming)

    def _complete(self, core: tuple[Slot, ...], beside: Sequence[tuple[str, tuple[Slot, ...]]]) -> bool:
        """Whether what stands before "and" says what was done to what: not "bought" of "bought and sold horses"."""
        return bool(beside) or len(core) > 2

    def _one_deed(self, core: tuple[Slot, ...]) -> bool:
        """Whether no more than one thing is done there: not "said the cake fell"."""
        rules = self._rules
        done = [
            slot
            for slot in core
            if slot.word.form in rules.done | rules.being or (slot.word.form.endswith("ed") and len(slot.word.form) > 4)
        ]
        return len(done) <= 1

    def _beside(self, front: tuple[Slot, ...], deeds: tuple[Deed, ...]) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
        """What is true by itself after "while" and "when"."""
        rules, found = self._rules, []
        for slots in (front, *(phrase.slots for deed in deeds for phrase in deed.phrases)):
            if not self._once or len(slots) < 3 or slots[0].word.form not in rules.true_after or slots[1].word.quoted:
                continue
            somebody = slots[1].word.named or slots[1].says(rules.i) or slots[1].says("my")
            if somebody and not self._holds(deeds[0].core, rules.wanting - rules.able if slots == front else rules.wanting | rules.aiming):
                found.append((slots[0].word.form, slots[1:]))
        return () if any(deed.holds_rest for deed in deeds) else tuple(found)

    def _holds(self, slots: Sequence[Slot], words: frozenset[str]) -> bool:
        return any(slot.word.form in words for slot in slots)
