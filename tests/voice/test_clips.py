"""Recordings are read, split and never changed."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from meetagain.voice.clips import EAR_HZ, RATE_HZ, for_ear, halves, reach_hz, speech_s, spoken_parts


def noise(seconds: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, int(seconds * RATE_HZ)).astype(np.float32)


def test_long_silences_are_left_out_and_the_recording_stays_as_it_is():
    clip = np.concatenate([noise(1), np.zeros(3 * RATE_HZ, np.float32), noise(1, 1)])
    before = clip.copy()
    part = spoken_parts(clip)
    assert 1.9 < speech_s([part]) < 2.6
    assert np.array_equal(clip, before)


@pytest.mark.parametrize("clip", [np.zeros(0, np.float32), np.zeros(RATE_HZ, np.float32)], ids=["empty", "silent"])
def test_silence_holds_nothing(clip):
    assert len(spoken_parts(clip)) == 0


@pytest.mark.parametrize("lengths", [(6.0,), (4.0, 5.0), (3, 3, 3, 3), (9, 2, 2, 2, 4, 5, 3)])
def test_what_judges_is_never_what_was_learnt_from(lengths):
    parts = [noise(length, seed) for seed, length in enumerate(lengths)]
    learnt, judged = halves(parts)
    assert speech_s(learnt) + speech_s(judged) == pytest.approx(sum(lengths))
    assert speech_s(judged) > 0.3 * sum(lengths)
    starts = {part[:50].tobytes() for part in learnt}
    assert not starts & {part[:50].tobytes() for part in judged}


def test_a_telephone_is_known_by_its_reach():
    assert reach_hz([noise(2)]) > 11000
    telephone = resample_poly(resample_poly(noise(4), 1, 3), 3, 1).astype(np.float32)
    assert 3700 < reach_hz([telephone]) < 4800
    assert reach_hz([]) == 0.0


def test_what_is_compared_with_a_telephone_is_heard_through_one():
    through = for_ear(noise(2), 4000.0)
    power = np.abs(np.fft.rfft(through)) ** 2
    hz = np.fft.rfftfreq(len(through), 1 / EAR_HZ)
    assert len(through) == 2 * EAR_HZ and power[hz > 4100].sum() < 1e-6 * power.sum()
    assert len(for_ear(noise(2), 12000.0)) == 2 * EAR_HZ
