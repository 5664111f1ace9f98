"""A language and the nouns and names that matter come in; how words are brought to the form in which they are compared goes out."""

from collections.abc import Iterable
from functools import cache

import msgspec

from meetagain.mind.language import Language
from meetagain.mind.pack import Pack, read_pack
from meetagain.mind.stems import stemmer


class Wording:
    """The words of one language, with further nouns known by heart. Immutable."""

    def __init__(self, language: Language, nouns: Iterable[str] = (), verbs: str = "", endings: str = "") -> None:
        """`nouns`: words that small words may follow, `verbs`: stems that `endings` may follow; all matter only where a language joins words."""
        pack = _pack(language.text)
        self.language, self.joined, self.light, self.words = language, pack.joined, language.light, language.words
        self.nouns, self._verbs, self._endings = frozenset(noun for noun in nouns if noun), verbs, endings
        self.stem = language.stem if self.joined else cache(self._stem)
        if self.joined and self.nouns:
            known = " ".join((pack.grammar.nouns, *sorted(self.nouns)))
            verbs, endings = f"{pack.grammar.verbs} {verbs}", f"{pack.grammar.verb_endings} {endings}"
            grammar = msgspec.structs.replace(pack.grammar, nouns=known, verbs=verbs, verb_endings=endings)
            self.stem = cache(stemmer(grammar))

    def _stem(self, word: str) -> str:
        """A herring is no "her": a word that shows something keeps its ending where the stem would be one that shows nothing."""
        stem = self.language.stem(word)
        return word if stem in self.light and word not in self.light else stem

    def with_nouns(self, nouns: Iterable[str]) -> "Wording":
        """The same with more nouns."""
        return Wording(self.language, self.nouns | frozenset(nouns), self._verbs, self._endings)

    def stems(self, text: str) -> list[str]:
        """Stems of all words, in order."""
        return [self.stem(word) for word in self.words(text)]

    def is_light(self, word: str) -> bool:
        """Whether a word shows nothing of what a sentence is about."""
        return word in self.light or (len(word) < 2 and word.isascii()) or (self.joined and self.stem(word) in self.light)

    def content(self, text: str) -> list[str]:
        """Stems of the words that carry meaning, in order."""
        stems = ((word, self.stem(word)) for word in self.words(text) if not self.is_light(word))
        return [stem for _, stem in stems if stem not in self.light]


@cache
def _pack(text: str) -> Pack:
    return read_pack(text)
