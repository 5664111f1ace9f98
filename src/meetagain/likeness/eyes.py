"""A body and choices come in; eyeballs, lashes, lid shadows and the iris picture go out."""

import numpy as np

from meetagain.likeness.body import Body, LidRide, lid_ride
from meetagain.likeness.parts import Piece, grid_triangles, smoothstep, unit, white
from meetagain.likeness.words import Choices

BALL, BULGE = 0.985, 0.045  # share of the socket's radius; height of the cornea over the ball
TEXTURE = 1024
LASH = (0.022, 0.0095, 0.004)  # linear; the page knows a lash by its blue, below 0.006
VEIN_REACH = 0.04  # beyond which a vein is not seen, in radii
FIBRES = (23, 37, 51, 68, 90, 131, 173)


def add_eyes(body: Body, wardrobe: object, rng: np.random.Generator) -> None:
    """Both eyes with everything that rides on their lids."""
    ride = lid_ride(body)
    for side, name in enumerate(("eye.L", "eye.R")):
        wardrobe.add("eyes", eyeball(body, side, name))
    for (side, name), roots in body.face.lashes.items():
        line = resample(body.points[roots], 40)
        wardrobe.add("overlay", lashes(body, ride, line, side, name == "up", rng))
        wardrobe.add("overlay", lash_line(body, ride, line, side, name == "up"))
        wardrobe.add("overlay", lid_shadow(body, ride, line, side, name == "up"))
        if name == "lo":
            wardrobe.add("overlay", wet_line(body, ride, line, side))


def bound_to(body: Body, count: int, joint: str) -> np.ndarray:
    """Weights (count, n_joints) that follow one joint alone."""
    out = np.zeros((count, len(body.basis.joints)))
    out[:, body.basis.joints.index(joint)] = 1
    return out


def bulge(angle: np.ndarray) -> np.ndarray:
    """Radius factor of eyeball and cornea at an angle from straight ahead."""
    return BALL * (1 + BULGE * np.exp(-((angle / 0.42) ** 4)))


def eyeball(body: Body, side: int, joint: str) -> Piece:
    """The front 110 degrees of a ball with a cornea, and a flat map of the iris."""
    centre, radius = body.face.eyes[side], body.face.radii[side]
    rings, turn = np.r_[0, np.linspace(0.12, 0.62, 7), np.linspace(0.75, 1.9, 7)], np.arange(29) / 28 * 2 * np.pi
    a, t = (m.ravel() for m in np.meshgrid(rings, turn, indexing="ij"))
    towards = np.stack([np.sin(a) * np.cos(t), np.sin(a) * np.sin(t), np.cos(a)], 1)
    flat = np.sin(np.minimum(a, 1.5))
    uv = np.stack([0.5 + 0.5 * flat * np.cos(t), 0.5 - 0.5 * flat * np.sin(t)], 1)
    points = centre + radius * bulge(a)[:, None] * towards
    return Piece(points, towards, uv, grid_triangles(len(rings), len(turn)), bound_to(body, len(points), joint), white(len(points)))


def resample(line: np.ndarray, count: int) -> np.ndarray:
    """The same polyline (n, 3) with evenly spaced points."""
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    t = np.linspace(0, along[-1], count)
    return np.stack([np.interp(t, along, line[:, k]) for k in range(line.shape[1])], 1)


def lashes(body: Body, ride: LidRide, line: np.ndarray, side: int, upper: bool, rng: np.random.Generator) -> Piece:
    """Thin curved strokes along a lash root line (40, 3); they follow the lid."""
    s, centre, radius = body.face.scale, body.face.eyes[side], body.face.radii[side]
    young = body.old < 0.5
    count, long = ((120, 0.0040) if upper else (26, 0.0012)) if young else ((34, 0.0022) if upper else (10, 0.0012))
    outward, sign = np.sign(centre[0]), 1 if upper else -1
    points, normals, colours, roots, triangles = [], [], [], [], []
    for t in rng.uniform(0.14, 0.84, count):
        root = line[int(t * 39)] * (1 - t * 39 % 1) + line[min(int(t * 39) + 1, 39)] * (t * 39 % 1)
        out = unit(root - centre)
        root = root + out * (0.0012 if upper else 0.0008) * s
        length = long * s * rng.uniform(0.75, 1.1) * (0.65 + 0.55 * (t if outward > 0 else 1 - t))
        fan = np.array([(root[0] - centre[0]) / radius * 0.45 + outward * 0.10, 0, 0])
        away = unit(out + np.array([0, sign * 0.15, 0]) + fan)
        wide, start = unit(np.cross(away, (0, sign, 0))), len(points)
        for q, thick in ((0, 1), (0.4, 0.9), (0.75, 0.55), (1, 0.08)):
            middle = root + away * length * q * 0.9 + np.array([0, sign, 0]) * length * 0.75 * q * q
            for edge in (-1, 1):
                points.append(middle + wide * edge * 0.00014 * s * thick * (1 if upper else 0.8))
                normals.append(out)
                colours.append((*LASH, (0.62 if upper else 0.22) * (1.0 - 0.45 * q)))
                roots.append(root)
        triangles += [tri for q in range(3) for o in (start + 2 * q,) for tri in ((o, o + 1, o + 2), (o + 1, o + 3, o + 2))]
    at = np.array(points)
    deltas = ride.deltas(body.actions, np.array(roots))
    return Piece(
        at, np.array(normals), np.zeros((len(at), 2)), np.array(triangles), bound_to(body, len(at), "head"), np.array(colours), deltas
    )


