"""An invented head comes in, what is on it goes out: where brows, beard and collar are, a shell of hair, glasses."""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

import numpy as np

from meetagain.likeness.beard import beard_share
from meetagain.likeness.body import ball, find_face
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.parts import grid_triangles, smoothstep, vertex_normals

STYLES = ("cropped", "short", "full", "bob", "long", "up", "thin", "bald", "covered")
BY_AGE = {  # chance of each style: girl, boy, woman, man, old woman, old man
    "girl": (0.02, 0.05, 0.08, 0.25, 0.35, 0.22, 0.0, 0.0, 0.03), "boy": (0.3, 0.4, 0.2, 0.07, 0.0, 0.0, 0.0, 0.0, 0.03),
    "woman": (0.03, 0.1, 0.12, 0.2, 0.28, 0.2, 0.0, 0.0, 0.07), "man": (0.32, 0.3, 0.1, 0.0, 0.03, 0.0, 0.1, 0.1, 0.05),
    "old woman": (0.03, 0.25, 0.25, 0.2, 0.02, 0.12, 0.05, 0.0, 0.08), "old man": (0.15, 0.2, 0.05, 0.0, 0.0, 0.0, 0.3, 0.2, 0.1),
}  # fmt: skip
THICK_M = {"cropped": 0.005, "short": 0.014, "full": 0.028, "bob": 0.016, "long": 0.013, "up": 0.011, "thin": 0.006, "covered": 0.012}
HAIRLINE = (
    (0, 35, 60, 78, 95, 115, 180),
    (0.070, 0.066, 0.040, -0.012, -0.02, -0.062, -0.088),
)  # degrees from the front, metres over the eyes


@dataclass(frozen=True)
class Masks:
    """Where things are on the head, (n,) each, 0 .. 1."""

    brow: np.ndarray
    cheek: np.ndarray
    socket: np.ndarray
    fold: np.ndarray
    beard: np.ndarray
    cloth: np.ndarray
    line: np.ndarray  # metres above the usual hairline
    round: np.ndarray  # degrees from the front
    ear: np.ndarray  # bool


@dataclass(frozen=True)
class Dress:
    """Hair and glasses as extra vertices, metres in the head's own frame, and the colours of hair and beard (linear)."""

    points: np.ndarray  # (k, 3)
    triangles: np.ndarray  # (m, 3)
    colour: np.ndarray  # (k, 3)
    hair_colour: np.ndarray
    beard: float
    beard_colour: np.ndarray


@cache
def masks() -> Masks:
    """The places, found once on the average adult."""
    crop = load_crop()
    whole = crop.basis.mean[: crop.basis.n_vertices].astype(float).copy()
    whole[crop.ids] = crop.usual
    face = find_face(crop.basis, whole, 0)
    at, skin = crop.usual - face.middle, crop.part == 0
    x, y, z = np.abs(at[:, 0]), at[:, 1], at[:, 2]

    def blob(where: tuple[float, float], wide: float, tall: float) -> np.ndarray:
        return np.exp(-(((x - where[0]) / wide) ** 2) - ((y - where[1]) / tall) ** 2) * skin * (z > -0.03)

    arc = 0.0235 - ((x - 0.036) / 0.028) ** 2 * 0.005
    brow = np.exp(-(((y - arc) / 0.0046) ** 2)) * smoothstep(0.008, 0.016, x) * (1 - smoothstep(0.050, 0.060, x)) * skin * (z > -0.03)
    away = np.abs((x - 0.018) * 0.94 + (y + 0.035) * 0.36)
    fold = np.exp(-((away / 0.003) ** 2)) * (y < -0.03) * (y > -0.075) * (x > 0.012) * (x < 0.045) * skin * (z > -0.02)
    turn = np.rad2deg(np.arctan2(x, z + 0.075))
    ear = np.max([crop.basis.size_of(f"{s}-ear-{w}")[crop.ids] for s in "lr" for w in ("scale-incr", "wing-incr")], 0)
    return Masks(
        brow,
        blob((0.038, -0.038), 0.018, 0.016),
        blob((0.031, -0.006), 0.02, 0.014),
        fold,
        beard_share(SimpleNamespace(face=face), at) * skin,
        (y < face.chin[1] - face.middle[1] - 0.06 + 0.03 * (z < -0.05)) * 1.0 * skin,
        y - np.interp(turn, *HAIRLINE),
        turn,
        ear > 0.2 * ear.max(),
    )


