"""The closest voice with the real ones: needs the weights. A few stock voices stand for all, and one of them for the person."""

from pathlib import Path

import numpy as np
import pytest

from meetagain.models.state import state
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Look, Person, Settings
from meetagain.schema.speech import Clause, LineClass
from meetagain.voice import kokoro as room
from meetagain.voice.kokoro import KokoroVoice, throat_of
from meetagain.voice.timbre import Throat, spoken_by

NEEDED = {"kokoro", "kokoro-voices", "misaki-lexicon", "speaker-encoder"}
pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(not all(one.present for one in state() if one.name in NEEDED), reason="the weights are not here"),
]
NOTHING = Archive(items=(), memory=Memory(facts=()))
TEXTS = (
    "The baker kept a jar of buttons by the window.",
    "If you hear the bell, come in and wash your hands.",
    "We sold the brown horse in the spring, and I cried for a day.",
    "How many stairs are there to the top of the tower?",
)


def someone(sex: str = "male", **settings) -> Person:
    return Person(
        id="x",
        full_name="Somebody Invented",
        called=("Sam",),
        age_shown=45,
        relation_to_visitor="friend",
        calls_visitor="you",
        look=Look(sex=sex),
        settings=Settings(**settings),
        fictional=True,
    )


@pytest.fixture(scope="module")
def engine():
    return KokoroVoice()


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(room, "stock_names", lambda language: ("af_heart", "am_michael", "bm_george", "bf_emma"))


@pytest.fixture(scope="module")
def george(engine):
    return [spoken(engine, Voice("embedded", "bm_george", 24000, "en"), text) for text in TEXTS]


def spoken(engine: KokoroVoice, voice: Voice, text: str, expression: str = "neutral") -> np.ndarray:
    speech = engine.speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED, expression=expression), voice)
    return np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768


def test_of_his_own_voice_and_others_his_own_is_found(engine, george):
    voice = engine.choose(someone(), NOTHING, george)
    assert voice.name == "bm_george" and voice.alike == "near" and voice.issues[-1].code == "voice-near"


def test_what_is_found_is_data_and_is_spoken_with(engine, george):
    moved = [spoken_by(clip, 24000, Throat(pitch=0.85, formant=0.93)) for clip in george]
    voice = engine.choose(someone(), NOTHING, moved)
    assert voice.alike in ("near", "kind") and throat_of(voice).changes
    plain = Voice("embedded", voice.name, 24000, "en")
    texts = ("I found it under the bed.", "(sings) Row, row.", "(hums three notes)")
    for text in texts:
        one, other = spoken(engine, plain, text), spoken(engine, voice, text)
        assert abs(len(one) - len(other)) < 0.3 * len(one) and not np.array_equal(one[:2000], other[:2000])


def test_a_telephone_is_followed_too(engine, george):
    from scipy.signal import resample_poly

    telephone = [resample_poly(resample_poly(clip, 1, 3), 3, 1).astype(np.float32) for clip in george]
    voice = engine.choose(someone(), NOTHING, telephone)
    assert voice.name == "bm_george" and voice.alike == "near"


@pytest.mark.parametrize("why", ["short", "another", "no-pitch", "not-speech"])
def test_bad_recordings_leave_the_voice_of_that_age_and_sex(engine, george, why):
    times = np.arange(5 * 24000) / 24000
    chord = sum(np.sin(2 * np.pi * hz * times) for hz in (220, 277.2, 329.6)) * 0.1 * (1 + 0.3 * np.sin(2 * np.pi * 4 * times))
    clips = {
        "short": [george[0][: 2 * 24000]],
        "another": george,
        "no-pitch": [spoken_by(clip, 24000, Throat(breath=1.0)) for clip in george],
        "not-speech": [chord.astype(np.float32)] * 3,
    }[why]
    person = someone("female")
    voice = engine.choose(person, NOTHING, clips)
    usual = engine.choose(person, NOTHING)
    expected = {f"voice-{why}"} | ({"voice-no-pitch", "voice-another"} if why == "not-speech" else set())
    assert voice.issues[-1].code in expected and voice.alike == ""
    assert (voice.name, voice.pitch_ratio, voice.formant_ratio) == (usual.name, usual.pitch_ratio, usual.formant_ratio)


def test_a_voice_that_the_keeper_named_is_left_as_it_is(engine, george):
    voice = engine.choose(someone(voice_name="af_heart"), NOTHING, george)
    assert voice.name == "af_heart" and voice.alike == "" and not throat_of(voice).changes


def test_without_what_tells_voices_apart_it_says_so(engine, george, monkeypatch):
    from meetagain.errors import MeetAgainError, issue

    def missing():
        raise MeetAgainError(issue("weights-missing", "choosing the nearest stock voice"))

    monkeypatch.setattr(room, "encoder", missing)
    voice = engine.choose(someone(), NOTHING, george)
    assert voice.name == "am_michael" and voice.issues[-1].code == "voice-unmeasured"


def test_the_recordings_of_this_test_are_nowhere(tmp_path: Path, engine, george, monkeypatch):
    monkeypatch.chdir(tmp_path)
    engine.choose(someone(), NOTHING, george[:2])
    assert not list(tmp_path.iterdir())
