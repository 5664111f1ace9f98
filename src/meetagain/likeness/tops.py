"""A tailor comes in; shells for the upper body go out: shirts, jumpers, cardigans, jackets and the tops of dresses and coats."""

from dataclasses import dataclass

import numpy as np

from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.parts import smoothstep
from meetagain.likeness.tailor import ARM, HAND, Tailor

CHIN_M = 0.056  # cloth in front begins this far below the chin, so that a bowed head does not dip into it


@dataclass(frozen=True)
class Cut:
    """How a top is cut. Metres are for an adult of 1.52 m."""

    offset_m: float  # from the body
    low_y: float  # where it ends, metres above the floor
    loose: float = 0.5  # share of hanging straight below the chest
    sleeves: str = "long"
    neck_m: float = -0.018  # how much lower than the neck joint the opening lies; negative is higher
    vee_m: float = 0.0  # how much deeper the opening is in front
    gap: float | None = None  # open in front: how fast the edges part downwards
    cuff: float = 0.0  # how much tighter the last bit of sleeve and hem is
    wrist: float = 0.5  # how far a long sleeve goes over the hand: share of the hand's joints
    flat: int = 3  # rounds of smoothing: more for thick cloth


def top(tailor: Tailor, cut: Cut) -> Sheet:
    """A shell round trunk and arms, cut at neck, sleeves and hem; not yet hemmed."""
    s = tailor.s
    sheet = tailor.base.smooth(cut.flat, 0.45)
    arm = np.clip(sheet.extra[:, ARM], 0, 1)
    ease = 1 + 0.5 * arm * smoothstep(0.2, 0.9, arm)
    if cut.cuff:
        ease *= 1 - cut.cuff * smoothstep(0.05, 0.35, sheet.extra[:, HAND])
        ease *= 1 + 0.5 * arm * smoothstep(0.6, 0.0, sheet.extra[:, HAND])
    sheet = sheet.push(cut.offset_m * s * ease)
    sheet = tailor.hang(sheet, cut.loose)
    if cut.cuff:
        near = smoothstep(0.05 * s, 0.005 * s, sheet.points[:, 1] - cut.low_y) * (sheet.extra[:, ARM] < 0.3)
        sheet = sheet.push(-0.35 * cut.cuff * cut.offset_m * s * near)
    sheet = tailor.over(sheet)
    sheet = sheet.clip(neck_room(tailor, sheet, cut))
    sheet = sheet.clip(sleeve_room(tailor, sheet, cut))
    sheet = sheet.clip(sheet.points[:, 1] - cut.low_y)
    if cut.gap is not None:
        sheet = sheet.clip(front_room(tailor, sheet, cut.gap))
    return sheet


def neck_room(tailor: Tailor, sheet: Sheet, cut: Cut) -> np.ndarray:
    """Positive (n,) below the opening of the neck: a plane that slopes down to the front, with a vee if wished."""
    s, away = tailor.s, sheet.points - tailor.neck
    line = -cut.neck_m * s - 0.42 * away[:, 2] - away[:, 1]
    under_chin = tailor.body.face.chin[1] - CHIN_M * s - sheet.points[:, 1]
    aside = smoothstep(0.03 * s, -0.01 * s, away[:, 2]) + 2 * smoothstep(0.035 * s, 0.07 * s, np.abs(away[:, 0]))
    line = np.minimum(line, under_chin + 0.1 * s * aside)
    if cut.vee_m:
        front = smoothstep(0.0, 0.05 * s, away[:, 2])
        line = line - front * np.clip(cut.vee_m * s - np.abs(away[:, 0]) * (cut.vee_m / 0.075), 0, None)
    return line


def sleeve_room(tailor: Tailor, sheet: Sheet, cut: Cut) -> np.ndarray:
    """Positive (n,) on the body's side of the sleeve's end."""
    if cut.sleeves == "long":
        return cut.wrist - sheet.extra[:, HAND]
    if cut.sleeves == "none":
        arm = Sheet(np.c_[sheet.extra[:, ARM], np.zeros((len(sheet.points), 2))], sheet.weights, sheet.triangles, sheet.extra)
        return 0.34 - arm.smooth(5, 0.5).points[:, 0]
    out = np.full(len(sheet.points), np.inf)
    for side, sign in (("L", 1), ("R", -1)):
        start, elbow = tailor.body.joint(f"upperarm01.{side}"), tailor.body.joint(f"lowerarm01.{side}")
        along = (elbow - start) / np.linalg.norm(elbow - start)
        far = (sheet.points - start) @ along
        mine = (sheet.points[:, 0] * sign > 0) & (sheet.extra[:, ARM] > 0.02)
        out = np.where(mine, 0.72 * np.linalg.norm(elbow - start) - far, out)
    return np.where(np.isfinite(out), out, 1.0)


def front_room(tailor: Tailor, sheet: Sheet, gap: float) -> np.ndarray:
    """Positive (n,) beside the front opening, which widens downwards."""
    down = np.clip((tailor.neck[1] - sheet.points[:, 1]) / (tailor.neck[1] - tailor.waist), 0, 1.6)
    front = sheet.points[:, 2] > tailor.neck[2] - 0.02
    return np.where(front, np.abs(sheet.points[:, 0]) - (0.010 + gap * down) * tailor.s, 1.0)
