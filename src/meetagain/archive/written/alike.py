"""Sentences come in one after the other; whether the same, or nearly the same, was there before goes out."""

import re

_TOKEN = re.compile(r"\w+(?:['’]\w+)?")
_NEARLY = 0.8  # share of words in common
_LONG_ENOUGH = 4  # words; shorter sentences count as the same only when they are
#: Words that turn a sentence round. Two that differ in one of these, or in a number, say different things.
_TURNS = frozenset(["not", "no", "never", "none", "nobody", "nothing", "without", "cannot", "안", "못", "없이"])


class Alike:
    """All sentences so far, by their words."""

    def __init__(self) -> None:
        self._exact: set[tuple[str, ...]] = set()
        self._sets: list[frozenset[str]] = []
        self._holding: dict[str, list[int]] = {}

    def add(self, line: str, nearly: bool = True) -> bool:
        """Remember a sentence. False when the same, or with `nearly` one much like it, was there before."""
        words = tuple(_TOKEN.findall(line.lower().replace("’", "'"))) or (line.strip(),)
        own = frozenset(words)
        if words in self._exact or (nearly and self._nearly(own)):
            return False
        self._exact.add(words)
        if nearly and len(own) >= _LONG_ENOUGH:
            for word in own:
                self._holding.setdefault(word, []).append(len(self._sets))
            self._sets.append(own)
        return True

    def _nearly(self, words: frozenset[str]) -> bool:
        """Whoever has this much in common with it holds one of these few of its words, whichever they are: so the rarest are looked up."""
        if len(words) < _LONG_ENOUGH:
            return False
        rarest = sorted(words, key=lambda word: len(self._holding.get(word, ())))[: len(words) - int(_NEARLY * len(words)) + 1]
        near = {number for word in rarest for number in self._holding.get(word, ())}
        return any(_same(words, self._sets[number]) for number in near)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one & other) < _NEARLY * len(one | other):
        return False
    return not any(word in _TURNS or word.endswith("n't") or any(sign.isdigit() for sign in word) for word in one ^ other)
