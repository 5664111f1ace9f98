"""A scalp and a choice come in; hair that is combed to one or two places goes out: ponytail, pigtails, plaits, bun, puffs."""

import numpy as np

from meetagain.likeness.hair import Tress, cards, cloth, outward, sheet
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_coily import ball, soft_roots
from meetagain.likeness.hair_falling import fringe, kinds_of
from meetagain.likeness.hair_lines import even, fanned, hang, waved
from meetagain.likeness.hair_picture import DENSE, LOOSE, WISPS
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.parts import smoothstep, unit
from meetagain.likeness.swing import Chain


def gathered(scalp: Scalp, choice: HairChoice, rng: np.random.Generator) -> list[Tress]:
    """Hair combed to its ties and what hangs or sits there."""
    s, style = scalp.s, choice.style
    low = float(np.clip((choice.length - 0.4) / 0.6, 0, 1))
    if style in ("pigtails", "plaits", "puffs"):
        height, back = {"pigtails": (-0.010, -0.045), "plaits": (-0.046, -0.034), "puffs": (0.066, -0.012)}[style]
        ties = [(side, tie_at(scalp, (side * 0.07, height, back))) for side in (-1.0, 1.0)]
        parts = [piece for side, tie in ties for piece in combed_half(scalp, choice, tie, side, rng)]
    else:
        height = {"ponytail": 0.034, "plait": -0.052, "bun": 0.022 + 0.04 * choice.volume}[style]
        ties = [(0.0, tie_at(scalp, (0.0, height, -0.2)))]
        parts = combed_back(scalp, choice, ties[0][1], rng)
    for side, tie in ties:
        out = outward(tie[None], scalp.centre)[0]
        if style == "puffs":
            middle = tie + out * 0.030 * s
            parts += ball(middle, (0.034 + 0.014 * choice.volume) * s, s, rng, 2600)
        elif style == "bun":
            parts += bun(scalp, tie, out, (0.022 + 0.012 * choice.volume) * s, rng)
        elif style in ("plaits", "plait"):
            long = (0.086 + 0.16 * low) * s if style == "plaits" else (0.17 + 0.26 * low) * s
            parts += plait(scalp, tie, side, long, 0.0085 * s if side else 0.0125 * s, rng)
        else:
            parts += tail(scalp, choice, tie, out, side, rng)
    if style != "puffs":
        parts.append(wisps(scalp, rng))
    return parts + soft_roots(scalp, rng, 150, 0.022, True) + fringe(scalp, choice, rng)


def wisps(scalp: Scalp, rng: np.random.Generator) -> Tress:
    """The short fine hair that no comb catches: a little of it falls before each ear."""
    s, count = scalp.s, 18
    a = np.where(np.arange(count) % 2 == 0, -1.0, 1.0) * np.deg2rad(rng.uniform(50, 60, count))
    edge = scalp.combed_line(a)
    start = fanned(scalp, a, edge - 0.22, edge + 0.02, np.full(count, 0.0015 * s), 0.002 * s, 0.0)
    lines = even(hang(scalp, start, scalp.eye - rng.uniform(0.015, 0.05, count) * s, np.full(count, -0.004 * s), 0.3), 9)
    return cards(lines, scalp.centre, 0.009 * s, np.where(rng.random(count) < 0.5, WISPS, LOOSE), rng, 0.2, (0.4, 1, 0.6))


def tie_at(scalp: Scalp, place: tuple[float, float, float]) -> np.ndarray:
    """The point on the head nearest to a place (units of the head's scale from the eyes and the head's middle), a finger over the skin."""
    want = np.array([place[0] * scalp.s, scalp.eye + place[1] * scalp.s, scalp.centre[2] + place[2] * scalp.s])
    azimuth, polar = scalp.skull.angles(unit(want - scalp.centre)[None])
    return scalp.skull.surface(azimuth, polar, 0.010 * scalp.s)[0]


def between(scalp: Scalp, start: np.ndarray, middle: np.ndarray, tie: np.ndarray, lift: np.ndarray, points: int) -> np.ndarray:
    """Lines (n, points, 3) over the skull from directions (n, 3) by way of others to a tie, sunk at the root and at the tie."""
    end = unit(tie - scalp.centre)
    t = np.linspace(0, 1, 24)[None, :, None]
    way = unit(start[:, None] * (1 - t) ** 2 + 2 * t * (1 - t) * middle[:, None] + end * t * t)
    azimuth, polar = (x.reshape(way.shape[:2]) for x in scalp.skull.angles(way.reshape(-1, 3)))
    over = lift[:, None] * (0.35 + 0.65 * np.sin(np.pi * np.clip(t[..., 0] * 0.9 + 0.06, 0, 1)))
    return even(scalp.skull.surface(azimuth, polar, over), points)


