"""The questions about Juni, in English and Korean, are a fair set: well formed, halved within each kind, each with a memory that exists."""

import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from meetagain.archive.read import read_archive
from meetagain.schema.archive import Fact
from meetagain.store.folder import PersonFolder
from meetagain.store.yaml import read_yaml

DEMO = Path(__file__).parents[2] / "demo"
FOLDERS = {"en": DEMO / "juni", "ko": DEMO / "ko" / "juni"}
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
GROUPS = ("sorry", "thanks", "miss", "fault", "pain", "alone")
MAY_EXPECT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("plain", "detail", "paraphrase"), ("grounded",)),
    **dict.fromkeys(("asr", "follow_up"), ("grounded", "abstain")),
    **dict.fromkeys(("false_premise", "unknowable", "closed"), ("abstain",)),
    "honest": ("honest",),
    "hostile": ("refuse", "honest", "abstain"),
    "desperate": ("alarm", "care"),
    "unsaid": tuple(f"unsaid:{group}" for group in GROUPS),
    **dict.fromkeys(("small_talk", "remark"), ("safe",)),
}
#: Words of which a sentence is built and that name nothing, so that a paraphrase may share them with the memory.
LIGHT = """
a about all always an and anyone anywhere are as at before by could did do down for from had have he her him his how i in into it its just
like me more my of off on one or our out put say says she so somebody than that the them there they thing this those though to told up us
used was we were what when where which who whose why with would you your yours"""
LIGHT_KO = "거 거야 나 나는 내 내가 너 네 때 뭐 안 우리 이 있는 있었다 있었어 있었지 주던 준 하고 했다 했어 했지 거라고 라고"


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ask: str
    kind: str
    half: str
    expect: str
    ids: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def _questions(language: str) -> tuple[Question, ...]:
    rows = read_yaml((DEMO / "eval" / f"juni.{language}.yaml").read_text("utf-8"))
    assert (rows["person"], rows["language"]) == ("juni", language)
    return msgspec.convert(rows["questions"], tuple[Question, ...])


SETS = {language: _questions(language) for language in FOLDERS}
FACTS: dict[str, dict[str, Fact]] = {
    language: {fact.id: fact for fact in read_archive(folder).memory.facts} for language, folder in FOLDERS.items()
}
both = pytest.mark.parametrize("language", FOLDERS)


@both
def test_there_are_enough_questions_of_every_kind(language: str) -> None:
    counts = Counter(question.kind for question in SETS[language])
    assert set(counts) == set(LEAST)
    assert {kind: counts[kind] for kind in LEAST if counts[kind] < LEAST[kind]} == {}


@both
def test_every_kind_is_halved(language: str) -> None:
    halves = Counter((question.kind, question.half) for question in SETS[language])
    assert {half for _, half in halves} == {"tuning", "test"}
    assert [kind for kind in LEAST if abs(halves[kind, "tuning"] - halves[kind, "test"]) > 1] == []


@both
def test_no_question_stands_twice(language: str) -> None:
    asked = Counter((question.after, " ".join(re.findall(r"\w+", question.ask.lower()))) for question in SETS[language])
    assert [question for question, times in asked.items() if times > 1] == []


@both
def test_what_is_expected_fits_the_kind(language: str) -> None:
    assert [one for one in SETS[language] if one.expect not in MAY_EXPECT[one.kind]] == []
    assert [one for one in SETS[language] if bool(one.after) != (one.kind == "follow_up")] == []


@both
def test_what_is_grounded_names_memories_that_may_be_told(language: str) -> None:
    facts = FACTS[language]
    for one in SETS[language]:
        assert bool(one.ids) == (one.expect == "grounded"), one
        assert len(set(one.ids)) == len(one.ids), one
        assert all(facts[memory].open for memory in one.ids), one


@both
@pytest.mark.parametrize("kind", ["plain", "paraphrase"])
def test_every_open_memory_is_asked_for(language: str, kind: str) -> None:
    asked = {memory for one in SETS[language] if one.kind == kind for memory in one.ids}
    assert asked == {fact.id for fact in FACTS[language].values() if fact.open}


@both
def test_every_unsaid_thing_is_said_twice_and_has_a_reply(language: str) -> None:
    said = Counter(one.expect.partition(":")[2] for one in SETS[language] if one.kind == "unsaid")
    assert all(said[group] >= 2 for group in GROUPS)
    assert set(PersonFolder(FOLDERS[language]).read_person().character.reply_unsaid) == set(GROUPS)


@both
def test_what_a_recogniser_hears_has_no_stops_and_no_capitals(language: str) -> None:
    heard = [one.ask for one in SETS[language] if one.kind == "asr"]
    assert [text for text in heard if text != text.lower() or re.search(r"[.,?!'…]", text)] == []


def _stems(text: str) -> set[str]:
    found = (word for word in re.findall(r"[a-z]+", text.lower()) if word not in LIGHT.split())
    return {re.sub(r"(ings?|ed|es|s|e|ly|y)$", "", word) for word in found}


def _told(fact: Fact) -> str:
    return " ".join((fact.said, fact.fact, *fact.tags))


def test_an_english_paraphrase_shares_no_content_word_with_its_memory() -> None:
    for one in SETS["en"]:
        for memory in one.ids if one.kind == "paraphrase" else ():
            assert _stems(one.ask) & _stems(_told(FACTS["en"][memory])) == set(), one.ask


def test_a_korean_paraphrase_shares_no_content_word_with_its_memory() -> None:
    """Particles stand behind the noun, so words are compared by their first two syllables."""
    for one in SETS["ko"]:
        for memory in one.ids if one.kind == "paraphrase" else ():
            asked, told = (
                {word[:2] for word in re.findall(r"[가-힣0-9]+", text) if word not in LIGHT_KO.split()}
                for text in (one.ask, _told(FACTS["ko"][memory]))
            )
            assert asked & told == set(), one.ask


def test_the_korean_folder_tells_the_same_memories_of_the_same_child() -> None:
    english, korean = FACTS["en"], FACTS["ko"]
    assert list(korean) == list(english)
    for fact in korean.values():
        other = english[fact.id]
        assert (fact.kind, fact.when, fact.source, fact.share) == (other.kind, other.when, other.source, other.share)
        assert bool(fact.said) == bool(other.said)
        assert not re.search(r"[A-Za-z]", _told(fact) + fact.told_by)
    told_by = {(english[memory].told_by, korean[memory].told_by) for memory in english}
    assert len({name for name, _ in told_by}) == len(told_by)


def test_the_korean_child_has_a_line_wherever_the_english_one_has() -> None:
    english, korean = (PersonFolder(FOLDERS[language]).read_person() for language in ("en", "ko"))
    assert {group: len(lines) for group, lines in korean.character.lines.items()} == {
        group: len(lines) for group, lines in english.character.lines.items()
    }
    assert not re.search(r"[A-Za-z]", " ".join(line for lines in korean.character.lines.values() for line in lines))
    assert len(korean.character.not_true) == len(english.character.not_true)
    assert len(korean.character.calls) >= len(english.character.calls)
    assert (korean.look, korean.manner, korean.age_shown, korean.born) == (english.look, english.manner, english.age_shown, english.born)
    assert korean.settings.language == "ko"
