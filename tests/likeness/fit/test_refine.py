"""Photographs laid on the face itself bring its shape nearer than the learnt guess alone, and landmarks alone tell where the camera stood."""

from dataclasses import replace

import numpy as np
import pytest

from meetagain.bench.face_law import draw
from meetagain.bench.likeness_shape import distance_mm, laid_on, photographs
from meetagain.likeness.colour.shading import harmonics
from meetagain.likeness.colour.standing import USUAL_LENS
from meetagain.likeness.fit import face as fitting
from meetagain.likeness.fit.crop import load_crop, usual_head
from meetagain.likeness.fit.front import load_front, scales
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.fit.posing import columns, pose_of
from meetagain.likeness.fit.refine import harmonic_slopes, load_skin
from meetagain.likeness.fit.view import TALL_PX, view


@pytest.fixture(scope="module")
def somebody():
    drawn = draw(31_507, 35)
    return drawn, photographs(drawn, 31_507, 4)


def test_the_refined_faces_lie_nearer_than_the_learnt_guesses(monkeypatch):
    plain, refined = [], []
    for seed in range(31_600, 31_606):
        drawn = draw(seed, 45)
        sights = photographs(drawn, seed, 4)
        refined.append(distance_mm(usual_head(drawn.person, fitting.fit_face(sights, drawn.person).changes), drawn.truth))
        with monkeypatch.context() as held:
            held.setattr(fitting, "refined", lambda learnt, chosen, shape, count, person: shape)
            plain.append(distance_mm(usual_head(drawn.person, fitting.fit_face(sights, drawn.person).changes), drawn.truth))
    assert np.mean(refined) < 0.96 * np.mean(plain)


def test_a_view_is_as_large_as_the_refinement_reads_and_knows_the_middle_of_the_photograph(somebody):
    _, sights = somebody
    seen = view(sights[0], USUAL_LENS)
    tall = np.ptp(seen.points, axis=0).max()
    assert tall <= TALL_PX * 1.02
    before = np.ptp(sights[0].face.points[:, :2], axis=0).max()
    factor = tall / before
    middle = np.array(sights[0].picture.shape[1::-1]) / 2
    assert np.allclose(seen.points - seen.centre, (sights[0].face.points[:, :2] - middle) * factor, atol=1.0)
    light, slope = seen.at(seen.points[[1]] + 0.0)
    shifted, _ = seen.at(seen.points[[1]] + (0.5, 0))
    assert abs(shifted[0] - light[0] - 0.5 * slope[0, 0]) < 0.05


def test_the_camera_and_the_turn_are_found_from_landmarks(somebody):
    drawn, _ = somebody
    crop, front, places = load_crop(), load_front(), load_places()
    actions, size = scales(drawn.usual)
    points = laid_on(drawn.truth[crop.face], drawn.usual[crop.face])
    points = points - points.mean(0)
    rng = np.random.default_rng(5)
    sight = photographs(drawn, 31_507, 1)[0]
    seen = view(sight, USUAL_LENS)
    pose = pose_of(seen, front, places, points, front.actions * actions, size)
    nose = pose.turn @ (0, 0, 1)
    assert nose[2] < -0.9 and pose.place[2] > 0.3 and (pose.doing >= 0).all()
    turned = points[:5] @ pose.turn.T
    slope = columns(pose, turned, np.zeros((len(pose.doing), 5, 3)))
    step = np.zeros(slope.shape[-1])
    step[:7] = rng.normal(0, 1e-4, 7)
    moved = pose.moved(step)
    before, after = (p.pixels(points[:5] @ p.turn.T + p.place, seen.centre) for p in (pose, moved))
    assert np.allclose(after - before, slope @ step, atol=1e-3)


def test_a_picture_that_shows_nothing_and_a_face_at_its_edge_do_no_harm(somebody):
    drawn, sights = somebody
    one = sights[0]
    usual = usual_head(drawn.person)
    noise = np.random.default_rng(2).integers(0, 255, one.picture.shape, dtype=np.uint8)
    low = int(one.face.points[1, 0])
    cut = replace(one, picture=np.ascontiguousarray(one.picture[:, low:]), face=replace(one.face, points=one.face.points - (low, 0, 0)))
    for strange in (replace(one, picture=noise), replace(one, picture=np.zeros_like(one.picture)), cut):
        fit = fitting.fit_face((strange, strange), drawn.person)
        assert all(np.isfinite(amount) for amount in fit.changes.values())
        assert distance_mm(usual_head(drawn.person, fit.changes), usual) < 6


def test_light_moves_with_normals_as_its_slopes_say():
    rng = np.random.default_rng(1)
    normals, step = rng.normal(size=(6, 3)), rng.normal(size=(6, 3)) * 1e-5
    told = np.einsum("njk,nk->nj", harmonic_slopes(normals), step)
    assert np.allclose(harmonics(normals + step) - harmonics(normals), told, atol=1e-8)


def test_lips_are_darker_in_the_learnt_skin_and_its_ways_are_of_unit_length():
    skin, crop = load_skin(), load_crop()
    lips = crop.lips[crop.face]
    assert skin.middle[lips > 0.8].mean() < skin.middle[lips < 0.05].mean() - 0.03
    assert np.allclose(np.linalg.norm(skin.ways, axis=1), 1, atol=0.05)
    assert (np.diff(skin.spread) <= 0).all() and (skin.spread > 0).all()
    assert skin.followed.shape[0] == 8 and 0.4 < skin.followed[7].mean() < skin.followed[0].mean() < 1.1
