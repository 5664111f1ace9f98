"""A Clause comes in, Speech from an OpenAI-compatible engine goes out: on this computer, or where the keeper allowed it."""

import wave
from collections.abc import Sequence
from io import BytesIO
from math import gcd

import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.remote import Remote
from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Speech
from meetagain.voice.backend import Progress, unseen
from meetagain.voice.estimate import visemes_of_words
from meetagain.voice.keys import spoken
from meetagain.voice.loudness import SPEECH_DBFS, as_pcm, lead_silence, levelled, tail_silence
from meetagain.voice.manner import expression, kind_for
from meetagain.voice.mouth import moved
from meetagain.voice.timbre import Throat, spoken_by

RATE_HZ = 24000


class OpenAiVoice:
    """`audio/speech` of any such engine. Settings: url, model, voice, key_env (the name of an environment variable)."""

    def __init__(self, url: str = "", model: str = "tts-1", voice: str = "", key_env: str = "", remote_allowed: bool = False) -> None:
        self._remote = Remote("voice", url, key_env, remote_allowed)
        self._model, self._voice = model, voice

    def choose(self, person: Person, archive: Archive, clips: Sequence[np.ndarray] = (), progress: Progress = unseen) -> Voice:
        """The voice named in the settings. Its pitch is left alone but for a child's or an old person's."""
        kind = kind_for(person)
        name = person.settings.voice_name or self._voice or kind.name
        return Voice(
            backend="openai",
            name=name,
            rate_hz=RATE_HZ,
            language=person.settings.language,
            pace_ratio=round(kind.pace, 3),
            pronounce=dict(person.character.pronounce),
        )

    def warm(self, voice: Voice) -> None:
        """Nothing is loaded here."""

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        """One clause. Raises MeetAgainError: remote-silent, or line-unvoiced when there is nothing to say or no sound came."""
        text = words_to_say(clause)
        manner = expression(clause.expression)
        asked = {
            "model": self._model,
            "voice": voice.name,
            "input": text,
            "response_format": "wav",
            "speed": round(voice.pace_ratio * manner.pace, 2),
        }
        return as_speech(decoded(self._remote.post_json("audio/speech", asked), clause.text), clause, voice)


def as_speech(sound: np.ndarray, clause: Clause, voice: Voice) -> Speech:
    """What an engine made, (n,) float32 at 24 kHz, at the loudness and with the breath of the clause's expression, and with a mouth by its words."""
    manner = expression(clause.expression)
    sound = spoken_by(sound, RATE_HZ, Throat(voice.pitch_ratio, voice.formant_ratio, manner.breath))
    sound = sound[lead_silence(sound, RATE_HZ) : tail_silence(sound, RATE_HZ)]
    shapes = visemes_of_words(spoken(clause.text), sound, RATE_HZ, voice.pronounce)
    sound = levelled(sound, RATE_HZ, SPEECH_DBFS + manner.level_db)
    return Speech(clause=clause, rate_hz=RATE_HZ, pcm=as_pcm(sound), visemes=moved(shapes, 0, len(sound), manner.mouth))


def words_to_say(clause: Clause) -> str:
    """The words of a clause. Raises MeetAgainError(line-unvoiced) when there are none."""
    text = spoken(clause.text)
    if not any(letter.isalnum() for letter in text):
        raise MeetAgainError(issue("line-unvoiced", clause.text))
    return text


def decoded(data: bytes, text: str) -> np.ndarray:
    """(n,) float32 at 24 kHz of a 16-bit WAV. Raises MeetAgainError(line-unvoiced)."""
    try:
        with wave.open(BytesIO(data)) as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            raw = file.readframes(min(file.getnframes(), len(data)))
    except (wave.Error, EOFError) as error:
        raise MeetAgainError(issue("line-unvoiced", text)) from error
    if width != 2 or not raw:
        raise MeetAgainError(issue("line-unvoiced", text))
    sound = np.frombuffer(raw[: len(raw) // (2 * channels) * 2 * channels], "<i2").reshape(-1, channels).mean(1) / 32768.0
    return resampled(sound, rate, RATE_HZ)


def resampled(sound: np.ndarray, rate_hz: int, wanted_hz: int) -> np.ndarray:
    """(n,) float32 at another rate."""
    if rate_hz == wanted_hz:
        return sound.astype(np.float32)
    from scipy.signal import resample_poly

    common = gcd(rate_hz, wanted_hz)
    return resample_poly(sound, wanted_hz // common, rate_hz // common).astype(np.float32)
