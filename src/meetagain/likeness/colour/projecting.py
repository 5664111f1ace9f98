"""One photograph and how it was taken come in; what it shows of the skin, texel by texel, goes out."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy.interpolate import RBFInterpolator
from scipy.ndimage import gaussian_filter, map_coordinates

from meetagain.likeness.body import Body
from meetagain.likeness.colour.shading import to_linear
from meetagain.likeness.colour.standing import Standing, bias_px
from meetagain.likeness.draw import nearest_triangles
from meetagain.likeness.fit.places import Places
from meetagain.likeness.parts import split_quads, unit, vertex_normals
from meetagain.likeness.photos.rims import Rims, can_tell, find_rims
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.raster import raster
from meetagain.likeness.skin import layout

SIDE = 1024  # texels of the atlas at which photographs are laid
EYES = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
)
MOUTH = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)
HIDDEN_M, GRAZING = 0.0025, 0.18
TURNED_DEG = 32.0  # a face turned further hides one of its eyes' rims
PLAINLY = 0.25  # weight above which a texel is seen plainly


@dataclass(frozen=True)
class Texels:
    """The texels of the head's skin. Arrays over n texels; metres at rest."""

    rows: np.ndarray  # (n,)
    columns: np.ndarray  # (n,)
    corners: np.ndarray  # (n, 3) vertices of the body
    shares: np.ndarray  # (n, 3)
    at: np.ndarray  # (n, 3), about the middle of the eyes
    normals: np.ndarray  # (n, 3)

    def of(self, values: np.ndarray) -> np.ndarray:
        """Per-vertex values (n_vertices, ...) at the texels."""
        picked = values[self.corners]
        return (picked * (self.shares[..., None] if picked.ndim == 3 else self.shares)).sum(1)


def head_texels(body: Body) -> Texels:
    """Every texel (at SIDE) of head and neck."""
    triangles, texture = (split_quads(body.basis.groups[k]) for k in ("f_body", "t_body"))
    kept = (body.weight("head", "eye", "neck")[triangles] > 0.05).all(1)
    triangles, texture = triangles[kept], texture[kept]
    uv = layout(body.basis.uv)
    _, which, shares = raster(uv * SIDE, np.ones(len(uv)), texture, SIDE, SIDE)
    rows, columns = np.nonzero(which >= 0)
    corners, share = triangles[which[rows, columns]], shares[rows, columns].astype(float)
    at = ((body.points - body.face.middle)[corners] * share[..., None]).sum(1)
    return Texels(rows, columns, corners, share, at, unit((body.normals[corners] * share[..., None]).sum(1)))


@dataclass(frozen=True)
class Laid:
    """What one photograph shows of the head's skin."""

    colour: np.ndarray  # (n, 3) linear, as photographed
    weight: np.ndarray  # (n,) 0 .. 1
    normals: np.ndarray  # (n, 3) in the world, with the face as it was
    busy: np.ndarray  # (n,) fine contrast round each texel: strands have more than skin
    seen: np.ndarray  # (n,) bool: turned to the camera and not hidden, burnt out or not
    sight: Sight
    standing: Standing
    lens: np.ndarray  # (n,) 0 .. 1: behind clear glasses
    rims: Rims | None  # clear glasses that are worn
    told: bool  # whether the face is large and level enough to tell of glasses


