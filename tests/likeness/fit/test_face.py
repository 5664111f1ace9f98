"""Photographs of invented people bring the face nearer to the true one, and what is of no use leaves the usual face."""

from dataclasses import replace

import numpy as np
import pytest

from meetagain.bench.face_law import draw
from meetagain.bench.likeness_shape import distance_mm, figures, photographs
from meetagain.likeness.body import make_body
from meetagain.likeness.fit.crop import usual_head
from meetagain.likeness.fit.face import fit_face, telling
from meetagain.likeness.fit.map import load_map, packed
from meetagain.likeness.fit.reading import design
from meetagain.likeness.photos.seen import Sight

AGES = {7: 31_007, 35: 31_035, 76: 31_076}


@pytest.fixture(scope="module")
def people():
    out = []
    for age, first in AGES.items():
        for seed in range(first * 10, first * 10 + 3):
            drawn = draw(seed, age)
            out.append((drawn, photographs(drawn, seed, 4)))
    return out


def test_the_fitted_faces_lie_nearer_to_the_true_ones_than_the_usual_ones(people):
    usual = np.array([distance_mm(usual_head(drawn.person), drawn.truth) for drawn, _ in people])
    fitted = np.array(
        [distance_mm(usual_head(drawn.person, fit_face(sights, drawn.person).changes), drawn.truth) for drawn, sights in people]
    )
    assert fitted.mean() < 0.93 * usual.mean() and (fitted < usual).sum() >= 5


def test_the_fit_of_one_person_says_what_it_used_and_how_sure_it_is(people):
    drawn, sights = people[4]
    fit, one = fit_face(sights, drawn.person), fit_face(sights[:1], drawn.person)
    assert set(fit.used) <= {s.item for s in sights} and len(fit.used) >= 2
    assert 0.1 < one.sure <= fit.sure < 0.8
    assert fit == fit_face(sights, drawn.person)
    assert "face-few" in [i.code for i in one.issues] and "one photo" in one.issues[-1].sentence
    body, plain = make_body(drawn.person, fit.changes), make_body(drawn.person)
    assert body.height_m == plain.height_m and np.abs(body.points - plain.points).max() > 0.001


def test_photographs_that_are_of_no_use_keep_the_usual_face(people):
    drawn, sights = people[0]
    first = sights[0]
    aside = replace(first, face=replace(first.face, yaw_deg=80.0))
    behind = Sight("a", first.picture, None, first.person)
    tiny = replace(first, face=replace(first.face, box=(0.0, 0.0, 20.0, 24.0)))
    younger = replace(first, shapes_face=False)
    for useless in ((), (aside,), (behind,), (tiny,), (younger,)):
        fit = fit_face(useless, drawn.person)
        assert fit.changes == {} and fit.sure == 0 and [i.code for i in fit.issues] == ["face-no-use"]
    assert [s.item for s in telling((aside, first))] == [first.item]


def test_landmarks_from_outside_the_law_are_followed_less_and_the_keeper_is_told(people):
    drawn, sights = people[3]
    middle = sights[0].face.points.mean(0)
    strange = replace(sights[0], face=replace(sights[0].face, points=(sights[0].face.points - middle) * (1.0, 2.4, 1.0) + middle))
    fit, plain = fit_face((strange,), drawn.person), fit_face(sights[:1], drawn.person)
    assert fit.reach > 1.2 > plain.reach
    assert fit.sure < plain.sure
    assert "face-unlike" in {i.code for i in fit.issues}


def test_more_photographs_leave_less_and_weigh_by_their_worth():
    learnt = load_map()
    assert np.all(np.diff(learnt.left[[0, 2, 7]]) < 0) and learnt.left[0] < 1
    guesses = np.random.default_rng(3).normal(size=(4, len(learnt.within)))
    _, count, _ = learnt.together(guesses, np.ones(4))
    alone, one, _ = learnt.together(guesses, np.array([1.0, 1e-9, 1e-9, 1e-9]))
    assert count == pytest.approx(4) and one == pytest.approx(1)
    assert np.allclose(alone, learnt.together(guesses[:1], np.ones(1))[0], atol=1e-6)
    assert np.abs(learnt.together(guesses * 100, np.ones(4))[0]).max() <= 2.5


def test_a_design_row_is_as_long_as_the_map_expects():
    learnt = load_map()
    blocks = [np.zeros(len(kind.ways), np.float32) for kind in learnt.reading.kinds]
    assert len(design(blocks, np.zeros(2), np.zeros(7))) == len(learnt.mean) == len(learnt.weights)


def test_rows_are_kept_within_half_a_step():
    rows = np.random.default_rng(4).normal(size=(5, 30))
    kept = packed("w", rows)
    back = kept["w"] * kept["w_step"][:, None]
    assert np.all(np.abs(back - rows) <= 0.51 * kept["w_step"][:, None])


def test_the_interval_of_a_gain_that_is_none_holds_zero():
    rng = np.random.default_rng(6)
    usual = rng.uniform(1, 2, 60)
    told = figures(usual, usual + rng.normal(0, 0.2, 60))
    assert told["gain_low_mm"] < 0 < told["gain_high_mm"] and told["people"] == 60
    assert figures(usual, usual * 0.5)["gain_low_mm"] > 0.4
