from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.names import (
    flat,
    forms,
    is_family,
    is_greeted_visitor,
    is_kin_word,
    is_person,
    is_visitor,
    listed,
    mention,
    same_name,
    speaks_of,
)
from meetagain.schema.person import Person
from meetagain.store.yaml import read_yaml

PEOPLE = msgspec.convert(read_yaml((Path(__file__).parent / "people.yaml").read_text("utf-8")), dict[str, Person])
JUNI, MATTI = PEOPLE["juni"], PEOPLE["matti"]


@pytest.mark.parametrize(
    "name",
    [
        "Juni",
        "JUNI",
        "Júni",
        "juni 🐌",
        "Juniper Orrel",
        "Juniper",
        "Juni Orrel",
        "Orrel, Juni",
        "J. (Junebug)",
        "Juniper “Juni” Orrel",
        "주니",
        "주니 💛",
        "\u200eJuni",
    ],
)
def test_the_person_under_her_names(name: str):
    assert is_person(name, JUNI)


@pytest.mark.parametrize("name", ["Elin", "Orrel", "Elin Orrel", "Junior", "Juni's teacher", "Sami", "", "🐌", "Mum", "+358 40 123"])
def test_others_are_not_the_person(name: str):
    assert not is_person(name, JUNI)


def test_the_family():
    assert is_visitor("Elin 🌻", JUNI)
    assert is_visitor("Elin Orrel", JUNI)
    assert not is_visitor("Irja", JUNI)
    assert is_family("Davin", JUNI)
    assert is_family("irja orrel", JUNI)
    assert not is_family("Juni", JUNI)
    assert not is_family("Tove", JUNI)
    assert is_greeted_visitor("Mum", JUNI)
    assert is_greeted_visitor("Elli", MATTI)
    assert same_name("Bunny (Juni)", "bunny")


def test_what_a_family_calls_each_other():
    assert is_kin_word("Papa", MATTI)
    assert is_kin_word("아빠", MATTI)
    assert not is_kin_word("Mum", MATTI)
    assert not is_kin_word("Papa", JUNI)


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("Juni steered the boat.", True),
        ("It was Juni’s boat.", True),
        ("We saw Junebug sing.", True),
        ("Juni, come in!", False),
        ("Come in, Juni!", False),
        ("Good night, Juni.", False),
        ("Hey Juni!", False),
        ("The juniper bush is green.", False),
        ("Jun is a month.", False),
        ("Sami, Juni and Pia went out.", True),
        ("주니가 배를 몰았어.", True),
        ("오늘 주니는 웃었다.", True),
        ("주니야, 어디 있니?", False),
        ("주니야 밥 먹자", False),
        ("우리 주니네 반", True),
        ("Juni where are you", False),
        ("Juni told you of the lake.", True),
        ("주니 뭐 하니?", False),
        ("주니는 뭐 하니?", True),
    ],
)
def test_speaking_of_her_and_calling_her(line: str, speaks: bool):
    assert speaks_of(line, mention(JUNI)) == speaks


@given(st.text(max_size=40))
def test_no_name_ever_raises(name: str):
    assert flat(flat(name)) == flat(name)
    forms(name)
    is_person(name, JUNI)
    speaks_of(name, mention(JUNI))


def test_many_names_are_shown_shortly():
    assert listed(["a", "b"]) == "a, b"
    assert listed("abcdefghij") == "a, b, c, d, e, f, g, h and others"
