"""Segment attitudes over time come in; joint attitudes, joint positions and moved surface points go out."""

import numpy as np

from meetagain.motion.body import DOWN, SIDES, Body
from meetagain.motion.turns import Array, axis_angle, flipped, parts, twist_of, unit

SPINE = {"spine05": 0.12, "spine04": 0.32, "spine03": 0.54, "spine02": 0.78, "spine01": 1.0}
NECK = {"neck01": 0.2, "neck02": 0.42, "neck03": 0.68, "head": 1.0}
BENDS = {1: (0.45, 0.5, 0.6), 2: (1.25, 1.5, 0.9), 3: (1.25, 1.5, 0.9), 4: (1.25, 1.5, 0.9), 5: (1.25, 1.5, 0.9)}  # radians at a full curl
Segments = dict[str, Array]  # pelvis chest head, and with a side: girdle upper fore hand thigh shank foot toes (T, 3, 3), curl (T, 5)


def attitudes(body: Body, seg: Segments) -> Array:
    """World attitude (T, n_joints, 3, 3) of every joint."""
    done = dict(zip(SPINE, parts(seg["pelvis"], seg["chest"], tuple(SPINE.values())), strict=True))
    done |= dict(zip(NECK, parts(seg["chest"], seg["head"], tuple(NECK.values())), strict=True))
    done |= {"root": seg["pelvis"], "pelvis.L": seg["pelvis"], "pelvis.R": seg["pelvis"]}
    for side in SIDES:
        done |= arm(body, seg, side) | leg(body, seg, side) | fingers(body, seg, side)
    out = np.empty((len(seg["pelvis"]), len(body.names), 3, 3))
    for k, name in enumerate(body.names):
        out[:, k] = done[name] if name in done else out[:, body.parents[k]]
    return out


def arm(body: Body, seg: Segments, side: str) -> dict[str, Array]:
    """Collar bone to wrist; the twist of arm and wrist is spread over the split bones."""
    girdle = seg["girdle" + side]
    done = {"clavicle." + side: parts(seg["chest"], girdle, (0.8,))[0], "shoulder01." + side: girdle}
    done["upperarm01." + side], done["upperarm02." + side] = untwisted(body, seg, "upper" + side, girdle)
    fore, hand = seg["fore" + side] @ body.fit["fore" + side], seg["hand" + side] @ body.fit["hand" + side]
    axis = body.rest["fore" + side]
    turn = np.unwrap(twist_of(flipped(fore) @ hand, axis))
    done["lowerarm01." + side], done["lowerarm02." + side] = fore @ axis_angle(axis, 0.3 * turn), fore @ axis_angle(axis, 0.7 * turn)
    return done | {"wrist." + side: hand}


def leg(body: Body, seg: Segments, side: str) -> dict[str, Array]:
    """Hip to toes."""
    done = {"foot." + side: seg["foot" + side]}
    done["upperleg01." + side], done["upperleg02." + side] = untwisted(body, seg, "thigh" + side, seg["pelvis"])
    done["lowerleg01." + side] = done["lowerleg02." + side] = seg["shank" + side] @ body.fit["shank" + side]
    return done | {f"toe{k}-1.{side}": seg["toes" + side] for k in range(1, 6)}


def untwisted(body: Body, seg: Segments, name: str, base: Array) -> tuple[Array, Array]:
    """Upper and lower half of a split limb bone: the upper half takes half of the twist about its length."""
    full = seg[name] @ body.fit[name]
    axis = unit(body.fit[name].T @ DOWN)
    turn = np.unwrap(twist_of(flipped(base) @ full, axis))
    return full @ axis_angle(axis, -0.5 * turn), full


def fingers(body: Body, seg: Segments, side: str) -> dict[str, Array]:
    """Finger joints from curls (T, 5), thumb to little: 0 flat, 1 a fist."""
    done, curl = {}, seg["curl" + side]
    hand = seg["hand" + side] @ body.fit["hand" + side]
    for finger, bends in BENDS.items():
        axis = body.rest[("thumb" if finger == 1 else "curl") + side]
        for joint in (1, 2, 3):
            done[f"finger{finger}-{joint}.{side}"] = hand @ axis_angle(axis, curl[:, finger - 1] * sum(bends[:joint]))
    return done


def positions(body: Body, attitude: Array, root: Array) -> Array:
    """Joint positions (T, n_joints, 3) in metres from attitudes and the path of the root (T, 3)."""
    out = np.empty(attitude.shape[:3])
    for k, parent in enumerate(body.parents):
        out[:, k] = root if parent < 0 else out[:, parent] + attitude[:, parent] @ (body.heads[k] - body.heads[parent])
    return out


def moved(body: Body, which: Array, attitude: Array, position: Array) -> Array:
    """Surface points by index, moved with their joints (linear blend skinning): (T, len(which), 3) metres."""
    used, shares = body.skinning(which)
    maps = np.concatenate([np.swapaxes(attitude[:, used], -1, -2), position[:, used, None]], 2).reshape(len(attitude), -1, 3)
    return np.matmul(shares, maps)


def turned(body: Body, which: Array, attitude: Array) -> Array:
    """Normals of surface points by index, turned with their strongest joint: (T, len(which), 3)."""
    used, back = np.unique(body.owner[which], return_inverse=True)
    shares = np.zeros((len(which), len(used), 3))
    shares[np.arange(len(which)), back] = body.rig.normals[which]
    maps = np.swapaxes(attitude[:, used], -1, -2).reshape(len(attitude), -1, 3)
    return np.matmul(shares.reshape(len(which), -1), maps)


def local(body: Body, attitude: Array) -> Array:
    """World attitudes -> turns against the parent, as nodes with a translation-only rest want them."""
    out = attitude.copy()
    for k, parent in enumerate(body.parents):
        if parent >= 0:
            out[:, k] = flipped(attitude[:, parent]) @ attitude[:, k]
    return out
