"""Noise goes, speech stays where it was."""

import numpy as np
import pytest

from meetagain.models.state import state
from meetagain.voice import cleaning
from meetagain.voice.cleaning import cleaned


def test_bands_cover_everything_up_to_24_khz():
    widths = cleaning._widths()
    assert len(widths) == 32 and widths.sum() == 481 and widths.min() == 2 and widths[-1] > 60


@pytest.fixture
def lets_all_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Graphs that change nothing: a gain of one, and of the five frames only the one itself."""

    def enc(_, fed):
        frames = fed["feat_erb"].shape[2]
        assert fed["feat_spec"].shape == (1, 2, frames, 96)
        return [np.zeros((1, 1, frames, 1), np.float32)] * 6 + [np.arange(frames, dtype=np.float32)[None, :, None]]

    def df_dec(_, fed):
        taps = np.zeros((1, fed["emb"].shape[2], 96, 5, 2), np.float32)
        taps[..., 2, 0] = 1
        return [taps.reshape(1, -1, 96, 10)]

    run = {"enc": enc, "erb_dec": lambda _, fed: [np.ones((1, 1, fed["emb"].shape[2], 32), np.float32)], "df_dec": df_dec}
    monkeypatch.setattr(cleaning, "_graphs", lambda: run)
    monkeypatch.setattr(cleaning, "_PIECE", 70)
    monkeypatch.setattr(cleaning, "_BEFORE", 20)


@pytest.mark.parametrize("samples", [0, 1, 480, 9_601, 48_000 * 3 + 17])
def test_sound_comes_out_where_it_went_in(lets_all_through, samples: int):
    sound = np.random.default_rng(0).normal(0, 0.1, samples).astype(np.float32)
    found = cleaned(sound)
    assert found.sound.shape == sound.shape
    assert np.abs(found.sound - sound).max(initial=0) < 1e-5
    assert len(found.above_noise_db) == (0 if not samples else -(-samples // 480) + 1)


@pytest.mark.weights
@pytest.mark.skipif(not all(weights.present for weights in state() if weights.needed), reason="the weights are not here")
def test_noise_goes_and_silence_is_taken():
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.05, 48000 * 2).astype(np.float32)
    found = cleaned(noise)
    assert np.square(found.sound[24000:]).mean() < 0.01 * np.square(noise[24000:]).mean()
    assert np.median(found.above_noise_db) < 0
    assert np.abs(cleaned(np.zeros(24000, np.float32)).sound).max() < 1e-4
