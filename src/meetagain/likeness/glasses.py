"""A body comes in; glasses go out: round wire, rectangular frames or dark sunglasses, as pieces of the cloth material."""

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.cloth_picture import Swatch
from meetagain.likeness.eyes import bound_to
from meetagain.likeness.parts import Piece, Wardrobe, unit, vertex_normals, white

FRAMES = {"round": Swatch((168, 148, 112)), "rectangular": Swatch((62, 48, 42)), "sun": Swatch((40, 36, 36))}
LENSES = Swatch((34, 32, 34))
SHAPES = {"round": (0.0215, 0.0175, 2.0, 0.00085), "rectangular": (0.0240, 0.0150, 4.5, 0.0014), "sun": (0.0255, 0.0195, 2.8, 0.0015)}


def tube(path: np.ndarray, radius: float, closed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points, normals and triangles of a thin five-sided tube along a path (n, 3)."""
    n = len(path)
    tangent = unit(np.roll(path, -1, 0) - np.roll(path, 1, 0)) if closed else unit(np.gradient(path, axis=0))
    a = unit(np.cross(tangent, (0.2, 0.3, 1.0)))
    b = np.cross(tangent, a)
    turn = np.arange(5) * 2 * np.pi / 5
    ring = a[:, None] * np.cos(turn)[None, :, None] + b[:, None] * np.sin(turn)[None, :, None]
    k, q = (m.ravel() for m in np.meshgrid(np.arange(n if closed else n - 1), np.arange(5), indexing="ij"))
    i0, i1, j0, j1 = k * 5 + q, k * 5 + (q + 1) % 5, (k + 1) % n * 5 + q, (k + 1) % n * 5 + (q + 1) % 5
    triangles = np.concatenate([np.stack([i0, i1, j0], 1), np.stack([i1, j1, j0], 1)])
    return (path[:, None] + ring * radius).reshape(-1, 3), ring.reshape(-1, 3), triangles


def add_glasses(body: Body, shape: str, frame_uv: np.ndarray, lens_uv: np.ndarray, wardrobe: Wardrobe) -> None:
    """Glasses on the nose with sides to the ears; uv (2,) of the frame's and the lenses' cloth. Sunglasses have dark lenses."""
    s, (left, right) = body.face.scale, body.face.eyes
    wide, high, power, thick = SHAPES[shape]
    front = max(body.points[np.unique(body.basis.groups["f_eye_l"])][:, 2].max() + 0.010 * s, body.face.middle[2] + 0.018 * s)
    paths = []
    for eye in (left, right):
        rim = lens_rim(eye, np.sign(eye[0]), front, (wide, high, power), s)
        paths.append((rim, thick * s, True))
        hinge, sign = eye[0] * 1.02 + np.sign(eye[0]) * wide * s, np.sign(eye[0])
        steps = ((0, 0.003, -0.003), (0.007, 0.004, -0.012), (0.017, 0.004, -0.055), (0.017, 0.002, -0.085), (0.014, -0.012, -0.1))
        paths.append((np.array([(hinge + sign * x * s, eye[1] + y * s, front + z * s) for x, y, z in steps]), thick * 0.95 * s, False))
        if shape == "sun":
            add_lens(body, rim, lens_uv, wardrobe)
    inner = left[0] * 1.02 - wide * s
    bridge = np.array(
        [(-inner, left[1] + 0.002 * s, front), (0, left[1] + 0.0055 * s, front + 0.003 * s), (inner, left[1] + 0.002 * s, front)]
    )
    paths.append((bridge, thick * s, False))
    for path, radius, closed in paths:
        points, normals, triangles = tube(path, radius, closed)
        uv = np.tile(frame_uv, (len(points), 1))
        wardrobe.add("cloth", Piece(points, normals, uv, triangles, bound_to(body, len(points), "head"), white(len(points))))


def lens_rim(eye: np.ndarray, sign: float, front: float, shape: tuple[float, float, float], s: float) -> np.ndarray:
    """The edge of a lens (28, 3): a superellipse before the eye, wrapped a little round the face."""
    wide, high, power = shape
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    across, up = (np.sign(f) * np.abs(f) ** (2 / power) for f in (np.cos(turn), np.sin(turn)))
    x = wide * s * across
    z = front - 0.10 * np.abs(x) * (across * sign > 0)
    return np.stack([eye[0] * 1.02 + x, eye[1] - 0.004 * s + high * s * up, z], 1)


def add_lens(body: Body, rim: np.ndarray, uv: np.ndarray, wardrobe: Wardrobe) -> None:
    """A dark lens within a rim, a little bulged."""
    points = np.concatenate([rim, rim * 0.5 + rim.mean(0) * 0.5 + (0, 0, 0.0012), rim.mean(0)[None] + (0, 0, 0.0016)])
    n = len(rim)
    i, j = np.arange(n), (np.arange(n) + 1) % n
    triangles = np.concatenate([np.stack([i, j, i + n], 1), np.stack([j, j + n, i + n], 1), np.stack([i + n, j + n, np.full(n, 2 * n)], 1)])
    normals = vertex_normals(points, triangles)
    wardrobe.add(
        "cloth", Piece(points, normals, np.tile(uv, (len(points), 1)), triangles, bound_to(body, len(points), "head"), white(len(points)))
    )
