"""Words as they count for what is told: numbers and dates however they are written, names whole, what stands in quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.mind.retelling.rules import rules
from meetagain.mind.retelling.words import parts, read

EN = rules("en")
NAMES = {("your", "mother"): "irja", ("dad",): "davin", ("mum",): "visitor"}


def forms(text: str) -> list[str]:
    return [word.form for word in read(text, EN, NAMES)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seven candles", "7 candles"),
        ("thirty-one years", "31 years"),
        ("my 7th birthday", "my seventh birthday"),
        ("on 24 May 1969", "on May 24, 1969"),
        ("on 24th May 1969", "on 24 May 1969"),
        ("I didn't", "I did not"),
        ("I can't", "I cannot"),
        ("it's cold", "it is cold"),
        ("star-shaped", "star shaped"),
    ],
)
def test_two_ways_to_write_the_same(one: str, other: str):
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("seven", "7th"), ("May 1969", "May 1970"), ("a little", "little"), ("Dad", "dad"), ("the Dad", "Dad"), ("31", "thirteen")],
)
def test_two_things_that_are_not_the_same(one: str, other: str):
    assert forms(one) != forms(other)


def test_names_are_one_word_and_stay_as_they_were_said():
    assert forms("I met your mother and Dad's boat") == ["i", "met", "@your mother", "and", "@dad's", "boat"]
    assert [word.who for word in read("Mum, come", EN, NAMES)] == ["visitor", ""]


def test_sentences_end_where_they_do():
    whole = ["At 5 a.m. every day I ran. Mr. Kask slept!", "It weighed 3.4 kilos; I slept", "I sang. And danced."]
    assert [len(parts(read(text, EN, {}), EN)) for text in whole] == [2, 2, 1]


def test_what_is_quoted_is_known():
    assert [word.form for word in read("I said 'mind how you go' and the dogs' bowl fell", EN, {}) if word.quoted] == [
        "mind",
        "how",
        "you",
        "go",
    ]
    assert not any(word.quoted for word in read("He said 'come here and went", EN, {}))


def test_only_languages_that_were_written_down_are_retold():
    assert rules("en-GB") is EN or rules("en-GB").language == "en"
    assert rules("ko") is None and rules("../en") is None and rules("") is None


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str):
    assert all(word.form for part in parts(read(text, EN, NAMES), EN) for word in part)
