"""A finished sheet comes in; what is sewn on it goes out: buttons, elbow patches, pockets, lapels, a zip, a tie."""

import numpy as np
from scipy.spatial import cKDTree

from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.parts import unit, vertex_normals
from meetagain.likeness.tailor import ARM, Tailor


def disc(sheet: Sheet, k: int, radius: float) -> Sheet:
    """A flat round button on vertex k of a sheet."""
    out = unit(sheet.normals()[k])
    across = unit(np.cross(out, (0, 1, 0)))
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    round_ = np.cos(turn)[:, None] * across + np.sin(turn)[:, None] * np.cross(out, across)
    rim, spot = sheet.points[k] + round_ * radius, sheet.points[k][None]
    points = np.concatenate([rim + out * 0.001, rim + out * 0.0035, rim * 0.7 + spot * 0.3 + out * 0.0048, spot + out * 0.0042])
    i, j = np.arange(12), (np.arange(12) + 1) % 12
    rings = [np.stack(t, 1) for a in (0, 12) for t in ((i + a, j + a, i + a + 12), (j + a, j + a + 12, i + a + 12))]
    triangles = np.concatenate([*rings, np.stack([i + 24, j + 24, np.full(12, 36)], 1)])
    if (vertex_normals(points, triangles)[36] * out).sum() < 0:
        triangles = triangles[:, ::-1]
    return Sheet(points, np.repeat(sheet.weights[k][None], len(points), 0), triangles, np.zeros((len(points), 5)))


def buttons(tailor: Tailor, kind: str, sheet: Sheet, swatch: int, at_x: float, heights: np.ndarray, radius_m: float = 0.0075) -> None:
    """Buttons down the front of a sheet at a distance from the middle, at these heights above the floor."""
    front = np.flatnonzero((sheet.points[:, 2] > tailor.axis_z) & (sheet.normals()[:, 2] > 0.3))
    if not len(front):
        return
    tree = cKDTree(sheet.points[front][:, :2])
    for y in heights:
        far, k = tree.query((at_x, y))
        if far < 0.03 * tailor.s:
            placed = Sheet(sheet.points.copy(), sheet.weights, sheet.triangles, sheet.extra)
            placed.points[front[k], :2] += (np.array([at_x, y]) - placed.points[front[k], :2]) * 0.9
            tailor.emit(kind, disc(placed, front[k], radius_m * tailor.s), swatch, covers=False)


def elbows(tailor: Tailor, kind: str, over: Sheet, swatch: int) -> None:
    """Oval leather patches on the elbows."""
    s = tailor.s
    for side in ("L", "R"):
        elbow = tailor.body.joint(f"lowerarm01.{side}") + np.array([0, 0, -0.03 * s])
        along = unit(tailor.body.joint(f"wrist.{side}") - tailor.body.joint(f"lowerarm01.{side}"))
        away = over.points - elbow
        far = np.sqrt((away @ along) ** 2 * 0.4 + np.maximum((away**2).sum(1) - (away @ along) ** 2, 0))
        sheet = over.clip(0.040 * s - far)
        back = sheet.clip(elbow[2] + 0.012 * s - sheet.points[:, 2])
        if len(back.triangles):
            tailor.emit(kind, back.push(0.0022 * s).hem(0.002 * s), swatch, covers=False)


def pocket(tailor: Tailor, kind: str, over: Sheet, swatch: int, at: tuple[float, float], half: tuple[float, float]) -> None:
    """A flat pocket on the front, centre and half size in metres (x, y)."""
    s = tailor.s
    for sign in (1, -1):
        away = np.abs(over.points[:, :2] - (sign * at[0], at[1]))
        sheet = over.push(0.0028 * s).clip(half[0] - away[:, 0])
        away = np.abs(sheet.points[:, :2] - (sign * at[0], at[1]))
        sheet = sheet.clip(half[1] - away[:, 1])
        front = sheet.clip(sheet.points[:, 2] - tailor.axis_z)
        front = front.clip(0.2 - front.extra[:, ARM])
        if len(front.triangles):
            tailor.emit(kind, front.hem(0.003 * s), swatch, covers=False)


