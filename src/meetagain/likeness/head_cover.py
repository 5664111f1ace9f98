"""A scalp and a choice come in; what covers the head goes out: headscarf, woolly hat, flat cap, sun hat, and hair pressed flat under it."""

import numpy as np
from scipy.ndimage import gaussian_filter

from meetagain.likeness.hair import Tress, cloth
from meetagain.likeness.hair_choice import HairChoice
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.parts import smoothstep, unit


def cover(scalp: Scalp, choice: HairChoice, hair: Tress | None) -> list[Tress]:
    """The covering of a choice with the hair that still shows. A headscarf hides all of it."""
    make = {"headscarf": headscarf, "woolly hat": woolly_hat, "flat cap": flat_cap, "sun hat": sun_hat}[choice.cover]
    made = make(scalp, choice.cover_colour)
    if hair is None or choice.cover == "headscarf":
        return made
    return [pressed(scalp, hair, 0.006 if choice.cover == "woolly hat" else 0.0), *made]


def brim_line(scalp: Scalp, azimuth: np.ndarray, front: float, back: float) -> np.ndarray:
    """Polar angle of a hat's edge: heights over the eyes in front and behind, in units of the head's scale."""
    share = (1 - np.cos(azimuth)) / 2
    return scalp.skull.polar_at(azimuth, scalp.eye + (front + (back - front) * share**0.8) * scalp.s)


def pressed(scalp: Scalp, hair: Tress, low: float) -> Tress:
    """Hair that lies flat where a hat sits, and as it was below; what stuck out over the hat's edge is pressed down."""
    s, skull = scalp.s, scalp.skull
    away = hair.points - scalp.centre
    far = np.linalg.norm(away, axis=1)
    azimuth, polar = skull.angles(away / far[:, None])
    edge = np.interp(np.abs(azimuth), np.linspace(0, np.pi, 61), brim_line(scalp, np.linspace(0, np.pi, 61), 0.046 - low, -0.005))
    under = 1 - smoothstep(-0.02, 0.22, polar - edge)
    most = skull.radius(azimuth, polar) + 0.0035 * s
    hidden = (polar < edge - 0.3)[hair.triangles].all(1)
    hair.triangles = hair.triangles[~hidden]
    hair.points = scalp.centre + away / far[:, None] * (far + (np.minimum(far, most) - far) * under)[:, None]
    return hair


def shell(scalp: Scalp, edge: np.ndarray, azimuth: np.ndarray, lift: np.ndarray, rows: int) -> np.ndarray:
    """A grid (rows, n, 3) from the crown to an edge (n,); lift (rows,) metres over the skin, never hollow at the temples."""
    share = np.linspace(0.03, 1, rows)[:, None]
    polar = share * edge[None]
    radius = scalp.skull.radius(np.broadcast_to(azimuth, polar.shape), polar)
    radius = gaussian_filter(radius, (1.0, 3.0), mode=("nearest", "wrap"))
    return scalp.centre + scalp.skull.towards(np.broadcast_to(azimuth, polar.shape), polar) * (radius + lift[:, None])[..., None]


def woolly_hat(scalp: Scalp, colour: tuple[float, float, float]) -> list[Tress]:
    """A knitted hat with a turned-up brim and a bobble."""
    s, a = scalp.s, np.linspace(-np.pi, np.pi, 61)
    edge = brim_line(scalp, a, 0.040, -0.012)
    high = np.interp(np.linspace(0, 1, 16), (0, 0.3, 1), (0.024, 0.016, 0.0085)) * s
    dome = shell(scalp, edge, a, high, 16)
    share = np.array((0.70, 0.72, 0.86, 0.99, 1.03, 1.0))[:, None]
    lift = np.array((0.009, 0.016, 0.018, 0.017, 0.011, 0.005))[:, None] * s
    polar = share * edge[None]
    band = scalp.skull.surface(np.broadcast_to(a, polar.shape), polar, np.broadcast_to(lift, polar.shape))
    top = dome[0].mean(0) + scalp.skull.up * 0.016 * s
    turn, fall = np.meshgrid(np.linspace(0, 2 * np.pi, 21), np.linspace(0.05, np.pi - 0.05, 11))
    way = np.stack([np.sin(fall) * np.cos(turn), np.cos(fall), np.sin(fall) * np.sin(turn)], -1)
    rough = 1 + 0.07 * np.sin(turn * 9 + fall * 5) * np.sin(fall * 8)
    bobble = top + way * (0.021 * s * rough)[..., None]
    pale = tuple(0.35 + 0.6 * c for c in colour)
    return [
        cloth(dome, "knit", (8, 5), colour, scalp.centre),
        cloth(band, "knit", (8, 1.2), tuple(c * 0.9 for c in colour), scalp.centre),
        cloth(bobble, "weave", (2, 2), pale, top),
    ]


