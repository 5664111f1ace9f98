"""A person's folder comes in, its Archive goes out: items, memories, and Issues for what could not be read."""

import hashlib
from pathlib import Path

import msgspec

from meetagain.archive.look import readable
from meetagain.archive.memories import check_ids, read_memories
from meetagain.archive.provenance import Provenance, read_provenance
from meetagain.errors import Issue, issue
from meetagain.schema.archive import Archive, Fact, Item, ItemKind, Memory
from meetagain.store.folder import PersonFolder

INDEX = "items.json"


class _Known(msgspec.Struct, frozen=True):
    """What was seen in a file the last time; it is looked at again only when it changed."""

    size: int
    mtime_ns: int
    item: Item | None
    issues: tuple[Issue, ...]


def read_archive(root: Path) -> Archive:
    """Everything in the folder. Raises MeetAgainError only for person.yaml, memories and provenance, never for a media file."""
    folder = PersonFolder(root)
    person = folder.read_person()
    items, issues = _items(folder)
    facts = _facts(folder)
    if not items and not facts:
        issues.append(issue("archive-empty", path=str(root)))
    else:
        if not any(item.kind is ItemKind.PHOTO for item in items):
            issues.append(issue("no-photo"))
        if not any(item.kind is not ItemKind.PHOTO for item in items):
            issues.append(issue("no-voice"))
        if not facts:
            issues.append(issue("no-memories"))
    return Archive(items=tuple(items), memory=Memory(facts=facts, not_true=person.character.not_true), issues=tuple(issues))


def memory_files(root: Path) -> list[Path]:
    """memories.yaml and any memories-*.yaml beside it."""
    return sorted(root.glob("memories*.yaml"))


def _facts(folder: PersonFolder) -> tuple[Fact, ...]:
    facts: tuple[Fact, ...] = ()
    for path in memory_files(folder.root):
        facts += read_memories(path)
        check_ids(facts, path.name)
    return facts


def _items(folder: PersonFolder) -> tuple[list[Item], list[Issue]]:
    provenance = read_provenance(folder)
    known = folder.read_json(INDEX, dict[str, _Known]) or {}
    found: dict[str, _Known] = {}
    paths = sorted(path for path in folder.items.rglob("*") if path.is_file() and not path.name.startswith("."))
    for path in paths:
        name = path.relative_to(folder.items).as_posix()
        stat = path.stat()
        old = known.get(name)
        same = old is not None and (old.size, old.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        found[name] = old if old is not None and same else _look(path, name, stat.st_size, stat.st_mtime_ns)
    if found != known:
        folder.write_json(INDEX, found)
    items = [_with_provenance(seen.item, provenance.get(name)) for name, seen in found.items() if seen.item is not None]
    return [item for item in items if item.may_be_used], [one for seen in found.values() for one in seen.issues]


def _look(path: Path, name: str, size: int, mtime_ns: int) -> _Known:
    seen, issues = readable(path)
    if seen is None:
        return _Known(size, mtime_ns, None, issues)
    item = Item(
        id=file_id(path),
        file=f"items/{name}",
        kind=seen.kind,
        given_by="",
        may_be_used=True,
        taken=seen.taken,
        width_px=seen.width_px,
        height_px=seen.height_px,
        duration_s=seen.duration_s,
    )
    return _Known(size, mtime_ns, item, issues)


def _with_provenance(item: Item, entry: Provenance | None) -> Item:
    if entry is None:
        return item
    return msgspec.structs.replace(
        item, given_by=entry.given_by, may_be_used=entry.may_be_used, also_in_it=entry.also_in_it, line=entry.line, note=entry.note
    )


def file_id(path: Path) -> str:
    """First 12 hex digits of the file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
