"""What every installed hearing backend must do."""

from types import SimpleNamespace

import numpy as np
import pytest

from meetagain import backends
from meetagain.errors import MeetAgainError
from meetagain.models.state import state

HERE = all(weights.present for weights in state() if weights.needed)
RATE = 16000


@pytest.fixture(params=sorted(backends.installed("hearing")))
def hearing(request, engine):
    if not HERE:
        pytest.skip("the weights are not here")
    return backends.load("hearing", request.param, **({"url": engine.url} if request.param == "openai" else {}))


@pytest.mark.weights
def test_silence_and_hiss_bring_nothing(hearing):
    hearing.warm("en")
    ear = hearing.open("en", ("Juni",))
    ear.set_patience(0.5)
    hiss = np.random.default_rng(0).normal(0, 0.003, RATE * 3).astype(np.float32)
    assert [event for at in range(0, len(hiss), 1600) for event in ear.feed(hiss[at : at + 1600], (at + 1600) / RATE)] == []


@pytest.mark.weights
def test_words_are_a_string(hearing):
    assert isinstance(hearing.transcribe(np.zeros(RATE, np.float32), "en"), str)


def test_the_form_that_is_sent(engine):
    text = backends.load("hearing", "openai", url=engine.url).transcribe(np.zeros(RATE, np.float32), "en-GB", ("Juni", "Elli"))
    path, _, body = engine.asked[0]
    assert text == "Mum!" and path == "/v1/audio/transcriptions"
    assert b'name="language"\r\n\r\nen\r\n' in body and b"Juni, Elli" in body and b"RIFF" in body


def test_an_unclear_answer_is_named(engine):
    engine.answers["/v1/audio/transcriptions"] = b"<html>"
    with pytest.raises(MeetAgainError):
        backends.load("hearing", "openai", url=engine.url).transcribe(np.zeros(RATE, np.float32), "en")


@pytest.mark.weights
def test_an_engine_that_fails_says_that_nothing_was_understood(engine):
    """Not that nothing was said: she asks for it once more."""
    if not HERE:
        pytest.skip("the weights are not here")
    engine.answers["/v1/audio/transcriptions"] = b"<html>"
    ear = backends.load("hearing", "openai", url=engine.url).open("en")
    ear._voicing = SimpleNamespace(of=lambda frame: float(np.abs(frame).mean() > 0.5))
    sound = np.concatenate([np.ones(RATE, np.float32), np.zeros(2 * RATE, np.float32)])
    events = [event for at in range(0, len(sound), 1600) for event in ear.feed(sound[at : at + 1600], (at + 1600) / RATE)]
    assert [type(event).__name__ for event in events] == ["VoiceBegan", "VoicePaused", "Unheard"]
