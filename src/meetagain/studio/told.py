"""The journals of a person's meetings come in; what the visitor told goes out, and one thing of it becomes a memory that waits."""

import re
from datetime import date
from pathlib import Path

import msgspec

from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.meeting.journal import read_journal
from meetagain.schema import wire
from meetagain.schema.archive import Memory
from meetagain.schema.person import Person
from meetagain.store.folder import PersonFolder
from meetagain.store.review import append_memory, free_id

SOURCE = "told in a meeting"


class Told(msgspec.Struct, frozen=True):
    """One thing that was heard: never a memory of the person until a keeper takes it and opens it (requirement H4)."""

    key: str  # "<meeting>:<turn>"
    date: str
    text: str


def told(root: Path) -> tuple[tuple[Told, ...], tuple[Issue, ...]]:
    """All that was heard in meetings, oldest first. Rehearsals are left out: what is said there is made up."""
    found: list[Told] = []
    issues: list[Issue] = []
    for path in sorted(PersonFolder(root).meetings.glob("*/journal.jsonl")):
        meeting = path.parent.name
        if meeting.startswith("rehearsal"):
            continue
        day = re.match(r"\d{4}-\d\d-\d\d", meeting)
        when = day[0] if day else date.fromtimestamp(path.stat().st_mtime).isoformat()
        try:
            for event in read_journal(path):
                if isinstance(event, wire.Heard) and event.text.strip():
                    found.append(Told(f"{meeting}:{event.turn}", when, " ".join(event.text.split())))
        except msgspec.DecodeError:
            issues.append(issue("journal-unclear", meeting))
    return tuple(found), tuple(issues)


def taken(key: str, memory: Memory) -> str:
    """The id of the memory that was made of it, or ""."""
    return next((fact.id for fact in memory.facts if fact.source == _source(key)), "")


def take(root: Path, key: str, person: Person, memory: Memory) -> str:
    """Write it into memories-told.yaml, as the visitor's and waiting for the keeper; the new memory's id. Raises MeetAgainError."""
    heard = next((each for each in told(root)[0] if each.key == key.strip()), None)
    if heard is None:
        raise MeetAgainError(issue("told-unknown", key, path=str(root)))
    already = taken(heard.key, memory)
    if already:
        raise MeetAgainError(issue("told-taken", heard.key, memory=already))
    memory_id = free_id((fact.id for fact in memory.facts), "told")
    teller = person.visitor_name or person.calls_visitor or "the visitor"
    append_memory(
        root,
        {"id": memory_id, "fact": heard.text, "told_by": teller, "source": _source(heard.key), "share": "ask"},
    )
    return memory_id


def _source(key: str) -> str:
    return f"{SOURCE} ({key})"
