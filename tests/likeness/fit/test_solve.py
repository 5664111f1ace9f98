"""A moved face is told again in the model's own changes."""

import numpy as np

from meetagain.bench.likeness_shape import distance_mm
from meetagain.likeness.body import face_changes
from meetagain.likeness.fit.crop import grown, load_crop, stage_of, usual_head
from meetagain.likeness.fit.solve import FURTHEST, solve, solved_names
from meetagain.schema.person import Look, Person

SON = Person("x", "X Y", ("X",), 35, "son", "Mum", look=Look(sex="male", origin={"asia": 1}))
ASKED = {"nose-scale-horiz-incr": 0.5, "l-eye-trans-out": 0.3, "r-eye-trans-out": 0.3, "chin-prominent-incr": -0.4}


def test_changes_that_were_made_are_found_again():
    usual, made = usual_head(SON), usual_head(SON, ASKED)
    face = load_crop().face
    found = solve(made[face] - usual[face], usual[face], 1.0)
    assert distance_mm(usual_head(SON, found), made) < 0.3 * distance_mm(usual, made)
    for name in ("nose-scale-horiz-incr", "chin-prominent-incr"):
        assert np.sign(found[name]) == np.sign(ASKED[name]) and abs(found[name]) > 0.3 * abs(ASKED[name])


def test_nothing_asked_gives_nothing_and_a_turn_of_the_whole_head_is_no_change_of_the_face():
    usual = usual_head(SON)[load_crop().face]
    assert solve(np.zeros_like(usual), usual, 1.0) == {}
    turned = usual + np.cross((0.0, 0.01, 0.0), usual - usual.mean(0))
    assert all(abs(a) < 0.02 for a in solve(turned - usual, usual, 1.0).values())


def test_no_change_goes_beyond_its_bound_and_neck_and_ears_are_left_alone():
    usual, face = usual_head(SON), load_crop().face
    wild = usual_head(SON, {"nose-scale-horiz-incr": 4.0, "chin-height-incr": 2.0, "ear-wing-incr": 1.0})
    found = solve(wild[face] - usual[face], usual[face], 1.0)
    assert max(map(abs, found.values())) <= FURTHEST + 1e-6
    assert not any(
        "ear-" in name or name.startswith(("neck", "measure")) for name in solved_names() if "ear-" in name[:4] or "neck" in name
    )


def test_a_childs_larger_head_asks_for_the_same_amounts():
    child = Person("x", "X Y", ("X",), 7, "daughter", "Mum")
    usual, made, face = usual_head(child), usual_head(child, ASKED), load_crop().face
    found = solve(made[face] - usual[face], usual[face], 1.1)
    assert distance_mm(usual_head(child, found), made) < 0.35 * distance_mm(usual, made)


def test_it_matters_on_which_side_the_usual_face_stands_already():
    child = Person("x", "X Y", ("X",), 7, "daughter", "Mum")
    start = face_changes(*stage_of(7))
    away = {
        name: -1.2 * start[name]
        for name in ("mouth-upperlip-height-incr", "nose-scale-vert-incr", "l-eye-height2-incr", "r-eye-height2-incr")
    }
    usual, made, face = usual_head(child), usual_head(child, away), load_crop().face
    grow = grown(7, "female")[1]
    told, blind = (distance_mm(usual_head(child, solve(made[face] - usual[face], usual[face], grow, s)), made) for s in (start, None))
    assert told < blind and told < 0.25 * distance_mm(usual, made)
