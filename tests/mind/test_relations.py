"""Who does what to whom, and whose a thing is: turned round, it is another memory."""

from pathlib import Path

import msgspec
import pytest

from meetagain.mind.language import language
from meetagain.mind.meaning import meaning
from meetagain.mind.recall import Recall
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.person import Person
from meetagain.store.yaml import read_yaml


def _person(name: str) -> Person:
    return msgspec.convert(read_yaml((Path(__file__).parent / "data" / f"{name}.yaml").read_text("utf-8"))["person"], Person)


def _facts(*told: tuple[str, str, str]) -> Memory:
    facts = (Fact(f"f{at}", "event", "always", "", "interview", (tag,), fact, said) for at, (tag, fact, said) in enumerate(told))
    return Memory(facts=tuple(facts))


BRAM = _facts(
    ("skating", "His elder brother Ludo taught him to skate on the mill pond.", ""),
    ("scarf", "The snowman had Ludo's hat and Wanda's scarf.", ""),
    ("knots", "He teased Ludo over knots for years, then gave him his own knife.", ""),
    ("birthday", "On his 60th birthday he danced a waltz on the roof.", ""),
    ("harmonica", "The harmonica tune was invented by Wanda in the garden.", ""),
)
SOL = _facts(
    ("자전거", "루도가 은행나무 길에서 자전거를 가르쳐 주었다.", ""),
    ("눈사람", "하나의 목도리를 두른 눈사람을 만들었다.", ""),
)
EN = Recall(BRAM, language("en"), meaning(), _person("bram"))
KO = Recall(SOL, language("ko"), meaning(), _person("sol"))


@pytest.mark.parametrize(
    ("recall", "asked", "memory"),
    [
        (EN, "Who taught you to skate?", "f0"),
        (EN, "Did Ludo teach you to skate?", "f0"),
        (EN, "Where did you learn to skate?", "f0"),
        (EN, "Do you remember the snowman with Ludo's hat?", "f1"),
        (EN, "Remember when you teased Ludo over his knots?", "f2"),
        (EN, "Did you dance on the roof on your birthday?", "f3"),
        (EN, "Was the harmonica tune invented by Mum?", "f4"),
        (KO, "아빠가 자전거 가르쳐 준 거 기억나?", "f0"),
        (KO, "하나 목도리 두른 눈사람 기억나?", "f1"),
    ],
)
def test_who_did_it_is_found(recall: Recall, asked: str, memory: str):
    found = recall.look_up(asked)
    assert found.fact is not None and found.fact.id == memory


@pytest.mark.parametrize(
    ("recall", "asked"),
    [
        (EN, "Remember teaching Ludo to skate?"),
        (EN, "Remember when you taught me to skate?"),
        (EN, "Did Ludo learn to skate from you?"),
        (EN, "Do you remember the snowman with my scarf?"),
        (EN, "Do you remember the snowman with Wanda's hat?"),
        (EN, "Remember when Ludo teased you over your knots?"),
        (EN, "Remember Ludo's birthday, when you danced on the roof?"),
        (EN, "Was the harmonica tune invented by Ludo?"),
        (KO, "네가 아빠한테 자전거 가르쳐 준 거 기억나?"),
        (KO, "나 자전거 가르쳐 주던 거 기억나?"),
        (KO, "엄마 목도리 두른 눈사람 기억나?"),
    ],
)
def test_H3_turned_round_it_is_not_claimed(recall: Recall, asked: str):
    assert recall.look_up(asked).why in ("false_premise", "unknown")


@pytest.mark.parametrize(
    ("recall", "asked", "memory"),
    [
        (EN, "Remember teaching Ludo to skate?", "f0"),
        (EN, "Do you remember the snowman with my scarf?", "f1"),
        (EN, "Do you remember the duckling with my scarf?", ""),  # nothing of it stands there
        (EN, "Remember when you taught me to sail?", ""),
        (KO, "네가 아빠한테 자전거 가르쳐 준 거 기억나?", "f0"),
    ],
)
def test_H3_a_half_truth_finds_the_memory_that_says_otherwise(recall: Recall, asked: str, memory: str):
    found = recall.look_up(asked)
    assert found.fact is None and (found.otherwise.id if found.otherwise else "") == memory


def test_a_korean_name_that_nobody_knows_is_somebody_else():
    assert KO.look_up("미나한테 눈사람 만들어 준 거 기억나?").fact is None


def test_whose_a_card_is_says_nothing():
    card = _facts(("card", "His card at Nanette's wedding.", "Pick one who makes you laugh."))
    assert Recall(card, language("en"), meaning(), _person("bram")).look_up("What did you write on my wedding card?").fact is not None


def test_H3_he_is_the_one_who_was_just_spoken_of():
    told = _facts(
        ("skating", "His elder brother Ludo taught him to skate on the mill pond.", ""),
        ("bread", "He baked bread for a living.", ""),
        ("whistle", "Ludo carved a whistle from willow.", ""),
        ("flute", "Wanda carved a flute from elder.", ""),
    )
    recall = Recall(told, language("en"), meaning(), _person("bram"))
    assert recall.look_up("What did you do for a living?").fact.id == "f1"
    assert recall.look_up("What did he do for a living?", told.facts[0]).fact is None
    assert recall.look_up("And what did he carve?", told.facts[0]).fact.id == "f2"
    assert recall._people.may_be("ludo", "he") and not recall._people.may_be("ludo", "she")
