"""Memories come in; for any question, the few that may be about it go out, found by words, by pieces of words and by meaning."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from meetagain.mind.ground import Ground
from meetagain.mind.lexicon import Lexicon
from meetagain.mind.meaning import Meaning
from meetagain.mind.spelling import grams, likeness, sound

CANDIDATES = 8  # memories that are looked at closely
RANKED = 60.0  # reciprocal rank fusion: how little the first places differ
SOUNDS_FROM = 7  # letters
WIDEST = 40  # memories of each way of finding that take part


class Index:
    """Words, pieces of words and meanings of one person's memories."""

    def __init__(self, grounds: Sequence[Ground], meaning: Meaning | None, vectors: np.ndarray | None = None) -> None:
        """`vectors` (2 * n_memories, 512): the meanings as `texts` gives them, where they were made before."""
        self.grounds = tuple(grounds)
        self.meaning = meaning
        words = dict.fromkeys(word for ground in grounds for word in ground.words)
        self.number = {word: at for at, word in enumerate(words)}
        self.words = tuple(words)
        spelled = {stem: word for ground in reversed(grounds) for stem, word in ground.spelled.items()}
        self.spelled_out = {word: spelled.get(word, word) for word in words}
        self._sounds: dict[str, str] = {}
        for word in words:
            self._sounds.setdefault(sound(self.spelled_out[word]), word)
        self.of_word: list[list[int]] = [[] for _ in words]
        for at, ground in enumerate(grounds):
            for word in ground.words:
                self.of_word[self.number[word]].append(at)
        total = max(1, len(grounds))
        self.rarity = np.array([math.log(1 + total / len(its)) for its in self.of_word], np.float32)
        self.most_rare = math.log(1 + total)
        self._by_sense: dict[str | int, list[int]] | None = None
        self._pieces: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            for piece in sorted(grams(word)):
                self._pieces.setdefault(piece, []).append(at)
        self.ids = tuple(np.array([self.number[word] for word in ground.words], np.int32) for ground in grounds)
        self.vectors = self.word_vectors = None
        if meaning is not None and grounds:
            self.vectors = meaning.vectors(texts(grounds)) if vectors is None else np.asarray(vectors, np.float32)
            self.word_vectors = meaning.vectors(list(self.spelled_out.values()))

    def near(self, words: Sequence[str]) -> np.ndarray:
        """(n_words, n_known) cosines of words with every known word; zeros without meanings."""
        if self.word_vectors is None or not words:
            return np.zeros((len(words), len(self.words)), np.float32)
        return self.meaning.vectors(words) @ self.word_vectors.T

    def alike(self, text: str) -> np.ndarray:
        """(n_memories,) how near each memory is in meaning to the whole of `text`; zeros without meanings."""
        if self.vectors is None:
            return np.zeros(len(self.grounds), np.float32)
        cosines = self.vectors @ self.meaning.vectors([text])[0]
        return np.maximum(cosines[0::2], (cosines[0::2] + cosines[1::2]) / 2)

    def cosines(self, text: str, others: Sequence[str]) -> np.ndarray:
        """(n_others,) how near other texts are in meaning to this one; zeros without meanings."""
        if self.meaning is None or not others:
            return np.zeros(len(others), np.float32)
        return self.meaning.vectors(others) @ self.meaning.vectors([text])[0]

    def spelled(self, word: str) -> list[int]:
        """Known words that share the most pieces with this one."""
        counts: dict[int, int] = {}
        for piece in grams(word):
            for at in self._pieces.get(piece, ()):
                counts[at] = counts.get(at, 0) + 1
        return sorted(counts, key=lambda at: (-counts[at], at))[:12]

    def heard(self, joined: str) -> str:
        """The known word that two words together sound like ("miss take"), or ''. Short ones sound like too much."""
        if joined in self.number:
            return joined
        word = self._sounds.get(sound(joined), "") if len(joined) >= SOUNDS_FROM else ""
        sure = likeness(joined, self.spelled_out[word]) if word and abs(len(joined) - len(self.spelled_out[word])) <= 1 else 0.0
        return word if sure >= 0.8 else ""

    def related(self, word: str, lexicon: Lexicon) -> list[int]:
        """Known words that may mean the same as this one, or be of its kind."""
        if self._by_sense is None:
            self._by_sense = {}
            for at, known in enumerate(self.words):
                for sense in (*lexicon.within(known), *lexicon.alike(known)):
                    self._by_sense.setdefault(sense, []).append(at)
        senses = (*sorted(lexicon.concepts(word)), *sorted(lexicon.alike(word)))
        return list(dict.fromkeys(at for sense in senses for at in self._by_sense.get(sense, ())))

    def by_words(self, found: Iterable[tuple[int, float]]) -> np.ndarray:
        """(n_memories,) scores by known words (number, how surely it is meant), each weighed by its rarity."""
        scores = np.zeros(len(self.grounds), np.float32)
        for at, sure in found:
            scores[self.of_word[at]] += self.rarity[at] * sure
        return scores

    def fused(self, *rankings: np.ndarray) -> list[int]:
        """The memories that stand highest in all rankings together."""
        total = np.zeros(len(self.grounds), np.float64)
        for scores in rankings:
            order = np.argsort(-scores, kind="stable")[:WIDEST]
            order = order[scores[order] > 0]
            total[order] += 1.0 / (RANKED + np.arange(1, len(order) + 1))
        best = np.argsort(-total, kind="stable")[:CANDIDATES]
        return [int(at) for at in best if total[at] > 0]


def texts(grounds: Sequence[Ground]) -> list[str]:
    """What the meanings of memories are made of, two texts a memory: all of it, and what was told."""
    return [
        text for ground in grounds for text in (f"{ground.fact.fact} {ground.fact.said} {' '.join(ground.fact.tags)}", ground.fact.fact)
    ]
