"""A voice of the right kind."""

import pytest

from meetagain.schema.person import Look, Manner, Person, Settings
from meetagain.voice.manner import EXPRESSIONS, expression, kind_for


def _person(age: float, sex: str = "female", **more) -> Person:
    return Person(
        id="x", full_name="X", called=("X",), age_shown=age, relation_to_visitor="daughter", calls_visitor="Mum", look=Look(sex=sex), **more
    )


def test_a_younger_child_speaks_higher_from_a_smaller_throat():
    four, nine, grown = (kind_for(_person(age)) for age in (4, 9, 30))
    assert four.pitch > nine.pitch > grown.pitch and four.formant > nine.formant > grown.formant


def test_an_old_man_is_lower_slower_and_a_little_rough():
    old, young = kind_for(_person(76, "male")), kind_for(_person(30, "male"))
    assert old.pitch < young.pitch and old.pace < young.pace and old.tremor > 0


@pytest.mark.parametrize(("pace", "quicker"), [("quick", True), ("slow", False)])
def test_manner_sets_the_pace(pace, quicker):
    assert (kind_for(_person(30, manner=Manner(pace=pace))).pace > 1) is quicker


def test_the_keepers_choice_stands():
    assert kind_for(_person(30, settings=Settings(voice_name="bf_emma"))).name == "bf_emma"


def test_expressions_are_those_of_a_clause():
    assert set(EXPRESSIONS) == {"neutral", "joy", "wonder", "mischief", "tender", "tired", "sad", "whisper"}
    assert expression("unheard of") == EXPRESSIONS["neutral"]
    assert EXPRESSIONS["tired"].pace < 1 < EXPRESSIONS["joy"].pace and EXPRESSIONS["whisper"].breath == 1.0
