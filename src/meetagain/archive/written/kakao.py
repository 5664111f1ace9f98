"""The text of a KakaoTalk chat comes in, its messages go out: computer and phone, Korean and English headings, and the Mac's table."""

import csv
import io
import re

from meetagain.archive.written.clean import tidy
from meetagain.archive.written.dates import day_in, minute_of
from meetagain.archive.written.notices import is_notice
from meetagain.archive.written.passage import Passage, Writing

_S = r"[ \t\u00a0\u202f]"
_CLOCK = rf"(?:(?P<before>오전|오후|[AaPp][Mm]){_S}*)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d)?{_S}*(?P<after>[AaPp]\.?[Mm]\.?)?"
_DAY = rf"(?:\d{{4}}(?:년|\.){_S}?\d{{1,2}}(?:월|\.){_S}?\d{{1,2}}(?:일|\.?)|[A-Za-z]{{3,9}}{_S}\d{{1,2}},{_S}\d{{4}},?|\d{{1,2}}{_S}[A-Za-z]{{3,9}}{_S}\d{{4}},?)"
#: A computer's message: [Elin] [3:12 PM] words. The day stands on a line of its own.
_DESK = re.compile(rf"^\[(?P<by>.{{1,60}}?)\]{_S}\[{_CLOCK}\]{_S}?(?P<text>.*)$")
#: A phone's message: July 14, 2019, 3:12 PM, Elin : words.
_PHONE = re.compile(rf"^(?P<day>{_DAY}){_S}*(?:at{_S})?{_CLOCK},{_S}?(?P<by>[^:]{{1,60}}?){_S}:{_S}?(?P<text>.*)$")
#: What stands alone on a line: the day, the day with a time, or who came and went.
_NEW_DAY = re.compile(rf"^-*{_S}*(?:[A-Za-z]+day,{_S}*)?(?P<day>{_DAY}){_S}*(?:[월화수목금토일]요일)?{_S}*(?:{_CLOCK})?{_S}*-*$")
_CAME_AND_WENT = re.compile(
    rf"^(?:{_DAY}{_S}*(?:at{_S})?{_CLOCK}[,:]{_S}*)?.{{1,80}}(?:님이|님을)\s?.*(?:들어왔|나갔|초대했|초대하셨|내보냈|가렸|되었)습니다\.?.*$"
    r"|^.{1,60} (?:joined|left) (?:this|the) chat ?room\.$|^.{1,60} invited .{1,60}\.$"
)
_TITLE = re.compile(r"카카오톡 ?대화$|^KakaoTalk Chats|Talk Chats$|^저장한 날짜|^Date Saved|^Saved Date", re.I)
_TABLE = re.compile(r"^\ufeff?\"?Date\"?,\"?User\"?,\"?Message\"?\s*$", re.I)


def looks_like(text: str) -> bool:
    """Whether it has a KakaoTalk title, or its first lines are such messages."""
    lines = [line.strip() for line in text[:8000].split("\n") if line.strip()][:60]
    if not lines:
        return False
    if _TABLE.match(lines[0]):
        return True
    heads = sum(bool(_DESK.match(line) or _PHONE.match(line)) for line in lines)
    titled = any(_TITLE.search(line) for line in lines[:4])
    return heads >= 2 or (titled and (heads >= 1 or any(_NEW_DAY.match(line) for line in lines)))


def read(text: str) -> Writing:
    """All messages that a person wrote."""
    first = text.lstrip().split("\n", 1)[0]
    rows = _table(text) if _TABLE.match(first.strip()) else _lines(text)
    passages = tuple(
        Passage(text=tidy(said).strip(), by=tidy(by).strip(), day=day, minute=minute)
        for day, minute, by, said in rows
        if by and not is_notice(said)
    )
    return Writing("chat", passages, named=True)


def _lines(text: str) -> list[tuple[str, int, str, str]]:
    rows: list[tuple[str, int, str, list[str]]] = []
    day, going_on = "", False
    for line in text.split("\n"):
        line = line.rstrip("\r")
        found = _DESK.match(line) or _PHONE.match(line)
        if found:
            day = day_in(found["day"]) if "day" in found.groupdict() else day
            rows.append((day, _minute(found), found["by"], [found["text"]]))
            going_on = True
        elif new := _NEW_DAY.match(line):
            day, going_on = day_in(new["day"]), False
        elif _CAME_AND_WENT.match(line):
            going_on = False
        elif going_on:
            rows[-1][3].append(line)
    return [(day, minute, by, "\n".join(said)) for day, minute, by, said in rows]


def _minute(found: re.Match[str]) -> int:
    return minute_of(int(found["hour"]), int(found["minute"]), found["before"] or found["after"] or "")


def _table(text: str) -> list[tuple[str, int, str, str]]:
    rows: list[tuple[str, int, str, str]] = []
    try:
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff").lstrip())):
            if len(row) >= 3:
                clock = re.search(r"(\d{1,2}):(\d\d)", row[0])
                rows.append((day_in(row[0]), minute_of(int(clock[1]), int(clock[2]), "") if clock else -1, row[1], row[2]))
    except csv.Error:
        return rows  # what was read up to a broken line is kept
    return rows[1:]
