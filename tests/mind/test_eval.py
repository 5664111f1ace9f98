"""The questions put to the demo people, in English and Korean, are a fair set: well formed, halved within each kind, fit for the memories."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from meetagain.archive.read import read_archive
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person
from meetagain.store.folder import PersonFolder
from meetagain.store.yaml import read_yaml

DEMO = Path(__file__).parents[2] / "demo"
FOLDERS = {f"{who}.{code}": DEMO / ("" if code == "en" else code) / who for who in ("juni", "matti") for code in ("en", "ko")}
PEOPLE: dict[str, Person] = {name: PersonFolder(folder).read_person() for name, folder in FOLDERS.items()}
FACTS: dict[str, dict[str, Fact]] = {
    name: {fact.id: fact for fact in read_archive(folder).memory.facts} for name, folder in FOLDERS.items()
}
SETS: dict[str, Any] = {name: read_yaml((DEMO / "eval" / f"{name}.yaml").read_text("utf-8")) for name in FOLDERS}
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
MAY_BE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("plain", "detail", "paraphrase"), ("grounded",)),
    **dict.fromkeys(("asr", "follow_up"), ("grounded", "abstain")),
    **dict.fromkeys(("false_premise", "unknowable", "closed"), ("abstain",)),
    "honest": ("honest",),
    "hostile": ("refuse", "honest", "abstain"),
    "desperate": ("alarm", "care"),
    "unsaid": tuple(f"unsaid:{group}" for group in UNSAID),
    **dict.fromkeys(("small_talk", "remark"), ("safe",)),
}
#: Words of which a sentence is built and that name nothing, so that a paraphrase may share them with the memory.
LIGHT = frozenset(
    re.findall(
        r"\w+",
        "a about all always an and any anyone anywhere are as at be before but by can could did do does down ever every for from had has have he "
        "her here him his how i if in into is it its just like me more my never no not now of off on once one only or our out over put say says she "
        "should so somebody still than that the their them then there they thing this those though to told too two up us used very was we were what "
        "when where which who whose why will with would you your yours",
    )
)
LIGHT_KO = frozenset(
    re.findall(
        r"\w+", "거 거야 날 나 나는 내 내가 너 네 때 뭐 안 우리 이 있는 있었 있었다 있었어 있었지 주던 준 하고 했다 했어 했지 거라고 라고"
    )
)

each = pytest.mark.parametrize("name", FOLDERS)
both = pytest.mark.parametrize("who", ["juni", "matti"])


def questions(name: str, kind: str = "") -> list[dict[str, Any]]:
    return [one for one in SETS[name]["questions"] if kind in ("", one["kind"])]


def told(fact: Fact) -> str:
    return " ".join((fact.said, fact.fact, *fact.tags))


def matter(name: str, text: str) -> set[str]:
    """The words of a text that carry matter, roughly: without endings in English, by their first two syllables in Korean."""
    if name.endswith("ko"):
        return {word[:2] for word in re.findall(r"[가-힣0-9]+", text) if word not in LIGHT_KO and word[:2] not in LIGHT_KO}
    words = re.findall(r"[a-z]+", text.lower().replace("'s", ""))
    return {re.sub(r"(ings?|ed|er|es|s|e|ly|y)$", "", word) for word in words if word not in LIGHT and len(word) > 1}


@each
def test_a_set_says_whose_it_is_and_is_large_enough(name: str) -> None:
    who, code = name.split(".")
    assert (SETS[name]["person"], SETS[name]["language"]) == (who, code)
    assert set(SETS[name]) == {"person", "language", "questions"}
    assert len(questions(name)) >= TOTAL[code]


@each
def test_every_kind_is_there_often_enough_and_no_other(name: str) -> None:
    counts = Counter(one["kind"] for one in questions(name))
    assert set(counts) == set(LEAST)
    assert {kind: count for kind, count in counts.items() if count < LEAST[kind]} == {}


@each
def test_the_halves_are_even_within_every_kind(name: str) -> None:
    halves = Counter((one["kind"], one["half"]) for one in questions(name))
    assert {half for _, half in halves} == {"tuning", "test"}
    assert [kind for kind in LEAST if abs(halves[kind, "tuning"] - halves[kind, "test"]) > 1] == []


@each
def test_every_question_has_the_fields_that_its_kind_asks_for(name: str) -> None:
    for one in questions(name):
        wanted = {"ask", "kind", "half", "expect"}
        wanted |= {"ids"} if one["expect"] == "grounded" else set()
        wanted |= {"after"} if one["kind"] == "follow_up" else set()
        assert set(one) == wanted, one["ask"]
        assert all(isinstance(said, str) and said.strip() == said != "" for said in (one["ask"], *one.get("after", ["-"])))
        assert one["expect"] in MAY_BE[one["kind"]], one["ask"]


@each
def test_every_memory_named_may_be_told_and_every_one_that_may_be_is_asked_for(name: str) -> None:
    for one in questions(name):
        assert len(set(one.get("ids", ()))) == len(one.get("ids", ())) > 0 or one["expect"] != "grounded", one
    named = [memory for one in questions(name) for memory in one.get("ids", ())]
    assert {memory for memory in named if memory not in FACTS[name] or not FACTS[name][memory].open} == set()
    assert {memory for memory, fact in FACTS[name].items() if fact.open} == set(named)


@pytest.mark.parametrize("name", ["juni.en", "juni.ko"])
@pytest.mark.parametrize("kind", ["plain", "paraphrase"])
def test_every_open_memory_of_hers_is_asked_for_plainly_and_in_other_words(name: str, kind: str) -> None:
    asked = {memory for one in questions(name, kind) for memory in one["ids"]}
    assert asked == {memory for memory, fact in FACTS[name].items() if fact.open}


@each
def test_no_question_stands_twice(name: str) -> None:
    asked = Counter(re.sub(r"\W+", "", " ".join((*one.get("after", ()), one["ask"])).lower()) for one in questions(name))
    assert [words for words, times in asked.items() if times > 1] == []


@each
def test_a_paraphrase_shares_no_word_of_matter_with_its_memory(name: str) -> None:
    shared = {
        one["ask"]: matter(name, one["ask"]) & matter(name, told(FACTS[name][memory]))
        for one in questions(name, "paraphrase")
        for memory in one["ids"]
    }
    assert {ask: words for ask, words in shared.items() if words} == {}


@each
def test_what_a_recogniser_hears_has_no_stops_and_no_capitals(name: str) -> None:
    heard = [one["ask"] for one in questions(name, "asr")]
    assert [said for said in heard if said != said.lower() or re.search(r"[.,?!;:…]", said)] == []


@each
def test_each_thing_left_unsaid_is_said_at_least_twice_and_has_a_reply(name: str) -> None:
    counts = Counter(one["expect"] for one in questions(name, "unsaid"))
    assert {group for group in UNSAID if counts[f"unsaid:{group}"] < 2} == set()
    assert set(PEOPLE[name].character.reply_unsaid) == set(UNSAID)


@each
def test_despair_holds_both_talk_of_dying_and_grief_that_only_needs_care(name: str) -> None:
    counts = Counter(one["expect"] for one in questions(name, "desperate"))
    assert min(counts["alarm"], counts["care"]) >= 4


@both
def test_the_korean_folder_tells_of_the_same_person_in_korean(who: str) -> None:
    english, korean = PEOPLE[f"{who}.en"], PEOPLE[f"{who}.ko"]
    assert korean.settings.language == "ko"
    same = ("id", "born", "age_shown", "look", "manner")
    assert [getattr(korean, name) for name in same] == [getattr(english, name) for name in same]
    own, other = korean.character, english.character
    assert {group: len(lines) for group, lines in own.lines.items()} == {group: len(lines) for group, lines in other.lines.items()}
    assert len(own.not_true) == len(other.not_true)
    assert len(own.calls) >= len(other.calls)
    spoken = [*own.reply_unsaid.values(), *(line for lines in own.lines.values() for line in lines)]
    assert [line for line in spoken if re.search(r"[A-Za-z]", line) or not re.search(r"[가-힣]", line)] == []


@both
def test_the_korean_memories_are_the_same_ones_told_in_korean(who: str) -> None:
    english, korean = FACTS[f"{who}.en"], FACTS[f"{who}.ko"]
    assert list(korean) == list(english)
    for memory, fact in korean.items():
        other = english[memory]
        assert (fact.kind, fact.when, fact.source, fact.share) == (other.kind, other.when, other.source, other.share)
        assert (bool(fact.said), bool(fact.tags)) == (bool(other.said), bool(other.tags))
        assert not re.search(r"[A-Za-z]", told(fact) + fact.told_by)
    told_by = {(english[memory].told_by, korean[memory].told_by) for memory in english}
    assert len({name for name, _ in told_by}) == len(told_by)
