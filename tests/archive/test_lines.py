import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.lines import line_of
from meetagain.schema.person import Character, Person

PERSON = Person(
    id="a",
    full_name="A",
    called=("A",),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    character=Character(
        lines={"goodbye": ("Night.",), "touch_ask": ("Hand?", "Hug?"), "appear": ("Hello.",)}, reply_unsaid={"sorry": "All right."}
    ),
)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("goodbye", "goodbye/1"),
        ("goodnight", "goodbye/1"),
        ("Goodbye-2", "goodbye/2"),
        ("touch_ask-2", "touch_ask/2"),
        ("touch ask", "touch_ask/1"),
        ("song", "song/1"),
        ("Laugh_3", "laugh/3"),
        ("sorry", "sorry/1"),
        ("j28", "j28"),
        ("J28", "j28"),
        ("lake-1", "lake-1"),
        ("VID_20190714", ""),
        ("IMG-2", ""),
        ("", ""),
    ],
)
def test_a_recording_named_for_a_line(name: str, line: str):
    assert line_of(name, PERSON, ("j28", "lake-1")) == line


@given(st.text(max_size=30))
def test_any_name_gives_a_known_line_or_none(name: str):
    line = line_of(name, PERSON, ("j28",))
    assert line in ("", "j28") or line.split("/")[0] in {"song", "laugh", "goodbye", "touch_ask", "appear", "sorry"}
