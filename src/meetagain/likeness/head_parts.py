"""A body and choices come in; skin, teeth, beard and glasses go out as pieces."""

import numpy as np

from meetagain.likeness.beard import beard_share
from meetagain.likeness.body import Body
from meetagain.likeness.parts import Piece, Wardrobe, split_quads, unit, vertex_normals, white
from meetagain.likeness.skin import TEETH_BOX, WHITE_PATCH, layout
from meetagain.likeness.words import Choices


def kept_skin(body: Body, covered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Triangles of vertices and of texture points (m, 3) of which a corner is not covered (n_vertices,), and the tongue."""
    groups = body.basis.groups
    shown = ~covered[groups["f_body"]].all(1)
    faces = np.concatenate([groups["f_body"][shown], groups["f_tongue"]])
    texture = np.concatenate([groups["t_body"][shown], groups["t_tongue"]])
    return split_quads(faces), split_quads(texture)


def skin_piece(body: Body, triangles: np.ndarray, texture: np.ndarray) -> Piece:
    """The kept skin with its face actions; vertices are split where the texture is."""
    pairs, inverse = np.unique(np.stack([triangles.ravel(), texture.ravel()], 1), axis=0, return_inverse=True)
    at, uv = pairs[:, 0], layout(body.basis.uv)[pairs[:, 1]]
    normals = body.normals.copy()
    tongue = split_quads(body.basis.groups["f_tongue"])
    normals[np.unique(tongue)] = vertex_normals(body.points, tongue)[np.unique(tongue)]
    closing = lid_light(body) / 0.82
    for centre in body.face.eyes:  # normals do not follow face actions: on the lids they point as the shut lid needs them
        near = (closing > 0) & (np.linalg.norm(body.points - centre, axis=1) < 0.03 * body.face.scale)
        normals[near] = unit(normals[near] + 2.5 * closing[near, None] * unit(body.points[near] - centre + np.array([0, 0, 0.004])))
    colour = white(len(at))
    inside = (uv[:, 0] > 0.75) & (uv[:, 1] > 0.605) & (uv[:, 1] < 0.78) & (uv[:, 0] < 0.875)
    s = body.face.scale
    depth = np.clip((body.face.mouth[2] - 0.006 * s - body.points[at[inside], 2]) / (0.02 * s), 0, 1)
    colour[inside, :3] = 0.30 - 0.22 * depth[:, None]
    return Piece(
        body.points[at],
        normals[at],
        uv,
        inverse.reshape(-1, 3),
        body.basis.weights[at],
        colour,
        body.actions[:, at],
        shaded=lid_light(body)[at],
    )


def lid_light(body: Body) -> np.ndarray:
    """Least light (n_vertices,) on the lids: what is folded away in the open eye must not be dark when the eye is shut."""
    blink = np.maximum(*(np.linalg.norm(body.actions[body.basis.face_names.index(f"eyeBlink{w}")], axis=1) for w in ("Left", "Right")))
    return 0.82 * np.clip(blink / (0.12 * blink.max()), 0, 1)


def add_teeth(body: Body, gap: bool, wardrobe: Wardrobe) -> None:
    """Both rows; the upper one lowered so that a smile shows teeth. A gap leaves out one upper front tooth."""
    s, (left, top, right, bottom) = body.face.scale, TEETH_BOX
    for name, drop in (("teeth_upper", 0.0038), ("teeth_lower", 0.0)):
        triangles = split_quads(body.basis.groups[f"f_{name}"])
        used, inverse = np.unique(triangles, return_inverse=True)
        points = body.points[used] - (0, drop * s, 0.0004 * s)
        down = (points[:, 1] - points[:, 1].min()) / np.ptp(points[:, 1])
        down = 1 - down if name == "teeth_upper" else down
        across = (points[:, 0] - points[:, 0].min()) / np.ptp(points[:, 0])
        uv = np.stack([left + 0.01 + (right - left - 0.02) * across, top + 0.01 + (bottom - top - 0.02) * down], 1)
        shade = np.clip((points[:, 2] - points[:, 2].max() + 0.03 * s) / (0.02 * s), 0, 1) * 0.75 + 0.25
        if gap and name == "teeth_upper":
            missing = (np.abs(points[:, 0] - 0.0036 * s) < 0.0036 * s) & (points[:, 2] > points[:, 2].max() - 0.012 * s) & (down > 0.35)
            shade = np.where(missing, 0.06, shade)
        colour = np.c_[np.repeat(shade[:, None], 3, 1), np.ones(len(used))]
        faces = inverse.reshape(-1, 3)
        piece = Piece(
            points, vertex_normals(points, faces), uv, faces, body.basis.weights[used], colour, body.actions[:, used], shaded=0.75
        )
        wardrobe.add("skin", piece)


def add_beard(body: Body, choices: Choices, triangles: np.ndarray, wardrobe: Wardrobe, rng: np.random.Generator) -> None:
    """A short beard of fine hairs on cheeks, chin and upper lip; it moves with the mouth."""
    s, face = body.face.scale, body.face
    middle = body.points[triangles].mean(1) - face.middle
    normal = unit(body.normals[triangles].mean(1))
    is_lip = np.isin(triangles, face.lips).any(1)
    grows = beard_share(body, middle)
    area = np.linalg.norm(np.cross(*(body.points[triangles[:, k]] - body.points[triangles[:, 0]] for k in (1, 2))), axis=1)
    chance = area * grows * (~is_lip & (normal[:, 2] > -0.5))
    if chance.sum() <= 0:
        return
    picked = rng.choice(len(triangles), 3000, p=chance / chance.sum())
    share = rng.dirichlet((1, 1, 1), len(picked))[..., None]
    corner = triangles[picked]
    root, out = (body.points[corner] * share).sum(1), unit((body.normals[corner] * share).sum(1))
    grow = unit(out * 0.55 + np.array([0, -0.85, 0.12]) + rng.normal(0, 0.16, out.shape))
    long = (rng.uniform(0.006, 0.011, len(root)) * s)[:, None]
    side = unit(np.cross(grow, out)) * 0.00042 * s
    points = np.concatenate([root - side - out * 0.0004, root + side - out * 0.0004, root + grow * long])
    n = len(root)
    faces = np.stack([np.arange(n), np.arange(n) + n, np.arange(n) + 2 * n], 1)
    both = np.concatenate([faces, faces[:, ::-1]])
    tone = np.array(choices.beard_colour) * 0.92
    colour = np.c_[np.tile(tone * rng.uniform(0.78, 1.0, (n, 1)), (3, 1)), np.ones(3 * n)]
    deltas = np.tile((body.actions[:, corner] * share[None]).sum(2), (1, 3, 1))
    weights = np.tile((body.basis.weights[corner] * share).sum(1), (3, 1))
    uv = np.tile(WHITE_PATCH, (3 * n, 1))
    wardrobe.add("skin", Piece(points, np.tile(unit(out + np.array([0, 0.25, 0])), (3, 1)), uv, both, weights, colour, deltas, shaded=0.5))
