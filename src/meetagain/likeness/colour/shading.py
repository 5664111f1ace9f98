"""Observed colours, a guess of the skin's own colour and normals come in; the light of the photograph goes out, so that it can be taken away."""

import numpy as np

FIRST = (1.0, 0.6, 0.6, 0.6, 0.25, 0.25, 0.25, 0.25, 0.25)  # how freely each harmonic may move, constant first
LEAST = 0.18  # least light that is divided by


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
    basis = harmonics(normals)
    out = np.zeros((9, 3))
    trust = weight.copy()
    loose = np.array(FIRST)
    for _ in range(rounds):
        for k in range(3):
            rows = basis * albedo[:, k : k + 1] * loose
            normal = rows.T @ (rows * trust[:, None])
            pull = 0.02 * np.trace(normal) / 9 * np.eye(9)
            pull[0, 0] = 1e-9
            out[:, k] = np.linalg.solve(normal + pull, rows.T @ (colour[:, k] * trust)) * loose
        seen = albedo * np.maximum(basis @ out, LEAST * out[0])
        off = np.abs(np.log((colour + 0.01) / (seen + 0.01))).mean(1)
        limit = 1.5 * np.median(off[weight > 0]) + 0.02 if (weight > 0).any() else 1.0
        trust = weight * np.minimum(1, limit / np.maximum(off, 1e-6))
    return out


def lit_by(light: np.ndarray, normals: np.ndarray) -> np.ndarray:
    """Light (n, 3) that falls on normals (n, 3); never so little that dividing by it would make noise of a shadow."""
    return np.maximum(harmonics(normals) @ light, LEAST * np.maximum(light[0], 1e-3))
