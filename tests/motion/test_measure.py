"""The figures must see a fault when there is one."""

import msgspec
import numpy as np
import pytest

from meetagain.motion.measure import figures
from meetagain.motion.turns import axis_angle, from_quat, to_quat


@pytest.fixture(scope="module")
def child(moving):
    return moving["child"]


def bent(child, clip: str, joint: str, turn: np.ndarray):
    """A clip with one joint's turns replaced."""
    was = child.clips[clip]
    turns = was.turns.copy()
    turns[:, child.body.at[joint]] = to_quat(turn)
    return msgspec.structs.replace(was, turns=turns)


def test_a_sunken_body_is_seen(child):
    was = child.clips["nod"]
    assert figures(child.body, was).lowest_m > -0.005
    assert figures(child.body, msgspec.structs.replace(was, root_m=was.root_m - [0, 0.03, 0])).lowest_m < -0.025


def test_a_sliding_foot_is_seen(child):
    was = child.clips["nod"]
    away = np.zeros_like(was.root_m)
    away[:, 0] = np.linspace(0, 0.05, len(away))
    assert figures(child.body, was).slide_m < 0.002
    assert figures(child.body, msgspec.structs.replace(was, root_m=was.root_m + away)).slide_m > 0.04


def test_a_knee_that_bends_backwards_is_seen(child):
    wrong = bent(child, "nod", "lowerleg01.L", axis_angle((1, 0, 0), np.radians(-25)))
    assert figures(child.body, wrong).knee_deg[0] < 0


def test_a_hand_inside_the_body_is_seen(child):
    deepest = 0.0
    for degrees in range(10, 40, 5):
        wrong = bent(child, "nod", "upperarm01.L", axis_angle((0, 0, 1), np.radians(-degrees)) @ _rest(child, "upperarm01.L"))
        deepest = max(deepest, figures(child.body, wrong).hand_inside_m)
    assert deepest > 0.03


def test_a_jerk_and_a_jump_are_seen(child):
    was = child.clips["idle"]
    turns, root = was.turns.copy(), was.root_m.copy()
    turns[40, child.body.at["head"]] = to_quat(axis_angle((0, 1, 0), 0.9))
    root[-1] += [0.3, 0, 0]
    seen = figures(child.body, msgspec.structs.replace(was, turns=turns, root_m=root))
    assert seen.speed_rad_s > 20 and seen.seam > 3 and seen.jump_m > 0.15


def _rest(child, joint: str) -> np.ndarray:
    return from_quat(child.clips["nod"].turns[0, child.body.at[joint]])
