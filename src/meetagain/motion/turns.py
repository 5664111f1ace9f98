"""Angles and axes come in, rotation matrices (..., 3, 3) come out; the few operations that motion needs on them."""

import numpy as np

Array = np.ndarray


def unit(vectors: Array) -> Array:
    """Vectors (..., 3 or 4) at length one; a zero vector stays near zero."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def axis_angle(axis: Array | tuple[float, float, float], angle: Array | float) -> Array:
    """Turns by `angle` (...) radians about unit axes (..., 3), right-handed."""
    angle = np.asarray(angle, float)
    axis = np.broadcast_to(np.asarray(axis, float), (*angle.shape, 3))
    x, y, z = np.moveaxis(axis, -1, 0)
    s, c = np.sin(angle), np.cos(angle)
    rest = 1 - c
    out = np.empty((*angle.shape, 3, 3))
    out[..., 0, 0], out[..., 1, 1], out[..., 2, 2] = c + x * x * rest, c + y * y * rest, c + z * z * rest
    out[..., 0, 1], out[..., 1, 0] = x * y * rest - z * s, x * y * rest + z * s
    out[..., 0, 2], out[..., 2, 0] = x * z * rest + y * s, x * z * rest - y * s
    out[..., 1, 2], out[..., 2, 1] = y * z * rest - x * s, y * z * rest + x * s
    return out


def frame(first: Array, second: Array) -> Array:
    """Right-handed bases (columns): the first axis (..., 3) kept, the second made orthogonal to it."""
    a = unit(np.asarray(first, float))
    b = np.asarray(second, float)
    b = unit(b - (a * b).sum(-1, keepdims=True) * a)
    return np.stack(np.broadcast_arrays(a, b, np.cross(a, b)), -1)


def to_quat(m: Array) -> Array:
    """Matrices (..., 3, 3) -> quaternions (..., 4) as x, y, z, w with w >= 0, by the largest component (Shepperd 1978)."""
    d0, d1, d2 = m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]
    t = np.stack([d0 - d1 - d2, d1 - d2 - d0, d2 - d0 - d1, d0 + d1 + d2], -1)
    pick = t.argmax(-1)[..., None]
    r = np.sqrt(np.maximum(1 + np.take_along_axis(t, pick, -1)[..., 0], 1e-12))
    a, b, c = m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]
    xy, xz, yz = m[..., 0, 1] + m[..., 1, 0], m[..., 0, 2] + m[..., 2, 0], m[..., 1, 2] + m[..., 2, 1]
    rows = [[r * r, xy, xz, a], [xy, r * r, yz, b], [xz, yz, r * r, c], [a, b, c, r * r]]
    options = np.stack([np.stack(row, -1) for row in rows], -2)
    q = unit(np.take_along_axis(options, pick[..., None], -2)[..., 0, :])
    return np.where(q[..., 3:] < 0, -q, q)


def from_quat(q: Array) -> Array:
    """Quaternions (..., 4) as x, y, z, w of any length -> matrices (..., 3, 3)."""
    x, y, z, w = np.moveaxis(unit(q), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def flipped(m: Array) -> Array:
    """The inverse turns: matrices (..., 3, 3) transposed."""
    return np.swapaxes(m, -1, -2)


def parts(a: Array, b: Array, shares: tuple[float, ...]) -> list[Array]:
    """The turns that lie the given shares (0..1) of the way from a to b, both (..., 3, 3)."""
    q = to_quat(flipped(a) @ b)
    angle = 2 * np.arctan2(np.linalg.norm(q[..., :3], axis=-1), q[..., 3])
    axis = unit(q[..., :3] + 1e-12)
    return [a @ axis_angle(axis, angle * share) for share in shares]


def twist_of(m: Array, axis: Array) -> Array:
    """Radians (...) of the turn about `axis` (3,) inside m (swing and twist)."""
    q = to_quat(m)
    return 2 * np.arctan2((q[..., :3] * axis).sum(-1), q[..., 3])


def euler(bend: Array | float = 0.0, tilt: Array | float = 0.0, turn: Array | float = 0.0) -> Array:
    """Degrees in a person's words: bend forward, tilt to the left shoulder, turn to the left."""
    bend, tilt, turn = np.broadcast_arrays(*(np.radians(np.asarray(x, float)) for x in (bend, tilt, turn)))
    return axis_angle((0, 1, 0), turn) @ axis_angle((0, 0, 1), -tilt) @ axis_angle((1, 0, 0), bend)


def mixed(weights: Array, quats: Array) -> Array:
    """Weighted mean turns: weights (T, K), quaternions (K, T, 4) -> matrices (T, 3, 3)."""
    lead = quats[weights.argmax(1), np.arange(quats.shape[1])]
    sign = np.where((quats * lead).sum(-1) < 0, -1.0, 1.0)
    return from_quat(np.einsum("tk,ktc->tc", weights, quats * sign[..., None]))
