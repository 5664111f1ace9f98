"""The embedded hearing on real speech, where there is some: needs the weights."""

from pathlib import Path

import numpy as np
import pytest

from meetagain.archive.sound import sound_of
from meetagain.hearing.backend import VoiceBegan
from meetagain.hearing.whisper import WhisperHearing
from meetagain.models.state import state
from meetagain.schema.speech import Utterance

REAL = sorted((Path(__file__).parents[2].parent / "shared" / "real" / "speech").glob("*/*.flac"))
pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(not all(weights.present for weights in state() if weights.needed), reason="the weights are not here"),
]


def _events(sound: np.ndarray, patience: float = 0.7):
    ear = WhisperHearing().open("en")
    ear.set_patience(patience)
    whole = np.concatenate([np.zeros(8000, np.float32), sound, np.zeros(48000, np.float32)])
    return [event for at in range(0, len(whole), 1600) for event in ear.feed(whole[at : at + 1600], (at + 1600) / 16000)]


@pytest.mark.skipif(not REAL, reason="there is no real speech here")
@pytest.mark.parametrize("path", REAL[1::6], ids=lambda path: path.stem)
def test_real_readers_are_heard_and_their_end_is_found(path):
    sound = sound_of(path, 16000)
    events = _events(sound, patience=1.2)
    assert any(isinstance(event, VoiceBegan) for event in events)
    said = [event for event in events if isinstance(event, Utterance)]
    assert said and all(one.text and one.started_s < one.ended_s for one in said)
    assert abs(said[-1].ended_s - (0.5 + len(sound) / 16000)) < 1.0


def test_knocks_are_not_speech():
    rng = np.random.default_rng(3)
    knock = (rng.normal(0, 0.4, 3200) * np.exp(-np.arange(3200) / 500)).astype(np.float32)
    sound = np.concatenate([part for _ in range(5) for part in (knock, np.zeros(12000, np.float32))])
    assert not any(isinstance(event, Utterance) for event in _events(sound))
