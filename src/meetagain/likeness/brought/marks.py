"""A brought body in our rest comes in; the places that hands, eyes and voices reach for go out, found on its surface."""

import numpy as np

from meetagain.likeness.body import Body


def places(
    skin: np.ndarray, weights: np.ndarray, heads: np.ndarray, model: Body, eyes: tuple[np.ndarray, np.ndarray], lips: np.ndarray | None
) -> tuple[dict[str, dict], dict[str, float]]:
    """Landmarks {name: {joint, offset}} and the torso's half width and depth, metres.

    `skin` (n, 3) are the points of skin and clothes, `weights` (n, n_joints), `heads` (n_joints, 3), `eyes` left and right, `lips` the
    middle of what moves when the mouth opens, where it is known.
    """
    joints = model.basis.joints
    index = {name: k for k, name in enumerate(joints)}

    def carried(*starts: str) -> np.ndarray:
        return weights[:, [k for k, name in enumerate(joints) if name.startswith(starts)]].sum(1)

    head = skin[carried("head", "eye") > 0.6]
    head = head if len(head) else skin[skin[:, 1] > heads[index["head"], 1]]
    arms = carried("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
    trunk = skin[arms < 0.2]
    middle = (eyes[0] + eyes[1]) / 2
    apart = max(float(np.linalg.norm(eyes[0] - eyes[1])), 0.02)
    crown = head[head[:, 1].argmax()]
    near = head[(np.abs(head[:, 0] - middle[0]) < 0.35 * apart) & (head[:, 2] > middle[2] - 0.9 * apart)]
    near = near if len(near) else head
    chin = near[near[:, 1].argmin()]
    mouth = lips if lips is not None else front(near, middle[1] - 0.62 * (middle[1] - chin[1]), middle)
    nose = front(near, middle[1] - 0.34 * (middle[1] - chin[1]), middle)
    at: dict[str, tuple[str, np.ndarray]] = {
        "mouth": ("head", np.array([middle[0], mouth[1], front(near, mouth[1], middle)[2]])),
        "chin": ("head", chin),
        "nose": ("head", nose),
        "eye_l": ("head", eyes[0]),
        "eye_r": ("head", eyes[1]),
        "crown": ("head", crown),
        "brow": ("head", front(near, middle[1] + 0.35 * apart, middle)),
        "chest": ("spine02", side(trunk, heads[index["upperarm01.L"], 1] - 0.03 * model.height_m, 1)),
        "belly": ("spine04", side(trunk, heads[index["spine04"], 1], 1)),
        "back": ("spine02", side(trunk, heads[index["spine02"], 1], -1)),
        "seat": ("root", side(trunk, heads[index["upperleg01.L"], 1] - 0.02, -1)),
    }
    for s, word, sign in (("L", "l", 1), ("R", "r", -1)):
        at[f"cheek_{word}"] = ("head", closest(head, middle + np.array([sign * 0.68, -0.57, 0.2]) * apart))
        level = head[np.abs(head[:, 1] - (middle[1] - 0.2 * apart)) < 0.35 * apart]
        level = level if len(level) else head
        at[f"ear_{word}"] = ("head", level[(level[:, 0] * sign).argmax()])
        wrist, knuckle = heads[index[f"wrist.{s}"]], heads[index[f"finger3-1.{s}"]]
        at[f"palm_{word}"] = (f"wrist.{s}", wrist * 0.42 + knuckle * 0.58)
        knee, foot = heads[index[f"lowerleg01.{s}"]], heads[index[f"foot.{s}"]]
        at[f"knee_{word}"] = (f"lowerleg01.{s}", closest(skin, knee + np.array([0, 0, 0.06])))
        at[f"sole_{word}"] = (f"foot.{s}", np.array([foot[0], 0, foot[2] + 0.03]))
    level = trunk[np.abs(trunk[:, 1] - heads[index["spine02"], 1]) < 0.04]
    half = np.ptp(level, axis=0) / 2 if len(level) > 2 else np.array([0.11, 0, 0.075]) * model.height_m
    marks = {
        name: {"joint": joint, "offset": [round(float(x), 5) for x in place - heads[index[joint]]]} for name, (joint, place) in at.items()
    }
    return marks, {"half_width_m": round(float(half[0]), 4), "half_depth_m": round(float(half[2]), 4)}


def front(points: np.ndarray, y: float, middle: np.ndarray) -> np.ndarray:
    """The foremost point in the middle at a height."""
    band = points[np.abs(points[:, 1] - y) < 0.012]
    z = float(band[:, 2].max()) if len(band) else float(points[:, 2].max())
    return np.array([middle[0], y, z])


def side(points: np.ndarray, y: float, sign: int) -> np.ndarray:
    """The foremost (1) or hindmost (-1) point of the trunk at a height, in the middle."""
    band = points[(np.abs(points[:, 1] - y) < 0.04) & (np.abs(points[:, 0]) < 0.06)]
    band = band if len(band) else points
    return np.array([0.0, y, float(sign * (sign * band[:, 2]).max())])


def closest(points: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The point nearest to a place."""
    return points[np.linalg.norm(points - at, axis=1).argmin()]