def combed_back(scalp: Scalp, choice: HairChoice, tie: np.ndarray, rng: np.random.Generator) -> list[Tress]:
    """All hair from the hairline round the head to one tie behind."""
    s, skull = scalp.s, scalp.skull
    full = (0.004 + 0.012 * choice.volume) * s

    def lines(a: np.ndarray, lift: float, inner: np.ndarray | float = 0.0) -> np.ndarray:
        start = skull.towards(a, (scalp.combed_line(a) - 0.005) * (1 - np.asarray(inner)))
        end = unit(tie - scalp.centre)
        ahead = np.clip(np.cos(a), 0, 1)[:, None]
        middle = unit(start + end + 0.30 * ahead * skull.up + 0.2 * np.sin(a)[:, None] * (1 - ahead) * skull.right)
        return between(scalp, start, middle, tie, lift + full * (0.45 + 0.55 * np.abs(np.cos(a))), 12)

    around = np.linspace(-np.pi, np.pi, 73)
    parts = [sheet(lines(around, 0.0022 * s), scalp.centre, (0.72, 0.86, 0.9, 0.8), (0.62, 0.95, 1, 1, 1, 1))]
    count = 120
    a = np.linspace(-np.pi, np.pi, count, endpoint=False) + rng.normal(0, 0.03, count)
    strip = rng.choice((DENSE, LOOSE), count, p=(0.7, 0.3))
    parts.append(
        cards(
            lines(a, 0.0042 * s, rng.uniform(0.0, 0.09, count)),
            scalp.centre,
            0.023 * s,
            strip,
            rng,
            0.10,
            (0.7, 1, 0.45),
            shade=(0.8, 0.98, 1.02, 0.85),
        )
    )
    a = rng.uniform(-np.pi, np.pi, 60)
    fly = lines(a, 0.0062 * s, rng.uniform(0.1, 0.6, 60))
    parts.append(cards(fly, scalp.centre, 0.014 * s, np.full(60, WISPS), rng, 0.2, (0.6, 1, 0.5)))
    return parts


def combed_half(scalp: Scalp, choice: HairChoice, tie: np.ndarray, side: float, rng: np.random.Generator) -> list[Tress]:
    """One half of the head from a middle parting to a tie at the side."""
    s = scalp.s

    def lines(f: np.ndarray, lift: float) -> np.ndarray:
        """f: 0 hairline at the parting .. 0.45 crown .. 1 nape; below 0: the hairline down to the temple and the ear."""
        skull, along = scalp.skull, np.clip(f, 0, 1)
        polar = np.where(
            along < 0.45,
            np.interp(along, (0, 0.45), (float(scalp.combed_line(0.0)) - 0.01, 0.06)),
            np.interp(along, (0.45, 1), (0.06, float(scalp.combed_line(np.pi)) - 0.02)),
        )
        front = np.where(along < 0.45, 0.0, np.pi)
        edge = np.clip(-f, 0, 1) * np.deg2rad(66)
        azimuth = np.where(f < 0, side * edge, front)
        polar = np.where(f < 0, scalp.combed_line(azimuth) - 0.01, polar)
        start = unit(skull.towards(azimuth, polar) + (side * np.where(along < 0.45, 0.018, 0.012))[:, None] * skull.right)
        end = unit(tie - scalp.centre)
        bow = np.clip(1 - 2 * np.clip(f, -0.6, 1), -1, 1)[:, None]
        middle = unit(
            start
            + end
            + side * 0.42 * np.clip(along, 0.05, 0.8)[:, None] * skull.right * 0.9
            + 0.30 * skull.up * (1 - along)[:, None]
            + 0.25 * bow * skull.front
        )
        return between(scalp, start, middle, tie, np.full(len(f), lift), 12)

    f = np.linspace(-1, 1, 52)
    parts = [sheet(lines(f, 0.006 * s), scalp.centre, (0.62, 0.84, 0.88, 0.85), (0.7, 1, 1, 1))]
    count = 74
    f = rng.uniform(-1, 1, count)
    strip = rng.choice((DENSE, LOOSE), count, p=(0.75, 0.25))
    parts.append(cards(lines(f, 0.0082 * s), scalp.centre, 0.024 * s, strip, rng, 0.1, (0.6, 1, 0.5)))
    return parts


