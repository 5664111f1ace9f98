"""How high somebody speaks, and when that is not told."""

import numpy as np
import pytest

from meetagain.voice import pitch
from meetagain.voice.pitch import Melody, Unpitched, melody

RATE = 24000


def voiced(centre_hz: float, swing: float = 0.0, seconds: float = 3.0) -> np.ndarray:
    """(n,) float32: a hoarse vowel whose pitch swings slowly, with a rest in each second."""
    times = np.arange(int(seconds * RATE)) / RATE
    f0 = centre_hz * np.exp(swing * np.sqrt(2) * np.sin(2 * np.pi * 1.3 * times))
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    sound = sum(np.sin(n * phase) / (1 + ((n * centre_hz - 600) / 400) ** 2) for n in range(1, int(8000 / centre_hz)))
    hiss = np.random.default_rng(1).normal(0, 0.01, len(times))
    return (0.1 * sound * (times % 1 < 0.8) + hiss * 0.1).astype(np.float32)


@pytest.mark.parametrize(("centre_hz", "swing"), [(95, 0.15), (130, 0.1), (210, 0.2), (280, 0.15)])
def test_middle_and_swing_are_found(centre_hz, swing):
    found = melody([voiced(centre_hz, swing), voiced(centre_hz, swing)], RATE)
    assert isinstance(found, Melody)
    assert found.centre_hz == pytest.approx(centre_hz, rel=0.06) and found.swing == pytest.approx(swing, rel=0.3)


@pytest.mark.parametrize(
    "sound",
    [
        np.random.default_rng(0).normal(0, 0.1, 3 * RATE).astype(np.float32),  # a whisper has no pitch
        np.zeros(3 * RATE, np.float32),
        np.zeros(0, np.float32),
        np.ones(100, np.float32),
    ],
    ids=["whisper", "silence", "nothing", "click"],
)
def test_where_nobody_speaks_aloud_there_is_no_pitch(sound):
    assert melody([sound], RATE) is Unpitched.NO_PITCH


def test_two_trackers_an_octave_apart_are_not_believed(monkeypatch):
    real = pitch.correlated

    def octave_off(sound, rate_hz):
        f0, alike = real(sound, rate_hz)
        return f0 * 2, alike

    monkeypatch.setattr(pitch, "correlated", octave_off)
    assert melody([voiced(130)], RATE) is Unpitched.UNSURE
