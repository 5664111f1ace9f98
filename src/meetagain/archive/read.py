"""A person's folder comes in, its Archive goes out: items, memories, and Issues for what could not be read."""

import contextlib
import hashlib
from pathlib import Path

import msgspec

from meetagain.archive.look import readable
from meetagain.archive.memories import read_all
from meetagain.archive.provenance import Provenance, read_provenance
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.schema.archive import Archive, Item, ItemKind, Memory
from meetagain.store.folder import PersonFolder

INDEX = "items.json"


class _Known(msgspec.Struct, frozen=True):
    """What was seen in a file the last time; it is looked at again only when it changed."""

    size: int
    mtime_ns: int
    item: Item | None
    issues: tuple[Issue, ...]


def read_archive(root: Path) -> Archive:
    """Everything in the folder; what could not be read is in the Issues. Raises MeetAgainError only for the folder and person.yaml."""
    folder = PersonFolder(root)
    person = folder.read_person()
    items, issues = _items(folder)
    told = read_all(folder.memory_files())
    issues.extend(told.issues)
    if not items and not told.facts:
        issues.append(issue("archive-empty", path=str(root)))
    else:
        if not any(item.kind is ItemKind.PHOTO for item in items):
            issues.append(issue("no-photo"))
        if not any(item.kind is not ItemKind.PHOTO for item in items):
            issues.append(issue("no-voice"))
        if not told.facts:
            issues.append(issue("no-memories"))
    memory = Memory(facts=told.facts, not_true=person.character.not_true)
    return Archive(items=tuple(items), memory=memory, issues=tuple(issues))


def _items(folder: PersonFolder) -> tuple[list[Item], list[Issue]]:
    entries, unclear = _provenance(folder)
    provenance = entries or {}
    known = folder.read_json(INDEX, dict[str, _Known]) or {}
    found: dict[str, _Known] = {}
    for path in sorted(path for path in folder.items.rglob("*") if path.is_file() and not path.name.startswith(".")):
        name = path.relative_to(folder.items).as_posix()
        if not _is_text(name):
            unclear = [*unclear, issue("file-unreadable", name.encode("utf-8", "replace").decode(), detail="its name cannot be read")]
            continue
        stat = path.stat()
        old = known.get(name)
        same = old is not None and (old.size, old.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        found[name] = old if old is not None and same else _look(path, name, stat.st_size, stat.st_mtime_ns)
    if found != known:
        with contextlib.suppress(OSError):  # a folder that may only be read is looked at anew each time
            folder.write_json(INDEX, found)
    items = [_with_provenance(seen.item, provenance.get(name)) for name, seen in found.items() if seen.item is not None]
    usable = [] if entries is None else [item for item in items if item.may_be_used]
    return usable, [*unclear, *(one for seen in found.values() for one in seen.issues)]


def _provenance(folder: PersonFolder) -> tuple[dict[str, Provenance] | None, list[Issue]]:
    """Who gave what. While that is unclear nothing may be used, since a file may be marked as not to be used."""
    try:
        return read_provenance(folder), []
    except MeetAgainError as error:
        return None, [error.issue]


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


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
