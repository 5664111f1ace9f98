"""The head's surface comes in, hair goes out: an opaque cap that is never see-through, and cards that follow the skull, then hang."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.spatial import cKDTree

from meetagain.likeness.eyes import resample
from meetagain.likeness.parts import grid_triangles, unit

STRIPS = ((0.003, 0.247), (0.253, 0.497), (0.503, 0.747), (0.753, 0.997))
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

    def angles(self, direction: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Azimuth and polar angle of unit directions (n, 3)."""
        return np.arctan2(direction @ self.right, direction @ self.front), np.arccos(np.clip(direction @ self.up, -1, 1))


@dataclass
class Tress:
    """Hair geometry: points, normals, uv, triangles, shade (n,), tangent along the strand."""

    points: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    shade: np.ndarray
    tangent: np.ndarray


def strand(
    skull: Skull, azimuth: float, start: float, end_y: float, lift: float, puff: float = 0.0, curl: float = 0.006, drift: float = 0.0
):
    """A line from a polar angle over the skull; where the skull turns inwards it hangs down to end_y, its end curled in (metres)."""
    polar = np.linspace(start, np.deg2rad(118), 70)
    rise = np.clip((polar - start) / 0.35, 0, 1) ** 0.8
    over = lift * (0.25 + 0.75 * rise) + puff * np.sin(np.clip(polar / np.deg2rad(100), 0, 1) * np.pi / 2) ** 3
    line = skull.surface(azimuth + drift * (polar - start), polar, over)
    wide = np.hypot(line[:, 0] - skull.centre[0], line[:, 2] - skull.centre[2])
    line = line[: int(np.argmax(np.where(polar < np.deg2rad(112), wide, 0))) + 1]
    below = np.flatnonzero(line[:, 1] < end_y)
    if len(below):
        return resample(line[: max(int(below[0]), 3) + 1], 11)
    t = np.linspace(0, 1, 30)[1:, None]
    out = unit((line[-1] - skull.centre) * (1, 0, 1))
    hang = line[-1] + t * (0, end_y - line[-1, 1], 0) + out * (0.3 * curl * np.sin(t * np.pi) - curl * t**3)
    return resample(np.concatenate([line, hang]), 11)


def ribbon(
    line: np.ndarray, centre: np.ndarray, width: float, strip: int, roll: float = 0.0, taper=(0.5, 1.0, 0.75), shade: float = 1.0
) -> Tress:
    """A card two vertices wide; its normals come mostly from the head, so that shading stays soft."""
    n = len(line)
    tangent = unit(np.gradient(line, axis=0))
    axis = np.stack([np.full(n, centre[0]), np.minimum(line[:, 1], centre[1]), np.full(n, centre[2])], 1)
    out = unit(line - axis)
    side = unit(np.cross(tangent, out))
    face = np.cross(side, tangent)
    turned = side * np.cos(roll) + face * np.sin(roll)
    half = (np.interp(np.linspace(0, 1, n), (0, 0.5, 1), taper) * width / 2)[:, None]
    soft = out * 0.8 + face * 0.2
    v = np.linspace(0, 1, n)
    uv = np.concatenate([np.stack([np.full(n, u), v], 1) for u in STRIPS[strip]])
    tone = np.tile(shade * np.interp(v, (0, 0.15, 0.6, 1), (0.72, 0.95, 1.05, 0.92)), 2)
    normals = unit(np.concatenate([soft - side * 0.35, soft + side * 0.35]))
    i = np.arange(n - 1)
    triangles = np.concatenate([np.stack([i, i + n, i + 1], 1), np.stack([i + 1, i + n, i + n + 1], 1)])
    return Tress(np.concatenate([line - turned * half, line + turned * half]), normals, uv, triangles, tone, np.tile(tangent, (2, 1)))


def cap(lines: np.ndarray, centre: np.ndarray, shade: tuple[float, ...] = (0.72, 0.84, 0.86, 0.80), flip: bool = False) -> Tress:
    """An opaque sheet through neighbouring lines (k, n, 3)."""
    k, n = lines.shape[:2]
    points = lines.reshape(-1, 3)
    axis = np.stack([np.full(k * n, centre[0]), np.minimum(points[:, 1], centre[1]), np.full(k * n, centre[2])], 1)
    u = np.abs(((np.arange(k) * 0.21) % 2) - 1) * 0.235 + 0.006
    uv = np.stack([np.repeat(u, n), np.tile(np.linspace(0, 0.85, n), k)], 1)
    tone = np.tile(np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(shade)), shade), k)
    triangles = grid_triangles(k, n)
    tangent = unit(np.gradient(lines, axis=1)).reshape(-1, 3)
    return Tress(points, unit(points - axis), uv, triangles[:, ::-1] if flip else triangles, tone, tangent)


def gather(parts: list[Tress]) -> Tress:
    """Many tresses as one."""
    starts = np.cumsum([0] + [len(p.points) for p in parts])
    triangles = np.concatenate([p.triangles + s for p, s in zip(parts, starts, strict=False)])
    joined = {key: np.concatenate([getattr(p, key) for p in parts]) for key in ("points", "normals", "uv", "shade", "tangent")}
    return Tress(triangles=triangles, **joined)


def strand_picture(size: int = 1024) -> np.ndarray:
    """RGBA (size, size, 4) uint8: four strips from opaque to wispy; brightness differs by strand, alpha thins towards the tip."""
    rng, fine, wide = np.random.default_rng(1), 2, size // 4
    bright, alpha = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
    for strip, (count, tip) in enumerate(((420, 1.15), (230, 0.98), (120, 0.95), (46, 0.95))):
        light, solid = Image.new("L", (wide * fine, size * fine), 158), Image.new("L", (wide * fine, size * fine), 0 if strip else 255)
        paint, cover = ImageDraw.Draw(light), ImageDraw.Draw(solid)
        for keep, edge in {1: ((0.72, 0.07),), 2: ((0.5, 0.16),)}.get(strip, ()):
            cover.rectangle((wide * fine * edge, 0, wide * fine * (1 - edge), size * fine * keep), fill=255)
        for _ in range(count):
            x = rng.uniform(0.03, 0.97) if strip else rng.uniform(0, 1)
            end = tip * (1 - 0.42 * rng.random() ** 2) * (1 - 0.25 * abs(2 * x - 1) ** 2) if strip else 1.2
            phase, sway = rng.uniform(0, 6.28), rng.uniform(0, 0.018) * (strip > 0)
            y = np.linspace(0, min(end, 1), 40)
            across = 0.5 + (x - 0.5) * (1 - 0.35 * y * (strip > 0)) + sway * np.sin(phase + y * 4)
            line = np.stack([across * wide, y * size], 1) * fine
            thick = rng.integers(2, 5) if strip < 3 else rng.integers(1, 3)
            tone = int(255 * np.clip(rng.normal(0.74, 0.13 if strip else 0.09), 0.4, 1.0))
            for a, b in ((0, 22), (20, 33), (31, 40)):
                width = max(1, int(thick * fine * (1 - 0.6 * (y[a] / end) ** 2)))
                path = [tuple(p) for p in line[a:b]]
                paint.line(path, fill=tone, width=width)
                cover.line(path, fill=255, width=width)
        for target, image in ((bright, light), (alpha, solid)):
            target[:, strip * wide : (strip + 1) * wide] = np.asarray(image.resize((wide, size), Image.Resampling.BOX), np.float32)
    bright = gaussian_filter(bright, 0.6) * 0.8 + gaussian_filter(bright, 6) * 0.2
    return np.clip(np.dstack([bright, bright, bright, alpha]), 0, 255).astype(np.uint8)
