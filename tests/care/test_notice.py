"""The quiet line that asks a companion to look: in their language, with what was said, and short."""

import pytest

from meetagain.care.notice import QUOTED, look_how_they_are


@pytest.mark.parametrize(("language", "word"), [("en", "Look how they are."), ("ko", "살고 싶지 않다"), ("fi", "Look how they are.")])
def test_A4_it_says_what_was_said(language: str, word: str):
    line = look_how_they_are("I can't\nsee the {point}.", language)
    assert word in line
    assert "“I can't see the {point}.”" in line


def test_of_a_long_speech_its_end_is_shown():
    line = look_how_they_are("well " * 200 + "and I am so tired of it", "en")
    assert "and I am so tired of it”" in line and "“…" in line
    assert len(line) < QUOTED + 120
