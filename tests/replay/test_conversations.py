"""Ten-minute conversations, as a mother and a daughter may lead them: the same words get the same answers, and they read well."""

from functools import cache
from pathlib import Path

import pytest

from meetagain.bench.conversation import Played, play, read_conversation
from meetagain.schema.speech import LineClass

FOLDER = Path(__file__).parent / "conversations"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
LEAST_TURNS = 35  # ten minutes of talk
#: What may be said more than once in ten minutes: small sounds of listening, and what was asked for again.
MAY_REPEAT = (LineClass.FILLER,)


@cache
def played(name: str) -> tuple[Played, ...]:
    return play(read_conversation(FOLDER / f"{name}.yaml"))


def test_there_are_ten_conversations_of_ten_minutes():
    assert len(NAMES) >= 10
    short = [name for name in NAMES if sum(bool(one.step.say) for one in played(name)) < LEAST_TURNS]
    assert short == []


@pytest.mark.parametrize("name", NAMES)
def test_the_same_words_get_the_same_answers(name: str):
    told = [
        (one.step.say or one.step.line or one.step.tell, tuple(clause.text for clause in one.clauses), one.alarm) for one in played(name)
    ]
    kept = [(one.step.say or one.step.line or one.step.tell, one.step.answer, one.step.alarm) for one in played(name)]
    assert told == kept


@pytest.mark.parametrize("name", NAMES)
def test_H3_nothing_is_said_that_was_not_approved_and_nothing_told_without_its_memory(name: str):
    for one in played(name):
        assert one.allowed
        assert all(clause.cites for clause in one.clauses if clause.line_class is LineClass.GROUNDED)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_talked_at(name: str):
    """At most two clauses an answer, and a memory is told twice in the same words only where it was asked for again."""
    said: dict[str, int] = {}
    for one in played(name):
        assert len(one.clauses) <= 2
        again = any(clause.group == "told_before" for clause in one.clauses) or "again" in one.step.say.lower()
        for clause in one.clauses:
            if clause.line_class is LineClass.GROUNDED and not again:
                said[clause.text] = said.get(clause.text, 0) + 1
    assert [text for text, times in said.items() if times > 2] == []
