"""What a relative says is moved towards the person, and how near it came is told by recordings that nothing was learnt from."""

from itertools import pairwise

import numpy as np
import pytest

from meetagain.voice.clips import RATE_HZ
from meetagain.voice.closest import target_of
from meetagain.voice.lent import brought_nearer, cosines
from meetagain.voice.manner import Kind

GIRL_HZ, AUNT_HZ = 270.0, 190.0


def vowels(f0_hz: float, throat: float, seconds: float, seed: int) -> np.ndarray:
    """(n,) float32 at 24 kHz: vowels from a throat of this length, a woman's is 1."""
    rng = np.random.default_rng(seed)
    sounds = []
    times = np.arange(RATE_HZ // 2) / RATE_HZ
    for _ in range(int(seconds / 0.5)):
        phase = 2 * np.pi * np.cumsum(f0_hz * (1 + 0.08 * np.sin(2 * np.pi * (2 * times + rng.random())))) / RATE_HZ
        formants = [(rng.uniform(450, 750) * throat, 90), (rng.uniform(1200, 1800) * throat, 140), (2700 * throat, 250)]
        tones = (
            np.sin(n * phase) * sum(1 / (1 + ((n * f0_hz - at) / wide) ** 2) for at, wide in formants) for n in range(1, int(6000 / f0_hz))
        )
        sounds.append(0.1 * sum(tones) * np.hanning(len(times)) ** 0.3 + rng.normal(0, 0.0005, len(times)))
    return np.concatenate(sounds).astype(np.float32)


def ear(sounds):
    """Where the power lies, (32,) of length 1."""
    found = []
    for sound in sounds:
        frames = np.lib.stride_tricks.sliding_window_view(sound, 2048)[::1024] * np.hanning(2048)
        power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(0)
        edges = np.geomspace(4, len(power) - 1, 33).astype(int)
        bands = np.sqrt(np.array([power[low : max(high, low + 1)].sum() for low, high in pairwise(edges)]))
        found.append(bands / np.linalg.norm(bands))
    return found


@pytest.fixture(scope="module")
def girl():
    return target_of([vowels(GIRL_HZ, 1.19, 2.5, seed) for seed in range(4)], ear)


def test_an_aunts_line_comes_nearer_to_the_girl_and_keeps_its_length(girl):
    lines = [vowels(AUNT_HZ, 1.0, 2.5, seed) for seed in (20, 21)]
    made = brought_nearer(lines, girl, Kind("af_heart", pitch=1.36, formant=1.19), ear)
    for line, nearer in zip(lines, made, strict=True):
        assert nearer.alike > nearer.before + 0.05
        assert abs(len(nearer.sound) - len(line)) < 0.3 * RATE_HZ
    assert cosines([one.sound for one in made], girl, ear) == pytest.approx([one.alike for one in made])


def test_a_whisper_cannot_be_moved(girl):
    hiss = np.random.default_rng(1).normal(0, 0.05, 2 * RATE_HZ).astype(np.float32)
    assert brought_nearer([hiss], girl, Kind("af_heart"), ear) is None


def test_a_word_too_short_to_tell_counts_as_all_of_them_together(girl):
    long, word = vowels(AUNT_HZ, 1.0, 3.0, 30), vowels(AUNT_HZ, 1.0, 0.5, 31)
    alone, together = cosines([long], girl, ear)[0], cosines([long, word], girl, ear)
    assert together[0] == pytest.approx(alone) and abs(together[1] - alone) < 0.02
    assert cosines([np.zeros(0, np.float32)], girl, ear) == [0.0]
