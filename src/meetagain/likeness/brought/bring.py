"""A person whose family brings a body comes in; likeness.vrm as every other, and what the body lacks in plain words, go out."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.likeness.body import Body, make_body
from meetagain.likeness.brought.atlas import Pictures, lay_out
from meetagain.likeness.brought.bones import human_bones, lacking
from meetagain.likeness.brought.container import MOST_TRIANGLES, Glb, open_glb
from meetagain.likeness.brought.marks import places
from meetagain.likeness.brought.shapes import Shape, Shapes, shapes_of
from meetagain.likeness.brought.sorting import give_eyes, part_of
from meetagain.likeness.brought.stance import Stance, stand, to_joints, upright
from meetagain.likeness.brought.surfaces import Surface, surfaces_of, tree_of
from meetagain.likeness.brought.terms import Terms, judged, terms_of
from meetagain.likeness.glb import Rig, write_glb
from meetagain.likeness.packed import packed
from meetagain.likeness.parts import MATERIALS, Piece, Wardrobe, smoothstep, unit
from meetagain.likeness.vrm import VISEMES, Origin
from meetagain.schema.archive import Archive
from meetagain.schema.artefacts import Likeness
from meetagain.schema.person import Person
from meetagain.store.folder import write_whole

#: What a broken or hostile table of contents makes its reader raise.
BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, ZeroDivisionError, RecursionError, struct.error)
LEAST_MOVE_M = 2e-4


@dataclass(frozen=True)
class Face:
    """Face shapes on the surfaces: names, and per surface their movements (n_shapes, n, 3) or None where nothing moves."""

    names: tuple[str, ...]
    deltas: list[np.ndarray | None]
    mouths: dict[str, dict[str, float]]
    vowels_only: bool


class BroughtLikeness:
    """Makes a likeness from the file that `look.avatar` names. The file itself is only read."""

    def build(self, person: Person, archive: Archive, root: Path, out: Path) -> Likeness:
        """Write a VRM 1.0 file to `out` and say what it is. Raises MeetAgainError for a file that cannot or may not be used."""
        path, evidence = the_file(person, archive, root)
        glb = open_glb(path)
        try:
            return self._made(person, glb, out, evidence)
        except BROKEN as error:
            raise MeetAgainError(issue("brought-unreadable", path.name, detail=_plainly(error))) from error
        except MemoryError as error:
            raise MeetAgainError(issue("brought-too-much", path.name, detail="its parts", limit=MOST_TRIANGLES)) from error

    def _made(self, person: Person, glb: Glb, out: Path, evidence: tuple[str, ...]) -> Likeness:
        terms = terms_of(glb.document)
        told = judged(terms, glb.name, person.look.avatar_by)
        surfaces, names, stance, model, turning = standing(person, glb)
        face = face_of(glb, surfaces, model, stance)
        pictures = Pictures(glb)
        wardrobe, files = dressed(surfaces, names, stance, model, face, pictures)
        about = described(person, wardrobe, stance, model, face)
        rig = Rig(model.basis.joints, model.basis.parents, stance.heads)
        origin = Origin(
            face.mouths or VISEMES, terms.makers or ((person.look.avatar_by,) if person.look.avatar_by else ()), *_rights(terms)
        )
        made = write_glb(wardrobe, rig, face.names, files, about, origin)
        write_whole(out, packed(made, out.read_bytes() if out.is_file() else b""))
        lacks = what_lacks(glb.name, face, names, surfaces, turning, wardrobe.triangles(), pictures.lost)
        return Likeness(
            file=f"build/{out.name}",
            height_m=round(stance.height_m, 4),
            eye_height_m=about["eye_height_m"],
            joints=model.basis.joints,
            blendshapes=face.names,
            triangles=wardrobe.triangles(),
            evidence=evidence,
            issues=(*told, *lacks),
        )


def the_file(person: Person, archive: Archive, root: Path) -> tuple[Path, tuple[str, ...]]:
    """The file that person.yaml names, inside the person's folder, and its item id. Raises MeetAgainError where it may not be opened."""
    named = person.look.avatar
    path = root / named
    inside = path.resolve().is_relative_to(root.resolve())
    if not inside or not path.is_file():
        raise MeetAgainError(issue("brought-missing", named))
    evidence = tuple(item.id for item in archive.items if item.file == named and item.may_be_used)
    if not evidence:
        raise MeetAgainError(issue("brought-barred", named))
    return path, evidence


