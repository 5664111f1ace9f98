"""A person's folder comes in; what the keeper decided about lines and memories is read from it and written into it, whole or not at all."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import yaml

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.approval import Approval
from meetagain.schema.lines import Decision
from meetagain.store.amend import CannotAmend, with_field, written
from meetagain.store.clear import Unclear, read_clearly
from meetagain.store.decisions import decisions_of, with_decisions
from meetagain.store.folder import PersonFolder, write_whole
from meetagain.store.lock import Held, held

DECISIONS = "lines.yaml"
APPROVED = "approved.json"
TOLD = "memories-told.yaml"
TOLD_HEAD = """# What the visitor told in a meeting, in the words that were heard. Nothing here is spoken while it says share: ask.
# Put it into a sentence as the other memories have it, then open it with: meetagain review FOLDER --open ID
"""


class Altered(ValueError):
    """The approval is not as it was written."""


@contextmanager
def reviewing(root: Path) -> Iterator[None]:
    """One window at a time writes decisions. Raises MeetAgainError."""
    try:
        with held(PersonFolder(root).build / "review.lock"):
            yield
    except Held as error:
        raise MeetAgainError(issue("review-under-way")) from error


# --- decisions ----------------------------------------------------------------------------------------------------------------


def read_decisions(root: Path) -> dict[str, Decision]:
    """By the key of the line. Raises MeetAgainError that names the line in the file: a line that was forbidden must not come back unseen."""
    path = root / DECISIONS
    if not path.is_file():
        return {}
    try:
        return decisions_of(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MeetAgainError(issue("lines-file-unclear", detail="it is not saved as plain text (UTF-8)")) from error
    except Unclear as error:
        raise MeetAgainError(issue("lines-file-unclear", detail=str(error))) from error


def write_decisions(root: Path, changes: Mapping[str, Decision | None]) -> None:
    """Change some decisions; None takes one out. The others, and notes that the keeper wrote between them, stay. Raises MeetAgainError."""
    path = root / DECISIONS
    wanted = {key: decision for key, decision in {**read_decisions(root), **changes}.items() if decision is not None}
    old = path.read_text("utf-8-sig") if path.is_file() else ""
    write_whole(path, with_decisions(old, wanted).encode())


# --- memories -----------------------------------------------------------------------------------------------------------------


def share_memory(root: Path, memory_id: str, share: str) -> Path:
    """Write who may hear a memory into the file where it stands, every other byte as it was. Raises MeetAgainError."""
    for path in PersonFolder(root).memory_files():
        data = path.read_bytes()
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        try:
            text = with_field(data[len(mark) :].decode(), memory_id, "share", share)
        except (KeyError, UnicodeDecodeError, yaml.YAMLError):
            continue  # it is not in this file, or nobody could read it there either
        except CannotAmend as error:
            raise MeetAgainError(issue("memory-not-changed", path.name, memory=memory_id, share=share)) from error
        write_whole(path, mark + text.encode())
        return path
    raise MeetAgainError(issue("memory-unknown", memory_id))


def append_memory(root: Path, row: Mapping[str, str]) -> Path:
    """Write one more memory at the end of memories-told.yaml. Raises MeetAgainError when that file cannot be carried on."""
    path = root / TOLD
    old = path.read_bytes().decode() if path.is_file() else f"{TOLD_HEAD}memories:\n"
    text = old + ("" if old.endswith("\n") else "\n") + written([dict(row)])
    try:
        rows = read_clearly(text, dict[str, Any]).get("memories")
    except Unclear:
        rows = None
    if not isinstance(rows, list) or rows[-1] != dict(row):
        raise MeetAgainError(issue("told-file-unclear", path.name))
    write_whole(path, text.encode())
    return path


# --- approval -----------------------------------------------------------------------------------------------------------------


class _Sealed(msgspec.Struct, frozen=True):
    seal: str
    approved: msgspec.Raw


def read_approval(root: Path) -> Approval | None:
    """What was approved, or None where nothing was. Raises Altered when the file is not as it was written."""
    path = root / APPROVED
    if not path.is_file():
        return None
    try:
        sealed = msgspec.json.decode(path.read_bytes(), type=_Sealed)
        if _seal(sealed.approved) != sealed.seal:
            raise Altered(APPROVED)
        return msgspec.json.decode(sealed.approved, type=Approval)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Altered(APPROVED) from error


def write_approval(root: Path, approval: Approval) -> Path:
    """Write it with a seal over all that is in it."""
    body = msgspec.json.encode(approval)
    text = msgspec.json.encode(_Sealed(_seal(body), msgspec.Raw(body)))
    write_whole(root / APPROVED, msgspec.json.format(text, indent=1) + b"\n")
    return root / APPROVED


def _seal(body: bytes | msgspec.Raw) -> str:
    """A hash over what it says: the same however the file's lines are broken."""
    return hashlib.sha256(msgspec.json.encode(msgspec.json.decode(body), order="deterministic")).hexdigest()


def free_id(taken: Iterable[str], first: str) -> str:
    """`first-1`, or the next number that no memory has."""
    known, number = set(taken), 1
    while f"{first}-{number}" in known:
        number += 1
    return f"{first}-{number}"
