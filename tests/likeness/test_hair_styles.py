"""Every head of hair and every covering, on a child, a grown-up and an old person: whole, within its budget, off the face."""

from functools import cache

import numpy as np
import pytest

from meetagain.likeness.body import Body, make_body
from meetagain.likeness.hair import Tress
from meetagain.likeness.hair_choice import COVERS, STYLES, HairChoice
from meetagain.likeness.hair_picture import strand_picture
from meetagain.likeness.hair_styles import BUILDERS, coloured, make_hair
from meetagain.likeness.hair_words import read_hair
from meetagain.schema.person import Look, Person


@cache
def body(age: float, sex: str = "female") -> Body:
    return make_body(
        Person(id="a", full_name="A", called=("A",), age_shown=age, relation_to_visitor="x", calls_visitor="y", look=Look(sex=sex))
    )


def hair(age: float, choice: HairChoice) -> Tress | None:
    return make_hair(body(age), choice, np.random.default_rng(7))


def spoken(words: str) -> HairChoice:
    return read_hair(Look(hair=words), 35)[0]


def test_there_are_enough_styles():
    assert set(BUILDERS) == set(STYLES) and len(STYLES) >= 18 and len(COVERS) == 4


@pytest.mark.parametrize("age", [7, 35, 76])
@pytest.mark.parametrize("style", [s for s in STYLES if s != "bald"])
def test_every_style_is_whole(age, style):
    tress = hair(age, spoken(style + ", fringe"))
    assert 4_000 < len(tress.triangles) <= 16_000 and tress.triangles.max() < len(tress.points)
    for array in (tress.points, tress.normals, tress.uv, tress.tangent):
        assert np.isfinite(array).all()
    assert np.allclose(np.linalg.norm(tress.tangent, axis=1), 1, atol=1e-6) and np.allclose(
        np.linalg.norm(tress.normals, axis=1), 1, atol=1e-6
    )
    assert tress.uv.min() >= 0 and tress.uv.max() <= 1
    colour = coloured(tress, spoken("salt and pepper"), np.random.default_rng(0))
    assert colour.shape == (len(tress.points), 4) and colour.min() >= 0 and colour.max() <= 1


@pytest.mark.parametrize("age", [7, 35, 76])
@pytest.mark.parametrize("cover", ["", *COVERS])
@pytest.mark.parametrize("style", ["bob", "long", "curly", "afro", "short", "pixie", "set curls", "ponytail"])
def test_nothing_hangs_before_the_eyes(age, style, cover):
    tress, face = hair(age, spoken(f"{style}, fringe, {cover}")), body(age).face
    for eye in face.eyes:
        away = tress.points - eye
        before = (np.abs(away[:, 0]) < 0.011 * face.scale) & (np.abs(away[:, 1]) < 0.009 * face.scale) & (away[:, 2] > 0)
        assert not before.any()


@pytest.mark.parametrize("style", [s for s in STYLES if s not in ("bald", "fringe of hair", "cornrows", "thin", "buzz")])
def test_the_back_of_the_head_is_covered(style):
    """Every direction from the middle of the head, from crown to nape, meets an opaque sheet."""
    tress = hair(35, spoken(style))
    solid = np.isclose(tress.alpha, 1) | (tress.alpha > 0.89)
    triangles = tress.triangles[solid[tress.triangles].all(1)]
    centre = body(35).face.middle + np.array([0, 0.02, -0.09])
    a, b, c = (tress.points[triangles[:, k]] - centre for k in range(3))
    volume = np.einsum("ij,ij->i", a, np.cross(b, c))
    for turn in np.deg2rad((120, 150, 180, 210, 240)):
        for rise in np.deg2rad((0, 20, 45, 70, 85)):
            way = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])
            shares = np.stack([np.cross(b, c) @ way, np.cross(c, a) @ way, np.cross(a, b) @ way], 1) * np.sign(volume)[:, None]
            assert (shares > -1e-12).all(1).any(), (np.rad2deg(turn), np.rad2deg(rise))


@pytest.mark.parametrize(
    "part,low,high", [("length", 0.42, 0.9), ("volume", 0.1, 0.9), ("curl", 0.0, 0.7), ("fringe", 0.0, 1.0), ("parting", -0.7, 0.7)]
)
def test_each_part_moves_the_hair(part, low, high):
    first, second = (hair(35, HairChoice("shoulder", **{part: value})) for value in (low, high))
    spread = [np.r_[t.points.min(0), t.points.max(0), t.points.mean(0)] for t in (first, second)]
    assert np.abs(spread[0] - spread[1]).max() > 0.002


def test_a_bald_head_has_no_hair_and_a_hat_may_sit_on_it():
    assert hair(76, spoken("bald")) is None
    hat = hair(76, spoken("bald, a woolly hat"))
    assert hat.tone is not None and np.isfinite(hat.tone).all()


def test_grey_comes_strand_by_strand():
    tress = hair(35, spoken("bob"))
    dark = coloured(tress, spoken("black"), np.random.default_rng(0))[:, :3].mean()
    half = coloured(tress, spoken("black, going grey"), np.random.default_rng(0))[:, :3]
    assert half.mean() > dark + 0.03 and half.mean(1).std() > 0.08


def test_the_strand_picture_has_strips_that_thin_out():
    picture = strand_picture()
    assert picture.shape == (1024, 1024, 4) and picture.dtype == np.uint8
    alpha = picture[..., 3] > 127
    assert alpha[:896, :120].all() and alpha[900:, :760].all()
    for k in (2, 3, 5, 6, 7):
        strip = alpha[:890, k * 128 + 4 : (k + 1) * 128 - 4]
        assert strip[:200].mean() > 1.8 * strip[-60:].mean()
