"""What the visitor told is listed, and becomes a memory only by the keeper's hand."""

from pathlib import Path

import pytest

from meetagain.archive.read import read_archive
from meetagain.errors import MeetAgainError
from meetagain.meeting.journal import Journal
from meetagain.mind.backend import Turn
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.schema import wire
from meetagain.schema.speech import Clause, LineClass, Utterance
from meetagain.store.folder import PersonFolder
from meetagain.store.review import share_memory
from meetagain.studio.told import take, taken, told

FIRST = "2026-11-20-150000-ab12"
SAID = "We took the night train to Lisbon and you slept on my coat."


def meeting(root: Path, name: str, *said: str) -> None:
    journal = Journal(root / "meetings" / name)
    for turn, text in enumerate(said, 1):
        journal.write(wire.Heard(at_s=turn * 9.0, turn=turn, text=text, typed=False))
        journal.write(wire.SpeechEnded(at_s=turn * 9.0 + 4, clause=turn))
    journal.close()


def read(root: Path):
    return PersonFolder(root).read_person(), read_archive(root).memory


def answers(root: Path, *asked: str) -> list[Clause]:
    """The first answer of a fresh meeting to each of these."""
    person, memory = read(root)
    mind = ToldMind().open(person, memory, repertoire(person, memory), seed=0)
    return [clause for text in asked for clause in mind.answer(Turn(1, Utterance(text, 0.0, 1.0), "words", "open"))]


def test_all_that_was_heard_is_listed_by_date(juni: Path):
    assert told(juni) == ((), ())
    meeting(juni, "2026-11-27-150000-cd34", "Hello again.")
    meeting(juni, FIRST, "Hello.", SAID)
    meeting(juni, "rehearsal-2026-11-19-150000-ef56", "Made up for the rehearsal.")
    found, issues = told(juni)
    assert issues == ()
    assert [(each.key, each.date, each.text) for each in found] == [
        (f"{FIRST}:1", "2026-11-20", "Hello."),
        (f"{FIRST}:2", "2026-11-20", SAID),
        ("2026-11-27-150000-cd34:1", "2026-11-27", "Hello again."),
    ]


def test_a_damaged_journal_is_named_and_the_rest_is_listed(juni: Path):
    meeting(juni, FIRST, "Hello.", SAID)
    path = juni / "meetings" / FIRST / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((lines[0], b"\xff{\n", *lines[1:])))
    meeting(juni, "2026-11-27-150000-cd34", "Hello again.")
    found, issues = told(juni)
    assert [each.text for each in found] == ["Hello.", "Hello again."]
    assert [(issue.code, issue.about) for issue in issues] == [("journal-unclear", FIRST)]


def test_what_is_taken_waits_for_the_keeper(juni: Path):
    meeting(juni, FIRST, "Hello.", SAID)
    person, memory = read(juni)
    assert take(juni, f"{FIRST}:2", person, memory) == "told-1"
    person, memory = read(juni)
    fact = next(fact for fact in memory.facts if fact.id == "told-1")
    assert (fact.id, fact.fact, fact.said, fact.told_by, fact.share, fact.open) == ("told-1", SAID, "", "Elin", "ask", False)
    assert fact.source.startswith("told in a meeting")
    assert taken(f"{FIRST}:2", memory) == "told-1"
    with pytest.raises(MeetAgainError) as found:
        take(juni, f"{FIRST}:2", person, memory)
    assert found.value.issue.code == "told-taken"
    assert take(juni, f"{FIRST}:1", person, memory) == "told-2"


@pytest.mark.parametrize("key", [f"{FIRST}:9", "nowhere:1", "", "../x:1"])
def test_what_was_never_heard_cannot_be_taken(juni: Path, key: str):
    meeting(juni, FIRST, SAID)
    with pytest.raises(MeetAgainError) as found:
        take(juni, key, *read(juni))
    assert found.value.issue.code == "told-unknown"
    assert not (juni / "memories-told.yaml").exists()


ASKED = ("Do you remember the night train to Lisbon?", "Where did we go by night train?", "Tell me about Lisbon.", "Were we in Lisbon?")


def test_H4_a_second_meeting_cannot_repeat_what_the_visitor_told_in_the_first(juni: Path):
    before = read(juni)[1]
    meeting(juni, FIRST, SAID)
    assert read(juni)[1] == before
    for step in ("told", "taken"):
        if step == "taken":
            take(juni, f"{FIRST}:1", *read(juni))
        said = answers(juni, *ASKED)
        assert len(said) >= len(ASKED) and [clause for clause in said if clause.line_class is LineClass.GROUNDED] == []
        person, memory = read(juni)
        assert not any(word in line.text for line in repertoire(person, memory).lines for word in ("Lisbon", "night train"))


def test_what_the_keeper_opens_is_a_memory(juni: Path):
    meeting(juni, FIRST, SAID)
    take(juni, f"{FIRST}:1", *read(juni))
    share_memory(juni, "told-1", "all")
    assert [fact.open for fact in read(juni)[1].facts if fact.id == "told-1"] == [True]
