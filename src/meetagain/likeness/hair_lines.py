"""A scalp comes in; lines that hair follows go out: from a parting over the skull, then hanging, round the neck and over the shoulders."""

import numpy as np

from meetagain.likeness.hair import outward
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.parts import smoothstep, unit

OVER, STEPS = 22, 44


def even(lines: np.ndarray, count: int, until: np.ndarray | None = None) -> np.ndarray:
    """Lines (n, k, 3) resampled to evenly spaced points (n, count, 3); `until` (n,) cuts each at that share of its length."""
    step = np.linalg.norm(np.diff(lines, axis=1), axis=2)
    along = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(step, 1)], 1)
    ends = along[:, -1] * (1.0 if until is None else until)
    out = np.empty((len(lines), count, 3))
    for n in range(len(lines)):
        t = np.linspace(0, ends[n], count)
        for axis in range(3):
            out[n, :, axis] = np.interp(t, along[n], lines[n, :, axis])
    return out


def parted(scalp: Scalp, g: np.ndarray, side: np.ndarray, parting: float, front: float, lift: np.ndarray, volume: float) -> np.ndarray:
    """Lines (n, OVER, 3) from the parting over the skull to where hair starts to hang.

    g (n,): 0 along the face .. 1 down the middle of the back; side (n,): -1 or 1; parting: -1 .. 1 (their right .. their left);
    front: azimuth in radians of the foremost hair; lift (n,): metres over the skin; volume: metres more at the widest place.
    """
    skull = scalp.skull
    f = np.clip(g / 0.55, 0, 1)
    sagittal = np.interp(f, (0, 1), (float(scalp.hairline(abs(parting) * 0.4)) - 0.01, np.deg2rad(-28)))
    start = np.cos(sagittal)[:, None] * skull.up + np.sin(sagittal)[:, None] * skull.front
    shift = parting * 0.34 * (1 - 0.75 * f) + side * 0.006
    start = unit(start + shift[:, None] * skull.right)
    turn = np.interp(g, (0, 0.3, 1), (front, front + 0.42, np.pi)) * side
    end = skull.towards(turn, np.deg2rad(np.interp(np.abs(np.rad2deg(turn)), (55, 90, 180), (96, 98, 104))))
    ahead = 0.75 * np.clip(1 - g / 0.45, 0, 1)
    control = unit(start + end + ahead[:, None] * skull.front + (0.25 * side * (1 - f))[:, None] * skull.right)
    t = np.linspace(0, 1, OVER)[None, :, None]
    way = unit(start[:, None] * (1 - t) ** 2 + 2 * t * (1 - t) * control[:, None] + end[:, None] * t * t)
    azimuth, polar = (x.reshape(way.shape[:2]) for x in skull.angles(way.reshape(-1, 3)))
    inside = scalp.hairline(azimuth) - 0.012
    held = np.where(np.abs(azimuth) < np.deg2rad(56), np.minimum(polar, inside), polar)
    rise = 0.45 + 0.55 * np.sin(np.clip(t[..., 0] / 0.45, 0, 1) * np.pi / 2)
    full = volume * (0.25 + 0.75 * smoothstep(0, 0.3, g))[:, None]
    over = lift[:, None] * (0.3 + 0.7 * rise) + full * swell(polar) * rise
    return scalp.over_ears(skull.surface(azimuth, held, over))


def swell(polar: np.ndarray) -> np.ndarray:
    """How much of the volume stands at a polar angle: less on the crown, all of it at the sides."""
    return 0.5 + 0.5 * np.sin(np.clip(polar / np.deg2rad(95), 0, 1) * np.pi / 2) ** 2


def fanned(
    scalp: Scalp, azimuth: np.ndarray, start: np.ndarray, stop: np.ndarray, lift: np.ndarray, volume: float, drift: np.ndarray | float = 0.0
) -> np.ndarray:
    """Lines (n, OVER, 3) straight down the skull from a polar angle to another, swelling by `volume` metres towards the sides."""
    t = np.linspace(0, 1, OVER)[None]
    polar = start[:, None] + (stop - start)[:, None] * t
    rise = np.clip(t / 0.3, 0, 1) ** 0.8
    over = lift[:, None] * (0.3 + 0.7 * rise) + volume * swell(polar)
    return scalp.skull.surface(azimuth[:, None] + np.broadcast_to(drift, len(azimuth))[:, None] * t, polar, over)


