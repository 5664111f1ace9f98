"""What a family wrote beside a picture is understood, and what it does not say is not."""

import pytest

from meetagain.likeness.photos.notes import said_age, said_drawn, said_year
from meetagain.schema.archive import Item, ItemKind


@pytest.mark.parametrize(
    ("name", "note", "wanted"),
    [
        ("a.jpg", "a crayon drawing with the sun", True),
        ("oil painting 1961.jpg", "", True),
        ("a.jpg", "a painted view of the lake", True),
        ("a.jpg", "할머니 초상화", True),
        ("a.jpg", "Juni drawing at the table", False),
        ("a.jpg", "she was painting the fence", False),
        ("beach.jpg", "", False),
    ],
)
def test_what_the_family_calls_a_drawing_is_one(name: str, note: str, wanted: bool):
    assert said_drawn(Item("0" * 12, f"items/{name}", ItemKind.PHOTO, "", True, note=note)) is wanted


def test_ages_and_years_in_a_note():
    assert [said_age(note) for note in ("aged 6", "at 6.5", "7 years old", "18 months old", "6살", "7 years ago", "at 9:30", "aged 900")] == [
        6, 6.5, 7, 1.5, 6, None, None, None,
    ]  # fmt: skip
    assert said_year("summer 1962").isoformat() == "1962-07-01"
    assert said_year("1962 or 1963") is None is said_year("DSC20191") is said_year("")
