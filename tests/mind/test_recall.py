"""Recall with two invented families: the memory that was asked for is found, and where there is none, none is claimed."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from meetagain.bench.crowd import crowd
from meetagain.mind.language import language
from meetagain.mind.meaning import meaning
from meetagain.mind.recall import Recall
from meetagain.schema.archive import Memory
from meetagain.schema.lines import Line
from meetagain.schema.person import Person
from meetagain.schema.speech import LineClass
from meetagain.store.yaml import read_yaml


def _family(name: str) -> tuple[Person, Memory]:
    told = read_yaml((Path(__file__).parent / "data" / f"{name}.yaml").read_text("utf-8"))
    return msgspec.convert(told["person"], Person), msgspec.convert({"facts": told["facts"], "not_true": told["not_true"]}, Memory)


(BRAM, BRAM_MEMORY), (SOL, SOL_MEMORY) = _family("bram"), _family("sol")
EN = Recall(BRAM_MEMORY, language("en"), meaning(), BRAM)
KO = Recall(SOL_MEMORY, language("ko"), meaning(), SOL)
FACTS = {fact.id: fact for fact in (*BRAM_MEMORY.facts, *SOL_MEMORY.facts)}


def found(recall: Recall, text: str, topic: str = "", used: frozenset[str] = frozenset()) -> str:
    what = recall.look_up(text, FACTS.get(topic), used)
    assert (what.fact is not None) == (what.why == "known")
    assert 0.0 <= what.fit <= 1.0
    return what.fact.id if what.fact else what.why


@pytest.mark.parametrize(
    ("asked", "memory"),
    [
        ("How did you meet Mum?", "b1"),
        ("What year was it you met her, the year of the night train?", "b1"),
        ("How long did you bake bread, Dad?", "b2"),
        ("What did you do for a living?", "b2"),
        ("What colour was the kite?", "b3"),
        ("Do you remember the kite on Marrow Hill?", "b3"),
        ("Who taught you to skate?", "b4"),
        ("Tell me about your brother.", "b4"),
        ("What was the cat called?", "b5"),
        ("Where did the kitten sleep?", "b5"),
        ("What did you say when we were in a hurry?", "b6"),
        ("What was in your pocket?", "b7"),
        ("um tell me about the kite on marow hill", "b3"),
        ("who taut you to skate was it loodo", "b4"),
        ("I was so cold yesterday. How did you meet my mother?", "b1"),
    ],
)
def test_what_was_told_is_found(asked: str, memory: str):
    assert found(EN, asked) == memory


@pytest.mark.parametrize(
    ("asked", "memory"),
    [
        ("조개껍데기 주웠던 거 기억나?", "s1"),
        ("조개껍데기는 몇 개 주웠어?", "s1"),
        ("언니랑 왜 싸웠어?", "s2"),
        ("하나 언니 얘기 해 줘.", "s2"),
        ("떡국에 떡은 몇 개 먹었지?", "s3"),
        ("우산이 무슨 색이었지?", "s4"),
        ("자전거는 언제 배웠어?", "s5"),
        ("초록색우산 왜 들고 다녔어", "s4"),
        ("아빠랑 바닷가에서 뭐 주웠지?", "s1"),
    ],
)
def test_what_was_told_in_korean_is_found(asked: str, memory: str):
    assert found(KO, asked) == memory


@pytest.mark.parametrize(
    "asked",
    [
        "Do you remember the trip to Lisbon?",
        "Do you remember the red kite on Marrow Hill?",
        "Remember the kite on Marrow Hill, that winter?",
        "You met Mum in 1970, didn't you?",
        "Do you remember when you and Ludo flew the kite on Marrow Hill?",
        "Do you remember when your sister taught you to skate?",
        "Do you remember when Mitten fell into the mill pond?",
        "You baked for twenty years, remember?",
        "What was your dog called?",
        "Do you remember our dog?",
        "Who gave you the kite?",
        "Where did you buy the string?",
        "What did Ludo say when you fell?",
        "How many loaves did you bake?",
        "What was the conductor's name on the train?",
        "Why did you hate skating?",
        "Who was your teacher?",
        "What was your sister's name?",
        "What did you think of my exam last week?",
        "Do you remember the other kite?",
        "What is the capital of Peru?",
    ],
)
def test_H3_what_was_never_told_is_not_claimed(asked: str):
    assert found(EN, asked) in ("unknown", "false_premise")


@pytest.mark.parametrize(
    "asked",
    [
        "파리에 갔던 거 기억나?",
        "빨간 우산 기억나?",
        "겨울에 조개껍데기 주웠던 거 기억나?",
        "언니랑 조개 줍던 거 기억나?",
        "떡을 스무 개 먹었지?",
        "네 고양이 이름이 뭐였지?",
        "자전거는 누가 사 줬어?",
        "우산은 어디서 샀어?",
        "강아지 이름이 뭐였어?",
    ],
)
def test_H3_what_was_never_told_is_not_claimed_in_korean_either(asked: str):
    assert found(KO, asked) in ("unknown", "false_premise")


@pytest.mark.parametrize(
    ("recall", "asked"),
    [
        (EN, "How much did the circus leave you?"),  # a year is no sum
        (EN, "How many yards of string were in it, thirty?"),
        (EN, "What kind of cat was Mitten?"),  # its name is no kind
        (EN, "Who were the others on the train?"),
        (EN, "What did you and Mum whisper about on the train?"),
        (KO, "우산은 누가 준 거야?"),
        (KO, "루도가 해변에서 뭐라고 속삭였어?"),
    ],
)
def test_H3_a_detail_that_the_memory_lacks_is_not_made_up(recall: Recall, asked: str):
    assert found(recall, asked) in ("unknown", "false_premise")


def test_a_word_of_its_own_is_no_name_misheard():
    named = msgspec.structs.replace(BRAM_MEMORY.facts[3], fact="His brother Matti taught him to skate on the mill pond.", said="")
    recall = Recall(Memory(facts=(named,)), language("en"), meaning(), BRAM)
    assert found(recall, "Did you like maths?") == "unknown"
    assert found(recall, "who taught you to skate was it matty") == "b4"


@pytest.mark.parametrize(
    "asked", ["Do you remember the red kite on Marrow Hill?", "Do you remember our dog?", "Remember when Ludo flew the kite?"]
)
def test_a_half_truth_is_told_from_what_is_merely_unknown(asked: str):
    assert found(EN, asked) == "false_premise"
    assert found(EN, "Which film did you like best?") == "unknown"
    assert found(EN, "The bus was late this morning.") == "nothing_asked"


def test_what_the_family_keeps_to_itself_is_closed_and_what_waits_is_not_there():
    assert found(EN, "Do you remember the surgery?") == "closed"
    assert EN.closed("It was after the surgery.") and not EN.closed("It was after the train.")
    assert KO.closed("수술은 어땠어?")
    assert found(EN, "Do you remember the elephant at the circus?") in ("unknown", "false_premise")


@pytest.mark.parametrize(
    ("asked", "topic", "memory"),
    [
        ("And what colour was it?", "b3", "b3"),
        ("And when was that?", "b1", "b1"),
        ("Who taught you?", "b4", "b4"),
        ("Where did it sleep?", "b5", "b5"),
        ("And your brother? Tell me about your brother.", "b3", "b4"),
        ("What did you put in it?", "b7", "b7"),
    ],
)
def test_a_question_may_go_on_with_what_is_being_talked_about(asked: str, topic: str, memory: str):
    assert found(EN, asked, topic) == memory


@pytest.mark.parametrize(
    ("asked", "topic"),
    [("Who won the prize?", "b3"), ("How much did it cost?", "b3"), ("What colour was it?", "b4"), ("And what became of her later?", "b1")],
)
def test_going_on_does_not_make_up_what_is_not_there(asked: str, topic: str):
    assert found(EN, asked, topic) in ("unknown", "false_premise")


def test_the_same_question_finds_the_same_memory_whatever_the_order_they_were_told_in():
    turned = Recall(msgspec.structs.replace(BRAM_MEMORY, facts=BRAM_MEMORY.facts[::-1]), language("en"), meaning(), BRAM)
    for asked in ("How did you meet Mum?", "What colour was the kite?", "Who taught you to skate?", "Do you remember Lisbon?"):
        assert found(turned, asked) == found(EN, asked) == found(EN, asked, used=frozenset({"b1", "b3"}))


def test_without_meanings_words_alone_are_enough_for_plain_questions():
    plain = Recall(BRAM_MEMORY, language("en"), None, BRAM)
    assert found(plain, "Who taught you to skate?") == "b4"
    assert found(plain, "Do you remember the trip to Lisbon?") in ("unknown", "false_premise")


def test_meanings_that_were_made_before_are_used_and_those_of_another_memory_are_not():
    again = Recall(BRAM_MEMORY, language("en"), meaning(), BRAM, vectors=EN.index.vectors)
    assert again.index.vectors is EN.index.vectors
    other = Recall(BRAM_MEMORY, language("en"), meaning(), BRAM, vectors=np.zeros((2, 512), np.float32))
    assert np.allclose(other.index.vectors, EN.index.vectors, atol=1e-4)


def test_nobody_without_memories_claims_any():
    empty = Recall(Memory(facts=()), language("en"), meaning(), BRAM)
    assert found(empty, "How did you meet Mum?") == "unknown"
    assert empty.touched("I saw the train.", frozenset()) is None and empty.by_tags("", frozenset()) is None


def test_a_remark_touches_a_fresh_memory_that_it_names():
    assert EN.touched("I took Ludo skating on the pond on Sunday.", frozenset()).id == "b4"
    assert EN.touched("Ludo", frozenset()).id == "b4"
    assert EN.touched("I found some string in your coat pocket.", frozenset()).id == "b7"
    assert EN.touched("I took Ludo skating on the pond on Sunday.", frozenset({"b4"})) is None
    assert EN.touched("I had such a day at the office.", frozenset()) is None
    assert EN.touched("There was an accident with the oven at the bakery.", frozenset()) is None  # tender: only when asked for


def test_memories_for_a_moment_of_the_story_come_by_id_tags_or_kind_and_fresh():
    assert EN.by_tags("b3", frozenset()).id == "b3"
    assert EN.by_tags("nothing, bread", frozenset()).id == "b2"
    assert EN.by_tags("person", frozenset({"b1"})).id == "b4"
    assert EN.by_tags("kite", frozenset({"b3"})) is None
    assert EN.by_tags("", frozenset(["b1"])).id == "b2"


def test_what_lies_near_can_be_gone_on_with_and_is_never_tender_nor_told_already():
    near = EN.near(FACTS["b2"], frozenset())
    assert near is not None and near.id not in ("b2", "b8", "b9", "b10")
    assert EN.near(FACTS["b2"], frozenset({near.id})).id not in ("b2", near.id)


LINES = (
    Line("b3/said", FACTS["b3"].said, LineClass.GROUNDED, cites=("b3",)),
    Line(
        "b3/told/1",
        "In July 1988 you and I flew a green kite on Marrow Hill until the string broke.",
        LineClass.GROUNDED,
        cites=("b3",),
        level=1,
    ),
    Line("b3/when", "That was in July 1988.", LineClass.GROUNDED, cites=("b3",), level=1),
    Line("b3/teller", "Your mother told that one.", LineClass.GROUNDED, cites=("b3",), level=1),
)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("What colour was the kite?", "b3/told/1"),
        ("Where did we fly the kite?", "b3/told/1"),
        ("When was that?", "b3/when"),
        ("Is it still flying?", "b3/said"),
        ("Who told you that?", "b3/teller"),
    ],
)
def test_the_line_in_which_the_answer_stands_is_chosen(asked: str, key: str):
    assert EN.best_line(asked, FACTS["b3"], LINES).key == key


def test_whether_a_line_answers_is_known():
    assert EN.answers("What colour was the kite?", FACTS["b3"], LINES)
    assert not EN.answers("What colour was the kite?", FACTS["b3"], LINES[:1])
    assert not EN.answers("What colour was the kite?", FACTS["b3"], LINES[3:])


def test_one_among_a_crowd_is_found_and_nothing_in_it_is_claimed_for_another():
    crowded = Recall(Memory(facts=(*crowd(120, seed=5), *BRAM_MEMORY.facts)), language("en"), meaning(), BRAM)
    assert found(crowded, "Do you remember the kite on Marrow Hill?") == "b3"
    assert found(crowded, "Do you remember the submarine in the harbour of Lisbon?") in ("unknown", "false_premise")
