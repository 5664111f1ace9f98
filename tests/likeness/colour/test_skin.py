"""Light is taken away, several photographs become one skin, and an invented child is found again in pictures of it."""

from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs
from PIL import Image, ImageDraw

from meetagain.likeness.body import make_body
from meetagain.likeness.colour.blending import Zones, together, without_light
from meetagain.likeness.colour.projecting import SIDE, head_texels
from meetagain.likeness.colour.reading import overlay, photo_skin, read_colours, zones_of
from meetagain.likeness.colour.shading import fit_light, harmonics, lit_by, to_linear, to_srgb
from meetagain.likeness.colour.standing import stand
from meetagain.likeness.embedded import bespectacled
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.parts import unit
from meetagain.likeness.photos.nets import find_faces
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.picture import portrait_camera, take
from meetagain.likeness.words import read_look
from meetagain.schema.person import Look, Person

LOOK = Look(height_cm=121, hair="light brown bob", clothes="red jumper, blue trousers")
CHILD = Person(id="a", full_name="Anna Test", called=("Anna",), age_shown=7, relation_to_visitor="daughter", calls_visitor="Mum", look=LOOK)


@pytest.fixture(scope="module")
def body():
    return make_body(CHILD)


@pytest.fixture(scope="module")
def photographs(child_shown):
    out = []
    for k, yaw in enumerate((0, 22)):
        taken = take(child_shown, portrait_camera(child_shown, yaw, 1.4, (420, 520)), fine=1)
        (face,) = find_faces(taken.picture, encode=False)
        out.append(Sight(f"p{k}", taken.picture, face, taken.person))
    return out


@pytest.fixture(scope="module")
def read(body, photographs):
    return read_colours(body, photographs, load_places())


def test_light_is_found_and_taken_away():
    rng = np.random.default_rng(1)
    normals = unit(rng.normal(size=(4000, 3)) + np.array([0, 0, 1.0]))
    light = np.zeros((9, 3))
    light[0], light[1], light[3] = (0.9, 0.8, 0.7), (0.3, 0.28, 0.25), (0.2, 0.2, 0.2)
    albedo = np.tile((0.6, 0.4, 0.3), (4000, 1)) * rng.uniform(0.95, 1.05, (4000, 1))
    colour = albedo * (harmonics(normals) @ light)
    colour[:200] = 0.02  # a strand of dark hair
    found = fit_light(colour, np.tile((0.6, 0.4, 0.3), (4000, 1)), normals, np.ones(4000))
    again = colour[200:] / lit_by(found, normals[200:])
    off = np.abs(again - albedo[200:]).max(1)
    assert np.median(off) < 0.02 and np.percentile(off, 95) < 0.07 and np.allclose(to_linear(to_srgb(albedo)), albedo, atol=1e-6)


def test_the_camera_of_a_photograph_is_found(child_shown, body, photographs):
    for sight, yaw in zip(photographs, (0, 22), strict=True):
        true = portrait_camera(child_shown, yaw, 1.4, (420, 520))
        found = stand(body, load_places(), sight.face, (420, 520))
        way, real = unit(found.camera.eye - body.face.middle), unit(true.eye - body.face.middle)
        assert np.rad2deg(np.arccos(np.clip(way @ real, -1, 1))) < 9 and found.off_share < 0.03


def test_tones_and_skin_come_from_the_photographs(body, photographs, read):
    assert len(read.laid) == 2 and read.tones.skin is not None
    red, green, blue = read.tones.skin
    assert red > green > blue and 150 < red <= 255
    painted = np.full((2 * SIDE, 2 * SIDE, 3), (60, 90, 160), np.uint8)  # a ground that nobody has
    skin = photo_skin(read, painted)
    laid = overlay(painted, skin)
    texels = read.texels
    cheek = np.argmin(np.linalg.norm(texels.at - np.array([0.03, -0.03, 0.03]) * body.face.scale, axis=1))
    here = laid[2 * texels.rows[cheek], 2 * texels.columns[cheek]]
    assert skin.share.max() <= 1 and laid.shape == painted.shape and np.isfinite(skin.albedo).all()
    assert here.astype(int)[0] > painted[0, 0, 0], "the photographs' red comes through"


