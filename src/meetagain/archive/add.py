"""Files and folders come in, copies of the readable ones lie in the archive, and a report with Issues goes out."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from meetagain.archive.look import MEMORY_SUFFIXES, readable
from meetagain.archive.memories import check_ids, read_memories
from meetagain.archive.provenance import Provenance, read_provenance, write_provenance
from meetagain.archive.read import file_id, memory_files
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.store.folder import PersonFolder, write_whole


class AddReport(msgspec.Struct, frozen=True):
    """What was taken, and what the family should know."""

    added: tuple[str, ...]
    issues: tuple[Issue, ...]


def add_files(root: Path, files: Sequence[Path], given_by: str = "") -> AddReport:
    """Copy files into the archive. The originals are never altered; one bad file does not stop the rest.

    Raises MeetAgainError when the folder is not a person's folder.
    """
    folder = PersonFolder(root)
    folder.read_person()
    entries = read_provenance(folder)
    there = {file_id(path): path.name for path in folder.items.rglob("*") if path.is_file()}
    added: list[str] = []
    issues: list[Issue] = []
    for path in _flat(files, issues):
        if path.suffix.lower() in MEMORY_SUFFIXES:
            _add_memories(folder, path, added, issues)
        else:
            _add_item(folder, path, given_by, there, entries, added, issues)
    if added:
        write_provenance(folder, entries)
    return AddReport(tuple(added), tuple(issues))


def _flat(files: Iterable[Path], issues: list[Issue]) -> Iterable[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(child for child in path.rglob("*") if child.is_file() and not child.name.startswith("."))
        elif path.is_file():
            yield path
        else:
            issues.append(issue("file-unreadable", path.name, detail="there is no such file"))


def _add_item(
    folder: PersonFolder,
    path: Path,
    given_by: str,
    there: dict[str, str],
    entries: dict[str, Provenance],
    added: list[str],
    issues: list[Issue],
) -> None:
    seen, found = readable(path)
    if seen is None:
        issues.extend(found)
        return
    identity = file_id(path)
    if identity in there:
        issues.append(issue("already-here", path.name))
        return
    target = _free_name(folder.items / path.name)
    if target.name != path.name:
        issues.append(issue("name-taken", path.name, new_name=target.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    shutil.copyfile(path, partial)
    partial.replace(target)
    there[identity] = target.name
    entries[target.name] = Provenance(given_by=given_by, line=line_of(target.stem, folder))
    added.append(f"items/{target.name}")


def line_of(stem: str, folder: PersonFolder) -> str:
    """Which line a recording is for, by its name: `goodbye-2` is for the second goodbye, `j28` for that memory, `song` for the song."""
    person = folder.read_person()
    group, _, number = stem.lower().replace("_", "-").partition("-")
    group = {"goodnight": "goodbye", "hello": "appear", "sing": "song"}.get(group, group)
    known = {*person.character.lines, *person.character.reply_unsaid, "song", "laugh"}
    if group in known:
        return f"{group}/{number}" if number.isdigit() else f"{group}/1"
    ids = {fact.id for path in memory_files(folder.root) for fact in read_memories(path)}
    return stem if stem in ids else ""


def _free_name(wanted: Path) -> Path:
    target, number = wanted, 2
    while target.exists():
        target = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return target


def _add_memories(folder: PersonFolder, path: Path, added: list[str], issues: list[Issue]) -> None:
    try:
        fresh = read_memories(path)
        old = tuple(fact for known in memory_files(folder.root) for fact in read_memories(known))
        if fresh and set(fresh) <= set(old):
            issues.append(issue("already-here", path.name))
            return
        check_ids(old + fresh, path.name)
    except MeetAgainError as error:
        issues.append(error.issue)
        return
    target = folder.root / "memories.yaml"
    if target.exists() and read_memories(target):
        target = _free_name(target)
    write_whole(target, path.read_bytes())
    added.append(target.name)
