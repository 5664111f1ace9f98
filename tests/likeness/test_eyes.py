"""Lashes and what lies at the edge of a lid: one dark line when the eye is shut, and known by the page."""

import numpy as np
import pytest

from meetagain.likeness.body import Body, lid_ride, make_body
from meetagain.likeness.eyes import lash_line, lashes, lid_shadow, resample, wet_line
from meetagain.schema.person import Look, Person

KNOWN_BELOW = 0.006  # client/src/person/look.ts tells lashes from shadows by their blue


@pytest.fixture(scope="module", params=[7.0, 76.0])
def body(request) -> Body:
    person = Person(id="p", full_name="P", called=("P",), age_shown=request.param, relation_to_visitor="x", calls_visitor="y", look=Look())
    return make_body(person)


def upper(body: Body, side: int) -> np.ndarray:
    return resample(body.points[body.face.lashes[side, "up"]], 40)


@pytest.mark.parametrize("side", [0, 1])
def test_a_shut_eye_is_one_soft_line_without_a_gap(body: Body, side: int):
    line = upper(body, side)
    piece = lash_line(body, lid_ride(body), line, side, upper=True)
    middle = piece.colour[1::3, 3]
    assert (middle[4:-4] > 0.15).all() and middle.max() < 0.6  # there all along, and no black bar
    assert (piece.colour[0::3, 3] == 0).all() and (piece.colour[2::3, 3] == 0).all()  # it ends softly
    apart = np.linalg.norm(piece.points[1::3] - line, axis=1)
    assert apart.max() < 0.002 * body.face.scale
    blink = body.basis.face_names.index("eyeBlinkLeft" if side == 0 else "eyeBlinkRight")
    assert piece.deltas[blink][1::3, 1].min() < -0.002  # it comes down with the lid


def test_the_page_can_tell_lashes_from_the_shadow_of_the_lid(body: Body):
    line, ride = upper(body, 0), lid_ride(body)
    near = (lashes(body, ride, line, 0, True, np.random.default_rng(1)), lash_line(body, ride, line, 0, True))
    still = (lid_shadow(body, ride, line, 0, True), wet_line(body, ride, line, 0))
    assert all((piece.colour[:, 2] < KNOWN_BELOW).all() for piece in near)
    assert all((piece.colour[:, 2] > KNOWN_BELOW).all() for piece in still)
