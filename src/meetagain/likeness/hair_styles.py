"""A skull, face landmarks and a style name come in, a head of hair goes out."""

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.eyes import resample
from meetagain.likeness.hair import Skull, Tress, cap, gather, ribbon, strand
from meetagain.likeness.parts import smoothstep, unit

FRINGE = np.deg2rad(40)


def make_hair(style: str, fringe: bool, skull: Skull, body: Body, rng: np.random.Generator) -> Tress | None:
    """The hair of a style: plaits, bob, long, short, thin or bald (None)."""
    if style == "bald":
        return None
    if style == "plaits":
        return plaits(skull, body, rng, fringe)
    if style in ("bob", "long"):
        return hanging(skull, body, rng, style == "long", fringe or style == "bob")
    return close_cut(skull, body, rng, style == "thin")


def hanging(skull: Skull, body: Body, rng: np.random.Generator, long: bool, fringe: bool) -> Tress:
    """Hair that falls from the crown to the chin or to just above the shoulders, with or without a fringe."""
    s, eye, chin = body.face.scale, body.face.middle[1], body.face.chin[1]
    floor = max(chin - 0.045 * s, body.joint("clavicle.L")[1] + 0.035 * s) if long else chin + 0.012 * s
    open_at = FRINGE if fringe else np.deg2rad(62)

    def end(a: float) -> float:
        brow = eye + 0.021 * s + 0.004 * s * np.cos(a * 2.2) if fringe else eye + 0.064 * s
        return float(brow + (floor - 0.004 * s * np.cos(a * 2) - brow) * smoothstep(open_at * 0.88, open_at * 1.5, abs(a)))

    def puff(a: float) -> float:
        return float((0.006 + 0.0095 * smoothstep(np.deg2rad(34), np.deg2rad(75), abs(a))) * s)

    around = np.linspace(-np.pi, np.pi, 97)
    lines = [
        strand(
            skull,
            a,
            0.03,
            end(a) + (0.004 if abs(a) > open_at * 1.2 else 0.011) * s,
            0.0036 * s,
            puff(a) * 0.72,
            0.016 * s * (abs(a) > open_at),
        )
        for a in around
    ]
    parts = [cap(np.stack(lines), skull.centre)]
    for layer, (count, lift, strips, width) in enumerate(
        ((70, 0.0015, (1,), 0.030), (95, 0.004, (1, 1, 2), 0.026), (60, 0.0065, (2, 2, 3), 0.020), (26, 0.008, (3,), 0.012))
    ):
        for a in (np.arange(count) + rng.uniform(-0.4, 0.4, count)) / count * 2 * np.pi - np.pi:
            stop = end(a) + (rng.normal(0, 0.0042) + 0.010 * rng.random() ** 2 * (abs(a) > open_at)) * s
            curl = (0.017 + rng.normal(0, 0.004)) * s if abs(a) > open_at * 1.25 else 0.001
            line = strand(
                skull, a, rng.uniform(0.06, 0.5), stop, (0.0036 + lift) * s, puff(a) * (0.78 + 0.05 * layer), curl, rng.normal(0, 0.05)
            )
            roll, tone = rng.normal(0, 0.18), rng.normal(1, 0.08)
            parts.append(ribbon(line, skull.centre, width * s * rng.uniform(0.8, 1.2), rng.choice(strips), roll, (0.35, 1, 0.8), tone))
    return gather(parts)


def plaits(skull: Skull, body: Body, rng: np.random.Generator, fringe: bool) -> Tress:
    """A centre part, hair combed to two ties behind the ears, a short three-strand plait from each, and a fringe cut by a child."""
    s, eye, parts = body.face.scale, body.face.middle[1], []
    for side in (-1, 1):
        tie = np.array([side * 0.066 * s, eye - 0.046 * s, skull.centre[2] - 0.034 * s])
        away = tie - skull.centre
        azimuth, polar = skull.angles(unit(away))
        tie = skull.surface(azimuth, polar, 0.010 * s)
        lines = np.stack([combed(skull, tie, side, f, 0.006 * s) for f in np.linspace(0, 1, 40)])
        parts.append(cap(lines, skull.centre, (0.62, 0.84, 0.88, 0.9), flip=side > 0))
        for f in rng.uniform(0, 1, 64):
            line = combed(skull, tie, side, f, 0.0085 * s)
            parts.append(ribbon(line, skull.centre, 0.024 * s, 1, rng.normal(0, 0.1), (0.5, 1, 0.6), rng.normal(1, 0.07)))
        parts += plait(tie, side, s, rng)
    if fringe:
        under = [strand(skull, a, 0.30, eye + (0.047 - 0.004 * abs(a)) * s, 0.008 * s, 0.004 * s, 0.0) for a in np.linspace(-0.8, 0.8, 25)]
        parts.append(cap(np.stack(under), skull.centre, (0.75, 0.9, 0.9, 0.85)))
        for a in np.linspace(-0.82, 0.82, 64) + rng.normal(0, 0.015, 64):
            stop = eye + (0.027 + 0.005 * np.sin(a * 5.3) + rng.normal(0, 0.002) - 0.004 * abs(a)) * s
            line = strand(skull, a, 0.24 + 0.2 * rng.random(), stop, 0.0105 * s, 0.005 * s, 0.0)
            tone, roll = rng.normal(1, 0.06), rng.normal(0, 0.12)
            parts.append(ribbon(line, skull.centre, 0.018 * s, rng.choice((1, 1, 2)), roll, (0.5, 1, 0.85), tone))
    return gather(parts)


