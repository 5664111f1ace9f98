"""Turns: what holds for every angle and axis."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetagain.motion.turns import axis_angle, euler, flipped, frame, from_quat, mixed, parts, to_quat, twist_of, unit

NUMBER = st.floats(-1, 1, allow_nan=False, width=32)
AXIS = st.tuples(NUMBER, NUMBER, NUMBER).filter(lambda v: np.linalg.norm(v) > 0.1).map(lambda v: unit(np.array(v)))
ANGLE = st.floats(-3.1, 3.1)
TURN = st.builds(axis_angle, AXIS, ANGLE)


def close(a: np.ndarray, b: np.ndarray, within: float = 1e-6) -> bool:
    return bool(np.abs(a - b).max() < within)


@given(TURN)
def test_a_turn_keeps_lengths_and_hands(m):
    assert close(m @ m.T, np.eye(3)) and np.linalg.det(m) > 0.999


@given(TURN)
def test_quaternions_and_matrices_say_the_same(m):
    assert close(from_quat(to_quat(m)), m) and to_quat(m)[3] >= 0


@given(AXIS, st.floats(-1.5, 1.5), st.floats(-1.5, 1.5))
def test_turns_about_one_axis_add(axis, a, b):
    assert close(axis_angle(axis, a) @ axis_angle(axis, b), axis_angle(axis, a + b))


@given(AXIS, ANGLE)
def test_the_twist_of_a_turn_about_its_axis_is_its_angle(axis, angle):
    assert abs((twist_of(axis_angle(axis, angle), axis) - angle + np.pi) % (2 * np.pi) - np.pi) < 1e-6


@given(TURN, TURN)
def test_no_part_and_the_whole_of_a_way(a, b):
    start, end = parts(a, b, (0.0, 1.0))
    assert close(start, a) and close(end, b, 1e-5)


@given(TURN, TURN)
def test_half_way_twice_is_the_way(a, b):
    half = parts(a, b, (0.5,))[0]
    step = flipped(a) @ half
    assert close(half @ step, b, 1e-4)


@given(AXIS, AXIS)
def test_a_frame_keeps_its_first_axis(a, b):
    if np.linalg.norm(np.cross(a, b)) > 0.05:
        base = frame(a, b)
        assert close(base[:, 0], a) and close(base.T @ base, np.eye(3)) and base[:, 1] @ b > 0


@given(TURN)
def test_a_mix_of_one_is_that_one_whatever_its_sign(m):
    q = to_quat(m)
    mix = mixed(np.array([[0.3, 0.7]]), np.stack([q, -q])[:, None])
    assert close(mix[0], m)


def test_words_for_turns_mean_what_they_say():
    up, forward = np.array([0, 1.0, 0]), np.array([0, 0, 1.0])
    assert (euler(bend=30) @ up)[2] > 0.4  # forward
    assert (euler(tilt=30) @ up)[0] > 0.4  # to the left
    assert (euler(turn=30) @ forward)[0] > 0.4