def lapels(tailor: Tailor, kind: str, over: Sheet, swatch: int, low_y: float, wide_m: float = 0.062) -> None:
    """The turned front edges of a jacket: widest below the collar bone, ending in a point at the button."""
    s = tailor.s
    top_y = tailor.neck[1] - 0.006 * s
    sheet = over.push(0.0042 * s)
    t = np.clip((top_y - sheet.points[:, 1]) / (top_y - low_y), 0, 1)
    width = wide_m * s * np.minimum(0.35 + 2.4 * t, 1.0) * (1 - t) ** 0.7
    edge = front_edge(over, tailor, sheet.points[:, 1])
    sheet = sheet.clip(np.minimum(edge + width - np.abs(sheet.points[:, 0]), sheet.points[:, 1] - low_y))
    sheet = sheet.clip(sheet.points[:, 2] - tailor.neck[2] - 0.012 * s)
    if len(sheet.triangles):
        tailor.emit(kind, sheet.hem(0.003 * s), swatch, covers=False)


def front_edge(over: Sheet, tailor: Tailor, y: np.ndarray) -> np.ndarray:
    """How far from the middle (n,) the front opening of a sheet lies at heights (n,)."""
    rim = np.unique(over.open_edges())
    edge = over.points[rim]
    edge = edge[(edge[:, 2] > tailor.axis_z + 0.03 * tailor.s) & (np.abs(edge[:, 0]) < 0.07 * tailor.s)]
    if len(edge) < 2:
        return np.zeros(len(y))
    order = np.argsort(edge[:, 1])
    return np.interp(y, edge[order, 1], np.abs(edge[order, 0]))


def zip_fastener(tailor: Tailor, kind: str, over: Sheet, swatch: int) -> None:
    """A closed zip down the front of a top: a narrow raised strip."""
    s = tailor.s
    strip = over.push(0.0015 * s).clip(0.0055 * s - np.abs(over.points[:, 0]))
    strip = strip.clip(strip.points[:, 2] - tailor.neck[2] - 0.01 * s)
    tailor.emit(kind, strip.hem(0.0015 * s), swatch, covers=False)


def tie(tailor: Tailor, shirt: Sheet, swatch: int) -> None:
    """A necktie over a shirt: a knot at the collar and a blade to the belt."""
    s = tailor.s
    low, high = tailor.waist + 0.005 * s, tailor.neck[1] - 0.030 * s
    over = shirt.smooth(2, 0.4).push(0.004 * s)
    t = np.clip((high - over.points[:, 1]) / (high - low), 0, 1)
    width = (0.013 + 0.024 * t) * s
    tip = 0.035 * s * np.abs(over.points[:, 0]) / (0.037 * s)
    blade = over.clip(np.minimum(width - np.abs(over.points[:, 0]), over.points[:, 1] - low - tip))
    blade = blade.clip(blade.points[:, 2] - tailor.axis_z)
    tailor.emit("tie", blade.clip(high + 0.012 * s - blade.points[:, 1]).hem(0.003 * s), swatch, covers=False)
    front = over.points[(np.abs(over.points[:, 0]) < 0.02 * s) & (over.points[:, 2] > tailor.axis_z)]
    if len(front):
        z = float(np.interp(high, np.sort(front[:, 1]), front[np.argsort(front[:, 1]), 2]))
        _, k = cKDTree(over.points).query((0, high, z))
        tailor.emit("tie", knot(np.array([0, high + 0.004 * s, z + 0.003 * s]), s, over.weights[k]), swatch, covers=False)


def knot(at: np.ndarray, s: float, weights: np.ndarray) -> Sheet:
    """A small wedge of cloth, wider above."""
    rows, columns = 6, 13
    v, u = np.linspace(0, np.pi, rows)[:, None], np.linspace(0, 2 * np.pi, columns)[None]
    wide = 0.014 + 0.006 * np.cos(v)
    points = (
        np.stack([wide * np.sin(v + 0.25 * np.cos(v)) * np.sin(u), 0.017 * np.cos(v) + 0 * u, 0.009 * np.sin(v) * np.cos(u)], -1).reshape(
            -1, 3
        )
        * s
        + at
    )
    i, j = (m.ravel() for m in np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij"))
    a = i * columns + j
    triangles = np.concatenate([np.stack([a, a + columns, a + 1], 1), np.stack([a + 1, a + columns, a + columns + 1], 1)])
    if ((points - at) * vertex_normals(points, triangles)).sum() < 0:
        triangles = triangles[:, ::-1]
    return Sheet(points, np.repeat(weights[None], len(points), 0), triangles, np.zeros((len(points), 5)))
