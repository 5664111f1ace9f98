"""A scalp and a choice come in; short hair goes out: pixie, side-parted, cropped, shaved, receding, and a ring round a bald head."""

import numpy as np

from meetagain.likeness.hair import Tress, cards, sheet
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_falling import fringe
from meetagain.likeness.hair_lines import laid
from meetagain.likeness.hair_picture import DENSE, LOOSE, TILES, WISPS
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.parts import smoothstep, unit


def short(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Short hair that lies: parted at the side and combed over, or forward in a pixie."""
    s, skull = scalp.s, scalp.skull
    top_long = float(np.interp(choice.length, (0.08, 0.2, 0.35), (0.014, 0.034, 0.055))) * s
    side_long = float(np.interp(choice.length, (0.08, 0.2, 0.35), (0.008, 0.018, 0.034))) * s
    tall = (0.003 + 0.011 * choice.volume) * s
    parts = [base_sheet(scalp, tall), stubble(scalp, 0.0006, 0.9, 0.1, 1.035)]
    count = 900 if choice.fringe > 0.15 else 1060
    az, polar = scalp.roots(count, rng)
    way = skull.towards(az, polar)
    top = 1 - smoothstep(np.deg2rad(42), np.deg2rad(74), polar)
    flow = combed(scalp, choice, way, az, top) + rng.normal(0, 0.09, (count, 3))
    flow = unit(flow - way * (flow * way).sum(1, keepdims=True))
    edge = np.clip((scalp.hairline(az) - polar) / 0.35, 0, 1)
    own = (top_long * top + side_long * (1 - top)) * rng.uniform(0.75, 1.2, count)
    past = np.where(np.abs(az) < 1.0, 0.05 if choice.fringe < 0.3 else 0.12, 0.05) * rng.uniform(0.0, 1.0, count)
    lines = laid(scalp, way, flow, own, tall * (0.35 + 0.65 * edge) * (0.45 + 0.55 * top) * 1.1, past)
    strip = rng.choice((DENSE, LOOSE, LOOSE, WISPS), count, p=(0.4, 0.25, 0.25, 0.1))
    width = (0.013 + 0.004 * top) * s * rng.uniform(0.8, 1.2, count)
    parts.append(cards(lines, scalp.centre, width, strip, rng, 0.12, (0.75, 1, 0.75), 0.06, (0.78, 0.97, 1.05, 1.0)))
    return parts + fringe(scalp, choice, rng)


def combed(scalp: Scalp, choice: HairChoice, way: np.ndarray, az: np.ndarray, top: np.ndarray) -> np.ndarray:
    """Which way hair lies at each root (n, 3): away from the parting on top, down and back at the sides."""
    side = np.sign(choice.parting) if abs(choice.parting) > 0.15 else 0.0
    forward = choice.style == "pixie" or choice.fringe > 0.3
    across = way[:, 0] / 0.5 - 0.62 * side
    over = np.stack(
        [
            np.where(side == 0, 0.45 * np.sign(way[:, 0]) * np.abs(across), np.tanh(across * 5)),
            np.full(len(az), 0.0),
            np.full(len(az), 0.75 if forward else -0.45),
        ],
        1,
    )
    if choice.style == "thin":
        over = np.tile((0.10 * (side or 1), 0.1, -1.0), (len(az), 1))
    back = np.cos(az)
    low = np.stack(
        [np.zeros(len(az)), np.full(len(az), -0.95), np.where(np.abs(az) < 1.9, 0.05 if forward else -0.55, 0.0) - 0.1 * back], 1
    )
    return over * top[:, None] + low * (1 - top[:, None])


def base_sheet(scalp: Scalp, tall: float, rows: int = 12) -> Tress:
    """The opaque layer under short hair; it thins strand by strand towards the hairline."""
    a, share = np.meshgrid(np.linspace(-np.pi, np.pi, 89), np.linspace(0.003, 1.0, rows), indexing="ij")
    rise = tall * 0.75 * np.clip((1 - share) / 0.3, 0, 1) ** 0.7 + 0.0008 * scalp.s
    lines = scalp.skull.surface(a, share * scalp.hairline(a), rise)
    return sheet(lines, scalp.centre, (0.8, 0.8, 0.82, 0.86), (1, 1, 1, 1, 1, 0.9, 0.58))


def stubble(scalp: Scalp, lift: float, density: float, fade: float = 0.10, reach: float = 1.0) -> Tress:
    """Grains of hair over the scalp (density 0.5 nothing .. 1 closed), fewer over the last `fade` of the way to `reach` times the hairline."""
    s, skull = scalp.s, scalp.skull
    around = np.linspace(-np.pi, np.pi, 89)
    a, share = np.meshgrid(around, np.r_[np.linspace(0.003, 1 - fade, 13), np.linspace(1 - fade, 1.0, 4)[1:]], indexing="ij")
    points = skull.surface(a, share * scalp.hairline(a) * reach, lift * s)
    made = sheet(points, scalp.centre, (1, 1, 1))
    left, top, right, bottom = TILES["stubble"]
    polar = (share * scalp.hairline(a) * reach).ravel()
    u, v = np.abs((a.ravel() * np.sin(polar) * 1.9) % 2 - 1), np.abs((polar * 2.7) % 2 - 1)
    made.uv = np.stack([left + (right - left) * u, top + (bottom - top) * v], 1)
    thin = np.interp(share.ravel(), (0, 1 - fade, 1), (density, density, 0.53))
    made.alpha = thin
    return made


def buzz(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """A head shaved to a few millimetres: three layers of grains."""
    tall = float(np.interp(choice.length, (0, 0.08), (0.0006, 0.0045)))
    layers = [(0.0005, 0.93, 0.20, 1.03), (0.0005 + tall * 0.5, 0.80, 0.26, 1.0), (0.0005 + tall, 0.67, 0.34, 0.99)]
    parts = [stubble(scalp, *layer) for layer in layers]
    for part, tone in zip(parts, (0.78, 0.9, 1.05), strict=True):
        part.shade = part.shade * tone
    return parts


def thin(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Receding hair combed back: close at the sides and behind, sparse enough on top that the scalp shines through."""
    s, skull = scalp.s, scalp.skull
    parts = [*ring_sheet(scalp, 0.40, 0.66), stubble(scalp, 0.0007, 0.62, 0.25)]
    count = 1150
    az, polar = scalp.roots(count, rng)
    top = 1 - smoothstep(np.deg2rad(50), np.deg2rad(80), polar)
    way = skull.towards(az, polar)
    flow = combed(scalp, choice, way, az, top) + rng.normal(0, 0.06, way.shape)
    flow = unit(flow - way * (flow * way).sum(1, keepdims=True))
    own = (0.046 * top + 0.018 * (1 - top)) * s * rng.uniform(0.8, 1.2, count)
    lines = laid(scalp, way, flow, own, (0.0012 + 0.0045 * choice.volume) * s * (0.7 + 0.3 * top), 0.02 * rng.random(count), 5)
    strip = np.where(rng.random(count) < top * 1.1, WISPS, rng.choice((DENSE, LOOSE, LOOSE), count))
    width = (0.012 + 0.006 * top) * s * rng.uniform(0.8, 1.2, count)
    parts.append(cards(lines, scalp.centre, width, strip, rng, 0.08, (0.8, 1, 0.7), 0.05, (0.85, 1, 1.03)))
    return parts


def ring_sheet(scalp: Scalp, start: float, full: float) -> list[Tress]:
    """Layers of grains round the sides and the back alone; they thin out upward, at the temples and towards the hairline."""
    out = []
    for lift, dense, tone in ((0.0006, 0.99, 0.84), (0.0016, 0.86, 0.95)):
        made = stubble(scalp, lift, dense, 0.12)
        azimuth, polar = scalp.skull.angles(unit(made.points - scalp.centre))
        share = polar / scalp.hairline(azimuth)
        front = smoothstep(np.deg2rad(46), np.deg2rad(66), np.abs(azimuth))
        made.alpha = np.minimum(made.alpha, 0.45 + 0.54 * smoothstep(start, full, share) * front)
        made.shade = made.shade * tone
        keep = (made.alpha[made.triangles] > 0.5).any(1)
        made.triangles = made.triangles[keep]
        out.append(made)
    return out


def ring(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """A bald head with a fringe of hair round the sides and the back."""
    s, skull = scalp.s, scalp.skull
    start = 0.62
    parts = ring_sheet(scalp, start - 0.10, start + 0.14)
    az, polar = scalp.roots(2200, rng, start)
    front = smoothstep(np.deg2rad(54), np.deg2rad(78), np.abs(az))
    up = smoothstep(start, start + 0.2, polar / scalp.hairline(az))
    keep = rng.random(len(az)) < front * (0.25 + 0.75 * up)
    az, polar = az[keep][:820], polar[keep][:820]
    way = skull.towards(az, polar)
    flow = np.stack([np.zeros(len(az)), np.full(len(az), -0.9), np.where(np.abs(az) < 2.2, -0.55, 0.0)], 1) + rng.normal(0, 0.12, way.shape)
    flow = unit(flow - way * (flow * way).sum(1, keepdims=True))
    long = float(np.interp(choice.length, (0.05, 0.3), (0.010, 0.030))) * s * rng.uniform(0.8, 1.2, len(az))
    lines = laid(scalp, way, flow, long, np.full(len(az), (0.002 + 0.006 * choice.volume) * s))
    parts.append(
        cards(
            lines,
            scalp.centre,
            0.012 * s * rng.uniform(0.8, 1.2, len(az)),
            rng.choice((DENSE, LOOSE, WISPS), len(az)),
            rng,
            0.14,
            (0.8, 1, 0.7),
            0.06,
            (0.85, 1, 1.03),
        )
    )
    return parts
