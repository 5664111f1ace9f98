"""How near faces come is measured on people whose true heads are known."""

import numpy as np

from meetagain.bench.face_law import draw
from meetagain.bench.likeness_shape import distance_mm, figures, laid_on, measure
from meetagain.likeness.fit.crop import usual_head


def test_one_person_is_measured_for_each_number_of_photographs():
    found = measure(41_035, 35, (1, 2))
    assert len(found.fitted_mm) == len(found.kept) == len(found.sure) == 2
    assert 0.3 < found.usual_mm < 6 and all(0.2 < mm < 6 for mm in found.fitted_mm)
    assert found == measure(41_035, 35, (1, 2))


def test_the_same_seed_is_the_same_person_and_the_truth_lies_at_no_distance():
    first, again = draw(5, 35), draw(5, 35)
    assert np.array_equal(first.truth, again.truth) and first.person == again.person
    assert distance_mm(first.truth, first.truth) < 1e-6 < distance_mm(usual_head(first.person), first.truth)


def test_laying_on_takes_turn_shift_and_scale_out():
    points = np.random.default_rng(1).normal(size=(40, 3))
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(3, 3)))[0]
    turn *= np.sign(np.linalg.det(turn))
    assert np.allclose(laid_on(points * 2.5 @ turn.T + (1, 2, 3), points), points)


def test_the_interval_of_a_gain_that_is_none_holds_zero():
    rng = np.random.default_rng(6)
    usual = rng.uniform(1, 2, 60)
    told = figures(usual, usual + rng.normal(0, 0.2, 60))
    assert told["gain_low_mm"] < 0 < told["gain_high_mm"] and told["people"] == 60
    assert figures(usual, usual * 0.5)["gain_low_mm"] > 0.4