def lash_line(body: Body, ride: LidRide, line: np.ndarray, side: int, upper: bool) -> Piece:
    """The soft dark edge where lashes grow close together: a shut eye is one line then, and no row of strokes. It rides on the lid."""
    s, centre, sign = body.face.scale, body.face.eyes[side], 1 if upper else -1
    most = (0.5 if upper else 0.12) * (1.0 if body.old < 0.5 else 0.6)
    points, normals, colours = [], [], []
    for k in range(len(line)):
        out = unit(line[k] - centre)
        along = unit(line[min(k + 1, len(line) - 1)] - line[max(k - 1, 0)])
        up = unit(np.cross(out, along))
        up = up * np.sign(up[1] * sign or 1.0)
        strength = most * np.sin(np.pi * np.clip(k / (len(line) - 1), 0.02, 0.98)) ** 0.5
        for step, alpha in ((-0.0007, 0.0), (0.0001, strength), (0.0010, 0.0)):
            points.append(line[k] + out * 0.0009 * s + up * step * s)
            normals.append(out)
            colours.append((*LASH, alpha))
    at = np.array(points)
    deltas = ride.deltas(body.actions, np.repeat(line, 3, axis=0))
    return Piece(
        at,
        np.array(normals),
        np.zeros((len(at), 2)),
        grid_triangles(len(line), 3),
        bound_to(body, len(at), "head"),
        np.array(colours),
        deltas,
    )


def lid_shadow(body: Body, ride: LidRide, line: np.ndarray, side: int, upper: bool) -> Piece:
    """A soft dark strip on the ball under the lid; it rides on the lid."""
    centre, radius, sign = body.face.eyes[side], body.face.radii[side], 1 if upper else -1
    towards = unit(line - centre)
    steps = ((-0.10, 0.0), (0.0, 0.62 if upper else 0.35), (0.4, 0.38 if upper else 0.12), (1.0, 0.0))
    lift, tall = np.arctan2(towards[:, 1], towards[:, 2]), np.hypot(towards[:, 1], towards[:, 2])
    points, colours = [], []
    for k in range(40):
        for step, alpha in steps:
            angle = lift[k] - sign * (0.30 if upper else 0.10) * step
            way = unit(np.array([towards[k, 0], tall[k] * np.sin(angle), tall[k] * np.cos(angle)]))
            points.append(centre + way * radius * (bulge(np.arccos(np.clip(way[2], -1, 1))) + 0.012))
            colours.append((0.035, 0.012, 0.008, alpha * np.sin(np.pi * np.clip(k / 39, 0.02, 0.98)) ** 0.4))
    at = np.array(points)
    deltas = ride.deltas(body.actions, np.repeat(line, 4, axis=0)) * 0.85
    for word in ("Left", "Right"):  # a shut lid covers the strip: it sinks into the ball
        shut = body.basis.face_names.index(f"eyeBlink{word}")
        deltas[shut, :, 2] -= 0.006 * body.face.scale * (np.abs(deltas[shut]).max() > 1e-4)
    weights = bound_to(body, len(at), "head")
    return Piece(at, unit(at - centre), np.zeros((len(at), 2)), grid_triangles(40, 4), weights, np.array(colours), deltas)


