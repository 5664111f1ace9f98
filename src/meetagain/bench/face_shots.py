"""An invented head comes in, a family photograph of it goes out: skin, hair, light, lens, smile, blur and a camera's faults, by chance.

Quick rather than beautiful (about 40 ms): it feeds the learning of faces (tools/learn_face.py) and the figures of the bench.
"""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, zoom

from meetagain.bench.face_dress import Dress, dress, masks
from meetagain.likeness.body import average_eyes_m, ball
from meetagain.likeness.fit.crop import HeadCrop, load_crop
from meetagain.likeness.parts import unit
from meetagain.likeness.raster import raster

SIDE = 256


@dataclass(frozen=True)
class Shot:
    """One photograph. Pixels: x to the right, y down."""

    picture: np.ndarray  # (SIDE, SIDE, 3) uint8 sRGB
    truth: np.ndarray  # (n, 2) where the vertices of the crop are, with the face that was pulled
    shown: np.ndarray  # (SIDE, SIDE) int32: triangle of the crop's skin and eyes, -1 elsewhere
    points: np.ndarray  # (n, 3) camera metres: x right, y down, z away
    yaw_deg: float
    focal_px: float
    person: np.ndarray  # (SIDE, SIDE) bool


@dataclass(frozen=True)
class Appearance:
    """What stays the same in all photographs of one person. Colours are linear."""

    skin: np.ndarray  # (n, 3) colour at each vertex
    iris: np.ndarray
    dress: Dress


def appearance(head: np.ndarray, age: float, sex: str, origin: tuple[float, float, float], rng: np.random.Generator) -> Appearance:
    """Skin, eyes and hair of a person with the head (n, 3)."""
    crop, where = load_crop(), masks()
    light, warm = np.array([0.72, 0.46, 0.35]), np.array([0.10, 0.045, 0.025])
    melanin = np.clip(np.dot(origin, (0.85, 0.25, 0.12)) + rng.normal(0, 0.1), 0, 1)
    tone = light ** (1 - melanin) * warm**melanin * rng.uniform(0.85, 1.15) * (1 + rng.normal(0, 0.03, 3))
    at = crop.usual[:, :3]
    cloud = sum(rng.normal(0, 0.055 / (k + 1)) * np.sin(at @ rng.normal(0, 60 * (k + 1), 3) + rng.uniform(0, 6)) for k in range(8))
    skin = tone * (1 + cloud[:, None] * (0.7, 1.0, 1.1)) * (1 + rng.normal(0, 0.025, (len(head), 1)))
    blush = where.cheek * rng.uniform(0, 0.35)
    skin = skin * (1 - blush[:, None] * (0.05, 0.5, 0.45))
    skin *= 1 - (where.socket * rng.uniform(0, 0.3) + where.fold * rng.uniform(0, 0.3) * min(1, age / 70))[:, None]
    lips = tone * np.array([rng.uniform(0.8, 1.1), rng.uniform(0.5, 0.85), rng.uniform(0.5, 0.9)])
    if sex == "female" and age > 16 and rng.random() < 0.35:
        lips = np.array([rng.uniform(0.3, 0.65), rng.uniform(0.03, 0.15), rng.uniform(0.05, 0.2)]) * rng.uniform(0.6, 1)
    skin = mix(skin, lips, crop.lips)
    worn = dress(head, age, sex, origin, rng)
    skin = mix(skin, worn.hair_colour * rng.uniform(0.5, 1.0), where.brow * rng.uniform(0.45, 1.3))
    if worn.beard > 0:
        skin = mix(skin, worn.beard_colour, where.beard * worn.beard * np.clip(1 + rng.normal(0, 0.15, len(head)), 0, 1.2))
    skin[crop.part == 3] = skin[crop.part == 4] = (0.75, 0.7, 0.6)
    skin[crop.part == 5] = (0.5, 0.2, 0.2)
    cloth = dull(np.clip(rng.random(3) ** 1.7, 0.02, 0.95), rng)
    skin = mix(skin, cloth, where.cloth)
    iris = np.array(
        ((0.06, 0.03, 0.015), (0.12, 0.2, 0.3), (0.12, 0.15, 0.07), (0.16, 0.08, 0.03))[int(rng.choice(4, p=(0.5, 0.2, 0.1, 0.2)))]
    )
    return Appearance(np.clip(skin, 0.004, 0.95).astype(np.float32), iris * rng.uniform(0.7, 1.4), worn)


