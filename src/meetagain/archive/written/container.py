"""A file that holds a text inside comes in (a phone's zip, a word processor's .docx), that text goes out; nothing else is unpacked."""

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from meetagain.errors import MeetAgainError, issue

LIMIT_BYTES = 64 * 1024 * 1024
MOST_TIMES = 200  # no text shrinks further than this; what claims to is made to fill the computer
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error)
_BODY = "word/document.xml"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "


def chat_inside(path: Path) -> str:
    """The name of the chat's text in a phone's zip; "" when there is none. Raises MeetAgainError for a zip that is cut short."""
    with _opened(path) as archive:
        texts = [info for info in archive.infolist() if info.filename.lower().endswith(".txt") and not info.is_dir()]
        texts = [info for info in texts if not info.filename.startswith("__MACOSX")]
    names = {PurePosixPath(info.filename).name.lower(): info.filename for info in texts}
    chats = [full for name, full in names.items() if name == "_chat.txt" or name.startswith(("whatsapp", "kakaotalk"))]
    return chats[0] if chats else (texts[0].filename if len(texts) == 1 else "")


def is_word_file(path: Path) -> bool:
    """Whether a zip is a word processor's text. Raises MeetAgainError for a zip that is cut short."""
    with _opened(path) as archive:
        return _BODY in archive.namelist()


def inner_bytes(path: Path, name: str) -> bytes:
    """One member of a zip. Raises MeetAgainError when it is locked, too long, or unpacks into far more than it should."""
    with _opened(path) as archive:
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise MeetAgainError(issue("file-unreadable", path.name, detail="it is locked with a password"))
        if info.file_size > MOST_TIMES * max(info.compress_size, 1024) or info.file_size > LIMIT_BYTES:
            raise MeetAgainError(issue("zip-unsafe", path.name))
        try:
            with archive.open(info) as member:
                data = member.read(LIMIT_BYTES + 1)
        except BROKEN as error:
            raise MeetAgainError(issue("file-cut-short", path.name)) from error
    if len(data) > LIMIT_BYTES:
        raise MeetAgainError(issue("zip-unsafe", path.name))
    return data


def word_text(path: Path) -> str:
    """The paragraphs of a .docx, each set off by an empty line. Raises MeetAgainError."""
    return _Paragraphs(path.name).read(inner_bytes(path, _BODY))


class _Paragraphs:
    """Collects the letters of w:t in each w:p. A document that declares entities is refused before any of them is opened."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done: list[str] = []
        self.now: list[str] = []
        self.inside = False

    def read(self, data: bytes) -> str:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise MeetAgainError(issue("file-cut-short", self.name)) from error
        return "\n\n".join(self.done)

    def _refuse(self, *_: object) -> None:
        raise MeetAgainError(issue("zip-unsafe", self.name))

    def _start(self, tag: str, _: dict[str, str]) -> None:
        if tag == f"{_SPACE}t":
            self.inside = True
        elif tag in (f"{_SPACE}br", f"{_SPACE}cr"):
            self.now.append("\n")
        elif tag == f"{_SPACE}tab":
            self.now.append(" ")

    def _end(self, tag: str) -> None:
        if tag == f"{_SPACE}t":
            self.inside = False
        elif tag == f"{_SPACE}p":
            self.done.append("".join(self.now).strip())
            self.now = []

    def _letters(self, text: str) -> None:
        if self.inside:
            self.now.append(text)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise MeetAgainError(issue("file-cut-short", path.name)) from error
