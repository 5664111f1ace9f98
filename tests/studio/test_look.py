"""The page on which a keeper looks at the portrait: everything inside it, the photographs beside it, nothing from outside."""

import re

import numpy as np
import pytest

from meetagain.errors import MeetAgainError, issue
from meetagain.likeness.beside import PLACES, beside, camera_of
from meetagain.likeness.camera import look_at
from meetagain.likeness.photos.seen import SeenFace, Sight
from meetagain.likeness.picture import Taken
from meetagain.likeness.shown import Part, Shown
from meetagain.motion.moment import moment
from meetagain.motion.write import packed
from meetagain.schema.person import Person
from meetagain.studio import look_views
from meetagain.studio.look import show_likeness
from meetagain.studio.look_page import look_page
from meetagain.studio.look_views import views_of

MARKS = {
    "eye_l": (0.03, 1.63, 0.09), "eye_r": (-0.03, 1.63, 0.09), "nose": (0, 1.59, 0.115), "mouth": (0, 1.555, 0.10), "chin": (0, 1.51, 0.085),
    "ear_l": (0.07, 1.61, 0.0), "ear_r": (-0.07, 1.61, 0.0), "crown": (0, 1.74, 0.0),
}  # fmt: skip
JOINTS = ("root", "head")
HEADS = np.array([[0, 0.95, 0], [0, 1.52, 0.0]])


def plate(z: float, half: float, y: float) -> Part:
    points = np.array([[-half, y - half, z], [half, y - half, z], [half, y + half, z], [-half, y + half, z]])
    ahead = np.tile([[0.0, 0, 1]], (4, 1))
    joints = np.zeros((4, 4), int)
    joints[:, 0] = 1
    weights = np.tile([[1.0, 0, 0, 0]], (4, 1))
    return Part(points, ahead, np.zeros((4, 2)), np.ones((4, 4)) * 0.6, np.array([[0, 1, 2], [0, 2, 3]]), joints, weights, None, None)


@pytest.fixture
def shown() -> Shown:
    marks = {name: {"joint": "head", "offset": list(np.array(at) - HEADS[1])} for name, at in MARKS.items()}
    about = {"landmarks": marks, "height_m": 1.74, "is_child": False}
    return Shown({"skin": plate(0.09, 0.09, 1.62), "cloth": plate(0.0, 0.4, 1.0)}, JOINTS, np.array([-1, 0]), HEADS, about)


def photographed(turn_deg: float, rise_deg: float = 0.0, far: float = 1.4) -> tuple[Sight, object]:
    turn, rise = np.deg2rad(turn_deg), np.deg2rad(rise_deg)
    middle = np.array([0, 1.6, 0.05])
    away = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)]) * far
    camera = look_at(middle + away, middle + np.array([0.05, 0.03, 0]), float(np.rad2deg(2 * np.arctan(0.5 / 1.15))), (800, 800))
    points = np.zeros((468, 3))
    for name, rows in PLACES.items():
        points[list(rows), :2] = camera.seen(np.array([MARKS[name]]))[0]
    spots = np.array([points[list(rows), :2].mean(0) for rows in PLACES.values()])
    box = (*spots.min(0), *spots.max(0))
    face = SeenFace(box, 1.0, points, np.zeros(1, np.float32), np.zeros(128, np.float32), turn_deg, rise_deg, 0.0, 1.0, smile=0.7)
    return Sight("beach.jpg", np.full((800, 800, 3), 120, np.uint8), face, np.ones((800, 800), np.float32), years=7.0), camera


@pytest.mark.parametrize("turn_deg,rise_deg", [(0, 0), (28, 0), (-40, 8), (15, -12)])
def test_the_portrait_is_seen_from_where_the_photographer_stood(shown, turn_deg, rise_deg):
    sight, true = photographed(turn_deg, rise_deg)
    found = camera_of(sight.face, shown, (800, 800))
    at = np.array(list(MARKS.values()))
    assert np.abs(found.seen(at)[0] - true.seen(at)[0]).max() < 6
    assert np.linalg.norm(found.eye - true.eye) < 0.12