def hang(
    scalp: Scalp,
    lines: np.ndarray,
    floor: np.ndarray,
    clear: np.ndarray,
    tuck: float = 0.0,
    ahead: np.ndarray | None = None,
    drift: float = 0.0,
) -> np.ndarray:
    """Lines go on downward to a height (n,), clear of neck, shoulders and back by `clear` (n,) metres more than cloth.

    tuck: how far the ends turn in, metres. ahead (n,): 1 falls in front of the shoulders, -1 behind; drift: how soon.
    """
    here, way = lines[:, -1].copy(), unit(lines[:, -1] - lines[:, -3])
    ahead = np.where(here[:, 2] > scalp.centre[2] + 0.030 * scalp.s, 1.0, -1.0) if ahead is None else ahead
    step = np.maximum(here[:, 1] - floor, 0.004)[:, None] * 1.25 / STEPS
    start, out = here[:, 1].copy(), [here.copy()]
    for _ in range(STEPS):
        done = np.clip((start - here[:, 1]) / np.maximum(start - floor, 1e-3), 0, 1)[:, None]
        inward = -outward(here, scalp.centre) * (1, 0, 1)
        wide = np.where(ahead > 0, 0.088, 0.074)[:, None] * scalp.s
        low = np.clip((scalp.body.face.chin[1] + 0.02 * scalp.s - here[:, 1:2]) / (0.05 * scalp.s), 0, 1)
        narrow = np.clip((np.abs(here[:, :1]) - wide) / (0.02 * scalp.s), 0, 1.2) * low * -np.sign(here[:, :1])
        way = unit(
            way * 0.62
            + np.array([0, -0.38, 0])
            + inward * tuck * done**2
            + narrow * (0.55, 0, 0)
            + ahead[:, None] * np.array([0, 0, drift])
        )
        moved, normal = scalp.keep_out(here + way * step, scalp.clothed(here) + clear)
        slope = np.clip(normal[:, 1], 0, 1) * (np.linalg.norm(moved - here - way * step, axis=1) > 1e-5)
        moved = moved + (np.array([0, 0, 0.9]) * ahead[:, None]) * slope[:, None] * step
        way = unit(way * 0.4 + unit(moved - here) * 0.6)
        here = moved
        out.append(here.copy())
    fallen = np.stack(out, 1)
    below = fallen[:, :, 1] < floor[:, None]
    last = np.where(below.any(1), np.argmax(below, 1), STEPS)
    for n, stop in enumerate(last):
        fallen[n, stop + 1 :] = fallen[n, stop]
    return np.concatenate([lines, fallen[:, 1:]], 1)


def laid(
    scalp: Scalp, way: np.ndarray, flow: np.ndarray, long: np.ndarray, lift: np.ndarray, past: np.ndarray | float = 0.03, points: int = 5
) -> np.ndarray:
    """Short lines (n, points, 3) that follow the skull from directions (n, 3) along a flow (n, 3), at most `past` radians beyond the hairline."""
    t = np.linspace(0, 1, points)[None, :, None]
    target = unit(way[:, None] + flow[:, None] * (long[:, None, None] / (0.095 * scalp.s)) * t)
    azimuth, polar = (x.reshape(target.shape[:2]) for x in scalp.skull.angles(target.reshape(-1, 3)))
    past = np.broadcast_to(past, len(way))[:, None]
    spare = scalp.hairline(azimuth) + past - polar
    polar = np.where(spare < 0.06, polar + spare - 0.06 * np.exp(np.clip(spare / 0.06 - 1, -8, 0)), polar)
    rise = lift[:, None] * (0.5 + 0.7 * np.sin(np.pi * np.clip(t[..., 0] * 0.75 + 0.05, 0, 1))) + 0.0010 * scalp.s
    return scalp.skull.surface(azimuth, polar, rise)


def waved(
    lines: np.ndarray, centre: np.ndarray, size: float, pitch: float, phase: np.ndarray, begin: float = 0.06, turn: float = 0.35
) -> np.ndarray:
    """Lines swing to the side (and, by `turn`, in and out: 1 is a corkscrew). size, pitch and begin in metres; phase (n,) radians."""
    step = np.linalg.norm(np.diff(lines, axis=1), axis=2)
    along = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(step, 1)], 1)
    tangent, out = unit(np.gradient(lines, axis=1)), outward(lines, centre)
    side = unit(np.cross(tangent, out))
    grown = smoothstep(begin * 0.5, begin * 2.5, along) * size
    angle = along / pitch * 2 * np.pi + phase[:, None]
    return lines + side * (grown * np.sin(angle))[..., None] + out * (grown * turn * (1 + np.cos(angle)))[..., None]
