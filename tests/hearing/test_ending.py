"""How long a silence must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.hearing.ending import murmured, silence_needed, soonest, trails_off


@pytest.mark.parametrize("text", ["I went to the", "I miss you and", "Um", "So we took...", "When you were small,"])
def test_who_looks_for_a_word_is_waited_for(text):
    assert silence_needed(text, 0.7) > 0.7


def test_a_finished_sentence_is_answered_sooner():
    assert silence_needed("Did you see the ducks?", 0.7) < 0.7


@pytest.mark.parametrize("text", ["Where were you?", "I love you.", "What is it like?", "Is that what he is?"])
def test_a_small_word_may_end_a_whole_sentence(text):
    assert silence_needed(text, 0.7) < 0.7


def test_S5_tears_are_never_cut_short():
    assert silence_needed("I am so sorry.", 2.5) >= 2.5


@given(st.text(max_size=40), st.floats(0.3, 5.0))
def test_any_text_gives_a_wait_that_ends(text, patience):
    assert 0.1 < silence_needed(text, patience) < patience + 1.0


def test_a_question_that_sounds_finished_is_answered_soonest():
    question, told = silence_needed("Did you see the ducks?", 0.7, 0.9), silence_needed("We saw the ducks.", 0.7, 0.9)
    assert question < told < silence_needed("We saw the ducks.", 0.7)


def test_a_voice_that_hangs_is_waited_for_whatever_the_words():
    assert silence_needed("We saw the ducks.", 0.7, 0.1) > 0.7


@pytest.mark.parametrize("text", ["우리 호수에 갔는데", "그리고", "네가 보고 싶어서"])
def test_korean_that_goes_on_is_waited_for(text):
    assert trails_off(text, "ko") and silence_needed(text, 0.7, language="ko") > 0.7


@pytest.mark.parametrize(("text", "language"), [("Mm.", "en"), ("Mm, hm.", "en"), ("Haha!", "en"), ("흑흑", "ko"), ("음.", "ko")])
def test_a_murmur(text, language):
    assert murmured(text, language)


@pytest.mark.parametrize("text", ["No.", "Mm, that was good.", "Juni.", ""])
def test_words_are_no_murmur(text):
    assert not murmured(text)


@given(st.text(max_size=40), st.floats(0.3, 5.0), st.none() | st.floats(0, 1), st.sampled_from(["en", "ko", "fr", "xx"]))
def test_nothing_ends_before_the_soonest(text, patience, finished, language):
    assert silence_needed(text, patience, finished, language) >= soonest(patience) - 1e-9