def test_photograph_and_portrait_are_cut_alike(shown):
    sight, _ = photographed(20)
    pair = beside(sight, shown, 420)
    assert pair.camera.height == 420 and abs(pair.picture.shape[1] / pair.picture.shape[0] - pair.camera.width / 420) < 0.02
    nose = pair.camera.seen(np.array([MARKS["nose"]]))[0][0]
    assert 0 < nose[0] < pair.camera.width and 0 < nose[1] < 420 and pair.face["mouthSmileLeft"] > 0.4
    back = Sight("b.jpg", sight.picture, None, sight.person)
    assert beside(back, shown) is None


def clip(turned: bool) -> bytes:
    half = np.sin(np.pi / 4)
    rows = np.array([[0, 0, 0, 1], [0, half, 0, half]], np.float32)
    blob = np.array([0, 2], np.float32).tobytes() + rows.tobytes() + np.array([[0, 0.95, 0], [0, 1.15, 0.4]], np.float32).tobytes()
    views = [{"buffer": 0, "byteOffset": a, "byteLength": n} for a, n in ((0, 8), (8, 32), (40, 24))]
    kinds = (("SCALAR", 0), ("VEC4", 1), ("VEC3", 2))
    accessors = [{"bufferView": k, "componentType": 5126, "count": 2, "type": kind} for kind, k in kinds]
    channels = [{"sampler": 0, "target": {"node": 1, "path": "rotation"}}, {"sampler": 1, "target": {"node": 0, "path": "translation"}}]
    animation = {
        "name": "run", "channels": channels, "samplers": [{"input": 0, "output": 1}, {"input": 0, "output": 2}],
        "extras": {"face": {"jawOpen": [[0, 0], [2, 1]]}},
    }  # fmt: skip
    nodes = [{"name": "root", "children": [1]}, {"name": "head"}]
    return packed(
        {"nodes": nodes, "animations": [animation], "accessors": accessors, "bufferViews": views, "buffers": [{"byteLength": 64}]}, blob
    )


def test_a_moment_of_a_clip():
    now = moment(clip(True), "run", 0.5)
    assert np.allclose(now.root_m, (0, 1.05, 0.2)) and now.face == {"jawOpen": 0.5}
    turned = now.turns["head"] @ (0, 0, 1)
    assert abs(np.rad2deg(np.arctan2(turned[0], turned[2])) - 45) < 0.5
    with pytest.raises(KeyError):
        moment(clip(True), "dance", 0.5)


def test_the_page_holds_everything_and_asks_nothing_of_the_net(shown, monkeypatch):
    monkeypatch.setattr(look_views, "STEPS", 3)

    def quickly(one, camera, **how):  # the camera is tested where it lives
        assert np.isfinite(camera.seen(one.parts["skin"].points)[0]).all()
        return Taken(np.full((camera.height, camera.width, 3), 200, np.uint8), np.zeros((1, 1)), np.zeros((1, 1)))

    monkeypatch.setattr(look_views, "take", quickly)
    views = views_of(shown, clip(True), [photographed(20)[0]], lambda label, share: None)
    person = Person(id="a", full_name="A <b> Test", called=("A<b>",), age_shown=40, relation_to_visitor="mother", calls_visitor="dear")
    page = look_page(person, views, (issue("no-photo"),), "2026-01-01")
    assert page.count("data:image/jpeg;base64,") == 1 + 3 + 2 + 3 + 3 + 2
    assert "<b>" not in page and "http" not in page.replace("http-equiv", "") and "Not like her" in page
    assert not re.search(
        r"\b(avatar|user|bot|error)\b", re.sub(r"base64,[^\"]+|<style>.*?</style>|<script>.*?</script>", "", page, flags=re.S)
    )
    assert "as in beach.jpg, 7 years old" in page and "It is not A&lt;b&gt;" in page


def test_a_portrait_that_is_not_built_is_told(juni_folder):
    with pytest.raises(MeetAgainError) as caught:
        show_likeness(juni_folder, (), lambda label, share: None, lambda text: None)
    assert caught.value.issue.code == "not-built-look"


@pytest.fixture
def juni_folder(tmp_path):
    (tmp_path / "person.yaml").write_text(
        "id: a\nfull_name: Anna\ncalled: [Anna]\nage_shown: 40\nrelation_to_visitor: mother\ncalls_visitor: dear\n", "utf-8"
    )
    return tmp_path
