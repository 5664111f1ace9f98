"""A Clause comes in, Speech from a Pocket TTS server goes out: an engine that follows a recording, on an ordinary computer.

The keeper runs it beside this program, with weights of their own and a recording as its voice: `pocket-tts serve --default-voice SPEAKING.wav`.
Its form (Kyutai, pocket-tts 4.0): POST /tts with the fields `text` and, where another voice is named, `voice_url`; the answer is a WAV that
is sent while it is made.
"""

from collections.abc import Sequence

import numpy as np

from meetagain.remote import Remote
from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Speech
from meetagain.voice.backend import Progress, unseen
from meetagain.voice.openai import RATE_HZ, as_speech, decoded, words_to_say

SERVERS_OWN = "as the server was started"


class PocketVoice:
    """Settings: url (as http://127.0.0.1:8000), voice (a name that the server knows; left out, the recording it was started with)."""

    def __init__(self, url: str = "", voice: str = "", remote_allowed: bool = False) -> None:
        self._remote = Remote("voice", url, "", remote_allowed)
        self._voice = voice

    def choose(self, person: Person, archive: Archive, clips: Sequence[np.ndarray] = (), progress: Progress = unseen) -> Voice:
        """The server's own voice, or the one that is named. Nothing is done to it: it follows a recording already."""
        name = person.settings.voice_name or self._voice or SERVERS_OWN
        return Voice(
            backend="pocket",
            name=name,
            rate_hz=RATE_HZ,
            language=person.settings.language,
            pronounce=dict(person.character.pronounce),
        )

    def warm(self, voice: Voice) -> None:
        """Nothing is loaded here."""

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        """One clause. Raises MeetAgainError: remote-silent, or line-unvoiced when there is nothing to say or no sound came."""
        fields = {"text": words_to_say(clause)}
        if voice.name != SERVERS_OWN:
            fields["voice_url"] = voice.name
        return as_speech(decoded(self._remote.post_form("tts", fields), clause.text), clause, voice)
