"""Likelihoods of speech come in, beginnings, pauses and ends of utterances go out. Pure: time is counted in windows."""

import re

import msgspec

BEGINS_AT, ENDS_AT = 0.5, 0.35
BEGIN_S = 0.16  # this much speech is a beginning; a cough is shorter
PAUSE_S = 0.2
LEAST_S = 0.25  # less speech than this is not an utterance
LONGEST_S = 25.0
_UNFINISHED = re.compile(r"\b(?:and|but|because|or|so|the|a|to|of|with|that|um|uh|er|i|my|when|if)\W*$", re.IGNORECASE)


class Mark(msgspec.Struct, frozen=True):
    """Something that happened: began | paused | ended. `speech_s` is how much was spoken."""

    kind: str
    speech_s: float = 0.0


class Endpoint:
    """Follows one stream, a window at a time."""

    def __init__(self, window_s: float, patience_s: float = 0.7) -> None:
        self.window_s, self.patience_s = window_s, patience_s
        self.speaking = False
        self._run_s = 0.0
        self._speech_s = self._silence_s = self._whole_s = 0.0
        self.paused = False

    def step(self, likely: float, unfinished: bool = False) -> Mark | None:
        """One window. `unfinished`: what was understood so far sounds as if more will come, which doubles the patience."""
        voiced = likely >= (ENDS_AT if self.speaking else BEGINS_AT)
        if not self.speaking:
            return self._before(voiced)
        self._whole_s += self.window_s
        if voiced:
            self._speech_s, self._silence_s, self.paused = self._speech_s + self.window_s, 0.0, False
        else:
            self._silence_s += self.window_s
        patience = self.patience_s * (2.0 if unfinished else 1.0)
        if self._silence_s >= patience or self._whole_s >= LONGEST_S:
            return self._end()
        if self._silence_s >= PAUSE_S and not self.paused:
            self.paused = True
            return Mark("paused", self._speech_s)
        return None

    def _before(self, voiced: bool) -> Mark | None:
        self._run_s = self._run_s + self.window_s if voiced else 0.0
        if self._run_s < BEGIN_S:
            return None
        self.speaking, self.paused = True, False
        self._speech_s = self._whole_s = self._run_s
        self._silence_s = self._run_s = 0.0
        return Mark("began", self._speech_s)

    def _end(self) -> Mark:
        self.speaking = False
        spoken = self._speech_s
        return Mark("ended", spoken if spoken >= LEAST_S else 0.0)


def sounds_unfinished(text: str) -> bool:
    """Whether a text ends as if more will come."""
    return bool(_UNFINISHED.search(text.strip()))
