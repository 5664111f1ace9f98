"""A top comes in; what goes round its neck goes out: a rib, a roll, a shirt collar, a round child's collar, a coat's collar, a hood."""

import numpy as np
from scipy.spatial import cKDTree

from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.parts import grid_triangles, smoothstep, unit
from meetagain.likeness.tailor import Tailor, smooth_ring

TURNS = 72
UNDER_CHIN_M = 0.040  # a collar in front ends this far below the chin


def neckline(tailor: Tailor, sheet: Sheet) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The neck opening as 72 points by angle from the back round, the skin beside them, and outward directions, each (72, 3)."""
    s, neck = tailor.s, tailor.neck
    rim = np.unique(sheet.open_edges())
    near = np.hypot(sheet.points[rim, 0], sheet.points[rim, 2] - neck[2]) < 0.12 * s
    rim = rim[near & (sheet.points[rim, 1] > neck[1] - 0.13 * s)]
    turn = np.arctan2(sheet.points[rim, 0], sheet.points[rim, 2] - neck[2])
    order = np.argsort(turn)
    turn, rim = turn[order], rim[order]
    around = np.linspace(-np.pi, np.pi, TURNS, endpoint=False)
    wrapped = np.r_[turn - 2 * np.pi, turn, turn + 2 * np.pi]
    loop = np.stack([np.interp(around, wrapped, np.tile(sheet.points[rim, k], 3)) for k in range(3)], 1)
    loop = smooth_ring(loop, 1.2)
    return loop, neck_at(tailor, loop + np.array([0, 0.012 * s, 0])), unit((loop - neck) * (1, 0, 1))


def neck_at(tailor: Tailor, points: np.ndarray, off_m: float = 0.0035) -> np.ndarray:
    """Places (n, 3) on the skin of the neck beside points of a closed ring, a little off it."""
    front = smoothstep(-0.01 * tailor.s, 0.03 * tailor.s, points[:, 2] - tailor.neck[2])
    most = tailor.body.face.chin[1] - (UNDER_CHIN_M - 0.1 * (1 - front)) * tailor.s
    points = np.stack([points[:, 0], np.minimum(points[:, 1], most), points[:, 2]], 1)
    _, near = cKDTree(tailor.neck_skin).query(points, k=3)
    return smooth_ring((tailor.neck_skin[near] + tailor.neck_out[near] * off_m * tailor.s).mean(1), 2.0)


def ring(tailor: Tailor, sheet: Sheet, rows: list[np.ndarray], gap_rad: float = 0.0, hem_m: float = 0.0) -> tuple[Sheet, np.ndarray]:
    """Rows of 72 points as one sheet that moves with the top below it, and its texture points in metres."""
    grid = np.stack(rows)
    grid = np.concatenate([grid, grid[:, :1]], 1)
    triangles = grid_triangles(len(grid), TURNS + 1)
    if gap_rad:
        keep = np.abs(np.linspace(-np.pi, np.pi, TURNS + 1)) > gap_rad
        triangles = triangles[np.tile(keep, len(grid))[triangles].all(1)]
    points = grid.reshape(-1, 3)
    weights = carried(tailor, sheet, points)
    down = np.cumsum(np.r_[0, np.linalg.norm(np.diff(grid, axis=0), axis=2).mean(1)])
    uv = np.stack(np.broadcast_arrays(np.linspace(0, 0.42, TURNS + 1) * tailor.s, down[:, None]), -1).reshape(-1, 2)
    cloth = Sheet(points, weights, triangles, np.c_[np.zeros((len(points), 5)), uv]).compact()
    if ((cloth.points - tailor.neck) * (1, 0, 1) * cloth.normals()).sum() < 0:
        cloth = Sheet(cloth.points, cloth.weights, cloth.triangles[:, ::-1], cloth.extra)
    cloth = cloth.hem(hem_m) if hem_m else cloth
    return Sheet(cloth.points, cloth.weights, cloth.triangles, cloth.extra[:, :5]), cloth.extra[:, 5:]


def carried(tailor: Tailor, sheet: Sheet, points: np.ndarray) -> np.ndarray:
    """Weights (n, n_joints) of the nearest cloth below; what stands up the neck goes with the neck."""
    far, near = cKDTree(sheet.points).query(points, k=4)
    share = 1 / (far + 0.004)
    weights = (sheet.weights[near] * (share / share.sum(1, keepdims=True))[..., None]).sum(1)
    skin = tailor.body.points[(high := np.flatnonzero(tailor.body.weight("neck", "head") > 0.2))]
    _, close = cKDTree(skin).query(points)
    up = smoothstep(0.004 * tailor.s, 0.05 * tailor.s, points[:, 1] - sheet.points[near[:, 0], 1])[:, None] * 0.85
    return weights * (1 - up) + tailor.body.basis.weights[high[close]] * up


def rib(tailor: Tailor, kind: str, sheet: Sheet, swatch: int, tall_m: float = 0.014) -> None:
    """A band that closes the way from the cloth to the skin; tall_m above 0.03 makes a polo neck."""
    s = tailor.s
    loop, skin, out = neckline(tailor, sheet)
    up = np.array([0, s, 0])
    high = neck_at(tailor, skin + up * tall_m)
    rows = [high - out * 0.006 * s - up * 0.004, high + out * 0.001 * s, high + out * 0.0035 * s - up * 0.0015]
    rows += [
        high * 0.5 + loop * 0.5 + out * 0.005 * s,
        loop + out * 0.0035 * s + up * 0.002,
        tailor.lay(sheet, loop + out * 0.004 * s - up * 0.006, 0.001 * s),
    ]
    if tall_m > 0.03:
        rows = [high - out * 0.006 * s - up * 0.006, high + out * 0.002 * s, high + out * 0.007 * s - up * 0.003]
        rows += [high * 0.55 + skin * 0.45 + out * 0.0085 * s, skin + out * 0.007 * s - up * 0.004, loop + out * 0.004 * s]
        rows += [tailor.lay(sheet, loop + out * 0.004 * s - up * 0.008, 0.001 * s)]
    cloth, uv = ring(tailor, sheet, rows)
    tailor.emit(kind, cloth, swatch, uv, covers=tall_m > 0.03)


def edging(tailor: Tailor, kind: str, sheet: Sheet, swatch: int) -> None:
    """A narrow binding along an open or low neck."""
    loop, _, out = neckline(tailor, sheet)
    s, up = tailor.s, np.array([0, tailor.s, 0])
    rows = [loop - up * 0.003 - out * 0.004 * s, loop + up * 0.0025, loop + out * 0.002 * s + up * 0.001]
    rows += [tailor.lay(sheet, loop + out * 0.003 * s - up * 0.008, 0.0012 * s)]
    cloth, uv = ring(tailor, sheet, rows)
    tailor.emit(kind, cloth, swatch, uv, covers=False)


def turned(
    tailor: Tailor,
    kind: str,
    sheet: Sheet,
    swatch: int,
    fall_m: float,
    points_m: float = 0.0,
    gap_rad: float = 0.0,
    stand_m: float = 0.015,
    outer: Sheet | None = None,
) -> None:
    """A collar that stands up the neck and folds down over the shoulders; points_m lengthens it beside the front opening.

    With `outer` it lies over what is worn above the sheet.
    """
    s = tailor.s
    loop, skin, out = neckline(tailor, sheet)
    up, angle = np.array([0, s, 0]), np.linspace(-np.pi, np.pi, TURNS, endpoint=False)
    high = neck_at(tailor, skin + up * (stand_m - 0.010))
    more = 1 + points_m / fall_m * np.exp(-(((np.abs(angle) - gap_rad - 0.16) / 0.30) ** 2))
    fold = [
        high - out * 0.004 * s - up * 0.008,
        high + out * 0.002 * s,
        high + out * 0.006 * s + up * 0.002,
        high * 0.45 + loop * 0.55 + out * 0.0095 * s + up * 0.004,
    ]
    reach = (fall_m * more)[:, None]
    rows = fold + [tailor.lay(sheet, loop + out * reach * s * k * 0.8 - up * reach * 0.6 * k, 0.0045 * s) for k in (0.3, 0.65, 1.0)]
    if outer is not None:
        rows[3:] = [tailor.lay(outer, row, 0.004 * s) for row in rows[3:]]
    cloth, uv = ring(tailor, sheet, rows, gap_rad, 0.0018 * s)
    tailor.emit(kind, cloth, swatch, uv, covers=False)


def hood(tailor: Tailor, kind: str, sheet: Sheet, swatch: int, gap_rad: float = 0.0) -> None:
    """A hood that lies on the back of the shoulders; with a gap it ends beside the front opening."""
    s = tailor.s
    loop, skin, out = neckline(tailor, sheet)
    up, angle = np.array([0, s, 0]), np.linspace(-np.pi, np.pi, TURNS, endpoint=False)
    back = smoothstep(0.6, 2.2, np.abs(angle))[:, None]
    high = neck_at(tailor, skin + up * 0.004)
    rows = [high - out * 0.003 * s - up * 0.006, high + out * (0.002 + 0.006 * back) * s + up * 0.012 * back]
    rows += [loop + out * (0.007 + 0.020 * back) * s + up * (0.008 + 0.026 * back)]
    rows += [loop + out * (0.012 + 0.045 * back) * s + up * (0.002 + 0.010 * back)]
    for k, gap in ((0.5, 0.026), (0.8, 0.026), (1.0, 0.012)):
        spot = loop + out * (0.016 + 0.052 * back * k) * s - up * (0.006 + 0.075 * back * k)
        rows.append(tailor.lay(sheet, spot, (0.004 + gap * 0.8 * back.ravel()) * s))
    rows.append(tailor.lay(sheet, rows[-1] - up * 0.006, 0.001 * s))
    cloth, uv = ring(tailor, sheet, rows, gap_rad, 0.0018 * s if gap_rad else 0.0)
    tailor.emit(kind, cloth, swatch, uv, covers=False)
