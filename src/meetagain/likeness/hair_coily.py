"""A scalp and a choice come in; coily and curly hair that stands goes out: afro, puffs, curls, set curls, cornrows."""

import numpy as np
from scipy.ndimage import gaussian_filter1d

from meetagain.likeness.hair import Tress, cards, outward, sheet
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_falling import fringe
from meetagain.likeness.hair_picture import COIL_WISPS, COILS, DENSE, WAVES
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.hair_short import stubble
from meetagain.likeness.parts import smoothstep, unit


def ball(middle: np.ndarray, radius: float, s: float, rng: np.random.Generator, budget: int) -> list[Tress]:
    """A ball of coils with nothing to be seen through: a dark lumpy core under springs that point everywhere."""
    turn, polar = np.meshgrid(np.linspace(0, 2 * np.pi, 25), np.linspace(0.02, np.pi - 0.02, 13), indexing="ij")
    way = np.stack([np.sin(polar) * np.cos(turn), np.cos(polar), np.sin(polar) * np.sin(turn)], -1)
    core = sheet(middle + way * radius * 0.86, middle, (0.62, 0.66, 0.62))
    count = budget // 8
    way = unit(rng.normal(size=(count, 3)))
    return [core, _springs(middle + way * radius * 0.74, way, middle, radius * 0.42, s, rng)]


def _springs(roots: np.ndarray, way: np.ndarray, centre: np.ndarray, long: np.ndarray | float, s: float, rng: np.random.Generator) -> Tress:
    """Short coil cards from roots (n, 3) outward, bent over at random."""
    n = len(roots)
    lean = unit(way + rng.normal(0, 0.55, (n, 3)))
    t = np.linspace(0, 1, 5)[None, :, None]
    size = np.broadcast_to(np.asarray(long), n)[:, None, None] * rng.uniform(0.8, 1.15, (n, 1, 1))
    lines = roots[:, None] + way[:, None] * size * t * (1 - 0.25 * t) + (lean - way)[:, None] * size * 0.9 * t**1.5
    strip = rng.choice((COILS, COIL_WISPS), n, p=(0.8, 0.2))
    flat = unit(np.cross(lean, rng.normal(size=(n, 3))))
    made = cards(
        lines,
        centre,
        0.024 * s * rng.uniform(0.8, 1.2, n),
        strip,
        rng,
        0.3,
        (0.8, 1, 0.9),
        0.10,
        (0.62, 0.85, 1.05),
        out=np.broadcast_to(flat[:, None], lines.shape),
    )
    made.normals = unit(outward(made.points, centre) * 0.85 + made.normals * 0.15)
    return made


