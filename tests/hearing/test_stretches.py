"""Where somebody speaks in a recording."""

import numpy as np
import pytest

from meetagain.hearing import stretches as module
from meetagain.hearing.stretches import chances_of, stretches
from meetagain.models.state import state


@pytest.fixture
def chances(monkeypatch: pytest.MonkeyPatch):
    """Call it with (frames, chance) runs; the next recording is as long as they are and holds them."""

    def _set(*runs: tuple[int, float]) -> np.ndarray:
        found = np.concatenate([np.full(count, chance, np.float32) for count, chance in runs])
        monkeypatch.setattr(module, "chances_of", lambda sound: found)
        return np.zeros(len(found) * 512, np.float32)

    return _set


def test_a_short_pause_lies_inside_and_a_longer_one_between(chances):
    found = stretches(chances((20, 0.0), (30, 0.9), (5, 0.0), (30, 0.9), (12, 0.1), (30, 0.8), (20, 0)))
    assert len(found) == 2
    assert found[0].start_s == pytest.approx(20 * 0.032 - 0.1, abs=0.01)
    assert found[0].end_s <= found[1].start_s
    assert found[1].sure == pytest.approx(0.8, abs=0.01)


def test_a_knock_is_no_speech_and_ends_stay_in_the_recording(chances):
    assert stretches(chances((20, 0.0), (4, 0.9), (20, 0.0))) == ()
    (whole,) = stretches(chances((40, 0.9)))
    assert (whole.start_s, whole.end_s) == (0.0, pytest.approx(1.28))


def test_an_endless_talk_is_cut_where_a_breath_is(chances):
    found = stretches(chances((350, 0.9), (1, 0.4), (350, 0.9)))
    assert len(found) == 2 and all(each.seconds < 14 for each in found)
    assert found[0].end_s == pytest.approx(350 * 0.032, abs=0.1)


@pytest.mark.weights
@pytest.mark.skipif(not all(weights.present for weights in state() if weights.needed), reason="the weights are not here")
@pytest.mark.parametrize("seconds", [0.0, 0.01, 3.0])
def test_nobody_speaks_in_silence_or_in_noise(seconds: float):
    noise = np.random.default_rng(0).normal(0, 0.02, int(seconds * 16000)).astype(np.float32)
    assert stretches(noise) == () and stretches(np.zeros_like(noise)) == ()
    assert len(chances_of(noise)) == -(-len(noise) // 512)
