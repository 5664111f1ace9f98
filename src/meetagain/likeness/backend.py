"""The door of the likeness room: an Archive's person and photos come in, likeness.vrm goes out."""

from pathlib import Path
from typing import Protocol

from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Likeness
from meetagain.schema.person import Person


class LikenessBackend(Protocol):
    """Makes a body. Deterministic for the same input."""

    def build(self, person: Person, archive: Archive, root: Path, out: Path) -> Likeness:
        """Write a VRM 1.0 file to `out` (photos are at `root / item.file`) and say what it is. Raises MeetAgainError."""
        ...
