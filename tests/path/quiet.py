"""The `meetagain` command with a voice that is silence of the right length, with the mouth shapes of the words: for walks with a browser."""

import numpy as np

from meetagain import backends
from meetagain.cli import main
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, Speech
from meetagain.voice.estimate import visemes_of_words

RATE_HZ = 24000
SECONDS_A_SIGN = 1600 / RATE_HZ


class QuietVoice:
    """As long as the words take; nothing is heard, and the lips move."""

    def choose(self, person, archive) -> Voice:
        return Voice(backend="embedded", name="quiet", rate_hz=RATE_HZ, language="en")

    def warm(self, voice: Voice) -> None:
        pass

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        samples = int(max(6, len(clause.text)) * SECONDS_A_SIGN * RATE_HZ)
        shapes = visemes_of_words(clause.text, np.full(samples, 0.1, np.float32), RATE_HZ, {})
        return Speech(clause=clause, rate_hz=RATE_HZ, pcm=bytes(2 * samples), visemes=shapes)


def quietly(room: str, name: str, **settings: object) -> object:
    """Every engine as it is, but for the voice."""
    return QuietVoice() if room == "voice" else _load(room, name, **settings)


_load, backends.load = backends.load, quietly

if __name__ == "__main__":
    main()