def afro(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Coils that stand out all round: close to the head or a great round crown of hair."""
    s, skull = scalp.s, scalp.skull
    tall = (0.012 + 0.048 * choice.volume) * s
    around, share = np.linspace(-np.pi, np.pi, 65), np.linspace(0.003, 1, 14)

    def height(a: np.ndarray, f: np.ndarray) -> np.ndarray:
        edge = np.clip((1 - f) / 0.30, 0, 1) ** 0.55
        return tall * (0.12 + 0.88 * edge) * (0.82 + 0.18 * np.cos(a) ** 2)

    a, f = np.meshgrid(around, share, indexing="ij")
    lumps = 1 + 0.05 * np.sin(a * 11 + 3 * f * 9) * np.sin(f * 17 + a * 3)
    core = skull.surface(a, f * scalp.hairline(a), np.maximum(height(a, f) * 0.72 * lumps, 0.001 * s))
    parts = [sheet(core, scalp.centre, (0.62, 0.66, 0.62, 0.6), (1, 1, 1, 0.62))]
    count = 1150
    az, polar = scalp.roots(count, rng)
    f = polar / scalp.hairline(az)
    rise = height(az, f)
    way = unit(skull.towards(az, polar) + np.array([0, 0.10, 0]))
    parts.append(_springs(skull.surface(az, polar, rise * 0.45), way, scalp.centre, np.maximum(rise * 0.66, 0.008 * s), s, rng))
    return parts + soft_edge(scalp, rng, 150, 0.010)


def soft_edge(scalp: Scalp, rng: np.random.Generator, count: int, long: float) -> Tress | list[Tress]:
    """Small coils along the hairline, so that it is no line."""
    a = np.linspace(-np.pi, np.pi, count) + rng.normal(0, 0.02, count)
    polar = scalp.hairline(a) * rng.uniform(0.955, 1.0, count)
    way = unit(scalp.skull.towards(a, polar) * 0.5 - scalp.skull.towards(a, polar + 1.2) * 0.5)
    return [_springs(scalp.skull.surface(a, polar, 0.0008 * scalp.s), way, scalp.centre, long * scalp.s, scalp.s * 0.8, rng)]


def curly(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Locks that curl: short curls over the head, or fuller ones to the chin and below as the length grows."""
    s, skull = scalp.s, scalp.skull
    long = float(np.interp(choice.length, (0.1, 0.25, 0.4, 0.6), (0.018, 0.040, 0.075, 0.13))) * s
    tall = (0.006 + 0.020 * choice.volume) * s
    parts = [close_sheet(scalp, tall * 0.55)]
    size = float(np.interp(choice.curl, (0.3, 0.7, 1), (0.0085, 0.0070, 0.0050))) * s
    count = int(np.interp(long / s, (0.018, 0.13), (560, 300)))
    az, polar = scalp.roots(count, rng)
    way = skull.towards(az, polar)
    f = polar / scalp.hairline(az)
    flow = unit(
        np.array([0, -0.75, 0.0])
        + way * (1, 0, 1) * 0.5
        + rng.normal(0, 0.30, (count, 3))
        + np.array([0, 0.3, 0.45]) * (np.cos(az) * (f < 0.5))[:, None]
    )
    flow = unit(flow - way * ((flow * way).sum(1, keepdims=True)) * 0.8)
    t = np.linspace(0, 1, 13)[None, :, None]
    own = long * rng.uniform(0.8, 1.2, (count, 1, 1)) * (1 - 0.35 * ((np.abs(az) < 0.7) & (f > 0.6)))[:, None, None]
    swell = tall * (0.5 + 0.5 * np.sqrt(np.clip(1 - f, 0, 1)))
    root = skull.surface(az, polar, swell * 0.6)
    lines = (
        root[:, None]
        + flow[:, None] * own * t
        + way[:, None] * (tall * 1.1) * np.sin(np.pi * np.clip(t * 0.8, 0, 1))
        + np.array([0, -0.25, 0]) * own * t**2
    )
    turns = np.maximum(own / (size * 4.2), 1.3)
    angle = t * turns * 2 * np.pi + rng.uniform(0, 6.28, (count, 1, 1))
    side = unit(np.cross(flow, way))[:, None]
    grow = np.clip(t * 3, 0.2, 1) * size
    lines = lines + side * grow * np.cos(angle) + way[:, None] * grow * (0.9 + np.sin(angle))
    lines = free_face(scalp, lines)
    strip = rng.choice((WAVES, DENSE), count, p=(0.75, 0.25))
    parts.append(
        cards(
            lines,
            scalp.centre,
            0.0155 * s * rng.uniform(0.8, 1.2, count),
            strip,
            rng,
            0.25,
            (0.8, 1, 0.9, 0.6),
            0.09,
            (0.68, 0.92, 1.06, 1.0),
        )
    )
    return parts + fringe_of_curls(scalp, choice)


def fringe_of_curls(scalp: Scalp, choice: HairChoice) -> list[Tress]:
    """Curls need no cut fringe: one is made of straight hair alone."""
    return fringe(scalp, choice, np.random.default_rng(3)) if choice.curl < 0.3 else []


def free_face(scalp: Scalp, lines: np.ndarray) -> np.ndarray:
    """Lines (n, k, 3) kept off the face: in front, nothing comes lower than a little under the hairline."""
    away = lines - scalp.centre
    far = np.linalg.norm(away, axis=-1, keepdims=True)
    azimuth, polar = (x.reshape(far.shape[:2]) for x in scalp.skull.angles((away / far).reshape(-1, 3)))
    limit = scalp.hairline(azimuth) + 0.10 + 2.5 * smoothstep(np.deg2rad(52), np.deg2rad(85), np.abs(azimuth))
    held = np.minimum(polar, limit)
    return scalp.centre + scalp.skull.towards(azimuth, held) * far


def close_sheet(scalp: Scalp, lift: float, columns: int = 73) -> Tress:
    """An opaque layer over the whole scalp; at the hairline it thins strand by strand."""
    a, share = np.meshgrid(np.linspace(-np.pi, np.pi, columns), np.linspace(0.003, 1.0, 12), indexing="ij")
    rise = lift * np.clip((1 - share) / 0.25, 0, 1) ** 0.6 + 0.0008 * scalp.s
    lines = scalp.skull.surface(a, share * scalp.hairline(a), rise)
    return sheet(lines, scalp.centre, (0.78, 0.8, 0.8, 0.8), (1, 1, 1, 1, 1, 0.62))


def set_curls(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """A salon's set, as many older women wear it: broad soft curls that lie over each other, back from the brow and down at the sides."""
    s, skull = scalp.s, scalp.skull
    tall = (0.008 + 0.020 * choice.volume) * s
    parts = [close_sheet(scalp, tall * 0.8)]
    count = 330
    az, polar = scalp.roots(count, rng)
    way, f = skull.towards(az, polar), polar / scalp.hairline(az)
    swirl = 0.9 * np.sin(2.3 * az + 5 * f) + rng.normal(0, 0.25, count)
    back = (
        np.array([0, 0.15, -1.0]) * (np.cos(az) * (f > 0.25) * (np.abs(az) < 1.2))[:, None]
        + np.array([0, -1.0, 0.1]) * ((np.abs(az) >= 1.2) | (f <= 0.25))[:, None]
    )
    flow = unit(back - way * (back * way).sum(1, keepdims=True))
    across = np.cross(way, flow)
    flow = flow * np.cos(swirl)[:, None] + across * np.sin(swirl)[:, None]
    side = np.cross(way, flow)
    t = np.linspace(0, 1, 12)[None, :, None]
    size = (0.0120 * rng.uniform(0.8, 1.15, (count, 1, 1))) * s
    angle = -0.5 + t * (4.6 + rng.uniform(0, 1.2, (count, 1, 1)))
    sway = np.where(rng.random((count, 1, 1)) < 0.5, -1.0, 1.0)
    wound = size * (1 - 0.35 * t)
    height = tall * (0.35 + 0.65 * np.sqrt(np.clip(1 - f, 0, 1)))[:, None, None]
    root = skull.surface(az, polar, 0.0)[:, None] + way[:, None] * height * 0.75
    lines = (
        root
        + flow[:, None] * (wound * np.sin(angle) + 0.010 * s * t)
        + way[:, None] * wound * 0.62 * (1 - np.cos(angle)) * 0.55
        + side[:, None] * sway * wound * 0.8 * (np.cos(angle) * 0.6 + t)
    )
    lines = free_face(scalp, lines)
    width = 0.021 * s * rng.uniform(0.8, 1.15, count)
    made = cards(
        lines,
        scalp.centre,
        width,
        rng.choice((DENSE, WAVES), count, p=(0.7, 0.3)),
        rng,
        0.15,
        (0.8, 1, 0.95, 0.6),
        0.07,
        (0.72, 0.98, 1.06, 0.86),
    )
    made.normals = unit(made.normals * 0.55 + outward(made.points, scalp.centre) * 0.45)
    return [*parts, made, *soft_roots(scalp, rng)]


def soft_roots(scalp: Scalp, rng: np.random.Generator, count: int = 110, long: float = 0.016, combed: bool = False) -> list[Tress]:
    """Fine hair combed back from the hairline, so that it is no line."""
    a = np.linspace(-np.pi, np.pi, count) + rng.normal(0, 0.02, count)
    edge = scalp.combed_line(a) if combed else scalp.hairline(a)
    t = np.linspace(0, 1, 5)[None]
    polar = edge[:, None] * 0.99 - t * long / 0.1
    lines = scalp.skull.surface(
        a[:, None] + rng.normal(0, 0.03, (count, 1)) * t, polar, 0.0008 * scalp.s + 0.008 * scalp.s * np.sin(t * 1.4)
    )
    return [cards(lines, scalp.centre, 0.015 * scalp.s, np.full(count, DENSE), rng, 0.1, (0.8, 1, 0.9))]


def cornrows(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Rows plaited close to the scalp from the brow to the nape, skin showing between them, with short plaits below."""
    s, skull = scalp.s, scalp.skull
    parts: list[Tress] = []
    for lane in np.linspace(-1, 1, 11):
        t = np.linspace(0, 1, 46)
        spread = lane * np.deg2rad(62)
        x = np.sin(spread)
        begin = skull.towards(spread * 0.92, scalp.hairline(spread * 0.92) - 0.01)
        end = skull.towards(np.pi - lane * 0.62, scalp.hairline(np.pi - lane * 0.62) - 0.03)
        over = unit(np.array([0.0, 0, 0]) + skull.up * (1.05 - 0.35 * abs(lane)) + skull.right * x * 0.95 - skull.front * 0.12)
        way = unit(begin * ((1 - t) ** 2)[:, None] + over * (2 * t * (1 - t) * 1.5)[:, None] + end * (t**2)[:, None])
        azimuth, polar = skull.angles(way)
        spine = skull.surface(azimuth, polar, 0.0030 * s)
        parts += _row(spine, way, 0.0062 * s, scalp, rng)
        hangs = float(np.interp(choice.length, (0.1, 0.4, 0.75), (0.012, 0.06, 0.16))) * s
        down = np.linspace(0, 1, 22)[:, None]
        drop = spine[-1] + down * hangs * np.array([0, -1.0, -0.05]) + way[-1] * 0.006 * s * np.sin(down * np.pi)
        drop, _ = scalp.keep_out(drop, 0.006 * s)
        drop = gaussian_filter1d(drop, 2.0, axis=0, mode="nearest")
        parts += _row(drop, np.repeat(way[-1:], 22, 0), 0.0050 * s, scalp, rng)
    parts.append(stubble(scalp, 0.0006, 0.72))
    return parts


def _row(spine: np.ndarray, face: np.ndarray, wide: float, scalp: Scalp, rng: np.random.Generator) -> list[Tress]:
    """One plaited row: a ridge of two strands that cross again and again."""
    down = unit(np.gradient(spine, axis=0))
    face = unit(face - down * (face * down).sum(1, keepdims=True))
    across = np.cross(down, face)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(spine, axis=0), axis=1))]
    out, faces = [], []
    for k in (0.0, np.pi):
        beat = along / (wide * 2.1) * np.pi + k
        middle = spine + across * (np.sin(beat) * wide * 0.35)[:, None] + face * (np.cos(beat) * wide * 0.16)[:, None]
        for turn in (-0.9, 0.0, 0.9):
            normal = face * np.cos(turn) + across * np.sin(turn)
            out.append(middle + normal * wide * 0.42)
            faces.append(normal)
    made = cards(
        np.array(out), scalp.centre, wide * 0.95, np.zeros(6, int), rng, 0.0, (0.8, 1, 1, 0.9), 0.04, (0.95, 1, 1), out=np.array(faces)
    )
    beat = np.tile(np.repeat(along / (wide * 2.1), 1), 12)
    made.shade = made.shade * (0.80 + 0.25 * np.abs(np.sin(beat * np.pi)))
    return [made]
