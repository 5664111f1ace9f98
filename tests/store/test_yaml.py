import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.store.yaml import YamlProblem, line_at, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("2013-05-09", "2013-05-09"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("7", 7),
        ("-3", -3),
        ("1.5", 1.5),
        ("9" * 30, "9" * 30),
        ("", None),
        ("a: [1, b]", {"a": [1, "b"]}),
    ],
)
def test_words_stay_words(text: str, value: object):
    assert read_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: 2\na: 3\n", "line 3"), ("a:\n\t- b\n", "line 2"), ("a: 1\n[b]: 2\n", "line 2"), ("a: 1\nb: \x01\n", "line 2")],
)
def test_a_problem_names_its_line(text: str, line: str):
    with pytest.raises(YamlProblem, match=line):
        read_yaml(text)


def test_nothing_is_ever_made_from_a_tag():
    with pytest.raises(YamlProblem):
        read_yaml("!!python/object/apply:os.getcwd []")


def test_brackets_without_end():
    with pytest.raises(YamlProblem):
        read_yaml("[" * 5000)


@given(st.text(max_size=60) | st.text(alphabet="ab:-[]{}\"'&*!|>%@#\n\t ?,0", max_size=60))
def test_any_text_gives_a_value_or_a_problem(text: str):
    try:
        read_yaml(text)
    except YamlProblem as problem:
        assert str(problem)


def test_where_a_value_stands():
    text = "a: 1\nb:\n  c: [x,\n      y]\n  d: 2\n"
    assert line_at(text, ("b", "d")) == 5
    assert line_at(text, ("b", "c", 1)) == 4
    assert line_at(text, ("b", "none")) == 2
    assert line_at(text, ("none",)) is None
    assert line_at("[", ("a",)) is None
