"""A sentence that was told comes in, word by word; it goes out cut in parts, with what may be left out without the rest becoming untrue."""

from collections.abc import Sequence

import msgspec

from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.sentence import Deed, Phrase, Sentence
from meetagain.mind.retelling.slots import Form, Slot, Slots
from meetagain.mind.retelling.words import Word
from meetagain.schema.archive import Fact

Piece = tuple[str, Slots]  # deed | phrase | rest, and its words


def once(fact: Fact) -> bool:
    """Whether it happened once, on a day, in a month or a year: not over years, not always."""
    parts = fact.when.split("-")
    return (
        len(parts) <= 3
        and all(part.isascii() and part.isdigit() for part in parts)
        and len(parts[0]) == 4
        and all(len(part) == 2 for part in parts[1:])
    )


class Cut:
    """One sentence that was told, cut."""

    def __init__(self, slots: Sequence[Slot], rules: Rules, fact: Fact) -> None:
        self._slots, self._rules, self._once, self._when = tuple(slots), rules, once(fact), fact.when
        self._words: tuple[Word, ...] = tuple(slot.word for slot in slots)
        self._doubtful = self._holds(self._slots, rules.doubtful)

    def sentence(self, number: int, last: bool, when: frozenset[Form]) -> Sentence:
        """Front, deeds, and what is true beside them."""
        if self._holds(self._slots, self._rules.no | self._rules.now_words) or self._doubtful:
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
        if not words or not (words[0].raw.lower() in rules.first or self._slots[0].dated):
            return 0
        doers = [place for place in range(1, len(words)) if self._does(place)]
        if words[0].form in rules.clauses | {"after", "before"}:
            after_comma = [place for place in doers if "," in words[place].gap]
            doers = after_comma or (doers[1:] if doers[:1] == [1] else doers)
        return doers[0] if doers else 0

    def _does(self, place: int) -> bool:
        word, slot = self._words[place], self._slots[place]
        return not word.quoted and (word.form in self._rules.subjects or any(self._rules.i in (form[0], form[-1]) for form in slot.forms))

    def _pieces(self, start: int) -> list[Piece]:
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
            return "phrase" if self._slots[place].dated else ""
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
        if after == rules.i:  # "the clock ran fast and I ..." but not "my father and I ..."
            return "," in self._words[place].gap or any(self._does_something(slot) for _, slots in found for slot in slots)
        return (self._does_something(self._slots[place + 1]) or after in rules.done_by) and not bare_subject

    def _does_something(self, slot: Slot) -> bool:
        """Whether it is surely a word for something that was done, or was so."""
        form = slot.word.form
        return form in self._rules.done | self._rules.being or (form.endswith("ed") and len(form) > 4)

    def _thing(self, place: int) -> bool:
        """Whether an article, somebody's, a name or a date stands here, or a word in -ing."""
        word, rules = self._words[place], self._rules
        owned = word.form in rules.owners or word.form.endswith("'s")
        return word.form in rules.any_article or owned or word.named or word.form.startswith("date:") or word.form.endswith("ing")

    # --- what may be left out ----------------------------------------------------------------------------------------------

    def _deeds(self, pieces: list[Piece], front: Slots) -> tuple[Deed, ...]:
        grouped: list[tuple[Slots, list[Piece]]] = []
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
                phrases=tuple(
                    self._phrase(kind, slots, self._tied(core, beside, holds[number]), holds[number] or not self._says_enough(core, slots))
                    for kind, slots in beside
                ),
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

    def _tied(self, core: Slots, beside: Sequence[Piece], holds: bool) -> bool:
        """Whether a date or a "while" must stay: it was not once, or is a no, an every, a being, or only wanted."""
        rules = self._rules
        near = (*core, *(slot for kind, slots in beside if kind == "phrase" for slot in slots))
        return not self._once or holds or self._holds(near, rules.every) or self._holds(core, rules.being | rules.wanting)

    def _phrase(self, kind: str, slots: Slots, tied: bool, holds: bool) -> Phrase:
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

    def _front_is_loose(self, front: Slots, first: Deed) -> bool:
        rules = self._rules
        counted = any(slot.word.form.startswith(("date:", "#")) for slot in front)
        tied = self._holds(front, rules.every | rules.made_up) or self._holds(first.core, rules.every | rules.wanting)
        return self._once and counted and not tied and not first.holds_rest

    def _stands_alone(self, core: Slots, beside: Sequence[Piece]) -> bool:
        """Whether "and sang" is surely the person's doing: they alone do what stands before it, and nobody else is there."""
        rules = self._rules
        words = [slot.word for slot in (*core[1:], *(slot for _, slots in beside for slot in slots))]
        others = any(word.named or word.form in rules.people for word in words)
        bare = len(core) > 1 and core[0].forms == frozenset({(rules.i,)}) and core[1].word.form not in rules.joins
        return bare and not others and not self._holds(core, rules.wanting | rules.aiming)

    def _says_enough(self, core: Slots, rest: Slots) -> bool:
        """Whether a core can do without what comes after a colon: not "Favourite colour: yellow"."""
        return ":" not in rest[0].word.gap or any(map(self._does_something, core))

    def _complete(self, core: Slots, beside: Sequence[Piece]) -> bool:
        """Whether what stands before "and" says what was done to what: not "bought" of "bought and sold horses"."""
        return bool(beside) or len(core) > 2

    def _one_deed(self, core: Slots) -> bool:
        """Whether no more than one thing is done there: not "said the cake fell"."""
        return sum(map(self._does_something, core)) <= 1

    def _beside(self, front: Slots, deeds: tuple[Deed, ...]) -> tuple[Piece, ...]:
        """What is true by itself after "while" and "when"."""
        rules, found = self._rules, []
        for slots in (front, *(phrase.slots for deed in deeds for phrase in deed.phrases)):
            if not self._once or len(slots) < 3 or slots[0].word.form not in rules.true_after or slots[1].word.quoted:
                continue
            if self._holds(slots[1:], rules.joins | rules.clauses):
                continue
            named = slots[1].word.named and not slots[1].word.form.endswith("'s")
            somebody = named or slots[1].says(rules.i) or slots[1].says(rules.my)
            if somebody and not self._holds(deeds[0].core, rules.wanting - rules.able if slots == front else rules.wanting | rules.aiming):
                found.append((slots[0].word.form, slots[1:]))
        return () if any(deed.holds_rest for deed in deeds) else tuple(found)

    def _holds(self, slots: Sequence[Slot], words: frozenset[str]) -> bool:
        return any(slot.word.form in words for slot in slots)
