from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.contradictions import contradictions
from meetagain.archive.numbers import KOREAN, english, korean, ordinal
from meetagain.archive.read import read_archive
from meetagain.schema.archive import Fact
from meetagain.schema.person import Consent, Person
from meetagain.store.yaml import read_yaml

DEMO = Path(__file__).parents[2] / "demo"
PAIRS = read_yaml((Path(__file__).parent / "contradicting.yaml").read_text("utf-8"))
FAMILY = Person(
    id="orrel",
    full_name="Juniper Orrel",
    called=("Juni", "주니"),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    visitor_name="Elin",
    consent=Consent(keeper="Davin Orrel", close_family=("Sami Orrel", "Irja Orrel", "엘린", "이르야", "사미", "다빈", "Pia", "피아")),
)


def told(name: str, row: dict, **more: object) -> Fact:
    tags = tuple(row.get("tags", ()))
    return Fact(
        **{
            "id": name,
            "kind": "event",
            "when": str(row.get("when", "")),
            "told_by": row["by"],
            "source": "told",
            "tags": tags,
            "fact": row["fact"],
            **more,
        }
    )


def found(pair: dict) -> bool:
    return bool(contradictions([told("a", pair["a"]), told("b", pair["b"])], FAMILY))


@pytest.mark.parametrize("half", ["tuning", "test"])
def test_most_contradictions_are_found_and_almost_nothing_else(half: str):
    differ = [found(pair) for pair in PAIRS["differ"] if pair["half"] == half]
    agree = [found(pair) for pair in PAIRS["agree"] if pair["half"] == half]
    assert len(PAIRS["differ"]) >= 80
    assert len(PAIRS["agree"]) >= 130
    assert sum(differ) >= 0.8 * len(differ)
    assert sum(agree) <= 0.05 * len(agree)


def test_a_whole_family_of_agreeing_memories_stays_quiet():
    facts = [told(f"{side}{number}", pair[side]) for number, pair in enumerate(PAIRS["agree"]) for side in ("a", "b")]
    assert len(contradictions(facts, FAMILY)) <= 0.05 * len(PAIRS["agree"])


@pytest.mark.parametrize("name", ["juni", "matti", "ko/juni", "ko/matti"])
def test_the_demo_people_tell_no_contradiction(name: str):
    if not (DEMO / name / "memories.yaml").is_file():
        pytest.skip("not made yet")
    assert [issue for issue in read_archive(DEMO / name).issues if issue.code == "memories-differ"] == []


def test_both_memories_and_both_tellers_are_named():
    issue = contradictions([told("j01", PAIRS["differ"][0]["a"]), told("j40", PAIRS["differ"][0]["b"])], FAMILY)[0]
    assert issue.severity == "note"
    assert issue.sentence == "Two memories do not agree. j01 (told by Elin) says “seven candles”; j40 (told by Irja) says “eight candles”."


def test_one_teller_or_a_closed_memory_contradicts_nobody():
    pair = PAIRS["differ"][0]
    same = {"told_by": "Elin"}
    assert contradictions([told("a", pair["a"], **same), told("b", pair["b"], **same)], FAMILY) == ()
    for share in ("never", "ask"):
        assert contradictions([told("a", pair["a"]), told("b", pair["b"], share=share)], FAMILY) == ()


def test_the_day_on_which_something_was_written_contradicts_nothing():
    row = {"by": "Juni", "fact": "Written to Elin on 3 May 2019.", "when": "2019-05-03"}
    said = told("a", row, said="We rowed on Mirrow Lake with Dad and the boat leaked", item="0123", source="chat")
    other = told("b", {"by": "Davin", "fact": "In 2018 we rowed on Mirrow Lake and the boat leaked."})
    assert contradictions([said, other], FAMILY) == ()


def test_at_most_forty_are_named():
    pair = PAIRS["differ"][0]
    facts = [told(f"a{n}", pair["a"]) for n in range(20)] + [told(f"b{n}", pair["b"]) for n in range(20)]
    assert len(contradictions(facts, FAMILY)) == 40


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("일곱 살", 7),
        ("초 열두 개", 12),
        ("스물다섯 명", 25),
        ("칠십이 년", 72),
        ("3명", 3),
        ("십오 분", 15),
        ("한 마리", 1),
        ("일일 분", None),
        ("이천십구 년", 2019),
    ],
)
def test_korean_numbers(text: str, number: int | None):
    match = KOREAN.search(text)
    assert match is not None
    assert korean(match) == number


def test_english_numbers():
    assert [english(word) for word in ("seven", "twenty-five", "12", "dozen", "boat")] == [7, 25, 12, 12, None]
    assert [ordinal(word) for word in ("third", "7th", "21st", "lake")] == [3, 7, 21, None]
    assert [english(word) for word in ("²", "③", "٣")] == [None, None, 3]


PARTS = "in the 2019 seven red lake boat at Mirrow July was 7th ² ③ 일곱 개 초 노란 호수에서 2018년 봄 까지 , . ? ’s one"
words = st.lists(st.sampled_from(PARTS.split(" ")), max_size=14)


@given(words, words)
def test_no_memories_ever_raise(one: list[str], other: list[str]):
    contradictions(
        [told("a", {"by": "x", "fact": " ".join(one)}), told("b", {"by": "y", "fact": " ".join(other), "when": "".join(other)})], FAMILY
    )
