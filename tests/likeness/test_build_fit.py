"""The build: wished proportions are met, a child looks like one, and proportions are read from rendered full-length photographs."""

from dataclasses import replace

import numpy as np
import pytest

from meetagain.likeness.body import make_body
from meetagain.likeness.build_fit import build_from, build_in
from meetagain.likeness.proportions import NAMES, Proportions, measured, median_of
from meetagain.likeness.words import read_look
from meetagain.schema.person import Look, Person


def somebody(age: float, clothes: str = "blue jumper, grey trousers", **look: object) -> Person:
    return Person("a", "Anna Test", ("Anna",), age, "x", "y", look=Look(clothes=clothes, **look))


def own(body) -> Proportions:
    return measured(body.basis, body.points, body.heads, body.face.chin[1])


@pytest.mark.parametrize("age,sex", [(7, "female"), (35, "male"), (76, "female")])
@pytest.mark.parametrize("name,factor", [("shoulders", 1.1), ("waist", 1.12), ("hips", 0.92), ("legs", 1.04), ("head", 0.94)])
def test_a_wish_is_met(age, sex, name, factor):
    person = somebody(age, sex=sex)
    usual = own(make_body(person))
    got = own(make_body(person, proportions=Proportions(**{name: getattr(usual, name) * factor})))
    moved = getattr(got, name) / getattr(usual, name) - 1
    assert 0.55 < moved / (factor - 1) < 1.45
    height = make_body(person, proportions=Proportions(legs=usual.legs * factor)).height_m
    assert abs(height - make_body(person).height_m) < 1e-6


def test_a_wish_stays_within_reason_and_words_win():
    usual = own(make_body(somebody(35)))
    far = own(make_body(somebody(35), proportions=Proportions(waist=usual.waist * 3)))
    assert far.waist < 1.3 * usual.waist
    slim = make_body(somebody(35, build="slim"))
    assert np.allclose(make_body(somebody(35, build="slim"), proportions=Proportions(waist=0.3, hips=0.3)).points, slim.points)


def test_a_child_is_no_small_adult():
    child, grown = own(make_body(somebody(7))), own(make_body(somebody(35)))
    assert child.head > 1.2 * grown.head and child.shoulders < 0.9 * grown.shoulders and child.legs < grown.legs
    assert child.waist / child.hips > grown.waist / grown.hips


@pytest.mark.parametrize("age,sex", [(7, "female"), (35, "male")])
def test_proportions_are_read_from_photographs(photograph, age, sex):
    person = somebody(age, sex=sex)
    usual = own(make_body(person))
    wish = Proportions(shoulders=usual.shoulders * 1.08, waist=usual.waist * 1.12, hips=usual.hips * 1.08, legs=usual.legs * 0.97)
    shown = make_body(person, proportions=wish)
    sights = [photograph(shown, read_look(person), yaw) for yaw in (-15, 0, 12)]
    got, plain = build_from(sights), build_in(photograph(make_body(person), read_look(person)))
    assert got.sure > 0.4
    for name in ("shoulders", "legs", "waist"):
        assert abs(getattr(got, name) / getattr(own(shown), name) - 1) < 0.16, name
    assert got.waist > plain.waist and got.shoulders > plain.shoulders and got.legs < plain.legs


def test_what_is_not_whole_or_not_upright_tells_nothing(photograph):
    person = somebody(7)
    sight = photograph(make_body(person), read_look(person))
    cut = sight.pose.copy()
    cut[[27, 28], 3] = 0.1
    bent = sight.pose.copy()
    bent[[23, 24], :2] = bent[[25, 26], :2] + (0, -8)
    assert build_in(sight) is not None
    assert build_in(replace(sight, pose=cut)) is None and build_in(replace(sight, pose=bent)) is None
    assert build_in(replace(sight, pose=None)) is None
    assert build_from([replace(sight, shapes_face=False)]).sure == 0


def test_several_are_surer_than_one_and_an_outlier_does_not_win():
    some = [Proportions(waist=w, sure=0.8) for w in (0.16, 0.162, 0.161, 0.24)]
    assert 0.16 <= median_of(some).waist <= 0.163 and median_of(some[:3]).sure > median_of(some[:1]).sure
    assert all(getattr(median_of([]), name) is None for name in NAMES)
