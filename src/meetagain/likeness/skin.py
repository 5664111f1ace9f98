"""A body, choices and the kept skin come in, the skin atlas goes out as a picture, with the texture layout it was made for."""

import numpy as np
from scipy.ndimage import distance_transform_edt, map_coordinates

from meetagain.likeness.beard import beard_share
from meetagain.likeness.body import Body, lip_share
from meetagain.likeness.paint import HALF_M, PIXELS_A_M, paint_face, palette
from meetagain.likeness.parts import smoothstep
from meetagain.likeness.raster import raster
from meetagain.likeness.words import Choices

ATLAS = 2048
WHITE_PATCH = (0.97, 0.72)  # u, v of a plain white place for whatever is coloured by its vertices
TEETH_BOX = (0.78, 0.81, 0.97, 0.97)


def layout(uv: np.ndarray) -> np.ndarray:
    """Original texture points (n, 2), v up -> our atlas, v down: the head gets 3/4, the face most of that."""
    u, y, out = uv[:, 0], 1 - uv[:, 1], np.zeros_like(uv)
    head = (u > 0.635) & (y > 0.175) & (y < 0.86)
    hand = ~head & (y > 0.79) & (u > 0.355) & (u < 0.77)
    mouth = ~head & ~hand & (y > 0.85) & (u > 0.75)
    tongue = ~head & (y < 0.09) & (u > 0.6) & (u < 0.7)
    rest = ~(head | hand | mouth | tongue)
    for part, us, u_to, ys, y_to in (
        (head, [0.635, 0.76, 1.0], [0.005, 0.10, 0.74], [0.175, 0.40, 0.63, 0.86], [0.005, 0.13, 0.87, 0.995]),
        (hand, [0.355, 0.77], [0.755, 0.995], [0.79, 1.0], [0.45, 0.60]),
        (mouth, [0.75, 0.93], [0.755, 0.87], [0.85, 1.0], [0.62, 0.75]),
        (rest, [0.0, 0.76], [0.755, 0.995], [0.0, 1.0], [0.01, 0.43]),
        (tongue, [0.6, 0.7], [0.88, 0.95], [0.0, 0.09], [0.62, 0.70]),
    ):
        out[part, 0], out[part, 1] = np.interp(u[part], us, u_to), np.interp(y[part], ys, y_to)
    return out


def bake(body: Body, choices: Choices, triangles: np.ndarray, texture: np.ndarray, side: int = ATLAS) -> np.ndarray:
    """The atlas (side, side, 3) uint8. `triangles` and `texture` (m, 3) index vertices and texture points of the skin that is kept."""
    uv, tones = layout(body.basis.uv), palette(choices)
    _, which, shares = raster(uv * side, np.ones(len(uv)), texture, side, side)
    covered = which >= 0
    tri, share = which[covered], shares[covered].astype(np.float64)

    def spread(values: np.ndarray) -> np.ndarray:
        corners = [values[triangles[:, k]][tri].T * share[:, k] for k in range(3)]
        return (corners[0] + corners[1] + corners[2]).T

    at, normal = spread(body.points - body.face.middle), spread(body.normals)
    colour = front_paint(body, choices, tones, at, normal)
    ears = np.maximum(body.basis.size_of("l-ear-trans-up"), body.basis.size_of("r-ear-trans-up"))
    red = np.clip(spread(np.clip(ears / ears.max() * 1.4, 0, 1)) * 1.2, 0, 1)[:, None] * 0.26
    colour += (tones["blush"] - colour) * red
    original = (body.basis.uv[texture[tri]] * share[..., None]).sum(1)
    if choices.beard:
        grey = np.array(choices.beard_colour) ** (1 / 2.2) * 0.86
        colour += (grey - colour) * (beard_share(body, at) * np.clip((normal[:, 2] + 0.5) / 0.5, 0, 1) * 0.5)[:, None]
    colour = lips(body, tones, colour, at, original)
    rows, columns = np.where(covered)
    inside = (columns > 0.75 * side) & (rows > 0.605 * side) & (rows < 0.78 * side)
    colour[inside] = (0.45, 0.17, 0.17)
    colour[inside & (columns > 0.875 * side)] = (0.80, 0.42, 0.42)
    hands = (columns > 0.75 * side) & (rows > 0.44 * side) & (rows < 0.61 * side)
    colour[hands] = colour[hands] * 0.88 + tones["blush"] * 0.12
    picture = np.zeros((side, side, 3), np.float32) + tones["base"].astype(np.float32)
    picture[covered] = colour
    picture = bleed(picture, covered)
    return (np.clip(picture, 0, 1) * 255).astype(np.uint8)


