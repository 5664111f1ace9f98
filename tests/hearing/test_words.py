"""What the network wrote is looked at before it is believed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.hearing.words import LONGEST_WINDOW_S, RATE_HZ, Words, pieces_of, without_repeats, worth_answering


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Where is he he he he he", "Where is he"),
        ("I miss you so much. I miss you so much.", "I miss you so much."),
        ("Bye bye", "Bye bye"),
        ("no no", "no no"),
        ("It was very very good", "It was very very good"),
        ("", ""),
    ],
)
def test_repeats(written, kept):
    assert without_repeats(written) == kept


@given(st.lists(st.sampled_from(["a", "b", "c."]), max_size=14))
def test_repeats_only_take_away_at_the_end(words):
    text = " ".join(words)
    assert text.startswith(without_repeats(text))


@pytest.mark.parametrize(
    ("words", "voiced_s", "answer"),
    [
        (Words("Where were you?", 0.8, 0.1), 1.0, True),
        (Words("", 0.9), 1.0, False),
        (Words("...", 0.9), 1.0, False),
        (Words("Thanks for watching!", 0.5, 0.3), 1.0, False),
        (Words("you", 0.4, 0.7), 0.5, False),
        (Words("No.", 0.8, 0.2), 0.2, True),
        (Words("Okay.", 0.9, 0.1), 0.4, True),
    ],
)
def test_worth_answering(words, voiced_s, answer):
    assert worth_answering(words, voiced_s) is answer


@given(st.floats(0.1, 100.0))
def test_long_sound_is_cut_and_nothing_is_lost(seconds):
    pcm = np.zeros(int(seconds * RATE_HZ), np.float32)
    pieces = pieces_of(pcm)
    assert sum(map(len, pieces)) == len(pcm) and all(len(piece) <= LONGEST_WINDOW_S * RATE_HZ for piece in pieces)
