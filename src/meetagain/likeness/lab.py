"""sRGB colours come in, CIE Lab goes out, and back: the space in which colours are compared."""

import numpy as np

TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)  # IEC 61966-2-1
WHITE = np.array([0.95047, 1.0, 1.08883])  # D65
EPSILON, KAPPA = 216 / 24389, 24389 / 27


def lab_of(srgb: np.ndarray) -> np.ndarray:
    """(..., 3) sRGB in [0, 1] -> Lab, L in 0..100."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    t = linear @ TO_XYZ.T / WHITE
    f = np.where(t > EPSILON, np.cbrt(t), (KAPPA * t + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def srgb_of(lab: np.ndarray) -> np.ndarray:
    """(..., 3) Lab -> sRGB in [0, 1]; what the screen cannot show is cut off."""
    fy = (lab[..., 0] + 16) / 116
    f = np.stack([fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200], -1)
    t = np.where(f**3 > EPSILON, f**3, (116 * f - 16) / KAPPA)
    linear = np.clip((t * WHITE) @ np.linalg.inv(TO_XYZ).T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
