"""A recipe (keys in words) and a body come in; goals over time go out.

A key is a living target: it is worked out against the chest, mouth or knee of each moment, and then keys are blended. Hands are
blended as direction and distance from the shoulder, so they go in arcs.
"""

from copy import copy
from itertools import pairwise
from typing import Any

import numpy as np

from meetagain.motion.blend import ease, humps, key_weights
from meetagain.motion.body import DOWN, FWD, SIDES, Body, X, sign
from meetagain.motion.joints import Segments, attitudes, positions
from meetagain.motion.language import Recipe, curls, direction
from meetagain.motion.solve import Goals, shoulder, trunk
from meetagain.motion.style import Style
from meetagain.motion.turns import Array, axis_angle, euler, frame, mixed, to_quat, unit

FPS = 30
STEP_FROM = 0.03  # leg lengths: a foot that goes farther than this is lifted
STEP_HIGH = 0.075
SOLE_UP = 100  # degrees of pitch
HEAD_MARKS = ("mouth", "eye", "cheek", "ear", "chin", "brow", "nose", "crown")
Track = tuple[list[Any], Array, list[float]]  # values, weights (T, K), times


class Keyed:
    """One clip on one body: tracks by channel, and the small unrest of life."""

    def __init__(self, recipe: Recipe, body: Body, style: Style) -> None:
        self.recipe, self.body, self.style = recipe, body, style
        self.loop_s = recipe.length_s if recipe.loop else 0.0
        self.still = False
        frames = max(1, round(recipe.length_s * FPS) + (0 if recipe.loop else 1))
        self.t = np.arange(frames) / FPS if not recipe.loop else np.arange(frames) * recipe.length_s / frames
        self.tracks: dict[str, Track] = {}
        for channel in sorted({name for key in recipe.keys for name in key} - {"t", "through"}):
            own = [key for key in recipe.keys if channel in key]
            times = [float(key["t"]) for key in own]
            late = self.t - recipe.lag.get(channel.split(".")[0], 0.0)
            feet = channel.startswith("foot")
            weights = key_weights(times, [bool(key.get("through")) for key in own], late, self.loop_s, 0.18 if feet else 0.0)
            self.tracks[channel] = ([key[channel] for key in own], weights, times)

    def instant(self, row: int) -> "Keyed":
        """The still pose of one moment, without unrest."""
        still = copy(self)
        still.still, still.loop_s, still.t = True, 0.0, self.t[[row]]
        still.tracks = {name: (values, weights[[row]], times) for name, (values, weights, times) in self.tracks.items()}
        return still

    def words(self) -> str:
        """What decides where the legs and the trunk of a still pose are, as text."""
        parts = {name: track for name, track in self.tracks.items() if name.split(".")[0] in ("hips", "spine", "foot", "knee")}
        return repr([(name, values, weights.round(3).tolist()) for name, (values, weights, _) in parts.items()])

    def life(self, name: str) -> float:
        """Share of a kind of unrest in this clip."""
        if self.still and name != "stoop":
            return 0.0
        return float(self.recipe.life.get(name, {"breath": 1.0, "sway": 1.0, "shift": 0.3, "stoop": 1.0}[name]))

    # --- goals -------------------------------------------------------------------------------------------------------------------

    def goals(self) -> Goals:
        """Everything the solver wants, over all frames."""
        goals = self.core()
        for side in SIDES:
            goals |= self.foot(goals, side)
            values, weights, _ = self.tracks["fingers." + side]
            goals["curl" + side] = weights @ np.array([curls(v) for v in values], float)
        seg = trunk(self.body, goals)
        attitude = attitudes(self.body, seg)
        position = positions(self.body, attitude, goals["root"])
        for side in SIDES:
            goals |= self.hand(goals, seg, attitude, position, side)
        return goals

    def numbers(self, channel: str, names: tuple[str, ...]) -> dict[str, Array]:
        """Named numbers of a channel over time, 0 where a key is silent."""
        values, weights, _ = self.tracks[channel]
        return {name: weights @ np.array([v.get(name, 0.0) for v in values], float) for name in names}

    def core(self) -> Goals:
        """Hips, chest and head with breath, unrest and stoop."""
        body, leg = self.body, self.body.size["leg"]
        hips = self.numbers("hips", ("high", "fwd", "side", "bend", "tilt", "turn"))
        spine, head = self.numbers("spine", ("bend", "tilt", "turn")), self.numbers("head", ("nod", "tilt", "turn"))
        shift, breath, stoop = self.life("shift"), self.breath(), self.life("stoop") * self.style.stoop_deg
        shake, shrug = self.shake()
        side = hips["side"] + shift * self.unrest(1, 0.012, 0.11)
        fwd = hips["fwd"] + shift * self.unrest(2, 0.006, 0.17)
        pelvis = euler(hips["bend"] + 0.15 * stoop, hips["tilt"] + shift * self.unrest(1, 1.2, 0.11), hips["turn"])
        chest = pelvis @ euler(spine["bend"] + 0.85 * stoop - 1.1 * breath + shake, spine["tilt"], spine["turn"])
        nod = head["nod"] - 0.95 * stoop + 0.6 * breath - 0.4 * shake + self.unrest(3, 0.7, 0.35)
        turn = euler(nod, head["tilt"] + self.unrest(4, 0.5, 0.27), head["turn"] + self.unrest(5, 0.9, 0.31))
        high = hips["high"] * body.size["hip"] + body.size["root_over_hip"] + self.recipe.shake.get("hips", 0.0) * shake * 0.001 * leg
        root = np.stack([side * leg, high, body.head("root")[2] + fwd * leg], -1)
        return {"root": root, "pelvis": pelvis, "chest": chest, "head": chest @ turn, "shrug": shrug + 1.2 * breath}

    def breath(self) -> Array:
        """(T,) -1..1; whole breaths in a loop."""
        hz = self.style.breath_hz * (0.72 if self.life("breath") > 1.4 else 1.0)
        if self.loop_s:
            hz = max(1, round(hz * self.loop_s)) / self.loop_s
        return self.life("breath") * np.sin(2 * np.pi * hz * self.t)

    def unrest(self, seed: int, amount: float, hz: float) -> Array:
        """(T,) slow wandering: three sines with seeded phases, whole turns in a loop, quiet at the ends of a gesture."""
        phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, 3)
        out = np.zeros(len(self.t))
        for k, phase in zip((1.0, 1.7, 2.6), phases, strict=True):
            f = max(1, round(hz * k * self.loop_s)) / self.loop_s if self.loop_s else hz * k
            out += np.sin(2 * np.pi * f * self.t + phase) / k
        if not self.loop_s and len(self.t) > 1:
            out *= ease(self.t / 0.5) * ease((self.t[-1] - self.t) / 0.5)
        return out * amount * self.life("sway") * self.style.sway / 1.9

    def shake(self) -> tuple[Array, Array]:
        """Degrees (T,) of the chest's shaking and of the shoulders' lift while laughing."""
        s = self.recipe.shake
        if not s or self.still:
            return np.zeros(len(self.t)), np.zeros(len(self.t))
        wave = 0.5 - 0.5 * np.cos(2 * np.pi * s["hz"] * (self.t - s["from"]))
        wave = wave ** s.get("sharp", 1.0) * ease((self.t - s["from"]) / 0.25) * ease((s["to"] - self.t) / 0.4)
        return s.get("chest", 0.0) * wave, s.get("shoulders", 0.0) * wave

    # --- feet --------------------------------------------------------------------------------------------------------------------

    def foot(self, goals: Goals, side: str) -> Goals:
        """Ankle, sole and toes of a side over time, and where its knee points."""
        values, weights, _ = self.tracks["foot." + side]
        spots, quats, toes = [], [], []
        for value in values:
            spot, turn, toe = self.foot_key(value, goals, side)
            spots.append(np.broadcast_to(spot, (len(self.t), 3)))
            quats.append(to_quat(np.broadcast_to(turn, (len(self.t), 3, 3))))
            toes.append(to_quat(np.broadcast_to(toe, (len(self.t), 3, 3))))
        ankle = np.einsum("tk,ktc->tc", weights, np.array(spots))
        ankle[:, 1] += self.lifted(side)
        poles, weight, _ = self.tracks.get("knee." + side, (["fwd+.12*out"], np.ones((len(self.t), 1)), [0.0]))
        pole = weight @ np.array([direction(word, side) for word in poles])
        return {
            "ankle" + side: ankle,
            "foot" + side: mixed(weights, np.array(quats)),
            "toes" + side: mixed(weights, np.array(toes)),
            "knee" + side: np.einsum("tij,tj->ti", goals["pelvis"], pole),
        }

    def lifted(self, side: str) -> Array:
        """Height (T,) metres that a foot rises on its way from one spot of the ground to another."""
        values, _, times = self.tracks["foot." + side]
        leg, steps = self.body.size["leg"], [0.0]
        for before, after in pairwise(values):
            far = np.linalg.norm(np.array(after.get("at", [0, 0, 0]), float) - before.get("at", [0, 0, 0]))
            ground = all(v.get("with", "ground") == "ground" for v in (before, after))
            steps.append(leg * float(after.get("step", STEP_HIGH if ground and far > STEP_FROM else 0.0)))
        return humps(times, steps, self.t) if len(self.t) > 1 else np.zeros(1)

    def stands(self, side: str) -> Array:
        """Whether the foot rests on one spot of the ground, by frame (T,)."""
        values, weights, _ = self.tracks["foot." + side]
        spots = np.array([v.get("at", [0, 0, 0]) if v.get("with", "ground") == "ground" else [0, 1, 0] for v in values], float)
        angles = np.array([[v.get("yaw", 6), v.get("pitch", 0), v.get("roll", 0)] for v in values], float)
        spot = np.concatenate([weights @ spots, weights @ angles / 60], 1)
        quiet = np.abs(np.gradient(spot, axis=0)).max(1) < 1e-4 if len(spot) > 1 else np.ones(len(spot), bool)
        return quiet & (spot[:, 1] < 0.06) & (self.lifted(side) < 1e-3)

    def foot_key(self, value: dict[str, Any], goals: Goals, side: str) -> tuple[Array, Array, Array]:
        """Ankle place, foot and toe attitude of one key: on the ground about heel or ball, or carried by the hips."""
        body, leg = self.body, self.body.size["leg"]
        out, up, fwd = (float(x) * leg for x in value.get("at", (0, 0, 0)))
        yaw, pitch = value.get("yaw", 6), value.get("pitch", 0)
        flat = euler(0, 0, sign(side) * yaw)
        turn = flat @ axis_angle(FWD, np.radians(-sign(side) * value.get("roll", 0))) @ axis_angle(X, np.radians(pitch))
        ankle = body.rest["ankle" + side]
        if value.get("with") == "hips":  # a straight leg is [0, 0, 0]
            hip = body.head("upperleg01." + side) - body.head("root")
            turn = goals["pelvis"] @ turn
            return goals["root"] + goals["pelvis"] @ (hip + np.array([sign(side) * out, up - leg, fwd])), turn, turn
        spot = np.array([sign(side) * (0.82 * body.size["half_hips"] + out), up, fwd])
        if pitch >= SOLE_UP:  # the top of the foot lies on the ground: the spot is the ankle's
            points = body.rig.points[body.touching["ankle" + side]] - ankle
            return spot * [1, 0, 1] + [0, up - float((points @ turn.T)[:, 1].min()), 0], turn, turn
        pivot = body.rest[("ball" if pitch > 0 else "heel") + side]
        at = spot + [0, pivot[1], ankle[2]] + flat @ ((pivot - ankle) * [1, 0, 1]) + turn @ (ankle - pivot)
        return at, turn, flat if 0 < pitch < 75 else turn

    # --- hands -------------------------------------------------------------------------------------------------------------------

    def hand(self, goals: Goals, seg: Segments, attitude: Array, position: Array, side: str) -> Goals:
        """Wrist, hand attitude and elbow direction of a side over time."""
        values, weights, _ = self.tracks["hand." + side]
        hang, frames = shoulder(self.body, seg, goals["root"], side), len(self.t)
        lines, quats, poles = [], [], []
        for value in values:
            if "at" in value:
                wrist, turn, pole = self.reach(value, goals, attitude, position, side)
            else:
                wrist, turn, pole = self.free(value, seg["chest"], hang, side)
            lines.append(np.broadcast_to(wrist - hang, (frames, 3)))
            quats.append(to_quat(np.broadcast_to(turn, (frames, 3, 3))))
            poles.append(np.broadcast_to(pole, (frames, 3)))
        line = np.einsum("tk,ktc->tc", weights, np.array(lines))
        radius = np.einsum("tk,kt->t", weights, np.linalg.norm(lines, axis=-1))
        far = 0.65 * radius + 0.35 * np.linalg.norm(line, axis=-1)
        pole = np.einsum("tk,ktc->tc", weights, np.array(poles))
        return {"wrist" + side: hang + unit(line) * far[:, None], "hand" + side: mixed(weights, np.array(quats)), "elbow" + side: pole}

    def free(self, value: dict[str, Any], chest: Array, hang: Array, side: str) -> tuple[Array, Array, Array]:
        """An arm by its angles: fwd, out, turn (inward), elbow, palm (turned back), wrist (flexed)."""
        k, body = sign(side), self.body
        angle = {name: np.radians(value.get(name, usual)) for name, usual in zip(sorted(FREE_USUAL), FREE_USUAL.values(), strict=True)}
        up = axis_angle(X, -angle["fwd"]) @ axis_angle(FWD, k * angle["out"]) @ axis_angle((0, 1, 0), -k * angle["turn"])
        fore = up @ axis_angle(X, -angle["elbow"])
        hand = fore @ axis_angle((0, 1, 0), -k * angle["palm"]) @ axis_angle(FWD, -k * angle["wrist"])
        reach = (up @ DOWN) * body.size["upper" + side] + (fore @ DOWN) * body.size["fore" + side]
        return hang + chest @ reach, chest @ hand, chest @ (up @ -FWD)

    def reach(self, value: dict[str, Any], goals: Goals, attitude: Array, position: Array, side: str) -> tuple[Array, Array, Array]:
        """A hand brought to a place: a landmark, the ground under the hips, or the chest and hips themselves."""
        body, name = self.body, value["at"]
        at, axes = self.place(name, goals, attitude, position, side)
        spot = at + axes @ (np.array(value.get("by", (0, 0, 0)), float) * body.size["arm"] * [sign(side), 1, 1])
        usual = "head" if name in HEAD_MARKS else "chest"
        look = (
            np.eye(3)[None] if value.get("in") == "world" else goals[{"hips": "pelvis"}.get(value.get("in", usual), value.get("in", usual))]
        )
        point, palm = direction(value.get("point", "fwd"), side), direction(value.get("palm", "in"), side)
        hand = look @ (frame(point, palm) @ frame(DOWN, -sign(side) * X).T)
        wrist = spot - hand @ (body.fit["hand" + side] @ body.rest[f"{value.get('touch', 'palm')}{side}.touch"])
        return wrist, hand, goals["chest"] @ direction(value.get("elbow", "down+.6*out+.3*back"), side)

    def place(self, name: str, goals: Goals, attitude: Array, position: Array, side: str) -> tuple[Array, Array]:
        """Where a named place is (T, 3) and the axes (T or 1, 3, 3) in which offsets from it are meant."""
        if name == "ground":
            return goals["root"] * [1, 0, 1], np.eye(3)[None]
        joint, rest = self.body.marks.get(name) or self.body.marks[f"{name}.{side}"]
        k = self.body.at[joint]
        at = position[:, k] + (attitude[:, k] @ (rest - self.body.heads[k]))
        if name in HEAD_MARKS:
            return at, goals["head"]
        if name in ("knee", "thigh"):
            return at, np.eye(3)[None]
        return at, goals["pelvis"] if joint == "root" else goals["chest"]

    def face(self) -> dict[str, Array]:
        """ARKit weights over time (T,) by name: what the body needs of the face."""
        if "face" not in self.tracks:
            return {}
        values, weights, _ = self.tracks["face"]
        names = sorted({name for value in values for name in value})
        return {name: np.clip(weights @ np.array([v.get(name, 0.0) for v in values]), 0, 1) for name in names}


FREE_USUAL = dict(sorted({"fwd": 0.0, "out": 8.0, "turn": 0.0, "elbow": 14.0, "palm": 20.0, "wrist": 4.0}.items()))
