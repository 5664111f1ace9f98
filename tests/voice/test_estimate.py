"""Mouth shapes for sound whose timing nobody tells."""

import numpy as np

from meetagain.voice import estimate
from meetagain.voice.estimate import loud_parts, visemes_of_loudness, visemes_of_words

RATE = 24000


def _two_words() -> np.ndarray:
    word = 0.3 * np.sin(np.arange(RATE // 2) / 12)
    return np.concatenate([np.zeros(RATE // 4), word, np.zeros(RATE // 2), word, np.zeros(RATE // 4)]).astype(np.float32)


def test_the_mouth_is_closed_where_nothing_is_said(monkeypatch):
    monkeypatch.setattr(estimate, "phonemes", lambda text, names: "mˈʌm pˈɑ")
    sound = _two_words()
    shapes = visemes_of_words("Mum pa", sound, RATE, {})
    places = [shape.sample for shape in shapes]
    assert places == sorted(places) and places[-1] <= len(sound)
    at_rest = [shape for shape in shapes if shape.sample <= 1.0 * RATE][-1]
    assert at_rest.viseme == "sil"
    assert [shape.viseme for shape in shapes if shape.viseme == "PP"] == ["PP"] * 3


def test_short_gaps_do_not_close_it():
    sound = np.concatenate([np.ones(4800), np.zeros(1200), np.ones(4800)]).astype(np.float32)
    assert loud_parts(sound, RATE).all()


def test_a_hum_follows_its_loudness():
    shapes = visemes_of_words("(hums)", _two_words(), RATE, {})
    assert shapes == visemes_of_loudness(_two_words(), RATE)
    assert {shape.viseme for shape in shapes} <= {"sil", "aa", "E"}


def test_no_sound_is_a_closed_mouth():
    assert [shape.viseme for shape in visemes_of_words("Mum", np.zeros(0, np.float32), RATE, {})] == ["sil"]
