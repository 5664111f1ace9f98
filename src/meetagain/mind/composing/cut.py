"""Sentences come in; lines of at most two short sentences go out, cut only where neither part says anything that the whole did not."""

from collections.abc import Iterator, Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.sentence import Word, count, sentence_ends

AT_ONCE = 2  # sentences of one line
_SUBJECTS = frozenset(("i", "you", "we", "he", "she", "it", "they"))
_JOINS = frozenset(("and", "but", "so"))
_STOPS = frozenset((".", ";"))
#: A sentence that begins so says something about the one before it.
_LEANING = (
    """but though although however except only not or else until because which that this it so then still yet unless if even nor instead"""
)
LEANING = frozenset(_LEANING.split())


class Piece(msgspec.Struct, frozen=True):
    """One sentence to be said. One that `leans` stays in the line of the sentence before it."""

    words: tuple[Word, ...]
    leans: bool = False


def sentences_of(words: Sequence[Word], keep_semicolons: bool = False) -> list[tuple[Word, ...]]:
    """The sentences, each without the stop at its end."""
    found, start = [], 0
    for end in sentence_ends(words):
        if keep_semicolons and words[end].text == ";":
            continue
        sentence = list(words[start : end + 1])
        if not any(word.is_word for word in sentence):
            start = end + 1  # a second mark of exclamation
            continue
        if sentence[-1].text in _STOPS and not sentence[-1].quoted:
            sentence.pop()
        if sentence:
            found.append(_opened(sentence))
        start = end + 1
    return found


def pieces_of(sentence: Sequence[Word], longest: int, grammar: Grammar) -> list[Piece] | None:
    """A sentence whole, or cut into parts that are short enough; None where it cannot be cut."""
    if count(sentence) <= longest:
        return [Piece(tuple(sentence))]
    for place, drop, leans in sorted(_places(sentence, grammar), key=lambda found: (found[2], -found[0])):
        left, right = sentence[:place], sentence[place + drop :]
        if count(left) > longest or count(left) < 2 or not right:
            continue
        rest = pieces_of(_opened(right), longest, grammar)
        if rest is not None:
            return [Piece(tuple(left)), Piece(rest[0].words, leans), *rest[1:]]
    return None


def packed(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Lines of at most two sentences; what leans stays with what it leans on. Ends where that cannot be."""
    units: list[list[Piece]] = []
    for piece in pieces:
        if piece.leans and units:
            units[-1].append(piece)
        else:
            units.append([piece])
    line: list[Piece] = []
    for unit in units:
        if len(unit) > AT_ONCE:
            break
        if len(line) + len(unit) > AT_ONCE:
            yield tuple(line)
            line = []
        line += unit
    if line:
        yield tuple(line)


def _places(words: Sequence[Word], grammar: Grammar) -> Iterator[tuple[int, int, bool]]:
    """Where a sentence may be cut: the place, how many signs fall away there, and whether the rest leans on what stands before."""
    for place in range(2, len(words) - 1):
        word = words[place]
        if word.quoted or (words[place - 1].text == "," and not words[place - 1].quoted and word.is_word):
            continue
        comma = word.text == ","
        at = place + 1 if comma else place
        drop = 1 if comma else 0
        if word.text == ":" or word.text in "–—":
            yield place, 1, True
        elif words[at].quoted or not words[at].is_word:
            continue
        elif words[at].low in _JOINS:
            yield from _joined(words, place, at, drop, grammar)
        elif _trails(words, at, comma, grammar) and not _scoped(words[:place], grammar):
            yield place, drop, True


def _trails(words: Sequence[Word], at: int, comma: bool, grammar: Grammar) -> bool:
    """ "while Davin rowed", ", with Sami blowing too", ", counting to five"."""
    if words[at].low == "while":
        return grammar.verb_after(words, at + 1) is not None
    return comma and (words[at].low == "with" or words[at].low.endswith("ing"))


def _joined(words: Sequence[Word], place: int, at: int, drop: int, grammar: Grammar) -> Iterator[tuple[int, int, bool]]:
    left = words[:place]
    if _scoped(left, grammar):
        return
    held = any(grammar.is_a("holding", word.low) for word in left if not word.quoted)
    start = at + 1
    while start < len(words) - 1 and words[start].is_word and grammar.adverb(words[start].low):
        start += 1
    if _own_subject(words, start, grammar):
        yield place, drop, held
    elif words[at].low != "so" and grammar.finite(words[start].low) and not words[start].quoted:
        denied = any(grammar.is_a("negations", word.low) or word.low.endswith("n't") for word in left if not word.quoted)
        if not denied:
            yield place, drop, True


def _own_subject(words: Sequence[Word], start: int, grammar: Grammar) -> bool:
    """Whether a clause with a subject of its own begins here."""
    word = words[start]
    if word.quoted or not word.is_word:
        return False
    if word.low in _SUBJECTS or (word.is_name and not grammar.known(word.low)):
        verb = grammar.verb_after(words, start)
        return verb is not None and (word.low in _SUBJECTS or grammar.verbish(words[verb].low))
    if not (grammar.is_a("determiners", word.low) or grammar.is_a("possessives", word.low)):
        return False
    for at in range(start + 2, min(start + 5, len(words))):
        if words[at].quoted or not words[at].is_word:
            return False
        if words[at].low in grammar.verbs["finite"] or words[at].low in grammar.verbs["past"]:
            return True
        if grammar.known(words[at].low):
            return False
    return False


def _scoped(left: Sequence[Word], grammar: Grammar) -> bool:
    """Whether something before still governs what follows: what somebody said or wished, a condition, "not only"."""
    lows = [word.low for word in left if not word.quoted]
    strong = any(
        grammar.is_a("says", low) or grammar.is_a("conditions", low) or low in ("that", "both", "either", "neither") for low in lows
    )
    return strong or "not only" in " ".join(lows)


def _opened(words: Sequence[Word]) -> tuple[Word, ...]:
    """With a capital, and no space before."""
    first = words[0]
    text = first.text[:1].upper() + first.text[1:] if not first.quoted else first.text
    return (msgspec.structs.replace(first, text=text, gap="", first=True), *words[1:])
