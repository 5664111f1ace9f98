"""A person, their archive and folder come in; every photograph that the keeper confirmed goes out as a Sight, the best first, with Issues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.likeness.photos.ages import Age, age_in, may_stand_in, near, of_a_print
from meetagain.likeness.photos.concerns import concerns
from meetagain.likeness.photos.nets import find_face
from meetagain.likeness.photos.notes import said_drawn
from meetagain.likeness.photos.person import Box, mask_and_pose
from meetagain.likeness.photos.reading import read_upright, turned
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.photos.signs import dark_glasses, is_grey
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.person import Person
from meetagain.schema.photos import Face
from meetagain.store.folder import PersonFolder
from meetagain.store.photos import LOOKED, PHOTOS, read_faces

#: What `waiting` tells; it can change while the likeness stays as it is.
WAITING = frozenset({"photos-none", "photos-no-face", "photos-refused", "photos-unconfirmed"})
MOST = 24  # photographs of one person that are looked at; more of the same tell nothing new
PROFILE_DEG = 42.0
SMALL_PX, BLURRED = 48.0, 0.12
GREY_WORTH, FAR_WORTH = 0.7, 0.5
UNKNOWN_HELPS = 3  # with this many photographs of a known and right age, those of unknown age do not shape the face


@dataclass(frozen=True)
class Chosen:
    """One confirmed face in one item."""

    name: str
    face: Face
    item: Item
    age: Age
    others: tuple[Box, ...]  # faces of others in the picture, as shares


def sights(person: Person, archive: Archive, root: Path) -> tuple[tuple[Sight, ...], tuple[Issue, ...]]:
    """The confirmed photographs, best first, and what the keeper should know. Raises MeetAgainError: weights-missing, photos-file-unclear."""
    faces = read_faces(root)
    chosen = confirmed(faces, usable(archive), person)
    if not chosen:
        return (), waiting(person, archive, root, faces)
    seen: list[tuple[Chosen, Sight]] = []
    lost: list[Issue] = []
    for one in chosen[:MOST]:
        try:
            sight = sight_of(one, root)
        except MeetAgainError as error:
            if error.issue.code != "file-unreadable":
                raise
            lost.append(error.issue)
            continue
        if one.face.at and sight.face is None:
            lost.append(issue("photo-face-lost", one.name, path=str(root)))
        if of_a_print(one.age, one.item, person.born, sight.grey):
            lost.append(issue("photo-day-copied", one.item.file.removeprefix("items/"), name=person.name))
            one, sight = replace(one, age=Age(None, odd=True)), replace(sight, years=None)
        seen.append((one, sight))
    shaping = _shaping([one for one, _ in seen], person)
    seen = [(one, replace(sight, shapes_face=one.name in shaping and sight.face is not None)) for one, sight in seen]
    seen.sort(key=lambda pair: (-worth(pair[1]), pair[0].name))
    found = tuple(sight for _, sight in seen)
    unknown = tuple(one.item.file.removeprefix("items/") for one, _ in seen if one.age.years is None and not one.age.odd)
    odd = tuple(issue("photo-day-odd", one.item.file.removeprefix("items/"), name=person.name) for one in chosen if one.age.odd)
    return found, (*lost, *odd, *concerns(person, found, unknown))


def usable(archive: Archive) -> dict[str, Item]:
    """The photographs that may be used, by their file below items/."""
    return {item.file.removeprefix("items/"): item for item in archive.items if item.kind is ItemKind.PHOTO and item.may_be_used}


def waiting(person: Person, archive: Archive, root: Path, faces: Mapping[str, Face]) -> tuple[Issue, ...]:
    """Why no photograph shapes the portrait; nothing where one does. Drawings, cards and what is meant for a line wait for nobody."""
    photos = usable(archive)
    facts = {"name": person.name, "path": str(root)}
    if not photos:
        return (issue("photos-none", **facts),)
    if confirmed(faces, photos, person):
        return ()
    if faces and all(face.theirs == "no" for face in faces.values()):
        return (issue("photos-refused", **facts),)
    looked = PersonFolder(root).build / LOOKED
    if not faces and (root / PHOTOS).is_file() and all((looked / f"{item.id}.json").is_file() for item in photos.values()):
        return (issue("photos-no-face", count=len(photos), **facts),)
    asks = any(face.file in photos for face in faces.values()) or not all(item.line or said_drawn(item) for item in photos.values())
    return (issue("photos-unconfirmed", **facts),) if asks else ()


def confirmed(faces: Mapping[str, Face], photos: Mapping[str, Item], person: Person) -> tuple[Chosen, ...]:
    """The faces that are the person by the keeper's word, one in each picture: those near the age shown first, then by size."""
    found: dict[str, Chosen] = {}
    for name, face in faces.items():
        if face.theirs != "yes" or face.file not in photos:
            continue
        item = photos[face.file]
        others = tuple(other.at for key, other in faces.items() if key != name and other.file == face.file and other.at)
        one = Chosen(name, face, item, age_in(face, item, person.born), others)
        if face.file not in found or (face.at and not found[face.file].face.at):
            found[face.file] = one

    def order(one: Chosen) -> tuple[bool, float, str]:
        apart = abs(one.age.years - person.age_shown) if one.age.years is not None else 0.0
        return not one.face.at, round(apart), one.name

    return tuple(sorted(found.values(), key=order))


