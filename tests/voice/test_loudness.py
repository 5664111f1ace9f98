"""Even loudness, no clicks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetagain.voice.loudness import as_pcm, lead_silence, levelled, tail_silence


@given(st.floats(0.001, 1.0), st.integers(1, 20000))
def test_peaks_stay_below_and_ends_are_soft(gain, samples):
    sound = (gain * np.sin(np.arange(samples) / 9)).astype(np.float32)
    made = levelled(sound, 24000)
    assert len(made) == samples and np.abs(made).max() <= 10 ** (-1 / 20) + 1e-4
    if samples > 1000:
        assert abs(made[0]) < 1e-6 and abs(made[-1]) < 1e-6


def test_quiet_and_loud_recordings_meet():
    tone = np.sin(np.arange(24000) / 9).astype(np.float32)
    assert np.allclose(levelled(0.05 * tone, 24000), levelled(0.5 * tone, 24000), atol=1e-3)


def test_only_a_breath_of_silence_is_left():
    sound = np.concatenate([np.zeros(12000), np.ones(2400), np.zeros(12000)]).astype(np.float32)
    first, last = lead_silence(sound, 24000), tail_silence(sound, 24000)
    assert 12000 - first <= 0.05 * 24000 and last - 14400 <= 0.15 * 24000


def test_silence_is_taken():
    silence = np.zeros(100, np.float32)
    assert lead_silence(silence, 24000) == 0 and len(as_pcm(levelled(silence, 24000))) == 200
