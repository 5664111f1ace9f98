"""A visitor's stream of samples comes in; beginnings, pauses, murmurs and finished utterances go out."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np

from meetagain.hearing.backend import HearingEvent, Murmured, Unheard, VoiceBegan, VoicePaused
from meetagain.hearing.ending import PATIENT_S, murmured, silence_needed, soonest, trails_off
from meetagain.hearing.voicing import FRAME, RATE_HZ, Voicing
from meetagain.hearing.words import Words, worth_answering
from meetagain.schema.speech import Utterance

log = logging.getLogger(__name__)

Given = TypeVar("Given")
Understand = Callable[[np.ndarray], Words]
Finished = Callable[[np.ndarray], float]

VOICED, UNVOICED = 0.5, 0.35
BEGAN_FRAMES = 6  # 192 ms of voice: shorter is a cough, a cup, a breath; it never interrupts her
CLEAR_FRAMES, CLEAR = 3, 0.85  # 96 ms of a voice that is clearly one
SHORTEST_FRAMES = 3  # a short "no" is still understood, if it is said clearly
PAUSE_S = 0.096
BEFORE_S, AFTER_S = 0.3, 0.2  # sound kept around the voiced part
LONGEST_S = 27.0
URGENT_S = 0.32  # of silence, after which a wish to stop is heard whatever the patience
WORDLESS_S, GENTLE_S = 0.6, 12.0  # after this much voice without a word nothing is cut short for a while: it may be tears


class StreamEar:
    """One visitor's stream. What was said is already being understood during the first silence, so that it is ready when it ends.

    `finished` listens to how finished the voice sounds (hearing/turns.py); without it words alone decide. Time is counted in
    samples, so the same sound gives the same events however fast it is fed.
    """

    def __init__(
        self,
        understand: Understand,
        voicing: Voicing | None = None,
        patience_s: float = 0.7,
        finished: Finished | None = None,
        language: str = "en",
    ) -> None:
        self._understand, self._finished, self._language = understand, finished, language
        self._voicing = voicing or Voicing()
        self._patience_s = patience_s
        self._gentle_until_s = -1.0
        self._urgent: Callable[[str], bool] = lambda text: False
        self._understood: Callable[[str], None] = lambda text: None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="hearing")
        self._listener = ThreadPoolExecutor(1, thread_name_prefix="turns")
        self._rest = np.zeros(0, np.float32)
        self._kept = np.zeros(0, np.float32)
        self._fresh()

    def _fresh(self) -> None:
        self._talking = self._told = self._paused = False
        self._voiced = self._quiet = 0
        self._last_voice = 0
        self._started_s = 0.0
        self._chance = 0.0
        self._words: Future[Words] | None = None
        self._sounds: Future[float] | None = None
        self._hurries: bool | None = None  # whether these words wait for no patience; not known yet

    def set_patience(self, silence_s: float) -> None:
        """How long a silence ends an utterance."""
        self._patience_s = max(0.3, silence_s)

    def set_urgent(self, urgent: Callable[[str], bool]) -> None:
        """Words that wait for no patience."""
        self._urgent = urgent

    def set_understood(self, understood: Callable[[str], None]) -> None:
        """Who is told the words until a pause as soon as they are known, and '' when the voice goes on."""
        self._understood = understood

    def feed(self, pcm: np.ndarray, at_s: float) -> Sequence[HearingEvent]:
        """The next samples, (n,) float32 at 16 kHz, ending at `at_s`."""
        samples = np.concatenate([self._rest, np.asarray(pcm, np.float32)])
        found: list[HearingEvent] = []
        at = 0
        while len(samples) - at >= FRAME:
            frame = samples[at : at + FRAME]
            at += FRAME
            found.extend(self._frame(frame, at_s - (len(samples) - at) / RATE_HZ))
        self._rest = samples[at:]
        return found

    def _frame(self, frame: np.ndarray, now_s: float) -> list[HearingEvent]:
        chance = self._voicing.of(frame)
        self._kept = np.concatenate([self._kept, frame])
        if not self._talking:
            self._kept = self._kept[-int(BEFORE_S * RATE_HZ) - FRAME :]
            if chance < VOICED:
                return []
            self._talking, self._started_s = True, now_s - FRAME / RATE_HZ
        if chance >= (UNVOICED if self._quiet == 0 else VOICED):
            return self._voice_frame(now_s, chance)
        return self._quiet_frame(now_s)

    def _voice_frame(self, now_s: float, chance: float) -> list[HearingEvent]:
        if self._paused:
            self._understood("")
        self._voiced += 1
        self._chance += chance
        self._quiet, self._paused, self._words, self._sounds, self._hurries = 0, False, None, None, None
        self._last_voice = len(self._kept)
        found: list[HearingEvent] = []
        clear = self._voiced >= CLEAR_FRAMES and self._chance >= CLEAR * self._voiced
        if (clear or self._voiced >= BEGAN_FRAMES) and not self._told:
            self._told = True
            found.append(VoiceBegan(at_s=round(now_s, 3)))
        if len(self._kept) >= LONGEST_S * RATE_HZ:
            found.extend(self._finish(now_s))
        return found

    def _quiet_frame(self, now_s: float) -> list[HearingEvent]:
        self._quiet += 1
        silence_s = self._quiet * FRAME / RATE_HZ
        if self._voiced < SHORTEST_FRAMES:
            if silence_s >= PAUSE_S:
                self._fresh()
            return []
        found: list[HearingEvent] = []
        if silence_s >= PAUSE_S and not self._paused:
            self._paused = True
            self._words = self._worker.submit(self._understand, self._sound())
            self._words.add_done_callback(partial(self._known, self._voiced * FRAME / RATE_HZ))
            if self._finished is not None:
                self._sounds = self._listener.submit(self._finished, self._sound())
            if self._told:
                found.append(VoicePaused(at_s=round(now_s, 3)))
        patience_s = self._patience(now_s)
        if self._words is None or silence_s < min(URGENT_S, soonest(patience_s)):
            return found
        words = _given(self._words)
        if self._hurries is None:
            self._hurries = words is None or self._urgent(words.text)
        if words is None or self._hurries:
            return [*found, *self._finish(now_s)]
        if silence_s < soonest(patience_s):
            return found
        finished = _given(self._sounds) if self._sounds is not None else None
        if silence_s >= silence_needed(words.text, patience_s, finished, self._language):
            found.extend(self._finish(now_s))
        return found

    def _known(self, voiced_s: float, made: Future[Words]) -> None:
        """Called where the words were made, so that nothing here waits. What follows may still be said."""
        if made is not self._words or made.cancelled() or made.exception() is not None:
            return
        words = made.result()
        silent = not worth_answering(words, voiced_s) or murmured(words.text, self._language)
        if not silent and not trails_off(words.text.rstrip(), self._language):
            self._understood(words.text)

    def _patience(self, now_s: float) -> float:
        return max(self._patience_s, PATIENT_S) if now_s < self._gentle_until_s else self._patience_s

    def _sound(self) -> np.ndarray:
        return self._kept[: self._last_voice + int(AFTER_S * RATE_HZ)].copy()

    def _finish(self, now_s: float) -> list[HearingEvent]:
        words = _given(self._words or self._worker.submit(self._understand, self._sound()))
        voiced_s = self._voiced * FRAME / RATE_HZ
        quiet_s, started_s, told = self._quiet * FRAME / RATE_HZ, self._started_s, self._told
        self._kept = self._kept[-int(BEFORE_S * RATE_HZ) :]
        self._fresh()
        if words is None:
            return [Unheard(at_s=round(now_s, 3))]
        answerable = worth_answering(words, voiced_s)
        if not answerable or murmured(words.text, self._language):
            if not answerable and voiced_s >= WORDLESS_S:
                self._gentle_until_s = now_s + GENTLE_S
            return [Murmured(at_s=round(now_s, 3), voiced_s=round(voiced_s, 3), text=words.text if answerable else "")] if told else []
        utterance = Utterance(
            text=words.text, started_s=round(started_s, 3), ended_s=round(now_s - quiet_s, 3), confidence=words.confidence
        )
        return [utterance] if told else [VoiceBegan(at_s=round(now_s, 3)), utterance]


def _given(made: Future[Given]) -> Given | None:
    """What it gave; None when it failed, which is told to nobody but the log: a sentence that is lost must not lose the next."""
    error = made.exception()
    if error is None:
        return made.result()
    log.error("hearing failed: %s", type(error).__name__)
    return None
