"""A body that the family brings: four ways of writing one come in, and each becomes a portrait as every other."""

import json
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest

from meetagain.errors import MeetAgainError
from meetagain.likeness.body import make_body
from meetagain.likeness.brought.bring import BroughtLikeness
from meetagain.motion.body import Body
from meetagain.motion.vrm import array, chunks, read_rig
from meetagain.schema.archive import Archive, Item, ItemKind, Memory
from meetagain.schema.person import Look, Person

ROOT = Path(__file__).parents[2]
KINDS = ("vrm0", "vrm1", "arkit", "oculus")


def somebody(avatar: str, **look: object) -> Person:
    return Person(
        id="a",
        full_name="Anna Test",
        called=("Anna",),
        age_shown=40,
        relation_to_visitor="x",
        calls_visitor="y",
        look=Look(avatar=avatar, **look),
    )


def archive(*files: str) -> Archive:
    items = tuple(Item(id=f"id{k}", file=name, kind=ItemKind.BODY, given_by="Ana", may_be_used=True) for k, name in enumerate(files))
    return Archive(items=items, memory=Memory(facts=()))


@pytest.fixture
def bring(tmp_path, write_figure):
    def made(body, name="her.vrm", **look):
        avatar = write_figure(body, name)
        before = (tmp_path / avatar).read_bytes()
        out = tmp_path / "build" / "likeness.vrm"
        likeness = BroughtLikeness().build(somebody(avatar, **look), archive(avatar), tmp_path, out)
        assert (tmp_path / avatar).read_bytes() == before  # never altered
        return likeness, out

    return made


def stopped(bring, body, **look) -> str:
    with pytest.raises(MeetAgainError) as caught:
        bring(body, **look)
    return caught.value.issue.code


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_a_portrait(kind, figure, bring):
    likeness, out = bring(figure(kind), avatar_by="Ana Lind")
    document, _ = chunks(out.read_bytes())
    assert [mesh["name"] for mesh in document["meshes"]] == ["skin", "eyes", "hair", "cloth", "overlay"]
    assert all("rotation" not in node and "scale" not in node and "matrix" not in node for node in document["nodes"])
    assert {"eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "mouthSmileRight", "jawOpen"} <= set(likeness.blendshapes)
    custom = document["extensions"]["VRMC_vrm"]["expressions"]["custom"]
    assert len(custom) == 15 and custom["viseme_aa"]["morphTargetBinds"] and custom["viseme_ou"]["morphTargetBinds"]
    if kind == "oculus":
        assert {f"viseme_{v}" for v in ("PP", "aa", "E", "ih", "oh", "ou")} <= set(likeness.blendshapes)
    assert abs(likeness.height_m - 1.73) < 0.03 and likeness.evidence == ("id0",)


@pytest.mark.parametrize("kind", KINDS)
def test_it_stands_as_our_portraits_stand(kind, figure, bring):
    _, out = bring(figure(kind), avatar_by="Ana Lind", height_cm=170)
    rig, model = read_rig(out), make_body(somebody("", height_cm=170))
    assert rig.names == model.basis.joints and np.isfinite(rig.heads).all()
    body, at = Body(rig), dict(zip(rig.names, rig.heads, strict=True))
    for side, sign in (("L", 1), ("R", -1)):
        for a, b in (("upperarm01", "lowerarm01"), ("lowerarm01", "wrist")):
            ours, theirs = (model.joint(f"{b}.{side}") - model.joint(f"{a}.{side}"), at[f"{b}.{side}"] - at[f"{a}.{side}"])
            assert ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs) > 0.999
        owned = rig.points[body.owned(("lowerarm",), "." + side)]
        middle = (at[f"lowerarm01.{side}"] + at[f"wrist.{side}"]) / 2
        assert np.linalg.norm(owned.mean(0) - middle) < 0.03 and sign * middle[0] > 0.1
    marks = {name: place for name, (_, place) in rig.landmarks.items()}
    assert (
        marks["crown"][1]
        > marks["brow"][1]
        > marks["eye_l"][1]
        > marks["mouth"][1]
        > marks["chin"][1]
        > marks["chest"][1]
        > marks["belly"][1]
    )
    assert marks["eye_l"][0] > 0 > marks["eye_r"][0] and marks["back"][2] < marks["chest"][2] and marks["nose"][2] > 0.05
    assert abs(marks["crown"][1] - 1.70) < 0.02 and abs(rig.points[:, 1].min()) < 1e-3


def test_faces_keep_their_movement_whatever_way_they_look(figure, bring):
    for kind in ("vrm0", "vrm1", "arkit"):
        likeness, out = bring(figure(kind))
        document, blob = chunks(out.read_bytes())
        skin = document["meshes"][0]["primitives"][0]
        for name, sign in (("mouthSmileLeft", 1), ("mouthSmileRight", -1)):
            moved = sparse(document, blob, skin["targets"][likeness.blendshapes.index(name)]["POSITION"])
            assert moved.any(), (kind, name)
            points = array(document, blob, skin["attributes"]["POSITION"])
            busy = np.linalg.norm(moved, axis=1) > 0.5 * np.linalg.norm(moved, axis=1).max()
            assert (points[busy, 0] * sign > -1e-6).all() and moved[busy, 1].mean() > 0.002, (kind, name)


