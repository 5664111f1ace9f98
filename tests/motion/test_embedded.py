"""What a body may not do while it moves, on a child and on an old man, taken from the files as a player shows them."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from meetagain import backends
from meetagain.errors import MeetAgainError
from meetagain.motion import embedded
from meetagain.motion.embedded import EmbeddedMotion
from meetagain.motion.language import load
from meetagain.motion.measure import figures, unfolded
from meetagain.motion.vrm import chunks

ROOT = Path(__file__).parents[2]
CLIPS = [
    "idle",
    "idle_shift",
    "walk",
    "run",
    "run_open_arms",
    "peek",
    "wave",
    "clap",
    "jump",
    "hop",
    "nod",
    "shake_head",
    "laugh",
    "point",
    "give",
    "receive",
    "yawn",
    "rub_eyes",
    "open_arms",
    "hold_hand",
    "sit_down",
    "sit",
    "stand_up",
    "kneel_down",
    "kneel",
    "kneel_up",
    "eat",
    "drink",
    "blow_candles",
    "lie_down",
    "lie",
    "sleep",
    "draw",
]
LOOPS = {"idle", "walk", "run", "run_open_arms", "open_arms", "hold_hand", "sit", "sit_bench", "kneel", "lie", "sleep", "draw"}
GAITS = ("walk", "run", "run_open_arms")
KNEE_DEG = (3.0, 155.0)
HAND_M = 0.019  # the forearm's cloth, the softness of a belly, and a thick coat that bulges while its wearer sits down
SLIDE_M = 0.005
FLOOR_M = -0.012
SEAM = 1.5
TURN_RAD_S, TURN_RUNNING_RAD_S = 16.0, 26.0
FAST_M_S = 5.2


def test_every_clip_of_the_contract_is_there(one):
    assert set(CLIPS) <= set(one.clips)
    assert {name for name, clip in one.clips.items() if clip.extras["loops"]} == LOOPS
    assert [clip.name for clip in one.motion.clips] == sorted(one.clips)
    for told in one.motion.clips:
        clip = one.clips[told.name]
        assert abs(told.duration_s - clip.times_s[-1]) < 1e-3
        assert (told.loops, told.speed_m_s, told.starts, told.ends) == tuple(
            clip.extras[k] for k in ("loops", "speed_m_s", "starts", "ends")
        )


def test_the_joints_are_those_of_the_likeness(one):
    names, body = [node["name"] for node in one.document["nodes"]], len(one.likeness.joints)
    assert tuple(names[:body]) == one.likeness.joints and all(name.startswith("hair.") for name in names[body:])
    moved = {names[channel["target"]["node"]] for animation in one.document["animations"] for channel in animation["channels"]}
    assert moved <= set(one.likeness.joints), "hair swings by itself"
    moved = {c["target"]["node"] for a in one.document["animations"] for c in a["channels"] if c["target"]["path"] == "translation"}
    assert {one.document["nodes"][k]["name"] for k in moved} == {"root"}


def test_every_posture_is_reached_from_every_other(one):
    ways = {(c.extras["starts"], c.extras["ends"]) for c in one.clips.values() if not c.extras["loops"]}
    postures = {"stand", "sit", "bench", "kneel", "lie"}
    assert {c.extras["starts"] for c in one.clips.values()} == postures
    for start in postures:
        reached = {start}
        for _ in postures:
            reached |= {b for a, b in ways if a in reached}
        assert reached == postures


def test_a_clip_begins_and_ends_in_its_posture(one):
    held = {"stand": "idle", "sit": "sit", "bench": "sit_bench", "kneel": "kneel", "lie": "lie"}
    for clip in one.clips.values():
        if clip.extras["loops"]:
            continue
        for word, row in (("starts", 0), ("ends", -1)):
            pose = one.clips[held[clip.extras[word]]]
            height = abs(float(clip.root_m[row, 1] - pose.root_m[0, 1]))
            cosine = np.abs((clip.turns[row] * pose.turns[0]).sum(-1)).clip(0, 1)
            assert height < 0.03 and np.degrees(2 * np.arccos(cosine)).max() < 35, (clip.name, word)


def test_gates(one):
    faults = []
    for name, clip in one.clips.items():
        if name in ("stand_up", "kneel_up", "sit_up", "sit_bench_up"):
            continue  # the same frames the other way round
        seen = figures(one.body, clip)
        turn = TURN_RUNNING_RAD_S if name in GAITS else TURN_RAD_S
        frame_s = float(np.diff(clip.times_s).max())
        for fault, wrong in {
            "knee": not KNEE_DEG[0] <= seen.knee_deg[0] <= seen.knee_deg[1] <= KNEE_DEG[1],
            "hand": seen.hand_inside_m > HAND_M,
            "slide": seen.slide_m > SLIDE_M,
            "floor": seen.lowest_m < FLOOR_M,
            "seam": seen.seam > SEAM,
            "turn": seen.speed_rad_s > turn,
            "fast": seen.jump_m > FAST_M_S * frame_s,
        }.items():
            faults += [(name, fault, seen)] if wrong else []
    assert faults == []


def test_ways_back_are_the_ways_there_backwards(one):
    for back, there in (("stand_up", "sit_down"), ("kneel_up", "kneel_down"), ("sit_up", "lie_down"), ("sit_bench_up", "sit_bench_down")):
        a, b = one.clips[back], one.clips[there]
        assert np.allclose(a.root_m, b.root_m[::-1], atol=1e-6)
        assert (np.abs((a.turns * b.turns[::-1]).sum(-1)) > 0.9999).all()
        assert (a.extras["starts"], a.extras["ends"]) == (b.extras["ends"], b.extras["starts"])


def test_feet_are_said_to_carry_only_where_they_do(one):
    walk = one.clips["walk"].extras["feet"]
    share = {side: sum(b - a for a, b in rows) / one.clips["walk"].times_s[-1] for side, rows in walk.items()}
    assert all(0.5 < part < 0.72 for part in share.values())
    jump = one.clips["jump" if one.person.is_child else "hop"].extras["feet"]
    assert any(len(rows) > 1 for rows in jump.values())


def test_a_child_walks_otherwise_than_an_old_man(moving):
    child, old = moving["child"], moving["old"]
    steps = {name: 1 / m.clips["walk"].times_s[-1] for name, m in moving.items()}
    assert steps["child"] > 1.2 * steps["old"]
    bent = {name: _stoop(m, "walk") for name, m in moving.items()}
    assert bent["old"] > bent["child"] + 5
    swing = {name: np.ptp(_joint(m, "walk", "wrist.L")[:, 2]) / m.body.size["arm"] for name, m in moving.items()}
    assert swing["child"] > 1.3 * swing["old"]
    assert child.clips["sit_down"].times_s[-1] < 0.8 * old.clips["sit_down"].times_s[-1]


def test_open_arms_are_open(one):
    for name in ("run_open_arms", "open_arms"):
        wide = np.abs(_joint(one, name, "wrist.L")[:, 0] - _joint(one, name, "wrist.R")[:, 0]).min()
        assert wide > 0.75 * one.body.size["arm"] * 2 * 0.6


def test_heads_and_hands_are_where_the_story_needs_them(one):
    height = one.body.height
    assert _joint(one, "wave", "wrist.R")[:, 1].max() > 0.78 * height
    assert _joint(one, "lie", "head")[:, 1].max() < 0.2 * height
    assert _joint(one, "sit", "head")[:, 1].mean() < 0.62 * height
    candles = _joint(one, "blow_candles", "head")
    assert candles[:, 2].max() > candles[0, 2] + 0.06 * height
    mouth = one.body.rig.landmarks["mouth"]
    for name in ("yawn", "eat"):
        at = _mark(one, name, mouth)
        assert np.linalg.norm(_joint(one, name, "finger2-3.R") - at, axis=1).min() < 0.09 * height


def test_faces_are_weights_of_known_actions(one):
    shown = 0
    for clip in one.clips.values():
        for name, curve in clip.face.items():
            times = [t for t, _ in curve]
            assert name in one.likeness.blendshapes and all(0 <= w <= 1 for _, w in curve) and times == sorted(times)
            shown += 1
    assert shown > 30


def test_the_same_input_gives_the_same_clips_whatever_else_is_made(moving, read_back, tmp_path, monkeypatch):
    child, few = moving["child"], ("sit_down", "sit", "stand_up", "wave")
    monkeypatch.setattr(embedded, "load", lambda tags, scale: {name: found for name, found in load(tags, scale).items() if name in few})
    files = [tmp_path / "one.glb", tmp_path / "two.glb"]
    for file in files:
        EmbeddedMotion().build(child.person, child.likeness, child.vrm, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    document, blob = chunks(files[0].read_bytes())
    for animation in document["animations"]:
        again, clip = read_back(document, blob, animation), child.clips[animation["name"]]
        assert np.array_equal(again.turns, clip.turns) and np.array_equal(again.root_m, clip.root_m) and again.extras == clip.extras


def test_the_file_is_small(one):
    assert one.file.stat().st_size < 2_500_000


def test_it_is_found_by_its_entry_point():
    assert isinstance(backends.load("motion", "embedded"), EmbeddedMotion)


def test_a_file_that_is_no_likeness_is_named(one, tmp_path):
    wrong = tmp_path / "likeness.vrm"
    wrong.write_bytes(b"not a body at all, only words")
    with pytest.raises(MeetAgainError) as said:
        EmbeddedMotion().build(one.person, one.likeness, wrong, tmp_path / "motion.glb")
    assert said.value.issue.code == "likeness-unclear" and not (tmp_path / "motion.glb").exists()


def test_motion_validates(one):
    node, package = shutil.which("node"), ROOT / "client/node_modules/gltf-validator"
    if not node or not package.is_dir():
        pytest.skip("node or client/node_modules/gltf-validator is not here")
    script = (
        f"require({json.dumps(str(package))}).validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[1])))"
        ".then(r=>console.log(r.issues.numErrors, r.issues.numWarnings))"
    )
    done = subprocess.run([node, "-e", script, str(one.file)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]


# --- where things are -------------------------------------------------------------------------------------------------------------


def _joint(moving, clip: str, name: str) -> np.ndarray:
    return unfolded(moving.body, moving.clips[clip])[1][:, moving.body.at[name]]


def _mark(moving, clip: str, mark) -> np.ndarray:
    attitude, position = unfolded(moving.body, moving.clips[clip])
    k = moving.body.at[mark[0]]
    return position[:, k] + attitude[:, k] @ (mark[1] - moving.body.heads[k])


def _stoop(moving, clip: str) -> float:
    """Degrees that the line from hips to neck leans forward, mean."""
    line = _joint(moving, clip, "neck01") - _joint(moving, clip, "root")
    rest = moving.body.head("neck01") - moving.body.head("root")
    return float(np.degrees(np.arctan2(line[:, 2], line[:, 1]).mean() - np.arctan2(rest[2], rest[1])))
