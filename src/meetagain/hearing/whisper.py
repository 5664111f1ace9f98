"""16 kHz sound comes in, what the visitor said goes out: everything on this computer."""

import logging
import time
from collections.abc import Sequence

import numpy as np

from meetagain.hearing import turns
from meetagain.hearing.backend import Ear
from meetagain.hearing.ear import StreamEar
from meetagain.hearing.voicing import RATE_HZ, Voicing
from meetagain.hearing.words import QUICK, USUAL, Recogniser, Words, recogniser
from meetagain.models.state import present

log = logging.getLogger(__name__)

SLOW_S = 0.8  # for a sentence of two seconds: on two cores it takes 0.12; so late, an answer comes late
_TRIAL_S = 2.0


class WhisperHearing:
    """The embedded hearing backend. `speed`: "quick" takes the quicker network where it is here and English is spoken, "usual" never does;
    "" does where this computer turns out too slow for the usual one when it warms up."""

    def __init__(self, speed: str = "") -> None:
        self._speed = speed
        self._too_slow = False

    def warm(self, language: str) -> None:
        """Load all three networks and run each once. Raises MeetAgainError(weights-missing)."""
        Voicing()
        turns.warm()
        self._tried(language)
        if self._speed == "" and self._may_be_quick(language) and self._tried(language) > SLOW_S:
            log.warning("understanding is slow on this computer: the quicker network is taken")
            self._too_slow = True
            self._tried(language)

    def open(self, language: str, names: Sequence[str] = ()) -> Ear:
        """A fresh ear. `names` are told to the network as words to expect."""
        network = self._network(language)

        def understand(pcm: np.ndarray) -> Words:
            return network.hear(pcm, plain(language), names)

        return StreamEar(understand, finished=turns.finished, language=language)

    def transcribe(self, pcm: np.ndarray, language: str, names: Sequence[str] = ()) -> str:
        """The words of one stretch of sound, (n,) float32 at 16 kHz. Nobody waits for it, so it is never done in a hurry."""
        return recogniser().hear(pcm, plain(language), names).text

    def _may_be_quick(self, language: str) -> bool:
        return plain(language) == "en" and present(QUICK)

    def _network(self, language: str) -> Recogniser:
        quick = (self._speed == "quick" or self._too_slow) and self._may_be_quick(language)
        return recogniser(QUICK if quick else USUAL)

    def _tried(self, language: str) -> float:
        """Seconds that a short stretch takes."""
        began = time.perf_counter()
        self._network(language).hear(np.zeros(int(_TRIAL_S * RATE_HZ), np.float32), plain(language))
        return time.perf_counter() - began


def plain(language: str) -> str:
    """The language without its country: en-GB is heard as en."""
    return language.split("-")[0].lower()
