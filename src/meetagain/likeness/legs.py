"""A tailor comes in; what is worn on legs and feet goes out: trousers, shorts, tights, dungarees, socks, shoes, boots, sandals."""

import numpy as np

from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.clothes_words import Garment
from meetagain.likeness.parts import smoothstep
from meetagain.likeness.tailor import ARM, Tailor


def trousers(tailor: Tailor, garment: Garment, swatch: int, top_m: float = 0.01, booted: bool = False) -> Sheet:
    """From above the waist to the ankles, or to the knee if short; slim if they go into boots."""
    s, tight = tailor.s, "tight" in garment.details
    sheet = tailor.base.smooth(2 if tight else 4, 0.5)
    sheet = sheet.push((0.004 if tight else 0.0065) * s)
    if not tight:
        sheet = tailor.hang_legs(sheet, 0.95, 0.03 if garment.length == "short" else 0.16 if booted else 0.085)
    sheet = tailor.over(sheet, 0.003)
    if garment.length != "short" and garment.kind != "tights":
        sheet = straight_hem(tailor, sheet)
    end = tailor.knee + 0.05 * s if garment.length == "short" else tailor.ankle + (0.018 if tight else -0.006) * s
    if garment.kind == "tights":
        sheet.points[:, 1], end = np.maximum(sheet.points[:, 1], 0.002), 0.0
    sheet = sheet.clip(tailor.waist + top_m * s - sheet.points[:, 1])
    sheet = sheet.clip(sheet.points[:, 1] - end)
    sheet = sheet.clip(0.3 - sheet.extra[:, ARM])
    done = sheet.hem(0.004 * s)
    tailor.emit(garment.kind, done, swatch)
    return done


def straight_hem(tailor: Tailor, sheet: Sheet) -> Sheet:
    """Each leg as a tube from a little above the ankle down, where the foot would widen it."""
    s, points = tailor.s, sheet.points.copy()
    for side, sign in (("L", 1), ("R", -1)):
        mine = points[:, 0] * sign > 0
        away = (points - tailor.leg_axis(points[:, 1], side)) * (1, 0, 1)
        reach = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
        level = points[:, 1] - tailor.ankle
        most = np.percentile(reach[mine & (level > 0.04 * s) & (level < 0.09 * s)], 85) * 1.12
        low = mine & (level < 0.05 * s) & (reach > most)
        points[low] -= away[low] * (1 - most / reach[low])[:, None]
    return Sheet(points, sheet.weights, sheet.triangles, sheet.extra)


def bib(tailor: Tailor, sheet: Sheet, swatch: int, metal: int) -> None:
    """The upper part of dungarees over a top: a bib in front and two straps with buttons."""
    s, chest = tailor.s, tailor.chest + 0.055 * tailor.s
    over = sheet.push(0.004 * s)
    front = over.clip(over.points[:, 2] - tailor.axis_z - 0.02 * s)
    front = front.clip(0.085 * s - np.abs(front.points[:, 0]) - 0.25 * np.maximum(front.points[:, 1] - tailor.waist, 0) * 0.4)
    front = front.clip(chest - front.points[:, 1])
    tailor.emit("dungarees", front.clip(front.points[:, 1] - tailor.waist + 0.02 * s).hem(0.003 * s), swatch)
    straps = over.push(0.0008 * s).clip(0.016 * s - np.abs(np.abs(over.points[:, 0]) - 0.055 * s))
    straps = straps.clip(0.45 - straps.extra[:, ARM])
    behind = straps.points[:, 2] < tailor.axis_z
    straps = straps.clip(np.where(behind, straps.points[:, 1] - tailor.waist, straps.points[:, 1] - chest + 0.03 * s))
    tailor.emit("dungarees", straps.hem(0.002 * s), swatch)
    back = over.clip(tailor.axis_z - over.points[:, 2])
    back = back.clip(0.085 * s - np.abs(back.points[:, 0]) - 0.5 * np.maximum(back.points[:, 1] - tailor.waist, 0))
    back = back.clip(tailor.waist + 0.075 * s - back.points[:, 1])
    tailor.emit("dungarees", back.clip(back.points[:, 1] - tailor.waist + 0.02 * s).hem(0.003 * s), swatch)
    button = over.push(0.0035 * s)
    for sign in (1, -1):
        spot = np.array([sign * 0.055 * s, chest - 0.012 * s])
        disc = button.clip(0.011 * s - np.linalg.norm(button.points[:, :2] - spot, axis=1))
        tailor.emit("dungarees", disc.clip(disc.points[:, 2] - tailor.axis_z).hem(0.002 * s), metal, covers=False)


