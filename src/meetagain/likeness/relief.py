"""A body and its kept skin come in; the fine relief of the skin goes out as a picture of normals: pores, the creases of lips, the lines of age."""

import io

import numpy as np
from PIL import Image
from scipy.ndimage import distance_transform_edt, gaussian_filter, map_coordinates

from meetagain.likeness.body import Body, lip_share
from meetagain.likeness.paint import HALF_M, PIXELS_A_M, SIZE, Canvas, year_lines
from meetagain.likeness.parts import smoothstep, unit
from meetagain.likeness.raster import raster
from meetagain.likeness.skin import layout

FINE, COARSE = 2048, 1024  # pixels a side: with lines of age, and without
PORE_M, LINE_M, FOLD_M, LIP_M = 2.2e-5, 2.6e-4, 4.2e-4, 7e-5
STEEPEST = 0.6  # slope beyond which light would break off


def relief_file(body: Body, triangles: np.ndarray, texture: np.ndarray) -> bytes:
    """The relief as a JPEG whose colours keep their full fineness: in them lie the slopes."""
    out = io.BytesIO()
    Image.fromarray(relief(body, triangles, texture)).save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def relief(body: Body, triangles: np.ndarray, texture: np.ndarray) -> np.ndarray:
    """The picture (side, side, 3) uint8: tangent-space normals as glTF has them (x along u, y upwards in the picture).

    `triangles` and `texture` (m, 3) index vertices and texture points of the skin that is kept, as for skin.bake.
    """
    side = FINE if body.old > 0.15 else COARSE
    uv = layout(body.basis.uv)
    _, which, shares = raster(uv * side, np.ones(len(uv)), texture, side, side)
    covered = which >= 0
    tri, share = which[covered], shares[covered].astype(np.float64)

    def spread(values: np.ndarray) -> np.ndarray:
        return (values[triangles[tri]] * share[..., None]).sum(1)

    at, normal = spread(body.points - body.face.middle), spread(body.normals)
    lips = np.clip((lip_share(body.basis, (body.basis.uv[texture[tri]] * share[..., None]).sum(1)) - 0.3) / 0.4, 0, 1)
    height = np.zeros((side, side))
    height[covered] = heights(body, at, normal, lips)
    places = np.zeros((side, side, 3))
    places[covered] = at
    near = distance_transform_edt(~covered, return_distances=False, return_indices=True)
    height, places = height[near[0], near[1]], places[near[0], near[1]]
    step = [np.maximum(np.linalg.norm(np.gradient(places, axis=axis), axis=-1), 8e-5) for axis in (1, 0)]
    slope_x, slope_down = (np.gradient(height, axis=axis) / size for axis, size in ((1, step[0]), (0, step[1])))
    steep = np.maximum(np.hypot(slope_x, slope_down) / STEEPEST, 1)
    inside = distance_transform_edt(covered) > 2
    out = unit(np.stack([-slope_x / steep * inside, slope_down / steep * inside, np.ones((side, side))], -1))
    return np.round((out * 0.5 + 0.5) * 255).astype(np.uint8)


def heights(body: Body, at: np.ndarray, normal: np.ndarray, lips: np.ndarray) -> np.ndarray:
    """How far the skin stands out or in (n,), metres, at places (n, 3) from the middle of the eyes."""
    front = front_relief(body)
    where = [(HALF_M - at[:, 1]) * PIXELS_A_M - 0.5, (at[:, 0] + HALF_M) * PIXELS_A_M - 0.5]
    seen = map_coordinates(front, where, order=1, mode="nearest")
    s = body.face.scale
    facing = np.clip((normal[:, 2] - 0.05) / 0.35, 0, 1) * np.clip((at[:, 2] + 0.075 * s) / 0.03, 0, 1)
    facing *= np.clip((HALF_M * 0.97 - np.abs(at[:, 1])) / 0.01, 0, 1)
    across = at[:, 0] / s
    creases = np.sin(across * 4200 + 1.5 * np.sin(across * 900)) * np.sin(across * 1700 + 2.0)
    knuckles = grain(at, 900.0) * PORE_M * (0.5 + 1.5 * body.old)
    return seen * facing * (1 - lips) + creases * LIP_M * lips * (0.6 + 0.6 * body.old) * facing + knuckles * (1 - facing)


