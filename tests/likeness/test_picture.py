"""A photograph of a likeness shows what the file holds, from where the camera stands."""

from dataclasses import replace

import numpy as np
import pytest

from meetagain.likeness.camera import look_at
from meetagain.likeness.picture import SOLID, Light, portrait_camera, take
from meetagain.likeness.shown import read_shown


def turn_about_x(degrees: float) -> np.ndarray:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def test_the_camera_puts_what_it_looks_at_in_the_middle():
    camera = look_at((0.3, 1.2, 2.0), (0.0, 1.0, 0.0), 30, (200, 100))
    pixels, depth = camera.seen(np.array([[0.0, 1.0, 0.0], [0.0, 1.1, 0.0]]))
    assert np.allclose(pixels[0], (100, 50)) and pixels[1, 1] < 50
    assert depth[0] == pytest.approx(np.linalg.norm((0.3, 0.2, 2.0))) and np.allclose(camera.eye, (0.3, 1.2, 2.0))


def test_a_portrait_shows_face_hair_and_clothes_where_they_are(child_shown):
    camera = portrait_camera(child_shown, size=(96, 120))
    taken = take(child_shown, camera, fine=1)
    at, _ = camera.seen(np.stack([child_shown.landmark(n) for n in ("nose", "crown", "chest")]))
    (nx, ny), (cx, cy), (bx, by) = np.clip(at.astype(int), 2, (93, 117))
    assert SOLID[taken.parts[ny, nx]] == "skin" and SOLID[taken.parts[cy + 3, cx]] == "hair"
    assert SOLID[taken.parts[by, bx]] == "cloth"
    red, green, _ = taken.picture[by, bx].astype(int)
    assert red > 1.6 * green, "the jumper is red"
    assert taken.person[0, 0] == 0 and taken.person[ny, nx] == 1


def test_from_behind_there_is_no_face(child_shown):
    taken = take(child_shown, portrait_camera(child_shown, 180, size=(96, 120)), fine=1)
    upper = taken.parts[:60][taken.parts[:60] >= 0]
    assert (upper == SOLID.index("eyes")).sum() == 0 and (upper == SOLID.index("hair")).mean() > 0.8


def test_a_shut_lid_hides_the_eye_and_a_raised_arm_rises(child_shown):
    camera = portrait_camera(child_shown, size=(128, 160))

    def eyes(shown):
        return (take(shown, camera, fine=1).parts == SOLID.index("eyes")).sum()

    assert eyes(child_shown) > 40 and eyes(child_shown.with_face({"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0})) < 0.1 * eyes(child_shown)
    lifted = child_shown.with_pose({"upperarm01.L": turn_about_x(-120)})
    hand = child_shown.parts["skin"].joints[:, 0] == child_shown.joints.index("wrist.L")
    rise = lifted.parts["skin"].points[hand, 1].mean() - child_shown.parts["skin"].points[hand, 1].mean()
    assert rise > 0.15


def test_a_pose_of_no_turns_changes_nothing(child_shown):
    same = child_shown.with_pose({})
    for name, part in child_shown.parts.items():
        assert np.abs(same.parts[name].points - part.points).max() < 1e-5, name


def test_light_from_the_other_side_lights_the_other_cheek(child_shown):
    camera = portrait_camera(child_shown, size=(96, 120))
    at, _ = camera.seen(np.stack([child_shown.landmark("cheek_l"), child_shown.landmark("cheek_r")]))
    (lx, ly), (rx, ry) = at.astype(int)

    def difference(side: float) -> float:
        picture = take(child_shown, camera, Light(sun_from=(side, 0.3, 0.5)), fine=1).picture.astype(float)
        return picture[ly - 2 : ly + 2, lx - 2 : lx + 2].mean() - picture[ry - 2 : ry + 2, rx - 2 : rx + 2].mean()

    assert difference(1.0) > 12 and difference(-1.0) < -12


def test_cloth_repeats_beyond_its_picture(child_shown):
    camera = portrait_camera(child_shown, size=(96, 120))
    cloth = child_shown.parts["cloth"]
    shifted = replace(child_shown, parts=child_shown.parts | {"cloth": replace(cloth, uv=cloth.uv - (3, 0))})
    apart = take(shifted, camera, fine=1).picture.astype(int) - take(child_shown, camera, fine=1).picture
    assert np.abs(apart).max() <= 1


def test_another_file_is_refused():
    with pytest.raises(ValueError):
        read_shown(b"not a likeness at all")
