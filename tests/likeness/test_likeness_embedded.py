"""The built-in likeness: one child is built, and everything the meeting needs must be in the file."""

import json
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest

from meetagain.likeness.body import lid_ride, make_body
from meetagain.likeness.clothes import dress
from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.vrm import VISEMES
from meetagain.likeness.words import read_look
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.person import Look, Person

ROOT = Path(__file__).parents[2]


def somebody(age: float, **look: object) -> Person:
    return Person(
        id="a", full_name="Anna Test", called=("Anna",), age_shown=age, relation_to_visitor="x", calls_visitor="y", look=Look(**look)
    )


CHILD = somebody(
    7,
    height_cm=121,
    sex="female",
    hair="light brown, two short plaits, a fringe",
    eyes="grey-green",
    clothes="yellow raincoat over a striped shirt",
)
EMPTY = Archive(items=(), memory=Memory(facts=()))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("likeness") / "likeness.vrm"
    likeness = EmbeddedLikeness().build(CHILD, EMPTY, out.parent, out)
    data = out.read_bytes()
    document = json.loads(data[20 : 20 + struct.unpack("<I", data[12:16])[0]])
    return likeness, document, data, out


def test_E2_likeness_has_rig_and_face(built):
    likeness, document, _, _ = built
    assert len(likeness.blendshapes) == 52 and {"jawOpen", "eyeBlinkLeft", "mouthSmileRight"} <= set(likeness.blendshapes)
    assert [m["name"] for m in document["meshes"]] == ["skin", "eyes", "hair", "cloth", "overlay"]
    for mesh in document["meshes"]:
        if mesh["name"] in ("skin", "overlay"):
            assert tuple(mesh["extras"]["targetNames"]) == likeness.blendshapes
    names = {node.get("name") for node in document["nodes"]}
    assert {"root", "spine05", "neck01", "head", "eye.L", "upperarm01.L", "wrist.R", "finger1-1.L", "foot.R"} <= names


def test_likeness_budgets(built):
    likeness, document, data, _ = built
    assert likeness.triangles <= 60_000 and len(data) <= 6_000_000 and len(document["materials"]) == 5


def test_likeness_says_it_is_a_portrait(built):
    _, document, _, _ = built
    assert document["asset"]["extras"]["portrait"] is True
    assert document["extensions"]["VRMC_vrm"]["meta"]["avatarPermission"] == "onlyAuthor"


def test_likeness_visemes_are_expressions(built):
    _, document, _, _ = built
    custom = document["extensions"]["VRMC_vrm"]["expressions"]["custom"]
    assert set(custom) == {f"viseme_{v}" for v in VISEMES} and len(custom) == 15
    assert all(custom[f"viseme_{v}"]["morphTargetBinds"] for v in VISEMES if v != "sil")


def test_likeness_landmarks_are_where_they_should_be(built):
    likeness, document, _, _ = built
    about = document["scenes"][0]["extras"]["meetagain"]
    body = make_body(CHILD)
    at = {name: body.joint(m["joint"]) + m["offset"] for name, m in about["landmarks"].items()}
    assert at["crown"][1] > at["brow"][1] > at["eye_l"][1] > at["mouth"][1] > at["chin"][1] > at["chest"][1] > at["belly"][1]
    assert at["eye_l"][0] > 0 > at["eye_r"][0] and at["palm_l"][0] > 0.1 and at["back"][2] < at["chest"][2]
    assert abs(at["crown"][1] - 1.21) < 0.01 and abs(at["sole_l"][1]) < 0.01 and abs(likeness.height_m - 1.21) < 0.01


def test_likeness_is_deterministic(built, tmp_path):
    EmbeddedLikeness().build(CHILD, EMPTY, tmp_path, tmp_path / "likeness.vrm")
    assert (tmp_path / "likeness.vrm").read_bytes() == built[2]


def test_likeness_validates(built):
    node, package = shutil.which("node"), ROOT / "client/node_modules/gltf-validator"
    if not node or not package.is_dir():
        pytest.skip("node or client/node_modules/gltf-validator is not here")
    script = (
        f"require({json.dumps(str(package))}).validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[1])))"
        ".then(r=>console.log(r.issues.numErrors))"
    )
    done = subprocess.run([node, "-e", script, str(built[3])], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize("age,sex", [(4, "male"), (7, "female"), (15, "male"), (40, "female"), (76, "male"), (95, "female")])
def test_likeness_bodies_of_all_ages(age, sex):
    body = make_body(somebody(age, sex=sex, skin="brown"))
    skin = np.unique(body.basis.groups["f_body"])
    assert abs(np.ptp(body.points[skin, 1]) - body.height_m) < 0.01 and np.isfinite(body.points).all()
    wardrobe = Wardrobe()
    dress(body, read_look(somebody(age, sex=sex, clothes="blue dress, red cardigan")).garments, False, wardrobe)
    assert all(np.isfinite(piece.points).all() for piece in wardrobe.pieces["cloth"])


def test_blink_closes_the_eyes():
    body = make_body(CHILD)
    ride = lid_ride(body)
    for side, word in enumerate(("Left", "Right")):
        upper, lower = (body.points[body.face.lashes[side, name]][4:-4] for name in ("up", "lo"))
        k = body.basis.face_names.index(f"eyeBlink{word}")
        gap = (upper + ride.deltas(body.actions, upper)[k])[:, 1].mean() - (lower + ride.deltas(body.actions, lower)[k])[:, 1].mean()
        assert gap < 0.0015


def test_a_child_has_a_childs_proportions():
    body = make_body(CHILD)
    assert 5.6 < body.height_m / (body.height_m - body.face.chin[1]) < 6.4


def test_unknown_words_become_notes():
    choices = read_look(somebody(30, hair="zzz", eyes="plaid", clothes="a flumph, green coat"))
    assert {i.code for i in choices.issues} == {"look-word-unknown"} and len(choices.issues) == 3
    assert "coat" in choices.garments


def test_what_is_understood_and_cannot_be_drawn_is_told():
    person = somebody(
        76, marks=("reading glasses on a string", "left thumb nail missing", "freckles"), clothes="blue jersey, cap", glasses=True
    )
    told = [i.about for i in read_look(person).issues if i.code == "look-not-drawn"]
    assert told == ["left thumb nail missing", "the string of the glasses"]