def grain(at: np.ndarray, often: float) -> np.ndarray:
    """A fine unrest (n,) of about unit size that needs no picture: waves in directions that never meet again."""
    rng = np.random.default_rng(5)
    out = np.zeros(len(at))
    for _ in range(9):
        way = unit(rng.normal(size=3)) * often * rng.uniform(0.7, 1.6)
        out += np.sin(at @ way * 2 * np.pi / 1.0 + rng.uniform(0, 6.3))
    return out / 3


def front_relief(body: Body) -> np.ndarray:
    """The front of the face as heights (SIZE, SIZE), metres: pores where there are some, lines and folds by age."""
    canvas = Canvas(np.ones(3), np.random.default_rng(11))
    s, face = body.face.scale, body.face
    noise = canvas.rng.normal(size=(SIZE, SIZE)).astype(np.float32)
    pores = gaussian_filter(noise, 1.3) - gaussian_filter(noise, 2.8)
    pores = np.minimum(pores / pores.std(), 0.6)  # pits, not bumps
    nose = (face.nose - face.middle)[:2]
    near_nose = np.exp(-(((canvas.x - nose[0]) / (0.034 * s)) ** 2 + ((canvas.y - nose[1] - 0.006 * s) / (0.028 * s)) ** 2))
    forehead = np.exp(-((canvas.x / (0.045 * s)) ** 2 + ((canvas.y - 0.05 * s) / (0.022 * s)) ** 2))
    strength = (0.35 + 0.65 * near_nose + 0.3 * forehead) * (1.15 - 0.75 * body.child)
    out = pores * PORE_M * strength
    if body.old <= 0.02:
        return out.astype(np.float64)
    mouth = (face.mouth - face.middle)[:2]
    mask = canvas.strokes([*year_lines(body, nose, mouth), *fine_lines(body, canvas.rng)], 0)
    drawn = canvas.strokes(year_lines(body, nose, mouth), 0)
    out = out - body.old * (LINE_M * sharp(gaussian_filter(mask, 2.2)) + FOLD_M * sharp(gaussian_filter(drawn, 8)))
    cross = gaussian_filter(canvas.rng.normal(size=(SIZE, SIZE)), (1.4, 5)) + gaussian_filter(
        canvas.rng.normal(size=(SIZE, SIZE)), (5, 1.4)
    )
    thin = np.exp(-(((np.abs(canvas.x) - 0.036 * s) / (0.016 * s)) ** 2 + ((canvas.y + 0.010 * s) / (0.016 * s)) ** 2))
    return out + body.old * 3.2e-5 * cross / cross.std() * (0.35 + thin)


def sharp(mask: np.ndarray) -> np.ndarray:
    """A stroke's depth: steep at its bottom, soft at its rim."""
    return smoothstep(0.02, 0.6, mask) ** 0.8


def fine_lines(body: Body, rng: np.random.Generator) -> list[tuple[list[tuple[float, float]], float, float]]:
    """Small lines of a long life: fans at the eyes, under them, across the brow, above the lip."""
    s, out = body.face.scale, []
    t = np.linspace(0, 1, 9)
    mouth = (body.face.mouth - body.face.middle)[:2]
    for side in (-1, 1):
        for _ in range(9):
            lift, start, long = rng.uniform(-0.014, 0.012), rng.uniform(0.042, 0.047), rng.uniform(0.008, 0.02)
            out.append(([(side * (start + long * u) * s, (-0.002 + lift * (0.25 + u) - 0.003 * u * u) * s) for u in t], 0.0005, 0.5))
        for k in range(4):
            arc = np.linspace(-0.9, 1.0, 12)
            reach, drop = 0.014 + 0.0025 * k, 0.0075 + 0.0022 * k
            out.append(([(side * (0.027 + reach * np.sin(a)) * s, (-0.008 - drop * np.cos(a)) * s) for a in arc], 0.0005, 0.35))
    for _ in range(10):
        y, x0, long = rng.uniform(0.036, 0.066), rng.uniform(-0.034, 0.01), rng.uniform(0.012, 0.03)
        out.append(
            ([((x0 + long * u) * s, (y + 0.0012 * np.sin(7 * u) - 0.004 * ((x0 + long * u) / 0.04) ** 2) * s) for u in t], 0.0006, 0.35)
        )
    for _ in range(14):
        x = rng.uniform(-0.02, 0.02)
        out.append(([(x * s * (1 + 0.1 * u), mouth[1] + (0.006 + 0.007 * u) * s) for u in t], 0.0004, 0.3))
    return out