def _shaping(chosen: Sequence[Chosen], person: Person) -> set[str]:
    """Names of those that shape the face: near the age shown; of unknown age where few are known; else the nearest that may stand in."""
    shown = person.age_shown
    faces = [one for one in chosen if one.face.at and one.face.kind == "photo"]
    right = {one.name for one in faces if one.age.years is not None and near(one.age.years, shown)}
    if len(right) < UNKNOWN_HELPS:
        right |= {one.name for one in faces if one.age.years is None and not (one.age.odd and right)}
    if right:
        return right
    apart = {one.name: abs(one.age.years - shown) for one in faces if one.age.years is not None and may_stand_in(one.age.years, shown)}
    least = min(apart.values(), default=0.0)
    return {name for name, years in apart.items() if years <= least + 1.5}


def sight_of(one: Chosen, root: Path) -> Sight:
    """One confirmed face as it is seen in its picture, which lies below `root`. Raises MeetAgainError: file-unreadable, weights-missing."""
    picture = turned(read_upright(root / one.item.file).pixels, one.face.turn)
    tall, wide = picture.shape[:2]
    size = np.array([wide, tall, wide, tall])
    face = find_face(picture, tuple(np.array(one.face.at) * size), encode=False) if one.face.at else None
    box = face.box if face is not None else None
    mask, pose = mask_and_pose(picture, box, [tuple((np.array(other) * size).tolist()) for other in one.others])
    notes = []
    if one.face.kind == "drawing":
        notes.append("drawing")
    if one.others:
        notes.append("others")
    if face is not None:
        if dark_glasses(picture, face.points) > 0.5:
            notes.append("dark glasses")
        if abs(face.yaw_deg) > PROFILE_DEG:
            notes.append("profile")
        if min(face.box[2] - face.box[0], face.box[3] - face.box[1]) < SMALL_PX:
            notes.append("small")
        if face.sharpness < BLURRED:
            notes.append("blurred")
    return Sight(
        item=one.item.id,
        picture=picture,
        face=face,
        person=mask,
        pose=pose,
        years=one.age.years,
        grey=is_grey(picture),
        notes=tuple(notes),
    )


def worth(sight: Sight) -> float:
    """How much a sight tells, for the order: faces that shape come before those that only colour, those before pictures without a face."""
    if sight.face is None:
        return -1.0
    told = sight.face.quality * (GREY_WORTH if sight.grey else 1.0) * (FAR_WORTH if "drawing" in sight.notes else 1.0)
    return told + sight.shapes_face