def standing(person: Person, glb: Glb) -> tuple[list[Surface], tuple[str, ...], Stance, Body, bool]:
    """The body in our rest: its surfaces, its bones' names in the order of the weights, joints, our own body of that age, turning eyes."""
    table = human_bones(glb.document)
    missing = lacking(table)
    if missing:
        raise MeetAgainError(issue("brought-no-bones", glb.name, detail=", ".join(missing)))
    tree = tree_of(glb)
    surfaces = surfaces_of(glb, tree, table)
    names = tuple(table)
    bones = upright(surfaces, {name: tree.world[node][:3, 3] for name, node in table.items()})
    names, turning = give_eyes(surfaces, names, bones)
    model = make_body(person)
    height = person.look.height_cm / 100 if person.look.height_cm else None
    return surfaces, names, stand(surfaces, names, bones, model, height), model, turning


def face_of(glb: Glb, surfaces: list[Surface], model: Body, stance: Stance) -> Face:
    """Every face shape that the file brings or that can be made from what it brings."""
    shapes: Shapes = shapes_of(glb.document, surfaces, model.basis.face_names, VISEMES)
    order = [name for name in (*model.basis.face_names, *(f"viseme_{v}" for v in VISEMES)) if name in shapes.shapes]
    eyes = [place for name, place in stance.bones.items() if name in ("leftEye", "rightEye")]
    level = float(np.mean([place[1] for place in eyes])) if eyes else float(stance.bones["head"][1] + 0.06 * stance.height_m)
    found: list[dict[str, np.ndarray]] = []
    moving: set[str] = set()
    for surface in surfaces:
        own: dict[str, np.ndarray] = {}
        for name in order:
            delta = _delta(glb, surface, shapes.shapes[name], level, stance)
            if delta is not None:
                own[name] = delta.astype(np.float32)
                moving.add(name)
        found.append(own)
    jaw = [_jaw(surface, stance, glb) for surface in surfaces] if "jawOpen" not in moving else []
    if any(delta is not None for delta in jaw):
        moving.add("jawOpen")
        for own, delta in zip(found, jaw, strict=True):
            own |= {"jawOpen": delta} if delta is not None else {}
    names = tuple(name for name in (*model.basis.face_names, *(f"viseme_{v}" for v in VISEMES)) if name in moving)
    deltas = [np.stack([own.get(name, np.zeros_like(s.points)) for name in names]).astype(np.float32) if own else None
              for own, s in zip(found, surfaces, strict=True)]  # fmt: skip
    mouths = shapes.mouths or (VISEMES if "jawOpen" in moving else {})
    return Face(names, deltas, mouths, shapes.vowels_only)


def _delta(glb: Glb, surface: Surface, shape: Shape, level: float, stance: Stance) -> np.ndarray | None:
    binds = [bind for bind in shape.binds if bind.mesh == surface.mesh]
    if not binds:
        return None
    out = sum(bind.weight * surface.moved(glb, bind.index) for bind in binds) * shape.much * taken_from(shape.part, surface, level, stance)
    return out if np.abs(out).max(initial=0) > LEAST_MOVE_M else None


