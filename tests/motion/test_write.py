"""What is written and what may be left out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetagain.motion.turns import axis_angle, to_quat, unit
from meetagain.motion.write import HALF_OK, continuous, needed, thinned


def swinging(frames: int, hz: float, size: float) -> np.ndarray:
    return to_quat(axis_angle((1, 0, 0), size * np.sin(2 * np.pi * hz * np.arange(frames) / 30)))


def test_neighbours_have_the_same_sign():
    turns = swinging(30, 1, 3.0)
    turns[::3] *= -1
    assert ((continuous(turns)[1:] * continuous(turns)[:-1]).sum(-1) > 0).all()


@given(st.integers(2, 90), st.floats(0.05, 4), st.floats(0, 2))
def test_what_is_left_out_is_not_missed(frames, hz, size):
    turns = continuous(swinging(frames, hz, size))
    keys = needed(turns)
    shown = unit(np.stack([np.interp(np.arange(frames), keys, turns[keys, k]) for k in range(4)], -1))
    assert np.abs(shown - turns).max() < 2 * HALF_OK and keys[0] == 0


def test_a_still_joint_takes_one_key():
    assert len(needed(np.tile([0.0, 0, 0, 1], (50, 1)))) == 1


def test_a_face_curve_keeps_its_ends_and_its_peak():
    times = np.arange(61) / 30
    curve = thinned(times, np.sin(np.pi * times / 2))
    assert curve[0] == [0.0, 0.0] and curve[-1][0] == 2.0 and max(w for _, w in curve) > 0.98 and len(curve) < 20