def tail(scalp: Scalp, choice: HairChoice, tie: np.ndarray, out: np.ndarray, side: float, rng: np.random.Generator) -> list[Tress]:
    """A bundle that springs out of a tie and falls: ponytail (side 0) or pigtail."""
    s = scalp.s
    long = (0.10 + 0.30 * float(np.clip((choice.length - 0.4) / 0.6, 0, 1)) ** 1.2) * s
    floor, thick = tie[1] - long, (0.010 + 0.012 * choice.volume) * s
    away = unit(out * (1, 0.4, 1) + np.array([0.25 * side, 0.25, 0]))
    parts = []
    for count, ring, width, kinds in (
        (16, 0.35, 0.020, (0, 0)),
        (40, 0.8, 0.018, (0, 1)),
        (44, 1.0, 0.015, (0, 1, 1)),
        (16, 1.25, 0.010, (2,)),
    ):
        count = count if side == 0 else int(0.6 * count)
        turn = np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.normal(0, 0.2, count)
        across, up = unit(np.cross(away, (0, 1, 0.01))), None
        up = np.cross(across, away)
        around = across[None] * np.cos(turn)[:, None] + up[None] * np.sin(turn)[:, None]
        t = np.linspace(0, 1, 8)[None, :, None]
        reach = 0.030 * s
        arch = tie + away * reach * t + np.array([0, -1, 0]) * 0.010 * s * t**3
        spread = around[:, None] * (0.0055 * s + thick * ring * smoothstep(0, 0.8, t))
        lines = arch + spread
        ahead = np.full(count, -1.0 if side == 0 else 1.0)
        stop = floor + np.abs(rng.normal(0, 0.02, count)) * s
        lines = even(hang(scalp, lines, stop, 0.004 * s + thick * (1 - np.sin(turn)) * 0.4, 0.0, ahead, 0.10 * abs(side)), 15)
        if choice.curl > 0.15:
            size, pitch = (
                np.interp(choice.curl, (0.15, 0.6, 1), (0.003, 0.009, 0.011)) * s,
                np.interp(choice.curl, (0.15, 0.6, 1), (0.08, 0.045, 0.03)) * s,
            )
            lines = waved(lines, scalp.centre, float(size), float(pitch), turn + rng.normal(0, 0.8, count), 0.03 * s, 0.7)
        shape = 1 - 0.45 * smoothstep(0.55, 1.0, np.linspace(0, 1, 15))[None, :, None]
        middle = lines.mean(0, keepdims=True)
        lines = middle + (lines - middle) * shape
        face = np.broadcast_to(around[:, None], lines.shape)
        strip = np.array(kinds_of(choice))[rng.choice(kinds, count)]
        parts.append(cards(lines, scalp.centre, width * s * rng.uniform(0.8, 1.2, count), strip, rng, 0.2, (0.5, 1, 1, 0.7), out=face))
    parts += band(tie + away * 0.004 * s, away, 0.0085 * s, 0.004 * s)
    return swinging(parts, side_name(side), lines.mean(0), 4 if side == 0 else 3, 0.016 * s)


def swinging(parts: list[Tress], name: str, line: np.ndarray, segments: int, radius: float) -> list[Tress]:
    """The parts of a tail that follow a chain of joints down a line (n, 3)."""
    nodes = even(line[None], segments + 1)[0]
    chain = Chain(name, tuple(tuple(float(x) for x in node) for node in nodes), radius, 0.9, 0.35)
    for part in parts:
        part.chains = (chain,)
    return parts


def side_name(side: float) -> str:
    """hair.tail, hair.tail.L or hair.tail.R."""
    return "hair.tail" + {0.0: "", 1.0: ".L", -1.0: ".R"}[float(side)]


def band(at: np.ndarray, along: np.ndarray, radius: float, thick: float) -> list[Tress]:
    """A hair band: a small ring of cloth round a bundle."""
    across = unit(np.cross(along, (0.3, 0.2, 1.0)))
    up = np.cross(along, across)
    turn, ring = np.linspace(0, 2 * np.pi, 15), np.linspace(0, 2 * np.pi, 7)
    a, b = np.meshgrid(ring, turn, indexing="ij")
    round_it = across * np.cos(b)[..., None] + up * np.sin(b)[..., None]
    points = at + round_it * (radius + thick * 0.6 * np.cos(a))[..., None] + along * (thick * np.sin(a))[..., None]
    return [cloth(points, "weave", (2, 1), (0.10, 0.025, 0.03), at)]


