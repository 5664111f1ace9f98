"""The fine relief of the skin: faint on a child, lines on the old, nowhere steep, and flat where no skin is."""

import json
import struct

import numpy as np
import pytest

from meetagain.likeness.body import lid_ride, make_body
from meetagain.likeness.embedded import furnish
from meetagain.likeness.eyes import iris_picture, resample, wet_line
from meetagain.likeness.glb import Rig, write_glb
from meetagain.likeness.head_parts import kept_skin
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.relief import COARSE, FINE, front_relief, heights, relief
from meetagain.likeness.skin import teeth
from meetagain.likeness.words import read_look
from meetagain.schema.person import Look, Person


def somebody(age: float) -> Person:
    return Person(id="a", full_name="A", called=("A",), age_shown=age, relation_to_visitor="x", calls_visitor="y", look=Look())


CHILD, OLD = make_body(somebody(7)), make_body(somebody(76))


@pytest.fixture(scope="module", params=[CHILD, OLD], ids=["child", "old"])
def made(request):
    return request.param, relief(request.param, *kept_skin(request.param, np.zeros(len(request.param.points), bool)))


def test_normals_are_of_length_one_and_never_steep(made):
    body, picture = made
    assert picture.shape == ((FINE if body.old else COARSE),) * 2 + (3,)
    normals = picture.astype(float) / 127.5 - 1
    assert np.abs(np.linalg.norm(normals, axis=-1) - 1).max() < 0.02 and normals[..., 2].min() > 0.8


def test_where_no_skin_is_it_is_flat(made):
    _, picture = made
    assert (np.abs(picture[-3:, -3:, :2].astype(int) - 128) <= 1).all()


def test_the_old_have_lines_and_a_child_has_none():
    child, old = front_relief(CHILD), front_relief(OLD)
    assert old.min() < -3e-4 and child.min() > -1.2e-4 and np.abs(child).max() < 1.2e-4
    assert (relief_slope(OLD) > 1.5 * relief_slope(CHILD)).all()


def relief_slope(body) -> float:
    field = front_relief(body)[500:900, 300:1200]
    return np.hypot(*np.gradient(field)).mean()


def test_lips_have_creases_and_a_palm_is_not_left_smooth():
    at = np.c_[np.linspace(-0.015, 0.015, 400), np.full(400, -0.06), np.full(400, 0.02)]
    ahead = np.tile([[0.0, 0, 1]], (400, 1))
    assert np.ptp(heights(CHILD, at, ahead, np.ones(400))) > 4e-5
    assert np.ptp(heights(OLD, at - (0, 0.6, 0), -ahead, np.zeros(400))) > 1e-5


def test_teeth_are_set_off_from_each_other_and_never_grey():
    row = teeth(380, 300)
    assert row.min() >= 0.6 and row[250, 190] < row[250, 215] and row[250].mean() > 0.85


def test_the_tear_sinks_when_the_eye_shuts():
    line = resample(CHILD.points[CHILD.face.lashes[0, "lo"]], 40)
    piece = wet_line(CHILD, lid_ride(CHILD), line, 0)
    shut = piece.deltas[CHILD.basis.face_names.index("eyeBlinkLeft")]
    assert shut[:, 2].mean() < -0.003 and piece.colour[:, 3].max() < 0.4


def test_the_iris_has_a_limbus_and_a_black_pupil():
    picture = iris_picture(read_look(somebody(40))).astype(float).mean(-1)
    middle, side = picture.shape[0] // 2, picture.shape[0]
    across = picture[middle, middle:]
    at = {q: across[int(q * 0.53 * side / 2)] for q in (0.1, 0.7, 0.97, 1.3)}
    assert at[0.1] < 20 < at[0.7] and at[0.97] < at[0.7] and at[1.3] > 200


def test_the_file_names_the_relief_as_the_skins_own():
    wardrobe = Wardrobe()
    pictures = furnish(CHILD, read_look(somebody(7)), wardrobe)
    about = {"name": "A", "landmarks": {}}
    data = write_glb(wardrobe, Rig(CHILD.basis.joints, CHILD.basis.parents, CHILD.heads), CHILD.basis.face_names, pictures, about)
    document = json.loads(data[20 : 20 + struct.unpack("<I", data[12:16])[0]])
    skin = document["materials"][0]
    image = document["images"][document["textures"][skin["normalTexture"]["index"]]["source"]]
    assert image["name"] == "skin_relief" and image["mimeType"] == "image/jpeg"
    assert all("normalTexture" not in one for one in document["materials"][1:])