def wet_line(body: Body, ride: LidRide, line: np.ndarray, side: int) -> Piece:
    """The thin light on the tear that stands along the lower lid; it rides on the lid."""
    centre, radius, s = body.face.eyes[side], body.face.radii[side], body.face.scale
    towards = unit(line - centre)
    lift, tall = np.arctan2(towards[:, 1], towards[:, 2]), np.hypot(towards[:, 1], towards[:, 2])
    points, colours = [], []
    for k in range(40):
        strength = 0.30 * np.sin(np.pi * np.clip(k / 39, 0, 1)) ** 1.5 * (0.6 + 0.4 * np.sin(k * 0.5 + side * 2) ** 2)
        for step, alpha in ((0.012, 0.0), (0.035, strength), (0.060, 0.0)):
            angle = lift[k] + step
            way = unit(np.array([towards[k, 0], tall[k] * np.sin(angle), tall[k] * np.cos(angle)]))
            points.append(centre + way * radius * (bulge(np.arccos(np.clip(way[2], -1, 1))) + 0.016))
            colours.append((0.80, 0.76, 0.72, alpha))
    at = np.array(points)
    deltas = ride.deltas(body.actions, np.repeat(line, 3, axis=0)) * 0.95
    for word in ("Left", "Right"):
        shut = body.basis.face_names.index(f"eyeBlink{word}")
        deltas[shut, :, 2] -= 0.006 * s * (np.abs(deltas[shut]).max() > 1e-4)
    return Piece(
        at, unit(at - centre), np.zeros((len(at), 2)), grid_triangles(40, 3), bound_to(body, len(at), "head"), np.array(colours), deltas
    )


def iris_picture(choices: Choices) -> np.ndarray:
    """The eye's texture (TEXTURE, TEXTURE, 3) uint8: warm white with fine veins, limbus, fibres, collarette, pupil, lighter lower half."""
    axis = (np.arange(TEXTURE) + 0.5) / TEXTURE * 2 - 1
    x, y = np.meshgrid(axis, -axis)
    far, turn, edge, rng = np.hypot(x, y), np.arctan2(y, x), 0.53, np.random.default_rng(2)
    white_of = np.array([246.0, 242, 237]) - (np.clip((far - 0.5) / 0.5, 0, 1) ** 1.5)[..., None] * (20, 46, 50)
    white_of -= veins(far, turn, rng)[..., None] * (6, 34, 34)
    q = np.clip(far / edge, 0, 1)
    wave = turn + 0.02 * np.sin(q * 17)
    fibres = sum(np.sin(wave * k + rng.uniform(0, 6) + 1.3 * np.sin(q * rng.uniform(3, 9) + k)) * rng.uniform(0.3, 1) for k in FIBRES) / 3.2
    crypts = np.clip(sum(np.sin(turn * k + rng.uniform(0, 6)) for k in (9, 13, 17)) - 0.7, 0, 2) * np.exp(-(((q - 0.68) / 0.12) ** 2))
    colour = np.array(choices.eyes) * (1 + 0.24 * fibres * np.sin(np.pi * q) - 0.16 * crypts)[..., None]
    low = np.clip(0.55 - 0.9 * y / edge, 0, 1.5) * np.clip(q * 1.5 - 0.35, 0, 1)
    colour = colour * (0.70 + 0.72 * low[..., None])
    ring = 0.50 + 0.025 * np.sin(turn * 11 + 2 * np.sin(turn * 4))
    colour += np.exp(-(((q - ring) / 0.075) ** 2))[..., None] * (40, 27, 8)
    colour *= (1 - 0.66 * smoothstep(0.80, 0.99, q + 0.012 * np.sin(turn * 37)))[..., None]
    pupil = (1 - smoothstep(0.41, 0.47, q + 0.006 * np.sin(turn * 29)))[..., None]
    colour = colour * (1 - pupil) + np.array((11, 7, 6)) * pupil
    inside = (1 - smoothstep(edge * 0.94, edge * 1.075, far))[..., None]
    return np.clip(white_of * (1 - inside) + colour * inside, 0, 255).astype(np.uint8)


def veins(far: np.ndarray, turn: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A few faint threads in the white, towards its corners."""
    out = np.zeros_like(far)
    for _ in range(26):
        at = rng.choice((0.0, np.pi)) + rng.normal(0, 0.55)
        path = at + 0.10 * np.sin(far * rng.uniform(9, 20) + rng.uniform(0, 6)) + 0.03 * np.sin(far * 47 + rng.uniform(0, 6))
        strength = rng.uniform(0.2, 0.6)
        off = turn - path
        away = (off - 2 * np.pi * np.round(off / (2 * np.pi))) * far
        near = (np.abs(away) < VEIN_REACH) & (far > 0.62)
        out[near] += np.exp(-((away[near] / 0.006) ** 2)) * smoothstep(0.62, 1.0, far[near]) * strength
    return np.minimum(out, 1)
