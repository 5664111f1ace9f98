"""A memories file comes in, Facts go out, or the Issue that names the line to mend."""

from pathlib import Path
from typing import Any

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.archive import Fact
from meetagain.store.yaml import YamlProblem, read_yaml


class _FactText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A memory as the family writes it: only the id and the fact are needed."""

    id: str
    fact: str
    said: str = ""
    told_by: str = ""
    when: str = ""
    kind: str = "memory"
    source: str = "told"
    tags: tuple[str, ...] = ()
    share: str = "all"


def read_memories(path: Path) -> tuple[Fact, ...]:
    """The memories of one file. Raises MeetAgainError(memories-unclear | memory-no-id | memory-duplicate-id)."""
    try:
        rows = read_yaml(path.read_text("utf-8"))
    except (YamlProblem, UnicodeDecodeError) as error:
        raise MeetAgainError(issue("memories-unclear", path.name, detail=str(error))) from error
    rows = rows.get("memories") if isinstance(rows, dict) else rows
    if rows is None:
        return ()
    if not isinstance(rows, list):
        raise MeetAgainError(issue("memories-unclear", path.name, detail="it should be a list of memories, each beginning with a dash"))
    facts = tuple(_fact(row, number, path.name) for number, row in enumerate(rows, 1))
    check_ids(facts, path.name)
    return facts


def check_ids(facts: tuple[Fact, ...], name: str) -> None:
    """Raise MeetAgainError when two memories share an id."""
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            raise MeetAgainError(issue("memory-duplicate-id", name, detail=fact.id))
        seen.add(fact.id)


def _fact(row: Any, number: int, name: str) -> Fact:
    if not isinstance(row, dict):
        raise MeetAgainError(issue("memories-unclear", name, detail=f"memory number {number} is not written as a memory"))
    if not str(row.get("id") or "").strip():
        beginning = str(row.get("fact") or row.get("said") or "")[:40]
        raise MeetAgainError(issue("memory-no-id", name, detail=f"number {number}, “{beginning}”"))
    try:
        text = msgspec.convert({key: "" if value is None else value for key, value in row.items()}, _FactText, strict=False)
    except msgspec.ValidationError as error:
        detail = f"memory {row['id']}: {str(error).replace('`', '')}"
        raise MeetAgainError(issue("memories-unclear", name, detail=detail)) from error
    if text.share not in ("all", "visitor", "never"):
        detail = f"memory {text.id}: share is all, visitor or never, not {text.share}"
        raise MeetAgainError(issue("memories-unclear", name, detail=detail))
    return msgspec.convert(msgspec.structs.asdict(text), Fact)
