"""A question and the lines of one memory come in; the line in which the answer stands goes out."""

from collections.abc import Sequence

import msgspec
import numpy as np

from meetagain.mind.asked import Asked
from meetagain.mind.bars import WEIGHTS
from meetagain.mind.ground import Ground, Grounds
from meetagain.mind.index import Index
from meetagain.mind.proof import Prover, Reading
from meetagain.schema.archive import Fact
from meetagain.schema.lines import Line

# What counts in a line, set by hand: that the kind of thing that is asked for stands in it, that it speaks of what was asked, that it is near
# in meaning, that it is the person's own words. Lines that tell only when it was, or who told it, are for those questions.
ANSWERS, NEAR, OWN_WORDS, FITS_TIME, OUT_OF_PLACE = 0.6, 0.8, 0.12, 0.5, -2.0
COVERED = 0.35  # of what is asked, in a line that says otherwise of it
OF_TIME = frozenset(("when", "year", "month", "age"))


class Answering:
    """Chooses among the lines of a memory, for one person."""

    def __init__(self, index: Index, grounds: Grounds, prover: Prover) -> None:
        self._index, self._grounds, self._prover = index, grounds, prover

    def best(self, asked: Asked, asks: str, fact: Fact, lines: Sequence[Line]) -> Line:
        """The line that answers best; the first of equals."""
        scores = self._scores(asked, asks, fact, lines)
        return lines[max(range(len(lines)), key=lambda at: (scores[at], -at))]

    def answers(self, asked: Asked, asks: str, fact: Fact, lines: Sequence[Line]) -> bool:
        """Whether what is asked for stands in one of these lines."""
        return any(self._in_place(line, asked, asks) and self._holds(asked, self._of(line, fact)) for line in lines)

    def otherwise(self, asked: Asked, fact: Fact, lines: Sequence[Line]) -> Line | None:
        """The line that speaks most of what was asked, of those in which otherwise is said."""
        reading = self._prover.read(asked)
        grounds = ((line, self._of(line, fact)) for line in lines if self._in_place(line, asked, ""))
        fitting = [(self._covered(asked, ground, reading), line) for line, ground in grounds if self._prover.says_otherwise(asked, ground)]
        best = max(fitting, key=lambda one: one[0], default=(0.0, None))
        return best[1] if best[0] >= COVERED else None

    def _scores(self, asked: Asked, asks: str, fact: Fact, lines: Sequence[Line]) -> list[float]:
        reading = self._prover.read(asked)
        alike = self._index.cosines(asked.text, [line.text for line in lines])
        return [self._score(line, asked, asks, self._of(line, fact), reading, float(alike[at])) for at, line in enumerate(lines)]

    def _score(self, line: Line, asked: Asked, asks: str, ground: Ground, reading: Reading, alike: float) -> float:
        score = self._covered(asked, ground, reading) + NEAR * max(0.0, alike)
        score += ANSWERS * self._prover.answers(asked, ground)
        score += OWN_WORDS * line.key.endswith("/said")
        score += FITS_TIME * (line.key.endswith("/when") and asked.wants in OF_TIME and bool(ground.years))
        return score if self._in_place(line, asked, asks) else score + OUT_OF_PLACE

    def _in_place(self, line: Line, asked: Asked, asks: str) -> bool:
        if line.key.endswith("/when"):
            return asked.wants in OF_TIME
        return asks == "teller" if line.key.endswith("/teller") else asks != "teller"

    def _covered(self, asked: Asked, ground: Ground, reading: Reading) -> float:
        """How much of what was asked the line speaks of, 0..1."""
        total = sum(WEIGHTS[anchor.kind] for anchor in asked.anchors)
        ids = np.array([self._index.number[word] for word in ground.words if word in self._index.number], np.int32)
        got = (
            WEIGHTS[anchor.kind] * self._prover.supported(anchor, ground, ids, reading, row)[0] for row, anchor in enumerate(asked.anchors)
        )
        return sum(got) / total if total else 0.0

    def _holds(self, asked: Asked, ground: Ground) -> bool:
        covered = self._covered(asked, ground, self._prover.read(asked)) if asked.solid else 1.0
        return covered >= ANSWERS and self._prover.answers(asked, ground)

    def _of(self, line: Line, fact: Fact) -> Ground:
        """What this one line proves: its own words, and nothing else of the memory."""
        dated = fact.when if line.key.endswith("/when") else ""
        return self._grounds.of(msgspec.structs.replace(fact, fact="", said=line.text, tags=(), when=dated))
