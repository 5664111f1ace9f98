"""16 kHz sound comes in, what the visitor said goes out: everything on this computer."""

from collections.abc import Sequence

import numpy as np

from meetagain.hearing import turns
from meetagain.hearing.backend import Ear
from meetagain.hearing.ear import StreamEar
from meetagain.hearing.voicing import RATE_HZ, Voicing
from meetagain.hearing.words import Words, recogniser


class WhisperHearing:
    """The embedded hearing backend."""

    def warm(self, language: str) -> None:
        """Load all three networks and run each once. Raises MeetAgainError(weights-missing)."""
        Voicing()
        turns.warm()
        recogniser().hear(np.zeros(RATE_HZ, np.float32), plain(language))

    def open(self, language: str, names: Sequence[str] = ()) -> Ear:
        """A fresh ear. `names` are told to the network as words to expect."""

        def understand(pcm: np.ndarray) -> Words:
            return recogniser().hear(pcm, plain(language), names)

        return StreamEar(understand, finished=turns.finished, language=language)

    def transcribe(self, pcm: np.ndarray, language: str, names: Sequence[str] = ()) -> str:
        """The words of one stretch of sound, (n,) float32 at 16 kHz."""
        return recogniser().hear(pcm, plain(language), names).text


def plain(language: str) -> str:
    """The language without its country: en-GB is heard as en."""
    return language.split("-")[0].lower()
