"""A person's folder comes in, its Archive goes out: items, memories, and Issues for what could not be read."""

import contextlib
import hashlib
from pathlib import Path

import msgspec

from meetagain.archive.contradictions import contradictions
from meetagain.archive.look import readable
from meetagain.archive.memories import read_all
from meetagain.archive.provenance import Provenance, read_provenance
from meetagain.errors import Issue, MeetAgainError, issue
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
    """Everything in the folder; what could not be read is in the Issues. Raises MeetAgainError only for the folder and person.yaml."""
    folder = PersonFolder(root)
    person = folder.read_person()
    items, issues = _items(folder)
    told = read_all(folder.memory_files())
    issues.extend(told.issues)
    facts, resting = _resting_on(told.facts, items)
    issues.extend(resting)
    issues.extend(contradictions(facts, person))
    usable = [item for item in items if item.may_be_used]
    if not usable and not told.facts:
        issues.append(issue("archive-empty", path=str(root)))
    else:
        if not any(item.kind is ItemKind.PHOTO for item in usable):
            issues.append(issue("no-photo"))
        if not any(item.kind in (ItemKind.SOUND, ItemKind.FILM) and not item.spoken_by for item in usable):
            issues.append(issue("no-voice"))
        waiting = [fact for fact in facts if fact.share == "ask"]
        if waiting:
            issues.append(issue("memories-waiting", count=len(waiting)))
        if len(waiting) == len(facts):
            issues.append(issue("no-memories"))
    memory = Memory(facts=facts, not_true=person.character.not_true)
    return Archive(items=tuple(usable), memory=memory, issues=tuple(issues))


def _resting_on(facts: tuple[Fact, ...], items: list[Item]) -> tuple[tuple[Fact, ...], list[Issue]]:
    """The memories without those whose file was taken out or may not be used (requirement C4). A file is named by its id or its name."""
    barred = {name for item in items if not item.may_be_used for name in _names(item)}
    there = {name for item in items for name in _names(item)} - barred
    out = [fact for fact in facts if fact.item and fact.item not in there]
    if not out:
        return facts, []
    shown = ", ".join(fact.id for fact in out[:5]) + (" and others" if len(out) > 5 else "")
    return tuple(fact for fact in facts if not fact.item or fact.item in there), [
        issue("memories-without-file", count=len(out), detail=shown)
    ]


def _names(item: Item) -> tuple[str, ...]:
    return item.id, item.file, item.file.removeprefix("items/")


def _items(folder: PersonFolder) -> tuple[list[Item], list[Issue]]:
    """Every file that could be read, also those that may not be used, which are marked so."""
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
        same = old is not None and (old.size, old.mtime_ns) == (stat.st_size, stat.st_mtime_ns) and not _of_unknown_kind(old)
        found[name] = old if old is not None and same else _look(path, name, stat.st_size, stat.st_mtime_ns)
    if found != known:
        with contextlib.suppress(OSError):  # a folder that may only be read is looked at anew each time
            folder.write_json(INDEX, found)
    items = [_with_provenance(seen.item, provenance.get(name)) for name, seen in found.items() if seen.item is not None]
    if entries is None:
        items = [msgspec.structs.replace(item, may_be_used=False) for item in items]
    return items, [*unclear, *(one for seen in found.values() for one in seen.issues)]


def _provenance(folder: PersonFolder) -> tuple[dict[str, Provenance] | None, list[Issue]]:
    """Who gave what. While that is unclear nothing may be used, since a file may be marked as not to be used."""
    try:
        return read_provenance(folder), []
    except MeetAgainError as error:
        return None, [error.issue]


def _of_unknown_kind(old: _Known) -> bool:
    """Whether a file was of no kind that was known then; it is looked at anew, since we may have learnt it."""
    return any(found.code == "file-kind-unknown" for found in old.issues)


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
    return msgspec.structs.replace(item, **msgspec.structs.asdict(entry))


def file_id(path: Path) -> str:
    """First 12 hex digits of the file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
