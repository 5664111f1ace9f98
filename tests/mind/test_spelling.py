"""What is heard wrongly is known again, and what is another word is not."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.mind.spelling import distance, grams, letters, likeness, sound

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=12)


@pytest.mark.parametrize(
    ("heard", "known"),
    [
        ("mirror", "mirrow"),
        ("peace", "peas"),
        ("sammy", "sami"),
        ("reign", "rain"),
        ("licorice", "liquorice"),
        ("시개", "시계"),
        ("낙시", "낚시"),
        ("토배", "토베"),
    ],
)
def test_what_sounds_the_same_is_known_again(heard: str, known: str):
    assert likeness(heard, known) >= 0.8 and sound(heard) == sound(known)


@pytest.mark.parametrize(
    ("heard", "known"),
    [
        ("cat", "cap"),
        ("basket", "biscuit"),
        ("lake", "cake"),
        ("boat", "coat"),
        ("1969", "1996"),
        ("autumn", "otto"),
        ("자동차", "자전거"),
        ("강낭콩", "완두콩"),
        ("boat", "보트"),
    ],
)
def test_another_word_is_another_word(heard: str, known: str):
    assert likeness(heard, known) < 0.7


@given(WORDS, WORDS)
def test_likeness_and_distance_do_not_depend_on_the_order(one: str, other: str):
    assert distance(one, other, 3) == distance(other, one, 3)
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0
    assert (likeness(one, other) == 1.0) == (one == other)


@given(WORDS)
def test_one_letter_more_is_one_step(word: str):
    assert distance(word, word + "q", 3) == 1
    assert distance(word, word, 3) == 0


@given(st.text(max_size=20))
def test_any_text_has_pieces_letters_and_a_sound(text: str):
    assert grams(text)
    assert isinstance(sound(text), str)
    assert len(letters(text)) >= len(normalize("NFC", text))


def test_a_swap_is_one_step_and_far_words_are_given_up():
    assert distance("lamp", "lmap", 3) == 1
    assert distance("short", "a very long word", 3) == 4
    assert letters("강") == "ㄱㅏㅇ"