def dress(head: np.ndarray, age: float, sex: str, origin: tuple[float, float, float], rng: np.random.Generator) -> Dress:
    """Hair, and glasses and a beard for some, on a head (n, 3)."""
    female = sex == "female"
    kind = (
        ("girl" if female else "boy") if age < 14 else ("old woman" if female else "old man") if age > 62 else "woman" if female else "man"
    )
    style = STYLES[int(rng.choice(len(STYLES), p=BY_AGE[kind]))]
    colour = _hair_colour(age, origin, rng)
    worn = rng.random(3) ** 1.5 * 0.9 if style == "covered" else colour
    pieces = [] if style == "bald" else [_shell(head, style, worn, age, rng)]
    if style in ("bob", "long", "covered"):
        pieces.append(_curtain(head, style, worn, rng))
    if rng.random() < (0.05 if age < 14 else 0.2 if age < 60 else 0.4):
        pieces.append(_glasses(head, rng))
    start, points, triangles, colours = 0, [], [], []
    for at, faces, tones in pieces:
        points.append(at)
        triangles.append(faces + start)
        colours.append(tones)
        start += len(at)
    if not points:
        points, triangles, colours = [np.zeros((3, 3))], [np.zeros((0, 3), int)], [np.zeros((3, 3))]
    bearded = (not female) and age > 17 and rng.random() < 0.4
    beard = rng.uniform(0.15, 0.95) if bearded else 0.0
    return Dress(
        np.concatenate(points),
        np.concatenate(triangles).astype(np.int64),
        np.concatenate(colours),
        colour,
        beard,
        colour * rng.uniform(0.7, 1.3),
    )


def _hair_colour(age: float, origin: tuple[float, float, float], rng: np.random.Generator) -> np.ndarray:
    dark, brown, fair, red = np.array([[0.02, 0.016, 0.014], [0.1, 0.05, 0.028], [0.45, 0.29, 0.13], [0.3, 0.1, 0.04]])
    colours = (dark, brown, fair, red)
    colour = colours[int(rng.choice(4, p=(0.15, 0.45, 0.33, 0.07)))] if origin[2] > 0.55 else dark * rng.uniform(0.7, 2.5)
    grey = np.clip(rng.normal((age - 52) / 25, 0.25), 0, 1) if age > 30 else 0
    return (colour * (1 - grey) + np.array([0.55, 0.54, 0.52]) * grey) * rng.uniform(0.7, 1.3)


def _shell(head, style, colour, age, rng):
    crop, at = load_crop(), masks()
    line = at.line.copy()
    front = at.round < 48
    if style in ("full", "bob", "long", "short", "covered") and rng.random() < (0.45 if age < 14 else 0.22):
        swept = rng.normal(0, 0.25) * crop.usual[:, 0]
        line[front] += (rng.uniform(0.015, 0.045) + swept[front]) * np.clip((48 - at.round[front]) / 15, 0, 1)
    else:
        line[front] += rng.normal(0, 0.007)
    if style == "thin":
        line -= rng.uniform(0.01, 0.06) * (at.round < 75)
    if style == "covered":
        line += rng.uniform(0.0, 0.02)
    line += 0.003 * np.sin(crop.usual[:, 0] * rng.uniform(100, 300) + rng.uniform(0, 6))
    wear = (crop.part == 0) & (line > 0) & ~at.ear
    faces = crop.triangles[wear[crop.triangles].all(1)]
    thick = THICK_M[style] * rng.uniform(0.7, 1.4)
    if rng.random() < 0.2:
        thick *= 1.6
    lift = thick * smoothstep(0, 0.02, line) * (1 + 0.5 * smoothstep(0.03, 0.1, line) * rng.uniform(-0.5, 1))
    lift = lift + 0.0015 + thick * 0.15 * np.sin(head @ rng.normal(0, 120, 3))
    normals = vertex_normals(head, crop.triangles)
    used = np.unique(faces)
    strands = 1 + 0.3 * np.sin(head[:, 0] * rng.uniform(300, 900) + head[:, 2] * rng.normal(0, 300)) + rng.normal(0, 0.15, len(head))
    tones = np.clip(colour * strands[:, None], 0.003, 1)
    return (head + normals * lift[:, None])[used], np.searchsorted(used, faces), tones[used]


