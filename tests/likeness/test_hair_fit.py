"""Hair is told from pictures that were made of known heads; what the keeper said stays."""

from functools import cache

import numpy as np
import pytest

from meetagain.likeness.body import Body, make_body
from meetagain.likeness.camera import Camera, look_at
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_fit import fit_hair, length_of
from meetagain.likeness.hair_picture import strand_picture
from meetagain.likeness.hair_scalp import scalp_of
from meetagain.likeness.hair_seen import see_hair
from meetagain.likeness.hair_styles import coloured, make_hair
from meetagain.likeness.hair_view import CHIN, EYE_L, EYE_R, LIPS, NOSE, OVAL, body_places, similarity, view_of
from meetagain.likeness.parts import split_quads, white
from meetagain.likeness.photos.seen import SeenFace, Sight
from meetagain.likeness.picture import Light, take
from meetagain.likeness.shown import Part, Shown
from meetagain.schema.person import Look, Person

SKIN = (0.80, 0.55, 0.40)
BROWN, BLOND, BLACK = (0.24, 0.11, 0.055), (0.74, 0.52, 0.26), (0.030, 0.024, 0.022)


@cache
def body(sex: str = "female", age: float = 35) -> Body:
    return make_body(
        Person(id="a", full_name="A", called=("A",), age_shown=age, relation_to_visitor="x", calls_visitor="y", look=Look(sex=sex))
    )


def shown(of: Body, choice: HairChoice) -> Shown:
    """A head with hair, without clothes of its own: the trunk is painted blue."""
    joint = np.zeros((1, 4), int)
    colour = white(len(of.points)) * (*SKIN, 1)
    colour[of.points[:, 1] < of.joint("neck01")[1] - 0.01] = (0.05, 0.10, 0.30, 1)
    count = len(of.points)
    skin = Part(
        of.points, of.normals, np.zeros((count, 2)), colour, split_quads(of.basis.groups["f_body"]), joint.repeat(count, 0),
        np.tile((1.0, 0, 0, 0), (count, 1)), None, None,
    )  # fmt: skip
    parts = {"skin": skin}
    tress = make_hair(of, choice, np.random.default_rng(3))
    if tress is not None:
        n = len(tress.points)
        parts["hair"] = Part(
            tress.points, tress.normals, tress.uv, coloured(tress, choice, np.random.default_rng(3)), tress.triangles, joint.repeat(n, 0),
            np.tile((1.0, 0, 0, 0), (n, 1)), tress.tangent, strand_picture().astype(np.float32) / 255,
        )  # fmt: skip
    return Shown(parts, of.basis.joints, of.basis.parents, of.heads, {})


def photograph(of: Body, choice: HairChoice, turn_deg: float = 0.0, size: tuple[int, int] = (360, 420)) -> Sight:
    middle = of.face.middle + np.array([0, -0.06, -0.05])
    turn = np.deg2rad(turn_deg)
    camera = look_at(middle + 1.6 * np.array([np.sin(turn), 0, np.cos(turn)]), middle, 22, size)
    taken = take(shown(of, choice), camera, Light(shadows=False), (0.55, 0.65, 0.5), fine=1)
    return Sight("x", taken.picture, face_in(of, camera), taken.person)


def face_in(of: Body, camera: Camera) -> SeenFace:
    """The places of the landmark net that are used, put where the body has them."""
    face, s = of.face, of.face.scale
    around = -np.arange(len(OVAL)) / len(OVAL) * 2 * np.pi + np.pi / 2
    tall = (face.middle[1] + 0.050 * s - face.chin[1]) / 2
    oval = np.stack(
        [0.056 * s * np.cos(around), face.chin[1] + tall + tall * np.sin(around), np.full(len(OVAL), face.middle[2] - 0.03 * s)], 1
    )
    points = np.zeros((468, 3))
    for rows, place in zip((EYE_R, EYE_L, NOSE, LIPS, CHIN), body_places(of), strict=True):
        at, depth = camera.seen(place[None])
        points[list(rows)] = (*at[0], depth[0] * camera.focal_px / 1.6)
    at, depth = camera.seen(oval)
    points[list(OVAL)] = np.c_[at, depth * camera.focal_px / 1.6]
    at, depth = camera.seen(face.chin[None])
    points[CHIN[0]] = (*at[0], depth[0] * camera.focal_px / 1.6)
    box = (points[list(OVAL), 0].min(), points[list(OVAL), 1].min(), points[list(OVAL), 0].max(), points[list(OVAL), 1].max())
    return SeenFace(box, 1.0, points, np.zeros(1, np.float32), np.zeros(128, np.float32), 0.0, 0.0, 0.0, 1.0)