def sparse(document, blob, index):
    accessor = document["accessors"][index]
    views, entry = document["bufferViews"], accessor["sparse"]
    kind = np.dtype({5123: np.uint16, 5125: np.uint32}[entry["indices"]["componentType"]])
    rows = np.frombuffer(blob, kind, entry["count"], views[entry["indices"]["bufferView"]]["byteOffset"])
    out = np.zeros((accessor["count"], 3))
    out[rows] = np.frombuffer(blob, np.float32, 3 * entry["count"], views[entry["values"]["bufferView"]]["byteOffset"]).reshape(-1, 3)
    return out


@pytest.mark.parametrize("kind", (*KINDS, "plain"))
def test_it_validates(kind, figure, bring):
    node, package = shutil.which("node"), ROOT / "client/node_modules/gltf-validator"
    if not node or not package.is_dir():
        pytest.skip("node or client/node_modules/gltf-validator is not here")
    _, out = bring(figure(kind), avatar_by="Ana Lind")
    script = (
        f"require({json.dumps(str(package))}).validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[1])))"
        ".then(r=>console.log(r.issues.numErrors, JSON.stringify(r.issues.messages.filter(m=>m.severity===0).slice(0,4))))"
    )
    done = subprocess.run([node, "-e", script, str(out)], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == "0", done.stdout


def test_what_it_lacks_is_told(figure, bring):
    few = (
        "hips",
        "spine",
        "head",
        *(s + b for s in ("left", "right") for b in ("UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot")),
    )
    body = figure("plain", bones=few)
    for one in (body.document["materials"][1], body.document["meshes"][1], body.document["nodes"][-3]):
        one["name"] = "Glass beads"
    codes = {found.code for found in bring(body)[0].issues}
    assert codes == {
        "brought-no-maker",
        "brought-no-blink",
        "brought-no-mouth",
        "brought-no-smile",
        "brought-no-gaze",
        "brought-no-fingers",
    }
    assert {found.code for found in bring(figure("arkit"))[0].issues} == {"brought-no-maker"}
    assert {found.code for found in bring(figure("vrm1"))[0].issues} == {"brought-maker", "brought-few-mouths"}


def test_eyes_without_bones_still_look(figure, bring):
    whole = figure("arkit")
    likeness, out = bring(figure("arkit", bones=[name for name in whole.nodes if "Eye" not in name]))
    document, blob = chunks(out.read_bytes())
    eyes = document["meshes"][1]["primitives"][0]["attributes"]
    names = [document["nodes"][k]["name"] for k in document["skins"][0]["joints"]]
    carried = {names[int(k)] for k in array(document, blob, eyes["JOINTS_0"])[:, 0]}
    assert carried == {"eye.L", "eye.R"} and "brought-no-gaze" not in {found.code for found in likeness.issues}


def test_a_body_that_lies_on_its_back_is_set_upright(figure, bring):
    _, out = bring(figure("arkit", up_z=True))
    marks = read_rig(out).landmarks
    assert marks["crown"][1][1] > 1.6 and marks["nose"][1][2] > 0.05


def test_terms_are_kept(figure, bring):
    body = figure("vrm1")
    meta = body.document["extensions"]["VRMC_vrm"]["meta"]
    for key, value in (("avatarPermission", "onlyAuthor"), ("modification", "prohibited")):
        old, meta[key] = meta[key], value
        assert stopped(bring, body) == "brought-not-allowed"
        likeness, out = bring(body, avatar_by="made for us by Ana Lind")
        assert any("Ana Lind" in found.sentence for found in likeness.issues)
        meta[key] = old
    kept = chunks(out.read_bytes())[0]["extensions"]["VRMC_vrm"]["meta"]
    assert kept["authors"][0] == "Ana Lind" and kept["avatarPermission"] == "onlyAuthor" and kept["modification"] == "prohibited"
    older = figure("vrm0")
    for key, value in (("allowedUserName", "OnlyAuthor"), ("licenseName", "CC_BY_ND")):
        old, older.document["extensions"]["VRM"]["meta"][key] = older.document["extensions"]["VRM"]["meta"][key], value
        assert stopped(bring, older) == "brought-not-allowed"
        older.document["extensions"]["VRM"]["meta"][key] = old


def test_only_a_file_in_the_folder_that_may_be_used(tmp_path, figure, write_figure):
    (tmp_path.parent / "outside.vrm").write_bytes(figure("vrm1").bytes())
    for named, known, code in (
        ("../outside.vrm", (), "brought-missing"),
        ("items/none.vrm", (), "brought-missing"),
        (write_figure(figure("vrm1")), (), "brought-barred"),
    ):
        with pytest.raises(MeetAgainError) as caught:
            BroughtLikeness().build(somebody(named), archive(*known), tmp_path, tmp_path / "x.vrm")
        assert caught.value.issue.code == code


def test_a_locked_file_and_one_with_parts_elsewhere_are_refused(figure, bring):
    assert stopped(bring, b"\x00\x01locked" * 40) == "brought-unreadable"
    assert stopped(bring, b'{"asset": {"version": "2.0"}, "buffers": [{"uri": "a.bin"}]}') == "brought-elsewhere"
    packed = figure("arkit")
    packed.document["extensionsRequired"] = ["KHR_draco_mesh_compression"]
    assert stopped(bring, packed) == "brought-locked"
    far = figure("arkit")
    far.document["images"][0] = {"uri": "https://example.org/face.png"}
    assert stopped(bring, far) == "brought-elsewhere"
    assert stopped(bring, figure("arkit", bones=("hips", "spine", "head"))) == "brought-no-bones"


def changed(body, path, value):
    """The document with the value at a path put in its place."""
    at = body.document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return body


@pytest.mark.parametrize(
    "path,value",
    [
        (("accessors", 1, "count"), 2**31),
        (("accessors", 1, "count"), -1),
        (("accessors", 1, "count"), "many"),
        (("accessors", 1, "byteOffset"), 2**30),
        (("accessors", 1, "componentType"), 9),
        (("accessors", 1, "type"), "MAT9"),
        (("bufferViews", 1, "byteLength"), 2**40),
        (("bufferViews", 1, "byteOffset"), -8),
        (("meshes", 0, "primitives", 0, "indices"), 10**6),
        (("meshes", 0, "primitives", 0, "attributes", "JOINTS_0"), 0),
        (("meshes", 0, "primitives"), "none"),
        (("meshes",), "none"),
        (("nodes", 3, "children"), [0]),
        (("nodes", 3, "children"), [3]),
        (("nodes", 2, "rotation"), [0, 0, 0]),
        (("nodes", 2, "translation"), [float("nan"), 0, 0]),
        (("skins", 0, "joints"), [99999]),
        (("scenes",), [None]),
        (("accessors", 0), None),
        (("accessors", 1, "sparse"), {"count": 9**9, "indices": {"bufferView": 0, "componentType": 5125}, "values": {"bufferView": 0}}),
        (("nodes",), [{}] * 5000),
        (("materials", 0, "pbrMetallicRoughness"), {"baseColorFactor": [1]}),
    ],
)
def test_a_broken_or_hostile_file_is_refused_in_plain_words(path, value, figure, bring):
    with pytest.raises(MeetAgainError) as caught:
        bring(changed(figure("arkit"), path, value))
    found = caught.value.issue
    assert found.code in ("brought-unreadable", "brought-too-much", "brought-no-bones")
    assert "her.vrm" in found.sentence and "Traceback" not in found.sentence and "object" not in found.sentence


def test_a_file_that_stops_anywhere_is_refused(figure, bring):
    data = figure("vrm1").bytes()
    for cut in (0, 3, 11, 19, 40, len(data) // 3, len(data) - 9):
        with pytest.raises(MeetAgainError):
            bring(data[:cut])


def test_a_picture_bomb_is_left_out(figure, bring):
    body = figure("arkit")
    huge = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    body.document["images"][0]["bufferView"] = body.view(huge + b"\0\0\0\0")
    likeness, _ = bring(body)
    assert "brought-picture-left" in {found.code for found in likeness.issues}


def test_the_same_file_gives_the_same_bytes(figure, bring):
    first = bring(figure("vrm1"))[1].read_bytes()
    assert bring(figure("vrm1"))[1].read_bytes() == first


STRANGE = (None, True, -1, 0, 2**31, 10**30, 1.5, float("inf"), "x", "", [], {}, [None], {"a": 1}, [0] * 5)


def damaged(document: dict, rng) -> None:
    """One value somewhere in the document becomes something strange."""
    at: object = document
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = keys[rng.integers(len(keys))]
        inner = at[key]
        if not isinstance(inner, dict | list) or not inner or rng.random() < 0.12:
            at[key] = STRANGE[rng.integers(len(STRANGE))]
            return
        at = inner


@pytest.mark.parametrize("kind", ("vrm0", "vrm1", "oculus"))
def test_whatever_is_damaged_it_is_used_or_refused_never_a_trace(kind, figure, tmp_path, write_figure):
    rng = np.random.default_rng(7)
    whole = figure(kind)
    for _ in range(25):
        body = figure.__globals__["Figure"](json.loads(json.dumps(whole.document)), bytearray(whole.blob), whole.nodes)
        for _ in range(rng.integers(1, 3)):
            damaged(body.document, rng)
        avatar = write_figure(body)
        try:
            BroughtLikeness().build(somebody(avatar, avatar_by="Ana"), archive(avatar), tmp_path, tmp_path / "out.vrm")
        except MeetAgainError as error:
            assert error.issue.code.startswith("brought-")