def dull(colour: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Colours (..., 3) with some of their colour taken away."""
    return colour + (colour.mean(-1, keepdims=True) - colour) * rng.uniform(0.2, 0.95)


def mix(base: np.ndarray, over: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Colours (n, 3) with another laid over by a share (n,)."""
    share = np.clip(share, 0, 1)[:, None]
    return base * (1 - share) + over * share


def pulled(crop: HeadCrop, head: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The head with the face that one pulls for a photograph: more often than not a smile."""
    names, a = crop.basis.face_names, {}
    kind = rng.random()
    if kind < 0.6:
        wide = rng.uniform(0.15, 0.95)
        side = rng.normal(0, 0.06)
        a |= {"mouthSmileLeft": wide + side, "mouthSmileRight": wide - side}
        a |= {f"cheekSquint{s}": wide * rng.uniform(0.2, 0.8) for s in ("Left", "Right")}
        a |= {f"mouthUpperUp{s}": max(0, wide - 0.4) * rng.uniform(0, 0.6) for s in ("Left", "Right")}
        a["jawOpen"] = max(0, rng.normal(0.02, 0.08)) + (rng.random() < 0.15) * rng.uniform(0, 0.3)
        a |= {f"eyeSquint{s}": wide * rng.uniform(0, 0.6) for s in ("Left", "Right")}
    elif kind < 0.75:
        for name in rng.choice(names, 5, replace=False):
            if not name.startswith(("eye", "tongue", "jawOpen", "cheekPuff")):
                a[name] = rng.uniform(0, 0.4)
    a["jawOpen"] = a.get("jawOpen", 0.0) + (rng.random() < 0.1) * rng.uniform(0, 0.25)
    raised, shut = max(0, rng.normal(0, 0.2)), max(0, rng.normal(0.02, 0.12)) if rng.random() < 0.95 else 0.8
    a |= {
        "browInnerUp": raised,
        "browOuterUpLeft": raised * 0.8,
        "browOuterUpRight": raised * 0.8,
        "browDownLeft": max(0, rng.normal(0, 0.1)),
    }
    a |= {"browDownRight": a["browDownLeft"], "eyeBlinkLeft": shut, "eyeBlinkRight": shut}
    amounts = np.array([np.clip(a.get(n, 0.0), 0, 1) for n in names], np.float32)
    eyes = np.linalg.norm(eye(crop, head, 1)[0] - eye(crop, head, 2)[0])
    on = np.flatnonzero(amounts)
    return head + np.tensordot(amounts[on], crop.actions[on], 1) * (eyes / average_eyes_m())


def eye(crop: HeadCrop, head: np.ndarray, part: int) -> tuple[np.ndarray, float]:
    """Centre and radius of the left (1) or right (2) eye ball."""
    return ball(head[crop.part == part])


def shoot(head: np.ndarray, look: Appearance, rng: np.random.Generator, yaw_deg: float | None = None) -> Shot:
    """A photograph of the head (n, 3) at rest."""
    crop = load_crop()
    face = pulled(crop, head, rng)
    yaw = float(np.clip(rng.normal(0, 20), -52, 52)) if yaw_deg is None else yaw_deg + rng.normal(0, 3)
    turn = turned(yaw, float(np.clip(rng.normal(0, 8), -22, 22)), float(np.clip(rng.normal(0, 7), -25, 25)))
    centre = (eye(crop, head, 1)[0] + eye(crop, head, 2)[0]) / 2 + (0, -0.03, -0.05)
    tall = np.ptp(head[crop.face, 1])
    away = float(np.exp(rng.uniform(np.log(0.45), np.log(3.2))))
    fill = rng.uniform(0.33, 0.62)
    focal = fill * SIDE * away / tall
    points = (face - centre) @ turn.T * (1, -1, -1) + (0, 0, away)
    pixels = project(points, focal, rng.normal(0, 8, 2))
    shift = pixels[0] - (points[0, :2] / points[0, 2] * focal)
    extra = (look.dress.points - centre) @ turn.T * (1, -1, -1) + (0, 0, away)
    extra_px = extra[:, :2] / extra[:, 2:] * focal + shift
    everything = np.concatenate([points, extra])
    triangles = np.concatenate([crop.triangles, look.dress.triangles + len(points)])
    _, which, shares = raster(np.concatenate([pixels, extra_px]), everything[:, 2], triangles, SIDE, SIDE)
    picture = _lit(crop, look, face, centre, turn, everything, triangles, which, shares, rng)
    return Shot(
        _developed(picture, which >= 0, rng), pixels, np.where(which < len(crop.triangles), which, -1), points, yaw, focal, which >= 0
    )


def project(points: np.ndarray, focal: float, offset: np.ndarray) -> np.ndarray:
    """Camera points (n, 3) -> pixels (n, 2)."""
    return points[:, :2] / points[:, 2:] * focal + SIDE / 2 + offset


def turned(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """A turn of the head about the vertical, then a nod, then a tilt: degrees -> (3, 3)."""
    (cy, cp, cr), (sy, sp, sr) = np.cos(np.deg2rad((yaw, pitch, roll))), np.sin(np.deg2rad((yaw, pitch, roll)))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return about_z @ about_x @ about_y


def _lit(crop, look, face, centre, turn, points, triangles, which, shares, rng) -> np.ndarray:
    """Linear picture (SIDE, SIDE, 3)."""
    rows, columns = np.nonzero(which >= 0)
    found, share = triangles[which[rows, columns]], shares[rows, columns]
    normal = normals_of(points, triangles)
    normal = unit((normal[found] * share[..., None]).sum(1))
    place = (points[found] * share[..., None]).sum(1)
    normal = np.where((normal * place).sum(1, keepdims=True) > 0, -normal, normal)
    colour = np.concatenate([look.skin, look.dress.colour])
    albedo = (colour[found] * share[..., None]).sum(1)
    own = found[:, 0] < len(crop.ids)
    part = np.where(own, crop.part[np.minimum(found[:, 0], len(crop.ids) - 1)], -1)
    gaze = unit(np.array([rng.normal(0, 0.12), rng.normal(0, 0.06), 1.0]))
    camera_turn = turn.T
    for k in (1, 2):
        mine = part == k
        if mine.any():
            middle, _ = ball(points[: len(crop.ids)][crop.part == k])
            way = unit((place[mine] - middle) * (1, -1, -1)) @ camera_turn.T
            albedo[mine] = _eye_colour(way @ gaze, look.iris)
    sun = unit(rng.normal(0, 1, 3) * (1, 0.6, 0.6) + (0, -0.45, -0.75))
    strong = rng.uniform(0, 1.2) * (rng.random() < 0.75)
    soft = rng.uniform(0, 0.5)
    direct = np.clip((normal @ sun + soft) / (1 + soft), 0, 1)
    if strong > 0.2 and rng.random() < 0.7:
        direct = direct * _shadow(points, triangles, place, sun)
    sky = np.concatenate([[rng.uniform(0.35, 0.8)], rng.normal(0, 0.12, 8)])
    ambient = np.maximum(harmonics(normal) @ sky, 0.06)
    tint = 1 + rng.normal(0, 0.06, 3)
    out = albedo * (ambient[:, None] * tint + strong * direct[:, None] * (1 + rng.normal(0, 0.07, 3)))
    gloss = rng.uniform(0, 0.25)
    mirrored = unit(unit(-place) + sun)
    out += gloss * 0.25 * (strong * np.clip((normal * mirrored).sum(1), 0, 1) ** 25)[:, None] * own[:, None]
    image = np.empty((SIDE, SIDE, 3), np.float32)
    image[:] = _behind(rng)
    image[rows, columns] = out
    return image


def _eye_colour(cosine: np.ndarray, iris: np.ndarray) -> np.ndarray:
    angle = np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))
    white = np.array([0.62, 0.58, 0.55])
    out = np.where((angle < 27)[:, None], iris, white)
    return np.where((angle < 10)[:, None], (0.008, 0.008, 0.008), out)


def _shadow(points, triangles, place, sun) -> np.ndarray:
    """How much of the sun reaches the places, 0 .. 1, soft at the edge."""
    across = unit(np.cross(sun, (0.0, 1.0, 0.0)))
    up = np.cross(across, sun)
    flat = np.stack([points @ across, points @ up], 1)
    low, size = flat.min(0), np.ptp(flat, axis=0).max()
    nearest, _, _ = raster((flat - low) / size * 124 + 2, 10 - points @ sun, triangles, 128, 128)
    at, far = (np.stack([place @ across, place @ up], 1) - low) / size * 124 + 2, 10 - place @ sun
    total = np.zeros(len(place))
    for x, y in ((-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)):
        total += far < nearest[np.clip((at[:, 1] + y).astype(int), 0, 127), np.clip((at[:, 0] + x).astype(int), 0, 127)] + 0.008
    return total / 4


def normals_of(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Area-weighted normals (n, 3), not yet of length one."""
    a, b, c = points[triangles[:, 0]], points[triangles[:, 1]], points[triangles[:, 2]]
    flat = np.cross(b - a, c - a)
    out = np.stack([np.bincount(triangles.ravel(), np.repeat(flat[:, k], 3), len(points)) for k in range(3)], 1)
    return unit(out)


def harmonics(n: np.ndarray) -> np.ndarray:
    """The first nine spherical harmonics (no constants) of unit vectors (n, 3)."""
    x, y, z = n.T
    return np.stack([np.ones(len(n)), x, y, z, x * y, y * z, 3 * z * z - 1, x * z, x * x - y * y], 1)


def _behind(rng: np.random.Generator) -> np.ndarray:
    coarse = rng.random((int(rng.integers(2, 9)), int(rng.integers(2, 9)), 3)) ** 1.5 * rng.uniform(0.3, 1.2)
    grown = zoom(dull(coarse, rng), (SIDE / coarse.shape[0], SIDE / coarse.shape[1], 1), order=int(rng.integers(0, 2)))
    return grown[:SIDE, :SIDE]


def _developed(linear: np.ndarray, person: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exposure, white balance, tone, blur, grain, fewer pixels and JPEG: linear picture -> uint8 sRGB."""
    level = np.percentile(linear[person], 75) if person.any() else 0.5
    image = np.clip(linear * (rng.uniform(0.4, 0.85) / max(level, 1e-3)) ** rng.uniform(0.75, 1.0) * (1 + rng.normal(0, 0.04, 3)), 0, 1)
    image = image ** (1 / rng.uniform(1.9, 2.5))
    if rng.random() < 0.12:
        image = np.repeat(image.mean(2, keepdims=True), 3, 2)
    small = int(SIDE * rng.uniform(0.45, 1.0)) if rng.random() < 0.6 else SIDE
    blur = abs(rng.normal(0, 0.6))
    if blur > 0.25:
        image = gaussian_filter(image, (blur, blur, 0), truncate=2.5)
    out = np.clip(image * 255 + rng.normal(0, rng.uniform(0.5, 7), (*image.shape[:2], 1)), 0, 255).astype(np.uint8)
    opened = Image.fromarray(out)
    if small < SIDE:
        opened = opened.resize((small, small), Image.Resampling.BOX)
    held = io.BytesIO()
    opened.save(held, "JPEG", quality=int(rng.integers(45, 96)))
    back = Image.open(held)
    return np.asarray(back.resize((SIDE, SIDE), Image.Resampling.BILINEAR) if small < SIDE else back)
