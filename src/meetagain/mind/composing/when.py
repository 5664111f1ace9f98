"""The `when` of a memory comes in, as a family writes it; a sentence that answers "when was that?" goes out, or nothing."""

import datetime
import re

import msgspec

from meetagain.mind.composing.rules import Rules

FIRST, LAST = 1850, 2100  # years that are believed
_POINT = r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?"
_RANGE = re.compile(rf"{_POINT}\s*(?:-|/| to | ~ |~)\s*{_POINT}")
_SINCE = re.compile(rf"{_POINT}\s*[-~]")
_UNTIL = re.compile(rf"[-~]\s*{_POINT}")
_DECADE = re.compile(r"(?:the )?(\d{3}0)(?:'?s|년대)")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "～": "~", "〜": "~", "’": "'"})


class Point(msgspec.Struct, frozen=True, order=True):
    """A year, a month of it (1 to 12, or 0), a day of that (or 0)."""

    year: int
    month: int = 0
    day: int = 0


def when_said(when: str, rules: Rules, manner: str) -> str:
    """The sentence in one manner of speaking; empty for anything that is not understood."""
    plain = " ".join(when.translate(_DASHES).split())
    said = rules.frames[manner].when
    if plain.lower() in rules.always:
        return said["always"]
    for read in (_read_range, _read_point, _read_open, _read_moment, _read_decade):
        found = read(plain, rules)
        if found is not None:
            kind, values = found
            return said[kind].format(**values)
    return ""


def _point(parts: tuple[str | None, ...]) -> Point | None:
    """A point in time, if there is such a day."""
    year, month, day = (int(part or 0) for part in parts)
    if not FIRST <= year <= LAST or (parts[1] is not None and not 1 <= month <= 12) or (parts[2] is not None and not day):
        return None
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Point(year, month, day)


def _words(point: Point, rules: Rules) -> dict[str, str]:
    month = rules.months[point.month - 1] if point.month else ""
    day = rules.days[point.day - 1] if point.day else ""
    return {"year": str(point.year), "month": month, "day": day}


def _kind(point: Point) -> str:
    return "day" if point.day else "month" if point.month else "year"


def _read_point(plain: str, rules: Rules) -> tuple[str, dict[str, str]] | None:
    match = re.fullmatch(_POINT, plain)
    point = _point(match.groups()) if match else _worded(plain, rules)
    return (_kind(point), _words(point, rules)) if point else None


def _worded(plain: str, rules: Rules) -> Point | None:
    """A month in words leaves no doubt which number is the day; the forms are the language's own."""
    months = {month.lower(): str(number) for number, month in enumerate(rules.months, start=1)}
    for form in rules.dates:
        match = re.fullmatch(form, plain, re.IGNORECASE)
        parts = match.groupdict() if match else {}
        month = parts.get("month")
        if parts and (month is None or month.lower() in months):
            return _point((parts["year"], month and months[month.lower()], parts.get("day")))
    return None


def _read_range(plain: str, rules: Rules) -> tuple[str, dict[str, str]] | None:
    match = _RANGE.fullmatch(plain)
    if not match:
        return None
    start, end = _point(match.groups()[:3]), _point(match.groups()[3:])
    if start is None or end is None or not start < end or start.day or end.day:
        return None
    return "range", {"start": _span(start, rules), "end": _span(end, rules)}


def _span(point: Point, rules: Rules) -> str:
    """A year, or a month of it, as it stands at one end of a time."""
    return rules.spans[_kind(point)].format(**_words(point, rules))


def _read_open(plain: str, rules: Rules) -> tuple[str, dict[str, str]] | None:
    for kind, pattern in (("since", _SINCE), ("until", _UNTIL)):
        match = pattern.fullmatch(plain)
        point = _point(match.groups()) if match else None
        if point is not None and not point.day:
            return kind, {"point": _span(point, rules)}
    return None


def _read_moment(plain: str, rules: Rules) -> tuple[str, dict[str, str]] | None:
    """ "summer 1998", "Christmas 2005", "about 1960"."""
    for form in rules.moment_forms:
        match = re.fullmatch(form, plain, re.IGNORECASE)
        name, year = (match["name"].lower(), match["year"]) if match else ("", "0")
        if not FIRST <= int(year) <= LAST:
            continue
        if name in rules.about:
            return "about", {"year": year}
        if name in rules.moments:
            return "moment", {"moment": rules.moments[name], "year": year}
    return None


def _read_decade(plain: str, rules: Rules) -> tuple[str, dict[str, str]] | None:
    match = _DECADE.fullmatch(plain)
    return ("decade", {"decade": match[1]}) if match and FIRST <= int(match[1]) <= LAST else None
