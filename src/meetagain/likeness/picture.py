"""A likeness, a camera and a light come in, a photograph of it goes out; made on the processor, for review sheets, films of the builder and figures."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy.ndimage import map_coordinates

from meetagain.likeness.camera import Camera, look_at
from meetagain.likeness.draw import lay_over, nearest_triangles
from meetagain.likeness.parts import smoothstep, unit
from meetagain.likeness.shown import Part, Shown

SOLID = ("skin", "eyes", "hair", "cloth")
WRAP = {"skin": (0.40, 0.24, 0.18), "eyes": (0.6, 0.55, 0.5), "hair": (0.35, 0.30, 0.26), "cloth": (0.28, 0.24, 0.22)}
RIM = {"skin": (0.16, 0.115, 0.093), "cloth": (0.25, 0.25, 0.25)}
SHADOW, SHADOW_SLACK_M = 1024, 0.006


@dataclass(frozen=True)
class Light:
    """Where the light comes from. Directions point towards the light; colours are linear."""

    sun_from: tuple[float, float, float] = (-0.45, 0.75, 0.6)
    sun: tuple[float, float, float] = (1.55, 1.42, 1.25)
    sky: tuple[float, float, float] = (0.72, 0.76, 0.82)
    ground: tuple[float, float, float] = (0.46, 0.42, 0.38)
    shadows: bool = True


@dataclass(frozen=True)
class Taken:
    """A picture of a likeness."""

    picture: np.ndarray  # (h, w, 3) uint8 sRGB
    person: np.ndarray  # (h, w) float32, 0 .. 1
    parts: np.ndarray  # (h, w) int8: index in SOLID, -1 outside


def take(
    shown: Shown,
    camera: Camera,
    light: Light | None = None,
    background: np.ndarray | tuple[float, float, float] = (0.80, 0.78, 0.74),
    fine: int = 2,
) -> Taken:
    """A photograph. `background` is sRGB in [0, 1], one colour or a picture (h, w, 3); `fine` is the supersampling."""
    light, wide = light or Light(), camera.sized(fine)
    parts = [(name, shown.parts[name]) for name in SOLID if name in shown.parts and len(shown.parts[name].triangles)]
    starts = np.cumsum([0] + [len(part.points) for _, part in parts])
    points = np.concatenate([part.points for _, part in parts])
    triangles = np.concatenate([part.triangles + start for (_, part), start in zip(parts, starts, strict=False)])
    owner = np.concatenate([np.full(len(part.triangles), k) for k, (_, part) in enumerate(parts)])
    hair = shown.parts.get("hair")
    alpha = hair.picture[..., 3] if hair is not None and hair.picture is not None else np.ones((1, 1), np.float32)
    uv = np.concatenate([np.c_[part.uv, part.colour[:, 3]] for _, part in parts])
    cut = np.array([name == "hair" for name, _ in parts])[owner]
    at, depth = wide.seen(points)
    nearest, which, shares = nearest_triangles(at, depth, triangles, cut, uv, np.ascontiguousarray(alpha), wide.width, wide.height)
    image = _behind(background, wide)
    rows, columns = np.nonzero(which >= 0)
    found, share = which[rows, columns], shares[rows, columns].astype(float)
    place = (points[triangles[found]] * share[..., None]).sum(1)
    lit = _sunlit(points, triangles, cut, uv, alpha, place, light) if light.shadows else np.ones(len(place))
    for k, (name, part) in enumerate(parts):
        mine = owner[found] == k
        if mine.any():
            corners = triangles[found[mine]] - starts[k]
            image[rows[mine], columns[mine]] = _shaded(name, part, corners, share[mine], place[mine], wide, light, lit[mine])
    over = shown.parts.get("overlay")
    if over is not None and len(over.triangles):
        spots, far = wide.seen(over.points)
        lay_over(image, nearest, spots, far, over.triangles, over.colour, 0.0022)
    colours = np.asarray(Image.fromarray(_display(image)).resize((camera.width, camera.height), Image.Resampling.BOX))
    mask = (which >= 0).astype(np.float32).reshape(camera.height, fine, camera.width, fine).mean((1, 3))
    own = np.where(which >= 0, np.take([SOLID.index(name) for name, _ in parts], owner[np.maximum(which, 0)]), -1)
    return Taken(colours, mask, own[fine // 2 :: fine, fine // 2 :: fine].astype(np.int8))


def portrait_camera(
    shown: Shown, turn_deg: float = 0.0, distance_m: float = 1.1, size: tuple[int, int] = (512, 640), rise_deg: float = 0.0
):
    """A camera before the face, `turn_deg` to the person's left, that shows head and shoulders."""
    eyes = (shown.landmark("eye_l") + shown.landmark("eye_r")) / 2
    tall = float(shown.landmark("crown")[1] - shown.landmark("chin")[1])
    middle = np.array([0.0, eyes[1] - 0.15 * tall, eyes[2] - 0.35 * tall])
    turn, rise = np.deg2rad(turn_deg), np.deg2rad(rise_deg)
    away = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])
    return look_at(middle + away * distance_m, middle, float(np.rad2deg(2 * np.arctan(tall * 0.95 / distance_m))), size)