def front_paint(body: Body, choices: Choices, tones: dict, at: np.ndarray, normal: np.ndarray) -> np.ndarray:
    """Colour (n, 3) of texels at places (n, 3): the painted front where it faces us, the plain tone elsewhere."""
    painting = paint_face(body, choices)
    where = [(HALF_M - at[:, 1]) * PIXELS_A_M - 0.5, (at[:, 0] + HALF_M) * PIXELS_A_M - 0.5]
    front = np.stack([map_coordinates(painting[..., k], where, order=1, mode="nearest") for k in range(3)], 1)
    wave = np.sin(at @ (310, 270, 190)) * np.sin(at @ (-130, 310, 290))
    plain = tones["base"] * (1 + 0.016 * wave[:, None]) * 0.96 + tones["deep"] * 0.04
    s = body.face.scale
    facing = np.clip((normal[:, 2] - 0.05) / 0.35, 0, 1) * np.clip((at[:, 2] + 0.075 * s) / 0.03, 0, 1)
    facing *= np.clip((HALF_M * 0.97 - np.abs(at[:, 1])) / 0.01, 0, 1) * np.clip((0.085 * s - np.abs(at[:, 0])) / 0.01, 0, 1)
    colour = plain + (front - plain) * facing[:, None]
    nose = body.face.nose - body.face.middle
    for side in (-1, 1):  # the insides of the nostrils face down: the front view cannot reach them
        away = (at - (side * 0.0058 * s, nose[1] - 0.0062 * s, nose[2] - 0.011 * s)) / (1, 1, 1.5)
        near = np.flatnonzero((np.abs(away) < 0.026 * s).all(1))
        hole = np.exp(-((np.linalg.norm(away[near], axis=1) / (0.0040 * s)) ** 2)) * np.clip(0.35 - normal[near, 1], 0, 1) * 0.8
        colour[near] += (tones["shade"] * (0.6, 0.5, 0.5) - colour[near]) * hole[:, None]
    return colour


def lips(body: Body, tones: dict, colour: np.ndarray, at: np.ndarray, original: np.ndarray) -> np.ndarray:
    """Lay the lips over, softly, darker where they meet."""
    share = np.clip((lip_share(body.basis, original) - 0.25) / 0.5, 0, 1)
    on = np.flatnonzero(share)
    line = np.exp(-(((at[on, 1] - (body.face.mouth - body.face.middle)[1]) / 0.0026) ** 2))[:, None]
    tone = tones["lip"] * (1 - 0.55 * line) + tones["lip_in"] * 0.55 * line
    strength = 0.48 * (1 - 0.25 * body.old)
    colour = colour.copy()
    colour[on] += (tone - colour[on]) * (share[on] * strength)[:, None]
    return colour


def bleed(picture: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """Spread the edge colours outwards, and add the ramp of the teeth and the white patch."""
    side = len(picture)
    near = distance_transform_edt(~covered, return_distances=False, return_indices=True)
    out = picture[near[0], near[1]]
    left, top, right, bottom = (int(x * side) for x in TEETH_BOX)
    ramp = np.array((0.62, 0.45, 0.42)) + smoothstep(0, 0.3, np.linspace(0, 1, bottom - top))[:, None] * np.array((0.35, 0.50, 0.49))
    out[top:bottom, left:right] = ramp[:, None] * teeth(right - left, bottom - top)[..., None]
    u, v = (int(x * side) for x in WHITE_PATCH)
    out[v - 24 : v + 24, u - 24 : u + 24] = 1
    return out


def teeth(wide: int, high: int) -> np.ndarray:
    """Light (high, wide) on one row of teeth seen from the front: each a little rounded, a soft line where two meet, warm at the gum."""
    across, up = np.linspace(-1, 1, wide)[None], np.linspace(0, 1, high)[:, None]
    out = np.ones((high, wide))
    for at in (0.0, 0.23, 0.41, 0.58, 0.74, 0.87):
        for sign in (-1, 1):
            away = np.abs(across - sign * at)
            out -= (0.5 if at == 0 else 1) * 0.20 * np.exp(-((away / (0.010 + 0.012 * up**2)) ** 2)) * smoothstep(0.15, 0.4, up)
    return np.clip(out, 0.6, 1) * (1 - 0.10 * across**2)
