"""A body comes in; the places other rooms reach for go out, each as a joint and an offset in the rest frame."""

import numpy as np

from meetagain.likeness.body import ARM_JOINTS, Body


def landmarks(body: Body) -> dict[str, dict]:
    """Name -> {joint, offset [x, y, z] metres from the joint's rest position}."""
    face, s = body.face, body.face.scale
    skin = np.unique(body.basis.groups["f_body"])
    trunk = skin[body.weight(*ARM_JOINTS)[skin] < 0.2]
    top = body.points[skin[np.argmax(body.points[skin, 1])]]
    places: dict[str, tuple[str, np.ndarray]] = {
        "mouth": ("head", face.mouth),
        "chin": ("head", face.chin),
        "nose": ("head", face.nose),
        "eye_l": ("head", face.eyes[0] + (0, 0, face.radii[0])),
        "eye_r": ("head", face.eyes[1] + (0, 0, face.radii[1])),
        "crown": ("head", top),
        "brow": ("head", face.middle + np.array([0, face.brow_m, 0.02 * s])),
        "chest": ("spine02", surface(body, trunk, body.joint("upperarm01.L")[1] - 0.05 * body.height_m / 1.5, 1)),
        "belly": ("spine04", surface(body, trunk, body.joint("spine04")[1], 1)),
        "back": ("spine02", surface(body, trunk, body.joint("spine02")[1], -1)),
        "seat": ("root", surface(body, trunk, body.joint("upperleg01.L")[1] - 0.02, -1)),
    }
    for side, word, sign in (("L", "l", 1), ("R", "r", -1)):
        cheek = face.middle + np.array([sign * 0.036, -0.030, 0.012]) * s
        places[f"cheek_{word}"] = ("head", nearest(body, skin, cheek))
        ear = skin[np.argsort(-body.basis.size_of(f"{word}-ear-trans-up")[skin])[:60]]
        places[f"ear_{word}"] = ("head", body.points[ear].mean(0))
        palm = body.joint(f"wrist.{side}") * 0.42 + body.joint(f"finger3-1.{side}") * 0.58
        places[f"palm_{word}"] = (f"wrist.{side}", palm)
        knee = body.joint(f"lowerleg01.{side}")
        places[f"knee_{word}"] = (f"lowerleg01.{side}", nearest(body, skin, knee + np.array([0, 0, 0.06])))
        foot = body.joint(f"foot.{side}")
        places[f"sole_{word}"] = (f"foot.{side}", np.array([foot[0], 0, foot[2] + 0.03 * s]))
    return {
        name: {"joint": joint, "offset": [round(float(x), 5) for x in np.asarray(at) - body.joint(joint)]}
        for name, (joint, at) in places.items()
    }


def surface(body: Body, vertices: np.ndarray, y: float, sign: int) -> np.ndarray:
    """The foremost (sign 1) or hindmost (-1) point of the trunk at a height, in the middle."""
    near = vertices[(np.abs(body.points[vertices, 1] - y) < 0.03) & (np.abs(body.points[vertices, 0]) < 0.05)]
    near = near if len(near) else vertices
    return np.array([0.0, y, float(sign * (sign * body.points[near, 2]).max())])


def nearest(body: Body, vertices: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The vertex nearest to a place."""
    return body.points[vertices[np.argmin(np.linalg.norm(body.points[vertices] - at, axis=1))]]


def torso(body: Body) -> dict[str, float]:
    """Half width and half depth of the chest, metres."""
    skin = np.unique(body.basis.groups["f_body"])
    y = body.joint("spine02")[1]
    near = skin[(np.abs(body.points[skin, 1] - y) < 0.03) & (body.weight(*ARM_JOINTS)[skin] < 0.2)]
    half = np.ptp(body.points[near], axis=0) / 2
    return {"half_width_m": round(float(half[0]), 4), "half_depth_m": round(float(half[2]), 4)}
