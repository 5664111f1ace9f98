"""What every installed voice backend must do."""

from pathlib import Path

import numpy as np
import pytest

from meetagain import backends
from meetagain.errors import MeetAgainError
from meetagain.models.state import state
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.person import Look, Person
from meetagain.schema.speech import VISEMES, Clause, LineClass

HERE = all(weights.present for weights in state() if weights.needed)
JUNI = Person(
    id="x",
    full_name="Juniper Orrel",
    called=("Juni",),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    look=Look(),
    fictional=True,
)
NOTHING = Archive(items=(), memory=Memory(facts=()))


@pytest.fixture(params=sorted(backends.installed("voice")))
def voice_backend(request, engine):
    if request.param == "openai":
        return backends.load("voice", "openai", url=engine.url)
    if request.param == "pocket":
        return backends.load("voice", "pocket", url=engine.plain_url)
    if request.param == "embedded" and not HERE:
        pytest.skip("the weights are not here")
    return backends.load("voice", request.param)


def _clause(text: str, expression: str = "neutral") -> Clause:
    return Clause(turn=3, text=text, line_class=LineClass.AUTHORED, expression=expression)


@pytest.mark.weights
@pytest.mark.parametrize("expression", ["neutral", "whisper", "unheard of"])
def test_speech_is_whole(voice_backend, expression):
    voice = voice_backend.choose(JUNI, NOTHING)
    voice_backend.warm(voice)
    clause = _clause("Mum! You found me!", expression)
    speech = voice_backend.speak(clause, voice)
    sound = np.frombuffer(speech.pcm, "<i2") / 32768
    assert speech.clause == clause and speech.rate_hz == voice.rate_hz == 24000 and not speech.real
    assert 0.4 * 24000 < speech.samples < 5 * 24000
    assert np.abs(sound).max() <= 10 ** (-1 / 20) + 1e-3 and abs(sound[0]) < 0.01 and abs(sound[-1]) < 0.01
    places = [shape.sample for shape in speech.visemes]
    assert places == sorted(places) and places[-1] <= speech.samples
    assert {shape.viseme for shape in speech.visemes} <= set(VISEMES) and any(shape.viseme == "PP" for shape in speech.visemes)
    assert speech.visemes[-1].viseme == "sil"


@pytest.mark.weights
def test_nothing_to_say_is_named(voice_backend):
    voice = voice_backend.choose(JUNI, NOTHING)
    for text in ("(hand on shoulder)", "", "...", "!?"):
        with pytest.raises(MeetAgainError) as stopped:
            voice_backend.speak(_clause(text), voice)
        assert stopped.value.issue.code == "line-unvoiced"


def test_P1_another_computer_is_refused_until_it_is_allowed():
    for room in ("voice", "hearing"):
        with pytest.raises(MeetAgainError) as stopped:
            backends.load(room, "openai", url="http://192.168.1.5:8880/v1")
        assert stopped.value.issue.code == "remote-not-allowed"
        assert backends.load(room, "openai", url="http://192.168.1.5:8880/v1", remote_allowed=True)
        for address in ("", "file:///etc/passwd", "127.0.0.1:8880"):
            with pytest.raises(MeetAgainError) as stopped:
                backends.load(room, "openai", url=address)
            assert stopped.value.issue.code == "remote-unclear"


def test_an_engine_that_fails_is_named(engine):
    engine.answers.clear()
    voice_backend = backends.load("voice", "openai", url=engine.url)
    with pytest.raises(MeetAgainError) as stopped:
        voice_backend.speak(_clause("Mum!"), voice_backend.choose(JUNI, NOTHING))
    assert stopped.value.issue.code == "remote-silent"


def test_a_key_is_read_from_the_surroundings_only(engine, monkeypatch):
    monkeypatch.setenv("FAMILY_KEY", "k1")
    voice_backend = backends.load("voice", "openai", url=engine.url, key_env="FAMILY_KEY")
    voice_backend.speak(_clause("Mum!"), voice_backend.choose(JUNI, NOTHING))
    path, headers, body = engine.asked[0]
    assert path == "/v1/audio/speech" and headers["Authorization"] == "Bearer k1" and b"Mum!" in body


def test_pocket_speaks_with_the_recording_it_was_started_with_unless_a_voice_is_named(engine):
    for named, sent in (("", b"text=Mum%21"), ("alba", b"text=Mum%21&voice_url=alba")):
        voice_backend = backends.load("voice", "pocket", url=engine.plain_url, voice=named)
        voice_backend.speak(_clause("Mum!"), voice_backend.choose(JUNI, NOTHING))
        path, headers, body = engine.asked[-1]
        assert (path, headers["Content-Type"], body) == ("/tts", "application/x-www-form-urlencoded", sent)


def test_P1_pocket_on_another_computer_is_refused_until_it_is_allowed():
    with pytest.raises(MeetAgainError) as stopped:
        backends.load("voice", "pocket", url="http://192.168.1.5:8000")
    assert stopped.value.issue.code == "remote-not-allowed"


def test_the_recording_of_a_test_is_not_kept(engine, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    backends.load("hearing", "openai", url=engine.url).transcribe(np.zeros(16000, np.float32), "en")
    assert not list(tmp_path.iterdir())
