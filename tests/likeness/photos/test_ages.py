"""How old somebody is in a picture: the keeper's word, the camera, the file's name; and which pictures may shape the face."""

from datetime import date

import pytest

from meetagain.likeness.photos.ages import age_in, may_stand_in, near, of_a_print
from meetagain.schema.archive import Item, ItemKind
from meetagain.schema.photos import Face


def item(file: str = "items/beach.jpg", taken: str = "", note: str = "") -> Item:
    return Item(id="a", file=file, kind=ItemKind.PHOTO, given_by="", may_be_used=True, taken=taken, note=note)


@pytest.mark.parametrize(
    ("face", "seen", "born", "years"),
    [
        (Face("beach.jpg", age=6.5), item(taken="2020-05-09"), "2013-05-09", 6.5),
        (None, item(taken="2020-05-09"), "2013-05-09", 7.0),
        (None, item(taken="2020-07-01"), "2013", 7.0),
        (None, item("items/IMG_20190714_101500.jpg"), "2013-05-09", 6.2),
        (None, item("items/IMG-20190714-WA0001.jpg"), "2013-05", 6.2),
        (None, item("items/123456789012.jpg"), "2013-05-09", None),
        (None, item(taken="2020-05-09"), "", None),
        (None, item(taken="2020-05-09"), "in spring", None),
        (None, item(), "2013-05-09", None),
        (None, item("items/summer 2018 lake.jpg"), "2013-05-09", 5.1),
        (None, item(taken="2024-01-01", note="on the stairs, winter 2019"), "2013-05-09", 6.1),
        (None, item(taken="2024-01-01", note="Juni, aged 6"), "", 6.0),
        (None, item(note="5 months old"), "2013-05-09", 0.4),
        (None, item(taken="2019-05-09", note="we left at 9:30 for the lake"), "2013-05-09", 6.0),
        (None, item(taken="2019-05-09", note="between 2015 and 2018"), "2013-05-09", 6.0),
        (None, item("items/IMG_20190714_101500.jpg", taken="2001-01-01"), "2013-05-09", 6.2),
    ],
)
def test_age_in_a_picture(face, seen, born, years):
    age = age_in(face, seen, born)
    assert age.years == (pytest.approx(years, abs=0.06) if years is not None else None) and not age.odd


def test_a_day_before_birth_or_long_after_is_left_aside():
    for taken in ("2001-01-01", "2199-01-01"):
        assert age_in(None, item(taken=taken), "2013-05-09").odd
    assert age_in(None, item(taken="2020-01-02"), "2013-05-09", date(2020, 1, 1)).odd
    assert age_in(None, item(taken="2013-05-01"), "2013-05-09").years == 0.0  # a camera's clock a few days slow


def test_a_childs_face_is_its_own_for_a_year_and_a_half_and_a_grown_ones_for_eight():
    assert near(8.5, 7) and not near(8.6, 7) and near(68, 76) and not near(67, 76)
    assert may_stand_in(4, 7) and not may_stand_in(1, 7) and not may_stand_in(10, 35) and may_stand_in(30, 76)


def test_the_day_of_a_black_and_white_print_is_that_of_its_copy():
    copied, told = item(taken="2015-03-01"), item(taken="2015-03-01", note="harbour, 1962")
    old = "1941-10-02"
    assert of_a_print(age_in(None, copied, old), copied, old, grey=True)
    assert not of_a_print(age_in(None, copied, old), copied, old, grey=False)
    assert not of_a_print(age_in(None, copied, "1990-01-01"), copied, "1990-01-01", grey=True)
    assert not of_a_print(age_in(None, told, old), told, old, grey=True)
    assert not of_a_print(age_in(Face("a.jpg", age=20), copied, old), copied, old, grey=True)
