"""A gait's numbers and a body come in; one stride as a loop goes out, feet pinned to the ground by heel and ball.

The curves are hand-entered control points of the textbook sagittal pattern (percent of a stride, degrees), as short Fourier series.
"""

import numpy as np
from scipy.interpolate import CubicSpline

from meetagain.motion.blend import ease
from meetagain.motion.body import FWD, SIDES, Body, X, sign
from meetagain.motion.joints import Segments
from meetagain.motion.solve import Goals, trunk
from meetagain.motion.style import Gait
from meetagain.motion.turns import Array, axis_angle, euler

FPS = 30
GRAVITY = 9.81
WALK = {
    "knee": [(0, 6), (7, 13), (14, 18), (22, 15), (32, 8), (40, 6), (50, 13), (60, 38), (68, 58), (73, 62), (80, 52), (88, 25), (95, 7)],
    "foot": [(0, -20), (7, -3), (12, 0), (30, 0), (38, 4), (46, 18), (54, 38), (62, 60), (70, 53), (80, 20), (88, -7), (95, -19)],
}
RUN = {
    "knee": [(0, 20), (8, 34), (15, 40), (25, 28), (35, 16), (42, 28), (52, 72), (62, 100), (70, 96), (80, 58), (90, 22)],
    "foot": [(0, -6), (6, 0), (12, 0), (20, 8), (28, 36), (36, 60), (46, 74), (58, 72), (70, 42), (82, 6), (92, -8)],
}
LONGEST_STEP = 0.80  # leg lengths: more than this a body's legs do not give
ROLL_DEG = np.arange(-40.0, 90.5, 0.5)
TOUCH_RUN = 0.37
TOUCH = 0.47  # share of the stance travel that the foot touches down ahead of the hips


def fourier(points: list[tuple[int, int]], phase: Array, order: int = 6) -> Array:
    """A periodic cubic through control points, cut to `order` harmonics, at phases (T,) in strides."""
    x, y = np.array(points, float).T
    x = x / 100
    grid = np.arange(128) / 128
    curve = CubicSpline(np.append(x, x[0] + 1), np.append(y, y[0]), bc_type="periodic")
    c = np.fft.rfft(curve(np.where(grid < x[0], grid + 1, grid)))[: order + 1] / 128
    k = np.arange(order + 1)
    return np.real(np.where(k == 0, 1, 2) * c * np.exp(2j * np.pi * np.outer(phase, k))).sum(1)


