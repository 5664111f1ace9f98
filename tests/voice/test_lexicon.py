"""Endings of known words."""

import pytest

from meetagain.voice.lexicon import Lexicon, restressed

WORDS = Lexicon(
    {
        "cat": "kˈæt", "dish": "dˈɪʃ", "hop": "hˈɑp", "skate": "skˈAt", "cry": "kɹˈI", "rain": "ɹˈAn", "coat": "kˈOt", "Sami": "sˈɑmi",
        "live": {"DEFAULT": "lˈIv", "VERB": "lˈɪv"}, "have": {"DEFAULT": "hæv", "None": "hˈæv"},
    },
    british=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("cats", "kˈæts"), ("dishes", "dˈɪʃᵻz"), ("cat's", "kˈæts"), ("Sami's", "sˈɑmiz"), ("cries", "kɹˈIz"), ("hopped", "hˈɑpt"),
        ("skated", "skˈATᵻd"), ("skating", "skˈATɪŋ"), ("hopping", "hˈɑpɪŋ"), ("cried", "kɹˈId"), ("raincoat", "ɹˈAnkˌOt"), ("CAT", "kˈæt"), ("dog", ""),
    ],
)  # fmt: skip
def test_found(word, said):
    assert WORDS.find(word) == said


def test_use_decides_between_two_ways():
    assert WORDS.find("live", "VERB") == "lˈɪv" and WORDS.find("live") == "lˈIv"
    assert WORDS.find("have", "None") == "hˈæv" and WORDS.find("have", "VBD") == "hæv"


def test_names_are_not_taken_apart():
    assert WORDS.find("raincoat", compounds=False) == ""


def test_stress_is_added_where_there_is_none():
    assert restressed("ænd", primary=True) == "ˈænd" and restressed("kˈæt", primary=False) == "kˈæt"
