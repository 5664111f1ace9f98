"""What the visitor said comes in; whether they asked to stop everything goes out."""

import re
from collections.abc import Iterable

from meetagain.mind.language import Language, language

_PIECES = re.compile(r"[.,;:!?…。？！]+|\s[-–—]+\s|—")
_SENTENCES = re.compile(r"[.!?…。？！]+")


class StopWords:
    """The words that end everything at once: the language's own ("stop", "please stop") and what the family chose."""

    def __init__(self, own: Iterable[str], spoken: Language | None = None) -> None:
        self._language = spoken or language("en")
        self._whole = frozenset(plain for word in (*self._language.always_stops, *own) if (plain := self._plain(word)))
        self._said, self._excused, self._alone = self._language.stopping(self._whole)

    def asked(self, text: str) -> bool:
        """Whether this is a wish to stop. "Don't stop" and "the bus stop" are none."""
        said = self._plain(text)
        if said in self._whole:
            return True
        if len(said.split()) <= self._language.longest_stop:
            return any(self._wished(self._plain(piece)) for piece in _PIECES.split(text))
        sentences = [plain for sentence in _SENTENCES.split(text) if (plain := self._plain(sentence))]
        return any(self._alone.fullmatch(sentence) for sentence in (sentences[0], sentences[-1]))

    def _plain(self, text: str) -> str:
        return " ".join(self._language.words(text))

    def _wished(self, said: str) -> bool:
        return bool(self._said.search(said)) and not self._excused.search(said)
