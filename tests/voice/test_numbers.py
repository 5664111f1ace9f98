"""Numbers as English says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.voice.numbers import number_words, ordinal_words, said_numbers, year_words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in 1941", "in nineteen forty-one"),
        ("in 2006", "in two thousand and six"),
        ("at 7:30", "at seven thirty"),
        ("at 7:00", "at seven o'clock"),
        ("the 23rd", "the twenty-third"),
        ("1,200 steps", "one thousand two hundred steps"),
        ("£3.50", "three pounds fifty pence"),
        ("$1", "one dollar"),
        ("2.5 m", "two point five m"),
        ("the 1960s", "the nineteen sixties"),
        ("007", "zero zero seven"),
        ("50%", "fifty percent"),
    ],
)
def test_said(text, said):
    assert said_numbers(text) == said


@given(st.integers(0, 10**12 - 1))
def test_every_number_has_words_and_no_digits(number):
    assert number_words(number) and not any(letter.isdigit() for letter in number_words(number))


@given(st.integers(1, 10**6))
def test_ordinals_end_as_ordinals_do(number):
    assert ordinal_words(number).endswith(("th", "first", "second", "third"))


@given(st.integers(1100, 2099))
def test_years(year):
    assert year_words(year)


@given(st.text(max_size=60))
def test_any_text_is_taken(text):
    assert isinstance(said_numbers(text), str)
