"""Which network understands: by what was chosen, by the language, and by how long a sentence takes when a meeting opens."""

from types import SimpleNamespace

import numpy as np
import pytest

from meetagain.hearing import whisper
from meetagain.hearing.whisper import SLOW_S, WhisperHearing
from meetagain.hearing.words import QUICK, USUAL, Words
from meetagain.models.state import state


class Computer:
    """So many seconds a sentence with the usual network, and a clock that goes on only by them."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.now = seconds, 0.0
        self.asked: list[str] = []

    def recogniser(self, name: str = USUAL):
        def hear(pcm, language, names=()):
            self.asked.append(name)
            self.now += self.seconds * (0.4 if name == QUICK else 1.0)
            return Words("Hello.", 0.9)

        return SimpleNamespace(hear=hear)


def understood_by(monkeypatch: pytest.MonkeyPatch, speed: str, seconds: float = 0.1, language: str = "en-GB", here: bool = True) -> str:
    """The network that a meeting's ear asks."""
    computer = Computer(seconds)
    monkeypatch.setattr(whisper, "recogniser", computer.recogniser)
    monkeypatch.setattr(whisper, "present", lambda name: here)
    monkeypatch.setattr(whisper, "time", SimpleNamespace(perf_counter=lambda: computer.now))
    monkeypatch.setattr(whisper, "Voicing", lambda: None)
    monkeypatch.setattr(whisper.turns, "warm", lambda: None)
    hearing = WhisperHearing(speed)
    hearing.warm(language)
    ear = hearing.open(language)
    ear._understand(np.zeros(16000, np.float32))
    return computer.asked[-1]


@pytest.mark.parametrize(
    ("speed", "asked", "network"),
    [
        ("quick", {}, QUICK),
        ("quick", {"language": "ko"}, USUAL),
        ("quick", {"here": False}, USUAL),
        ("", {}, USUAL),
        ("", {"seconds": SLOW_S * 1.1}, QUICK),
        ("", {"seconds": SLOW_S * 1.1, "language": "ko"}, USUAL),
        ("", {"seconds": SLOW_S * 1.1, "here": False}, USUAL),
        ("usual", {"seconds": 9.0}, USUAL),
    ],
)
def test_the_network_that_understands(monkeypatch: pytest.MonkeyPatch, speed: str, asked: dict, network: str):
    assert understood_by(monkeypatch, speed, **asked) == network


def test_recordings_are_never_written_down_in_a_hurry(monkeypatch: pytest.MonkeyPatch):
    computer = Computer(9.0)
    monkeypatch.setattr(whisper, "recogniser", computer.recogniser)
    WhisperHearing("quick").transcribe(np.zeros(16000, np.float32), "en")
    assert computer.asked == [USUAL]


@pytest.mark.weights
def test_the_quick_network_understands_english():
    from meetagain.hearing.words import recogniser
    from meetagain.voice.kokoro import KokoroVoice

    there = {weights.name: weights.present for weights in state()}
    if not (there[QUICK] and there["kokoro"]):
        pytest.skip("the weights are not here")
    from meetagain.bench.talk import _asked_by

    sound = _asked_by(KokoroVoice(), "af_bella", "Where did you hide in the park?")
    assert "hide in the park" in recogniser(QUICK).hear(sound, "en", ("Juni",)).text