class Stride:
    """One stride on one body. The hips stay over a fixed line; the clip's speed says how far a loop carries the person."""

    def __init__(self, body: Body, gait: Gait) -> None:
        self.body = body
        stride = min(gait.speed_m_s / gait.cadence_hz, 2 * LONGEST_STEP * body.size["leg"] * (1.5 if gait.run else 1.0))
        self.gait, self.stride_m, self.speed_m_s = gait, stride, stride * gait.cadence_hz
        self.length_s = 1 / gait.cadence_hz
        self.frames = round(2 * FPS / gait.cadence_hz)
        self.phase = np.arange(self.frames) / self.frames
        self.rolling = {side: rolling(body, side) for side in SIDES}
        self.stretch = float(np.clip(stride / 2 / (LONGEST_STEP * body.size["leg"]), 0.5, 1.2))

    def solved(self) -> tuple[Segments, Array, dict[str, Array]]:
        """Segments, root path (T, 3) and where feet are planted (T,) by side."""
        feet = {side: self.swing(side, self.phase + (0.5 if side == "R" else 0.0)) for side in SIDES}
        goals = self.core(feet)
        for side in SIDES:
            goals |= self.foot(goals, feet, side) | self.arm(goals, side)
        seg = trunk(self.body, goals)
        free = {side: {name + side: goals[name + side] for name in ("upper", "fore", "hand")} for side in SIDES}
        for side in SIDES:
            seg |= free[side]
        return seg, goals["root"], {side: feet[side][2] for side in SIDES}

    # --- feet --------------------------------------------------------------------------------------------------------------------

    def planted(self, phase: Array, side: str) -> tuple[Array, Array, Array]:
        """Ankle (T, 3) rolling over heel and ball while the ground carries it back, pitch in degrees, and whether it stands."""
        body, gait = self.body, self.gait
        u = phase % 1
        pitch = fourier((RUN if gait.run else WALK)["foot"], phase)
        pitch = pitch * np.where(pitch > 0, 0.5 + 0.5 * self.stretch, self.stretch)
        stands = u < gait.duty
        rolled = np.stack([np.interp(pitch, ROLL_DEG, self.rolling[side][:, k]) for k in range(3)], -1)
        ahead = self.stride_m * (gait.duty * (TOUCH_RUN if gait.run else TOUCH) - u)
        return rolled + FWD * (ahead - body.rest["ankle" + side][2])[:, None], pitch, stands

    def swing(self, side: str, phase: Array) -> tuple[Array, Array, Array]:
        """The whole path of an ankle: planted, then a swing with matched speeds at both ends that clears the floor."""
        body, gait = self.body, self.gait
        path, pitch, stands = self.planted(phase, side)
        ends = self.planted(np.array([gait.duty - 1e-3, gait.duty - 2e-3, 1e-4, 1e-3]), side)[0]
        leave, speed, land, slow = ends[0], (ends[0] - ends[1]) / 1e-3, ends[2], (ends[3] - ends[2]) / 9e-4
        share = 1 - gait.duty
        x = np.clip((phase % 1 - gait.duty) / share, 0, 1)[:, None]
        air = (2 * x**3 - 3 * x**2 + 1) * leave + (x**3 - 2 * x**2 + x) * speed * share
        air = air + (-2 * x**3 + 3 * x**2) * land + (x**3 - x**2) * slow * share
        x = x[:, 0]
        rise = (0.30 if gait.run else 0.028) * body.size["leg"] * gait.lift
        hump = np.sin(np.pi * np.clip(x**0.75 if gait.run else x, 0, 1)) ** 2
        air[:, 1] += rise * hump
        air[:, 1] += self.too_low(air[:, 1], pitch, side, 0.006 * np.sin(np.pi * x) ** 2)
        return np.where(stands[:, None], path, air), pitch, stands

    def too_low(self, height: Array, pitch: Array, side: str, clear: Array) -> Array:
        """How far heel, ball or toe tip would dip under the floor in swing (T,)."""
        body, need = self.body, np.zeros(len(height))
        turn, toes = axis_angle(X, np.radians(pitch)), axis_angle(X, np.radians(toe_pitch(pitch, 1.0)))
        joint = (turn @ (body.rest["ball" + side] - body.rest["ankle" + side]))[:, 1]
        ball = (turn @ (body.rest["ball" + side] * [1, 0, 1] - body.rest["ankle" + side]))[:, 1]
        heel = (turn @ (body.rest["heel" + side] - body.rest["ankle" + side]))[:, 1]
        tip = joint + (toes @ (body.rest["tip" + side] - body.rest["ball" + side]))[:, 1]
        for low in (ball, heel, tip):
            need = np.maximum(need, clear - height - low)
        return need

    def foot(self, goals: Goals, feet: dict[str, tuple[Array, Array, Array]], side: str) -> Goals:
        """Ankle, sole, toes and knee of a side."""
        path, pitch, stands = feet[side]
        u = (self.phase + (0.5 if side == "R" else 0.0)) % 1
        air = ease((u - self.gait.duty) / 0.12)
        table = self.rolling[side][:, 2] - self.body.rest["ankle" + side][2]
        first, last = (np.interp(pitch[k], ROLL_DEG, table) for k in (np.argmin(u), np.argmax(np.where(stands, u, -1))))
        glide = last + (first - last) * ease((u - self.gait.duty) / (1 - self.gait.duty))
        rolled = np.where(stands, np.interp(pitch, ROLL_DEG, table), glide)  # a foot that points outward rolls outward
        across = sign(side) * (self.step_width() + np.tan(np.radians(self.gait.toe_out)) * rolled)
        yaw = euler(0, 0, sign(side) * self.gait.toe_out)
        knee = goals["pelvis"] @ (FWD + 0.10 * sign(side) * X)
        return {
            "ankle" + side: np.stack([across, path[:, 1], path[:, 2]], -1),
            "foot" + side: yaw @ axis_angle(X, np.radians(pitch)),
            "toes" + side: yaw @ axis_angle(X, np.radians(toe_pitch(pitch, air))),
            "knee" + side: knee,
        }

    def step_width(self) -> float:
        """Distance of an ankle from the line of travel, metres."""
        return self.body.size["half_hips"] * self.gait.width * 0.75

    # --- trunk -------------------------------------------------------------------------------------------------------------------

    def core(self, feet: dict[str, tuple[Array, Array, Array]]) -> Goals:
        """Hips, chest and head."""
        body, gait, t, leg = self.body, self.gait, self.phase, self.body.size["leg"]
        lateral = gait.sway * (0.006 if gait.run else 0.018) * leg * np.sin(2 * np.pi * (t - 0.07))
        turn = gait.sway * (7 if gait.run else 5) * -np.cos(2 * np.pi * t)
        listing = gait.sway * (3 if gait.run else 4) * -np.sin(2 * np.pi * (t + 0.02))
        pelvis = euler((4 if gait.run else 1) + gait.stoop * 0.3, listing, turn)
        offset = {side: pelvis @ (body.head("upperleg01." + side) - body.head("root")) for side in SIDES}
        root = np.stack([lateral, np.zeros(self.frames), np.full(self.frames, body.head("root")[2])], -1)
        root[:, 1] = self.height(feet, offset, root)
        chest = euler(gait.stoop + (6 if gait.run else 0), -listing * 0.35, -turn * (1.3 if gait.run else 0.9))
        nod = gait.nod + gait.stoop * 0.15 + (1.6 if gait.run else 1.0) * np.cos(4 * np.pi * t)
        return {"root": root, "pelvis": pelvis, "chest": chest, "head": euler(nod, 0.25 * listing, -turn * 0.12)}

    def height(self, feet: dict[str, tuple[Array, Array, Array]], offset: dict[str, Array], root: Array) -> Array:
        """Height of the root (T,): what the standing leg's knee angle asks for; in a run a flight between the steps."""
        want, share = np.zeros(self.frames), np.zeros(self.frames)
        for side in SIDES:
            path, _, stands = feet[side]
            phase = self.phase + (0.5 if side == "R" else 0.0)
            length = self.leg_length(phase, side)
            far = path[:, 2] - (root[:, 2] + offset[side][:, 2])
            across = self.step_width() - self.body.size["half_hips"]
            high = path[:, 1] + np.sqrt(np.maximum(length**2 - far**2 - across**2, 0.05)) - offset[side][:, 1]
            weight = np.where(stands, np.sin(np.pi * np.clip(phase % 1 / self.gait.duty, 0, 1)) ** 1.2 + 1e-3, 0)
            want, share = want + weight * high, share + weight
        if self.gait.run:
            y = self.flight(want[share > 0.3] / share[share > 0.3])
            return y - max(0.0, float((y - self.highest(feet, offset, root)).max()))
        c = np.fft.rfft(want / np.maximum(share, 1e-9))
        keep = np.zeros_like(c)
        keep[0], keep[2], keep[4] = c[0], c[2] * self.gait.bounce, c[4] * self.gait.bounce * 0.6
        y = np.fft.irfft(keep, self.frames) - 0.003 * self.body.size["leg"]
        y += self.gait.skip * 0.012 * self.body.size["leg"] * np.cos(2 * np.pi * (self.phase - 0.3))
        return self.within_reach(y, feet, offset, root)

    def leg_length(self, phase: Array, side: str) -> Array:
        """Hip to ankle (T,) at the knee angle of the curve."""
        knee = np.radians(np.maximum(fourier((RUN if self.gait.run else WALK)["knee"], phase), 6))
        upper, lower = self.body.size["thigh" + side], self.body.size["shank" + side]
        return np.sqrt(upper**2 + lower**2 + 2 * upper * lower * np.cos(knee))

    def flight(self, standing: Array) -> Array:
        """Root height of a run: a soft dip while a foot carries, a free fall's arc while none does."""
        gait, leg = self.gait, self.body.size["leg"]
        fly_s = (0.5 - gait.duty) / gait.cadence_hz
        rise = GRAVITY * fly_s**2 / 8 * gait.bounce
        wave = -np.cos(4 * np.pi * (self.phase - gait.duty / 2))
        skip = gait.skip * 0.02 * leg * np.cos(2 * np.pi * (self.phase - gait.duty / 2 - 0.25))
        return standing.mean() + (0.020 * leg * gait.bounce + rise) * wave + skip

    def within_reach(self, y: Array, feet: dict[str, tuple[Array, Array, Array]], offset: dict[str, Array], root: Array) -> Array:
        """Lowers the hips softly where a planted leg would have to be longer than it is."""
        top = self.highest(feet, offset, root)
        bump = np.exp(-0.5 * (np.arange(-self.frames // 2, self.frames // 2) / (0.03 * self.frames)) ** 2)
        soft = np.fft.fft(np.fft.ifftshift(bump / bump.sum()))
        for _ in range(4):
            y = np.real(np.fft.ifft(np.fft.fft(np.minimum(y, top)) * soft))
        return y - max(0.0, float((y - top).max())) * 0.7

    def highest(self, feet: dict[str, tuple[Array, Array, Array]], offset: dict[str, Array], root: Array) -> Array:
        """Height of the root (T,) that the planted legs reach; no limit where no foot stands."""
        top = np.full(self.frames, np.inf)
        for side in SIDES:
            path, _, stands = feet[side]
            across = sign(side) * self.step_width() - root[:, 0] - offset[side][:, 0]
            square = (path[:, 2] - root[:, 2] - offset[side][:, 2]) ** 2 + across**2
            high = path[:, 1] + np.sqrt(np.maximum((0.992 * self.body.size["leg"]) ** 2 - square, 0.01)) - offset[side][:, 1]
            top = np.minimum(top, np.where(stands, high, np.inf))
        return top

    # --- arms --------------------------------------------------------------------------------------------------------------------

    def arm(self, goals: Goals, side: str) -> Goals:
        """Arms swing against the legs; a share of open_arms lifts and spreads them."""
        gait, t, k, o = self.gait, self.phase, sign(side), self.gait.open_arms
        back = np.cos(2 * np.pi * (t + (0.5 if side == "R" else 0.0) - 0.02))
        base, most = (6, 32) if gait.run else (3, 18)
        fwd = (base - most * gait.arm_swing * back) * (1 - o) + o * (58 + 6 * np.sin(4 * np.pi * t))
        out = (24 if gait.run else 16.5) * (1 - o) + o * (58 + 5 * np.sin(4 * np.pi * (t + 0.05)))
        rest = 74 if gait.run else gait.elbow
        elbow = (rest - 12 * gait.arm_swing * back) * (1 - o) + o * (24 + 4 * np.sin(4 * np.pi * t))
        inward = (10 if gait.run else 2) * (1 - o)
        up = axis_angle(X, -np.radians(fwd)) @ axis_angle(FWD, np.radians(k * out + 0 * t))
        up = up @ axis_angle((0, 1, 0), np.radians(-k * inward + 0 * t))
        fore = up @ axis_angle(X, -np.radians(elbow))
        hand = fore @ axis_angle((0, 1, 0), np.radians(-k * (18 * (1 - o) - 55 * o) + 0 * t)) @ axis_angle(FWD, np.radians(-k * 6 + 0 * t))
        curl = np.array([0.12, 0.24, 0.3, 0.34, 0.37]) * (1 - o) + np.array([-0.1, 0.02, 0.02, 0.04, 0.04]) * o
        if gait.run:
            curl = curl + 0.25 * (1 - o)
        chest = goals["chest"]
        return {
            "upper" + side: chest @ up,
            "fore" + side: chest @ fore,
            "hand" + side: chest @ hand,
            "curl" + side: np.tile(curl, (len(t), 1)),
        }


def toe_pitch(pitch: Array, air: Array | float) -> Array:
    """Degrees (T,) of the toes: flat on the ground while the heel rises, a little curled once the foot is in the air (0..1)."""
    return np.where(pitch > 0, pitch * 0.35 * air, pitch)


def rolling(body: Body, side: str) -> Array:
    """Ankle place (n_pitches, 3) for each pitch in ROLL_DEG while the sole rolls on the ground without slipping.

    Toes up, the foot rolls over the heel's own roundness; toes down, it turns about the ball while the toes lie flat.
    """
    heel = body.rig.points[body.owned(("foot",), "." + side)]
    heel = heel[heel[:, 1] < 0.6 * body.rest["ankle" + side][1]]
    flat = int(np.flatnonzero(ROLL_DEG == 0)[0])
    out = np.zeros((len(ROLL_DEG), 3))
    out[flat] = body.rest["ankle" + side]
    down = axis_angle(X, np.radians(ROLL_DEG[1] - ROLL_DEG[0]))
    at, turn = out[flat], np.eye(3)
    for k in range(flat - 1, -1, -1):
        points = at + (heel - body.rest["ankle" + side]) @ turn.T
        touch = points[points[:, 1].argmin()]
        at, turn = touch + down.T @ (at - touch), down.T @ turn
        low = (at + (heel - body.rest["ankle" + side]) @ turn.T)[:, 1].min()
        at = at - np.array([0, low, 0])
        out[k] = at
    ball = body.rest["ball" + side]
    for k in range(flat + 1, len(ROLL_DEG)):
        out[k] = ball + axis_angle(X, np.radians(ROLL_DEG[k])) @ (body.rest["ankle" + side] - ball)
    return out
