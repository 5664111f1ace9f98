"""A line in parts, for a voice that has to hurry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.voice.phrases import FEWEST, MOST, as_said, phrases


@given(st.text(max_size=200))
def test_nothing_is_lost_or_changed(text):
    assert " ".join(phrases(text)).split() == text.split()
    assert len(phrases(text)) <= 2


@pytest.mark.parametrize("text", ["Mm.", "I missed you.", "(sings) Ducks in a row, ducks in a row, and one has gone below.", ""])
def test_what_is_short_or_sung_stays_whole(text):
    assert len(phrases(text)) == 1


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Our snow lady, she had Dad's hat and Gran's scarf.", "Our snow lady,"),
        ("We went to the lake and Dad rowed the whole way.", "We went to the lake"),
        ("In July 2019 I steered the rowing boat on Mirrow Lake while Dad rowed.", "In July 2019"),
    ],
)
def test_the_first_part_ends_where_one_breathes(text, first):
    assert phrases(text)[0] == first
    assert FEWEST <= len(first.split()) <= MOST


def test_what_goes_on_does_not_fall_at_its_end():
    assert as_said("We went to the lake") == "We went to the lake,"
    assert as_said("Our snow lady,") == "Our snow lady,"
