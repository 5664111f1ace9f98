"""A rig comes in; a body goes out whose limbs are named segments with one canonical attitude, the same numbers on everybody.

In the canonical attitude (identity for each segment) a person stands straight, arms hanging, palms on the thighs. The `fit` of
a limb is the turn that takes the rig's rest limb there.
"""

from functools import cached_property

import numpy as np

from meetagain.motion.turns import Array, frame, unit
from meetagain.motion.vrm import Rig

X, UP, FWD = np.array([1.0, 0, 0]), np.array([0.0, 1, 0]), np.array([0.0, 0, 1])
DOWN = -UP
SIDES = ("L", "R")
HAND = ("wrist", "finger", "metacarpal")
FOOT = ("foot", "toe")
ARM = ("upperarm", "lowerarm", *HAND)


def sign(side: str) -> float:
    """+1 on the left (+X), -1 on the right."""
    return 1.0 if side == "L" else -1.0


class Body:
    """A rig with limb lengths in metres, fits, and small samples of its surface for the contact passes."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.names, self.parents, self.heads = rig, rig.names, rig.parents, rig.heads
        self.at = {name: k for k, name in enumerate(rig.names)}
        self.height = rig.height_m
        self.owner = rig.joints[np.arange(len(rig.points)), rig.weights.argmax(1)]
        self.fit: dict[str, Array] = {}
        self.size: dict[str, float] = {}
        self.rest: dict[str, Array] = {}
        self.heights: dict[str, float] = {}  # found resting heights, by pose
        self._skinning: dict[bytes, tuple[Array, Array]] = {}
        for side in SIDES:
            self._fit_leg(side)
            self._fit_arm(side)
            self._fit_hand(side)
        self._measure()

    def head(self, name: str) -> Array:
        """Rest position (3,) of a joint."""
        return self.heads[self.at[name]]

    def owned(self, prefixes: tuple[str, ...], side: str = "") -> Array:
        """Indices of the surface points whose strongest joint has one of these name beginnings."""
        yes = [name.startswith(prefixes) and name.endswith(side) for name in self.names]
        return np.flatnonzero(np.array(yes)[self.owner])

    def _limb(self, segment: str, vector: Array, hinge: Array, canon: Array) -> None:
        self.fit[segment] = frame(DOWN, canon) @ frame(vector, hinge).T
        self.size[segment] = float(np.linalg.norm(vector))
        self.rest[segment] = unit(vector)

    def _fit_leg(self, side: str) -> None:
        hip, knee, ankle = (self.head(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot"))
        self._limb("thigh" + side, knee - hip, X, X)
        self._limb("shank" + side, ankle - knee, X, X)
        foot = self.rig.points[self.owned(FOOT, "." + side)]
        toe = np.mean([self.head(f"toe{k}-1.{side}") for k in range(1, 6)], axis=0)
        self.rest["ankle" + side] = ankle
        self.rest["heel" + side] = np.array([ankle[0], 0, foot[:, 2].min()])
        self.rest["ball" + side] = toe  # the toes' own axis, above the sole
        self.rest["tip" + side] = np.array([toe[0], 0, foot[:, 2].max()])

    def _fit_arm(self, side: str) -> None:
        shoulder, elbow, wrist = (self.head(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist"))
        hinge = np.cross(elbow - shoulder, wrist - elbow)
        self._limb("upper" + side, elbow - shoulder, hinge, -X)
        self._limb("fore" + side, wrist - elbow, hinge, -X)

    def _fit_hand(self, side: str) -> None:
        """Hand: along from the wrist to the middle knuckle, across from index to little finger; spots that touch things."""
        wrist = self.head("wrist." + side)
        knuckles = [self.head(f"finger{k}-1.{side}") for k in (2, 3, 4, 5)]
        along, across = unit(knuckles[1] - wrist), knuckles[3] - knuckles[0]
        normal = unit(np.cross(along, across)) * -sign(side)
        self.fit["hand" + side] = frame(DOWN, -FWD) @ frame(along, across).T
        self.rest["palm" + side] = normal
        self.rest["curl" + side] = unit(np.cross(along, normal))
        thumb = self.head("finger1-3." + side) - self.head("finger1-1." + side)
        goal = self.head("finger5-1." + side) + normal * 0.02 - self.head("finger1-1." + side)
        self.rest["thumb" + side] = unit(np.cross(thumb, goal))
        tip = 2 * self.head("finger2-3." + side) - self.head("finger2-2." + side)
        thumb_tip = 1.7 * self.head("finger1-3." + side) - 0.7 * self.head("finger1-2." + side)
        middle, thick = knuckles[1] * 0.6 + wrist * 0.4, 0.0095 * self.height
        spots = {"palm": middle + normal * thick, "back": middle - normal * thick, "tip": tip, "wrist": wrist, "knuckle": knuckles[0]}
        spots |= {"pinch": (tip + thumb_tip) / 2, "fingers": self.head("finger3-2." + side) + normal * 0.5 * thick}
        for name, spot in spots.items():
            self.rest[f"{name}{side}.touch"] = spot - wrist

    def _measure(self) -> None:
        for side in SIDES:
            self.size["arm" + side] = self.size["upper" + side] + self.size["fore" + side]
            self.size["leg" + side] = self.size["thigh" + side] + self.size["shank" + side]
        hip, root = self.head("upperleg01.L"), self.head("root")
        self.size["leg"], self.size["arm"] = self.size["legL"], self.size["armL"]
        self.size["ankle"] = float(self.head("foot.L")[1])
        self.size["hip"] = self.size["leg"] + self.size["ankle"]  # hip joint above the floor when standing straight
        self.size["root_over_hip"] = float(root[1] - hip[1])
        self.size["half_hips"] = float(hip[0])

    @cached_property
    def marks(self) -> dict[str, tuple[str, Array]]:
        """Places hands reach for: the likeness's landmarks and a few made here; name or name.L -> joint, rest position."""
        out = {}
        for name, mark in self.rig.landmarks.items():
            out[name[:-2] + "." + name[-1].upper() if name[-2:] in ("_l", "_r") else name] = mark
        skin = self.rig.points
        for side in SIDES:
            hip, knee = self.head("upperleg01." + side), self.head("lowerleg01." + side)
            middle = hip * 0.4 + knee * 0.6
            near = skin[(np.abs(skin[:, 1] - middle[1]) < 0.02) & (np.abs(skin[:, 0] - middle[0]) < 0.03)]
            front = near[:, 2].max() if len(near) else middle[2] + 0.05
            out["thigh." + side] = ("upperleg02." + side, np.array([middle[0], middle[1], front]))
            out["shoulder." + side] = ("spine01", self.head("upperarm01." + side))
        return out | {"hips": ("root", self.head("root"))}

    def sample(self, indices: Array, count: int) -> Array:
        """About `count` of these points, spread evenly (farthest first); the same ones each time."""
        if len(indices) <= count:
            return indices
        points = self.rig.points[indices]
        far = np.linalg.norm(points - points[0], axis=1)
        chosen = [0]
        for _ in range(count - 1):
            chosen.append(int(far.argmax()))
            far = np.minimum(far, np.linalg.norm(points - points[chosen[-1]], axis=1))
        return indices[chosen]

    def skinning(self, which: Array) -> tuple[Array, Array]:
        """For points by index: the joints that move them, and (n, 4 * n_used) shares of those joints' axes and places."""
        key = which.tobytes()
        if key not in self._skinning:
            joints, weights = self.rig.joints[which], self.rig.weights[which]
            used = np.unique(joints[weights > 0])
            out = np.zeros((len(which), len(used), 4))
            for k in range(joints.shape[1]):
                rows = np.flatnonzero(weights[:, k] > 0)
                rel = np.c_[self.rig.points[which[rows]] - self.heads[joints[rows, k]], np.ones(len(rows))]
                np.add.at(out, (rows, np.searchsorted(used, joints[rows, k])), weights[rows, k, None] * rel)
            self._skinning[key] = (used, out.reshape(len(which), -1))
        return self._skinning[key]

    @cached_property
    def touching(self) -> dict[str, Array]:
        """Samples of the surface: 'ankleL' (sole and shoe), 'wristL' (hand), 'root' (trunk and legs), 'solid' (what hands must not enter)."""
        out = {}
        for side in SIDES:
            out["ankle" + side] = self.sample(self.owned(FOOT, "." + side), 70)
            out["wrist" + side] = self.sample(self.owned(HAND, "." + side), 60)
        out["root"] = self.sample(self.owned(("root", "pelvis", "spine", "upperleg", "lowerleg")), 300)
        solid = self.owned(("root", "pelvis", "spine", "upperleg", "head", "neck", "clavicle"))
        inside = self.rig.weights[solid] * np.isin(self.rig.joints[solid], [k for k, n in enumerate(self.names) if n.startswith(ARM)])
        out["solid"] = self.sample(solid[inside.sum(1) < 0.15], 900)
        skull = [k for k, name in enumerate(self.names) if name.startswith(("head", "neck", "eye"))]
        out["trunk"] = out["solid"][~np.isin(self.owner[out["solid"]], skull)]
        return out

    @cached_property
    def measured(self) -> dict[str, Array]:
        """Larger samples for the figures: 'all' of the surface, 'soleL' and 'soleR'."""
        soles = {"sole" + side: self.sample(self.owned(FOOT, "." + side), 250) for side in SIDES}
        return soles | {"all": self.sample(np.arange(len(self.rig.points)), 600)}
