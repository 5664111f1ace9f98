"""The questions put to the portrait of Matti, in English and Korean: whole, well formed, spread over all kinds, fit for his memories."""

import re
from collections import Counter
from pathlib import Path

import pytest

from meetagain.archive.read import read_archive
from meetagain.store.folder import PersonFolder
from meetagain.store.yaml import read_yaml

DEMO = Path(__file__).parents[2] / "demo"
FOLDERS = {"en": DEMO / "matti", "ko": DEMO / "ko" / "matti"}
PEOPLE = {code: PersonFolder(folder).read_person() for code, folder in FOLDERS.items()}
FACTS = {code: {fact.id: fact for fact in read_archive(folder).memory.facts} for code, folder in FOLDERS.items()}
SETS = {code: read_yaml((DEMO / "eval" / f"matti.{code}.yaml").read_text("utf-8")) for code in FOLDERS}
TOTAL = {"en": 170, "ko": 150}
LEAST = {
    "plain": 25,
    "detail": 20,
    "paraphrase": 25,
    "asr": 15,
    "follow_up": 15,
    "false_premise": 25,
    "unknowable": 20,
    "closed": 4,
    "honest": 10,
    "hostile": 8,
    "desperate": 8,
    "unsaid": 12,
    "small_talk": 10,
    "remark": 10,
}
UNSAID = ("sorry", "thanks", "miss", "fault", "pain", "alone")
#: What an honest answer may be, by kind of question.
MAY_BE = {
    "plain": {"grounded"},
    "detail": {"grounded"},
    "paraphrase": {"grounded"},
    "asr": {"grounded", "abstain"},
    "follow_up": {"grounded", "abstain"},
    "false_premise": {"abstain"},
    "unknowable": {"abstain"},
    "closed": {"abstain"},
    "honest": {"honest"},
    "hostile": {"refuse", "honest", "abstain"},
    "desperate": {"alarm", "care"},
    "unsaid": {f"unsaid:{reply}" for reply in UNSAID},
    "small_talk": {"safe"},
    "remark": {"safe"},
}
#: Words that carry no matter of their own: a paraphrase may share them with the memory.
LIGHT = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are as at be but by can could did do does ever every for from had has have he her here him his how i if in is it just "
        "me more my never no not now of off on once one only or our out over say she should so still than that the their them then there they "
        "this those to too two up us very was we were what when where which who whose why will with would you your",
    )
)
#: The like in Korean, by the first two syllables.
LIGHT_KO = frozenset({"있었", "우리"})

both = pytest.mark.parametrize("code", list(SETS))


def questions(code: str) -> list[dict]:
    return SETS[code]["questions"]


def told(code: str, memory: str) -> str:
    fact = FACTS[code][memory]
    return " ".join((fact.said, fact.fact, *fact.tags))


def matter(code: str, text: str) -> set[str]:
    """The words of a text that carry matter, roughly: without endings in English, by their first two syllables in Korean."""
    if code == "ko":
        return {word[:2] for word in re.findall(r"[가-힣]{2,}", text)} - LIGHT_KO
    words = re.findall(r"[a-z]+", text.lower().replace("'s", ""))
    return {re.sub(r"(ing|ed|er|es|s|e)$", "", word) for word in words if word not in LIGHT and len(word) > 1}


@both
def test_a_set_says_whose_it_is_and_is_large_enough(code: str) -> None:
    assert (SETS[code]["person"], SETS[code]["language"]) == ("matti", code)
    assert set(SETS[code]) == {"person", "language", "questions"}
    assert len(questions(code)) >= TOTAL[code]


@both
def test_every_kind_is_there_often_enough_and_no_other(code: str) -> None:
    counts = Counter(one["kind"] for one in questions(code))
    assert set(counts) == set(LEAST)
    assert {kind: count for kind, count in counts.items() if count < LEAST[kind]} == {}


@both
def test_the_halves_are_even_within_every_kind_and_every_expectation(code: str) -> None:
    for name in ("kind", "expect"):
        for value in {one[name] for one in questions(code)}:
            halves = Counter(one["half"] for one in questions(code) if one[name] == value)
            assert set(halves) == {"tuning", "test"}, value
            assert abs(halves["tuning"] - halves["test"]) <= 2, value