def _curtain(head, style, colour, rng):
    crop, at = load_crop(), masks()
    start = rng.uniform(52, 80) if style != "covered" else rng.uniform(50, 60)
    angles = np.concatenate([np.linspace(start, 180, 13), np.linspace(180, start, 13)[1:]])
    sides = np.concatenate([np.ones(13), -np.ones(12)])
    skin = crop.part == 0
    middle = (ball(head[crop.part == 1])[0] + ball(head[crop.part == 2])[0]) / 2
    size = np.ptp(head[crop.face, 1]) / np.ptp(crop.usual[crop.face, 1])
    away = (head - middle) / size
    reach = []
    for angle in angles:
        near = skin & (np.abs(at.round - angle) < 10) & (away[:, 1] > -0.02) & (away[:, 1] < 0.05)
        reach.append(np.percentile(np.hypot(away[near, 0], away[near, 2] + 0.075), 90) if near.any() else 0.08)
    length = {"bob": rng.uniform(0.08, 0.13), "long": rng.uniform(0.14, 0.24), "covered": rng.uniform(0.1, 0.2)}[style]
    heights = np.linspace(0.05, -length, 8)
    flare = rng.uniform(-0.01, 0.03) * np.linspace(0, 1, 8) ** 1.5 + rng.uniform(0.004, 0.014)
    wave = rng.uniform(0, 0.004) * np.sin(np.linspace(0, rng.uniform(4, 16), 8))
    radius = np.array(reach)[None] + (flare + wave)[:, None] + rng.normal(0, 0.002, (8, 25))
    rad = np.deg2rad(angles)
    x, z = sides * np.sin(rad) * radius, np.cos(rad) * radius - 0.075
    points = np.stack([x, np.repeat(heights[:, None], 25, 1), z], -1).reshape(-1, 3) * size + middle
    tones = np.clip(colour * (1 + rng.normal(0, 0.25, (1, 25)) + rng.normal(0, 0.06, (8, 25)))[..., None], 0.003, 1)
    return points, grid_triangles(8, 25), tones.reshape(-1, 3)


def _glasses(head, rng):
    crop = load_crop()
    colour = np.array([0.02, 0.02, 0.02]) if rng.random() < 0.6 else rng.random(3) * 0.5
    wide, tall, thick = rng.uniform(0.022, 0.028), rng.uniform(0.015, 0.023), rng.uniform(0.0012, 0.0035)
    points, triangles, start = [], [], 0
    half = np.array([0, thick, 0])
    round_ = np.linspace(0, 2 * np.pi, 25)
    for part, sign in ((1, 1), (2, -1)):
        centre, radius = ball(head[crop.part == part])
        at = centre + np.array([0.002 * sign, -0.003, radius + 0.011])
        for grow in (-thick, thick):
            points.append(at + np.stack([np.cos(round_) * (wide + grow), np.sin(round_) * (tall + grow), 0 * round_], 1))
        triangles.append(grid_triangles(2, 25) + start)
        start += 50
        outer = at + np.array([sign * wide, 0.004, 0])
        arm = np.stack([outer, outer + np.array([sign * 0.012, 0, -0.09])])
        points += [arm - half, arm + half]
        triangles.append(grid_triangles(2, 2) + start)
        start += 4
    left, right = points[0].mean(0), points[4].mean(0)
    nose = np.stack([left - np.array([wide, -0.003, 0]), right + np.array([wide, 0.003, 0])])
    points += [nose - half, nose + half]
    triangles.append(grid_triangles(2, 2) + start)
    at = np.concatenate(points)
    return at, np.concatenate(triangles), np.tile(colour, (len(at), 1))
