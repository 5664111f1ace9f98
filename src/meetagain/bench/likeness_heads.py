"""An invented person's words and face come in; a head and shoulders to be drawn goes out, quickly: the product's own pieces, no file."""

from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from meetagain.likeness.body import Body, make_body
from meetagain.likeness.cloth_picture import cloth_picture, rows
from meetagain.likeness.clothes import dress
from meetagain.likeness.colour.standing import FACES
from meetagain.likeness.embedded import add_hair
from meetagain.likeness.eyes import add_eyes, iris_picture
from meetagain.likeness.glasses import FRAMES, LENSES, add_glasses
from meetagain.likeness.hair_picture import strand_picture
from meetagain.likeness.head_parts import add_beard, add_teeth, kept_skin, skin_piece
from meetagain.likeness.occlusion import shade
from meetagain.likeness.parts import Piece, Wardrobe
from meetagain.likeness.shown import Part, Shown
from meetagain.likeness.skin import bake
from meetagain.likeness.tailor import Dressed
from meetagain.likeness.words import Choices, read_look
from meetagain.schema.person import Look, Person

BELOW_CHIN_M = 0.22  # what is drawn of neck and shoulders
SKIN_SIDE, SKY_GRID = 1024, 320  # the head alone needs less than a whole body


@dataclass(frozen=True)
class Head:
    """Somebody who can be drawn from the shoulders up."""

    body: Body
    shown: Shown  # without joints: it can be given a face, not a pose


@dataclass(frozen=True)
class Ground:
    """What all people of the same words share: clothes, and which skin is to be seen."""

    worn: Dressed
    cloth: tuple[Piece, ...]
    triangles: np.ndarray  # (m, 3) vertices of the skin that is drawn
    texture: np.ndarray  # (m, 3) its texture points
    drawn: np.ndarray  # (h, w, 4) float32, the picture of the cloth
    skins: dict[str, np.ndarray] = field(default_factory=dict)  # by skin word, painted on the usual face: it stretches with each face


def ground_of(person: Person) -> Ground:
    """What `head_of` needs of the words alone, made once for many faces."""
    choices, body, wardrobe = read_look(person), make_body(person), Wardrobe()
    worn = dress(body, choices.garments, choices.elbow_patches, wardrobe, _frames(choices))
    triangles, texture = kept_skin(body, worn.covered)
    low = body.face.chin[1] - BELOW_CHIN_M
    above = body.points[triangles][..., 1].max(1) > low
    cloth = tuple(replace(piece, triangles=kept) for piece in wardrobe.pieces["cloth"] if len(kept := _above(piece, low)))
    drawn = _rgba(cloth_picture(list(worn.swatches), rows(list(worn.heights_m))))
    return Ground(worn, cloth, triangles[above], texture[above], drawn)


def head_of(person: Person, face: dict[str, float], ground: Ground) -> Head:
    """The head that `portray` would make of these words and amounts, without what lies under the shoulders."""
    choices, body = read_look(person), make_body(person, face)
    rng, wardrobe = np.random.default_rng(7), Wardrobe()
    for piece in ground.cloth:
        wardrobe.add("cloth", replace(piece))
    wardrobe.add("skin", skin_piece(body, ground.triangles, ground.texture))
    add_teeth(body, choices.gap_teeth, wardrobe)
    if choices.beard:
        add_beard(body, choices, ground.triangles, wardrobe, rng)
    add_eyes(body, wardrobe, rng)
    add_hair(body, choices, wardrobe, rng)
    if choices.glasses:
        places = rows(list(ground.worn.heights_m))
        spots = [places[ground.worn.swatches.index(frame)].uv(np.zeros((1, 2)))[0] for frame in _frames(choices)]
        add_glasses(body, choices.glasses_shape, *spots, wardrobe)
    shade(wardrobe, SKY_GRID)
    if person.look.skin not in ground.skins:
        ground.skins[person.look.skin] = _rgba(bake(make_body(person), choices, ground.triangles, ground.texture, SKIN_SIDE))
    pictures = {"skin": ground.skins[person.look.skin], "eyes": _iris(person.look.eyes), "hair": _strands(), "cloth": ground.drawn}
    return Head(body, shown_of(wardrobe, body, pictures))


def _above(piece: Piece, low_m: float) -> np.ndarray:
    return piece.triangles[piece.points[piece.triangles][..., 1].max(1) > low_m]


def _frames(choices: Choices) -> tuple:
    return (FRAMES[choices.glasses_shape], LENSES) if choices.glasses else ()


@cache
def _strands() -> np.ndarray:
    return _rgba(strand_picture())


@cache
def _iris(word: str) -> np.ndarray:
    anybody = Person(id="e", full_name="", called=(), age_shown=35.0, relation_to_visitor="", calls_visitor="", look=Look(eyes=word))
    return _rgba(iris_picture(read_look(anybody)))


def shown_of(wardrobe: Wardrobe, body: Body, pictures: dict[str, np.ndarray]) -> Shown:
    """Pieces as something that can be drawn. `pictures` (h, w, 4) float32 in [0, 1] by material."""
    parts = {name: _part(pieces, body, pictures.get(name)) for name, pieces in wardrobe.pieces.items() if pieces}
    return Shown(parts, body.basis.joints, body.basis.parents, body.heads, {})


def _part(pieces: list[Piece], body: Body, picture: np.ndarray | None) -> Part:
    starts = np.cumsum([0] + [len(piece.points) for piece in pieces])
    points, normals, uv, colour = (
        np.concatenate([getattr(piece, key) for piece in pieces]) for key in ("points", "normals", "uv", "colour")
    )
    triangles = np.concatenate([piece.triangles + start for piece, start in zip(pieces, starts, strict=False)])
    tangent = None
    if any(piece.tangent is not None for piece in pieces):
        tangent = np.concatenate([np.zeros((len(piece.points), 3)) if piece.tangent is None else piece.tangent for piece in pieces])
    deltas = {}
    for name in sorted({name for names in FACES for name in names}):
        k = body.basis.face_names.index(name)
        moved = np.concatenate([np.zeros((len(piece.points), 3)) if piece.deltas is None else piece.deltas[k] for piece in pieces])
        where = np.flatnonzero(np.abs(moved).max(1) > 4e-5)
        if len(where):
            deltas[name] = (where, moved[where])
    none = np.zeros((len(points), 4))
    return Part(points, normals, uv, colour, triangles, none.astype(int), none, tangent, picture, deltas)


def _rgba(picture: np.ndarray) -> np.ndarray:
    out = np.asarray(picture, np.float32) / 255
    return out if out.shape[2] == 4 else np.concatenate([out, np.ones((*out.shape[:2], 1), np.float32)], 2)
