"""A tailor comes in; cloth that hangs round the legs goes out: skirts, the lower part of dresses and coats, aprons."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.parts import grid_triangles, smoothstep
from meetagain.likeness.tailor import ARM, LEG, Tailor

ROWS, COLUMNS = 15, 89
ROOM_M = 0.024  # between thigh and skirt when sitting, adult of 1.52 m


@dataclass(frozen=True)
class Hang:
    """How a skirt hangs. Metres are for an adult of 1.52 m; heights are above the floor."""

    top_y: float
    hem_y: float
    flare: float  # how much wider the hem is, as a share
    folds: float
    offset_m: float
    gap_rad: float = 0.0  # half the opening in front
    apron_rad: float = 0.0  # half of what is kept in front; 0: all round
    follow: Sheet | None = None  # the top whose lower edge it continues


def skirt(tailor: Tailor, how: Hang) -> tuple[Sheet, np.ndarray]:
    """The hanging sheet, hemmed, and its texture points (n, 2) in metres."""
    s, middle = tailor.s, tailor.axis_z
    around = angles(how)
    radius, ring_y = start_ring(tailor, how, around)
    inner = tailor.base.clip(0.2 - tailor.base.extra[:, ARM])
    wide, rows = np.cos(around), []
    for t in np.linspace(0, 1, ROWS):
        wave = 1 + t**0.8 * how.folds * (np.sin(11 * around + 0.6) + 0.5 * np.sin(23 * around + 1.9))
        flare = how.flare * t**0.85 * (0.72 + 0.28 * np.sin(around) ** 2 + 0.10 * wide)  # more to the sides, less behind
        reach = radius * (1 + flare) * wave
        y = ring_y * (1 - t) + how.hem_y * t
        rows.append(np.stack([reach * np.sin(around), np.broadcast_to(y, reach.shape), middle + reach * wide], 1))
    points = np.concatenate(rows)
    ease = np.repeat(np.linspace(0, 1, ROWS), len(around)) > 0.01
    for _ in range(2):
        points = np.where(ease[:, None], tailor.lay(inner, points, (how.offset_m + 0.003) * s), points)
    points = eased(points, ROWS, how)
    if how.gap_rad or how.apron_rad or how.follow is None:
        points = tailor.over(Sheet(points, np.zeros((len(points), 1)), np.zeros((0, 3), int), np.zeros((len(points), 5))), 0.004).points
    uv = np.stack([np.repeat((around / (2 * np.pi) * 0.9 * s)[None], ROWS, 0).ravel(), tailor.neck[1] + 0.06 * s - points[:, 1]], 1)
    moves = joined(points, weights(tailor, points, inner, bool(how.gap_rad)), how)
    sheet = Sheet(points, moves, grid_triangles(ROWS, len(around)), np.c_[np.zeros((len(points), 5)), uv])
    if ((points - (0, 0, middle)) * (1, 0, 1) * sheet.normals()).sum() < 0:
        sheet = Sheet(sheet.points, sheet.weights, sheet.triangles[:, ::-1], sheet.extra)
    sheet = sheet.hem(0.003 * s)
    return Sheet(sheet.points, sheet.weights, sheet.triangles, sheet.extra[:, :5]), sheet.extra[:, 5:]


def joined(points: np.ndarray, moves: np.ndarray, how: Hang) -> np.ndarray:
    """The weights with the first rows taken over from the top the cloth continues, so that the seam never opens."""
    if how.follow is None:
        return moves
    _, near = cKDTree(how.follow.points).query(points, k=3)
    share = np.repeat(np.clip(1.3 - np.linspace(0, 1, ROWS) / 0.26, 0, 1), len(points) // ROWS)[:, None]
    return how.follow.weights[near].mean(1) * share + moves * (1 - share)


def angles(how: Hang) -> np.ndarray:
    """Angles (k,) of the columns: all round from the back, or without the opening, or the front alone."""
    if how.apron_rad:
        return np.linspace(-how.apron_rad, how.apron_rad, 41)
    if how.gap_rad:
        return np.linspace(how.gap_rad, 2 * np.pi - how.gap_rad, COLUMNS)
    return np.linspace(-np.pi, np.pi, COLUMNS)


def start_ring(tailor: Tailor, how: Hang, around: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Radius and height (k,) of the upper edge: that of the top it continues, or of the body at that height."""
    s, middle = tailor.s, tailor.axis_z
    if how.follow is not None:
        rim = np.unique(how.follow.open_edges())
        edge = how.follow.points[rim]
        edge = edge[(edge[:, 1] < edge[:, 1].min() + 0.03 * s) & (how.follow.extra[rim, ARM] < 0.3)]
    else:
        body = tailor.base.points[tailor.base.extra[:, ARM] < 0.2]
        edge = body[np.abs(body[:, 1] - how.top_y) < 0.022 * s]
    turn, reach = np.arctan2(edge[:, 0], edge[:, 2] - middle), np.hypot(edge[:, 0], edge[:, 2] - middle)
    order = np.argsort(turn)
    turn, reach, level = turn[order], reach[order], edge[order, 1]
    if how.follow is None:
        bins = np.linspace(-np.pi, np.pi, 25)
        which = np.digitize(turn, bins) - 1
        used = [k for k in range(24) if (which == k).any()]
        turn = (bins[used] + bins[1] - bins[0]) - (bins[1] - bins[0]) / 2
        reach, level = np.array([reach[which == k].max() for k in used]), np.full(len(used), how.top_y)
    wrapped = np.r_[turn - 2 * np.pi, turn, turn + 2 * np.pi]
    at = (around + np.pi) % (2 * np.pi) - np.pi
    radius, ring_y = (np.interp(at, wrapped, np.tile(v, 3)) for v in (reach, level))
    if how.follow is not None:  # tucked in under the edge it continues
        radius, ring_y = radius - 0.003 * s, ring_y + 0.008 * s
    if how.follow is None:
        radius = gaussian_filter1d(radius, 3, mode="nearest" if how.gap_rad or how.apron_rad else "wrap") + how.offset_m * s
    return radius, ring_y


