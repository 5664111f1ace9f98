"""Points on a pixel grid, depth and triangles come in, the nearest depth, triangle and barycentrics of each pixel go out."""

import numpy as np
from numba import njit


@njit(cache=True)
def raster(points: np.ndarray, depth: np.ndarray, triangles: np.ndarray, width: int, height: int):
    """Points (n, 2) in pixels, depth (n,), triangles (m, 3) -> depth (h, w), triangle index (h, w; -1: none), shares (h, w, 3)."""
    nearest = np.full((height, width), 1e9, np.float32)
    which = np.full((height, width), -1, np.int32)
    shares = np.zeros((height, width, 3), np.float32)
    for i in range(triangles.shape[0]):
        a, b, c = triangles[i, 0], triangles[i, 1], triangles[i, 2]
        x0, y0, x1, y1, x2, y2 = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) < 1e-12:
            continue
        left, right = max(0, int(np.floor(min(x0, x1, x2)))), min(width - 1, int(np.ceil(max(x0, x1, x2))))
        top, bottom = max(0, int(np.floor(min(y0, y1, y2)))), min(height - 1, int(np.ceil(max(y0, y1, y2))))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                x, y = column + 0.5, row + 0.5
                w1 = ((x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)) / area
                w2 = ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / area
                w0 = 1 - w1 - w2
                if w0 < -1e-9 or w1 < -1e-9 or w2 < -1e-9:
                    continue
                z = w0 * depth[a] + w1 * depth[b] + w2 * depth[c]
                if z < nearest[row, column]:
                    nearest[row, column] = z
                    which[row, column] = i
                    shares[row, column, 0] = w0
                    shares[row, column, 1] = w1
                    shares[row, column, 2] = w2
    return nearest, which, shares
