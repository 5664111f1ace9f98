"""Words that are about to be said come in, with the sentences of a memory; whether they are made of these sentences alone goes out."""

from collections.abc import Iterator, Sequence

import msgspec

from meetagain.mind.retelling.rules import Rules
from meetagain.mind.retelling.sentence import Deed, Phrase, Sentence
from meetagain.mind.retelling.slots import Form, Slot

_FRONT, _WHEN = -1, -2  # places of what moves, besides the first deed's phrases


class Piece(msgspec.Struct, frozen=True):
    """A statement that was found: of which sentence, whole or from which deed on, and whether it means something named before it."""

    text: str
    number: int
    deed: int  # -1: the whole sentence
    refers: bool
    open: bool  # the person's own words, with more to come


class Step(msgspec.Struct, frozen=True):
    """How far a match has come: the next word, and what was used."""

    at: int
    refers: bool = False
    used: frozenset[int] = frozenset()


def made_of(spoken: Sequence[Form], sentences: Sequence[Sentence], rules: Rules) -> bool:
    """Whether every spoken sentence is made of statements of these sentences, each true by itself and in its place."""
    return bool(spoken) and all(spoken) and _Matching(spoken, sentences, rules).goes_on(0, 0, None)


class _Matching:
    def __init__(self, spoken: Sequence[Form], sentences: Sequence[Sentence], rules: Rules) -> None:
        self._spoken, self._sentences, self._rules = tuple(spoken), tuple(sentences), rules
        self._tried: set[tuple[int, int, Piece | None]] = set()

    def goes_on(self, sentence: int, at: int, before: Piece | None) -> bool:
        """Whether what is spoken from here on can be told."""
        if (sentence, at, before) in self._tried:
            return False
        self._tried.add((sentence, at, before))
        forms = self._spoken[sentence]
        for end, piece, beside in self._statements(forms, at):
            if not _follows(piece, before) or (forms[end - 1] in self._rules.no_end and not self._ends_there(piece, forms[end - 1])):
                continue
            if end == len(forms):
                fits = self._ends(sentence, piece)
            elif forms[end] in self._rules.joins:
                fits = self.goes_on(sentence, end + 1, piece)
            else:
                fits = beside is not None and forms[end] == beside[0] and self._at_the_same_time(sentence, end + 1, piece, beside[1])
            if fits:
                return True
        return False

    def _ends_there(self, piece: Piece, form: str) -> bool:
        """Whether the memory's own sentence ends with this word."""
        return any(one.slots[-1].says(form) for one in self._sentences if (one.text, one.number) == (piece.text, piece.number))

    def _ends(self, sentence: int, piece: Piece) -> bool:
        return not piece.open if sentence + 1 == len(self._spoken) else self.goes_on(sentence + 1, 0, piece)

    def _at_the_same_time(self, sentence: int, at: int, piece: Piece, whole: Sentence) -> bool:
        """ "Dad rowed while I steered": the same two things, the other way round."""
        forms = self._spoken[sentence]
        return any(step.at == len(forms) for step in _sentence(whole, forms, Step(at))) and self._ends(sentence, piece)

    def _statements(self, forms: Form, at: int) -> Iterator[tuple[int, Piece, tuple[str, Sentence] | None]]:
        for one in self._sentences:
            more = one.text == "said" and not one.last
            for step in _sentence(one, forms, Step(at)):
                yield step.at, Piece(one.text, one.number, -1, step.refers, more), None
            for number, step in _alone(one, forms, Step(at), self._rules):
                yield step.at, Piece(one.text, one.number, number, step.refers, False), None
            for word, slots in one.beside:
                for step in _words(slots, forms, Step(at)):
                    same_time = (word, one) if word in self._rules.at_the_same_time else None
                    yield step.at, Piece(one.text, one.number, 0, step.refers, False), same_time


def _follows(piece: Piece, before: Piece | None) -> bool:
    """Sentences keep their order; the person's own words stay whole; what means something named before comes right after it."""
    if before is not None and before.open:
        return piece.text == "said" and piece.number == before.number + 1
    if before is not None and before.text == piece.text and (piece.number, piece.deed) <= (before.number, before.deed):
        return False
    if piece.text == "said":
        return piece.number == 0
    if not piece.refers or (piece.deed < 0 and not piece.number):
        return True
    if before is None or before.text != piece.text:
        return False
    return before.number == piece.number if piece.deed >= 0 else before.deed < 0 and before.number == piece.number - 1


def _words(slots: Sequence[Slot], forms: Form, step: Step) -> tuple[Step, ...]:
    """Every way in which these words stand from here on."""
    found = {(step.at, step.refers)}
    for slot in slots:
        after = set(found) if slot.skip else set()
        for at, refers in found:
            after |= {(at + len(form), refers or slot.refers) for form in slot.forms if forms[at : at + len(form)] == form}
        if not after:
            return ()
        found = after
    return tuple(Step(at, refers, step.used) for at, refers in sorted(found))


