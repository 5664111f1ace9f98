"""What the visitor said comes in; whether they asked to stop everything goes out."""

import re
from collections.abc import Iterable

from meetagain.mind.words import words

ALWAYS = ("stop", "please stop")  # besides the family's own
MOST_WORDS = 6  # a wish to stop is short; in a longer remark only a sentence of its own counts
_PIECES = re.compile(r"[.,;:!?…]+|\s[-–—]+\s|—")
_SENTENCES = re.compile(r"[.!?…]+")

#: Before the word: it is denied, a place or a thing, or told of the past.
_DENIED = (
    r"(?:\w+n't|dont|cant|wont|couldnt|didnt|cannot|not|never|nothing|nobody)"
    r"(?: (?:you (?:dare|ever)|ever|want|wanting|to|just|really|simply|let|it|me|us|him|her|seem|quite|going|gonna|please)){0,3}"
)
_THING = r"(?:the|a|our|my|your|his|her|their|next|last|first|one|every|each|full|bus|tram|train|pit)"
_PAST = r"(?:did|had to|used to|always had to)"
_BEFORE = rf"(?:{_DENIED}|{_THING}|{_PAST}) "
#: After the word: a short visit, or a thing.
_AFTER = r" (?:by|off|over|at(?! once)|sign|light|watch)\b"
#: A question about stopping, where "can we stop?" is the wish itself.
_ASKED = r"(?:(?:and|but|so|oh|why|how|where|when|what) )*(?:did|does|do|had|has|have|is|was|were|if|when|where|why) (?:\w+ ){0,3}"


class StopWords:
    """The words that end everything at once: "stop", "please stop" and what the family chose."""

    def __init__(self, own: Iterable[str]) -> None:
        found = {plain for word in (*ALWAYS, *own) if (plain := " ".join(words(word)))}
        self._whole = frozenset(found)
        named = "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))
        self._said = re.compile(rf"\b(?:{named})\b")
        self._excused = re.compile(rf"\b{_BEFORE}(?:{named})\b|\b(?:{named}){_AFTER}|^{_ASKED}(?:{named})\b")
        self._alone = re.compile(rf"(?:(?:no|please|ok|okay|oh|now) )*(?:{named})(?: (?:it|this|that|now|please|{named}))*")

    def asked(self, text: str) -> bool:
        """Whether this is a wish to stop. "Don't stop" and "the bus stop" are none."""
        said = words(text)
        if " ".join(said) in self._whole:
            return True
        if len(said) <= MOST_WORDS:
            return any(self._wished(" ".join(words(piece))) for piece in _PIECES.split(text))
        sentences = [" ".join(words(sentence)) for sentence in _SENTENCES.split(text) if words(sentence)]
        return any(self._alone.fullmatch(sentence) for sentence in (sentences[0], sentences[-1]))

    def _wished(self, said: str) -> bool:
        return bool(self._said.search(said)) and not self._excused.search(said)