def test_tones_come_from_other_years_where_the_right_ones_are_black_and_white(body, photographs):
    near, far = replace(photographs[0], grey=True), replace(photographs[1], shapes_face=False)
    assert read_colours(body, [near], load_places()).tones.skin is None
    read = read_colours(body, [near, far], load_places())
    assert read.tones.skin is not None and [one.sight.item for one in read.laid] == ["p0"]


def with_glasses(sight):
    """The photograph with horn rims drawn over it."""
    image, at = Image.fromarray(sight.picture.copy()), sight.face.points[:, :2]
    pen, wide = ImageDraw.Draw(image), 0.26 * float(np.linalg.norm(at[263] - at[33]))
    for x, y in ((at[33] + at[133]) / 2, (at[362] + at[263]) / 2):
        pen.ellipse((x - wide, y - 0.7 * wide, x + wide, y + 0.9 * wide), outline=(40, 28, 22), width=3)
    pen.line((*at[133], *at[362]), fill=(40, 28, 22), width=3)
    return replace(sight, picture=np.asarray(image))


def test_rims_of_glasses_are_kept_out_of_the_skin(body, photographs, read):
    worn = read_colours(body, [with_glasses(one) for one in photographs], load_places())
    assert (
        worn.glasses and not read.glasses and not read_colours(body, [with_glasses(photographs[0]), photographs[1]], load_places()).glasses
    )
    painted = np.full((SIDE, SIDE, 3), (236, 196, 168), np.uint8)
    clean, skin = (to_srgb(photo_skin(one, painted).albedo) * 255 for one in (read, worn))
    texels, zones = read.texels, read.zones
    low = zones.plain & (np.abs(texels.at[:, 1] + 0.012) < 0.02) & (np.abs(texels.at[:, 0]) < 0.05) & (texels.at[:, 2] > -0.02)
    darker = (clean - skin)[texels.rows[low], texels.columns[low]].max(1)
    assert np.percentile(darker, 99) < 24, "no dark line is left under the eyes"


def test_who_always_wears_glasses_wears_them_unless_words_say_otherwise():
    def chosen(shape, **look):
        person = structs.replace(CHILD, look=structs.replace(LOOK, **look))
        made = bespectacled(person, read_look(person), shape)
        return made.glasses, made.glasses_shape, [one.code for one in made.issues]

    assert chosen("rectangular") == (True, "rectangular", ["glasses-by-photos"])
    assert chosen("")[0] is False and chosen("round", glasses=False)[0] is False
    assert chosen("rectangular", glasses=True)[:2] == (True, "round") and chosen("round", marks=("no glasses",))[0] is False


def test_no_photograph_is_no_skin(body):
    assert photo_skin(read_colours(body, [], load_places()), np.zeros((64, 64, 3), np.uint8)) is None


def test_what_one_side_lacks_comes_from_the_other_and_nothing_has_a_seam(body):
    texels = head_texels(body)
    zones = zones_of(body, texels)
    painted = np.full((SIDE, SIDE, 3), 0.30)
    albedo = np.full((len(texels.rows), 3), 0.36)
    left = (texels.at[:, 0] > 0.005) & (texels.normals[:, 2] > 0.2)
    skin = together(texels, [albedo], [np.where(left & zones.plain, 1.0, 0.0)], painted, zones)
    right = (texels.at[:, 0] < -0.012) & zones.plain & (texels.normals[:, 2] > 0.5) & (np.abs(texels.at[:, 1] + 0.02) < 0.03)
    assert skin.albedo[texels.rows, texels.columns][right].mean() > 0.31
    image = skin.albedo[..., 0]
    assert np.abs(np.diff(image, axis=1)).max() < 0.03


