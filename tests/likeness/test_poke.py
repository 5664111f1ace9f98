"""Clothes in motion: at three ages no skin comes through, and of what lies beneath no more than a little; a fault is found where one is made."""

from dataclasses import replace

import numpy as np
import pytest

from meetagain.likeness.body import make_body
from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.clothes import dress
from meetagain.likeness.landmarks import landmarks
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.poke import attitudes, pokes
from meetagain.likeness.words import read_look
from meetagain.motion.body import Body as Mover
from meetagain.motion.embedded import keyed_clip, stride_clip
from meetagain.motion.language import load
from meetagain.motion.style import style_of
from meetagain.motion.vrm import Rig
from meetagain.schema.person import Look, Person

OUTFITS = {
    7: ("female", "blue check dress, red cardigan, red shoes"),
    35: ("male", "green jumper, jeans, trainers"),
    76: ("male", "white shirt, brown cardigan, grey trousers"),
}


@pytest.fixture(scope="module", params=list(OUTFITS), ids=str)
def moved(request):
    sex, clothes = OUTFITS[request.param]
    look = Look(clothes=clothes, sex=sex)
    person = Person("a", "Anna Test", ("Anna",), request.param, "x", "y", look=look)
    body, wardrobe = make_body(person), Wardrobe()
    worn = dress(body, read_look(person).garments, False, wardrobe)
    marks = {name: (m["joint"], body.joint(m["joint"]) + np.array(m["offset"])) for name, m in landmarks(body).items()}
    shown = np.unique(body.basis.groups["f_body"])
    joints = np.argsort(-body.basis.weights[shown], axis=1)[:, :4]
    weights = np.take_along_axis(body.basis.weights[shown], joints, 1)
    rig = Rig(
        body.basis.joints,
        body.basis.parents,
        body.heads,
        body.points[shown],
        body.normals[shown],
        joints,
        weights / weights.sum(1, keepdims=True),
        marks,
        body.height_m,
    )
    mover, style = Mover(rig), style_of(person)
    recipes = load(style.tags, style.time_scale)
    clips = {name: keyed_clip(recipes[name], mover, style) for name in ("sit_bench", "open_arms")}
    clips["run"] = stride_clip(mover, "run", style)
    return body, worn, {name: attitudes(body, clip.turns, clip.root_m) for name, clip in clips.items()}


def test_nothing_comes_through(moved):
    body, worn, poses = moved
    for name, pose in poses.items():
        for poke in pokes(body, worn, pose, max(1, len(pose.turns) // 4)):
            if poke.through == "skin":
                assert poke.points == 0, (name, poke)
            elif poke.through != "slip":  # what a skirt shows when its wearer sits
                assert poke.points <= 8 or poke.share < 0.06, (name, poke)


def test_a_fault_is_found(moved):
    body, worn, poses = moved
    top = next(k for k, layer in enumerate(worn.layers) if layer.kind in ("dress", "jumper", "cardigan"))
    layer = worn.layers[top]
    stiff = np.zeros_like(layer.sheet.weights)
    stiff[:, body.basis.joints.index("spine01")] = 1
    sheet = Sheet(layer.sheet.points, 0.35 * stiff + 0.65 * layer.sheet.weights, layer.sheet.triangles, layer.sheet.extra)
    bare = replace(worn, covered=np.zeros(len(worn.covered), bool))
    found, whole = (
        next(p for p in pokes(body, replace(bare, layers=(one,)), poses["run"], 8) if p.through == "skin")
        for one in (replace(layer, sheet=sheet), layer)
    )
    assert found.deepest_m > 0.001 and found.points > 1.5 * whole.points
