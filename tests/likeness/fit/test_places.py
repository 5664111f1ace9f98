"""The landmarks of a photographed face lie where they should on the body, and the head alone is the head of the whole body."""

import numpy as np
import pytest

from meetagain.bench.face_law import draw
from meetagain.bench.face_shots import appearance, shoot
from meetagain.likeness.basis import load_basis
from meetagain.likeness.body import face_changes, make_body
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.fit.places import load_places
from meetagain.schema.person import Look, Person


def somebody(age: float, **look) -> Person:
    return Person(
        id="a",
        full_name="Anna Test",
        called=("Anna",),
        age_shown=age,
        relation_to_visitor="daughter",
        calls_visitor="Mum",
        look=Look(**look),
    )


@pytest.fixture(scope="module")
def child():
    return make_body(somebody(7))


def test_landmarks_lie_on_eyes_nose_and_chin(child):
    on = load_places().on(child.points) - child.face.middle
    s = child.face.scale
    assert np.linalg.norm(on[1] + child.face.middle - child.face.nose) < 0.012 * s, "the tip of the nose"
    assert on[33, 0] < on[133, 0] < 0 < on[362, 0] < on[263, 0] and np.abs(on[[33, 133, 362, 263], 1]).max() < 0.008 * s
    assert on[10, 1] > 0.04 * s and on[152, 1] < on[17, 1] < on[0, 1] < on[1, 1] < 0
    mirrored = on[[263, 362, 291, 454]] * (-1, 1, 1)
    assert np.abs(mirrored - on[[33, 133, 61, 234]]).max() < 0.004 * s, "left is like right"


def test_the_error_of_the_net_is_told_for_each_turn():
    places = load_places()
    assert places.bias_at(0).shape == (468, 2) and places.spread_at(10).shape == (468,)
    assert np.allclose(places.bias_at(-90), places.bias_m[0]) and np.allclose(places.bias_at(places.yaw_deg[2]), places.bias_m[2])
    assert np.median(places.spread_at(0)) < np.median(places.spread_at(40)) < 0.005
    assert (places.spread_m > 1e-4).all() and np.allclose(places.shares.sum(1), 1, atol=1e-3)


def test_the_model_knows_changes_in_both_directions():
    names = load_basis().local_names
    assert len(names) == 278 and len(set(names)) == 278
    assert {n[:-1] for n in names if n.endswith("+")} == {n[:-1] for n in names if n.endswith("-")}
    child_words = {n + "+" for n in face_changes(1, 0)} - set(names)
    assert not {n for n in child_words if n.startswith(("nose", "mouth", "chin", "l-eye", "r-cheek"))}


@pytest.mark.parametrize("age", [7, 35])
def test_the_head_alone_is_the_head_of_the_whole_body(age):
    drawn, crop = draw(5, age), load_crop()
    whole = make_body(drawn.person).points[crop.ids[crop.face]]
    alone = drawn.usual[crop.face]
    size = np.linalg.norm(whole - whole.mean(0)) / np.linalg.norm(alone - alone.mean(0))
    assert np.abs((alone - alone.mean(0)) * size - (whole - whole.mean(0))).max() < 0.0005


def test_an_invented_person_is_photographed_differently_each_time():
    drawn, rng = draw(6, 40), np.random.default_rng(1)
    look = appearance(drawn.truth, 40, drawn.person.look.sex, drawn.origin, rng)
    one, two = shoot(drawn.truth, look, rng), shoot(drawn.truth, look, rng, 30)
    assert one.picture.shape == (256, 256, 3) and one.picture.dtype == np.uint8 and (one.picture != two.picture).any()
    assert 20 < two.yaw_deg < 40 and (one.shown >= 0).mean() > 0.05 and one.person.sum() >= (one.shown >= 0).sum()
    face = one.truth[load_crop().face]
    assert face.min() > -60 and face.max() < 316
    again = draw(6, 40)
    assert np.array_equal(again.truth, drawn.truth) and not np.allclose(draw(7, 40).truth, drawn.truth)
