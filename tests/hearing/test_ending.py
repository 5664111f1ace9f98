"""How long a silence must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.hearing.ending import silence_needed


@pytest.mark.parametrize("text", ["I went to the", "I miss you and", "Um", "So we took...", "When you were small,"])
def test_who_looks_for_a_word_is_waited_for(text):
    assert silence_needed(text, 0.7) > 0.7


def test_a_finished_sentence_is_answered_sooner():
    assert silence_needed("Did you see the ducks?", 0.7) < 0.7


def test_S5_tears_are_never_cut_short():
    assert silence_needed("I am so sorry.", 2.5) >= 2.5


@given(st.text(max_size=40), st.floats(0.3, 5.0))
def test_any_text_gives_a_wait_that_ends(text, patience):
    assert 0.1 < silence_needed(text, patience) < patience + 1.0
