"""Where, when and to whom the person's own words were written or said comes in; one plain sentence of it goes out, in the portrait's language."""

from collections.abc import Sequence

from meetagain.archive.written.dates import MONTHS

_MONTH_NAMES = [name.capitalize() for name in list(MONTHS)[:12]]
_MOST_NAMES = 3
_WHERE = {
    "en": {
        "chat": "Written{to}{day}",
        "letter": "Written{to} in a letter{day}",
        "diary": "Written in the diary{day}",
        "film": "Said in a film{day}",
        "interview": "Said{to}{day}",
        "caption": "Written under a picture{day}",
        "note": "Written in a note{day}",
    },
    "ko": {
        "chat": "{day}{to}쓴 말",
        "letter": "{day}{to}편지에 쓴 말",
        "diary": "{day}일기에 쓴 말",
        "film": "{day}영상에서 한 말",
        "interview": "{day}{to}한 말",
        "caption": "{day}사진 밑에 쓴 말",
        "note": "{day}메모에 쓴 말",
    },
}


def frame(language: str, source: str, day: str, to: Sequence[str], before: tuple[str, str] | None) -> str:
    """ "Written to Elin on 3 May 2019, after Elin wrote “Where are you?”." `before` is (who, what) that came just before, as it stands."""
    korean = language.split("-")[0] == "ko"
    if korean:
        where = _WHERE["ko"][source].format(to=_to_korean(to), day=_day_korean(day))
        return f"{before[0]}의 “{before[1]}”라는 말 다음에 {where}." if before else f"{where}."
    verb = "said" if source in ("film", "interview") else "wrote"
    where = _WHERE["en"][source].format(to=f" to {_names(to)}" if to else "", day=_day_english(day))
    return f"{where}, after {before[0]} {verb} “{before[1]}”." if before else f"{where}."


def _names(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        return f"{', '.join(shown)} and others"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _to_korean(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = " 등" if len(names) > _MOST_NAMES else ""
    return f"{', '.join(names[:_MOST_NAMES])}{more}에게 "


def _day_english(day: str) -> str:
    parts = day.split("-")
    if len(parts) == 3:
        return f" on {int(parts[2])} {_MONTH_NAMES[int(parts[1]) - 1]} {parts[0]}"
    return f" in {day}" if day else ""


def _day_korean(day: str) -> str:
    parts = day.split("-")
    if len(parts) == 3:
        return f"{parts[0]}년 {int(parts[1])}월 {int(parts[2])}일에 "
    return f"{day}년에 " if day else ""
