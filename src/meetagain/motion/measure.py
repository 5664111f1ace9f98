"""A solved clip and its body come in; figures go out that say whether a body could move so: knees, soles, floor, seam, hands."""

from itertools import pairwise

import msgspec
import numpy as np

from meetagain.motion.body import SIDES, Body
from meetagain.motion.contact import depth
from meetagain.motion.joints import moved, positions
from meetagain.motion.turns import Array, from_quat, unit
from meetagain.motion.write import Solved

TOUCHING_M = 0.006
EVERY = 3  # frames between two looks for hands inside the body


class Figures(msgspec.Struct, frozen=True):
    """Worst values of one clip."""

    knee_deg: tuple[float, float]  # least and most bend; below 0 the knee would bend backwards
    speed_rad_s: float  # fastest turn of any joint against its parent
    slide_m: float  # how far a planted foot drifts
    lowest_m: float  # lowest point of skin and clothes
    seam: float  # step across the end of a loop as a share of the largest other step; 0 for others
    jump_m: float  # farthest that a joint goes within one frame
    hand_inside_m: float  # deepest point of a hand in trunk, head or thighs; below 0: none is near


def figures(body: Body, clip: Solved) -> Figures:
    """Measure one clip from its joint turns alone."""
    attitude, position = unfolded(body, clip)
    step = np.diff(position, axis=0)
    steps = np.linalg.norm(step, axis=-1).max(-1)
    seam = steps[-1] / max(float(steps[:-1].max()), 1e-4) if clip.extras["loops"] and len(step) > 1 else 0.0
    inside = max(depth(body, body.touching["wrist" + side], attitude[::EVERY], position[::EVERY])[0].max() for side in SIDES)
    return Figures(
        knee_deg=knees(body, attitude, position),
        speed_rad_s=turning(clip),
        slide_m=max(slide(body, clip, attitude, position, side) for side in SIDES),
        lowest_m=float(moved(body, body.measured["all"], attitude, position)[..., 1].min()),
        seam=float(seam),
        jump_m=float(np.linalg.norm(step, axis=-1).max()) if len(step) else 0.0,
        hand_inside_m=float(inside),
    )


def unfolded(body: Body, clip: Solved) -> tuple[Array, Array]:
    """World attitudes (T, n_joints, 3, 3) and positions (T, n_joints, 3) from turns against the parents."""
    attitude = from_quat(clip.turns)
    for k, parent in enumerate(body.parents):
        if parent >= 0:
            attitude[:, k] = attitude[:, parent] @ attitude[:, k]
    return attitude, positions(body, attitude, clip.root_m)


def knees(body: Body, attitude: Array, position: Array) -> tuple[float, float]:
    """Least and most bend of both knees, degrees, about the hinge that the thigh carries."""
    bends = []
    for side in SIDES:
        hip, knee, ankle = (position[:, body.at[f"{name}.{side}"]] for name in ("upperleg01", "lowerleg01", "foot"))
        thigh, shank = unit(knee - hip), unit(ankle - knee)
        hinge = attitude[:, body.at["upperleg02." + side]] @ (body.fit["thigh" + side].T @ np.array([1.0, 0, 0]))
        bend = np.degrees(np.arccos(np.clip((thigh * shank).sum(-1), -1, 1)))
        bends.append(bend * np.where((np.cross(thigh, shank) * hinge).sum(-1) < 0, -1, 1))
    return float(np.min(bends)), float(np.max(bends))


def turning(clip: Solved) -> float:
    """Fastest turn of a joint, radians a second."""
    if len(clip.turns) < 2:
        return 0.0
    cosine = np.abs((clip.turns[1:] * clip.turns[:-1]).sum(-1)).clip(0, 1)
    return float((2 * np.arccos(cosine) / np.diff(clip.times_s)[:, None]).max())


def slide(body: Body, clip: Solved, attitude: Array, position: Array, side: str) -> float:
    """Farthest drift of the touching part of a sole while the clip says that this foot is planted, metres."""
    points = moved(body, body.measured["sole" + side], attitude, position)
    points[..., 2] += clip.extras["speed_m_s"] * clip.times_s[:, None]
    worst = 0.0
    for start, end in clip.extras["feet"][side]:
        rows = np.flatnonzero((clip.times_s >= start - 1e-3) & (clip.times_s <= end + 1e-3))
        drift = np.zeros(2)
        for a, b in pairwise(rows):
            low = min(points[a, :, 1].min(), points[b, :, 1].min())
            touch = (points[a, :, 1] < low + TOUCHING_M) & (points[b, :, 1] < low + TOUCHING_M)
            if touch.any():
                drift += (points[b, touch] - points[a, touch]).mean(0)[[0, 2]]
            worst = max(worst, float(np.hypot(*drift)))
    return worst
