"""A visitor speaks into the browser's microphone: the real hearing understands, and an answer from memory follows."""

import re
import wave
from pathlib import Path

import numpy as np
import pytest

from meetagain.models.state import state
from meetagain.schema import wire
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass
from meetagain.voice.kokoro import KokoroVoice

RATE_HZ = 48000
QUIET_S = 4.0

pytestmark = [
    pytest.mark.browser,
    pytest.mark.weights,
    pytest.mark.skipif(not all(weights.present for weights in state() if weights.needed), reason="the weights are not here"),
]


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody asks aloud whether she remembers the rabbit, and then a silence; the browser plays it over and over."""
    voice = Voice(backend="embedded", name="af_heart", rate_hz=24000, language="en")
    said = KokoroVoice().speak(Clause(turn=0, text="Do you remember the rabbit?", line_class=LineClass.AUTHORED), voice)
    sound = np.frombuffer(said.pcm, "<i2")
    twice = np.repeat(sound, RATE_HZ // said.rate_hz)
    file = tmp_path_factory.mktemp("spoken") / "question.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(np.concatenate([twice, np.zeros(int(QUIET_S * RATE_HZ), "<i2")]).astype("<i2").tobytes())
    return file


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def test_what_is_said_aloud_is_heard_and_answered_from_memory(question: Path, hearing_house, visit):
    devices = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    walk = visit(hearing_house, *devices, f"--use-file-for-fake-audio-capture={question}")
    walk.through_the_doorway("", "Enter", microphone=True)
    while walk.state["beat"] != "words":
        walk.house.press("next")
        walk.pass_s(0.5)
    walk.pass_s(8)  # her own first words

    for _ in range(400):  # the microphone keeps the wall's time; the meeting's follows
        walk.pass_s(0.2, 0.1)
        walk.page.wait_for_timeout(100)
        heard = [event for event in walk.house.journal() if isinstance(event, wire.Heard)]
        said = next((one for one in heard if {"remember", "rabbit"} <= set(words(one.text))), None)
        if said is not None:
            break
    assert said is not None, [one.text for one in heard]
    assert not said.typed
    walk.pass_s(2)
    answers = [event for event in walk.house.journal() if isinstance(event, wire.SpeechStarted) and event.turn >= said.turn]
    assert any(answer.line_class is LineClass.GROUNDED and answer.cites == ("j05",) for answer in answers)
    assert walk.faults == []
