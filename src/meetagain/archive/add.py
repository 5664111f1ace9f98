"""Files and folders come in, copies of the readable ones lie in the archive, and a report with Issues goes out."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from meetagain.archive.found import Found, Known, found_in
from meetagain.archive.lines import line_of
from meetagain.archive.look import MEMORY_SUFFIXES, Seen, readable
from meetagain.archive.memories import Told, read_all, read_memories, twice
from meetagain.archive.names import is_family, is_person
from meetagain.archive.new import template
from meetagain.archive.page import page, page_name
from meetagain.archive.provenance import Provenance, read_provenance, write_provenance
from meetagain.archive.read import file_id
from meetagain.archive.written.read import read_writing
from meetagain.errors import Issue, MeetAgainError, Severity, issue
from meetagain.schema.archive import ItemKind
from meetagain.schema.person import Person
from meetagain.store.folder import PersonFolder, write_whole


class AddReport(msgspec.Struct, frozen=True):
    """What was taken, and what the family should know."""

    added: tuple[str, ...]
    issues: tuple[Issue, ...]


def add_files(root: Path, files: Sequence[Path], given_by: str = "", written_by: str = "", spoken_by: str = "") -> AddReport:
    """Copy files into the archive. The originals are never altered; one bad file does not stop the rest.

    What letters, chats and transcripts hold is written once into a page of its own beside memories.yaml, and waits there for the keeper.
    `written_by` is the name under which the person wrote in them, where it is not one that person.yaml knows; with it a text that is
    in the folder already is read once more, and only what was not found before is added. The name of somebody else in the family tells
    who wrote an unsigned text. `spoken_by` names who says the lines in recordings that are not the person's own voice.

    Raises MeetAgainError when `root` is not a person's folder, or its provenance.yaml is unclear (it would be lost).
    """
    adding = _Adding(PersonFolder(root), given_by, written_by, spoken_by)
    for path in _flat(files, root, adding.issues):
        (adding.wait_for_memories if path.suffix.lower() not in MEMORY_SUFFIXES else adding.memories)(path)
    adding.items()
    return AddReport(tuple(adding.added), tuple(adding.issues))


def _flat(files: Sequence[Path], root: Path, issues: list[Issue]) -> Iterator[Path]:
    """Every file once, folders opened; what already lies in the person's folder is not looked at."""
    for path in files:
        if path.is_dir():
            yield from _inside(path, root)
        elif path.is_file():
            yield path
        else:
            issues.append(issue("file-unreadable", _shown(path.name), detail="there is no such file"))


def _inside(folder: Path, root: Path) -> Iterator[Path]:
    own = root.resolve()
    for place, names, files in os.walk(folder):  # links to other folders are not followed: they could go round in circles
        here = Path(place)
        names[:] = sorted(name for name in names if not name.startswith(".") and (here / name).resolve() != own)
        yield from (here / name for name in sorted(files) if not name.startswith(".") and (here / name).is_file())


