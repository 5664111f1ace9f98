"""What is wrong with a stretch of sound, and what it seems to be."""

import numpy as np
import pytest

from meetagain.schema.recordings import Kind
from meetagain.voice.soundness import clipped_share, has_music, held_share, kind_of, tonal_share

RATE = 48000


def _chords(seconds: float, rate: int = RATE) -> np.ndarray:
    rng, times = np.random.default_rng(3), np.arange(int(0.5 * rate)) / rate
    bars = []
    for _ in range(int(seconds * 2)):
        notes = rng.choice([220, 261.6, 329.6, 392, 440, 523.3], 3, replace=False)
        bars.append(sum(np.sin(2 * np.pi * note * n * times) / n for note in notes for n in (1, 2, 3)) * np.exp(-2 * times))
    found = np.concatenate(bars)
    return (found / found.std()).astype(np.float32)


def _words(seconds: float, rate: int = RATE) -> np.ndarray:
    """Bursts of a gliding voice with pauses, as speech has them."""
    times = np.arange(int(seconds * rate)) / rate
    pitch = 180 + 60 * np.sin(2 * np.pi * 1.7 * times)
    voice = sum(np.sin(2 * np.pi * n * np.cumsum(pitch) / rate) / n for n in range(1, 12))
    spoken = (np.sin(2 * np.pi * 0.8 * times) > -0.2).astype(np.float32)
    return (0.1 * voice * np.convolve(spoken, np.hanning(rate // 50) / (rate // 100), "same")).astype(np.float32)


def test_clipping_is_a_share_of_samples_at_the_top():
    words = _words(2)
    loud = np.clip(8 * words / np.abs(words).max(), -1, 1)
    assert clipped_share(0.9 * words / np.abs(words).max()) < 0.001
    assert clipped_share(loud) > 0.02
    assert clipped_share(np.zeros(0, np.float32)) == 0


@pytest.mark.parametrize("level", [0.1, 0.03, 0.01])
def test_music_in_the_pauses_is_noticed(level: float):
    words = _words(6)
    assert has_music(words + level * _chords(6), words, RATE)


@pytest.mark.parametrize("level", [0.1, 0.01])
def test_hiss_hum_and_quiet_are_not_music(level: float):
    words, rng = _words(6), np.random.default_rng(0)
    hum = np.sin(2 * np.pi * 50 * np.arange(len(words)) / RATE).astype(np.float32)
    hiss = rng.normal(0, 1, len(words)).astype(np.float32)
    assert not has_music(words + level * (hiss + hum), words, RATE)
    assert not has_music(words + level * hum, words, RATE)
    assert not has_music(words, words, RATE)
    assert not has_music(words[:100], words[:100], RATE) and not has_music(words[:0], words[:0], RATE)


def test_lines_along_time_are_tonal():
    assert tonal_share(_chords(3), RATE) > 0.6 > 0.1 > tonal_share(np.random.default_rng(1).normal(size=3 * RATE).astype(np.float32), RATE)


def test_held_notes_are_a_song_and_gliding_ones_speech():
    times = np.arange(24000 * 4) / 24000
    notes = 220 * 2 ** (np.array([0, 4, 7, 4])[(times // 1).astype(int)] / 12)
    sung = sum(np.sin(2 * np.pi * n * np.cumsum(notes) / 24000) / n for n in range(1, 8)).astype(np.float32)
    assert kind_of("la la", 0.1 * sung, 24000) is Kind.SONG
    assert held_share(_words(4, 24000), 24000) < 0.06
    assert held_share(np.zeros(2400, np.float32), 24000) == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ha ha ha ha!", Kind.LAUGH),
        ("Hahaha", Kind.LAUGH),
        ("Hee, hee, hee, Mum!", Kind.LAUGH),
        ("He said that he had it.", Kind.SPEECH),
        ("Ha, I knew it.", Kind.SPEECH),
        ("", Kind.SPEECH),
    ],
)
def test_a_laugh_is_known_by_how_it_is_written(text: str, kind: Kind):
    assert kind_of(text, _words(1, 16000), 16000) is kind
