"""How finished a voice sounds."""

import numpy as np
import pytest

from meetagain.hearing import turns
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass
from meetagain.voice.kokoro import KokoroVoice

RATE_HZ = 16000


@pytest.fixture(scope="module")
def question() -> np.ndarray:
    from scipy.signal import resample_poly

    speech = KokoroVoice().speak(
        Clause(0, "Do you remember when we went to the lake together?", LineClass.AUTHORED), Voice("embedded", "af_bella", 24000, "en")
    )
    return resample_poly(np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768, 2, 3).astype(np.float32)


def test_a_whole_question_sounds_more_finished_than_half_of_it(question):
    whole = np.concatenate([question, np.zeros(RATE_HZ // 8, np.float32)])
    assert turns.finished(whole) > 0.5
    assert turns.finished(whole) > turns.finished(question[: len(question) // 2])


def test_only_the_last_seconds_count(question):
    before = np.random.default_rng(0).normal(0, 0.1, 20 * RATE_HZ).astype(np.float32)
    tail = np.concatenate([before, question])
    assert turns.finished(tail) == pytest.approx(turns.finished(tail[-turns.SECONDS * RATE_HZ :]))


@pytest.mark.parametrize("sound", [np.zeros(0, np.float32), np.zeros(10, np.float32), np.full(RATE_HZ, 1.0, np.float32)])
def test_any_sound_gives_a_share(sound):
    assert 0.0 <= turns.finished(sound) <= 1.0
