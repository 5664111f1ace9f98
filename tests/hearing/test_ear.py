"""Beginnings, pauses and ends, with a voice that is a number."""

import numpy as np
import pytest

from meetagain.hearing.backend import Murmured, VoiceBegan, VoicePaused
from meetagain.hearing.ear import StreamEar
from meetagain.hearing.words import Words
from meetagain.schema.speech import Utterance

RATE = 16000


class Loudness:
    """A sample above a half is a voice, as clear as it is told."""

    def __init__(self, clear: float = 1.0) -> None:
        self._clear = clear

    def of(self, frame: np.ndarray) -> float:
        return self._clear if np.abs(frame).mean() > 0.5 else 0.0


def _run(parts, text="Where were you?", confidence=0.9, chunk=1600, patience=0.7, finished=None, clear=1.0):
    """`parts` are seconds of voice and silence by turns, beginning with silence."""
    sound = np.concatenate([np.full(int(seconds * RATE), float(n % 2), np.float32) for n, seconds in enumerate(parts)])
    asked = []

    def understand(pcm):
        asked.append(len(pcm) / RATE)
        return Words(text(len(asked)) if callable(text) else text, confidence)

    ear = StreamEar(understand, Loudness(clear), patience, finished=None if finished is None else lambda pcm: finished)
    events = [event for at in range(0, len(sound), chunk) for event in ear.feed(sound[at : at + chunk], min(at + chunk, len(sound)) / RATE)]
    return events, asked


def _kinds(events):
    return [type(event).__name__ for event in events]


def test_one_sentence():
    events, _ = _run([0.5, 1.5, 2.0])
    assert _kinds(events) == ["VoiceBegan", "VoicePaused", "Utterance"]
    began, _, said = events
    assert isinstance(began, VoiceBegan) and 0.6 < began.at_s < 0.8
    assert said.started_s == pytest.approx(0.5, abs=0.05) and said.ended_s == pytest.approx(2.0, abs=0.05)


def test_a_pause_inside_does_not_end_it():
    events, _ = _run([0.5, 1.0, 0.35, 1.0, 2.0])
    assert _kinds(events).count("Utterance") == 1 and _kinds(events).count("VoicePaused") == 2


def test_a_cough_neither_interrupts_nor_is_answered():
    events, _ = _run([0.5, 0.09, 2.0])
    assert events == []
    events, _ = _run([0.5, 0.15, 2.0], text="", confidence=0.0, clear=0.7)
    assert events == []


def test_a_clear_voice_is_noticed_sooner_than_a_doubtful_one():
    (clear, *_), _ = _run([0.5, 1.0, 2.0], chunk=320)
    (doubtful, *_), _ = _run([0.5, 1.0, 2.0], chunk=320, clear=0.7)
    assert clear.at_s - 0.5 < 0.15 < doubtful.at_s - 0.5 < 0.25


def test_S5_a_murmur_is_no_turn():
    events, _ = _run([0.5, 0.5, 2.0], text="Mm-hmm.")
    assert _kinds(events) == ["VoiceBegan", "VoicePaused", "Murmured"]
    assert isinstance(events[-1], Murmured) and events[-1].text == "Mm-hmm."


def test_S5_after_a_voice_without_words_nothing_is_cut_short():
    """A sob, then words with a long pause in them: they are one utterance, though the patience is short."""
    texts = ["", "I didn't know.", "I didn't know. I didn't know what to say."]
    parts = [0.5, 1.0, 3.0, 1.0, 1.2, 1.0, 4.0]
    said = [event.text for event in _run(parts, text=lambda n: texts[n - 1])[0] if isinstance(event, Utterance)]
    assert said == [texts[2]]
    texts[0] = "Juni."
    said = [event.text for event in _run(parts, text=lambda n: texts[n - 1])[0] if isinstance(event, Utterance)]
    assert said == texts


@pytest.mark.parametrize(
    ("finished", "text", "soonest_s", "latest_s"),
    [(0.9, "Where were you?", 0.22, 0.34), (0.9, "I was there.", 0.36, 0.48), (0.05, "I was there.", 0.8, 1.0)],
)
def test_how_finished_it_sounds_decides_how_long_is_waited(finished, text, soonest_s, latest_s):
    for parts, ends in (([0.5, 1.0, soonest_s], False), ([0.5, 1.0, latest_s + 0.1], True)):
        events, _ = _run(parts, text=text, finished=finished, chunk=320)
        assert any(isinstance(event, Utterance) for event in events) is ends