def eased(points: np.ndarray, rows: int, how: Hang) -> np.ndarray:
    """The grid made a little smoother along both ways, its upper edge kept."""
    grid = points.reshape(rows, -1, 3)
    mode = "nearest" if how.gap_rad or how.apron_rad else "wrap"
    body = grid[:, :-1] if mode == "wrap" else grid
    body = gaussian_filter1d(body, 0.8, axis=1, mode=mode)
    body = np.concatenate([grid[:1, : body.shape[1]], gaussian_filter1d(body, 0.8, axis=0, mode="nearest")[1:]])
    if mode == "wrap":
        body = np.concatenate([body, body[:, :1]], 1)
    return body.reshape(-1, 3)


def weights(tailor: Tailor, points: np.ndarray, inner: Sheet, parted: bool) -> np.ndarray:
    """Skin weights (n, n_joints) of hanging cloth: the waist above, below it the thighs, mixed softly across the middle.

    In front the share of the thigh is what lays the cloth on the thigh when the hip is bent by a right angle: at a drop L below
    the hip joint and d before it, w d - (1 - w) L = the thigh's own thickness. Below the knee the shin takes over.
    """
    s, names = tailor.s, tailor.body.basis.joints
    _, close = cKDTree(inner.points).query(points, k=8)
    own = inner.weights[close].mean(1)
    legs = inner.extra[close, LEG].mean(1)
    hip = tailor.body.joint("upperleg01.L")
    drop, before = np.maximum(hip[1] - points[:, 1], 0), points[:, 2] - hip[2]
    front = smoothstep(-0.02 * s, 0.05 * s, before)
    laid = np.clip((thigh(tailor, points[:, 1]) + drop) / np.maximum(before + drop, 0.02), 0.82, 1)
    follows = np.maximum(smoothstep(-0.07 * s, 0.09 * s, hip[1] - points[:, 1]), legs)
    share = follows * (front * laid + 1 - front)
    width = np.where(parted & (before > 0), 0.012, 0.06) * s
    left = smoothstep(-width, width, points[:, 0])
    shin = smoothstep(-0.01 * s, 0.09 * s, tailor.knee - points[:, 1])
    lower = np.clip(drop / (hip[1] - tailor.knee) * 1.3, 0, 1)
    out = np.zeros_like(own)
    for side, mine in (("L", left), ("R", 1 - left)):
        out[:, names.index(f"upperleg01.{side}")] = mine * (1 - shin) * (1 - lower)
        out[:, names.index(f"upperleg02.{side}")] = mine * (1 - shin) * lower
        out[:, names.index(f"lowerleg01.{side}")] = mine * shin
    rest = np.zeros_like(own)
    rest[:, names.index("root")] = 1
    above = smoothstep(0.0, 0.5, legs)[:, None]
    base = own * (1 - above) + rest * above
    return out * share[:, None] + base * (1 - share[:, None])


def thigh(tailor: Tailor, y: np.ndarray) -> np.ndarray:
    """How far before the hip joint (n,) the front of the thighs lies at heights (n,), with room for cloth."""
    body = tailor.base.points[(tailor.base.extra[:, ARM] < 0.2) & (tailor.base.extra[:, LEG] > 0.3)]
    hip = tailor.body.joint("upperleg01.L")
    level = np.linspace(tailor.knee, hip[1], 12)
    front = [body[np.abs(body[:, 1] - at) < 0.03 * tailor.s, 2].max() for at in level]
    return np.interp(y, level, front) - hip[2] + ROOM_M * tailor.s
