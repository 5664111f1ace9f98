"""A keyed clip comes in; its solved segments go out, with seat, soles and hands brought to rest on things and not in them."""

import numpy as np

from meetagain.motion.blend import blurred, widened
from meetagain.motion.body import SIDES, Body
from meetagain.motion.joints import Segments, attitudes, moved, positions, turned
from meetagain.motion.keyed import Keyed
from meetagain.motion.solve import Goals, arms, trunk
from meetagain.motion.turns import Array, unit

STANDING_REACH = 0.9972  # share of the leg: knees bent by about 8 degrees
SUNK = 0.003  # share of the height that soft parts sink into what they rest on
BENCH_SHARE = 0.255  # height of a seat that suits a body, as a share of its height
DEEPEST_M = 0.15  # a point farther inside than this belongs to another side of the body
CLEAR_M = 0.004
MOST_PUSH_M = 0.05  # in one pass
MOST_MISS_M = 0.015
STRAIGHT = 0.6  # least cosine between the way to the surface and its normal
NEAR = 4  # samples of the surface that decide together
AGREEING = 0.6  # least length of the mean of their normals
RESTING = {
    "seat": ("root", "pelvis", "spine05", "spine04", "upperleg01"),
    "knees": ("lowerleg01", "upperleg02"),
    "body": ("root", "pelvis", "spine", "head", "neck", "upperleg", "lowerleg", "clavicle", "shoulder"),
}


FLOORED = ("ankleL", "ankleR", "wristL", "wristR", "root")


def play(clip: Keyed, passes: int = 5) -> tuple[Segments, Array, Goals]:
    """Segments and root path (T, 3) over the clip's frames, and the goals they were solved from."""
    settle(clip)
    goals, loop = clip.goals(), clip.recipe.loop
    missed = {"ankle" + side: np.zeros_like(goals["root"]) for side in SIDES}
    for turn in range(passes):
        aims = goals | {name: goals[name] + miss for name, miss in missed.items()}
        seg = arms(clip.body, trunk(clip.body, aims), aims, loop)
        if turn == passes - 1:
            break
        attitude = attitudes(clip.body, seg)
        position = positions(clip.body, attitude, goals["root"])
        for side in SIDES:  # split bones are a little crooked: a twisted leg ends beside its goal
            miss = missed["ankle" + side] + goals["ankle" + side] - position[:, clip.body.at["foot." + side]]
            missed["ankle" + side] = np.clip(miss, -MOST_MISS_M, MOST_MISS_M)
        for name, lift in below_floor(clip.body, attitude, position).items():
            goals[name] = goals[name] + np.array([0, 1.0, 0]) * widened(lift, loop=loop)[:, None]
        for name, push in inside(clip.body, attitude, position, clip.recipe.contact).items():
            goals[name] = goals[name] + eased(push, loop)
    return seg, goals["root"], goals


def eased(push: Array, loop: bool) -> Array:
    """A push (T, 3) that begins early and ends late, as long as it has to be at its worst moment."""
    size = np.minimum(np.linalg.norm(push, axis=-1), MOST_PUSH_M)
    if size.max() < 1e-4:
        return np.zeros_like(push)
    return unit(blurred(push, 15, loop)) * widened(size, 6, loop)[:, None]


def settle(clip: Keyed) -> None:
    """Finds the hips' height of every key that rests on feet, seat, knees, bench or the whole body."""
    values, weights, times = clip.tracks["hips"]
    settled = []
    for k, value in enumerate(values):
        if "rest" not in value:
            settled.append(value)
            continue
        still = clip.instant(int(weights[:, k].argmax()))
        still.tracks = still.tracks | {"hips": ([value], np.ones((1, 1)), times)}
        word = still.words()
        if word not in clip.body.heights:
            clip.body.heights[word] = resting_height(still, dict(value))
        settled.append(value | {"high": clip.body.heights[word]})
    clip.tracks["hips"] = (settled, weights, times)