def test_a_turn_a_scale_and_a_shift_are_found_again():
    rng = np.random.default_rng(0)
    points, turn = rng.normal(size=(6, 3)), np.linalg.qr(rng.normal(size=(3, 3)))[0]
    turn *= np.sign(np.linalg.det(turn))
    found, scale, shift = similarity(points, 2.5 * points @ turn.T + (1, 2, 3))
    assert np.allclose(found, turn) and np.isclose(scale, 2.5) and np.allclose(shift, (1, 2, 3))


def test_the_view_lays_the_head_on_the_grid():
    view = view_of(photograph(body(), HairChoice("bob", BROWN, length=0.42), 25), body())
    assert view.face.mean() > 0.02 and view.person.max() > 0.9 and abs(np.linalg.det(view.turn) - 1) < 1e-6
    assert np.rad2deg(np.arctan2(view.turn[0, 2], view.turn[2, 2])) == pytest.approx(-25, abs=6)


@pytest.mark.parametrize(
    "choice,sex",
    [
        (HairChoice("bob", BROWN, length=0.42, fringe=1.0), "female"),
        (HairChoice("long", BLOND, length=0.78), "female"),
        (HairChoice("short", BLACK, length=0.2, parting=0.5), "male"),
        (HairChoice("bald", length=0.0), "male"),
    ],
)
def test_style_length_and_colour_are_found_again(choice, sex):
    of = body(sex, 35 if choice.style != "bald" else 60)
    found = fit_hair([photograph(of, choice, 0), photograph(of, choice, 25)], of, HairChoice(), sex, SKIN)
    assert found.style == choice.style
    if choice.style == "bald":
        return
    if choice.length > 0.36:
        assert found.length == pytest.approx(choice.length, abs=0.12)
    ratio = np.array(found.colour) / np.array(choice.colour)
    assert 0.5 < ratio[0] < 2.0 and abs(np.log(found.colour[0] / found.colour[1]) - np.log(choice.colour[0] / choice.colour[1])) < 0.45
    assert (found.fringe > 0.5) == (choice.fringe > 0.5)


def test_words_win_part_by_part():
    sights = [photograph(body(), HairChoice("bob", BROWN, length=0.42))]
    said = HairChoice("ponytail", (0.5, 0.1, 0.05), said=frozenset({"style", "colour"}))
    found = fit_hair(sights, body(), said, "female", SKIN)
    assert found.style == "ponytail" and found.colour == (0.5, 0.1, 0.05) and found.length == said.length


def test_without_a_face_words_alone_count():
    said = HairChoice("afro")
    nobody = Sight("x", np.zeros((50, 50, 3), np.uint8), None, np.zeros((50, 50), np.float32))
    assert fit_hair([], body(), said) == said and fit_hair([nobody], body(), said) == said


def test_black_and_white_tells_no_colour_and_a_hat_is_no_hair():
    view = view_of(photograph(body(), HairChoice("bob", BROWN, length=0.42)), body())
    assert see_hair(view, SKIN, grey=True).colour is None and see_hair(view, SKIN).colour is not None
    hat = HairChoice("bob", BROWN, length=0.42, cover="woolly hat", cover_colour=(0.03, 0.08, 0.35))
    seen = see_hair(view_of(photograph(body(), hat), body()), SKIN)
    assert seen.cover and seen.colour is None and seen.cover_colour[2] > seen.cover_colour[0]


def test_lengths_and_heights_go_together():
    scalp = scalp_of(body())
    for length in (0.3, 0.42, 0.57, 0.8):
        assert length_of((scalp.floor(length) - scalp.eye) / scalp.s, body()) == pytest.approx(length, abs=0.02)