def taken_from(part: str, surface: Surface, level: float, stance: Stance) -> np.ndarray:
    """How much of a shape (n, 1) is taken at each point: one half of the face, the upper or the lower part."""
    out, soft = np.ones(len(surface.points)), 0.004 * stance.height_m
    if "left" in part.split() or "right" in part.split():
        sign = 1 if "left" in part.split() else -1
        out = out * smoothstep(-soft, soft, (surface.points[:, 0] - stance.bones["head"][0]) * sign)
    if "low" in part.split() or "high" in part.split():
        sign = 1 if "high" in part.split() else -1
        out = out * smoothstep(-soft, soft, (surface.points[:, 1] - level + 0.015 * stance.height_m) * sign)
    return out[:, None]


def _jaw(surface: Surface, stance: Stance, glb: Glb) -> np.ndarray | None:
    """An opening of the mouth from a jaw bone, where the file has one and no shape for it: 16 degrees about the jaw's joint."""
    table = human_bones(glb.document)
    if "jaw" not in table:
        return None
    share = surface.weights[:, list(table).index("jaw")].astype(float)
    if share.max(initial=0) < 0.05:
        return None
    angle = np.deg2rad(16)
    turn = np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])
    away = surface.points - stance.bones["jaw"]
    return (away @ turn.T - away) * share[:, None]


def dressed(
    surfaces: list[Surface], names: tuple[str, ...], stance: Stance, model: Body, face: Face, pictures: Pictures
) -> tuple[Wardrobe, dict[str, bytes]]:
    """The surfaces as our five parts, one picture each."""
    by_part: dict[str, list[int]] = {part: [] for part in MATERIALS}
    for k, surface in enumerate(surfaces):
        by_part[part_of(surface, names, face.deltas[k] is not None)].append(k)
    wardrobe, files = Wardrobe(), {}
    for part, members in by_part.items():
        if not members:
            wardrobe.add(part, nothing(stance, model, len(face.names) if part in ("skin", "overlay") else 0))
            continue
        holes = part in ("hair", "overlay") or any(surfaces[k].material.get("alphaMode", "OPAQUE") != "OPAQUE" for k in members)
        files[part], uvs = lay_out(pictures, [surfaces[k] for k in members], holes and part != "skin")
        for k, uv in zip(members, uvs, strict=True):
            surface = surfaces[k]
            deltas = face.deltas[k] if face.deltas[k] is not None else np.zeros((len(face.names), len(surface.points), 3), np.float32)
            wardrobe.add(
                part,
                Piece(
                    surface.points,
                    surface.normals,
                    uv,
                    surface.triangles,
                    to_joints(surface, names, stance, model),
                    np.c_[surface.colour, np.ones(len(surface.points))],
                    deltas if part in ("skin", "overlay") and face.names else None,
                    strands(surface) if part == "hair" else None,
                ),
            )
    return wardrobe, files


def strands(surface: Surface) -> np.ndarray:
    """Along the hair (n, 3): where the picture runs downwards, which is how hair is painted; straight down where that is unclear."""
    a, b, c = (surface.triangles[:, k] for k in range(3))
    e1, e2 = surface.points[b] - surface.points[a], surface.points[c] - surface.points[a]
    d1, d2 = surface.uv[b] - surface.uv[a], surface.uv[c] - surface.uv[a]
    area = d1[:, 0] * d2[:, 1] - d2[:, 0] * d1[:, 1]
    down = (e2 * d1[:, :1] - e1 * d2[:, :1]) * np.sign(area)[:, None]
    out = np.zeros_like(surface.points)
    for corner in (a, b, c):
        np.add.at(out, corner, down)
    out -= surface.normals * (out * surface.normals).sum(1, keepdims=True)
    weak = np.linalg.norm(out, axis=1) < 1e-12
    out[weak] = (0, -1, 0)
    return unit(out)


def nothing(stance: Stance, model: Body, n_shapes: int) -> Piece:
    """One hidden speck in the head, so that every file has the same five parts."""
    at = stance.bones["head"] + np.array([[0, 0, 0], [1e-4, 0, 0], [0, 1e-4, 0]])
    up, weights = np.repeat(np.array([[0.0, 1, 0]]), 3, 0), np.zeros((3, len(model.basis.joints)), np.float32)
    weights[:, model.basis.joints.index("head")] = 1
    deltas = np.zeros((n_shapes, 3, 3), np.float32) if n_shapes else None
    return Piece(at, up, np.zeros((3, 2)), np.array([[0, 1, 2]]), weights, np.ones((3, 4)), deltas, up)