class _Adding:
    """One call of `add_files`: what is there already, what was added, what the family should know."""

    def __init__(self, folder: PersonFolder, given_by: str, written_by: str, spoken_by: str) -> None:
        self.folder = folder
        self.given_by = given_by
        self.written_by = written_by
        self.spoken_by = spoken_by
        self.person: Person = folder.read_person()
        self.entries = read_provenance(folder)
        self.added: list[str] = []
        self.issues: list[Issue] = []
        self._waiting: list[Path] = []
        self._there = {file_id(path): path.name for path in folder.items.rglob("*") if path.is_file()}

    def wait_for_memories(self, path: Path) -> None:
        """Photos and recordings come after all memories, since a recording may be named for one."""
        self._waiting.append(path)

    def memories(self, path: Path) -> None:
        """Take a memories file beside those already there, or not at all."""
        fresh = read_memories(path)
        old = read_all(self.folder.memory_files())
        if fresh.facts and not fresh.issues and set(fresh.facts) <= set(old.facts):
            self.issues.append(issue("already-here", _shown(path.name)))
            return
        stops = [*fresh.issues, *(twice((*old.facts, *fresh.facts), _shown(path.name)) if not fresh.issues else ())]
        if any(stop.severity is Severity.STOP for stop in stops):
            self.issues.extend(stops)
            return
        self._keep_memories(path, fresh)

    def _keep_memories(self, path: Path, fresh: Told) -> None:
        if not fresh.facts:
            self.issues.append(issue("file-empty", _shown(path.name)))
            return
        first = self.folder.root / "memories.yaml"
        untouched = not first.exists() or first.read_bytes() == template("memories.yaml")
        target = first if untouched else free_name(first)
        write_whole(target, path.read_bytes())
        self.added.append(target.name)

    def items(self) -> None:
        """Copy what waited, and write down where it came from."""
        facts = read_all(self.folder.memory_files()).facts
        ids, known = [fact.id for fact in facts], Known(facts)
        before = len(self.added)
        for path in self._waiting:
            seen, found = readable(path)
            self.issues.extend(found)
            if seen is not None:
                self._text(path, known) if seen.kind is ItemKind.TEXT else self._item(path, seen, ids)
        if len(self.added) > before:
            write_provenance(self.folder, self.entries)

    def _text(self, path: Path, known: Known) -> None:
        """A letter, a chat or a transcript: first the page with what was found in it, then the file itself. Both, or neither."""
        identity = file_id(path)
        if identity in self._there and not self.written_by:
            self.issues.append(issue("already-here", _shown(path.name)))
            return
        again = identity in known.items.values()
        try:
            read = read_writing(path, lambda name: is_person(name, self.person) or is_family(name, self.person))
            found = found_in(read.writing, self.person, identity, _shown(path.name), known, self.written_by)
            told = self._page(path, found)
        except MeetAgainError as error:
            self.issues.append(error.issue)
            return
        except OSError:
            self.issues.append(issue("file-unreadable", _shown(path.name), detail="what was found in it could not be written down"))
            return
        if identity in self._there:
            self.issues.extend(found.issues if told else (*found.issues, issue("already-here", _shown(path.name))))
        elif self._copied(path, identity):
            self.issues += [*read.issues, *found.issues]
            if not told and not again and not found.issues:
                self.issues.append(issue("text-nothing-found", _shown(path.name), name=self.person.name))
        elif told:
            told.unlink(missing_ok=True)
            return
        if told:
            self.added.append(told.name)
            self.issues.append(issue("text-found", _shown(path.name), count=len(found.facts), of=found.of, page=told.name))

    def _page(self, path: Path, found: Found) -> Path | None:
        """Write what was found, under a name that is still free."""
        if not found.facts:
            return None
        target = free_name(self.folder.root / page_name(path.stem))
        write_whole(target, page(found, _shown(path.name), self.person.name))
        return target

    def _item(self, path: Path, seen: Seen, memory_ids: list[str]) -> None:
        identity = file_id(path)
        if identity in self._there:
            self.issues.append(issue("already-here", _shown(path.name)))
            return
        heard = seen.kind in (ItemKind.SOUND, ItemKind.FILM)
        line = line_of(_without(self.spoken_by, Path(_shown(path.name)).stem), self.person, memory_ids) if heard else ""
        taken = self._copied(path, identity, line, self.spoken_by if heard else "")
        if taken and seen.kind is ItemKind.BODY:
            self.issues.append(issue("brought-added", self.added[-1]))

    def _copied(self, path: Path, identity: str, line: str = "", spoken_by: str = "") -> bool:
        """Whether the file lies in items/ now, with its provenance."""
        wanted = _shown(path.name).lstrip(".") or "file"
        target = free_name(self.folder.items / wanted)
        try:
            _copy(path, target)
        except OSError:
            self.issues.append(issue("file-unreadable", wanted, detail="it could not be copied"))
            return False
        if target.name != wanted:
            self.issues.append(issue("name-taken", wanted, new_name=target.name))
        self._there[identity] = target.name
        self.entries[target.name] = Provenance(given_by=self.given_by, line=line, spoken_by=spoken_by)
        self.added.append(f"items/{target.name}")
        return True


def _without(name: str, stem: str) -> str:
    """goodbye-irja, spoken by Irja, is a goodbye."""
    return re.sub(rf"[\s_-]+{re.escape(name)}$", "", stem, flags=re.IGNORECASE) if name else stem


def _copy(path: Path, target: Path) -> None:
    """A whole copy or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    try:
        shutil.copy2(path, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def free_name(wanted: Path) -> Path:
    """`wanted`, or the same name with -2, -3 ... when something is already called so."""
    target, number = wanted, 2
    while target.exists():
        target = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return target


def _shown(name: str) -> str:
    """A file's name as text, whatever its bytes are."""
    return name.encode("utf-8", "replace").decode()