def _sentence(one: Sentence, forms: Form, start: Step) -> Iterator[Step]:
    """Every way in which a statement made of this whole sentence stands from here on."""
    movable = _movable(one)
    for first in (*_moved(one, movable, forms, start), *_front_first(one, forms, start)):
        for core in _words(one.deeds[0].core, forms, first):
            for done in _first_deeds(one, movable, forms, core):
                if all(number in done.used or phrase.loose for number, phrase in movable.items()):
                    yield from _more(one.deeds[1:], forms, done, must=one.deeds[0].holds_rest)


def _front_first(one: Sentence, forms: Form, start: Step) -> Iterator[Step]:
    """ "My tooth fell out and I could whistle": "when" may be "and"."""
    for _, slots in one.beside:
        if one.front and slots == one.front.slots[1:]:
            for step in _words(slots, forms, start):
                if forms[step.at : step.at + 1] == ("and",):
                    yield Step(step.at + 1, step.refers, step.used | {_FRONT})


def _movable(one: Sentence) -> dict[int, Phrase]:
    """What may stand first or last, by its place among the phrases."""
    front = {_FRONT: one.front} if one.front else {}
    return front | {number: phrase for number, phrase in enumerate(one.deeds[0].phrases) if phrase.moves}


def _moved(one: Sentence, movable: dict[int, Phrase], forms: Form, step: Step, dates: bool = False) -> Iterator[Step]:
    """Movable phrases (or dates alone) from here on, in any order; none is a way, too."""
    yield step
    for number, phrase in movable.items():
        if number not in step.used and (phrase.date or not dates):
            for after in _words(phrase.slots, forms, step):
                yield from _moved(one, movable, forms, Step(after.at, after.refers, after.used | {number}), dates)
    if _WHEN not in step.used and forms[step.at : step.at + 2] in one.when:
        yield from _moved(one, movable, forms, Step(step.at + 2, step.refers, step.used | {_WHEN}), dates)


def _first_deeds(one: Sentence, movable: dict[int, Phrase], forms: Form, step: Step, number: int = 0, cut: bool = False) -> Iterator[Step]:
    """The first deed's phrases in their order, with what moves. After one was cut out, none that might belong to it may follow."""
    phrases = one.deeds[0].phrases
    if number == len(phrases):
        yield from _moved(one, movable, forms, step)
        return
    phrase = phrases[number]
    for here in _moved(one, movable, forms, step, dates=not phrase.apart):
        if number in here.used or phrase.loose or phrase.moves:
            yield from _first_deeds(one, movable, forms, here, number + 1, cut or not (phrase.apart or phrase.date))
        if number not in here.used and (phrase.apart or phrase.date or not cut):
            for after in _words(phrase.slots, forms, here):
                used = after.used | {number} if phrase.moves else after.used
                yield from _first_deeds(one, movable, forms, Step(after.at, after.refers, used), number + 1, cut)


def _more(deeds: Sequence[Deed], forms: Form, step: Step, must: bool) -> Iterator[Step]:
    """The deeds after the first, in their order; left out where that leaves the rest true."""
    if not deeds:
        yield step
        return
    if deeds[0].loose and not must:
        yield from _more(deeds[1:], forms, step, must)
    for core in _words(deeds[0].core, forms, step):
        for after in _phrases(deeds[0].phrases, forms, core):
            yield from _more(deeds[1:], forms, after, must or deeds[0].holds_rest)


def _phrases(phrases: Sequence[Phrase], forms: Form, step: Step, cut: bool = False) -> Iterator[Step]:
    if not phrases:
        yield step
        return
    free = phrases[0].apart or phrases[0].date
    if phrases[0].loose:
        yield from _phrases(phrases[1:], forms, step, cut or not free)
    if free or not cut:
        for after in _words(phrases[0].slots, forms, step):
            yield from _phrases(phrases[1:], forms, after, cut)


def _alone(one: Sentence, forms: Form, start: Step, rules: Rules) -> Iterator[tuple[int, Step]]:
    """A later deed by itself: "I kept my hand on your shoulder", of "he hugged with one arm and kept his hand ..."."""
    firsts = [start] if one.front is None or one.front.loose else []
    firsts += _words(one.front.slots, forms, start) if one.front else ()
    for first in firsts:
        for number, deed in enumerate(one.deeds):
            if deed.own_subject or (deed.alone and forms[first.at : first.at + 1] == (rules.i,)):
                at = Step(first.at + (0 if deed.own_subject else 1), first.refers)
                for core in _words(deed.core[1:], forms, at):
                    for after in _phrases(deed.phrases, forms, core):
                        yield from ((number, step) for step in _more(one.deeds[number + 1 :], forms, after, deed.holds_rest))
