"""Measured values come in one by one and stay in a folder; what was measured before comes out, so that a run that was ended goes on."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.models.catalogue import cache_folder

REVISION = 2  # raised when the way of measuring changes: what was kept before is then measured again
Kept = TypeVar("Kept", bound=msgspec.Struct)


def work_folder(told: Path | None = None) -> Path:
    """Where measured values lie: the folder that was told, or one beside the fetched weights. Raises MeetAgainError(bench-folder-unclear)."""
    folder = told if told is not None else cache_folder().parent / "bench" / "likeness"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MeetAgainError(issue("bench-folder-unclear", str(folder), detail="measured values cannot be kept there")) from error
    return folder


def keep(folder: Path, name: str, value: msgspec.Struct) -> None:
    """Lay one value down whole or not at all; two processes may do so side by side."""
    path = _path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(msgspec.json.encode(value))
    part.replace(path)


def kept(folder: Path, name: str, kind: type[Kept]) -> Kept | None:
    """A value that was laid down, or None where there is none of this revision; what is damaged counts as none."""
    try:
        return msgspec.json.decode(_path(folder, name).read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def all_kept(folder: Path, kind: type[Kept], under: str) -> tuple[Kept, ...]:
    """Every value of this revision below `under`, by name."""
    found = sorted(_path(folder, under).with_suffix("").glob("*.json"))
    values = (kept(folder, f"{under}/{path.stem}", kind) for path in found)
    return tuple(value for value in values if value is not None)


def mine(number: int, share: tuple[int, int]) -> bool:
    """Whether the person of a number, from 0, falls to this process; share (2, 3) is the second of three that run side by side."""
    return number % share[1] == share[0] - 1


def read_share(words: str) -> tuple[int, int]:
    """ "1/2" -> (1, 2). Raises MeetAgainError(bench-share-unclear)."""
    first, _, of = words.partition("/")
    if first.strip().isdecimal() and of.strip().isdecimal() and 1 <= int(first) <= int(of):
        return int(first), int(of)
    raise MeetAgainError(issue("bench-share-unclear", words))


@cache
def product() -> str:
    """A short word for the likeness' code and data as they are, so that figures from different states are not taken for one."""
    root = Path(__file__).parents[1] / "likeness"
    out = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".npz", ".json")):
        out.update(path.relative_to(root).as_posix().encode())
        out.update(path.read_bytes())
    return out.hexdigest()[:12]


def _path(folder: Path, name: str) -> Path:
    return folder / f"r{REVISION}" / f"{name}.json"
