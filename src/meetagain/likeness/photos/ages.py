"""A birthday, a photograph's day and the keeper's word come in; how old the person is in it, and whether that is near the age shown, go out."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from meetagain.schema.archive import Item
from meetagain.schema.photos import OLDEST, Face

YEAR_DAYS = 365.2425
REACH = ((12.0, 30.0), (1.5, 8.0))  # a child's face is its own for a year and a half, a grown one's for eight
STAGES = ((0.0, 2.0, 6.0, 12.0, 18.0, 30.0), (0.0, 1.0, 2.0, 3.0, 4.0, 4.5))  # how far a face has grown, by years
GROWN, STAGE_APART = 18.0, 1.2
_NAMED_DAY = re.compile(r"(?<!\d)(19\d\d|20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Age:
    """How old somebody is in a picture. `odd`: its day cannot be right, since it lies before their birth or long after."""

    years: float | None
    odd: bool = False


def age_in(face: Face | None, item: Item, born: str) -> Age:
    """By the keeper's word; else by the day that the camera or the file's name tells, and `born` (ISO: year, month or day)."""
    if face is not None and face.age is not None:
        return Age(face.age)
    birth, day = _day(born), _day(item.taken) or _named_day(item.file)
    if birth is None or day is None:
        return Age(None)
    years = (day - birth).days / YEAR_DAYS
    return Age(round(max(years, 0.0), 1)) if -0.1 <= years <= OLDEST else Age(None, odd=True)


def reach(age_shown: float) -> float:
    """How many years before and after the age shown a photograph still shows that face."""
    return float(np.interp(age_shown, *REACH))


def near(years: float, age_shown: float) -> bool:
    """Whether a photograph of this age shows the face of the age shown."""
    return abs(years - age_shown) <= reach(age_shown)


def may_stand_in(years: float, age_shown: float) -> bool:
    """Whether a photograph of another age can shape the face where nothing nearer is: not a baby for a schoolchild, not a child for a man."""
    if min(years, age_shown) >= GROWN:
        return True
    return abs(float(np.interp(years, *STAGES)) - float(np.interp(age_shown, *STAGES))) <= STAGE_APART


def _day(text: str) -> date | None:
    """A day; a year alone counts as its middle, a month as its first day."""
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        return date(*(*numbers, *(7, 1)[len(numbers) - 1 :])) if len(numbers) < 3 else date(*numbers)
    except (ValueError, TypeError):
        return None


def _named_day(file: str) -> date | None:
    """The day in names such as IMG_20190714_101500.jpg or 2019-07-14 beach.jpg."""
    found = _NAMED_DAY.search(file.rpartition("/")[2])
    return _day("-".join(found.groups())) if found else None