def flat_cap(scalp: Scalp, colour: tuple[float, float, float]) -> list[Tress]:
    """A flat tweed cap: a wide low crown pulled forward over a short peak."""
    s, a = scalp.s, np.linspace(-np.pi, np.pi, 61)
    edge = brim_line(scalp, a, 0.050, 0.002)
    rows = 16
    share = np.linspace(0, 1, rows)
    ahead = np.clip(np.cos(a), 0, 1)
    dome = shell(scalp, edge, a, np.interp(share, (0, 0.6, 0.85, 1), (0.006, 0.012, 0.013, 0.005)) * s, rows)
    slouch = np.interp(share, (0, 0.35, 0.8, 1), (0, 0.3, 1, 0.15))[:, None]
    dome = dome + (slouch * ahead[None] ** 0.7)[..., None] * (scalp.skull.front * 0.017 - scalp.skull.up * 0.003) * s
    dome = dome + (slouch * (1 - np.abs(np.cos(a)))[None])[..., None] * np.stack([np.sign(np.sin(a)), 0 * a, 0 * a], -1)[None] * 0.008 * s
    wide = np.linspace(-0.98, 0.98, 25)
    rim = scalp.skull.surface(wide, brim_line(scalp, wide, 0.050, 0.002), 0.0065 * s)
    out = unit(rim * (1, 0, 1) - scalp.centre * (1, 0, 1))
    reach = np.cos(wide / 0.98 * np.pi / 2) ** 0.6 * 0.044 * s
    t = np.array((0.0, 0.5, 1.0, 1.03, 0.5, 0.0))[:, None, None]
    drop = np.array((0.0, -0.004, -0.012, -0.015, -0.008, -0.005))[:, None, None] * s
    peak = rim[None] + out[None] * reach[:, None] * t + np.array([0, 1.0, 0]) * drop + scalp.skull.front * 0.004 * s
    return [cloth(dome, "weave", (9, 6), colour, scalp.centre), cloth(peak, "weave", (4, 1), tuple(c * 0.85 for c in colour), scalp.centre)]


def sun_hat(scalp: Scalp, colour: tuple[float, float, float]) -> list[Tress]:
    """A straw hat with a round crown, a wide brim that dips and a ribbon."""
    s, a = scalp.s, np.linspace(-np.pi, np.pi, 73)
    edge = brim_line(scalp, a, 0.052, 0.012)
    share = np.linspace(0, 1, 14)
    crown = shell(scalp, edge, a, np.interp(share, (0, 0.45, 0.8, 1), (0.012, 0.016, 0.012, 0.009)) * s, 14)
    rim = crown[-1]
    out = unit((rim - scalp.centre) * (1, 0, 1))
    reach = np.array((0.0, 0.3, 0.65, 1.0, 1.01, 0.98, 0.5, 0.0))[:, None, None] * 0.072 * s
    fall = np.array((0.0, -0.001, -0.006, -0.016, -0.0175, -0.0185, -0.006, -0.002))[:, None, None] * s
    wavy = (1 + 0.25 * np.sin(3 * a + 0.5))[None, :, None]
    brim = rim[None] + out[None] * reach + np.array([0, 1.0, 0]) * fall * wavy
    polar = np.array((0.86, 0.87, 0.99, 1.0))[:, None] * edge[None]
    lift = np.array((0.0115, 0.0150, 0.0125, 0.0100))[:, None] * s
    ribbon = scalp.skull.surface(np.broadcast_to(a, polar.shape), polar, np.broadcast_to(lift, polar.shape))
    straw = (0.72, 0.52, 0.26)
    return [
        cloth(crown, "straw", (10, 5), straw, scalp.centre),
        cloth(brim, "straw", (12, 4), straw, rim.mean(0) - np.array([0, 0.3, 0])),
        cloth(ribbon, "weave", (8, 0.5), colour, scalp.centre),
    ]


