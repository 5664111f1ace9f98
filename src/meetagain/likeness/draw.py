"""Projected triangles come in, what is seen at each pixel goes out: hair is cut by its picture, lashes are laid over."""

import numpy as np
from numba import njit


@njit(cache=True)
def nearest_triangles(points, depth, triangles, cut, uv, alpha, width, height):
    """Points (n, 2) pixels, depth (n,) metres, triangles (m, 3), cut (m,) bool: alpha-tested, uv (n, 3): place in the picture and
    the vertex's own alpha, alpha (h, w): the picture's, in [0, 1].

    Returns depth (height, width), triangle (-1: none) and perspective-correct shares (height, width, 3).
    """
    nearest = np.full((height, width), 1e9, np.float32)
    which = np.full((height, width), -1, np.int32)
    shares = np.zeros((height, width, 3), np.float32)
    tall, wide = alpha.shape
    for i in range(triangles.shape[0]):
        a, b, c = triangles[i, 0], triangles[i, 1], triangles[i, 2]
        if depth[a] < 0.02 or depth[b] < 0.02 or depth[c] < 0.02:
            continue
        x0, y0, x1, y1, x2, y2 = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) < 1e-9:
            continue
        left, right = max(0, int(np.floor(min(x0, x1, x2) - 0.5))), min(width - 1, int(np.ceil(max(x0, x1, x2))))
        top, bottom = max(0, int(np.floor(min(y0, y1, y2) - 0.5))), min(height - 1, int(np.ceil(max(y0, y1, y2))))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                x, y = column + 0.5, row + 0.5
                w1 = ((x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)) / area
                w2 = ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / area
                w0 = 1 - w1 - w2
                if w0 < -1e-7 or w1 < -1e-7 or w2 < -1e-7:
                    continue
                z = 1 / (w0 / depth[a] + w1 / depth[b] + w2 / depth[c])
                if z >= nearest[row, column]:
                    continue
                w0, w1, w2 = w0 * z / depth[a], w1 * z / depth[b], w2 * z / depth[c]
                if cut[i]:
                    u = w0 * uv[a, 0] + w1 * uv[b, 0] + w2 * uv[c, 0]
                    v = w0 * uv[a, 1] + w1 * uv[b, 1] + w2 * uv[c, 1]
                    own = w0 * uv[a, 2] + w1 * uv[b, 2] + w2 * uv[c, 2]
                    if own * alpha[min(max(int(v * tall), 0), tall - 1), min(max(int(u * wide), 0), wide - 1)] < 0.5:
                        continue
                nearest[row, column] = z
                which[row, column] = i
                shares[row, column, 0] = w0
                shares[row, column, 1] = w1
                shares[row, column, 2] = w2
    return nearest, which, shares


@njit(cache=True)
def lay_over(image, nearest, points, depth, triangles, colour, slack):
    """Lay triangles (m, 3) of vertex colours (n, 4) over image (h, w, 3) in order, where they are not behind `nearest` by more than slack."""
    height, width = nearest.shape
    for i in range(triangles.shape[0]):
        a, b, c = triangles[i, 0], triangles[i, 1], triangles[i, 2]
        if depth[a] < 0.02 or depth[b] < 0.02 or depth[c] < 0.02:
            continue
        x0, y0, x1, y1, x2, y2 = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) < 1e-9:
            continue
        left, right = max(0, int(np.floor(min(x0, x1, x2) - 0.5))), min(width - 1, int(np.ceil(max(x0, x1, x2))))
        top, bottom = max(0, int(np.floor(min(y0, y1, y2) - 0.5))), min(height - 1, int(np.ceil(max(y0, y1, y2))))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                x, y = column + 0.5, row + 0.5
                w1 = ((x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)) / area
                w2 = ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / area
                w0 = 1 - w1 - w2
                if w0 < 0 or w1 < 0 or w2 < 0:
                    continue
                z = w0 * depth[a] + w1 * depth[b] + w2 * depth[c]
                if z > nearest[row, column] + slack:
                    continue
                share = w0 * colour[a, 3] + w1 * colour[b, 3] + w2 * colour[c, 3]
                for k in range(3):
                    tone = w0 * colour[a, k] + w1 * colour[b, k] + w2 * colour[c, k]
                    image[row, column, k] += (tone - image[row, column, k]) * share
