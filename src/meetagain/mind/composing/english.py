"""A person and a memory in English come in; what is said of it goes out: from the person's own point of view, or as the teller told it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from meetagain.mind.composing.antecedents import YOU
from meetagain.mind.composing.cut import LEANING, Piece, packed, pieces_of, sentences_of
from meetagain.mind.composing.fragment import completed
from meetagain.mind.composing.grammar import Grammar, grammar_for
from meetagain.mind.composing.mentions import Mentions
from meetagain.mind.composing.names import SMALL_NAME
from meetagain.mind.composing.point_of_view import turned
from meetagain.mind.composing.repeated import repeats
from meetagain.mind.composing.roles import GENDER_OF
from meetagain.mind.composing.rules import Frames, Rules
from meetagain.mind.composing.sentence import Unsure, Word, count, joined, words_of
from meetagain.mind.composing.told_by import Teller, teller_of
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

MOST_LINES = 3


def told_en(person: Person, fact: Fact, rules: Rules) -> tuple[str, ...]:
    """The memory in at most a few lines, in order."""
    words = words_of(fact.fact)
    grammar, teller = grammar_for(rules.language), teller_of(person, fact, rules)
    if not words or not _fit(words, rules):
        return ()
    lines = _in_own_words(words, person, fact, teller, grammar, rules) or _quoted(words, person, fact, teller, grammar, rules)
    return () if repeats(" ".join(lines), fact.said, rules.language) else lines


def teller_en(person: Person, fact: Fact, rules: Rules) -> str:
    """Who told it, in one sentence; nothing where nobody is named."""
    frames, teller = rules.frames[manner_en(person)], teller_of(person, fact, rules)
    if teller.person:
        wrote = frames.wrote if fact.kind == "letter" or fact.source in rules.set_of("written") else frames.said
        return "" if teller.visitor or teller.names else wrote
    if teller.visitor and not teller.names:
        return frames.teller_visitor
    if teller.visitor:
        return frames.teller_shared.format(teller=_listed(("You", *teller.names)))
    return frames.teller.format(teller=_capital(_listed(teller.names))) if teller.names else ""


def manner_en(person: Person) -> str:
    """child or adult."""
    return "child" if person.is_child else "adult"


# --- what may be told at all -------------------------------------------------------------------------------------------


@cache
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


def _has(name: str, text: str, rules: Rules) -> bool:
    return _pattern(rules.patterns[name]).search(text) is not None


def _fit(words: Sequence[Word], rules: Rules) -> bool:
    """No word about dying, none that is true only on the day it was told, no question, something to say."""
    outside = joined(word for word in words if not word.quoted)
    return count(words) > 1 and "?" not in outside and not _has("unspoken", joined(words), rules) and not _has("deictic", outside, rules)


def _first_or_second(words: Sequence[Word]) -> bool:
    return any(GENDER_OF.get(word.low) in ("i", "we") or word.low in YOU for word in words if not word.quoted)


# --- in their own words ------------------------------------------------------------------------------------------------


def _in_own_words(words: tuple[Word, ...], person: Person, fact: Fact, teller: Teller, grammar: Grammar, rules: Rules) -> tuple[str, ...]:
    """From the person's point of view; nothing where that is not certain, or where they could not well say it of themselves."""
    if teller.person and _first_or_second(words):
        told = words  # they wrote it themselves
    elif _has("quoted", joined(word for word in words if not word.quoted), rules):
        return ()
    else:
        try:
            told = turned(words, person, fact, teller, grammar)
        except Unsure:
            return ()
    sentences = sentences_of(told)
    if fact.said and not teller.person:
        sentences[0] = completed(sentences[0], rules.frames[manner_en(person)], grammar)
    longest = rules.longest[manner_en(person)]
    pieces: list[Piece] = []
    for number, sentence in enumerate(sentences):
        found = pieces_of(sentence, longest, grammar)
        if found is None:
            if number == 0 or _leans(sentence):
                return ()
            break
        pieces += found
    lines = [" ".join(_ended(piece.words) for piece in line) for line in packed(pieces)]
    return tuple(lines[:MOST_LINES])


