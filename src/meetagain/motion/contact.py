"""A keyed clip comes in; its solved segments go out, with seat, soles and hands brought to rest on things and not in them."""

import numpy as np

from meetagain.motion.blend import blurred, widened
from meetagain.motion.body import SIDES, Body
from meetagain.motion.joints import Segments, attitudes, moved, positions, turned
from meetagain.motion.keyed import Keyed
from meetagain.motion.solve import Goals, arms, trunk
from meetagain.motion.turns import Array, unit

STANDING_REACH = 0.9972  # share of the leg: knees bent by about 8 degrees
SUNK = 0.006  # share of the height that soft parts sink into what they rest on
BENCH_SHARE = 0.255  # height of a seat that suits a body, as a share of its height
DEEPEST_M = 0.09  # a point farther inside than this belongs to another side of the body
CLEAR_M = 0.004
RESTING = {
    "seat": ("root", "pelvis", "spine05", "spine04", "upperleg01"),
    "knees": ("lowerleg01", "upperleg02"),
    "body": ("root", "pelvis", "spine", "head", "neck", "upperleg", "lowerleg", "clavicle", "shoulder"),
}


def play(clip: Keyed, passes: int = 3) -> tuple[Segments, Array, Goals]:
    """Segments and root path (T, 3) over the clip's frames, and the goals they were solved from."""
    settle(clip)
    goals, loop = clip.goals(), clip.recipe.loop
    for turn in range(passes):
        seg = arms(clip.body, trunk(clip.body, goals), goals)
        if turn == passes - 1:
            break
        attitude = attitudes(clip.body, seg)
        position = positions(clip.body, attitude, goals["root"])
        for name, lift in below_floor(clip.body, attitude, position).items():
            goals[name] = goals[name] + np.array([0, 1.0, 0]) * widened(lift, loop=loop)[:, None]
        for name, push in inside(clip.body, attitude, position).items():
            if not clip.recipe.contact:
                goals[name] = goals[name] + eased(push, loop)
    return seg, goals["root"], goals


def eased(push: Array, loop: bool) -> Array:
    """A push (T, 3) that begins early and ends late, as long as it has to be at its worst moment."""
    size = np.linalg.norm(push, axis=-1)
    if size.max() < 1e-4:
        return np.zeros_like(push)
    return unit(blurred(push, 6, loop)) * widened(size, 6, loop)[:, None]


def settle(clip: Keyed) -> None:
    """Finds the hips' height of every key that rests on feet, seat, knees, bench or the whole body."""
    values, weights, times = clip.tracks["hips"]
    heights: dict[str, float] = {}
    settled = []
    for k, value in enumerate(values):
        row = int(weights[:, k].argmax())
        if "rest" not in value:
            settled.append(value)
            continue
        word = repr((sorted(value.items()), *(clip.tracks[f"foot.{s}"][1][row].round(3).tolist() for s in SIDES)))
        if word not in heights:
            heights[word] = resting_height(clip, k, row)
        settled.append(value | {"high": heights[word]})
    clip.tracks["hips"] = (settled, weights, times)


def resting_height(clip: Keyed, key: int, row: int) -> float:
    """Hips' height, as a share of the standing hip height, at which one key rests as it says."""
    still, body = clip.instant(row), clip.body
    values, _, times = clip.tracks["hips"]
    value = dict(values[key])
    rest, high = value["rest"], value.get("high", 1.0)
    still.tracks = still.tracks | {"hips": ([value], np.ones((1, 1)), times)}
    if rest == "feet":
        return high * standing_height(still, value)
    which = body.touching[rest] if rest in body.touching else resting_points(body, rest)
    above = BENCH_SHARE * body.height if rest == "bench" else 0.0
    for _ in range(4):
        value["high"] = high
        goals = still.goals()
        attitude = attitudes(body, arms(body, trunk(body, goals), goals))
        low = moved(body, which, attitude, positions(body, attitude, goals["root"]))[0, :, 1].min()
        high -= (low - above + SUNK * body.height) / body.size["hip"]
    return high


def resting_points(body: Body, rest: str) -> Array:
    """Surface points that rest on the ground for a word."""
    which = body.sample(body.owned(RESTING["seat" if rest == "bench" else rest]), 400)
    body.touching[rest] = which
    return which


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
    """How far each foot and hand is under the floor over time (T,) metres, by the name of its goal."""
    return {
        name: np.maximum(-moved(body, body.touching[name], attitude, position)[..., 1].min(1), 0)
        for name in ("ankleL", "ankleR", "wristL", "wristR")
    }


def depth(body: Body, which: Array, attitude: Array, position: Array) -> tuple[Array, Array]:
    """How deep each of these points is inside the trunk, head and thighs (T, n) metres, and the way out (T, n, 3)."""
    solid = body.touching["solid"]
    skin, normal = moved(body, solid, attitude, position), turned(body, solid, attitude)
    points = moved(body, which, attitude, position)
    deep, out = np.empty(points.shape[:2]), np.empty(points.shape)
    for t in range(len(points)):
        square = (points[t] ** 2).sum(-1)[:, None] + (skin[t] ** 2).sum(-1) - 2 * points[t] @ skin[t].T
        near = square.argmin(1)
        out[t] = normal[t, near]
        deep[t] = ((skin[t, near] - points[t]) * out[t]).sum(-1)
    deep[deep > DEEPEST_M] = 0
    return deep, out


def inside(body: Body, attitude: Array, position: Array) -> dict[str, Array]:
    """Push (T, 3) metres for each wrist that takes the hand out of the body."""
    pushes = {}
    for side in SIDES:
        deep, out = depth(body, body.touching["wrist" + side], attitude, position)
        deep = np.maximum(deep + CLEAR_M, 0)
        way = unit((deep[..., None] * out).sum(1))
        pushes["wrist" + side] = way * deep.max(1)[:, None]
    return pushes
