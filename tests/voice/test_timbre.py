"""Another throat, the same length."""

import numpy as np
import pytest
import pyworld

from meetagain.voice.timbre import BANDS_HZ, Throat, spoken_by

RATE = 24000


def _vowel(f0_hz: float, seconds: float = 0.8) -> np.ndarray:
    times = np.arange(int(seconds * RATE)) / RATE
    parts = [np.sin(2 * np.pi * f0_hz * n * times) / (1 + ((n * f0_hz - 700) / 300) ** 2) for n in range(1, 30)]
    return (0.2 * np.sum(parts, axis=0)).astype(np.float32)


def _pitch(sound: np.ndarray) -> float:
    f0, _ = pyworld.harvest(sound.astype(np.float64), RATE, f0_floor=60, f0_ceil=600)
    return float(np.median(f0[f0 > 0]))


@pytest.mark.parametrize("ratio", [0.9, 1.35])
def test_pitch_moves_and_length_stays(ratio):
    sound = _vowel(190)
    made = spoken_by(sound, RATE, Throat(pitch=ratio, formant=1.1), 120.0)
    assert made.shape == sound.shape and made.dtype == np.float32
    assert _pitch(made) == pytest.approx(190 * ratio, rel=0.03)


def test_a_whisper_has_no_pitch():
    f0, _ = pyworld.harvest(spoken_by(_vowel(190), RATE, Throat(breath=1.0)).astype(np.float64), RATE, f0_floor=60, f0_ceil=600)
    steady = np.abs(np.diff(f0[f0 > 0])) < 2
    assert steady.sum() < 0.25 * len(f0)


def test_nothing_to_change_leaves_every_sample():
    sound = _vowel(150)
    assert spoken_by(sound, RATE, Throat()) is sound


def test_a_tremor_is_the_same_every_time():
    assert np.array_equal(spoken_by(_vowel(110), RATE, Throat(tremor=0.012)), spoken_by(_vowel(110), RATE, Throat(tremor=0.012)))


def test_the_melody_swings_wider_around_its_middle():
    times = np.arange(2 * RATE) / RATE
    phase = 2 * np.pi * np.cumsum(190 * np.exp(0.12 * np.sin(2 * np.pi * 2 * times))) / RATE
    sound = (0.1 * sum(np.sin(n * phase) / n for n in range(1, 20))).astype(np.float32)

    def swing(made: np.ndarray) -> float:
        f0, _ = pyworld.harvest(made.astype(np.float64), RATE, f0_floor=60, f0_ceil=600)
        return float(np.log(f0[f0 > 0]).std())

    wide = spoken_by(sound, RATE, Throat(spread=1.4, centre_hz=190.0), 120.0)
    assert swing(wide) == pytest.approx(1.4 * swing(sound), rel=0.15)
    assert _pitch(wide) == pytest.approx(_pitch(sound), rel=0.05)


def test_a_tone_is_lifted_where_it_says():
    tone = tuple(6.0 if 1500 < hz < 4000 else 0.0 for hz in BANDS_HZ)
    plain, lifted = (spoken_by(_vowel(150), RATE, Throat(pitch=1.02, tone_db=some)) for some in ((), tone))
    hz = np.fft.rfftfreq(len(plain), 1 / RATE)
    powers = [
        [(np.abs(np.fft.rfft(sound)) ** 2)[(hz > low) & (hz < high)].sum() for low, high in ((2000, 3500), (300, 1000))]
        for sound in (plain, lifted)
    ]
    assert 10 * np.log10(powers[1][0] / powers[0][0]) == pytest.approx(6, abs=1.5)
    assert 10 * np.log10(powers[1][1] / powers[0][1]) == pytest.approx(0, abs=0.5)
