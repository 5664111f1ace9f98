"""A memories file comes in, Facts go out, with Issues that name the memory and the line to mend."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec

from meetagain.errors import Issue, issue
from meetagain.schema.archive import Fact
from meetagain.store.clear import Unclear, convert_clearly
from meetagain.store.yaml import YamlProblem, line_at, read_yaml


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
    share: Literal["all", "visitor", "ask", "never"] = "all"
    item: str = ""
    tender: bool = False


class Told(msgspec.Struct, frozen=True):
    """What one or more files of memories say."""

    facts: tuple[Fact, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_memories(path: Path) -> Told:
    """The memories of one file. A memory that is unclear is named and left out; the others are read."""
    try:
        text = path.read_text("utf-8-sig")
        rows = read_yaml(text)
    except YamlProblem as problem:
        return _unclear(path.name, str(problem))
    except (UnicodeDecodeError, OSError):
        return _unclear(path.name, "it is not saved as plain text (UTF-8)")
    inside: tuple[str | int, ...] = ()
    if isinstance(rows, dict):
        if set(rows) != {"memories"}:
            return _unclear(path.name, "it should begin with the word memories and a colon")
        rows, inside = rows["memories"], ("memories",)
    if rows is None:
        return Told()
    if not isinstance(rows, list):
        return _unclear(path.name, "it should be a list of memories, each beginning with a dash")
    facts: list[Fact] = []
    issues: list[Issue] = []
    for number, row in enumerate(rows):
        found = _fact(row, text, (*inside, number), path.name)
        (issues if isinstance(found, Issue) else facts).append(found)
    return Told(tuple(facts), (*issues, *twice(facts, path.name)))


def read_all(paths: Iterable[Path]) -> Told:
    """The memories of several files together; an id may stand in only one of them."""
    facts: list[Fact] = []
    issues: list[Issue] = []
    for path in paths:
        told = read_memories(path)
        known = {fact.id for fact in facts}
        issues += [*told.issues, *(_twice(name, path.name) for name in dict.fromkeys(f.id for f in told.facts) if name in known)]
        facts += told.facts
    return Told(tuple(facts), tuple(issues))


def twice(facts: Iterable[Fact], name: str) -> tuple[Issue, ...]:
    """One Issue for every id that more than one memory has."""
    ids = [fact.id for fact in facts]
    return tuple(_twice(one, name) for one in dict.fromkeys(ids) if ids.count(one) > 1)


def _twice(memory_id: str, name: str) -> Issue:
    return issue("memory-duplicate-id", name, detail=memory_id)


def _unclear(name: str, detail: str) -> Told:
    return Told(issues=(issue("memories-unclear", name, detail=detail),))


def _fact(row: Any, text: str, place: tuple[str | int, ...], name: str) -> Fact | Issue:
    number = int(place[-1]) + 1
    if not isinstance(row, dict):
        return issue("memories-unclear", name, detail=f"line {line_at(text, place)}: memory number {number} is not written as a memory")
    memory_id = "" if row.get("id") is None else str(row["id"]).strip()
    if not memory_id:
        beginning = str(row.get("fact") or row.get("said") or "")[:40]
        return issue("memory-no-id", name, detail=f"number {number}, line {line_at(text, place)}, “{beginning}”")
    try:
        words = {key: str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value for key, value in row.items()}
        told = convert_clearly({**words, "id": memory_id}, _FactText, text, place)
    except Unclear as problem:
        return issue("memories-unclear", name, detail=f"memory {memory_id}, {problem}")
    return Fact(**msgspec.structs.asdict(told))
