"""A path comes in, a person's folder with its places, whole writes and lineage goes out. The only room that knows these places."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.person import Person
from meetagain.store.clear import Unclear, read_clearly

T = TypeVar("T")


class Made(msgspec.Struct, frozen=True):
    """What one artefact was made of."""

    artefact: str
    inputs: str  # hash of everything it depends on
    items: tuple[str, ...] = ()  # item ids


class PersonFolder:
    """One person's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def items(self) -> Path:
        """The family's files."""
        return self.root / "items"

    @property
    def build(self) -> Path:
        """Artefacts."""
        return self.root / "build"

    @property
    def build_lock(self) -> Path:
        """Held by the one build that is under way."""
        return self.build / "lock"

    @property
    def meetings(self) -> Path:
        """Where the meetings that were held lie, each in a folder of its own."""
        return self.root / "meetings"

    @property
    def provenance(self) -> Path:
        """Who gave each file."""
        return self.root / "provenance.yaml"

    def memory_files(self) -> tuple[Path, ...]:
        """memories.yaml and any memories*.yaml beside it, in the order in which they are read."""
        return tuple(sorted(self.root.glob("memories*.yaml")))

    def read_person(self) -> Person:
        """person.yaml as a value. Raises MeetAgainError that names what is unclear and where."""
        if not self.root.is_dir():
            raise MeetAgainError(issue("folder-missing", path=str(self.root)))
        path = self.root / "person.yaml"
        if not path.is_file():
            raise MeetAgainError(issue("person-file-missing", path=str(self.root)))
        try:
            return read_clearly(path.read_text("utf-8-sig"), Person)
        except UnicodeDecodeError as error:
            raise MeetAgainError(issue("person-file-unclear", detail="it is not saved as plain text (UTF-8)")) from error
        except Unclear as error:
            raise MeetAgainError(issue("person-file-unclear", detail=str(error))) from error

    def read_json(self, name: str, kind: type[T]) -> T | None:
        """An artefact's description from build/, or None when it is not there or of another version."""
        try:
            return msgspec.json.decode((self.build / name).read_bytes(), type=kind)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def write_json(self, name: str, value: Any) -> None:
        """Write an artefact's description into build/, whole or not at all."""
        write_whole(self.build / name, msgspec.json.format(msgspec.json.encode(value), indent=1))

    def lineage(self) -> dict[str, Made]:
        """What every artefact was made of."""
        return self.read_json("lineage.json", dict[str, Made]) or {}

    def record(self, made: Made) -> None:
        """Remember what an artefact was made of."""
        self.write_json("lineage.json", {**self.lineage(), made.artefact: made})

    def made_of(self, item_id: str) -> tuple[str, ...]:
        """Artefacts that an item went into: what is made anew when the item is taken out (requirement C4)."""
        return tuple(name for name, made in self.lineage().items() if item_id in made.items)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def digest(*parts: bytes | str) -> str:
    """One hash over parts, each set off from the next."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little") + data)
    return total.hexdigest()
