"""The text of a WhatsApp chat comes in, its messages go out: Android and iPhone, every order of day and month, 12 and 24 hours."""

import re

from meetagain.archive.written.clean import tidy
from meetagain.archive.written.dates import chat_days, minute_of
from meetagain.archive.written.notices import is_notice
from meetagain.archive.written.passage import Passage, Writing

_UNSEEN = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SPACE = r"[ \t\u00a0\u202f\u2009]"
_HEAD = re.compile(
    rf"^[{_UNSEEN}]*(?P<open>\[)?(?P<a>\d{{1,4}})(?:[./-]{_SPACE}?|년{_SPACE})(?P<b>\d{{1,2}})(?:[./-]{_SPACE}?|월{_SPACE})(?P<c>\d{{1,4}})[.일]?"
    rf",?{_SPACE}*(?:à|klo|um|at|kl\.?)?{_SPACE}*(?P<before>오전|오후|午前|午後|AM|PM)?{_SPACE}*"
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:[:.]\d\d)?{_SPACE}*(?P<after>[AaPp]\.?{_SPACE}?[Mm]\.?)?"
    rf"(?(open)\]{_SPACE}?|{_SPACE}*[-–]{_SPACE})(?P<rest>.*)$"
)
_WRITER = re.compile(r"^(?P<by>[^:]{1,60}?)\s?: ?(?P<text>.*)$", re.S)
#: What a system line says of somebody, where a colon later in it would make it look like a message.
_SYSTEM = re.compile(r"[\"“„«]|\b(?:changed|created|added|removed|left|joined|turned|pinned|deleted)\b|님이|했습니다", re.I)


def looks_like(text: str) -> bool:
    """Whether the first lines are a chat's: at least two heads, and the first thing in the file is one."""
    lines = [line for line in text[:8000].split("\n") if line.strip()][:60]
    heads = [bool(_HEAD.match(line.rstrip("\r"))) for line in lines]
    return bool(heads) and any(heads[:2]) and (sum(heads) >= 2 or len(heads) == 1)


def read(text: str) -> Writing:
    """All messages that a person wrote. Lines without a head go on with the message before; notices of the phone are left out."""
    rows: list[tuple[tuple[str, str, str], int, str, list[str]]] = []
    for line in text.split("\n"):
        line = line.rstrip("\r")
        head = _HEAD.match(line)
        if head is None:
            if rows:
                rows[-1][3].append(line)
            continue
        half = head["before"] or head["after"] or ""
        minute = minute_of(int(head["hour"]), int(head["minute"]), re.sub(_SPACE, "", half))
        by, words = _parted(head["rest"])
        rows.append(((head["a"], head["b"], head["c"]), minute, by, [words]))
    days, unsure = chat_days([row[0] for row in rows])
    passages = tuple(
        Passage(text=tidy(said).strip(), by=by, day=day, minute=minute)
        for day, (_, minute, by, lines) in zip(days, rows, strict=True)
        if by and not is_notice(said := "\n".join(lines))
    )
    return Writing("chat", passages, named=True, days_unsure=unsure)


def _parted(rest: str) -> tuple[str, str]:
    """(writer, words); no writer for a notice such as "Elin added Davin"."""
    found = _WRITER.match(rest)
    if found is None or _SYSTEM.search(found["by"]):
        return "", ""
    return tidy(found["by"]).strip().removeprefix("~").strip(), found["text"]