def headscarf(scalp: Scalp, colour: tuple[float, float, float]) -> list[Tress]:
    """A scarf round the face that covers hair, ears and neck and lies on the shoulders."""
    s, chin = scalp.s, scalp.body.face.chin
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    top, bottom = scalp.eye + 0.054 * s, chin[1] - 0.004 * s
    middle, tall = (top + bottom) / 2, (top - bottom) / 2
    x = np.sin(turn) * 0.0600 * s * (1 + 0.05 * np.cos(turn))
    y = middle + np.cos(turn) * tall
    z = scalp.body.face.middle[2] + (0.006 - 0.030 * np.sin(turn) ** 2 - 0.022 * np.clip(-np.cos(turn), 0, 1) ** 3) * s
    loop, _ = scalp.keep_out(np.stack([x, y, z], 1), 0.0035 * s)
    centre = np.array([0, scalp.eye - 0.012 * s, scalp.centre[2]])
    pole = unit(np.array([0, 0.10, -1.0]))
    size = np.array([0.080, 0.112, 0.104]) * s
    share = np.linspace(0, 0.9995, 20)[:, None, None]
    away = loop - centre
    begin = unit(away)[None]
    angle = np.arccos(np.clip((begin * pole).sum(-1, keepdims=True), -1, 1))
    way = (begin * np.sin((1 - share) * angle) + pole * np.sin(share * angle)) / np.sin(angle)
    far = 1 / np.linalg.norm(way / size, axis=-1, keepdims=True)
    grown = smoothstep(0, 0.22, share)
    hood = centre + way * (np.linalg.norm(away, axis=1)[None, :, None] * (1 - grown) + far * grown)
    out, _ = scalp.keep_out(hood[1:].reshape(-1, 3), 0.008 * s)
    hood[1:] = out.reshape(hood[1:].shape)
    hood[2:] = gaussian_filter(hood, (0.8, 1.0, 0), mode=("nearest", "wrap", "nearest"))[2:]
    folds = 0.0013 * s * np.sin(share * 22 + np.cos(turn)[None, :, None] * 2.5) * smoothstep(0.1, 0.4, share)
    hood = hood + unit(hood - centre) * folds
    rim = np.concatenate([hood[1:2] * 0.5 + hood[:1] * 0.5 - unit(away)[None] * 0.004 * s, hood])
    return [cloth(np.concatenate([rim, rim[:, :1]], 1), "weave", (9, 6), colour, centre), *drape(scalp, colour)]


def drape(scalp: Scalp, colour: tuple[float, float, float]) -> list[Tress]:
    """The scarf under the chin: rings round the neck on to the shoulders and the chest, in soft folds."""
    s, chin = scalp.s, scalp.body.face.chin
    turn = np.linspace(-np.pi, np.pi, 88, endpoint=False)
    neck, shoulder = scalp.body.joint("neck01"), scalp.body.joint("upperarm01.L")
    ahead, rings = np.cos(turn), []
    behind = np.clip(-ahead, 0, 1) * 0.05 * s
    for y, wide, deep in ((chin[1] + 0.010 * s, 0.060, 0.070), (chin[1] - 0.012 * s, 0.062, 0.076), (chin[1] - 0.04 * s, 0.072, 0.074)):
        rings.append(np.stack([np.sin(turn) * wide * s, y + behind, scalp.centre[2] + (0.006 + ahead * deep) * s], 1))
    for share, y in ((0.45, neck[1] - 0.010 * s), (0.85, shoulder[1] + 0.008 * s), (1.08, shoulder[1] - 0.075 * s)):
        fold = 1 + 0.06 * np.sin(turn * 7 + share * 3) * share
        x, z = np.sin(turn) * (0.078 + 0.072 * share) * s, neck[2] + (0.012 + ahead * (0.075 + 0.035 * share) * fold) * s
        rings.append(np.stack([x * fold, np.full_like(turn, y) + 0.012 * s * np.sin(turn * 4) * (share > 1), z], 1))
    t, at = np.linspace(0, 1, 24), np.linspace(0, 1, len(rings))
    rows = np.array(rings)
    grid = np.stack([[np.interp(t, at, rows[:, n, k]) for n in range(len(turn))] for k in range(3)], -1).transpose(1, 0, 2)
    flat, _ = scalp.keep_out(grid[2:].reshape(-1, 3), scalp.clothed(grid[2:].reshape(-1, 3)) + 0.006 * s)
    grid[2:] = flat.reshape(grid[2:].shape)
    grid = gaussian_filter(grid, (1.0, 1.2, 0), mode=("nearest", "wrap", "nearest"))
    middle = np.array([0, grid[..., 1].mean(), scalp.centre[2]])
    return [cloth(np.concatenate([grid, grid[:, :1]], 1), "weave", (9, 7), tuple(c * 0.96 for c in colour), middle)]
