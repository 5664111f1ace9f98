"""The head's surface comes in; pieces of hair go out: opaque sheets that are never see-through, and cards that lie over them."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.spatial import cKDTree

from meetagain.likeness.hair_picture import STRIPS, THIN, TILES, TIP_V
from meetagain.likeness.parts import grid_triangles, unit
from meetagain.likeness.swing import Chain

TURNS, TILTS, LOWEST = 144, 80, np.deg2rad(150)


class Skull:
    """Radius as a function of direction about a centre; ears left out. Azimuth 0 is the front, the polar angle starts at the crown."""

    def __init__(self, points: np.ndarray, centre: np.ndarray, tilt: float = -0.28) -> None:
        self.centre = centre
        self.up, self.right = np.array([0, np.cos(tilt), np.sin(tilt)]), np.array([1.0, 0, 0])
        self.front = np.array([0, -self.up[2], self.up[1]])
        away = points - centre
        far = np.linalg.norm(away, axis=1)
        a, p = np.meshgrid(np.linspace(-np.pi, np.pi, TURNS, endpoint=False), np.linspace(0, LOWEST, TILTS), indexing="ij")
        distance, near = cKDTree(away / far[:, None]).query(self.towards(a, p).reshape(-1, 3), k=6)
        share = 1 / (distance + 0.03) ** 2
        field = ((far[near] * share).sum(1) / share.sum(1)).reshape(TURNS, TILTS)
        field = gaussian_filter(field, (2.0, 1.2), mode=("wrap", "nearest"))
        self.field = np.concatenate([field, field[:1]])

    def towards(self, azimuth: np.ndarray, polar: np.ndarray) -> np.ndarray:
        """Unit directions (..., 3)."""
        azimuth, polar = np.broadcast_arrays(azimuth, polar)
        across = (np.sin(polar) * np.sin(azimuth))[..., None] * self.right
        return across + np.cos(polar)[..., None] * self.up + (np.sin(polar) * np.cos(azimuth))[..., None] * self.front

    def radius(self, azimuth: np.ndarray, polar: np.ndarray) -> np.ndarray:
        """Metres from the centre to the skin."""
        azimuth, polar = np.broadcast_arrays(azimuth, polar)
        a = ((azimuth + np.pi) / (2 * np.pi) * TURNS) % TURNS
        p = np.clip(polar / LOWEST * (TILTS - 1), 0, TILTS - 1)
        return map_coordinates(self.field, [np.ravel(a), np.ravel(p)], order=1, mode="nearest").reshape(azimuth.shape)

    def surface(self, azimuth: np.ndarray, polar: np.ndarray, lift_m: np.ndarray | float = 0.0) -> np.ndarray:
        """Points (..., 3) that float over the skin."""
        return self.centre + self.towards(azimuth, polar) * (self.radius(azimuth, polar) + lift_m)[..., None]

    def polar_at(self, azimuth: np.ndarray, height: np.ndarray) -> np.ndarray:
        """Polar angle at which the skin has come down to a height (metres), for each azimuth."""
        azimuth, height = np.broadcast_arrays(np.asarray(azimuth, float), np.asarray(height, float))
        polar = np.linspace(0.15, LOWEST, 240)
        y = self.surface(azimuth.reshape(-1, 1), polar[None])[..., 1]
        low = y < height.reshape(-1, 1)
        return np.where(low.any(1), polar[np.argmax(low, 1)], LOWEST).reshape(azimuth.shape)

    def angles(self, direction: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Azimuth and polar angle of unit directions (n, 3)."""
        return np.arctan2(direction @ self.right, direction @ self.front), np.arccos(np.clip(direction @ self.up, -1, 1))


@dataclass
class Tress:
    """Hair geometry. Arrays are per vertex, metres; `card` numbers what was cut as one."""

    points: np.ndarray  # (n, 3)
    normals: np.ndarray  # (n, 3)
    uv: np.ndarray  # (n, 2)
    triangles: np.ndarray  # (m, 3) int
    shade: np.ndarray  # (n,) brightness, 1 in the middle
    tangent: np.ndarray  # (n, 3) along the strand
    alpha: np.ndarray  # (n,) 1: everything stays; less: strand by strand it thins
    card: np.ndarray  # (n,) int
    tone: np.ndarray | None = None  # (n, 3) linear colour of a head covering; None: the hair's own
    chains: tuple[Chain, ...] = ()  # tails that swing
    tail: np.ndarray | None = None  # (n,) int, which of the chains; -1 or None: none


