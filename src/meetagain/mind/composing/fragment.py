"""A memory that is no whole sentence comes in, as "his answer to most questions"; the sentence that says the same goes out."""

from collections.abc import Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.rules import Frames
from meetagain.mind.composing.sentence import Word

MOST_NOUN = 5  # words of "my good-night rhyme"


def completed(words: tuple[Word, ...], frames: Frames, grammar: Grammar) -> tuple[Word, ...]:
    """ "That was my answer to most questions." Only for what plainly lacks a verb; everything else stays as it is."""
    head = _head(words, grammar) if words[0].low == "my" else None
    if head is not None and not _has_verb(words, head, grammar):
        frame = frames.fragments if grammar.plural(words[head - 1].low) else frames.fragment
        return _after(frame, words)
    if words[0].low == "what" and len(words) > 2 and not _has_main_verb(words, grammar):
        return _after(frames.fragment, words)
    return words


def _after(frame: str, words: Sequence[Word]) -> tuple[Word, ...]:
    before = [Word(text, gap=" " if n else "", first=not n) for n, text in enumerate(frame.split())]
    first = words[0]
    return (*before, msgspec.structs.replace(first, text=first.text[:1].lower() + first.text[1:], gap=" ", first=False), *words[1:])


def _head(words: Sequence[Word], grammar: Grammar) -> int | None:
    """The place after the noun that follows "my"; None where it cannot be told."""
    for at in range(1, min(MOST_NOUN + 2, len(words) + 1)):
        word = words[at] if at < len(words) else None
        if word is None or word.text == "," or grammar.is_a("prepositions", word.low) or grammar.is_a("subordinators", word.low):
            return at if at > 1 and not words[at - 1].quoted else None
        if not word.is_word or word.quoted or word.who or grammar.verbish(word.low) or grammar.adverb(word.low):
            return None
        if word.low.endswith("s") and not word.low.endswith("ss") and at > 1 and not _ends(words, at, grammar):
            return None  # it may be a verb: "my motto comes from Gran"
    return None


def _ends(words: Sequence[Word], at: int, grammar: Grammar) -> bool:
    return at + 1 >= len(words) or not words[at + 1].is_word


def _has_verb(words: Sequence[Word], head: int, grammar: Grammar) -> bool:
    """Whether a verb of its own follows: one that is neither held by "who" or "when" nor the first word after the first comma."""
    comma = next((n for n, word in enumerate(words) if word.text == "," and not word.quoted), None)
    held = False
    for place in range(head, len(words)):
        word = words[place]
        if word.quoted:
            continue
        held = held or grammar.is_a("subordinators", word.low)
        if grammar.finite(word.low) and not held and place - 1 != comma:
            return True
        if grammar.verbish(word.low) and not held and not grammar.finite(word.low):
            return True
    return False


def _has_main_verb(words: Sequence[Word], grammar: Grammar) -> bool:
    """Whether "what I said ..." goes on with a verb of its own."""
    verbs, held = 0, False
    for word in words[1:]:
        if word.quoted:
            continue
        held = held or grammar.is_a("subordinators", word.low)
        verbs += grammar.verbish(word.low) and not held
    return verbs != 1
