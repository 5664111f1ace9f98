"""A surface with weights comes in, the same surface cut, smoothed, pushed out, refined or hemmed goes out."""

from dataclasses import dataclass

import numpy as np

from meetagain.likeness.parts import vertex_normals


@dataclass
class Sheet:
    """Cloth: points (n, 3) metres, weights (n, n_joints), triangles (m, 3), extra (n, k) that follow every cut."""

    points: np.ndarray
    weights: np.ndarray
    triangles: np.ndarray
    extra: np.ndarray

    def normals(self) -> np.ndarray:
        """Unit normals (n, 3)."""
        return vertex_normals(self.points, self.triangles)

    def compact(self) -> "Sheet":
        """Without the vertices no triangle uses."""
        used, inverse = np.unique(self.triangles, return_inverse=True)
        return Sheet(self.points[used], self.weights[used], inverse.reshape(-1, 3), self.extra[used])

    def clip(self, keep: np.ndarray) -> "Sheet":
        """Keep where the value (n,) is >= 0, with a straight cut along the zero line."""
        edge: dict[tuple[int, int], int] = {}
        count, out = len(self.points), []

        def cut(a: int, b: int) -> int:
            return edge.setdefault((min(a, b), max(a, b)), count + len(edge))

        positive = keep >= 0
        whole = positive[self.triangles].all(1)
        for triangle in self.triangles[positive[self.triangles].any(1) & ~whole]:
            polygon: list[int] = []
            for k in range(3):
                a, b = int(triangle[k]), int(triangle[(k + 1) % 3])
                if positive[a]:
                    polygon.append(a)
                if positive[a] != positive[b]:
                    polygon.append(cut(a, b))
            out += [(polygon[0], polygon[k], polygon[k + 1]) for k in range(1, len(polygon) - 1)]
        pairs = np.array(list(edge), int).reshape(-1, 2)
        t = (keep[pairs[:, 0]] / (keep[pairs[:, 0]] - keep[pairs[:, 1]]))[:, None] if len(pairs) else np.zeros((0, 1))
        blend = [np.concatenate([x, x[pairs[:, 0]] * (1 - t) + x[pairs[:, 1]] * t]) for x in (self.points, self.weights, self.extra)]
        triangles = np.concatenate([self.triangles[whole], np.array(out, int).reshape(-1, 3)])
        return Sheet(blend[0], blend[1], triangles, blend[2]).compact()

    def smooth(self, times: int, share: float = 0.5) -> "Sheet":
        """Move every vertex towards its neighbours' middle."""
        edges = np.concatenate([self.triangles[:, [0, 1]], self.triangles[:, [1, 2]], self.triangles[:, [2, 0]]])
        edges = np.concatenate([edges, edges[:, ::-1]])
        degree = np.maximum(np.bincount(edges[:, 0], minlength=len(self.points)), 1)[:, None]
        points = self.points
        for _ in range(times):
            total = np.zeros_like(points)
            np.add.at(total, edges[:, 0], points[edges[:, 1]])
            points = points * (1 - share) + total / degree * share
        return Sheet(points, self.weights, self.triangles, self.extra)

    def push(self, distance: np.ndarray | float) -> "Sheet":
        """Outwards along the normal by metres (scalar or (n,))."""
        far = np.broadcast_to(distance, len(self.points))[:, None]
        return Sheet(self.points + self.normals() * far, self.weights, self.triangles, self.extra)

    def open_edges(self) -> np.ndarray:
        """Directed edges (k, 2) that belong to one triangle only."""
        edges = np.concatenate([self.triangles[:, [0, 1]], self.triangles[:, [1, 2]], self.triangles[:, [2, 0]]])
        size = len(self.points)
        forward, backward = edges[:, 0] * size + edges[:, 1], edges[:, 1] * size + edges[:, 0]
        return edges[~np.isin(forward, backward)]

    def hem(self, depth_m: float) -> "Sheet":
        """Turn every open edge inwards, so that cloth has thickness."""
        border, normals = self.open_edges(), self.normals()
        rim = np.unique(border)
        inner = {int(v): len(self.points) + k for k, v in enumerate(rim)}
        more = [(b, a, inner[int(a)]) for a, b in border] + [(b, inner[int(a)], inner[int(b)]) for a, b in border]
        return Sheet(
            np.concatenate([self.points, self.points[rim] - normals[rim] * depth_m]),
            np.concatenate([self.weights, self.weights[rim]]),
            np.concatenate([self.triangles, np.array(more, int).reshape(-1, 3)]),
            np.concatenate([self.extra, self.extra[rim]]),
        )