def _behind(background: np.ndarray | tuple, camera: Camera) -> np.ndarray:
    told = np.asarray(background, np.float32)
    if told.ndim == 3:
        pixels = Image.fromarray((np.clip(told, 0, 1) * 255).astype(np.uint8)).resize(
            (camera.width, camera.height), Image.Resampling.BILINEAR
        )
        told = np.asarray(pixels, np.float32) / 255
    return np.ascontiguousarray(np.broadcast_to(told**2.2, (camera.height, camera.width, 3)), dtype=np.float64).copy()


def _sunlit(points, triangles, cut, uv, alpha, place, light: Light) -> np.ndarray:
    """Share of the sun (n,) that reaches each place: a soft shadow map."""
    way = unit(np.array(light.sun_from))
    across = unit(np.cross((0.1, 1.0, 0.2), way))
    up = np.cross(way, across)
    low = np.array([(points @ across).min(), (points @ up).min()])
    size = max(np.ptp(points @ across), np.ptp(points @ up)) * 1.02
    scale = (SHADOW - 4) / size

    def flat(at: np.ndarray) -> np.ndarray:
        return (np.stack([at @ across, at @ up], 1) - low) * scale + 2

    nearest, _, _ = nearest_triangles(flat(points), 50 - points @ way, triangles, cut, uv, np.ascontiguousarray(alpha), SHADOW, SHADOW)
    where, far, total = flat(place), 50 - place @ way, np.zeros(len(place))
    reach = 0.0035 * scale
    offsets = [(np.cos(k * 2.4) * np.sqrt((k + 0.5) / 12) * reach, np.sin(k * 2.4) * np.sqrt((k + 0.5) / 12) * reach) for k in range(12)]
    for x, y in offsets:
        column, row = (np.clip((where[:, 0] + x).astype(int), 0, SHADOW - 1), np.clip((where[:, 1] + y).astype(int), 0, SHADOW - 1))
        total += far < nearest[row, column] + SHADOW_SLACK_M
    return total / len(offsets)


