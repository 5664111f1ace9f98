"""Pieces of surface come in one by one, five lists of them (skin, eyes, hair, cloth, overlay) go out: one draw call each."""

from dataclasses import dataclass, field

import numpy as np

from meetagain.likeness.swing import Ball, Chain

MATERIALS = ("skin", "eyes", "hair", "cloth", "overlay")


@dataclass
class Piece:
    """A piece of surface of one material. Arrays are per vertex unless said otherwise; metres."""

    points: np.ndarray  # (n, 3)
    normals: np.ndarray  # (n, 3)
    uv: np.ndarray  # (n, 2), v down
    triangles: np.ndarray  # (m, 3) int
    weights: np.ndarray  # (n, n_joints), with columns for the wardrobe's chains where it follows them
    colour: np.ndarray  # (n, 4) in [0, 1], linear
    deltas: np.ndarray | None = None  # (n_actions, n, 3)
    tangent: np.ndarray | None = None  # (n, 3), along the strand
    shaded: np.ndarray | float = 0.0  # least light that occlusion leaves, (n,) or one for all


@dataclass
class Wardrobe:
    """Everything a person is made of, by material."""

    pieces: dict[str, list[Piece]] = field(default_factory=lambda: {name: [] for name in MATERIALS})
    chains: tuple[Chain, ...] = ()  # joints that swing, after the rig's own in the weights of the pieces that follow them
    balls: tuple[Ball, ...] = ()  # what they stay out of

    def add(self, material: str, piece: Piece) -> None:
        """Put a piece with its material. Empty pieces are left out."""
        if len(piece.triangles):
            self.pieces[material].append(piece)

    def triangles(self) -> int:
        """How many triangles all pieces have."""
        return sum(len(piece.triangles) for pieces in self.pieces.values() for piece in pieces)


def vertex_normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Area-weighted unit normals (n, 3)."""
    out = np.zeros_like(points, dtype=np.float64)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    for k in range(3):
        np.add.at(out, triangles[:, k], face)
    return unit(out)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length one along the last axis; a zero stays zero."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def split_quads(quads: np.ndarray) -> np.ndarray:
    """Quads (n, 4) -> triangles (2 n, 3); triangles stay."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]) if quads.shape[1] == 4 else quads


def smoothstep(low: float, high: float, x: np.ndarray | float) -> np.ndarray:
    """0 below low, 1 above high, smooth between."""
    t = np.clip((np.asarray(x) - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def grid_triangles(rows: int, columns: int) -> np.ndarray:
    """Triangles of a rows x columns grid of vertices numbered row by row."""
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (i * columns + j).ravel()
    return np.concatenate([np.stack([a, a + columns, a + 1], 1), np.stack([a + 1, a + columns, a + columns + 1], 1)])


def white(count: int) -> np.ndarray:
    """Vertex colour (count, 4) that changes nothing."""
    return np.ones((count, 4))