def test_a_short_no_is_understood():
    events, _ = _run([0.5, 0.16, 2.0], text="No.", confidence=0.9, clear=0.7)
    assert _kinds(events) == ["VoiceBegan", "Utterance"]


def test_noise_that_means_nothing_is_not_an_utterance():
    events, _ = _run([0.5, 1.0, 2.0], text="[noise]", confidence=0.1)
    assert not any(isinstance(event, Utterance) for event in events)


def test_who_stops_at_and_is_waited_for():
    events, _ = _run([0.5, 1.0, 1.2, 1.0, 3.0], text=lambda n: "We went to the" if n == 1 else "We went to the lake.")
    said = [event for event in events if isinstance(event, Utterance)]
    assert [one.text for one in said] == ["We went to the lake."]


def test_S5_patience_is_kept():
    events, _ = _run([0.5, 1.0, 2.0, 1.0, 4.0], patience=2.5)
    assert _kinds(events).count("Utterance") == 1


def test_the_same_sound_gives_the_same_events_however_it_comes():
    assert _run([0.5, 1.0, 0.4, 0.7, 2.0], chunk=1600)[0] == _run([0.5, 1.0, 0.4, 0.7, 2.0], chunk=320)[0]


def test_understanding_begins_in_the_first_silence_and_is_used():
    _, asked = _run([0.5, 1.5, 2.0])
    assert len(asked) == 1


def test_a_voice_that_never_stops_is_answered_at_last():
    events, _ = _run([0.1, 30.0])
    assert any(isinstance(event, Utterance) for event in events)


def test_pauses_are_told():
    events, _ = _run([0.5, 1.0, 0.4])
    assert isinstance(events[-1], VoicePaused)


def test_what_was_not_understood_is_no_word_to_answer():
    events, _ = _run([0.5, 1.5, 2.0], text="Stop.", confidence=0.1)
    assert [event.text for event in events if isinstance(event, Murmured)] == [""]


def test_one_failure_loses_one_sentence_and_no_other():
    def text(number):
        if number == 1:
            raise RuntimeError("for a test")
        return "Where were you?"

    events, asked = _run([0.5, 1.0, 2.0, 1.0, 2.0], text=text)
    assert _kinds(events) == ["VoiceBegan", "VoicePaused", "Unheard", "VoiceBegan", "VoicePaused", "Utterance"]
    assert len(asked) == 2


def test_S1_a_wish_to_stop_waits_for_no_patience():
    ear = StreamEar(lambda pcm: Words("Stop.", 0.9), Loudness(), 2.5)
    asked = []
    ear.set_urgent(lambda text: asked.append(text) or text == "Stop.")
    sound = np.concatenate([np.full(RATE, 1.0, np.float32), np.zeros(RATE, np.float32)])
    events = [event for at in range(0, len(sound), 320) for event in ear.feed(sound[at : at + 320], (at + 320) / RATE)]
    assert isinstance(events[-1], Utterance)
    assert asked == ["Stop."]  # once a pause: it costs a look at what the words mean


def _understood(text: str, parts, confidence: float = 0.9) -> list[str]:
    """What was told before the end was sure, of a voice and silences by turns."""
    told: list[str] = []
    ear = StreamEar(lambda pcm: Words(text, confidence), Loudness(), 0.7)
    ear.set_understood(told.append)
    sound = np.concatenate([np.full(int(seconds * RATE), float(n % 2), np.float32) for n, seconds in enumerate(parts)])
    for at in range(0, len(sound), 320):
        ear.feed(sound[at : at + 320], (at + 320) / RATE)
        ear._worker.submit(lambda: None).result()
    return told


def test_words_are_told_in_the_first_silence_before_the_end_is_sure():
    assert _understood("Where were you?", [0.5, 1.0, 0.2]) == ["Where were you?"]


def test_each_pause_tells_what_was_said_until_then():
    assert _understood("Where were you?", [0.5, 1.0, 0.2, 1.0, 2.0]) == ["Where were you?", "", "Where were you?"]


@pytest.mark.parametrize(("text", "confidence"), [("I went and", 0.9), ("Mm.", 0.9), ("", 0.9), ("Where were you?", 0.1)])
def test_words_that_go_on_and_sounds_that_are_none_are_not_told(text, confidence):
    assert _understood(text, [0.5, 1.0, 2.0], confidence) == []