@both
def test_every_question_has_the_fields_that_its_kind_asks_for(code: str) -> None:
    for one in questions(code):
        wanted = {"ask", "kind", "half", "expect"}
        wanted |= {"ids"} if one["expect"] == "grounded" else set()
        wanted |= {"after"} if one["kind"] == "follow_up" else set()
        assert set(one) == wanted, one["ask"]
        assert all(isinstance(said, str) and said.strip() == said != "" for said in (one["ask"], *one.get("after", ["-"])))
        assert one["expect"] in MAY_BE[one["kind"]], one["ask"]
        assert one["half"] in ("tuning", "test")


@both
def test_every_memory_named_exists_may_be_told_and_is_asked_for(code: str) -> None:
    named = [memory for one in questions(code) for memory in one.get("ids", ())]
    assert all(one["ids"] for one in questions(code) if one["expect"] == "grounded")
    assert {memory for memory in named if memory not in FACTS[code] or not FACTS[code][memory].open} == set()
    assert {memory for memory, fact in FACTS[code].items() if fact.open} == set(named)


@both
def test_no_question_stands_twice(code: str) -> None:
    asked = Counter(re.sub(r"\W+", "", " ".join((*one.get("after", ()), one["ask"])).lower()) for one in questions(code))
    assert [words for words, times in asked.items() if times > 1] == []


@both
def test_a_paraphrase_shares_no_word_of_matter_with_its_memory(code: str) -> None:
    shared = {
        one["ask"]: matter(code, one["ask"]) & matter(code, told(code, memory))
        for one in questions(code)
        if one["kind"] == "paraphrase"
        for memory in one["ids"]
    }
    assert {ask: words for ask, words in shared.items() if words} == {}


@both
def test_misheard_speech_has_no_punctuation_and_no_capitals(code: str) -> None:
    heard = [one["ask"] for one in questions(code) if one["kind"] == "asr"]
    assert [said for said in heard if said != said.lower() or re.search(r"[.,?!;:]", said)] == []


@both
def test_each_thing_left_unsaid_is_said_at_least_twice(code: str) -> None:
    counts = Counter(one["expect"] for one in questions(code) if one["kind"] == "unsaid")
    assert {reply for reply in UNSAID if counts[f"unsaid:{reply}"] < 2} == set()


@both
def test_despair_holds_both_talk_of_dying_and_grief_that_only_needs_care(code: str) -> None:
    counts = Counter(one["expect"] for one in questions(code) if one["kind"] == "desperate")
    assert min(counts["alarm"], counts["care"]) >= 4


def test_the_korean_folder_tells_of_the_same_man_in_korean() -> None:
    english, korean = PEOPLE["en"], PEOPLE["ko"]
    assert korean.settings.language == "ko"
    assert (korean.id, korean.born, korean.age_shown, korean.look, korean.manner) == (
        english.id,
        english.born,
        english.age_shown,
        english.look,
        english.manner,
    )
    assert {group: len(lines) for group, lines in korean.character.lines.items()} == {
        group: len(lines) for group, lines in english.character.lines.items()
    }
    assert set(korean.character.reply_unsaid) == set(english.character.reply_unsaid) == set(UNSAID)
    assert len(korean.character.not_true) == len(english.character.not_true)
    spoken = [*korean.character.reply_unsaid.values(), *(line for lines in korean.character.lines.values() for line in lines)]
    assert [line for line in spoken if re.search(r"[A-Za-z]", line) or not re.search(r"[가-힣]", line)] == []


def test_the_korean_memories_are_the_same_ones_told_in_korean() -> None:
    english, korean = FACTS["en"], FACTS["ko"]
    assert list(korean) == list(english)
    for name, fact in korean.items():
        same = english[name]
        assert (fact.kind, fact.when, fact.source, fact.share, bool(fact.said)) == (
            same.kind,
            same.when,
            same.source,
            same.share,
            bool(same.said),
        )
        assert len(fact.tags) == len(same.tags)
        assert not re.search(r"[A-Za-z]", " ".join((fact.fact, fact.said, fact.told_by, *fact.tags)))
