"""What a question turns on, and what one memory proves of it."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.mind.language import language
from meetagain.mind.lexicon import KIND, MEMBER, NOTHING, OTHER, SAME, Lexicon, lexicon_text
from meetagain.mind.meaning import meaning
from meetagain.mind.recall import Recall
from meetagain.schema.archive import Memory
from meetagain.schema.person import Person
from meetagain.store.yaml import read_yaml


def _family(name: str) -> tuple[Person, Memory]:
    told = read_yaml((Path(__file__).parent / "data" / f"{name}.yaml").read_text("utf-8"))
    return msgspec.convert(told["person"], Person), msgspec.convert({"facts": told["facts"], "not_true": told["not_true"]}, Memory)


(BRAM, BRAM_MEMORY), (SOL, SOL_MEMORY) = _family("bram"), _family("sol")
EN = Recall(BRAM_MEMORY, language("en"), meaning(), BRAM)
KO = Recall(SOL_MEMORY, language("ko"), meaning(), SOL)
WORLD = {code: Lexicon(lexicon_text(code), language(code)) for code in ("en", "ko")}


def proof(recall: Recall, text: str, memory: str):
    asked = recall._asking.read(text)
    number = next(at for at, ground in enumerate(recall.index.grounds) if ground.fact.id == memory)
    return recall._prover.prove(asked, number, recall._prover.read(asked))


@pytest.mark.parametrize(
    ("asked", "known", "what"),
    [
        ("dog", "puppy", SAME),
        ("animal", "dog", MEMBER),
        ("vegetable", "peas", MEMBER),
        ("dog", "animal", KIND),
        ("dog", "cat", OTHER),
        ("red", "yellow", OTHER),
        ("july", "december", OTHER),
        ("ship", "ferry", MEMBER),
        ("squabble", "quarrel", SAME),
        ("dog", "harbour", NOTHING),
    ],
)
def test_words_are_the_same_of_a_kind_or_exclude_each_other(asked: str, known: str, what: str):
    world = WORLD["en"]
    assert world.relation(*world.stems(f"{asked} {known}")) == what


@pytest.mark.parametrize(
    ("asked", "known", "what"),
    [
        ("멍멍이", "강아지", SAME),
        ("동물", "강아지", MEMBER),
        ("강아지", "고양이", OTHER),
        ("빨간", "노란", OTHER),
        ("채소", "완두콩", MEMBER),
    ],
)
def test_korean_words_too(asked: str, known: str, what: str):
    world = WORLD["ko"]
    assert world.relation(*world.stems(f"{asked} {known}")) == what


@pytest.mark.parametrize("code", ["en", "ko"])
def test_no_kind_lies_within_itself_and_every_part_of_the_file_is_read(code: str):
    world = WORLD[code]
    for word in world.world.kinds:
        kind = world.stems(word)[0]
        assert kind not in {
            above
            for concept in world.concepts(kind) - {kind}
            for above in world._above.get(concept, ())
            if concept in world._above.get(kind, ())
        }
    assert world.kin and world.months and world.generic and world.world.answers and world.world.needs


def test_the_mother_of_the_one_who_asks_is_the_wife_of_the_one_who_answers():
    assert proof(EN, "How did you meet Mum?", "b1").holds
    assert proof(EN, "How did you meet my mother?", "b1").holds
    assert proof(EN, "How did you meet your wife?", "b1").holds
    assert EN.look_up("How did you meet your mother?").fact is None
    assert proof(KO, "아빠랑 조개 주웠지?", "s1").holds
    assert not proof(KO, "할머니랑 조개 주웠지?", "s1").holds


@pytest.mark.parametrize(
    "asked",
    [
        "Do you remember the red kite?",
        "Do you remember the kite in 1987?",
        "Do you remember the kite that winter?",
        "Do you remember the kite that Ludo flew?",
        "Do you remember the six kites?",
        "Do you remember when the kite burnt?",
        "Do you remember the other kite?",
        "Who gave you the kite?",
    ],
)
def test_one_thing_that_is_not_so_is_enough(asked: str):
    assert proof(EN, "Do you remember the kite?", "b3").holds
    it = proof(EN, asked, "b3")
    assert it.missing or it.contrary
    assert not it.holds


@pytest.mark.parametrize(
    ("asked", "memory", "answered"),
    [
        ("What colour was the kite?", "b3", True),
        ("What colour was the hat?", "b1", False),
        ("What was the cat called?", "b5", True),
        ("What was the train called?", "b1", False),
        ("How many yards of string were there?", "b7", True),
        ("How many kites were there?", "b3", False),
        ("What year did you meet her?", "b1", True),
        ("How much did the hat cost?", "b1", False),
    ],
)
def test_what_is_asked_for_must_stand_there(asked: str, memory: str, answered: bool):
    assert proof(EN, asked, memory).answers is answered


def test_misheard_names_and_words_written_apart_stand_for_what_they_are():
    assert proof(EN, "who taut you to skate was it loodo", "b4").share > 0.6
    assert proof(KO, "초록색우산 들고 다녔지", "s4").holds


def test_what_lasted_and_what_is_of_these_days_is_told_apart():
    assert EN._asking.read("What did you think of it last week?").of_now
    assert not EN._asking.read("What did you think of it?").of_now
    assert any(anchor.kind == "other" for anchor in EN._asking.read("You were gone for a whole week.").anchors)


@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str):
    asked = EN._asking.read(text)
    for ground in range(len(EN.index.grounds)):
        it = EN._prover.prove(asked, ground, EN._prover.read(asked))
        assert 0.0 <= it.share <= 1.0
    assert EN.look_up(text).why in ("known", "unknown", "false_premise", "closed", "nothing_asked")
    assert KO.look_up(text).why in ("known", "unknown", "false_premise", "closed", "nothing_asked")
