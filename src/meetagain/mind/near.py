"""Sayings of each matter come in; which matter a text is near to in meaning, though worded in its own way, goes out."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from meetagain.mind.meaning import Meaning

IDLE = ""  #: the matter of sayings that are none: talk of memories, remarks, manners of speaking
#: How far a matter must lead before what is idle. Set on demo/eval (of its questions the tuning half); 0 is nothing, 1 a saying itself.
SURE, LIKELY = 0.22, 0.12
SOONER, BESIDE = 0.18, 0.06  #: where to overlook it is worse than to be mistaken: a smaller lead, and others may be a little ahead
HEARD = 0.5  #: such a matter calls somebody: what was not said in so many words must be nearly said (ten conversations: one alarm too many)
FEWEST = 4  #: words; shorter ones are near to everything
WIDTH, EASE = 2.0, 0.1  #: how far a saying reaches, and how much it may be wrong about itself
_SENTENCE = re.compile(r"[^.!?…。？！\n]+[.!?…。？！]*")
_MOST = 6  # sentences of one utterance that are looked at, the last ones


class Near:
    """A vote of all sayings, each the louder the nearer it is: kernel ridge regression (Saunders et al. 1998)."""

    def __init__(self, sayings: Mapping[str, Sequence[str]], sooner: frozenset[str], meaning: Meaning) -> None:
        """`sayings` by matter; `sooner`: matters that are better found once too often. Takes a second for a thousand sayings."""
        self._meaning, self.sooner = meaning, sooner
        self._names = [name for name, texts in sayings.items() if texts]
        self._texts = [text for texts in sayings.values() for text in texts]
        self._of = [name for name, texts in sayings.items() for _ in texts]
        self._vectors, self._weights = self._make() if self._texts else (np.zeros((0, 1)), np.zeros((0, 1)))

    @property
    def texts(self) -> tuple[str, ...]:
        """Every saying."""
        return tuple(self._texts)

    def touched(self, text: str) -> dict[str, str]:
        """Matters that the text is nearest to, or one of its sentences, each "strong" or "weak"."""
        pieces = [piece for piece in _pieces(text) if len(piece.split()) >= FEWEST]
        found: dict[str, str] = {}
        whole: dict[str, float] = {}
        for votes in self._votes(pieces) if self._texts else ():
            idle = votes.pop(IDLE, 0.0)
            leads = {name: vote - idle for name, vote in votes.items()}
            whole = whole or leads
            for name, lead in self._leading(leads):
                # one sentence of several shows what is meant only if the whole agrees
                strong = lead >= HEARD if name in self.sooner else lead >= SURE and whole[name] >= LIKELY
                found[name] = "strong" if strong or found.get(name) == "strong" else "weak"
        return found

    def _leading(self, leads: dict[str, float]) -> Iterator[tuple[str, float]]:
        first = max(leads, key=leads.__getitem__)
        if leads[first] >= LIKELY and first not in self.sooner:
            yield first, leads[first]
        for name in self.sooner & leads.keys():
            if leads[name] >= SOONER and leads[first] - leads[name] <= BESIDE:
                yield name, leads[name]

    def _votes(self, pieces: list[str]) -> list[dict[str, float]]:
        if not pieces:
            return []
        votes = _kernel(self._meaning.vectors(pieces), self._vectors) @ self._weights
        return [dict(zip(self._names, map(float, row), strict=True)) for row in votes]

    def _make(self) -> tuple[np.ndarray, np.ndarray]:
        """(the sayings' vectors, the weight of each for every matter)."""
        sayings = self._meaning.vectors(self._texts)
        wanted = np.array([[own == name for name in self._names] for own in self._of], float)
        return sayings, np.linalg.solve(_kernel(sayings, sayings) + EASE * np.eye(len(sayings)), wanted)


def _kernel(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.exp(WIDTH * (one.astype(float) @ other.astype(float).T - 1))


def _pieces(text: str) -> list[str]:
    whole = " ".join(text.split())
    sentences = [piece.strip() for piece in _SENTENCE.findall(whole) if piece.strip()]
    return list(dict.fromkeys([whole, *sentences[-_MOST:]]))
