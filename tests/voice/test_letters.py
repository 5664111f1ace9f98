"""Names as the family says them, and words nobody listed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.errors import MeetAgainError, issue
from meetagain.voice import letters


@pytest.mark.parametrize(
    ("written", "said"),
    [("JOO-nee", "ʤˈuni"), ("EER-yah", "ˈɪɹjɑ"), ("SAH-mee", "sˈɑmi"), ("PEE-ah", "pˈiɑ"), ("ELL-ee", "ˈɛli"), ("shiv-AWN", "ʃɪvˈɔn")],
)
def test_respelled(written, said):
    assert letters.respelled(written) == said


def test_respelling_without_capitals_is_stressed_first():
    assert letters.respelled("mah-tee") == "mˈɑti"


@given(st.text(max_size=30))
def test_any_respelling_is_taken(text):
    assert isinstance(letters.respelled(text), str)


def test_without_weights_letters_are_read_by_rule(monkeypatch):
    def missing(word):
        raise MeetAgainError(issue("weights-missing", word))

    monkeypatch.setattr(letters, "_network", missing)
    assert letters.guessed("Mirrow") == "mˈɜɹW"
    assert letters.guessed("Ňä") != ""
    assert letters.guessed("42") == ""