def combed(skull: Skull, tie: np.ndarray, side: int, f: float, lift: float) -> np.ndarray:
    """A line (12, 3) from the parting (f 0: hairline, 1: nape) over the skull to the tie."""
    polar = np.deg2rad(np.interp(f, (0, 0.45, 1), (52, 4, 112)))
    start = skull.towards(0.0 if f < 0.45 else np.pi, polar) + np.array([side * (0.02 if f < 0.45 else -0.05), 0, 0])
    end = tie - skull.centre
    end = end / np.linalg.norm(end)
    middle = (start + end + np.array([side * 0.55, 0.35, 0.38 * (1 - 2 * f)])) / 2
    t = np.linspace(0, 1, 24)[:, None]
    way = unit(start * (1 - t) ** 2 + 2 * t * (1 - t) * middle + end * t * t)
    azimuth, polar = skull.angles(way)
    return resample(skull.surface(azimuth, polar, lift * (0.5 + 0.5 * np.sin(np.pi * t[:, 0]))), 12)


def plait(tie: np.ndarray, side: int, s: float, rng: np.random.Generator) -> list[Tress]:
    """Three strands that wind round each other down to a tuft; in front of the shoulder it ends above it."""
    long, out = 0.086 * s, []
    t = np.linspace(0, 1, 34)[:, None]
    spine = tie + t * np.array([side * 0.020, -long / s, 0.004]) * s + np.array([side, 0, 0]) * 0.010 * s * np.sin(np.pi * t * 0.8)
    for k in range(3):
        phase = 2 * np.pi * (t * 3.2 + k / 3)
        wide = (0.0085 - 0.0025 * t) * s
        line = spine + np.concatenate([np.sin(phase), np.zeros_like(t), 0.55 * np.sin(2 * phase)], 1) * wide
        for turn in np.linspace(0, 2 * np.pi, 7, endpoint=False):
            ring = np.array([np.cos(turn), 0, np.sin(turn)]) * 0.0052 * s
            out.append(ribbon(line + ring, spine.mean(0), 0.0095 * s, 0, turn, (1, 1, 0.85), rng.normal(0.98, 0.06)))
    for turn in np.linspace(0, 2 * np.pi, 14, endpoint=False):
        q = np.linspace(0, 1, 6)[:, None]
        ring = np.array([np.cos(turn), 0, np.sin(turn)]) * (0.005 + 0.006 * np.sin(np.pi * q)) * s
        line = spine[-1] + ring + q * np.array([side * 0.004, -0.022 * s * rng.uniform(0.8, 1.1), 0])
        out.append(
            ribbon(line, spine.mean(0) + np.array([0, 0.02, 0]), 0.009 * s, 1, rng.normal(0, 0.2), (0.8, 1, 0.6), rng.normal(1, 0.07))
        )
    return out


def close_cut(skull: Skull, body: Body, rng: np.random.Generator, thin: bool) -> Tress:
    """Short hair: dense small cards from the scalp. Thin: receded, combed back."""
    s, parts, count = body.face.scale, [], 0
    brow = (56, 53, 60, 80, 94, 104, 112, 116) if not thin else (44, 42, 50, 76, 94, 104, 112, 116)

    def hairline(a: np.ndarray | float) -> np.ndarray:
        return np.deg2rad(np.interp(np.rad2deg(np.abs(a)), (0, 25, 48, 66, 84, 100, 125, 180), brow))

    lines = []
    for a in np.linspace(-np.pi, np.pi, 97):
        polar = np.linspace(0.02, float(hairline(a)) - 0.01, 12)
        lines.append(skull.surface(a, polar, np.interp(np.linspace(0, 1, 12), (0, 0.7, 1), (0.004, 0.004, -0.001)) * s))
    parts.append(cap(np.stack(lines), skull.centre, (0.8, 0.8, 0.82, 0.9)))
    while count < (800 if thin else 950):
        a, polar = rng.uniform(-np.pi, np.pi), np.arccos(1 - rng.random() * (1 - np.cos(np.deg2rad(116))))
        if polar > hairline(a) + 0.02:
            continue
        count += 1
        top = float(1 - smoothstep(np.deg2rad(48), np.deg2rad(75), polar))
        out = skull.towards(a, polar)
        flow = np.array([0.12, 0.1, -1.0] if thin else [0.85, 0.25, -0.35]) * top + np.array([0, -0.9, -0.75]) * (1 - top)
        flow = flow + rng.normal(0, 0.10, 3)
        flow = unit(flow - out * (flow @ out))
        long = (0.026 * top + 0.016 * (1 - top)) * s * rng.uniform(0.8, 1.2)
        t = np.linspace(0, 1, 4)[:, None]
        lift = (0.16 if thin else 0.40) * top + 0.10 * (1 - top)
        line = skull.surface(a, polar, 0.002 * s) + flow * long * t + out * long * lift * (t - 0.75 * t**2)
        parts.append(ribbon(line, skull.centre, 0.013 * s, rng.choice((1, 2, 2)), rng.normal(0, 0.15), (0.8, 1, 0.7), rng.normal(1, 0.07)))
    return gather(parts)
