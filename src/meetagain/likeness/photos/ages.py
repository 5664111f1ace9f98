"""A birthday, a photograph's day and the keeper's word come in; how old the person is in it, and whether that is near the age shown, go out."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from meetagain.likeness.photos.notes import said_age, said_year
from meetagain.schema.archive import Item
from meetagain.schema.photos import OLDEST, Face

YEAR_DAYS = 365.2425
REACH = ((12.0, 30.0), (1.5, 8.0))  # a child's face is its own for a year and a half, a grown one's for eight
STAGES = ((0.0, 2.0, 6.0, 12.0, 18.0, 30.0), (0.0, 1.0, 2.0, 3.0, 4.0, 4.5))  # how far a face has grown, by years
GROWN, STAGE_APART = 18.0, 1.2
COLOUR_PRINTS = "1975"  # later hardly a child was photographed in black and white
COPIED_SINCE = "1998"  # before that few had a camera that writes a day into a picture
_NAMED_DAY = re.compile(r"(?<!\d)(19\d\d|20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Age:
    """How old somebody is in a picture. `odd`: its day cannot be right, since it lies before their birth, long after, or in the future.

    `camera`: only the camera's day tells it, which in a scanned print is the day of the scan.
    """

    years: float | None
    odd: bool = False
    camera: bool = False


def age_in(face: Face | None, item: Item, born: str, today: date | None = None) -> Age:
    """By the keeper's word; by what a note in provenance.yaml says (aged 6, summer 2018); by the day of the camera or in the file's name.

    `born` is ISO: a year, a month or a day.
    """
    if face is not None and face.age is not None:
        return Age(face.age)
    said = said_age(item.note)
    if said is not None:
        return Age(said)
    birth = _day(born)
    if birth is None:
        return Age(None)
    odd = False
    days = {
        "note": said_year(item.note),
        "camera": _day(item.taken),
        "name": _named_day(item.file) or said_year(item.file.rpartition("/")[2]),
    }
    for who, day in days.items():
        years = (day - birth).days / YEAR_DAYS if day else None
        if day is not None and years is not None and -0.1 <= years <= OLDEST and day <= (today or date.today()):
            return Age(round(max(years, 0.0), 1), camera=who == "camera")
        odd = odd or (day is not None and who != "note")
    return Age(None, odd=odd)


def of_a_print(age: Age, item: Item, born: str, grey: bool) -> bool:
    """Whether the camera's day is most likely that on which an old black-and-white print was copied, of somebody born while those were usual."""
    return grey and age.camera and item.taken[:4] >= COPIED_SINCE and born.strip()[:4] < COLOUR_PRINTS


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