def bun(scalp: Scalp, tie: np.ndarray, out: np.ndarray, radius: float, rng: np.random.Generator) -> list[Tress]:
    """Strands wound into a knot: a flattened ball under turns of hair."""
    across = unit(np.cross(out, (0, 1, 0.02)))
    up = np.cross(across, out)
    middle = tie + out * radius * 0.42

    def wound(turn: np.ndarray, rise: np.ndarray, grow: float) -> np.ndarray:
        ring = np.sqrt(np.clip(1 - (rise - 0.1) ** 2, 0.0, 1))
        return middle + (
            (across * np.cos(turn)[..., None] + up * np.sin(turn)[..., None]) * (ring * radius * grow)[..., None]
            + out * (rise * radius * 0.72 * grow)[..., None]
        )

    turn, rise = np.meshgrid(np.linspace(0, 2 * np.pi, 25), np.linspace(-0.75, 1.0, 10), indexing="ij")
    parts = [sheet(wound(turn, rise, 0.93).transpose(0, 1, 2), middle, (0.7, 0.85, 0.9))]
    count = 110
    begin, low = rng.uniform(0, 2 * np.pi, count), rng.uniform(-0.7, 0.7, count)
    t = np.linspace(0, 1, 12)[None]
    lines = wound(begin[:, None] + t * 2.9, np.clip(low[:, None] + 0.42 * t, -0.8, 1.02), 1.0 + 0.03 * rng.random())
    face = unit(lines - middle)
    parts.append(
        cards(
            lines,
            middle,
            0.013 * scalp.s * rng.uniform(0.7, 1.2, count),
            rng.choice((DENSE, DENSE, LOOSE), count),
            rng,
            0.25,
            (0.6, 1, 0.7),
            out=face,
        )
    )
    return parts


def plait(scalp: Scalp, tie: np.ndarray, side: float, long: float, wide: float, rng: np.random.Generator) -> list[Tress]:
    """Three strands that wind round each other down to a tuft."""
    s, t = scalp.s, np.linspace(0, 1, 44)
    out = outward(tie[None], scalp.centre)[0]
    begin = tie[None] + np.linspace(0, 1, 5)[:, None] * (out * 0.012 * s + np.array([0, -0.006 * s, 0]))
    ahead = np.array([-1.0 if side == 0 else 1.0])
    spine = even(hang(scalp, begin[None], np.array([tie[1] - long]), np.array([wide * 1.1]), 0.0, ahead, 0.05 * abs(side)), 44)[0]
    down = unit(np.gradient(spine, axis=0))
    face = unit(out[None] * (1, 0.2, 1) - down * ((out[None] * down).sum(1, keepdims=True)))
    across = unit(np.cross(down, face))
    turns, parts = long / (wide * 3.6), []
    taper = (1 - 0.35 * t)[:, None]
    for k in range(3):
        phase = 2 * np.pi * (t * turns / 2 + k / 3)
        line = spine + (across * np.sin(phase)[:, None] * 1.0 + face * np.sin(2 * phase)[:, None] * 0.55) * wide * taper
        ring = np.linspace(0, 2 * np.pi, 7, endpoint=False)
        around = across[None] * np.cos(ring)[:, None, None] + face[None] * np.sin(ring)[:, None, None]
        lines = line[None] + around * wide * 0.60 * taper
        parts.append(cards(lines, scalp.centre, wide * 1.15, np.zeros(7, int), rng, 0.0, (1, 1, 0.8), 0.05, (0.9, 1.0, 0.95), out=around))
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    q = np.linspace(0, 1, 6)[None, :, None]
    around = across[-1] * np.cos(turn)[:, None] + face[-1] * np.sin(turn)[:, None]
    tuft = (
        spine[-1]
        + around[:, None] * (0.45 + 0.5 * np.sin(np.pi * q * 0.8)) * wide
        + down[-1] * q * 0.032 * s * rng.uniform(0.8, 1.1, (16, 1, 1))
    )
    parts.append(
        cards(
            tuft, scalp.centre, wide * 0.95, np.full(16, DENSE), rng, 0.2, (0.8, 1, 0.6), out=np.broadcast_to(around[:, None], tuft.shape)
        )
    )
    parts += band(spine[-1], down[-1], wide * 0.72, wide * 0.35)
    parts += band(tie + out * 0.006 * s, unit(out - np.array([0, 0.5, 0])), wide * 0.95, wide * 0.35)
    whole = np.concatenate([spine, tuft[:, -1].mean(0, keepdims=True)])
    return swinging(parts, side_name(side), whole, 4 if side == 0 else 3, wide * 1.2)
