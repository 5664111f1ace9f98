"""Surfaces and bones as they were brought come in; the same person goes out as our portraits stand: metres, facing +Z, arms at rest, our joints.

A visitor's portrait rests with joints that are only shifted, never turned (docs/architecture.md), its arms a little away from the body with
bent elbows. A body that comes with its arms stretched out is bent into that rest once, and its surface with it.
"""

from dataclasses import dataclass

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.brought.surfaces import Surface
from meetagain.likeness.parts import smoothstep, unit
from meetagain.likeness.vrm import BODY, FINGERS, LIMBS, SIDES

TRUNK = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03")
HEIGHTS_M = (0.5, 2.4)  # a grown or growing person; anything else is another unit
UNITS_M = (1.0, 0.01, 0.1, 0.001)


@dataclass(frozen=True)
class Stance:
    """Bones (by name, metres) and joints (in the order of the body model) of a body in our rest."""

    bones: dict[str, np.ndarray]
    heads: np.ndarray  # (n_joints, 3)
    height_m: float
    scale: float


def upright(surfaces: list[Surface], bones: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Turn everything, by right angles only, so that up is +Y and the person's left is +X. Changes the surfaces; the bones are returned."""
    feet = (bones["leftFoot"] + bones["rightFoot"]) / 2
    up = bones["head"] - feet
    left = sum(bones["left" + bone] - bones["right" + bone] for bone in ("UpperLeg", "UpperArm"))
    y = np.zeros(3)
    y[np.abs(up).argmax()] = np.sign(up[np.abs(up).argmax()])
    aside = left - y * (left @ y)
    x = np.zeros(3)
    x[np.abs(aside).argmax()] = np.sign(aside[np.abs(aside).argmax()])
    turn = np.stack([x, y, np.cross(x, y)])
    for surface in surfaces:
        surface.points, surface.normals, surface.turns = surface.points @ turn.T, surface.normals @ turn.T, turn @ surface.turns
    return {name: turn @ place for name, place in bones.items()}


def stand(surfaces: list[Surface], names: tuple[str, ...], bones: dict[str, np.ndarray], model: Body, height_m: float | None) -> Stance:
    """Bring a body to size, onto the floor and into our rest. Changes the surfaces. `names` are the bones in the order of the weights.

    `height_m` is what the family told; without it a height that a person can have is kept. `model` is our own body of the same age.
    """
    everything = np.concatenate([surface.points for surface in surfaces])
    low, high = float(everything[:, 1].min()), float(everything[:, 1].max())
    could = [(high - low) * one for one in UNITS_M if HEIGHTS_M[0] <= (high - low) * one <= HEIGHTS_M[1]]
    tall = height_m or (could[0] if could else model.height_m)
    scale = tall / max(high - low, 1e-9)
    middle = bones["hips"]
    shift = np.array([middle[0], low, middle[2] - model.joint("root")[2] / scale])
    for surface in surfaces:
        surface.points, surface.turns = (surface.points - shift) * scale, surface.turns * scale
    bones = {name: (place - shift) * scale for name, place in bones.items()}
    bones = at_rest(surfaces, names, bones, model)
    return Stance(bones, joints_of(bones, model), tall, scale)


def at_rest(surfaces: list[Surface], names: tuple[str, ...], bones: dict[str, np.ndarray], model: Body) -> dict[str, np.ndarray]:
    """Bend the arms into our rest: upper arm and forearm along ours, the hand with the forearm. The surface follows its weights."""
    turns, places, out = {}, {}, dict(bones)
    for side, word in SIDES.items():
        shoulder, elbow, hand = (bones[word + bone] for bone in ("UpperArm", "LowerArm", "Hand"))
        ours = [model.joint(f"{joint}.{side}") for joint in ("upperarm01", "lowerarm01", "wrist")]
        first = swing(elbow - shoulder, ours[1] - ours[0])
        second = swing(first @ (hand - elbow), ours[2] - ours[1]) @ first
        new_elbow = shoulder + first @ (elbow - shoulder)
        new_hand = new_elbow + second @ (hand - elbow)
        for name in names:
            if not name.startswith(word):
                continue
            part = name.removeprefix(word)
            if part == "UpperArm":
                turns[name], places[name] = first, (shoulder, shoulder)
            elif part == "LowerArm":
                turns[name], places[name] = second, (elbow, new_elbow)
            elif part == "Hand" or part.startswith(("Thumb", *FINGERS)):
                turns[name], places[name] = second, (hand, new_hand)
                out[name] = new_hand + second @ (bones[name] - hand)
        out[word + "LowerArm"], out[word + "Hand"] = new_elbow, new_hand
    for surface in surfaces:
        bend(surface, names, turns, places)
    return out


def bend(surface: Surface, names: tuple[str, ...], turns: dict[str, np.ndarray], places: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Linear blend skinning of one surface, once."""
    columns = [k for k, name in enumerate(names) if name in turns]
    share = surface.weights[:, columns].astype(float)
    rows = np.flatnonzero(share.sum(1) > 1e-4)
    if not len(rows):
        return
    share, at = share[rows], surface.points[rows]
    whole = np.eye(3) * (1 - share.sum(1))[:, None, None] + np.einsum("nk,kij->nij", share, np.array([turns[names[k]] for k in columns]))
    moved = at * (1 - share.sum(1, keepdims=True))
    for column, k in enumerate(columns):
        before, after = places[names[k]]
        moved += share[:, column, None] * ((at - before) @ turns[names[k]].T + after)
    surface.points[rows] = moved
    surface.normals[rows] = unit(np.einsum("nij,nj->ni", whole, surface.normals[rows]))
    surface.turns[rows] = whole @ surface.turns[rows]


def swing(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest turn (3, 3) that takes direction a to direction b."""
    a, b = unit(np.asarray(a, float)), unit(np.asarray(b, float))
    axis, cosine = np.cross(a, b), float(a @ b)
    if cosine < -0.999999:
        across = unit(np.cross(a, (1.0, 0, 0) if abs(a[0]) < 0.9 else (0, 1.0, 0)))
        return 2 * np.outer(across, across) - np.eye(3)
    x, y, z = axis
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + skew + skew @ skew / (1 + cosine)


def joint_of(bone: str) -> str | None:
    """Our joint for a human bone."""
    if bone in BODY:
        return BODY[bone]
    for side, word in SIDES.items():
        part = bone.removeprefix(word)
        if part == bone:
            continue
        if part in LIMBS:
            return f"{LIMBS[part]}.{side}"
        for finger, number in (("Thumb", 1), *FINGERS.items()):
            if part.startswith(finger):
                order = ("Metacarpal", "Proximal", "Distal") if finger == "Thumb" else ("Proximal", "Intermediate", "Distal")
                return f"finger{number}-{order.index(part.removeprefix(finger)) + 1}.{side}"
    return None


def joints_of(bones: dict[str, np.ndarray], model: Body) -> np.ndarray:
    """Every joint of the body model (n_joints, 3): where a bone was brought, there; between and beyond, as on our own body."""
    index = {name: k for k, name in enumerate(model.basis.joints)}
    known = {index[joint]: place for bone, place in bones.items() if (joint := joint_of(bone)) in index and joint not in TRUNK}
    if index["neck01"] not in known:
        shoulders = (bones["leftUpperArm"] + bones["rightUpperArm"]) / 2
        known[index["neck01"]] = shoulders * 0.45 + bones["head"] * 0.55
    out = np.full_like(model.heads, np.nan)
    for k, place in known.items():
        out[k] = place
    spans = [("root", "neck01", TRUNK), ("neck01", "head", NECK[1:])]
    for side in SIDES.values():
        s = "L" if side == "left" else "R"
        spans += [
            (f"upperarm01.{s}", f"lowerarm01.{s}", (f"upperarm02.{s}",)),
            (f"lowerarm01.{s}", f"wrist.{s}", (f"lowerarm02.{s}",)),
            (f"upperleg01.{s}", f"lowerleg01.{s}", (f"upperleg02.{s}",)),
            (f"lowerleg01.{s}", f"foot.{s}", (f"lowerleg02.{s}",)),
            ("root", f"upperleg01.{s}", (f"pelvis.{s}",)),
            ("neck01", f"upperarm01.{s}", (f"clavicle.{s}", f"shoulder01.{s}")),
        ]
    for start, end, between in spans:
        a, b, first, last = out[index[start]], out[index[end]], model.joint(start), model.joint(end)
        turn, size = swing(last - first, b - a), np.linalg.norm(b - a) / max(float(np.linalg.norm(last - first)), 1e-6)
        for name in between:
            if np.isnan(out[index[name], 0]):
                out[index[name]] = a + turn @ (model.joint(name) - first) * size
    _ends(out, index, bones, model)
    return out


def _ends(out: np.ndarray, index: dict[str, int], bones: dict[str, np.ndarray], model: Body) -> None:
    """Fingers, toes and eyes that were not brought stand to their wrist, ankle and head as on our own body, to size."""
    for k, name in enumerate(model.basis.joints):
        if not np.isnan(out[k, 0]):
            continue
        above = int(model.basis.parents[k])
        side = name[-1]
        if name.startswith(("finger", "metacarpal")):
            size = np.linalg.norm(out[index[f"wrist.{side}"]] - out[index[f"lowerarm01.{side}"]])
            size /= np.linalg.norm(model.joint(f"wrist.{side}") - model.joint(f"lowerarm01.{side}"))
        elif name.startswith("toe"):
            size = np.linalg.norm(out[index[f"foot.{side}"]] - out[index[f"lowerleg01.{side}"]])
            size /= np.linalg.norm(model.joint(f"foot.{side}") - model.joint(f"lowerleg01.{side}"))
        else:
            size = np.linalg.norm(out[index["head"]] - out[index["neck01"]]) / np.linalg.norm(model.joint("head") - model.joint("neck01"))
        out[k] = out[above] + (model.heads[k] - model.heads[above]) * size
    for side in SIDES:
        brought = bones.get(SIDES[side] + "Toes")
        if brought is not None:  # all toes turn about one line
            for k, name in enumerate(model.basis.joints):
                if name.startswith("toe") and name.endswith("-1." + side):
                    out[k, 1:] = brought[1:]


def to_joints(surface: Surface, names: tuple[str, ...], stance: Stance, model: Body) -> np.ndarray:
    """Weights by human bone -> weights (n, n_joints) float32 by our joints; long bones and the back are shared out along their length."""
    index = {name: k for k, name in enumerate(model.basis.joints)}
    out = np.zeros((len(surface.points), len(index)), np.float32)
    heads, at = stance.heads, surface.points
    for k, bone in enumerate(names):
        share = surface.weights[:, k]
        if not share.any():
            continue
        side = "L" if bone.startswith("left") else "R"
        part = bone.removeprefix("left").removeprefix("right")
        if bone in ("spine", "chest", "upperChest"):
            along(out, share, at[:, 1], [index[name] for name in TRUNK], heads[[index[name] for name in (*TRUNK, "neck01")], 1])
        elif bone == "neck":
            along(out, share, at[:, 1], [index[name] for name in NECK], heads[[index[name] for name in (*NECK, "head")], 1])
        elif part in ("UpperArm", "LowerArm", "UpperLeg", "LowerLeg"):
            joint = LIMBS[part].removesuffix("01")
            low, high = index[f"{joint}01.{side}"], index[f"{joint}02.{side}"]
            end = {"UpperArm": "lowerarm01", "LowerArm": "wrist", "UpperLeg": "lowerleg01", "LowerLeg": "foot"}[part]
            way = heads[index[f"{end}.{side}"]] - heads[low]
            far = smoothstep(0.25, 0.75, (at - heads[low]) @ way / max(float(way @ way), 1e-9))
            out[:, low] += share * (1 - far)
            out[:, high] += share * far
        else:
            joint = {"jaw": "head", "Shoulder": f"shoulder01.{side}", "Toes": f"toe3-1.{side}"}.get(part) or joint_of(bone)
            out[:, index.get(joint or "root", 0)] += share
    return out


def along(out: np.ndarray, share: np.ndarray, y: np.ndarray, joints: list[int], knots: np.ndarray) -> None:
    """Share out weight by height: each point belongs to the two joints between whose middles it lies."""
    middles = (knots[:-1] + knots[1:]) / 2
    place = np.interp(y, middles, np.arange(len(joints)))
    low = np.clip(place.astype(int), 0, len(joints) - 1)
    high = np.minimum(low + 1, len(joints) - 1)
    rows = np.arange(len(out))
    np.add.at(out, (rows, np.array(joints)[low]), share * (1 - (place - low)))
    np.add.at(out, (rows, np.array(joints)[high]), share * (place - low))
