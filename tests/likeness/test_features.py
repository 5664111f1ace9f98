"""A keeper's sliders do to the face what their names say, and a name that is not known is answered with those that come near."""

import numpy as np
import pytest

from meetagain.likeness.basis import load_basis
from meetagain.likeness.body import Body, make_body
from meetagain.likeness.features import FEATURES, MOST, laid_together, read_features
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.words import read_look
from meetagain.schema.person import Look, Person


def body(face: dict[str, float] | None = None, age: float = 40, **features: float) -> Body:
    told = {name.replace("_", " "): amount for name, amount in features.items()}
    return make_body(Person("x", "X Y", ("X",), age, "mother", "Elli", look=Look(features=told)), face)


def measures(made: Body) -> dict[str, float]:
    """Lengths in a face in units of its own height, which does not change with the others."""
    at = load_places().on(made.points)
    left, right = made.face.eyes
    tall = at[10, 1] - at[152, 1]
    return {
        "eye distance": (left[0] - right[0]),
        "eye opening": at[386, 1] - at[374, 1],
        "eye size": at[263, 0] - at[362, 0],
        "eye slant": at[263, 1] - at[362, 1],
        "nose width": at[358, 0] - at[129, 0],
        "nose length": at[168, 1] - at[2, 1],
        "nose size": at[1, 2] - at[10, 2],
        "nose tip": at[1, 1] - at[129, 1],
        "mouth width": at[291, 0] - at[61, 0],
        "mouth corners": at[291, 1] - at[14, 1],
        "mouth height": at[14, 1] - at[152, 1],
        "lip fullness": at[0, 1] - at[17, 1],
        "cheekbones": at[352, 0] - at[123, 0],
        "chin": at[199, 2] - at[168, 2],
        "chin length": at[17, 1] - at[152, 1],
        "brow height": at[334, 1] - left[1],
        "brow slant": at[300, 1] - at[336, 1],
        "face width": at[454, 0] - at[234, 0],
        "face length": tall,
    }


@pytest.fixture(scope="module")
def usual() -> dict[str, float]:
    return measures(body())


@pytest.mark.parametrize("name", sorted(measures(body())))
def test_a_slider_does_what_its_name_says(name, usual):
    more, less = (measures(body(**{name: amount}))[name] for amount in (1.0, -1.0))
    assert more - usual[name] > 0.0009 and usual[name] - less > 0.0009


def test_every_slider_moves_the_mesh_by_changes_that_the_model_has():
    basis = load_basis()
    for name, (word, changes) in FEATURES.items():
        assert word and changes
        for change, amount in changes.items():
            sides = ("l-", "r-") if change.startswith("*") else ("",)
            assert all(f"{side}{change.lstrip('*')}{sign}" in basis.local_names for side in sides for sign in "+-"), (name, change)
            assert 0 < abs(amount) <= 1


def test_names_are_taken_however_they_are_written():
    assert read_features(Look(features={"Nose-Width": 1.0})).changes == read_features(Look(features={"nose_width": 1})).changes


def test_an_unknown_name_is_answered_with_those_that_come_near():
    asked = read_features(Look(features={"nose widht": 0.5, "ear": 1, "chin": 4}))
    unknown, ear, far = asked.issues
    assert unknown.code == "feature-unknown" and "nose width" in unknown.mend
    assert "ear size" in ear.mend
    assert far.code == "feature-too-far" and asked.changes == read_features(Look(features={"chin": 1})).changes
    assert set(asked.issues) <= set(
        read_look(Person("x", "X", ("X",), 40, "", "", look=Look(features={"nose widht": 0.5, "ear": 1, "chin": 4}))).issues
    )


def test_sliders_are_added_to_what_the_photos_told():
    fitted = body({"nose-scale-horiz-incr": 0.4})
    both = body({"nose-scale-horiz-incr": 0.4}, nose_width=0.5)
    assert measures(body())["nose width"] < measures(fitted)["nose width"] < measures(both)["nose width"]
    assert laid_together({"chin": 2.0}, {"nose": 9.0}) == {"chin": 2.0, "nose": MOST}


def test_a_face_changes_neither_the_height_nor_the_body_of_a_child():
    plain, long = body(age=7), body(age=7, face={"chin-height-incr": 1.0, "head-fat-incr": 0.5})
    assert long.height_m == plain.height_m
    hands = np.flatnonzero(plain.weight("finger", "wrist") > 0.9)
    assert np.abs(long.points[hands] - plain.points[hands]).max() < 1e-9
    assert plain.face.chin[1] - long.face.chin[1] > 0.008