def resting_height(still: Keyed, value: dict) -> float:
    """Hips' height, as a share of the standing hip height, at which a still pose rests as its hips say (secant search)."""
    body, rest, high = still.body, value["rest"], value.get("high", 1.0)
    still.tracks["hips"] = ([value], *still.tracks["hips"][1:])
    if rest == "feet":
        return high * standing_height(still, value)
    which = resting_points(body, rest)
    above = BENCH_SHARE * body.height if rest == "bench" else 0.0
    tried: list[tuple[float, float]] = []
    for _ in range(7):
        value["high"] = high
        goals = still.goals()
        attitude = attitudes(body, arms(body, trunk(body, goals), goals))
        low = moved(body, which, attitude, positions(body, attitude, goals["root"]))[0, :, 1].min()
        tried.append((high, (low - above + SUNK * body.height) / body.size["hip"]))
        if abs(tried[-1][1]) < 0.002:
            break
        slope = 1.0
        if len(tried) > 1 and abs(tried[-1][0] - tried[-2][0]) > 1e-5:
            slope = np.clip((tried[-1][1] - tried[-2][1]) / (tried[-1][0] - tried[-2][0]), 0.3, 3.0)
        high -= float(np.clip(tried[-1][1] / slope, -0.15, 0.15))
    return min(tried, key=lambda pair: abs(pair[1]))[0]


def resting_points(body: Body, rest: str) -> Array:
    """Surface points that rest on the ground for a word."""
    word = "seat" if rest == "bench" else rest
    if "rest " + word not in body.touching:
        body.touching["rest " + word] = body.sample(body.owned(RESTING[word]), 400)
    return body.touching["rest " + word]


def standing_height(still: Keyed, value: dict) -> float:
    """Height at which the longer of both legs is all but straight."""
    body = still.body
    value["high"] = 1.0
    goals = still.core()
    goals |= still.foot(goals, "L") | still.foot(goals, "R")
    best = np.inf
    for side in SIDES:
        hip = goals["root"][0] + goals["pelvis"][0] @ (body.head("upperleg01." + side) - body.head("root"))
        ankle = goals["ankle" + side][0]
        flat = np.hypot(*(ankle - hip)[[0, 2]])
        best = min(best, ankle[1] + np.sqrt(max((STANDING_REACH * body.size["leg"]) ** 2 - flat**2, 0.01)) - hip[1])
    return 1.0 + best / body.size["hip"]


def below_floor(body: Body, attitude: Array, position: Array) -> dict[str, Array]:
    """How far feet, hands and hips must rise over time (T,) metres so that nothing is under the floor, by the name of the goal."""
    low = {name: -moved(body, body.touching[name], attitude, position)[..., 1].min(1) for name in FLOORED}
    low["root"] = low["root"] - SUNK * body.height
    return {name: np.maximum(under, 0) for name, under in low.items()}


def depth(body: Body, which: Array, attitude: Array, position: Array, face: bool = False) -> tuple[Array, Array]:
    """How deep each of these points is inside the trunk, head and thighs (T, n) metres, and the way out (T, n, 3).

    Taken from the NEAR nearest samples of the surface together, so that neither the edge of a coat nor a fold decides alone. With
    `face` the head is left out: there the hand is meant to touch.
    """
    solid = body.touching["trunk" if face else "solid"]
    skin, normal = moved(body, solid, attitude, position), turned(body, solid, attitude)
    points = moved(body, which, attitude, position)
    deep, out = np.empty(points.shape[:2]), np.empty(points.shape)
    for t in range(len(points)):
        square = (points[t] ** 2).sum(-1)[:, None] + (skin[t] ** 2).sum(-1) - 2 * points[t] @ skin[t].T
        near = np.argpartition(square, NEAR, axis=1)[:, :NEAR]
        mean, way = normal[t, near].mean(1), skin[t, near].mean(1) - points[t]
        agree = np.linalg.norm(mean, axis=-1)
        out[t] = unit(mean)
        deep[t] = (way * out[t]).sum(-1)
        beside = (agree < AGREEING) | (deep[t] < STRAIGHT * np.linalg.norm(way, axis=-1))
        deep[t, beside] = np.minimum(deep[t, beside], -1.0)
    deep[deep > DEEPEST_M] = 0
    return deep, out


def inside(body: Body, attitude: Array, position: Array, face: bool) -> dict[str, Array]:
    """Push (T, 3) metres for each wrist that takes the hand out of the body."""
    rows = np.unique(np.append(np.arange(0, len(attitude), 2), len(attitude) - 1))
    pushes = {}
    for side in SIDES:
        deep, out = depth(body, body.touching["wrist" + side], attitude[rows], position[rows], face)
        deep = np.where(deep > -CLEAR_M, deep + CLEAR_M, 0)
        push = unit((deep[..., None] * out).sum(1)) * deep.max(1)[:, None]
        pushes["wrist" + side] = np.stack([np.interp(np.arange(len(attitude)), rows, push[:, k]) for k in range(3)], 1)
    return pushes
