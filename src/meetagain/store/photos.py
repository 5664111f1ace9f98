"""A person's folder comes in; what the keeper decided about faces in photographs is read from photos.yaml and written into it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.photos import OLDEST, Face
from meetagain.store.amend import CannotAmend, quoted, with_entries
from meetagain.store.clear import Unclear, convert_clearly, read_clearly
from meetagain.store.folder import PersonFolder, write_whole
from meetagain.store.lock import Held, held

PHOTOS = "photos.yaml"
LOOKED = "photos"  # below build/: what was found in each picture
HEAD = """# Faces that were found in your photographs. The photographs themselves stay as they are.
# group: faces that look like one person. The page build/photos.html shows who is who.
# theirs: yes when it is the person of the portrait, no when it is somebody else. Nothing shapes the portrait before you write yes.
# age: how old they are in it, if you know; otherwise it goes by the day that the camera wrote down.
# kind: photo, or drawing. You may change everything but file and at. It is written by: meetagain photos
"""
_NAME = re.compile(r"[\w][\w.-]*", re.ASCII)


@contextmanager
def looking(root: Path) -> Iterator[None]:
    """One window at a time looks and writes. Raises MeetAgainError."""
    try:
        with held(PersonFolder(root).build / "photos.lock"):
            yield
    except Held as error:
        raise MeetAgainError(issue("photos-under-way")) from error


def read_faces(root: Path) -> dict[str, Face]:
    """By name, as "beach-1". Raises MeetAgainError that names the line in the file."""
    path = root / PHOTOS
    if not path.is_file():
        return {}
    try:
        return _faces_of(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MeetAgainError(issue("photos-file-unclear", detail="it is not saved as plain text (UTF-8)")) from error
    except Unclear as error:
        raise MeetAgainError(issue("photos-file-unclear", detail=str(error))) from error


def write_faces(root: Path, wanted: Mapping[str, Face]) -> None:
    """Everything that is wanted, no more. What did not change stays as the keeper wrote it, with the notes between. Raises MeetAgainError."""
    path = root / PHOTOS
    old = path.read_text("utf-8-sig") if path.is_file() else ""
    before = read_faces(root)
    if before == dict(wanted) and path.is_file():
        return
    write_whole(path, _with(old, before, wanted).encode())


def _with(old: str, before: Mapping[str, Face], wanted: Mapping[str, Face]) -> str:
    fresh = HEAD + "".join(_entry(name, face) for name, face in wanted.items())
    if not old.strip():
        return fresh
    changes = {name: wanted.get(name) for name in {**before, **wanted} if before.get(name) != wanted.get(name)}
    try:
        text = with_entries(old, {name: _entry(name, face) if face else None for name, face in changes.items()})
        return text if _faces_of(text) == dict(wanted) else fresh
    except (CannotAmend, Unclear):
        return fresh


def _faces_of(text: str) -> dict[str, Face]:
    found = {}
    for name, row in read_clearly(text, dict[str, Any]).items():
        face = convert_clearly(_plain(row), Face, text, (name,))
        for field, choices in (("theirs", ("", "yes", "no")), ("kind", ("photo", "drawing"))):
            if getattr(face, field) not in choices:
                raise Unclear(f"{name} > {field}: write {' or '.join(choice for choice in choices if choice)}")
        if face.at and not (len(face.at) == 4 and face.at[0] < face.at[2] and face.at[1] < face.at[3]):
            raise Unclear(f"{name} > at: it should be four numbers, as left, top, right, bottom")
        if face.age is not None and not 0 <= face.age <= OLDEST:
            raise Unclear(f"{name} > age: write it in years")
        if face.turn not in range(4):
            raise Unclear(f"{name} > turn: write 0, 1, 2 or 3 quarter turns")
        found[name] = face
    return found


def _plain(row: Any) -> Any:
    """A row in which yes and no, which YAML reads as true and false, are words again."""
    if not isinstance(row, dict):
        return row
    words = {"true": "yes", "false": "no"}
    return {key: words.get(str(value).lower(), value) if key in ("theirs", "group") else value for key, value in row.items()}


def _entry(name: str, face: Face) -> str:
    rows = [f"  file: {quoted(face.file)}"]
    if face.at:
        rows.append(f"  at: [{', '.join(f'{value:g}' for value in face.at)}]")
    if face.group:
        rows.append(f"  group: {quoted(face.group)}")
    rows.append(f"  theirs: {face.theirs}".rstrip())
    rows.append(f"  age: {'' if face.age is None else f'{face.age:g}'}".rstrip())
    rows.append(f"  kind: {face.kind}")
    if face.turn:
        rows.append(f"  turn: {face.turn}")
    return f"{name if _NAME.fullmatch(name) else quoted(name)}:\n" + "".join(f"{row}\n" for row in rows)
