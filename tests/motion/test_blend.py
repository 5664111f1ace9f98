"""Blending keys: shares, ends and corrections."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetagain.motion.blend import ease, humps, key_weights, widened

KEYS = st.lists(st.tuples(st.floats(0.1, 2.0), st.booleans()), min_size=1, max_size=6)


@given(KEYS)
def test_shares_sum_to_one_and_a_key_is_whole_at_its_time(keys):
    times = list(np.cumsum([gap for gap, _ in keys]) - keys[0][0])
    weights = key_weights(times, [passes for _, passes in keys], np.array(times))
    assert np.allclose(weights.sum(1), 1) and np.allclose(weights, np.eye(len(times)), atol=1e-9)


@given(KEYS, st.floats(0.1, 1.0))
def test_a_loop_comes_round(keys, rest):
    times = list(np.cumsum([gap for gap, _ in keys]) - keys[0][0])
    length = times[-1] + rest
    weights = key_weights(times, [passes for _, passes in keys], np.array([0.0, length - 1e-7]), length)
    assert np.allclose(weights[0], weights[1], atol=1e-4)


def test_ease_rests_at_both_ends():
    u = ease(np.array([-1, 0, 1e-3, 0.5, 1 - 1e-3, 1, 2]))
    assert u[0] == 0 and u[-1] == 1 and u[3] == 0.5 and u[2] < 1e-7 and 1 - u[4] < 1e-7


def test_a_foot_is_highest_half_way():
    at = np.linspace(0, 1, 11)
    rise = humps([0.0, 1.0], [0.0, 0.1], at)
    assert rise.argmax() == 5 and abs(rise[5] - 0.1) < 1e-9 and rise[0] == 0 and rise[-1] < 1e-9


@given(st.lists(st.floats(0, 0.1), min_size=3, max_size=40), st.booleans())
def test_a_correction_is_never_smaller_than_needed(need, loop):
    need = np.array(need)
    assert (widened(need, loop=loop) >= need - 1e-4).all()
