"""Observed colours, a guess of the skin's own colour and normals come in; the light of the photograph goes out, so that it can be taken away."""

import numpy as np

FREE = (1.0, 0.6, 0.6, 0.6, 0.25, 0.25, 0.25, 0.25, 0.25)  # how freely each harmonic may move, constant first
TINTED = (1.0, 0.25, 0.25, 0.25, 0.0, 0.0, 0.0, 0.0, 0.0)  # the same for what one colour has and the others have not
LEAST = 0.35  # least light that is divided by, over the middle light


def to_linear(srgb: np.ndarray) -> np.ndarray:
    """sRGB in [0, 1] -> linear light."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def to_srgb(linear: np.ndarray) -> np.ndarray:
    """Linear light -> sRGB in [0, 1]."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)


def harmonics(normals: np.ndarray) -> np.ndarray:
    """The first nine spherical harmonics without their constants (n, 9) of unit normals (n, 3)."""
    x, y, z = normals.T
    return np.stack([np.ones(len(x)), x, y, z, x * y, y * z, 3 * z * z - 1, x * z, x * x - y * y], 1)


def fit_light(colour: np.ndarray, albedo: np.ndarray, normals: np.ndarray, weight: np.ndarray, rounds: int = 6) -> np.ndarray:
    """Light (9, 3) under which skin of `albedo` (n, 3) with `normals` shows as `colour` (n, 3), all linear; spots and hair do not count.

    Ramamoorthi and Hanrahan 2001: nine harmonics carry the light of a matt surface. Robust: Huber weights on the relative error.
    """
    seen = weight > 0
    colour, albedo, normals, weight = colour[seen], albedo[seen], normals[seen], weight[seen]
    basis = harmonics(normals)
    trust = weight.copy()
    out = np.zeros((9, 3))
    for _ in range(rounds):
        bright = _solve(basis, albedo.mean(1), colour.mean(1), trust, np.array(FREE), 0.02)
        shade = basis @ bright
        tint = [_solve(basis, albedo[:, k] * shade, colour[:, k], trust, np.array(TINTED), 0.05) for k in range(3)]
        out = np.stack([_times(bright, t) for t in tint], 1)
        shown = albedo * lit_by(out, normals)
        off = np.abs(np.log((colour + 0.01) / (shown + 0.01))).mean(1)
        limit = 1.5 * np.median(off) + 0.02 if len(off) else 1.0
        trust = weight * np.minimum(1, limit / np.maximum(off, 1e-6))
    return out


def _solve(basis: np.ndarray, albedo: np.ndarray, colour: np.ndarray, trust: np.ndarray, loose: np.ndarray, pull: float) -> np.ndarray:
    """Harmonics (9,) of one channel, least squares with a pull on all but the constant."""
    rows = basis * albedo[:, None] * loose
    normal = rows.T @ (rows * trust[:, None])
    hold = pull * max(normal[0, 0], 1e-9) * np.eye(9)
    hold[0, 0] = 1e-9
    return np.linalg.solve(normal + hold, rows.T @ (colour * trust)) * loose


def _times(bright: np.ndarray, tint: np.ndarray) -> np.ndarray:
    """The product of two lights, to the first order of the second's change."""
    out = bright * tint[0]
    out[1:4] += bright[0] * tint[1:4]
    return out


def lit_by(light: np.ndarray, normals: np.ndarray) -> np.ndarray:
    """Light (n, 3) that falls on normals (n, 3); never so little that dividing by it would make noise of a shadow."""
    return np.maximum(harmonics(normals) @ light, LEAST * np.maximum(light[0], 1e-3))
