"""A keeper's words for a face move the part of the face that they name, and what is not a name is told."""

import numpy as np
import pytest

from meetagain.likeness.body import make_body
from meetagain.likeness.features import FEATURES, LIMIT, known_changes, read_features, together
from meetagain.schema.person import Look, Person


def somebody(**features) -> Person:
    look = Look(features={name.replace("_", " "): number for name, number in features.items()})
    return Person(
        id="a", full_name="Anna Test", called=("Anna",), age_shown=35, relation_to_visitor="daughter", calls_visitor="Mum", look=look
    )


def test_every_feature_is_made_of_changes_that_the_model_has():
    known = known_changes()
    assert len(FEATURES) >= 25
    for name, changes in FEATURES.items():
        assert name == name.lower() and changes
        for change, amount in changes.items():
            assert (change in known) != ("l-" + change in known and "r-" + change in known) and 0 < abs(amount) <= 1


@pytest.mark.parametrize("sign", [1, -1])
def test_features_move_what_they_name(sign):
    plain, told = make_body(somebody()), make_body(somebody(eye_distance=sign, nose_length=sign))

    def measures(body):
        apart = np.linalg.norm(body.face.eyes[0] - body.face.eyes[1])
        return apart, (body.face.middle - body.face.nose)[1]

    for before, after in zip(measures(plain), measures(told), strict=True):
        assert sign * (after - before) > 0.001


def test_a_name_nobody_knows_is_told_with_those_that_are_near():
    changes, issues = read_features({"nose widht": 0.5, "Nose_Width": 0.5, "wings": 1.0, "chin": 3})
    assert changes["nose-scale-horiz-incr"] == pytest.approx(0.25) and changes["chin-prominent-incr"] == pytest.approx(0.7)
    assert [i.code for i in issues] == ["feature-unknown", "feature-unknown", "feature-too-far"]
    assert "“nose width”" in issues[0].mend and "wings" in issues[1].sentence


def test_what_is_laid_together_stays_a_face():
    assert together({"a": 1.0, "b": 0.5}, {"a": 1.0, "b": -0.5}) == {"a": LIMIT}


def test_without_features_and_photographs_the_body_is_as_ever():
    plain, same = make_body(somebody()), make_body(somebody(), face={})
    assert np.array_equal(plain.points, same.points)
    other = make_body(somebody(), face={"nose-scale-horiz-incr": 0.5})
    assert np.abs(other.points - plain.points).max() > 0.001