def described(person: Person, wardrobe: Wardrobe, stance: Stance, model: Body, face: Face) -> dict:
    """What scenes[0].extras.meetagain says of a brought body, with the name for the file's meta."""
    pieces = [piece for part in ("skin", "cloth") for piece in wardrobe.pieces[part]]
    points, weights = np.concatenate([p.points for p in pieces]), np.concatenate([p.weights for p in pieces])
    index = {name: k for k, name in enumerate(model.basis.joints)}
    balls = [piece for piece in wardrobe.pieces["eyes"] if len(piece.points) > 3]
    eyes = []
    for name in ("eye.L", "eye.R"):
        own = [piece.points[piece.weights[:, index[name]] > 0.5] for piece in balls]
        ahead = max((float(part[:, 2].max()) for part in own if len(part)), default=stance.heads[index[name], 2])
        eyes.append(np.array([*stance.heads[index[name]][:2], ahead]))
    marks, torso = places(points, weights, stance.heads, model, (eyes[0], eyes[1]), lips_of(wardrobe, face))
    return {
        "name": person.name,
        "portrait": True,
        "brought": True,
        "age_years": person.age_shown,
        "height_m": round(stance.height_m, 4),
        "eye_height_m": round(float((eyes[0] + eyes[1])[1] / 2), 4),
        "is_child": person.is_child,
        "landmarks": marks,
        "torso": torso,
    }


def lips_of(wardrobe: Wardrobe, face: Face) -> np.ndarray | None:
    """The middle of what moves most when lips are rounded, else when the mouth opens; None for a still face."""
    for name in ("mouthPucker", "mouthFunnel", "viseme_ou", "viseme_aa", "jawOpen"):
        if name not in face.names:
            continue
        k = face.names.index(name)
        points = np.concatenate([piece.points for piece in wardrobe.pieces["skin"]])
        far = np.concatenate([np.linalg.norm(piece.deltas[k], axis=1) for piece in wardrobe.pieces["skin"]])
        most = far > 0.6 * far.max()
        if far.max() > LEAST_MOVE_M:
            middle = points[most].mean(0)
            return middle + np.array([0, 0.012, 0]) if name in ("jawOpen", "viseme_aa") else middle
    return None


def what_lacks(name, face: Face, names, surfaces, turning: bool, triangles: int, lost: int) -> tuple[Issue, ...]:
    """What the keeper should know of this body, one sentence each."""
    fingers = [k for k, bone in enumerate(names) if "Index" in bone or "Middle" in bone]
    bends = any(surface.weights[:, fingers].any() for surface in surfaces) if fingers else False
    found = [
        ("brought-heavy", triangles > MOST_TRIANGLES),
        ("brought-picture-left", lost > 0),
        ("brought-no-blink", "eyeBlinkLeft" not in face.names or "eyeBlinkRight" not in face.names),
        ("brought-no-mouth", not face.mouths),
        ("brought-few-mouths", bool(face.mouths) and face.vowels_only),
        ("brought-no-smile", "mouthSmileLeft" not in face.names),
        ("brought-no-gaze", not turning),
        ("brought-no-fingers", not bends),
    ]
    return tuple(issue(code, name, count=triangles, limit=MOST_TRIANGLES) for code, is_so in found if is_so)


def _rights(terms: Terms) -> tuple[str, str]:
    return terms.rights, terms.licence


def _plainly(error: Exception) -> str:
    """What a reader can make of it; of errors that only a programmer understands, nothing."""
    text = str(error) if type(error) is ValueError else ""
    return text if text and len(text) < 90 and text[0].islower() and "array" not in text else "something in it is damaged"
