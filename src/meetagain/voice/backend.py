"""The door of the voice room: a Clause and a Voice come in, Speech comes out."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Speech

Progress = Callable[[float], None]


def unseen(share: float) -> None:
    """Progress that nobody watches."""


class VoiceBackend(Protocol):
    """Speaks. Loading weights happens on construction or on `warm`, never inside a turn."""

    def choose(self, person: Person, archive: Archive, clips: Sequence[np.ndarray] = (), progress: Progress = unseen) -> Voice:
        """The voice (stock name, pitch, pace) for this person, without lines. Raises MeetAgainError.

        `clips` are recordings in which the person speaks alone, (n,) float32 at 24 kHz; they are only listened to. An engine that cannot
        follow them leaves them.
        """
        ...

    def warm(self, voice: Voice) -> None:
        """Load what speaking needs."""
        ...

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        """One clause as sound with visemes. Blocking; called in a thread."""
        ...
