"""The bytes of a text come in, its letters go out exactly, or the way they were written stays unknown and that is said."""

import codecs
import re

import msgspec

#: Bytes that stand for nothing in Windows-1252; a text that has one was written otherwise.
_NOT_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
#: Letters and signs that Western European letters and typewriters hold, beyond ASCII.
_WESTERN = frozenset("äöüÄÖÜßéèêëÉÈÊËáàâãåÁÀÂÃÅíìîïÍÌÎÏóòôõøÓÒÔÕØúùûÚÙÛýÿÝñÑçÇæÆœŒšŠžŽðÐþÞ‘’‚“”„–—…•«»‹›°€£§¿¡ª ·½¼¾²³×´")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SHOWN = 100_000  # letters that are looked at to judge a way of writing; all of them are read
_FEW = 0.002  # share of control signs above which something is no text


class Decoded(msgspec.Struct, frozen=True):
    """A text and whether the way it was written had to be guessed."""

    text: str
    guessed: bool = False


def decode(data: bytes) -> Decoded | None:
    """The text of a file: UTF-8, UTF-16, CP949 (Korean) or Windows-1252. None when it is no text or cannot be told for certain.

    A byte order mark is believed. Without one, a way of writing is taken only where every byte fits it and what comes out is made of
    letters that belong together. Windows-1252 can be told from its neighbours only by that likeness, so it is marked as guessed.
    """
    text = _by_mark(data) if _mark(data) else _plain(data) or _korean(data)
    if text is not None:
        return Decoded(text) if _is_writing(text) else None
    western = None if _mark(data) else _western(data)
    return Decoded(western, guessed=True) if western is not None and _is_writing(western) else None


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _mark(data: bytes) -> bytes:
    return next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")


def _by_mark(data: bytes) -> str | None:
    mark = _mark(data)
    return _strict(data[len(mark) :], dict(_MARKS)[mark])


def _plain(data: bytes) -> str | None:
    """UTF-8, or UTF-16 whose mark was lost: there every space and line end has a zero beside it."""
    if b"\0" not in data:
        return _strict(data, "utf-8")
    if len(data) % 2:
        return None
    for name, gaps in (("utf-16-le", (b" \0", b"\n\0", b".\0")), ("utf-16-be", (b"\0 ", b"\0\n", b"\0."))):
        units = [data[at : at + 2] for at in range(0, min(len(data), 20000), 2)]
        if sum(unit in gaps for unit in units) * 40 >= len(units):
            return _strict(data, name)
    return None


def _korean(data: bytes) -> str | None:
    """CP949, when what comes out is nearly all Hangul of the common kind, in runs as words have them."""
    text = _strict(data, "cp949") if b"\0" not in data else None
    if text is None:
        return None
    shown = text[:_SHOWN]
    high = [sign for sign in shown if ord(sign) > 127]
    hangul = [sign for sign in high if "가" <= sign <= "힣"]
    common = sum(1 for sign in hangul if 0xB0 <= sign.encode("cp949")[0] <= 0xC8 and sign.encode("cp949")[1] >= 0xA1)
    runs = re.findall(r"[가-힣]+", shown)
    if not runs or len(hangul) < 0.8 * len(high) or common < 0.9 * len(hangul):
        return None
    return text if len(hangul) / len(runs) >= 1.5 else None


def _western(data: bytes) -> str | None:
    if b"\0" in data or _NOT_1252.search(data):
        return None
    text = data.decode("cp1252")
    high = [sign for sign in text if ord(sign) > 127]
    strange = sum(1 for sign in high if sign not in _WESTERN)
    inside = len(re.findall(r"(?<=[a-z])[ª°²³¿¡½¼¾×´£§¹](?=[a-z])", text))  # a letter of another alphabet, read wrongly
    crowded = len(re.findall(r"[^\x00-\x7f]{3,}", re.sub(r"[‘’“”–—… ]", "", text)))
    return text if not inside and not crowded and strange * 20 <= len(high) else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _is_writing(text: str) -> bool:
    """Whether it is a text at all: almost no control signs, and something that can be read."""
    return len(_CONTROL.findall(text)) <= _FEW * len(text) and "\0" not in text
