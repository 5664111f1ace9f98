"""A person's folder comes in; what the keeper decided about places in recordings is read from recordings.yaml and written into it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.recordings import NEARER, Clip
from meetagain.store.amend import CannotAmend, quoted, with_entries
from meetagain.store.clear import Unclear, convert_clearly, read_clearly
from meetagain.store.folder import PersonFolder, write_whole
from meetagain.store.lock import Held, held

CLIPS = "recordings.yaml"
HEAD = """# Places in your recordings where somebody is heard. The recordings themselves stay as they are.
# theirs: yes when the voice is theirs, no when it is somebody else's.
# play_for: the line that is played from here (as appear/1 or j08), or no. Nothing is played before you write it.
# sound: cleaned of noise, or as it is. You may change from, to and heard. It is written by: meetagain recordings
"""
_SAFE = re.compile(r"\w[\w.-]*")  # it names a file below build/
_PLAIN = re.compile(r"[\w][\w.-]*", re.ASCII)


@contextmanager
def listening(root: Path) -> Iterator[None]:
    """One window at a time listens and writes. Raises MeetAgainError."""
    try:
        with held(PersonFolder(root).build / "recordings.lock"):
            yield
    except Held as error:
        raise MeetAgainError(issue("recordings-under-way")) from error


def read_clips(root: Path) -> dict[str, Clip]:
    """By name, as "beach-0m12". Raises MeetAgainError that names the line in the file."""
    path = root / CLIPS
    if not path.is_file():
        return {}
    try:
        return _clips_of(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MeetAgainError(issue("recordings-file-unclear", detail="it is not saved as plain text (UTF-8)")) from error
    except Unclear as error:
        raise MeetAgainError(issue("recordings-file-unclear", detail=str(error))) from error


def write_clips(root: Path, wanted: Mapping[str, Clip]) -> None:
    """Everything that is wanted, no more. Notes that the keeper wrote between entries stay. Raises MeetAgainError."""
    path = root / CLIPS
    old = path.read_text("utf-8-sig") if path.is_file() else ""
    before = read_clips(root)
    if before == dict(wanted):
        return
    write_whole(path, _with(old, before, wanted).encode())


def _with(old: str, before: Mapping[str, Clip], wanted: Mapping[str, Clip]) -> str:
    fresh = HEAD + "".join(_entry(name, clip) for name, clip in wanted.items())
    if not old.strip() or (old.startswith(HEAD) and "#" not in old[len(HEAD) :]):
        return fresh
    changes = {name: wanted.get(name) for name in {**before, **wanted} if before.get(name) != wanted.get(name)}
    try:
        text = with_entries(old, {name: _entry(name, clip) if clip else None for name, clip in changes.items()})
        return text if _clips_of(text) == dict(wanted) else fresh
    except (CannotAmend, Unclear):
        return fresh


def _clips_of(text: str) -> dict[str, Clip]:
    found = {}
    for name, row in read_clearly(text, dict[str, Any]).items():
        words = {"true": "yes", "false": "no"}
        plain = (
            {key: words.get(str(value).lower(), value) if key in ("theirs", "play_for") else value for key, value in row.items()}
            if isinstance(row, dict)
            else row
        )
        clip = convert_clearly(plain, Clip, text, (name,))
        for field, choices in (("theirs", ("", "yes", "no")), ("sound", ("cleaned", "as it is", NEARER))):
            if getattr(clip, field) not in choices:
                raise Unclear(f"{name} > {field}: write {' or '.join(choice for choice in choices if choice)}")
        if not _SAFE.fullmatch(name):
            raise Unclear(f"{name}: a name has only letters, numbers, and - between them")
        if not 0 <= clip.from_s < clip.to_s:
            raise Unclear(f"{name}: from should be less than to")
        found[name] = clip
    return found


def _entry(name: str, clip: Clip) -> str:
    rows = msgspec.to_builtins(clip)
    shown = "".join(f"  {key}: {_quoted(value) if isinstance(value, str) else value}".rstrip() + "\n" for key, value in rows.items())
    return f"{name if _PLAIN.fullmatch(name) else _quoted(name)}:\n{shown}"


def _quoted(text: str) -> str:
    """Plain words stand as they are, all else between quotation marks that JSON and YAML read alike."""
    if not text or text in ("yes", "no", "cleaned", "as it is", NEARER) or re.fullmatch(r"[A-Za-z][A-Za-z_]*/\d+", text):
        return text
    return quoted(text)
