"""Heads of others are made of the product's own pieces, quickly, and can be drawn with a face."""

import numpy as np

from meetagain.bench.likeness_heads import ground_of, head_of
from meetagain.bench.likeness_law import features, somebody
from meetagain.likeness.camera import look_at
from meetagain.likeness.picture import take


def test_heads_share_their_clothes_and_differ_in_the_face():
    _, true = somebody(35, "male", np.random.default_rng(1))
    ground = ground_of(true)
    usual, other = (head_of(true, face, ground) for face in ({}, features(np.random.default_rng(2))))
    assert set(usual.shown.parts) == {"skin", "eyes", "hair", "cloth", "overlay"}
    assert np.array_equal(usual.shown.parts["cloth"].points, other.shown.parts["cloth"].points)
    assert usual.shown.parts["skin"].picture is other.shown.parts["skin"].picture
    assert np.abs(usual.shown.parts["skin"].points - other.shown.parts["skin"].points).max() > 1e-3
    middle = usual.body.face.middle
    camera = look_at(middle + np.array([0, 0, 1.2]), middle, 18, (120, 150))
    pictures = [take(one, camera, fine=1).picture for one in (usual.shown, other.shown, usual.shown.with_face({"jawOpen": 0.8}))]
    assert all(25 < picture.mean() < 235 and picture.std() > 20 for picture in pictures)
    assert all((pictures[0] != picture).any(2).mean() > 0.01 for picture in pictures[1:])
