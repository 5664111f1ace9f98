"""A scalp and a choice come in; hair that falls goes out: bob, shoulder-length and long, parted, straight to curly, with or without a fringe."""

import numpy as np

from meetagain.likeness.hair import Tress, cards, sheet
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_lines import even, fanned, hang, parted, waved
from meetagain.likeness.hair_picture import DENSE, LOOSE, WAVE_WISPS, WAVES, WISPS
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.parts import smoothstep

FRONT = np.deg2rad(52)  # azimuth of the foremost hair beside the face
LAYERS = ((0.0022, (0, 0, 0, 1), 0.030), (0.0050, (0, 0, 1), 0.026), (0.0078, (0, 1, 2), 0.021), (0.0095, (2,), 0.013))


def falling(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Hair that falls from a parting; its length decides between a bob and hair to the waist."""
    floor = scalp.floor(max(choice.length, 0.3))
    long = float(smoothstep(0.42, 0.6, choice.length))
    points = int(np.interp(choice.length, (0.4, 1.0), (13, 22)) + 6 * (choice.curl > 0.25))
    parts = [sheet(cut, scalp.centre, (0.62, 0.84, 0.88, 0.85), (0.93, 1, 1, 1)) for cut in under(scalp, choice, floor, long, points)]
    total = 8200 / (2 * (points - 1))
    for (lift, kinds, width), share in zip(LAYERS, (0.27, 0.36, 0.25, 0.12), strict=True):
        count = int(total * share)
        g = (np.arange(count) + rng.uniform(0, 1, count)) / count
        side = np.where(np.arange(count) % 2 == 0, -1.0, 1.0)
        stop = floor + end_height(scalp, g, long) + np.abs(rng.normal(0, 0.010 + 0.012 * long, count)) * scalp.s - 0.004 * scalp.s
        lines = strands(scalp, choice, g, side, stop, lift * scalp.s, long, points, rng)
        strip = np.array(kinds_of(choice))[rng.choice(kinds, count)]
        parts.append(cards(lines, scalp.centre, width * scalp.s * rng.uniform(0.8, 1.2, count), strip, rng, 0.18, (0.45, 1, 1, 0.8)))
    return parts + fringe(scalp, choice, rng)


def kinds_of(choice: HairChoice) -> tuple[int, int, int]:
    """Dense, loose and wispy strips for straight or wavy hair."""
    return (WAVES, WAVES, WAVE_WISPS) if choice.curl > 0.2 else (DENSE, LOOSE, WISPS)


def end_height(scalp: Scalp, g: np.ndarray, long: float) -> np.ndarray:
    """How much higher than the floor hair ends: a little at the back of a bob; the hair beside the face of long hair."""
    return scalp.s * (0.006 * (1 - long) * g + 0.030 * long * (1 - smoothstep(0, 0.35, g)))


def strands(
    scalp: Scalp,
    choice: HairChoice,
    g: np.ndarray,
    side: np.ndarray,
    stop: np.ndarray,
    lift: float,
    long: float,
    points: int,
    rng: np.random.Generator,
    wavy: float = 1.0,
) -> np.ndarray:
    """Whole lines (n, points, 3) from the parting to the tips."""
    s, count = scalp.s, len(g)
    volume = (0.003 + 0.016 * choice.volume) * s
    over = np.full(count, 0.0035 * s + lift)
    lines = parted(scalp, g, side, choice.parting, FRONT, over, volume)
    tuck = float(np.interp(choice.length, (0.4, 0.55), (0.34, 0.10))) * (1 - min(1, choice.curl * 1.5))
    lines = even(hang(scalp, lines, stop, np.full(count, lift), tuck), points)
    if choice.curl < 0.15:
        return lines
    size = np.interp(choice.curl, (0.15, 0.4, 0.7, 1), (0.002, 0.007, 0.010, 0.009)) * s * wavy
    pitch = np.interp(choice.curl, (0.15, 0.4, 0.7, 1), (0.085, 0.062, 0.040, 0.028)) * s
    phase = g * 9 + side * 0.7 + rng.normal(0, 0.45 + 0.9 * choice.curl, count) * wavy
    return waved(lines, scalp.centre, float(size), float(pitch), phase, 0.05 * s, float(np.interp(choice.curl, (0.3, 0.8), (0.25, 0.8))))


def under(scalp: Scalp, choice: HairChoice, floor: float, long: float, points: int) -> list[np.ndarray]:
    """The opaque sheets under the cards, one a side, to just above the tips: two grids of lines (n, points, 3)."""
    rng = np.random.default_rng(0)
    count = 34
    g = np.linspace(0, 1, count) ** 1.15
    out = []
    for side in (-1.0, 1.0):
        stop = floor + end_height(scalp, g, long) + (0.016 + 0.02 * long) * scalp.s
        lines = strands(scalp, choice, g, np.full(count, side), stop, 0.0, long, min(points, 16), rng, 0.35)
        out.append(lines)
    out[1][-1] = out[0][-1] = (out[0][-1] + out[1][-1]) / 2
    return out


def fringe(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """A fringe over the brow, combed a little to the side of the parting; nothing where there is none."""
    if choice.fringe < 0.15:
        return []
    s, wide = scalp.s, np.deg2rad(47)
    tip = float(np.interp(choice.fringe, (0.15, 1), (0.040, 0.0215))) * s + scalp.eye
    drift = 0.25 * np.clip(-choice.parting, -1, 1)
    a = np.linspace(-wide, wide, 33)
    edge = 0.016 * s * smoothstep(0.72, 1.0, np.abs(a) / wide)
    first = fanned(scalp, a, np.full(33, 0.26), scalp.skull.polar_at(a, tip + 0.008 * s - edge), np.full(33, 0.0085 * s), 0.004 * s, drift)
    parts = [sheet(even(first, 9), scalp.centre, (0.72, 0.9, 0.95, 0.9), (1, 1, 1, 0.9))]
    for lift, kinds, count in ((0.0100, (DENSE,), 44), (0.0118, (DENSE, LOOSE), 40), (0.0130, (LOOSE, WISPS), 26)):
        a = np.linspace(-wide, wide, count) + rng.normal(0, 0.02, count)
        edge = 0.020 * s * smoothstep(0.7, 1.0, np.abs(a) / wide)
        low = tip + (0.003 * np.sin(a * 5.3) + rng.normal(0, 0.0022, count)) * s - edge
        stop = scalp.skull.polar_at(a + drift, low)
        start = rng.uniform(0.20, 0.42, count)
        lines = even(fanned(scalp, a, start, stop, np.full(count, lift * s), 0.0045 * s, drift + rng.normal(0, 0.03, count)), 9)
        parts.append(
            cards(lines, scalp.centre, 0.018 * s * rng.uniform(0.8, 1.2, count), rng.choice(kinds, count), rng, 0.10, (0.5, 1, 0.85))
        )
    return parts
