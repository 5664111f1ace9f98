"""Others of the same words stand beside a portrait, and its rank among them is counted honestly."""

import msgspec
import numpy as np

from meetagain.bench.likeness_decoys import FAR, HEAD_PX, apart, cut_to_head, rank
from meetagain.bench.likeness_law import features, somebody, with_open_words
from meetagain.likeness.camera import Camera
from meetagain.likeness.photos.seen import SeenFace


def test_the_rank_counts_who_is_nearer():
    far = np.array([0.5, 0.3, 0.9])
    assert [rank(own, far) for own in (0.1, 0.3, 0.4, 2.0)] == [1, 1, 2, 4]


def test_a_drawing_without_a_face_is_further_than_anybody():
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, 128)) * 0.05
    assert apart(None, other) == FAR and 0 < apart(one, other) < FAR and apart(one, one) == 0
    assert rank(apart(None, other), np.array([0.9, 1.1])) == 3


def test_others_share_every_word_and_differ_in_what_words_leave_open():
    said, true = somebody(35, "female", np.random.default_rng(4))
    again = [with_open_words(said, np.random.default_rng(seed)) for seed in range(8)]
    plain = [msgspec.structs.replace(one, look=msgspec.structs.replace(one.look, skin="", eyes="")) for one in (*again, true)]
    assert all(one == said for one in plain)
    assert len({(one.look.skin, one.look.eyes) for one in again}) > 2
    assert features(np.random.default_rng(1)) != features(np.random.default_rng(2))
    named = msgspec.structs.replace(said, look=msgspec.structs.replace(said.look, skin="olive", eyes="grey"))
    assert with_open_words(named, np.random.default_rng(1)) == named


def test_a_camera_is_cut_to_the_head_and_sees_the_same():
    face = SeenFace((300.0, 200.0, 380.0, 300.0), 1.0, np.zeros((468, 3)), np.zeros(1152), np.zeros(128, np.float32), 0, 0, 0, 1.0)
    whole = Camera(np.diag((1.0, -1.0, -1.0)), np.array([0, 0, 2.0]), 900.0, 800, 600)
    cut, box = cut_to_head(whole, face)
    scale = (box[3] - box[1]) / 100
    at = np.array([[0.02, 0.1, 0.05], [-0.1, 0.2, 0.0]])
    before, after = whole.seen(at)[0], cut.seen(at)[0]
    assert cut.height == HEAD_PX and np.allclose((before - (300, 200)) * scale + box[:2], after)
    assert 0 < box[0] < box[2] < cut.width and 0 < box[1] < box[3] < cut.height
