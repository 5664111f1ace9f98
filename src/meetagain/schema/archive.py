"""What the family gave: files with their provenance, and memories in their own words."""

from enum import StrEnum

import msgspec

from meetagain.errors import Issue


class ItemKind(StrEnum):
    PHOTO = "photo"
    SOUND = "sound"
    FILM = "film"
    TEXT = "text"
    BODY = "body"  # a scan or figure that can move: VRM or GLB


class Item(msgspec.Struct, frozen=True):
    """One file of the family, unaltered, with where it came from (requirement C3)."""

    id: str  # first 12 hex digits of the file's sha256
    file: str  # path below the person's folder, e.g. "items/beach.jpg"
    kind: ItemKind
    given_by: str
    may_be_used: bool
    also_in_it: tuple[str, ...] = ()
    taken: str = ""  # ISO date where the file tells
    line: str = ""  # "<group>/<n>" or the words spoken, when a recording is meant for a line
    width_px: int = 0
    height_px: int = 0
    duration_s: float = 0.0
    note: str = ""
    spoken_by: str = ""  # who says the line for them, where it is not their own voice


class Fact(msgspec.Struct, frozen=True):
    """One memory as somebody told it. `said` holds the person's own words where they are known.

    `share` says who may hear it: all; visitor (only the one who goes in); ask (found in a file, and waiting for the keeper to
    read it); never. Only `all` and `visitor` are ever spoken.
    """

    id: str
    kind: str
    when: str
    told_by: str
    source: str
    tags: tuple[str, ...]
    fact: str
    said: str = ""
    share: str = "all"  # all | visitor | ask | never
    item: str = ""  # id of the file it was found in; empty when somebody told it
    tender: bool = False  # told only when asked for, and gently

    @property
    def open(self) -> bool:
        """Whether it may be spoken of at all."""
        return self.share in ("all", "visitor")


class Memory(msgspec.Struct, frozen=True):
    """All that may be said about the shared past, and what is known to be untrue."""

    facts: tuple[Fact, ...]
    not_true: tuple[str, ...] = ()


class Archive(msgspec.Struct, frozen=True):
    """Everything in one person's folder, read and checked."""

    items: tuple[Item, ...]
    memory: Memory
    issues: tuple[Issue, ...] = ()
