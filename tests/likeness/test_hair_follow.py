"""Hair that hangs follows chains of joints, neck and spine; the file says so as VRM spring bones."""

import json
import struct

import numpy as np
import pytest

from meetagain.likeness.body import make_body
from meetagain.likeness.glb import Rig, write_glb
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_follow import balls
from meetagain.likeness.hair_styles import put_on
from meetagain.likeness.parts import MATERIALS, Piece, Wardrobe
from meetagain.schema.person import Look, Person

WOMAN = make_body(Person(id="a", full_name="A", called=("A",), age_shown=35, relation_to_visitor="x", calls_visitor="y", look=Look()))


def dressed(**choice: object) -> Wardrobe:
    wardrobe = Wardrobe()
    put_on(WOMAN, HairChoice(**choice), wardrobe, np.random.default_rng(7))
    return wardrobe


@pytest.mark.parametrize(
    "style,length,chains",
    [
        ("long", 0.78, 4),
        ("shoulder", 0.57, 4),
        ("bob", 0.42, 0),
        ("plaits", 0.5, 2),
        ("pigtails", 0.6, 2),
        ("ponytail", 0.7, 1),
        ("plait", 0.75, 1),
        ("short", 0.2, 0),
    ],
)
def test_what_swings(style, length, chains):
    wardrobe = dressed(style=style, length=length)
    assert len(wardrobe.chains) == chains
    weights = wardrobe.pieces["hair"][0].weights
    assert weights.shape[1] == len(WOMAN.basis.joints) + sum(len(c.points) for c in wardrobe.chains)
    assert np.allclose(weights.sum(1), 1) and weights.min() >= 0


def test_the_crown_goes_with_the_head_and_the_tips_with_chain_and_spine():
    wardrobe = dressed(style="long", length=0.78)
    piece, names = wardrobe.pieces["hair"][0], WOMAN.basis.joints
    crown = piece.points[:, 1] > WOMAN.face.middle[1]
    assert piece.weights[crown][:, names.index("head")].min() > 0.75
    tips = piece.points[:, 1] < WOMAN.joint("spine02")[1] + 0.05
    assert piece.weights[tips][:, names.index("head")].max() < 0.05
    assert piece.weights[tips][:, names.index("spine01")].mean() > 0.15 and piece.weights[tips][:, len(names) :].sum(1).mean() > 0.5


def test_the_file_tells_of_its_springs():
    wardrobe = dressed(style="ponytail", length=0.7)
    up = np.tile((0.0, 1.0, 0.0), (3, 1))
    for name in MATERIALS:
        weights = np.eye(len(WOMAN.basis.joints))[[0, 0, 0]]
        if name != "hair":
            wardrobe.add(name, Piece(np.eye(3), up, np.zeros((3, 2)), np.array([[0, 1, 2]]), weights, np.ones((3, 4))))
    rig = Rig(WOMAN.basis.joints, WOMAN.basis.parents, WOMAN.heads)
    data = write_glb(wardrobe, rig, WOMAN.basis.face_names, {}, {"name": "A"})
    document = json.loads(data[20 : 20 + struct.unpack("<I", data[12:16])[0]])
    spring = document["extensions"]["VRMC_springBone"]
    names = [node["name"] for node in document["nodes"]]
    joints = [names[j["node"]] for j in spring["springs"][0]["joints"]]
    assert joints == [f"hair.tail-{k}" for k in range(1, 6)]
    assert names[: len(WOMAN.basis.joints)] == list(WOMAN.basis.joints)
    assert names.index("hair.tail-1") in document["nodes"][names.index("head")]["children"]
    assert names.index("hair.tail-1") in document["skins"][0]["joints"]
    assert {names[c["node"]] for c in spring["colliders"]} == {"head", "neck01", "clavicle.L", "clavicle.R", "spine01"}
    assert spring["springs"][0]["colliderGroups"] == [0] and spring["specVersion"] == "1.0"


def test_chains_start_outside_of_what_they_must_keep_out_of():
    for style, length in (("plaits", 0.5), ("ponytail", 0.7)):
        wardrobe = dressed(style=style, length=length)
        head = next(ball for ball in wardrobe.balls if ball.joint == "head")
        middle = WOMAN.joint("head") + np.array(head.offset)
        for chain in wardrobe.chains:
            assert all(np.linalg.norm(np.array(point) - middle) > head.radius_m - 0.002 for point in chain.points)


def test_a_thick_coat_keeps_plaits_outside():
    skin = WOMAN.points[np.unique(WOMAN.basis.groups["f_body"])]
    bare = balls(WOMAN, np.zeros((0, 3)))
    coated = balls(WOMAN, skin * (1.25, 1.0, 1.25))
    quilted = balls(WOMAN, skin * (1.9, 1.0, 1.9))
    assert [b.joint for b in coated] == [b.joint for b in bare] and coated[0] == bare[0]
    grown = [c.radius_m - b.radius_m for b, c in zip(bare, coated, strict=True)]
    assert min(grown) >= 0 and max(grown) > 0.008
    assert all(q.radius_m - b.radius_m < 0.05 * WOMAN.face.scale for b, q in zip(bare, quilted, strict=True))
