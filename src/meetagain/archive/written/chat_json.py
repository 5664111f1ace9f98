"""The JSON of an exported chat or note comes in (Facebook, Google Takeout, Google Keep), its messages go out, oldest first."""

import json
import re
from datetime import UTC
from typing import Any

from meetagain.archive.written.clean import tidy
from meetagain.archive.written.dates import day_in, minute_of, of_clock
from meetagain.archive.written.notices import is_notice
from meetagain.archive.written.passage import Passage, Writing

_CLOCK = re.compile(
    r"(?P<before>오전|오후)?\s*(?P<hour>\d{1,2})(?::|시 ?)(?P<minute>\d\d?)(?:(?::|분 ?)\d\d?초?)?\s*(?P<after>[AaPp]\.?[Mm]\.?)?\s*(?:UTC|GMT)"
)


def read(text: str) -> Writing | None:
    """What the file holds; None when it is JSON of another kind, or none at all."""
    try:
        value = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    rows = value.get("messages")
    if isinstance(rows, list):
        return _chat([row for row in rows if isinstance(row, dict)])
    return _note(value) if "textContent" in value or "listContent" in value else None


def _chat(rows: list[dict[str, Any]]) -> Writing | None:
    readers = {"sender_name": _facebook, "senderName": _facebook_new, "creator": _google}
    found: list[tuple[str, int, Passage]] = []
    known = False
    for number, row in enumerate(rows):
        reader = next((reader for key, reader in readers.items() if key in row), None)
        if reader is None:
            continue
        known = True
        by, words, day, minute = reader(row)
        if by and words and not is_notice(words):
            found.append((day, minute, Passage(tidy(words).strip(), tidy(by).strip(), day, minute)))
            found[-1] = (day, minute * 1_000_000 + (number if reader is _google else -number), found[-1][2])
    if not known:
        return None
    return Writing("chat", tuple(passage for _, _, passage in sorted(found, key=lambda row: row[:2])), named=True)


def _facebook(row: dict[str, Any]) -> tuple[str, str, str, int]:
    """Newest first, and every letter beyond ASCII written as the bytes of its UTF-8."""
    taken_back = row.get("is_unsent") or row.get("type", "Generic") not in ("Generic", "Share")
    words = "" if taken_back else mended(_text(row.get("content")))
    return mended(_text(row.get("sender_name"))), words, *of_clock(_number(row.get("timestamp_ms")) / 1000)


def _facebook_new(row: dict[str, Any]) -> tuple[str, str, str, int]:
    taken_back = row.get("isUnsent") or row.get("type", "text") != "text"
    return _text(row.get("senderName")), "" if taken_back else _text(row.get("text")), *of_clock(_number(row.get("timestamp")) / 1000)


def _google(row: dict[str, Any]) -> tuple[str, str, str, int]:
    creator = row["creator"] if isinstance(row["creator"], dict) else {}
    return _text(creator.get("name")), _text(row.get("text")), *_google_day(_text(row.get("created_date")))


def _google_day(text: str) -> tuple[str, int]:
    """ "Sunday, July 14, 2019 at 3:12:01 PM UTC", as the day and minute where this computer is."""
    day, clock = day_in(text), _CLOCK.search(text.replace("\u202f", " "))
    minute = minute_of(int(clock["hour"]), int(clock["minute"]), clock["before"] or clock["after"] or "") if clock else -1
    if not day or minute < 0:
        return day, -1
    from datetime import datetime

    return of_clock(datetime.fromisoformat(f"{day}T{minute // 60:02}:{minute % 60:02}").replace(tzinfo=UTC).timestamp())


def _note(value: dict[str, Any]) -> Writing:
    rows = value.get("listContent")
    ticked = [_text(row.get("text")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    words = [_text(value.get("textContent")), *ticked]
    day, _ = of_clock(_number(value.get("createdTimestampUsec") or value.get("userEditedTimestampUsec")) / 1e6)
    title = _text(value.get("title"))
    passages = tuple(Passage(tidy(part).strip(), day=day) for part in (title, *words) if part.strip())
    return Writing("note", passages)


def mended(text: str) -> str:
    """Facebook's letters as they were typed."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float:
    if isinstance(value, str) and value.isdecimal() and len(value) < 20:
        return float(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18 else -1e18