def _shaded(name: str, part: Part, corners, share, place, camera: Camera, light: Light, lit) -> np.ndarray:
    """Linear colour (n, 3) of the pixels of one part."""

    def spread(values: np.ndarray) -> np.ndarray:
        return (values[corners] * share[..., None]).sum(1)

    eyeward = unit(camera.eye - place)
    normal = unit(spread(part.normals))
    facing = (normal * eyeward).sum(1)
    if name == "cloth":
        normal = np.where((facing < 0)[:, None], -normal, normal)
        facing = np.abs(facing)
    normal = unit(normal + eyeward * np.maximum(0.12 - facing, 0)[:, None])
    facing = np.clip((normal * eyeward).sum(1), 0, 1)
    albedo = spread(part.colour)[:, :3]
    if part.picture is not None:
        tall, wide = part.picture.shape[:2]
        where = spread(part.uv) % 1 * (wide, tall) - 0.5  # cloth repeats, as in the headset
        texel = [map_coordinates(part.picture[..., k], where.T[::-1], order=1, mode="grid-wrap") for k in range(3)]
        albedo = albedo * np.stack(texel, 1) ** 2.2
    way, around = unit(np.array(light.sun_from)), np.array(WRAP[name])
    soft = np.clip(((normal @ way)[:, None] + around) / (1 + around), 0, 1)
    soft = soft * (soft**2 * (3 - 2 * soft) * 0.25 + 0.75)
    up = normal[:, 1:2] * 0.5 + 0.5
    sky = np.array(light.sky) * up + np.array(light.ground) * (1 - up)
    received = np.array(light.sun) * soft * (0.12 + 0.88 * lit[:, None]) + sky
    out = albedo * received / 1.9
    edge = (1 - facing) ** 2.6
    if name in RIM:
        out += albedo * np.array(RIM[name]) * (edge * (0.35 + 0.65 * np.clip(normal[:, 1] * 0.6 + 0.5, 0, 1)))[:, None]
    if name == "eyes":
        out += _catchlight(normal, eyeward, camera)
    if name == "hair" and part.tangent is not None:
        out += _sheen(unit(spread(part.tangent)), normal, eyeward, albedo, received)
    return out


def _catchlight(normal: np.ndarray, eyeward: np.ndarray, camera: Camera) -> np.ndarray:
    mirrored = (2 * (normal * eyeward).sum(1, keepdims=True) * normal - eyeward) @ camera.turn.T * (1, -1, -1)
    high = smoothstep(0.952, 0.974, mirrored @ unit(np.array([-0.42, 0.62, 0.66])))
    low = smoothstep(0.985, 0.994, mirrored @ unit(np.array([0.42, -0.28, 0.86])))
    return np.array((1.0, 0.97, 0.92)) * (high * 0.95 + low * 0.22)[:, None]


def _sheen(tangent, normal, eyeward, albedo, received) -> np.ndarray:
    along = unit(tangent + normal * ((albedo[:, :1] - 0.3) * 0.35))
    way = unit(np.array([-0.45, 0.8, 0.25]))
    halfway = unit(eyeward + way)
    one = (along * halfway).sum(1)
    two = (unit(along + normal * 0.18) * halfway).sum(1)
    sharp, broad = np.sqrt(np.maximum(0, 1 - one**2)), np.sqrt(np.maximum(0, 1 - two**2))
    lit = np.clip((normal @ way) * 0.7 + 0.3, 0, 1)[:, None] * np.clip(received, 0, 1)
    return lit * (np.array((1.0, 0.93, 0.82)) * (sharp**90 * 0.10)[:, None] + albedo * (broad**22 * 0.4)[:, None])


def _display(linear: np.ndarray) -> np.ndarray:
    """Linear light -> sRGB uint8 by the Khronos neutral tone curve (the client's)."""
    start, dull = 0.8 - 0.04, 0.15
    low = linear.min(-1, keepdims=True)
    out = np.maximum(linear - np.where(low < 0.08, low - 6.25 * low * low, 0.04), 0)
    peak = out.max(-1, keepdims=True)
    rest = 1 - start
    tamed = 1 - rest * rest / np.maximum(peak + rest - start, 1e-6)
    share = 1 / (dull * (peak - tamed) + 1)
    bright = out * tamed / np.maximum(peak, 1e-6)
    out = np.where(peak < start, out, tamed * (1 - share) + bright * share)
    out = np.where(out <= 0.0031308, out * 12.92, 1.055 * np.clip(out, 1e-9, 1) ** (1 / 2.4) - 0.055)
    return (np.clip(out, 0, 1) * 255 + 0.5).astype(np.uint8)
