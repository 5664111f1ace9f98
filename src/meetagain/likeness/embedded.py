"""A person, their archive and confirmed photographs come in, likeness.vrm goes out, made on this computer."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from meetagain.errors import Issue, issue
from meetagain.likeness.body import Body, make_body
from meetagain.likeness.build_fit import build_from
from meetagain.likeness.cloth_picture import cloth_picture, rows
from meetagain.likeness.clothes import dress
from meetagain.likeness.clothes_fit import seen_clothes, too_little, worn_in_photo
from meetagain.likeness.colour.reading import Read, overlay, photo_skin, read_colours
from meetagain.likeness.colour.shading import to_linear
from meetagain.likeness.eyes import add_eyes, iris_picture
from meetagain.likeness.fit.face import fit_face
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.glasses import FRAMES, LENSES, add_glasses
from meetagain.likeness.glb import Rig, write_glb
from meetagain.likeness.hair_fit import fit_hair
from meetagain.likeness.hair_picture import strand_picture
from meetagain.likeness.hair_styles import put_on
from meetagain.likeness.head_parts import add_beard, add_teeth, kept_skin, skin_piece
from meetagain.likeness.landmarks import landmarks, torso
from meetagain.likeness.occlusion import shade
from meetagain.likeness.packed import packed
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.photos.sights import sights
from meetagain.likeness.relief import relief_file
from meetagain.likeness.skin import bake
from meetagain.likeness.words import Choices, read_look
from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Likeness
from meetagain.schema.person import Person


@dataclass(frozen=True)
class Portrayed:
    """A portrait before it is written."""

    data: bytes  # a VRM 1.0 file
    body: Body
    triangles: int
    issues: tuple[Issue, ...]


class EmbeddedLikeness:
    """The built-in maker of bodies: no account, no network, no graphics card; a minute or two a person."""

    def build(self, person: Person, archive: Archive, root: Path, out: Path) -> Likeness:
        """Write a VRM 1.0 file to `out` and say what it is. The same input gives the same bytes."""
        seen, notes = sights(person, archive, root)
        clothes = pointed_at(person, archive, seen)
        if person.look.clothes_photo.strip() and (clothes is None or clothes.pose is None or clothes.grey):
            notes = (*notes, issue("clothes-photo-unused", person.look.clothes_photo.strip()))
        made = portray(person, seen, clothes)
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        part.write_bytes(packed(made.data, out.read_bytes() if out.is_file() else b""))
        part.replace(out)
        return Likeness(
            file=f"build/{out.name}",
            height_m=round(made.body.height_m, 4),
            eye_height_m=round(float(made.body.face.middle[1]), 4),
            joints=made.body.basis.joints,
            blendshapes=made.body.basis.face_names,
            triangles=made.triangles,
            evidence=tuple(sight.item for sight in seen),
            issues=(*notes, *(by_name(one, archive) for one in made.issues if one.code not in told_already(notes))),
        )


LACKING = {f"photos-{word}" for word in ("behind-only", "only-drawn", "only-early", "only-later", "small", "only-profile")}


def told_already(notes: Sequence[Issue]) -> set[str]:
    """What the fit need not say, because the photographs' own notes have said it: one lack is told once."""
    codes = {note.code for note in notes}
    return ({"face-few"} if "photos-one" in codes else set()) | ({"face-no-use"} if codes & LACKING else set())


def by_name(told: Issue, archive: Archive) -> Issue:
    """The issue with the files' names where it speaks of items by id."""
    names = {item.id: Path(item.file).name for item in archive.items}
    about = ", ".join(names.get(part, part) for part in told.about.split(", "))
    if about == told.about:
        return told
    return msgspec.structs.replace(told, about=about, sentence=told.sentence.replace(told.about, about))


def pointed_at(person: Person, archive: Archive, seen: Sequence[Sight]) -> Sight | None:
    """The confirmed photograph whose clothes are worn (look.clothes_photo), by the item's id or its file's name."""
    wanted = person.look.clothes_photo.strip().removeprefix("items/")
    names = {item.id: Path(item.file).name for item in archive.items}
    return next((one for one in seen if wanted and wanted in (one.item, names.get(one.item))), None)


