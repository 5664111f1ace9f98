"""Memories come in; for any question, the few that may be about it go out, found by words, by pieces of words and by meaning."""

import math
from collections.abc import Sequence

import numpy as np

from meetagain.mind.ground import Ground
from meetagain.mind.lexicon import SAME, Lexicon
from meetagain.mind.meaning import WIDTH, Meaning
from meetagain.mind.spelling import grams, likeness, sound

CANDIDATES = 8  # memories that are looked at closely
RANKED = 60.0  # reciprocal rank fusion: how little the first places differ
MEANT = 0.4  # how surely a known word must be meant to look at its memories
SOUNDS_FROM = 7  # letters
MOST_SPELLED = 12
WIDEST = 40  # memories of each way of finding that take part


class Index:
    """Words, pieces of words and meanings of one person's memories."""

    def __init__(self, grounds: Sequence[Ground], meaning: Meaning | None, lexicon: Lexicon, vectors: np.ndarray | None = None) -> None:
        """`vectors` (2 * n_memories, 512): the meanings as `texts` gives them, where they were made before."""
        self.grounds = tuple(grounds)
        self.meaning = meaning
        words = dict.fromkeys(word for ground in grounds for word in ground.words)
        self.number = {word: at for at, word in enumerate(words)}
        self.words = tuple(words)
        spelled = {stem: word for ground in reversed(grounds) for stem, word in ground.spelled.items()}
        self.spelled_out = {word: spelled.get(word, word) for word in words}
        self._sounds: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            self._sounds.setdefault(sound(self.spelled_out[word]), []).append(at)
        self.of_word: list[list[int]] = [[] for _ in words]
        for at, ground in enumerate(grounds):
            for word in ground.words:
                self.of_word[self.number[word]].append(at)
        total = max(1, len(grounds))
        self.rarity = np.array([math.log(1 + total / len(its)) for its in self.of_word], np.float32)
        self.most_rare = math.log(1 + total)
        self._lexicon = lexicon
        self.things = np.array([lexicon.is_thing(word) for word in words], bool)
        #: One syllable of Korean may be anything; nearness says nothing of it.
        self.tiny = np.array([len(word) == 1 for word in words], bool)
        self._by_sense: dict[str | int, list[int]] = {}
        for at, known in enumerate(words):
            for sense in (*lexicon.within(known), *lexicon.alike(known)):
                self._by_sense.setdefault(sense, []).append(at)
        self._pieces: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            for piece in sorted(grams(word)):
                self._pieces.setdefault(piece, []).append(at)
        self.ids = tuple(np.array([self.number[word] for word in ground.words], np.int32) for ground in grounds)
        self.vectors = self.word_vectors = None
        if meaning is not None and grounds:
            fitting = vectors is not None and vectors.shape == (2 * len(grounds), WIDTH)
            self.vectors = np.asarray(vectors, np.float32) if fitting else meaning.vectors(texts(grounds))
            self._whole, self._told = np.ascontiguousarray(self.vectors[0::2]), np.ascontiguousarray(self.vectors[1::2])
            self.word_vectors = meaning.vectors(list(self.spelled_out.values()))

    def compare(self, text: str, words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """((n_words, n_known) cosines of words with every known word, (n_memories,) of the whole of `text` with every memory).

        Zeros without meanings.
        """
        if self.vectors is None:
            return np.zeros((len(words), len(self.words)), np.float32), np.zeros(len(self.grounds), np.float32)
        asked, *_ = vectors = self.meaning.vectors([text, *words])
        whole = self._whole @ asked
        return vectors[1:] @ self.word_vectors.T, np.maximum(whole, (whole + self._told @ asked) / 2)

    def cosines(self, text: str, others: Sequence[str]) -> np.ndarray:
        """(n_others,) how near other texts are in meaning to this one; zeros without meanings."""
        if self.meaning is None or not others:
            return np.zeros(len(others), np.float32)
        return self.meaning.vectors(others) @ self.meaning.vectors([text])[0]

    def spelled(self, word: str) -> list[int]:
        """Known words that sound like this one, or share the most pieces with it."""
        counts: dict[int, int] = {}
        for piece in grams(word):
            for at in self._pieces.get(piece, ()):
                counts[at] = counts.get(at, 0) + 1
        most = sorted(counts, key=lambda at: (-counts[at], at))[:MOST_SPELLED]
        return [*self._sounds.get(sound(word), ()), *most]

    def heard(self, joined: str) -> str:
        """The known word that two words together sound like ("miss take"), or ''. Short ones sound like too much."""
        if joined in self.number:
            return joined
        same = (self.words[at] for at in self._sounds.get(sound(joined), ())) if len(joined) >= SOUNDS_FROM else ()
        sure = ((likeness(joined, self.spelled_out[word]), word) for word in same if abs(len(joined) - len(self.spelled_out[word])) <= 1)
        best = max(sure, default=(0.0, ""))
        return best[1] if best[0] >= 0.8 else ""

    def related(self, word: str) -> list[int]:
        """Known words that may mean the same as this one, or be of a kind with it."""
        senses = (*sorted(self._lexicon.kinds_of(word)), *sorted(self._lexicon.alike(word)))
        return list(dict.fromkeys(at for sense in senses for at in self._by_sense.get(sense, ())))

    def meaning_same(self, word: str) -> list[int]:
        """Known words that are this one, or another word for it."""
        found = [self.number[word]] if word in self.number else []
        return found + [at for at in self.related(word) if self._lexicon.relation(word, self.words[at]) == SAME]

    def by_words(self, sure: np.ndarray) -> np.ndarray:
        """(n_memories,) scores by known words: how surely each is meant, weighed by its rarity. sure (n_known,)."""
        scores = np.zeros(len(self.grounds), np.float32)
        for at in np.flatnonzero(sure >= MEANT):
            scores[self.of_word[at]] += self.rarity[at] * sure[at]
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
