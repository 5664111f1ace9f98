"""All pieces of a person come in; their vertex colours go out darker and warmer where little sky is seen."""

import numpy as np

from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.raster import raster

TINTS = {"skin": (0.70, 0.47, 0.41), "eyes": (0.55, 0.42, 0.40), "hair": (0.40, 0.32, 0.28), "cloth": (0.45, 0.40, 0.46)}
GRID, DIRECTIONS, SLACK_M = 720, 64, 0.004


def directions() -> np.ndarray:
    """Even unit directions (k, 3) by the golden spiral, without those from far below."""
    i = np.arange(DIRECTIONS) + 0.5
    polar, turn = np.arccos(1 - 2 * i / DIRECTIONS), 2 * np.pi * i / ((1 + 5**0.5) / 2)
    out = np.stack([np.cos(turn) * np.sin(polar), np.cos(polar), np.sin(turn) * np.sin(polar)], 1)
    return out[out[:, 1] > -0.55]


def sky_seen(points: np.ndarray, normals: np.ndarray, triangles: np.ndarray, grid: int = GRID) -> np.ndarray:
    """Share of the sky (n,) in [0, 1] that each vertex sees; all parts hide each other. `grid`: how many pixels wide they are laid out."""
    seen, total = np.zeros(len(points)), np.full(len(points), 1e-6)
    for direction in directions():
        across = np.cross(direction, (0.3, 0.9, 0.2))
        across /= np.linalg.norm(across)
        flat = np.stack([points @ across, points @ np.cross(direction, across)], 1)
        flat = (flat - flat.min(0)) / np.ptp(flat, axis=0).max() * (grid - 8) + 4
        depth = 20 - points @ direction
        nearest, _, _ = raster(flat, depth, triangles, grid, grid)
        x, y = np.clip(flat.astype(int), 0, grid - 1).T
        share = np.clip(normals @ direction, 0, 1) * (1 + 0.5 * direction[1])
        seen += share * (depth < nearest[y, x] + SLACK_M)
        total += share
    return seen / total


def shade(wardrobe: Wardrobe, grid: int = GRID) -> None:
    """Multiply the vertex colours of all opaque pieces by the tint of what they do not see. What is thin (alpha under 0.9) hides nothing."""
    named = [(name, piece) for name in TINTS for piece in wardrobe.pieces[name]]
    starts = np.cumsum([0] + [len(piece.points) for _, piece in named])
    triangles = np.concatenate([piece.triangles + s for (_, piece), s in zip(named, starts, strict=False)]).astype(np.int64)
    solid = np.concatenate([piece.colour[:, 3] for _, piece in named]) > 0.9
    casting = triangles[solid[triangles].all(1)]
    points, normals = (np.concatenate([getattr(piece, key) for _, piece in named]) for key in ("points", "normals"))
    sky = np.clip((sky_seen(points, normals, casting, grid) - 0.12) / 0.62, 0, 1)
    for (name, piece), start in zip(named, starts, strict=False):
        light = np.maximum(sky[start : start + len(piece.points)], piece.shaded)[:, None]
        low = np.array(TINTS[name])
        piece.colour = piece.colour.copy()
        piece.colour[:, :3] *= low + (1 - low) * light
