"""The closest voice: here with made-up voices and a small ear that knows pitch and envelope; with the real ones in test_kokoro_closest.py."""

from itertools import pairwise

import numpy as np
import pytest

from meetagain.voice.clips import RATE_HZ
from meetagain.voice.closest import Found, Refused, another, find, strangers, target_of
from meetagain.voice.manner import Kind
from meetagain.voice.pitch import melody_of
from meetagain.voice.stock import Sample


def somebody(f0_hz: float, throat: float, seconds: float, seed: int = 0) -> np.ndarray:
    """(n,) float32 at 24 kHz: vowels of a throat of this length, 1 is a woman's."""
    rng = np.random.default_rng(seed)
    sounds = []
    for _ in range(int(seconds / 0.5)):
        times = np.arange(RATE_HZ // 2) / RATE_HZ
        phase = 2 * np.pi * np.cumsum(f0_hz * (1 + 0.1 * np.sin(2 * np.pi * (2 * times + rng.random())))) / RATE_HZ
        formants = [(rng.uniform(450, 750) * throat, 90), (rng.uniform(1200, 1800) * throat, 140), (2700 * throat, 250)]
        sound = sum(
            np.sin(n * phase) * sum(1 / (1 + ((n * f0_hz - middle) / width) ** 2) for middle, width in formants)
            for n in range(1, int(6000 / f0_hz))
        )
        sounds.append(0.1 * sound * np.hanning(len(times)) ** 0.3 + rng.normal(0, 0.0005, len(times)))
    return np.concatenate(sounds).astype(np.float32)


def ear(sounds):
    return [heard(sound) for sound in sounds]


def heard(sound: np.ndarray) -> np.ndarray:
    """(n,) at 16 kHz -> (32,) of length 1: where the power lies, and how high the voice is."""
    size = 2048
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[:: size // 2] * np.hanning(size)
    power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(0)
    edges = np.geomspace(4, len(power) - 1, 33).astype(int)
    bands = np.array([power[low : max(high, low + 1)].sum() for low, high in pairwise(edges)])
    bands = np.sqrt(bands / bands.sum())
    return bands / np.linalg.norm(bands)


def sample(name: str, f0_hz: float, throat: float) -> Sample:
    return Sample(
        name, [somebody(f0_hz, throat, 2.0, seed) for seed in (5, 6)], melody_of(np.full(10, f0_hz) * (1 + 0.07 * np.arange(-5, 5) / 5))
    )


STOCK = {
    "af_heart": sample("af_heart", 200, 1.0),
    "af_low": sample("af_low", 165, 0.97),
    "am_michael": sample("am_michael", 110, 0.85),
    "bm_george": sample("bm_george", 130, 0.88),
}


WOMAN = Kind("af_heart")


def found(clips, kind=WOMAN):
    target = target_of(clips, ear)
    return target if isinstance(target, Refused) else find(target, kind, STOCK, ear)


def test_the_voice_that_sounds_most_like_the_clips_is_taken():
    man = found([somebody(130, 0.88, 2.5, seed) for seed in range(10, 15)], Kind("am_michael"))
    assert isinstance(man, Found) and man.name == "bm_george" and man.after >= man.ranked > man.before and 0.8 < man.ceiling <= 1.0


def test_conversion_is_kept_only_where_it_is_better_on_what_was_held_out():
    clips = [somebody(150, 0.9, 2.5, seed) for seed in range(10, 16)]
    close = found(clips)
    assert isinstance(close, Found)
    assert close.after >= close.ranked and "stock" in close.steps
    for step, changed in (
        ("throat", close.throat.formant != 1.0 or close.throat.pitch != 1.0),
        ("tone", any(close.throat.tone_db)),
    ):
        assert step not in close.steps or changed
    plain = found([np.concatenate(STOCK["af_heart"].sounds)] * 4)
    assert isinstance(plain, Found) and plain.name == "af_heart" and not plain.throat.changes and plain.steps == ("stock",)


def test_a_child_keeps_its_throat_and_an_old_voice_its_tremor():
    child = found([somebody(270, 1.18, 2.5, seed) for seed in range(10, 15)], Kind("af_heart", pitch=1.3, formant=1.15))
    assert isinstance(child, Found) and child.throat.formant >= 1.0
    old = found([somebody(110, 0.85, 2.5, seed) for seed in range(10, 15)], Kind("am_michael", pitch=0.95, tremor=0.012))
    assert isinstance(old, Found) and old.throat.tremor == 0.012


@pytest.mark.parametrize(
    ("clips", "why"),
    [
        ([], "short"),
        ([somebody(200, 1.0, 2.0)], "short"),
        ([np.zeros(0, np.float32), np.zeros(9 * RATE_HZ, np.float32)], "short"),
        ([np.random.default_rng(n).normal(0, 0.1, 4 * RATE_HZ).astype(np.float32) for n in range(3)], "no-pitch"),
    ],
    ids=["none", "two seconds", "silence", "whisper"],
)
def test_what_cannot_be_followed_is_named(clips, why):
    refused = found(clips)
    assert isinstance(refused, Refused) and refused.why == why


def test_a_mans_recordings_are_not_taken_for_a_womans():
    refused = found([somebody(110, 0.85, 2.5, seed) for seed in range(10, 15)])
    assert isinstance(refused, Refused) and refused.why == "another"
    assert another(Kind("am_michael"), "af_heart", 210) and not another(Kind("am_michael"), "af_heart", 150)
    assert not another(Kind("af_heart"), "am_michael", 160)  # a low woman


def test_a_stranger_among_the_clips_is_left_out():
    rng = np.random.default_rng(3)
    own, other = rng.random(64), rng.random(64) * (np.arange(64) % 2)
    near = {n: (v := own + 0.1 * rng.random(64)) / np.linalg.norm(v) for n in range(5)}
    far = np.where(np.arange(64) < 40, 0.0, other)
    assert strangers({**near, 5: far / np.linalg.norm(far)}) == (5,)
    assert strangers(near) == () and strangers({0: near[0], 1: far / np.linalg.norm(far)}) == ()


def test_clips_are_only_listened_to():
    clips = [somebody(150, 0.9, 2.5, seed) for seed in range(3)]
    before = [clip.copy() for clip in clips]
    found(clips)
    assert all(np.array_equal(one, other) for one, other in zip(clips, before, strict=True))
