"""Goals for hips, trunk, head, feet and hands over time come in; segment attitudes go out."""

import numpy as np

from meetagain.motion.blend import blurred
from meetagain.motion.body import DOWN, FWD, SIDES, UP, Body, X, sign
from meetagain.motion.joints import SPINE, Segments
from meetagain.motion.turns import Array, axis_angle, flipped, frame, parts, unit

Goals = dict[str, Array]  # root (T, 3), pelvis chest head, and with a side: ankle knee foot toes wrist hand elbow curl
STRAIGHTEST = 0.9985  # share of a limb's length: a knee is never straighter than about 6 degrees
SOFT = 0.004
WRIST_MOST_DEG = 70.0
ELBOW_FRAMES = 7  # an elbow's direction is a mean over this many frames before and after


def two_bones(start: Array, goal: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array, Array]:
    """Middle joint, reached end and hinge axis (T, 3) of a two-bone limb; out of reach the limb stretches softly, never over."""
    line = goal - start
    far = np.linalg.norm(line, axis=-1, keepdims=True)
    top, soft = (upper + lower) * STRAIGHTEST, (upper + lower) * SOFT
    reach = np.where(far > top - soft, top - soft * np.exp(-np.maximum(far - (top - soft), 0) / soft), far)
    reach = np.maximum(reach, abs(upper - lower) * 1.05 + 0.22 * (upper + lower))
    line = line / np.maximum(far, 1e-9)
    side = unit(pole - (pole * line).sum(-1, keepdims=True) * line)
    along = (reach**2 + upper**2 - lower**2) / (2 * reach)
    out = np.sqrt(np.maximum(upper**2 - along**2, 0))
    return start + line * along + side * out, start + line * reach, unit(np.cross(side, line))


def attitude(direction: Array, hinge: Array, canon: Array) -> Array:
    """The turn that brings a hanging segment with hinge `canon` to this direction and hinge."""
    return frame(direction, hinge) @ frame(DOWN, canon).T


def trunk(body: Body, goals: Goals) -> Segments:
    """Trunk and legs from goals; arms still hang from the chest."""
    seg = {name: goals[name] for name in ("pelvis", "chest", "head")}
    for side in SIDES:
        for name in ("girdle", "upper", "fore", "hand"):
            seg[name + side] = seg["chest"]
        hip = goals["root"] + seg["pelvis"] @ (body.head("upperleg01." + side) - body.head("root"))
        thigh, shank = body.size["thigh" + side], body.size["shank" + side]
        knee, ankle, hinge = two_bones(hip, goals["ankle" + side], thigh, shank, goals["knee" + side])
        seg["thigh" + side], seg["shank" + side] = attitude(knee - hip, hinge, X), attitude(ankle - knee, hinge, X)
        seg["foot" + side], seg["toes" + side] = goals["foot" + side], goals["toes" + side]
        seg["curl" + side] = goals["curl" + side]
    return seg


def chest_joint(body: Body, seg: Segments, root: Array) -> Array:
    """Position (T, 3) of the topmost spine joint, without solving the rest."""
    chain = parts(seg["pelvis"], seg["chest"], tuple(SPINE.values()))
    at, below, parent = root, seg["pelvis"], "root"
    for name, turn in zip(SPINE, chain, strict=True):
        at = at + below @ (body.head(name) - body.head(parent))
        below, parent = turn, name
    return at


def shoulder(body: Body, seg: Segments, root: Array, side: str) -> Array:
    """Position (T, 3) of a shoulder joint for the girdle as it stands."""
    collar, blade, arm = (body.head(f"{name}.{side}") for name in ("clavicle", "shoulder01", "upperarm01"))
    at = chest_joint(body, seg, root) + seg["chest"] @ (collar - body.head("spine01"))
    at = at + parts(seg["chest"], seg["girdle" + side], (0.8,))[0] @ (blade - collar)
    return at + seg["girdle" + side] @ (arm - blade)


def shrug(seg: Segments, side: str, wrist: Array, shoulder_at: Array, lift: Array | float) -> Array:
    """The collar bone lifts and comes forward with the arm: about a fifth of the lift past 35 degrees, 28 at most."""
    d = unit(np.einsum("tji,tj->ti", seg["chest"], wrist - shoulder_at))
    angle = np.degrees(np.arccos(np.clip(-d[:, 1], -1, 1)))
    up = np.clip((angle - 35) * 0.22, 0, 28) + lift
    forward = np.clip(d[:, 2], 0, 1) * 9 + np.clip(-d[:, 0] * sign(side), 0, 1) * 9
    return seg["chest"] @ axis_angle(UP, np.radians(-sign(side) * forward)) @ axis_angle(FWD, np.radians(sign(side) * up))


def steady(pole: Array, line: Array, loop: bool) -> Array:
    """The direction (T, 3) of a middle joint beside the limb's line, without the swing it would make where both are nearly parallel."""
    line = unit(line)
    return blurred(unit(pole - (pole * line).sum(-1, keepdims=True) * line), ELBOW_FRAMES, loop)


def arms(body: Body, seg: Segments, goals: Goals, loop: bool = False) -> Segments:
    """Adds arms that bring each wrist to its goal with the hand's attitude and the elbow's direction."""
    for side in SIDES:
        hang = shoulder(body, seg, goals["root"], side)
        seg["girdle" + side] = shrug(seg, side, goals["wrist" + side], hang, goals.get("shrug", 0.0))
        start = shoulder(body, seg, goals["root"], side)
        upper, fore = body.size["upper" + side], body.size["fore" + side]
        pole = steady(goals["elbow" + side], goals["wrist" + side] - start, loop)
        elbow, wrist, hinge = two_bones(start, goals["wrist" + side], upper, fore, pole)
        seg["upper" + side], seg["fore" + side] = attitude(elbow - start, hinge, -X), attitude(wrist - elbow, hinge, -X)
        seg["hand" + side] = easy_wrist(seg["fore" + side], goals["hand" + side])
    return seg


def easy_wrist(fore: Array, hand: Array) -> Array:
    """Keeps the bend of the wrist within what a wrist can do; turning the palm is left as asked."""
    rel = flipped(fore) @ hand
    d = rel @ DOWN
    bend = np.arccos(np.clip(d @ DOWN, -1, 1))
    axis = unit(np.cross(d, np.broadcast_to(DOWN, d.shape)) + 1e-9)
    return fore @ axis_angle(axis, np.maximum(bend - np.radians(WRIST_MOST_DEG), 0)) @ rel
