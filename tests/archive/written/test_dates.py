import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written.dates import chat_days, day_in, day_of_name, minute_of, of_clock


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14 July 2019", "2019-07-14"),
        ("Larkby, July 14th, 2019", "2019-07-14"),
        ("the 3rd of May 2019", "2019-05-03"),
        ("Sunday, 14. Juli 2019", "2019-07-14"),
        ("le 14 juillet 2019", "2019-07-14"),
        ("14 de julio de 2019", "2019-07-14"),
        ("2019-07-14", "2019-07-14"),
        ("2019. 7. 14.", "2019-07-14"),
        ("2019년 7월 14일 일요일", "2019-07-14"),
        ("2019年7月14日", "2019-07-14"),
        ("14.7.2019", "2019-07-14"),
        ("14/07/2019", "2019-07-14"),
        ("07/14/2019", "2019-07-14"),
        ("03/05/2019", ""),
        ("31 February 2019", ""),
        ("in July 2019", ""),
        ("room 2019", ""),
    ],
)
def test_days_as_families_write_them(line: str, day: str):
    assert day_in(line) == day


@pytest.mark.parametrize(
    ("stem", "day"), [("VID_20190714_1512", "2019-07-14"), ("2019-07-14 lake", "2019-07-14"), ("lake", ""), ("20191432", "")]
)
def test_days_in_names_of_files(stem: str, day: str):
    assert day_of_name(stem) == day


def test_a_whole_chat_shows_the_order_of_day_and_month():
    assert chat_days([("03", "05", "2019"), ("14", "05", "2019")]) == (["2019-05-03", "2019-05-14"], False)
    assert chat_days([("5", "3", "19"), ("5", "14", "19")]) == (["2019-05-03", "2019-05-14"], False)
    assert chat_days([("2019", "05", "03")]) == (["2019-05-03"], False)
    forward = [("01", "02", "2019"), ("02", "02", "2019"), ("03", "02", "2019"), ("01", "03", "2019")]
    assert chat_days(forward) == (["2019-02-01", "2019-02-02", "2019-02-03", "2019-03-01"], False)


def test_where_the_order_cannot_be_known_only_the_year_is_told():
    assert chat_days([("03", "05", "2019"), ("03", "05", "2019")]) == (["2019", "2019"], True)
    assert chat_days([("05", "05", "2019")]) == (["2019-05-05"], False)


@given(st.dates(min_value=__import__("datetime").date(2000, 1, 1)), st.booleans())
def test_a_chat_is_never_dated_wrongly(day, american: bool):
    parts = (str(day.month), str(day.day), str(day.year)) if american else (str(day.day), str(day.month), str(day.year))
    days, unsure = chat_days([parts])
    assert days == [str(day.year) if unsure else day.isoformat()]


@pytest.mark.parametrize(
    ("hour", "half", "minute"),
    [(3, "PM", 912), (12, "am", 12), (12, "오후", 732), (12, "오전", 12), (3, "p. m.", 912), (23, "", 1392), (25, "", -1)],
)
def test_hours_of_twelve_and_of_twenty_four(hour: int, half: str, minute: int):
    assert minute_of(hour, 12, half) == minute


def test_a_clock_without_sense():
    assert of_clock(-1e30) == ("", -1)
    assert of_clock(float("nan")) == ("", -1)
    assert of_clock(1_563_112_320)[0][:7] == "2019-07"