def lay(body: Body, texels: Texels, places: Places, sight: Sight, standing: Standing) -> Laid:
    """Look up every texel in a photograph.

    What the landmarks say beyond camera and face is taken as a smooth shift in the picture, so that lids, lips and nostrils meet
    those of the body even where the shape does not yet.
    """
    camera, picture = standing.camera, sight.picture
    points = standing.points(body)
    skin = split_quads(body.basis.groups["f_body"])
    normals = vertex_normals(points, skin)
    pixels, depth = camera.seen(points)
    own = np.unique(texels.corners)
    pixels[own] += _shift(body, points, places, sight, standing)(own, pixels)
    where, far = texels.of(pixels), texels.of(depth)
    normal = unit(texels.of(normals))
    facing = (normal * unit(camera.eye - texels.of(points))).sum(1)
    inside = (where[:, 0] > 1) & (where[:, 1] > 1) & (where[:, 0] < camera.width - 2) & (where[:, 1] < camera.height - 2)
    low, high = _box(where[inside], camera.width, camera.height) if inside.any() else ((0, 0), (1, 1))
    solid = np.concatenate([skin, *(split_quads(body.basis.groups[g]) for g in ("f_eye_l", "f_eye_r"))])
    solid = solid[(body.weight("head", "eye", "neck")[solid] > 0.05).any(1)]
    size = (high[0] - low[0], high[1] - low[1])
    nearest, _, _ = nearest_triangles(
        pixels - low, depth, solid, np.zeros(len(solid), bool), np.zeros((len(points), 2)), np.ones((1, 1), np.float32), *size
    )
    column = np.clip((where[:, 0] - low[0]).astype(int), 0, size[0] - 1)
    row = np.clip((where[:, 1] - low[1]).astype(int), 0, size[1] - 1)
    seen = inside & (far < nearest[row, column] + HIDDEN_M)
    weight = np.clip((facing - GRAZING) / (1 - GRAZING), 0, 1) ** 1.5 * seen
    usable = _usable(sight)
    told = can_tell(sight.face.points) and abs(sight.face.yaw_deg) < TURNED_DEG
    rims = find_rims(picture, sight.face.points) if told else None
    frame, lens = rims.at(where) if rims is not None else (np.zeros(len(where)), np.zeros(len(where)))
    at = (where - 0.5).T[::-1]
    weight *= map_coordinates(usable, at, order=1, mode="nearest")
    weight *= 1 - frame
    plainly = weight > PLAINLY
    colour = np.stack([map_coordinates(picture[..., k].astype(np.float32), at, order=1, mode="nearest") for k in range(3)], 1) / 255
    weight *= np.clip((colour.min(1) - 0.01) / 0.03, 0, 1) * np.clip((0.995 - colour.max(1)) / 0.02, 0, 1)
    busy = map_coordinates(_busy(picture, sight), at, order=1, mode="nearest")
    return Laid(to_linear(colour), weight, normal, busy, plainly, sight, standing, lens, rims, told)


def _busy(picture: np.ndarray, sight: Sight) -> np.ndarray:
    """Local spread of the logarithm of brightness (h, w), over about 4 mm of the face."""
    eyes = float(np.linalg.norm(sight.face.points[263, :2] - sight.face.points[33, :2]))
    bright = np.log(picture.mean(2).astype(np.float32) + 8)
    size = max(1.0, 0.03 * eyes)
    detail = bright - gaussian_filter(bright, size)
    return np.sqrt(np.maximum(gaussian_filter(detail * detail, size), 0))


def _shift(body: Body, points: np.ndarray, places: Places, sight: Sight, standing: Standing):
    """A smooth shift in pixels for vertices, from where landmarks were found against where they were expected."""
    expected, far = standing.camera.seen(places.on(points))
    bias = bias_px(places, body, sight.face, standing.camera.focal_px / float(np.median(far)))
    eyes = float(np.linalg.norm(sight.face.points[263, :2] - sight.face.points[33, :2]))
    away = np.clip(sight.face.points[:, :2] - bias - expected, -0.25 * eyes, 0.25 * eyes)
    field = RBFInterpolator(expected / eyes, away, neighbors=40, smoothing=0.02, kernel="thin_plate_spline", degree=1)

    def shift(rows: np.ndarray, pixels: np.ndarray) -> np.ndarray:
        at = pixels[rows] / eyes
        low, high = expected.min(0) / eyes, expected.max(0) / eyes
        outside = np.maximum(np.maximum(low - at, at - high), 0).max(1)
        return np.clip(field(np.clip(at, low, high)), -0.25 * eyes, 0.25 * eyes) * np.exp(-((outside / 0.25) ** 2))[:, None]

    return shift


def _box(where: np.ndarray, width: int, height: int) -> tuple[tuple[int, int], tuple[int, int]]:
    low, high = np.floor(where.min(0)).astype(int) - 2, np.ceil(where.max(0)).astype(int) + 3
    return (max(0, int(low[0])), max(0, int(low[1]))), (min(width, int(high[0])), min(height, int(high[1])))


def _usable(sight: Sight) -> np.ndarray:
    """Where in the picture skin may be read (h, w): on the person, not in eyes or an open mouth."""
    tall, wide = sight.picture.shape[:2]
    points = sight.face.points[:, :2]
    eyes = float(np.linalg.norm(points[263] - points[33]))
    mask = Image.new("L", (wide, tall), 255)
    draw = ImageDraw.Draw(mask)
    for ring, margin in ((EYES[0], 1.2), (EYES[1], 1.2), (MOUTH, 1.05)):
        shape = points[list(ring)]
        middle = shape.mean(0)
        grown = middle + (shape - middle) * margin + np.sign(shape - middle) * (0.03 if ring is MOUTH else 0.012) * eyes
        if ring is not MOUTH or np.ptp(shape[:, 1]) > 0.05 * eyes:
            draw.polygon([tuple(map(float, p)) for p in grown], fill=0)
    out = gaussian_filter(np.asarray(mask, np.float32) / 255, max(0.6, 0.012 * eyes))
    return out * np.clip((sight.person - 0.3) / 0.4, 0, 1)
