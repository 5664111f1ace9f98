"""16 kHz PCM comes in, Utterances go out: Silero finds speech, endpointing finds its end, Whisper base understands a short window."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from meetagain.hearing.backend import HearingEvent, VoiceBegan, VoicePaused
from meetagain.hearing.endpoint import Endpoint, sounds_unfinished
from meetagain.hearing.vad import RATE_HZ, WINDOW, Vad
from meetagain.models.state import where
from meetagain.schema.speech import Utterance

BEFORE_S = 0.4  # kept from before speech was noticed
SHORT_S, LONG_S = 8.0, 30.0
REPEATED = 3


class WhisperHearing:
    """The embedded hearing backend."""

    def __init__(self) -> None:
        self._model = None
        self._features = None
        self._tokenizer = None
        self._language = "en"

    def warm(self, language: str) -> None:
        """Load weights. Raises MeetAgainError when they were not fetched."""
        if self._model is not None and language == self._language:
            return
        import ctranslate2
        import tokenizers
        from faster_whisper.feature_extractor import FeatureExtractor
        from faster_whisper.tokenizer import Tokenizer

        folder = _folder()
        self._language = language
        self._model = self._model or ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=2, inter_threads=1)
        self._features = FeatureExtractor()
        inner = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer = Tokenizer(inner, True, task="transcribe", language=language)

    def open(self, language: str, names: Sequence[str] = ()) -> "WhisperEar":
        """A fresh ear."""
        self.warm(language)
        return WhisperEar(self, names)

    def transcribe(self, pcm: np.ndarray, language: str, names: Sequence[str] = ()) -> str:
        """The words of (n,) float32 at 16 kHz; '' where there are none."""
        import ctranslate2

        self.warm(language)
        seconds = len(pcm) / RATE_HZ
        window_s = SHORT_S if seconds <= SHORT_S - 0.5 else LONG_S
        samples = np.zeros(int(window_s * RATE_HZ), np.float32)
        samples[: min(len(pcm), len(samples))] = pcm[: len(samples)]
        mel = self._features(samples, padding=0)[:, : int(window_s * 100)]
        prompt = [*self._before(names), *self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        found = self._model.generate(
            ctranslate2.StorageView.from_array(np.ascontiguousarray(mel[None], np.float32)),
            [prompt],
            beam_size=1,
            max_length=len(prompt) + 12 + int(8 * seconds),
            suppress_blank=True,
            repetition_penalty=1.05,
        )[0]
        return without_repeats(self._tokenizer.decode(found.sequences_ids[0]).strip())

    def _before(self, names: Sequence[str]) -> list[int]:
        if not names:
            return []
        return [self._tokenizer.sot_prev, *self._tokenizer.encode(" " + ", ".join(names[:12]))[:40]]


class WhisperEar:
    """One visitor's stream."""

    def __init__(self, hearing: WhisperHearing, names: Sequence[str]) -> None:
        self._hearing, self._names = hearing, names
        self._vad = Vad()
        self._end = Endpoint(WINDOW / RATE_HZ)
        self._rest = np.zeros(0, np.float32)
        self._kept: list[np.ndarray] = []
        self._began_s = 0.0
        self._guess = ""

    def set_patience(self, silence_s: float) -> None:
        """How long a silence ends an utterance."""
        self._end.patience_s = silence_s

    def feed(self, pcm: np.ndarray, at_s: float) -> Sequence[HearingEvent]:
        """See backend.Ear."""
        found: list[HearingEvent] = []
        samples = np.concatenate([self._rest, pcm])
        whole = len(samples) // WINDOW * WINDOW
        self._rest = samples[whole:]
        for window in samples[:whole].reshape(-1, WINDOW):
            found.extend(self._window(window, at_s))
        return found

    def _window(self, window: np.ndarray, at_s: float) -> list[HearingEvent]:
        self._kept.append(window)
        if not self._end.speaking:
            self._kept = self._kept[-int(BEFORE_S * RATE_HZ / WINDOW) :]
        mark = self._end.step(self._vad.likely(window), sounds_unfinished(self._guess))
        if self._end.speaking and not self._end.paused:
            self._guess = ""  # they went on: what was understood in the pause is not the whole
        if mark is None:
            return []
        if mark.kind == "began":
            self._began_s = at_s
            return [VoiceBegan(at_s)]
        if mark.kind == "paused":
            self._guess = self._understand()  # speculative: if nothing more comes, this is the answer already
            return [VoicePaused(at_s)]
        text = (self._guess or self._understand()) if mark.speech_s > 0 else ""
        self._kept, self._guess = [], ""
        return [Utterance(text=text, started_s=self._began_s, ended_s=at_s)] if text else []

    def _understand(self) -> str:
        return self._hearing.transcribe(np.concatenate(self._kept), self._hearing._language, self._names)


def without_repeats(text: str) -> str:
    """Cut a phrase that repeats itself at the end, as short windows make it do, and sounds that are not words."""
    words = text.split()
    for size in range(1, 7):
        while len(words) >= size * REPEATED and words[-size:] == words[-2 * size : -size] == words[-3 * size : -2 * size]:
            words = words[:-size]
    plain = " ".join(words)
    return "" if plain.startswith(("[", "(")) and plain.endswith(("]", ")")) else plain


def _folder() -> Path:
    """The model's files side by side, as the engine wants them."""
    for name in ("tokenizer.json", "vocabulary.txt", "config.json", "model.bin"):
        path = where("whisper-base", name)
    side = path.parent.parent / "together"
    side.mkdir(exist_ok=True)
    for name in ("tokenizer.json", "vocabulary.txt", "config.json", "model.bin"):
        link, target = side / name, where("whisper-base", name)
        if not link.exists():
            os.link(target, link)
    return side
