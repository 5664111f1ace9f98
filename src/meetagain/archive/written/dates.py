"""A line comes in, the day that is written in it goes out as an ISO date; and the order of day and month that a whole chat has."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
MONTHS = {name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)}
MONTHS |= {name[:3]: number for number, name in enumerate(_MONTHS["en"].split(), 1)} | {"sept": 9}
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
#: Ways to write a day, the surest first. Where day and month are both numbers, the parts are a and b.
_WAYS = tuple(
    re.compile(way, re.I)
    for way in (
        rf"(?<!\d){_YEAR}\s*년\s*(?P<m>\d{{1,2}})\s*월\s*(?P<d>\d{{1,2}})\s*일",
        rf"(?<!\d){_YEAR}\s*[年]\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日",
        rf"(?<!\d){_YEAR}(?P<s>[-./])\s?(?P<m>\d{{1,2}})(?P=s)\s?(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s*(?:of\s+|de\s+)?(?P<name>{_NAME})\.?,?\s*(?:de\s+)?{_YEAR}(?!\d)",
        rf"(?<![^\W\d_])(?P<name>{_NAME})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<a>\d{{1,2}})(?P<s>[-./])\s?(?P<b>\d{{1,2}})(?P=s)\s?{_YEAR}(?!\d)",
    )
)
_RUN = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")


def day_in(line: str) -> str:
    """The first day written in a line, as 2019-07-14; "" when there is none, or only one that could be two days."""
    for way in _WAYS:
        found = way.search(line)
        if found:
            return _day(found.groupdict())
    return ""


def day_of_name(stem: str) -> str:
    """The day in a file's name, as phones and cameras write it: 2019-07-14, 20190714."""
    found = _RUN.search(stem)
    return (_day(found.groupdict()) if found else "") or day_in(stem.replace("_", " "))


def rest_without_day(line: str) -> str | None:
    """What stands on a line besides a day; None when no day stands there."""
    for way in _WAYS:
        found = way.search(line)
        if found and _day(found.groupdict()):
            return f"{line[: found.start()]} {line[found.end() :]}"
    return None


def _day(parts: dict[str, str]) -> str:
    if parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        if parts["s"] == "." or first > 12 or first == second:
            return iso(int(parts["y"]), second, first)
        return iso(int(parts["y"]), first, second) if second > 12 else ""
    month = MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["m"])
    return iso(int(parts["y"]), month, int(parts["d"]))


def iso(year: int, month: int, day: int) -> str:
    """2019-07-14, or "" for a day that never was."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def of_clock(seconds: float) -> tuple[str, int]:
    """The day and minute, where this computer is, of seconds since 1970; ("", -1) when they make no sense."""
    try:
        when = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return "", -1
    return when.date().isoformat(), when.hour * 60 + when.minute


def minute_of(hour: int, minute: int, half: str) -> int:
    """Minutes since midnight. `half` is am, pm, 오전, 오후 or nothing."""
    half = half.lower().replace(".", "").replace(" ", "")
    if half in ("pm", "오후", "午後") and hour < 12:
        hour += 12
    if half in ("am", "오전", "午前") and hour == 12:
        hour = 0
    return hour * 60 + minute if 0 <= hour < 24 and 0 <= minute < 60 else -1


def year_of(text: str) -> int:
    """2019 of "2019" and of "19"."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def chat_days(dates: Sequence[tuple[str, str, str]]) -> tuple[list[str], bool]:
    """(ISO days, whether they are unsure) of all a chat's dates, each as three numbers in the order of the file.

    A chat goes forward in time and is written one way. So of day-month-year, month-day-year and year-month-day the one is taken in
    which every date is a day and time runs back least. Where two are as good as each other and differ, only the years are given.
    """
    distinct = list(dict.fromkeys(dates))
    orders = ((0, 1, 2),) if any(len(parts[0]) == 4 for parts in distinct) else ((2, 1, 0), (2, 0, 1))
    readings = [{parts: _read(parts, order) for parts in distinct} for order in orders]
    faults = [(sum(not day for day in reading.values()), _backward(reading[parts] for parts in dates)) for reading in readings]
    best = min(faults)
    good = [reading for reading, fault in zip(readings, faults, strict=True) if fault == best]
    first = good[0]
    if any(other != first for other in good[1:]):
        return [first[parts][:4] for parts in dates], True
    return [first[parts] for parts in dates], False


def _read(parts: tuple[str, str, str], order: tuple[int, int, int]) -> str:
    year, month, day = (parts[place] for place in order)
    return iso(year_of(year), int(month), int(day))


def _backward(days: Iterable[str]) -> int:
    last, count = "", 0
    for day in days:
        if day:
            count += day < last
            last = day
    return count
