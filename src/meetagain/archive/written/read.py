"""A file comes in; what is written in it goes out as a Writing, whatever program or phone it comes from."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from meetagain.archive.written import chat_json, interview, kakao, prose, subtitles, whatsapp
from meetagain.archive.written.clean import tidy
from meetagain.archive.written.container import LIMIT_BYTES, chat_inside, inner_bytes, is_word_file, word_text
from meetagain.archive.written.dates import day_of_name
from meetagain.archive.written.decode import decode
from meetagain.archive.written.passage import Writing
from meetagain.errors import Issue, MeetAgainError, issue

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".srt", ".vtt", ".json", ".csv", ".docx", ".zip"})
ZIPPED = b"PK\x03\x04"
MOST_PASSAGES = 200_000
#: Beginnings of files that are letters on the outside and something else within.
_NO_TEXT = (b"%PDF", b"{\\rtf", b"%!PS", b"#EXTM3U", b"<!DOCTYPE", b"<html", b"<?xml")


class Read(msgspec.Struct, frozen=True):
    """What was read, and what the family should know of how it was read."""

    writing: Writing
    issues: tuple[Issue, ...] = ()


def is_writing(path: Path, head: bytes) -> bool:
    """Whether a file is a text that we read, by its ending and its contents. Raises MeetAgainError where it should be one and is not."""
    if path.suffix.lower() not in SUFFIXES or head.startswith(_NO_TEXT):
        return False
    if path.suffix.lower() in (".zip", ".docx"):
        if head.startswith(ZIPPED) and (is_word_file(path) or chat_inside(path)):
            return True
        raise MeetAgainError(issue("text-unknown", path.name))
    return not head.startswith(ZIPPED) and _text_of(path) is not None


def read_writing(path: Path, known: Callable[[str], bool]) -> Read:
    """What a file that `is_writing` holds; `known` tells a name of the family. Raises MeetAgainError with a sentence for the family."""
    text, guessed = _letters(path)
    day = day_of_name(path.stem)
    writing = _by_kind(path, text, day, known)
    if writing is None:
        raise MeetAgainError(issue("text-unknown", path.name))
    issues = [issue("text-letters-guessed", path.name)] if guessed else []
    if writing.days_unsure:
        issues.append(issue("text-days-unsure", path.name))
    if len(writing.passages) > MOST_PASSAGES:
        issues.append(issue("text-long", path.name, limit=f"{MOST_PASSAGES:,}"))
        writing = msgspec.structs.replace(writing, passages=writing.passages[-MOST_PASSAGES:])
    return Read(writing, tuple(issues))


def _by_kind(path: Path, text: str, day: str, known: Callable[[str], bool]) -> Writing | None:
    suffix = path.suffix.lower()
    if suffix == ".json":
        return chat_json.read(text)
    if suffix in (".srt", ".vtt") or (suffix == ".txt" and subtitles.looks_like(text)):
        return subtitles.read(text, day)
    if kakao.looks_like(text):
        return kakao.read(text)
    if whatsapp.looks_like(text):
        return whatsapp.read(text)
    if suffix in (".csv", ".zip"):
        return None
    return interview.read(tidy(text), known, day) or prose.read(tidy(text), day, markdown=suffix in (".md", ".markdown"))


def _letters(path: Path) -> tuple[str, bool]:
    """The text as it stands and whether its way of writing was guessed."""
    if path.suffix.lower() == ".docx":
        return word_text(path), False
    if path.suffix.lower() == ".zip":
        inner = chat_inside(path)
        found = word_text(path) if not inner and is_word_file(path) else decode(inner_bytes(path, inner))
        if isinstance(found, str):
            return found, False
    else:
        found = _text_of(path)
    if found is None:
        raise MeetAgainError(issue("text-letters-unclear", path.name))
    return found.text, found.guessed


def _text_of(path: Path):
    """The decoded text of a plain file; None when it is no text at all. Raises MeetAgainError when it is too long, empty or unclear."""
    if path.stat().st_size > LIMIT_BYTES:
        raise MeetAgainError(issue("text-too-long", path.name, limit=LIMIT_BYTES // 1024 // 1024))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MeetAgainError(issue("file-unreadable", path.name, detail="it could not be opened")) from error
    found = decode(data)
    if found is None and not any(sign in data for sign in (b"\0", b"\x01", b"\x02")):
        raise MeetAgainError(issue("text-letters-unclear", path.name))
    if found is not None and not found.text.strip():
        raise MeetAgainError(issue("file-empty", path.name))
    return found
