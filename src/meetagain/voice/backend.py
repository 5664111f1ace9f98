"""The door of the voice room: a Clause and a Voice come in, Speech comes out."""

from typing import Protocol

from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Speech


class VoiceBackend(Protocol):
    """Speaks. Loading weights happens on construction or on `warm`, never inside a turn."""

    def choose(self, person: Person, archive: Archive) -> Voice:
        """The voice (stock name, pitch, pace) for this person, without clips. Raises MeetAgainError."""
        ...

    def warm(self, voice: Voice) -> None:
        """Load what speaking needs."""
        ...

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        """One clause as sound with visemes. Blocking; called in a thread."""
        ...
