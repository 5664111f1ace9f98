"""What a family wrote about a picture, in its name or beside it, comes in; whether they call it a drawing, and how old somebody is in it, goes out."""

import re
from datetime import date

from meetagain.schema.archive import Item
from meetagain.schema.photos import OLDEST

_DRAWN = re.compile(
    r"\b(?:an?|the|her|his|their|crayon|oil|pencil|ink)\s+(?:\w+\s+)?(?:drawing|painting|sketch|watercolou?r|cartoon)\b"
    r"|\bpainted\s+(?:view|picture|portrait|likeness)\b|그림|초상화",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:aged?|at)\s+(\d{1,3}(?:\.5)?)\b(?!:)|\b(\d{1,3}(?:\.5)?)[\s-](?:years?|yrs?)[\s-]old\b|(\d{1,3})\s?살", re.IGNORECASE
)
_MONTHS = re.compile(r"\b(\d{1,2})[\s-]months?[\s-]old\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d-])(1[89]\d\d|20\d\d)(?!\d)")


def said_drawn(item: Item) -> bool:
    """Whether the note or the name of a file calls it a drawing or a painting."""
    return bool(_DRAWN.search(item.note) or _DRAWN.search("the " + re.sub(r"[-_.]+", " ", item.file.rpartition("/")[2])))


def said_age(note: str) -> float | None:
    """The age that a note tells: aged 6, 7 years old, 5 months old."""
    months = _MONTHS.search(note)
    if months:
        return round(int(months[1]) / 12, 1)
    found = _YEARS.search(note)
    years = float(next(part for part in found.groups() if part)) if found else None
    return years if years is not None and years <= OLDEST else None


def said_year(text: str) -> date | None:
    """The middle of the one year that a text speaks of; two different years tell nothing."""
    years = {int(year) for year in _YEAR.findall(text)}
    return date(years.pop(), 7, 1) if len(years) == 1 else None