def socks(tailor: Tailor, swatch: int, top_y: float) -> None:
    """A thin shell round foot and ankle, up to a height."""
    sheet = tailor.base.smooth(2, 0.4).push(0.0022 * tailor.s)
    sheet = sheet.clip(top_y - sheet.points[:, 1])
    sheet = sheet.clip(0.1 - sheet.extra[:, ARM])
    sheet.points[:, 1] = np.maximum(sheet.points[:, 1], 0.002)
    tailor.emit("socks", sheet.hem(0.0015 * tailor.s), swatch)


def shoes(tailor: Tailor, garment: Garment, upper: int, sole: int) -> None:
    """Shoes, trainers, slippers or boots: a shell round the foot on a flat sole that shows at the sides."""
    s, kind = tailor.s, garment.kind
    top_y = {
        "boots": tailor.ankle + 0.52 * (tailor.knee - tailor.ankle),
        "trainers": tailor.ankle + 0.022 * s,
        "slippers": tailor.ankle,
    }.get(kind, tailor.ankle + 0.006 * s)
    thick = {"boots": 0.0105, "trainers": 0.0085, "slippers": 0.009}.get(kind, 0.006)
    sheet = tailor.base.smooth(7 if kind == "boots" else 6, 0.5)
    high = np.clip(sheet.points[:, 1] / max(top_y, 0.05), 0, 1)
    sheet = sheet.push((thick + (0.010 * high if kind == "boots" else 0)) * s)
    if kind in ("shoes", "slippers"):  # open over the instep
        toe = float(tailor.body.joint("toe2-1.L")[2])
        sheet = sheet.clip(
            top_y
            - sheet.points[:, 1]
            + 0.14 * np.minimum(sheet.points[:, 2] - tailor.body.joint("foot.L")[2] - 0.35 * (toe - 0.0), 0.0) * (kind == "slippers")
        )
    else:
        sheet = sheet.clip(top_y - sheet.points[:, 1])
    sheet = sheet.clip(0.1 - sheet.extra[:, ARM])
    sole_m = (0.020 if kind == "trainers" else 0.015 if kind == "boots" else 0.010) * s
    on_sole = smoothstep(sole_m * 1.3, sole_m * 0.6, sheet.points[:, 1])
    flat = np.where(sheet.points[:, 1] < sole_m * 1.2, sheet.points[:, 1] * 0.45, sheet.points[:, 1])
    sheet.points[:, 1] = np.maximum(flat, 0.0)
    out = sheet.normals() * (1, 0, 1) * (0.004 * s * on_sole)[:, None]
    sheet = Sheet(sheet.points + out, sheet.weights, sheet.triangles, sheet.extra)
    sheet = Sheet(np.maximum(tailor.over(sheet, 0.0035).smooth(1, 0.4).points, (-9, 0, -9)), sheet.weights, sheet.triangles, sheet.extra)
    sheet = sheet.hem(0.004 * s)
    tailor.shod = max(tailor.shod, top_y - 0.012 * s if kind != "slippers" else 0.85 * tailor.ankle)
    tailor.emit(kind, sheet.clip(sheet.points[:, 1] - sole_m * 0.75), upper)
    tailor.emit(kind, sheet.clip(sole_m * 0.75 - sheet.points[:, 1]), sole)


def sandals(tailor: Tailor, upper: int, sole: int) -> None:
    """A flat sole with a strap over the toes, one over the instep and one round the heel."""
    s = tailor.s
    ankle, toe = tailor.body.joint("foot.L"), tailor.body.joint("toe2-1.L")
    sheet = tailor.over(tailor.base.smooth(3, 0.5).push(0.0045 * s), 0.0035)
    sheet = sheet.clip(tailor.ankle + 0.015 * s - sheet.points[:, 1])
    sheet = sheet.clip(0.1 - sheet.extra[:, ARM])
    along = (sheet.points[:, 2] - ankle[2]) / max(toe[2] - ankle[2], 0.03)
    for middle, half in ((0.92, 0.16), (0.38, 0.13)):
        tailor.emit("sandals", sheet.clip(half - np.abs(along - middle)).hem(0.002 * s), upper, covers=False)
    heel = sheet.clip(0.012 * s - np.abs(sheet.points[:, 1] - tailor.ankle * 0.75))
    tailor.emit("sandals", heel.clip(0.02 * s + ankle[2] - heel.points[:, 2]).hem(0.002 * s), upper, covers=False)
    flat = tailor.over(tailor.base.smooth(4, 0.5).push(0.006 * s), 0.004)
    flat = flat.clip(0.012 * s - flat.points[:, 1])
    flat.points[:, 1] = np.clip(flat.points[:, 1], 0, 0.004 * s)
    tailor.emit("sandals", flat, sole, covers=False)
