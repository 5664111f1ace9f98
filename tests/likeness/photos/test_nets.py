"""Faces, bodies and people are found in a real photograph (public domain, from scikit-image), however it is laid."""

import numpy as np
import pytest
from PIL import Image

from meetagain.likeness.photos.nets import around, face_at, find_face, find_faces, find_pose, person_mask, turn_to_upright
from meetagain.likeness.photos.pixels import Crop, cut_out, similarity, warp


def test_one_face_is_found_where_it_is(face):
    left, top, right, bottom = face.box
    assert 170 < left < 190 and 60 < top < 80 and 265 < right < 285 and 165 < bottom < 185
    assert face.score > 0.95 and abs(face.yaw_deg) < 8 and face.smile > 0.6 and face.eyes_open > 0.5
    assert face.points[33, 0] < face.points[263, 0] and face.points[152, 1] > face.points[10, 1]


def test_the_same_face_tilted_larger_or_smaller_is_the_same_person(portrait, face):
    tilted = np.asarray(Image.fromarray(portrait).rotate(20))
    small = np.asarray(Image.fromarray(portrait).resize((300, 300)))
    for picture, roll in ((tilted, -20), (small, 0)):
        (one,) = find_faces(picture)
        assert np.linalg.norm(one.embedding - face.embedding) < 0.3
        assert one.roll_deg - face.roll_deg == pytest.approx(roll, abs=4)


def test_a_face_that_lies_on_its_side_is_found_as_it_lies(portrait):
    for turns, roll in ((1, -90), (3, 90)):
        (one,) = find_faces(np.ascontiguousarray(np.rot90(portrait, turns)), encode=False)
        assert one.roll_deg == pytest.approx(roll, abs=10) and one.score > 0.9
        again = find_face(np.ascontiguousarray(np.rot90(portrait, turns)), one.box, encode=False)
        assert again.roll_deg == pytest.approx(roll, abs=10)


def test_which_way_is_up_is_seen_by_the_faces(portrait):
    assert [turn_to_upright(np.ascontiguousarray(np.rot90(portrait, turns))) for turns in range(4)] == [0, 1, 2, 3]
    assert turn_to_upright(np.full((90, 120, 3), 128, np.uint8)) == 0


def test_small_faces_in_a_wide_picture_are_all_found(portrait):
    head = portrait[:360, 60:420]
    wide = np.full((700, 1400, 3), 90, np.uint8)
    for x, y, side in ((40, 60, 160), (500, 200, 420), (1150, 480, 190)):
        wide[y : y + side, x : x + side] = np.asarray(Image.fromarray(head).resize((side, side)))
    faces = find_faces(wide, encode=False)
    assert len(faces) == 3 and faces[0].quality > faces[1].quality > faces[2].quality


def test_where_nobody_is_nobody_is_found():
    rng = np.random.default_rng(1)
    assert find_faces(rng.integers(0, 255, (300, 400, 3), dtype=np.uint8)) == ()
    assert find_faces(np.full((200, 200, 3), 128, np.uint8)) == ()
    assert find_pose(np.full((200, 200, 3), 128, np.uint8)) is None


def test_the_body_and_its_mask(portrait):
    points, mask = find_pose(portrait)
    nose, left, right = points[0], points[11], points[12]
    assert abs(nose[0] - 223) < 15 and abs(nose[1] - 128) < 15 and left[0] > 260 and right[0] < 160
    whole = person_mask(portrait)
    assert whole.shape == (512, 512) == mask.shape and whole[120, 225] > 0.9 and whole[60, 480] < 0.2


def test_features_do_not_hang_on_the_first_box(portrait):
    one, _, a = face_at(portrait, Crop(226, 123, 160), 3)
    two, _, b = face_at(portrait, Crop(232, 118, 190), 3)
    assert np.abs(one - two)[:, :2].max() < 2.5 and np.corrcoef(a, b)[0, 1] > 0.98
    assert abs(around(one).side - 1.5 * 108) < 25


def test_cutting_out_and_warping_agree_with_geometry():
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[40:44, 60:64] = 255
    cut = cut_out(picture, Crop(62, 42, 20), 40)
    assert cut[20, 20].min() > 200 and cut[2, 2].max() == 0
    source = np.array([[60.0, 40], [64, 40], [60, 44]])
    matrix = similarity(source, source * 2 - (100, 60))
    assert np.allclose(source @ matrix[:, :2].T + matrix[:, 2], source * 2 - (100, 60))
    assert warp(picture, matrix, 40)[24, 24].min() > 200