def portray(person: Person, seen: Sequence[Sight] = (), clothes: Sight | None = None, face: dict[str, float] | None = None) -> Portrayed:
    """A portrait from words and confirmed photographs, one of which may show the clothes; without photographs from words alone.

    `face`: amounts of the model's named changes in place of those that photographs tell; for invented people, and for measuring.
    """
    choices = read_look(person)
    fitted = fit_face(tuple(seen), person) if seen and face is None else None
    shaping = [one for one in seen if one.shapes_face]
    body = make_body(person, fitted.changes if fitted else face, build_from(shaping) if shaping else None)
    read = read_colours(body, seen, load_places(), person.look.origin) if seen else None
    if read is not None:
        choices = bespectacled(person, coloured(person, choices, read), read.glasses)
        tone = tuple(float(v) for v in to_linear(np.array(choices.skin) / 255))
        choices = replace(choices, hair=fit_hair(shaping, body, choices.hair, person.look.sex, tone))
    if clothes is not None:
        seen_on = seen_clothes(clothes, body.height_m)
        unsure = too_little(choices.garments, seen_on)
        told = (issue("clothes-photo-unsure", clothes.item, detail=", ".join(unsure)),) if unsure else ()
        choices = replace(choices, garments=worn_in_photo(choices.garments, seen_on), issues=(*choices.issues, *told))
    wardrobe = Wardrobe()
    pictures = furnish(body, choices, wardrobe, read)
    shade(wardrobe)
    rig = Rig(body.basis.joints, body.basis.parents, body.heads)
    data = write_glb(wardrobe, rig, body.basis.face_names, pictures, describe(person, body))
    return Portrayed(data, body, wardrobe.triangles(), (*(fitted.issues if fitted else ()), *choices.issues))


def coloured(person: Person, choices: Choices, read: Read) -> Choices:
    """The choices with what photographs show, part by part; the keeper's words stay."""
    tones, look = read.tones, person.look
    if tones.skin and not look.skin.strip():
        choices = replace(choices, skin=tones.skin)
    if tones.eyes and not look.eyes.strip():
        choices = replace(choices, eyes=tones.eyes)
    own_freckles = "freckle" in " ".join(look.marks).lower()
    return replace(choices, freckles=choices.freckles and (own_freckles or not read.laid))


def bespectacled(person: Person, choices: Choices, shape: str) -> Choices:
    """The choices with glasses of a shape where every photograph shows them; none for an empty shape, and the keeper's words stay."""
    told = person.look.glasses is not None or "glasses" in " ".join(person.look.marks).lower()
    if told or not shape:
        return choices
    return replace(choices, glasses=True, glasses_shape=shape, issues=(*choices.issues, issue("glasses-by-photos", name=person.name)))


def furnish(body: Body, choices: Choices, wardrobe: Wardrobe, read: Read | None = None) -> dict[str, bytes]:
    """Fill the wardrobe with every piece; pictures by material as JPEG or PNG bytes."""
    rng = np.random.default_rng(7)
    frames = (FRAMES[choices.glasses_shape], LENSES) if choices.glasses else ()
    worn = dress(body, choices.garments, choices.elbow_patches, wardrobe, frames)
    triangles, texture = kept_skin(body, worn.covered)
    wardrobe.add("skin", skin_piece(body, triangles, texture))
    add_teeth(body, choices.gap_teeth, wardrobe)
    if choices.beard:
        add_beard(body, choices, triangles, wardrobe, rng)
    add_eyes(body, wardrobe, rng)
    add_hair(body, choices, wardrobe, rng)
    places = rows(list(worn.heights_m))
    if choices.glasses:
        spots = [places[worn.swatches.index(frame)].uv(np.zeros((1, 2)))[0] for frame in frames]
        add_glasses(body, choices.glasses_shape, *spots, wardrobe)
    painted = bake(body, choices, triangles, texture)
    laid = photo_skin(read, painted) if read is not None else None
    return {
        "skin": encode(painted if laid is None else overlay(painted, laid), "JPEG", 90 if laid else 88),
        "skin_relief": relief_file(body, triangles, texture),
        "eyes": encode(iris_picture(choices), "JPEG", 92),
        "hair": encode(strand_picture(), "PNG"),
        "cloth": encode(cloth_picture(list(worn.swatches), places), "JPEG", 88),
    }


def add_hair(body: Body, choices: Choices, wardrobe: Wardrobe, rng: np.random.Generator) -> None:
    """Hair and what covers it, with the joints that let long hair swing."""
    put_on(body, choices.hair, wardrobe, rng)


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