def test_zones_know_lips_from_cheeks(body):
    texels = head_texels(body)
    zones: Zones = zones_of(body, texels)
    near = {
        name: np.argmin(np.linalg.norm(texels.at - (at - body.face.middle), axis=1))
        for name, at in (("mouth", body.face.mouth), ("chin", body.face.chin))
    }
    assert zones.feature[near["mouth"]] == 1 and not zones.plain[near["mouth"]] and zones.feature[near["chin"]] == 0


def seen(texels, body, at: tuple[float, float, float]) -> int:
    """The texel nearest to a place over the face's scale, from the middle of the eyes."""
    return int(np.argmin(np.linalg.norm(texels.at - np.array(at) * body.face.scale, axis=1)))


def test_brows_wider_than_the_painted_ones_are_kept_and_cheeks_are_no_brows(body):
    texels = head_texels(body)
    feature, brow = zones_of(body, texels).feature, body.face.brow_m / body.face.scale
    assert feature[seen(texels, body, (0.026, brow - 0.007, 0.02))] > 0.9 and feature[seen(texels, body, (0.026, brow + 0.004, 0.02))] > 0.9
    assert feature[seen(texels, body, (0.03, -0.035, 0.03))] == 0 and feature[seen(texels, body, (0.0, 0.045, 0.02))] == 0


def test_dark_brows_that_one_photograph_shows_raised_stay_and_leave_no_halo(body):
    texels = head_texels(body)
    zones, brow = zones_of(body, texels), body.face.brow_m / body.face.scale
    painted, at = np.full((SIDE, SIDE, 3), 0.40), texels.at / body.face.scale
    front = np.where(texels.normals[:, 2] > 0.2, 1.0, 0.0) * zones.usable
    skins = []
    for raised in (0.0, 0.001, 0.004):
        dark = (np.abs(at[:, 1] - brow + 0.003 - raised) < 0.0035) & (np.abs(np.abs(at[:, 0]) - 0.026) < 0.012)
        skins.append(np.where(dark[:, None], 0.08, 0.40) * np.ones((1, 3)))
    shown = together(texels, skins, [front] * 3, painted, zones).albedo[texels.rows, texels.columns]
    assert shown[seen(texels, body, (0.026, brow - 0.002, 0.02))].mean() < 0.2
    beside = (np.abs(np.abs(at[:, 0]) - 0.026) < 0.01) & (at[:, 1] > brow + 0.006) & (at[:, 1] < brow + 0.03) & (front > 0.9)
    assert shown[beside].max() < 0.46


def test_a_strand_of_fair_hair_over_the_cheek_is_no_skin_and_a_mole_is(body, read):
    texels, zones, one = read.texels, read.zones, read.laid[0]
    skin = np.array((0.60, 0.42, 0.32))
    at, up = texels.at / body.face.scale, np.tile((0.0, 0.0, 1.0), (len(texels.rows), 1))
    strand = np.abs(at[:, 0] - 0.034) < 0.003
    mole = np.linalg.norm(at - at[seen(texels, body, (-0.03, -0.035, 0.03))], axis=1) < 0.0015
    colour = np.where(strand[:, None], (0.58, 0.47, 0.20), np.where(mole[:, None], skin * 0.75, skin))
    laid = replace(one, colour=colour, weight=np.ones(len(colour)), normals=up, busy=np.zeros(len(colour)))
    weight = without_light(laid, np.tile(skin, (len(colour), 1)), zones)[1]
    cheek = (np.abs(at[:, 1] + 0.03) < 0.02) & (at[:, 2] > 0) & (zones.usable > 0.99)
    assert strand[cheek].any() and weight[cheek & strand].max() < 0.15
    assert weight[cheek & mole].min() > 0.8 and np.median(weight[cheek]) > 0.9
