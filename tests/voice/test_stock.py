"""Every stock voice is heard once on a computer."""

from collections import Counter

import numpy as np
import pytest

from meetagain.voice import stock
from meetagain.voice.stock import SENTENCES, all_said, floor_hz, said_by, stock_names


@pytest.fixture
def engine(monkeypatch, tmp_path):
    monkeypatch.setenv("MEETAGAIN_MODELS", str(tmp_path))
    asked: Counter[str] = Counter()

    def speak(name: str, text: str) -> np.ndarray:
        asked[name] += 1
        times = np.arange(24000) / 24000
        return (0.3 * sum(np.sin(2 * np.pi * n * (110 if name[1] == "m" else 210) * times) for n in (1, 2, 3)) / 3).astype(np.float32)

    return speak, asked


def test_the_voices_of_a_language():
    everybody = stock_names("en")
    assert len(everybody) == 27 and "af_nicole" not in everybody  # who only whispers
    assert set(everybody) == {*stock_names("en-US"), *stock_names("en-GB")}
    assert all(name.startswith("b") for name in stock_names("en-GB"))
    assert stock_names("ko") == ()


def test_they_are_said_once_and_kept(engine):
    speak, asked = engine
    names = ("am_michael", "af_heart")
    shares: list[float] = []
    assert not all_said(names)
    first = said_by(names, speak, 2, shares.append)
    again = said_by(names, speak)
    assert all_said(names) and asked == {name: len(SENTENCES) for name in names} and shares[-1] == 1.0
    for name in names:
        assert first[name].tune.centre_hz == pytest.approx(110 if name[1] == "m" else 210, rel=0.03)
        assert again[name].tune == first[name].tune
        assert all(np.allclose(one, other, atol=1e-4) for one, other in zip(first[name].sounds, again[name].sounds, strict=True))


def test_a_damaged_one_is_said_again(engine):
    speak, asked = engine
    said_by(("af_heart",), speak)
    stock._place("af_heart").write_bytes(b"PK broken")
    said_by(("af_heart",), speak)
    assert asked["af_heart"] == 2 * len(SENTENCES)


def test_other_sentences_have_another_place(engine, monkeypatch):
    before = stock._place("af_heart")
    monkeypatch.setattr(stock, "SENTENCES", ("Another one.",))
    assert stock._place("af_heart") != before


def test_a_low_woman_is_looked_for_lower():
    assert floor_hz("af_heart") == floor_hz("af_heart", 195.0) == 120.0
    assert 70 < floor_hz("af_alloy", 134.0) < 90
    assert floor_hz("bm_lewis", 85.0) == 60.0
