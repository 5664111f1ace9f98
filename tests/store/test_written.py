"""What was left at its default is not written, so that a later version's new field is no change."""

import msgspec
import pytest

from meetagain.store.written import as_written


class Before(msgspec.Struct, frozen=True):
    name: str
    eyes: str = "brown"
    marks: tuple[str, ...] = ()


class After(msgspec.Struct, frozen=True):
    name: str
    eyes: str = "brown"
    marks: tuple[str, ...] = ()
    shoes: dict[str, str] = {}
    hat: str = "none"


@pytest.mark.parametrize("empty", [False, True])
def test_a_new_field_that_nobody_wrote_changes_nothing(empty: bool):
    assert as_written(Before("Bo", marks=("one",)), empty=empty) == as_written(After("Bo", marks=("one",)), empty=empty)
    assert as_written({"x": (Before("Bo"),)}, empty=empty) == {"x": [{"name": "Bo"}]}


def test_what_was_written_is_told_apart():
    assert as_written(After("Bo", hat="straw")) != as_written(After("Bo"))
    assert as_written(Before("Bo", eyes="")) == as_written(Before("Bo"))
    assert as_written(Before("Bo", eyes=""), empty=True) != as_written(Before("Bo"), empty=True)