def _leans(sentence: Sequence[Word]) -> bool:
    return sentence[0].low in LEANING


def _ended(words: Sequence[Word]) -> str:
    """The sentence with a stop; one that ends in a quote keeps the stop of the quote."""
    text = joined(words)
    inside = len(text) > 1 and text[-1] in "'\"" and text[-2] in ".!?"
    return text if inside or text[-1] in ".!?" else f"{text}."


# --- as the teller told it ---------------------------------------------------------------------------------------------


def _quoted(words: tuple[Word, ...], person: Person, fact: Fact, teller: Teller, grammar: Grammar, rules: Rules) -> tuple[str, ...]:
    """The teller's own sentences in a frame, the person's name in place of the first pronoun; people as the person called them."""
    if _first_or_second(words) or teller.person:
        return ()
    mentions = Mentions(person, fact, teller, grammar)
    try:
        marked, certain = mentions.marked(words), True
    except Unsure as unsure:
        if str(unsure) == SMALL_NAME:
            return ()
        marked, certain = mentions.named(words), False
    frames, longest = rules.frames[manner_en(person)], rules.longest[manner_en(person)]
    lines: list[str] = []
    for number, sentence in enumerate(_fitting(marked, mentions, person, certain, longest, grammar)):
        if number and sentence[0].low in GENDER_OF:
            break  # whom it means stood in the sentence before
        if number and _leans(sentence):
            return ()
        if count(sentence) > longest or len(lines) == MOST_LINES:
            break
        lines.append(f"{_frame(frames, teller)} {_ended(sentence)}")
    return tuple(lines)


def _fitting(
    marked: Sequence[Word], mentions: Mentions, person: Person, certain: bool, longest: int, grammar: Grammar
) -> Iterator[tuple[Word, ...]]:
    """Sentences as they stand; those that are too long end at a semicolon."""
    whole = tuple(_quoting(marked, mentions, person, certain, grammar, whole=True))
    parted = tuple(_quoting(marked, mentions, person, certain, grammar, whole=False))
    for sentence, apart in zip(sentences_of(whole, keep_semicolons=True), sentences_of(parted, keep_semicolons=True), strict=True):
        yield from (sentence,) if count(sentence) <= longest else sentences_of(apart)


def _frame(frames: Frames, teller: Teller) -> str:
    if teller.visitor:
        return frames.told_by_visitor
    return frames.told.format(teller=_capital(_listed(teller.names))) if teller.names else frames.told_by_nobody


def _quoting(marked: Sequence[Word], mentions: Mentions, person: Person, certain: bool, grammar: Grammar, whole: bool) -> Iterator[Word]:
    """The words with names as the person said them, and the person's name for the first pronoun of each sentence that is surely theirs."""
    rival, named = False, False
    for place, word in enumerate(marked):
        opens = word.first and (place == 0 or marked[place - 1].text != ";")
        named = named and not (opens if whole else word.first)
        if word.quoted:
            yield word
            continue
        text = _named_for(marked, place, mentions, person, grammar) if not named and (certain or place == 0) and not rival else ""
        named = named or bool(text) or word.who == "person"
        rival = rival or mentions.may_be(word)
        shown = word.shown if word.who in ("other", "visitor") else word.text
        yield msgspec.structs.replace(word, text=_capital(text or shown) if opens else text or shown)


def _named_for(marked: Sequence[Word], place: int, mentions: Mentions, person: Person, grammar: Grammar) -> str:
    """The person's name for "she", "Juni's" for "her" at the beginning; empty for everything else."""
    word, after = marked[place], marked[place + 1] if place + 1 < len(marked) else None
    if mentions.own == "they" or after is None:
        return ""
    if word.low == mentions.own and after.low != "'s":
        return person.name
    owning = word.first and word.low in ("her", "his") and GENDER_OF[word.low] == mentions.own
    return f"{person.name}'s" if owning and after.is_word and not grammar.finite(after.low) else ""


def _listed(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
