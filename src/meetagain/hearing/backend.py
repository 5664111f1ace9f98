"""The door of the hearing room: 16 kHz PCM comes in, what was said goes out."""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
import numpy as np

from meetagain.schema.speech import Utterance


class VoiceBegan(msgspec.Struct, frozen=True):
    """The visitor began to speak."""

    at_s: float


class VoicePaused(msgspec.Struct, frozen=True):
    """The visitor fell silent; the utterance may not be over."""

    at_s: float


class Murmured(msgspec.Struct, frozen=True):
    """A voice, but no words to answer: "mm", a laugh, a sob. It is heard, and the visitor is left their turn."""

    at_s: float
    voiced_s: float
    text: str = ""  # what it was written as, if anything


class Unheard(msgspec.Struct, frozen=True):
    """The visitor said something, and hearing failed: nobody knows what."""

    at_s: float


HearingEvent = VoiceBegan | VoicePaused | Murmured | Unheard | Utterance


class Ear(Protocol):
    """One visitor's stream."""

    def feed(self, pcm: np.ndarray, at_s: float) -> Sequence[HearingEvent]:
        """Take the next samples, (n,) float32 at 16 kHz, ending at `at_s`; give what they brought. Blocking; called in a thread."""
        ...

    def set_patience(self, silence_s: float) -> None:
        """How long a silence ends an utterance: longer for crying and unsaid words."""
        ...

    def set_urgent(self, urgent: Callable[[str], bool]) -> None:
        """Words that end an utterance at once, whatever the patience: the wish to stop."""
        ...

    def set_understood(self, understood: Callable[[str], None]) -> None:
        """Who is told, from another thread, what the words until a pause were, before it is sure that nothing follows them.

        So an answer can be made ready meanwhile. Words that seem to go on, murmurs and coughs are not told; '' where the visitor goes on.
        """
        ...


class HearingBackend(Protocol):
    """Understands speech."""

    def warm(self, language: str) -> None:
        """Load what hearing needs."""
        ...

    def open(self, language: str, names: Sequence[str] = ()) -> Ear:
        """A fresh ear. `names` are hot words from the family."""
        ...

    def transcribe(self, pcm: np.ndarray, language: str, names: Sequence[str] = ()) -> str:
        """The words of one stretch of sound, (n,) float32 at 16 kHz. `names` are hot words from the family."""
        ...
