"""16 kHz sound comes in, words from an OpenAI-compatible engine go out: on this computer, or where the keeper allowed it."""

import json
import logging
import wave
from collections.abc import Sequence
from io import BytesIO

import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.hearing import turns
from meetagain.hearing.backend import Ear
from meetagain.hearing.ear import StreamEar
from meetagain.hearing.voicing import RATE_HZ, Voicing
from meetagain.hearing.words import Words
from meetagain.remote import Remote

log = logging.getLogger(__name__)
#: Such engines rarely say how sure they are; this is enough to be answered.
TAKEN_AS_SURE = 0.8


class OpenAiHearing:
    """`audio/transcriptions` of any such engine. Where speech begins and ends is still judged on this computer."""

    def __init__(self, url: str = "", model: str = "whisper-1", key_env: str = "", remote_allowed: bool = False) -> None:
        self._remote = Remote("hearing", url, key_env, remote_allowed)
        self._model = model

    def warm(self, language: str) -> None:
        """Load what finds speech and its end. Raises MeetAgainError(weights-missing)."""
        Voicing()
        turns.warm()

    def open(self, language: str, names: Sequence[str] = ()) -> Ear:
        """A fresh ear. Where the engine does not answer, what was said counts as not heard: the meeting goes on."""

        def understand(pcm: np.ndarray) -> Words:
            try:
                return Words(self.transcribe(pcm, language, names), confidence=TAKEN_AS_SURE)
            except MeetAgainError as error:
                log.warning("hearing: %s", error.issue.code)
                raise

        return StreamEar(understand, finished=turns.finished, language=language)

    def transcribe(self, pcm: np.ndarray, language: str, names: Sequence[str] = ()) -> str:
        """The words of (n,) float32 at 16 kHz. Raises MeetAgainError(remote-silent)."""
        fields = {"model": self._model, "language": language.split("-")[0], "response_format": "json"}
        if names:
            fields["prompt"] = ", ".join(names)
        answer = self._remote.post_file("audio/transcriptions", fields, "speech.wav", _wav(pcm))
        try:
            return str(json.loads(answer)["text"]).strip()
        except (ValueError, KeyError, TypeError) as error:
            raise MeetAgainError(issue("remote-silent", self._remote.host, room="hearing", detail="its answer was not clear")) from error


def _wav(pcm: np.ndarray) -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