def outward(points: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Unit directions (..., 3) away from the upright axis below the centre and from the centre above it."""
    axis = np.broadcast_to(centre, points.shape).copy()
    axis[..., 1] = np.minimum(points[..., 1], axis[..., 1])
    return unit(points - axis)


def cards(
    lines: np.ndarray,
    centre: np.ndarray,
    width: np.ndarray | float,
    strip: np.ndarray,
    rng: np.random.Generator,
    roll: float = 0.15,
    taper: tuple[float, ...] = (0.5, 1.0, 0.75),
    bright: float = 0.07,
    shade: tuple[float, ...] = (0.72, 0.95, 1.05, 0.95),
    out: np.ndarray | None = None,
) -> Tress:
    """Ribbons two vertices wide along lines (n, k, 3). Normals come mostly from the head, so that shading stays soft; `roll` in radians."""
    n, k = lines.shape[:2]
    tangent = unit(np.gradient(lines, axis=1))
    out = outward(lines, centre) if out is None else out
    side = unit(np.cross(tangent, out))
    face = np.cross(side, tangent)
    angle = rng.normal(0, roll, (n, 1, 1))
    turned = side * np.cos(angle) + face * np.sin(angle)
    t = np.linspace(0, 1, k)
    half = np.interp(t, np.linspace(0, 1, len(taper)), taper)[None, :, None] * np.broadcast_to(np.asarray(width) / 2, n)[:, None, None]
    soft = out * 0.8 + face * 0.2
    points = np.stack([lines - turned * half, lines + turned * half], 1)
    normals = unit(np.stack([soft - side * 0.35, soft + side * 0.35], 1))
    edges = np.array(STRIPS)[np.asarray(strip, int)]
    flip = rng.random(n) < 0.5
    edges[flip] = edges[flip][:, ::-1]
    uv = np.stack([np.broadcast_to(edges[:, :, None], (n, 2, k)), np.broadcast_to(t * TIP_V, (n, 2, k))], -1)
    tone = np.interp(t, np.linspace(0, 1, len(shade)), shade)[None, None] * rng.normal(1, bright, (n, 1, 1)) * np.ones((n, 2, k))
    i, at = np.arange(k - 1), np.arange(n)[:, None] * 2 * k
    strip_triangles = np.concatenate([np.stack([i, i + k, i + 1], 1), np.stack([i + 1, i + k, i + k + 1], 1)])
    triangles = (strip_triangles[None] + at[..., None]).reshape(-1, 3)
    return Tress(
        points.reshape(-1, 3),
        normals.reshape(-1, 3),
        uv.reshape(-1, 2),
        triangles,
        tone.ravel(),
        np.stack([tangent, tangent], 1).reshape(-1, 3),
        np.repeat(np.where(np.isin(strip, THIN), 0.89, 1.0), 2 * k),
        np.repeat(np.arange(n), 2 * k),
    )


def sheet(
    lines: np.ndarray,
    centre: np.ndarray,
    shade: tuple[float, ...] = (0.72, 0.84, 0.86, 0.80),
    alpha: tuple[float, ...] = (1.0, 1.0),
    close: bool = False,
) -> Tress:
    """An opaque surface through neighbouring lines (n, k, 3); `alpha` runs from root to tip, `close` joins the last line to the first."""
    lines = np.concatenate([lines, lines[:1]]) if close else lines
    n, k = lines.shape[:2]
    t = np.linspace(0, 1, k)
    left, right = STRIPS[0]
    u = left + (right - left) * np.abs((np.arange(n) * 0.21) % 2 - 1)
    uv = np.stack([np.repeat(u, k), np.tile(t * TIP_V * 0.98, n)], 1)
    points = lines.reshape(-1, 3)
    out = outward(points, centre)
    triangles = grid_triangles(n, k)
    a, b, c = (points[triangles[:, j]] for j in range(3))
    if (np.cross(b - a, c - a) * out[triangles[:, 0]]).sum() < 0:
        triangles = triangles[:, ::-1]
    tone = np.tile(np.interp(t, np.linspace(0, 1, len(shade)), shade), n)
    thin = np.tile(np.interp(t, np.linspace(0, 1, len(alpha)), alpha), n)
    tangent = unit(np.gradient(lines, axis=1)).reshape(-1, 3)
    return Tress(points, out, uv, triangles, tone, tangent, thin, np.repeat(np.arange(n) // 2, k))


def cloth(points: np.ndarray, tile: str, repeat: tuple[float, float], colour: tuple[float, float, float], inside: np.ndarray) -> Tress:
    """A grid of points (rows, columns, 3) as woven, knitted or plaited stuff in one linear colour; it faces away from `inside`."""
    rows, columns = points.shape[:2]
    flat = points.reshape(-1, 3)
    triangles = grid_triangles(rows, columns)
    a, b, c = (flat[triangles[:, j]] for j in range(3))
    normal = np.cross(b - a, c - a)
    if (normal * (a - inside)).sum() < 0:
        triangles, normal = triangles[:, ::-1], -normal
    normals = np.zeros_like(flat)
    for j in range(3):
        np.add.at(normals, triangles[:, j], normal)
    left, top, right, bottom = TILES[tile]
    u = np.abs((np.linspace(0, repeat[0], columns) % 2) - 1)
    v = np.abs((np.linspace(0, repeat[1], rows) % 2) - 1)
    uv = np.stack(np.meshgrid(left + (right - left) * u, top + (bottom - top) * v), -1).reshape(-1, 2)
    n = len(flat)
    tone = np.tile(np.array(colour), (n, 1))
    along = np.tile((0.0, 1.0, 0.0), (n, 1))
    return Tress(flat, unit(normals), uv, triangles, np.ones(n), along, np.ones(n), np.zeros(n, int), tone)


def gather(parts: list[Tress]) -> Tress:
    """Many tresses as one."""
    starts = np.cumsum([0] + [len(p.points) for p in parts])
    numbers = np.cumsum([0] + [int(p.card.max()) + 1 for p in parts])
    triangles = np.concatenate([p.triangles + s for p, s in zip(parts, starts, strict=False)])
    card = np.concatenate([p.card + s for p, s in zip(parts, numbers, strict=False)])
    tone = None
    if any(p.tone is not None for p in parts):
        tone = np.concatenate([np.full((len(p.points), 3), np.nan) if p.tone is None else p.tone for p in parts])
    chains = tuple(dict.fromkeys(chain for p in parts for chain in p.chains))
    tail = np.concatenate([_tails(p, chains) for p in parts])
    joined = {key: np.concatenate([getattr(p, key) for p in parts]) for key in ("points", "normals", "uv", "shade", "tangent", "alpha")}
    return Tress(triangles=triangles, card=card, tone=tone, chains=chains, tail=tail, **joined)


def _tails(part: Tress, chains: tuple[Chain, ...]) -> np.ndarray:
    own = np.array([chains.index(chain) for chain in part.chains] + [-1])
    return own[part.tail] if part.tail is not None else np.full(len(part.points), own[0])
