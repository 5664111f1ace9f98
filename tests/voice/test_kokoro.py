"""The embedded voice as it sounds: needs the weights."""

import re
from pathlib import Path

import numpy as np
import pytest
import pyworld
from scipy.signal import resample_poly

from meetagain.archive.read import read_archive
from meetagain.hearing.words import recogniser
from meetagain.models.state import state, where
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass
from meetagain.store.folder import PersonFolder
from meetagain.voice.kokoro import FRAME, LONGEST, KokoroVoice, pieces_of
from meetagain.voice.pronounce import phonemes

DEMO = Path(__file__).parents[2] / "demo"
pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(not all(weights.present for weights in state() if weights.needed), reason="the weights are not here"),
]


@pytest.fixture(scope="module")
def kokoro() -> KokoroVoice:
    return KokoroVoice()


@pytest.fixture(params=["juni", "matti"], scope="module")
def someone(request, kokoro):
    folder = DEMO / request.param
    return request.param, kokoro.choose(PersonFolder(folder).read_person(), read_archive(folder))


def _speak(kokoro: KokoroVoice, voice: Voice, text: str, expression: str = "neutral") -> np.ndarray:
    speech = kokoro.speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED, expression=expression), voice)
    return np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768


def _pitch(sound: np.ndarray) -> float:
    f0, _ = pyworld.harvest(sound.astype(np.float64), 24000, f0_floor=55, f0_ceil=600)
    return float(np.median(f0[f0 > 0]))


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z ]", "", text.lower()).split()


def test_a_child_sounds_like_a_child_and_an_old_man_like_one(kokoro, someone):
    name, voice = someone
    pitch = _pitch(_speak(kokoro, voice, "We walked all the way around the lake, and then it began to rain."))
    low, high = {"juni": (225, 330), "matti": (75, 125)}[name]
    assert low < pitch < high


def test_what_is_said_is_understood(kokoro, someone):
    _, voice = someone
    for text in ("Where have you been all morning?", "The boat is under the big tree by the lake."):
        heard = recogniser().hear(resample_poly(_speak(kokoro, voice, text), 2, 3).astype(np.float32), "en").text
        said, found = _words(text), _words(heard)
        assert len([word for word in said if word in found]) >= len(said) - 1, heard


def test_a_whisper_is_softer_and_a_tired_voice_slower(kokoro, someone):
    _, voice = someone
    plain, whisper, tired = (_speak(kokoro, voice, "I will show you the lake.", how) for how in ("neutral", "whisper", "tired"))
    assert np.sqrt((whisper**2).mean()) < 0.6 * np.sqrt((plain**2).mean())
    assert len(tired) > 1.08 * len(plain)


def test_hums_and_songs_are_heard(kokoro, someone):
    _, voice = someone
    assert len(_speak(kokoro, voice, "(hums eight notes)")) > 2 * 24000
    assert len(_speak(kokoro, voice, "(sings) Duck on the lake, quack quack...")) > 24000


def test_sound_lengths_add_up_to_the_sample(kokoro, someone):
    _, voice = someone
    kokoro.warm(voice)
    sound, lengths = kokoro._run("mˈʌm! ju fˈWnd mˌi!", voice, 1.0)
    assert sum(lengths) == len(sound) and all(length % FRAME == 0 for length in lengths)


@pytest.mark.parametrize("british", [False, True])
def test_every_phoneme_of_the_demo_is_in_the_voices_alphabet(british):
    import json

    known = set(json.loads(where("kokoro", "vocab.json").read_text("utf-8"))["vocab"])
    for name in ("juni", "matti"):
        folder = DEMO / name
        names = PersonFolder(folder).read_person().character.pronounce
        for fact in read_archive(folder).memory.facts:
            said = phonemes(f"{fact.said} {fact.fact}", names, british)
            assert said and set(said) <= known, (fact.id, set(said) - known)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the apple, the pear", "ði ˈæpᵊl, ðə pˈɛɹ"),
        ("Juni's boat", "ʤˈuniz bˈOt"),
        ("I read it and he read it", "ˌI ɹˈid ɪt ænd hi ɹˈɛd ɪt"),
        ("Close your eyes.", "klˈOz jʊɹ ˈIz."),
        ("We used to live by the lake.", "wi jˈust tə lˈɪv bI ðə lˈAk."),
    ],
)
def test_english(text, said):
    assert phonemes(text, {"Juni": "JOO-nee"}) == said


def test_a_very_long_line_is_said_in_pieces():
    pieces = pieces_of("hˈælO ðɛɹ, " * 120)
    assert all(len(piece) <= LONGEST for piece in pieces) and len(pieces) > 1
    assert sum(len(piece.replace(" ", "")) for piece in pieces) == len(("hˈælO ðɛɹ, " * 120).replace(" ", ""))
