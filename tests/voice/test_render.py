"""Lines are made once, recordings come first."""

from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.artefacts import Voice
from meetagain.schema.recordings import Recorded
from meetagain.schema.speech import Clause, LineClass, Speech, VisemeAt
from meetagain.voice import estimate
from meetagain.voice.cache import stored
from meetagain.voice.keys import directed, is_silent, line_key, spoken
from meetagain.voice.render import render_lines

VOICE = Voice(backend="fake", name="x", rate_hz=24000, language="en")


class Fake:
    """A voice that says how often it spoke."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        if "unspeakable" in clause.text:
            raise MeetAgainError(issue("line-unvoiced", clause.text))
        self.said.append(clause.text)
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(4800), visemes=(VisemeAt(0, "sil", 0.0),))


def _clause(text: str, expression: str = "neutral") -> Clause:
    return Clause(turn=0, text=text, line_class=LineClass.AUTHORED, expression=expression)


def _render(lines, folder: Path, backend, real=None, voice=VOICE):
    return render_lines(lines, voice, backend, folder / "build" / "voice", real or {}, lambda share: None, lambda path, rate: _recording())


def _recording() -> np.ndarray:
    return (0.1 * np.sin(np.arange(24000) / 9)).astype(np.float32)


def test_lines_are_made_once_and_found_again(tmp_path):
    fake, lines = Fake(), [_clause("Mum!"), _clause("Mum!", "joy")]
    made = _render(lines, tmp_path, fake)
    assert len(made.clips) == 2 and made.clips[0].samples == 2400
    _render(lines, tmp_path, fake)
    assert fake.said == ["Mum!", "Mum!"]
    found = stored(_clause("Mum!", "joy"), made, tmp_path)
    assert found is not None and found.clause.expression == "joy"


def test_F4_a_changed_voice_is_made_again_an_unchanged_one_is_not(tmp_path):
    fake, lines = Fake(), [_clause("Mum!")]
    _render(lines, tmp_path, fake)
    _render(lines, tmp_path, fake, voice=Voice(backend="fake", name="y", rate_hz=24000, language="en"))
    assert len(fake.said) == 2


def test_a_real_recording_comes_before_synthesis(tmp_path, monkeypatch):
    monkeypatch.setattr(estimate, "phonemes", lambda text, names: "mˈʌm")
    fake, clause = Fake(), _clause("Mum!")
    made = _render([clause], tmp_path, fake, {line_key("Mum!", "neutral"): Recorded(Path("r.wav"), "item1")})
    assert not fake.said and made.clips[0].real and made.clips[0].item == "item1"
    found = stored(clause, made, tmp_path)
    assert found is not None and found.real and found.samples > 20000


def test_a_line_that_fails_is_named_and_the_others_are_made(tmp_path):
    made = _render([_clause("unspeakable"), _clause("Mum!")], tmp_path, Fake())
    assert [one.code for one in made.issues] == ["line-unvoiced"] and len(made.clips) == 1


def test_what_is_only_done_is_left_out_without_a_word(tmp_path):
    made = _render([_clause("(hand on shoulder, silent)")], tmp_path, Fake())
    assert made.clips == () and made.issues == ()


@pytest.mark.parametrize(
    ("text", "words", "direction", "silent"),
    [
        ("(sings) Duck on the lake", "Duck on the lake", "sings", False),
        ("(hums eight notes)", "", "hums eight notes", False),
        ("(hand on shoulder)", "", "hand on shoulder", True),
        ("Mum!", "Mum!", "", False),
    ],
)
def test_stage_directions_are_not_said(text, words, direction, silent):
    assert (spoken(text), directed(text), is_silent(text)) == (words, direction, silent)


class SideBySide(Fake):
    """A voice that makes two lines at once: neither is ready before both were begun."""

    def __init__(self) -> None:
        super().__init__()
        self.both = Barrier(2, timeout=20)

    @contextmanager
    def many(self):
        yield 2

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        self.both.wait()
        return super().speak(clause, voice)


def test_lines_made_side_by_side_stand_in_their_order(tmp_path):
    lines = [_clause(text) for text in ("One.", "Two.", "unspeakable", "Three.")]
    made = _render(lines, tmp_path, SideBySide())
    assert [clip.text for clip in made.clips] == ["One.", "Two.", "Three."]
    assert [one.code for one in made.issues] == ["line-unvoiced"]
