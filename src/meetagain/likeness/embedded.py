"""A person and their archive come in, likeness.vrm goes out, made on this computer from words and numbers alone."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from meetagain.errors import Issue, issue
from meetagain.likeness.body import Body, make_body
from meetagain.likeness.cloth_picture import cloth_picture
from meetagain.likeness.clothes import BANDS, dress
from meetagain.likeness.eyes import add_eyes, bound_to, iris_picture
from meetagain.likeness.glb import Rig, write_glb
from meetagain.likeness.hair import Skull, strand_picture
from meetagain.likeness.hair_styles import make_hair
from meetagain.likeness.head_parts import add_beard, add_glasses, add_teeth, kept_skin, skin_piece
from meetagain.likeness.landmarks import landmarks, torso
from meetagain.likeness.occlusion import shade
from meetagain.likeness.parts import Piece, Wardrobe
from meetagain.likeness.relief import relief_file
from meetagain.likeness.skin import bake
from meetagain.likeness.words import Choices, read_look
from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.artefacts import Likeness
from meetagain.schema.person import Person


class EmbeddedLikeness:
    """The built-in maker of bodies: no account, no network, no graphics card; about half a minute a person."""

    def build(self, person: Person, archive: Archive, root: Path, out: Path) -> Likeness:
        """Write a VRM 1.0 file to `out` and say what it is. The same input gives the same bytes."""
        choices = read_look(person)
        body = make_body(person)
        wardrobe = Wardrobe()
        pictures = furnish(body, choices, wardrobe)
        shade(wardrobe)
        rig = Rig(body.basis.joints, body.basis.parents, body.heads)
        data = write_glb(wardrobe, rig, body.basis.face_names, pictures, describe(person, body))
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        part.write_bytes(data)
        part.replace(out)
        return Likeness(
            file=f"build/{out.name}",
            height_m=round(body.height_m, 4),
            eye_height_m=round(float(body.face.middle[1]), 4),
            joints=body.basis.joints,
            blendshapes=body.basis.face_names,
            triangles=wardrobe.triangles(),
            issues=(*about_photos(archive), *choices.issues),
        )


def about_photos(archive: Archive) -> tuple[Issue, ...]:
    """What the keeper must know: the face is not fitted to photos."""
    photos = any(item.kind == ItemKind.PHOTO and item.may_be_used for item in archive.items)
    return (issue("photo-not-fitted" if photos else "no-photo"),)


def furnish(body: Body, choices: Choices, wardrobe: Wardrobe) -> dict[str, bytes]:
    """Fill the wardrobe with every piece; pictures by material as JPEG or PNG bytes."""
    rng = np.random.default_rng(7)
    bare = "trousers" not in choices.garments
    knee, ankle = body.joint("lowerleg01.L")[1], body.joint("foot.L")[1]
    low = ankle - 0.01 if "shoes" in choices.garments else ankle + 0.4 * (knee - ankle)
    triangles, texture = kept_skin(body, bare, low, knee + 0.16 * body.face.scale)
    wardrobe.add("skin", skin_piece(body, triangles, texture))
    add_teeth(body, choices.gap_teeth, wardrobe)
    if choices.beard:
        add_beard(body, choices, triangles, wardrobe, rng)
    add_eyes(body, wardrobe, rng)
    add_hair(body, choices, wardrobe, rng)
    bands = dress(body, choices.garments, choices.elbow_patches, wardrobe)
    if choices.glasses:
        bands = [*bands[: BANDS - 1], ((168, 148, 112), "plain")]
        add_glasses(body, (0.5, (len(bands) - 0.5) / BANDS), wardrobe)
    return {
        "skin": encode(bake(body, choices, triangles, texture), "JPEG", 88),
        "skin_relief": relief_file(body, triangles, texture),
        "eyes": encode(iris_picture(choices), "JPEG", 92),
        "hair": encode(strand_picture(), "PNG"),
        "cloth": encode(cloth_picture(bands), "JPEG", 88),
    }


def add_hair(body: Body, choices: Choices, wardrobe: Wardrobe, rng: np.random.Generator) -> None:
    """Hair of the chosen style on the head. A bald head gets one hidden strand, so that every file has the same five parts."""
    skin = np.unique(body.basis.groups["f_body"])
    ears = np.maximum(body.basis.size_of("l-ear-trans-up"), body.basis.size_of("r-ear-trans-up"))
    scalp = skin[(body.weight("head")[skin] > 0.5) & (ears[skin] < 0.1 * ears.max()) & (body.points[skin, 1] > body.face.chin[1])]
    points, s = body.points[scalp], body.face.scale
    centre = np.array([0, body.face.middle[1] + 0.020 * s, (points[:, 2].max() - 0.02 * s + points[:, 2].min()) / 2])
    tress = make_hair(choices.hair_style, choices.fringe, Skull(points, centre), body, rng)
    if tress is None:
        inside = np.repeat(centre[None], 3, 0) + np.array([[0, 0, 0], [1e-3, 0, 0], [0, 1e-3, 0]])
        up = np.repeat(np.array([[0.0, 1, 0]]), 3, 0)
        nothing = Piece(inside, up, np.zeros((3, 2)), np.array([[0, 1, 2]]), bound_to(body, 3, "head"), np.ones((3, 4)), tangent=up)
        wardrobe.add("hair", nothing)
        return
    count = len(tress.points)
    colour = np.c_[tress.shade[:, None] * np.array(choices.hair_colour), np.ones(count)]
    weights = bound_to(body, count, "head")
    wardrobe.add("hair", Piece(tress.points, tress.normals, tress.uv, tress.triangles, weights, colour, tangent=tress.tangent))


def encode(picture: np.ndarray, kind: str, quality: int = 0) -> bytes:
    """A picture (h, w, 3 or 4) uint8 as file bytes."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, kind, **({"quality": quality} if quality else {"optimize": True}))
    return out.getvalue()


def describe(person: Person, body: Body) -> dict:
    """What scenes[0].extras.meetagain says; `name` goes to the VRM meta instead."""
    return {
        "name": person.name,
        "portrait": True,
        "age_years": person.age_shown,
        "height_m": round(body.height_m, 4),
        "eye_height_m": round(float(body.face.middle[1]), 4),
        "is_child": person.is_child,
        "landmarks": landmarks(body),
        "torso": torso(body),
    }
