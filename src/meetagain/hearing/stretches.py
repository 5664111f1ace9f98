"""A whole recording at 16 kHz comes in; the stretches in which somebody speaks go out."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import numpy as np

from meetagain.hearing.voicing import FRAME, RATE_HZ, Voicing

VOICED, UNVOICED = 0.5, 0.35
PAUSE_S = 0.25  # a shorter silence lies inside a stretch: speakers who take turns mostly leave more
SHORTEST_S = 0.2
LONGEST_S = 14.0
BEFORE_S, AFTER_S = 0.1, 0.15
_STEP_S = FRAME / RATE_HZ


class Stretch(msgspec.Struct, frozen=True):
    """From here to there somebody speaks; `sure` is the mean chance of a voice, 0 to 1."""

    start_s: float
    end_s: float
    sure: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


def stretches(sound: np.ndarray) -> tuple[Stretch, ...]:
    """(n,) float32 at 16 kHz. Ends have a breath of air, never into the next stretch. Raises MeetAgainError(weights-missing)."""
    chances = chances_of(sound)
    spans = [piece for span in _voiced(chances) for piece in _not_too_long(span, chances)]
    spans = [(first, last) for first, last in spans if (last - first) * _STEP_S >= SHORTEST_S]
    ends = [0.0, *(0.5 * (last + after) * _STEP_S for (_, last), (after, _) in pairwise(spans)), len(sound) / RATE_HZ]
    return tuple(
        Stretch(
            round(max(first * _STEP_S - BEFORE_S, ends[at], 0.0), 3),
            round(min(last * _STEP_S + AFTER_S, ends[at + 1]), 3),
            round(float(chances[first:last].mean()), 3),
        )
        for at, (first, last) in enumerate(spans)
    )


def chances_of(sound: np.ndarray) -> np.ndarray:
    """(n_frames,) chance of a voice in each 32 ms."""
    voicing = Voicing()
    padded = np.pad(np.asarray(sound, np.float32), (0, -len(sound) % FRAME))
    return np.array([voicing.of(padded[at : at + FRAME]) for at in range(0, len(padded), FRAME)], np.float32)


def _voiced(chances: np.ndarray) -> Iterator[tuple[int, int]]:
    """(first, last + 1) frames of each run of voice; a pause that is too short does not end it."""
    first, last = -1, -1
    for at, chance in enumerate(chances):
        if chance >= (VOICED if first < 0 else UNVOICED):
            first, last = (at if first < 0 else first), at + 1
        elif first >= 0 and (at - last) * _STEP_S >= PAUSE_S:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _not_too_long(span: tuple[int, int], chances: np.ndarray) -> Iterator[tuple[int, int]]:
    """A long one is cut where a voice is least likely, in the second half of what may stand."""
    first, last = span
    most = int(LONGEST_S / _STEP_S)
    while last - first > most:
        cut = first + most // 2 + int(chances[first + most // 2 : first + most].argmin())
        yield first, cut
        first = cut
    yield first, last
