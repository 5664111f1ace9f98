"""An archive comes in; who is in each photograph goes out, kept below build/ so that a picture is looked at once."""

import re
from collections.abc import Callable, Mapping

from meetagain.errors import Issue, MeetAgainError
from meetagain.likeness.photos import sights
from meetagain.likeness.photos.finding import MADE_BY, look_at_photograph
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.person import Person
from meetagain.schema.photos import Face, Pictured
from meetagain.store.folder import PersonFolder
from meetagain.store.photos import LOOKED

PAGE, SHEET = "photos.html", "review.html"  # below build/
ITEM = re.compile(r"[0-9a-f]{12}")  # an engine may note other evidence beside the ids of files

Progress = Callable[[str, float], None]


def photographs(archive: Archive) -> tuple[Item, ...]:
    """The pictures that may be used."""
    return tuple(item for item in archive.items if item.kind is ItemKind.PHOTO and item.may_be_used)


def looked_at(folder: PersonFolder, archive: Archive, progress: Progress) -> tuple[dict[str, Pictured], tuple[Issue, ...]]:
    """Item id -> who is in it. A picture that cannot be opened is told and does not stop the rest. Raises MeetAgainError(weights-missing)."""
    items, found, issues = photographs(archive), {}, []
    for at, item in enumerate(items):
        kept = folder.read_json(f"{LOOKED}/{item.id}.json", Pictured)
        if kept is None or kept.made_by != MADE_BY:
            progress(item.file.removeprefix("items/"), at / len(items))
            try:
                kept = look_at_photograph(folder.root / item.file, item.id)
            except MeetAgainError as error:
                if error.issue.code != "file-unreadable":
                    raise
                issues.append(error.issue)
                continue
            folder.write_json(f"{LOOKED}/{item.id}.json", kept)
        found[item.id] = kept
    if items:
        progress("looked at every photograph", 1.0)
    return found, (*issues, *(one for kept in found.values() for one in kept.issues))


def forget(folder: PersonFolder, archive: Archive) -> None:
    """Take out what was seen in pictures that are not there any more or may not be used, and the pages that show it (requirement C4)."""
    ids = {item.id for item in photographs(archive)}
    gone = [path for path in (folder.build / LOOKED).glob("*.json") if path.stem not in ids]
    for path in [*gone, folder.build / PAGE, folder.build / SHEET] if gone else []:
        path.unlink(missing_ok=True)


def withdrawn(folder: PersonFolder, person: Person, archive: Archive, faces: Mapping[str, Face]) -> bool:
    """Whether the portrait in build/ was made with something that is gone or barred, or with a photograph in which nobody is the person any more."""
    made = folder.lineage().get("likeness")
    if made is None:
        return False
    theirs = {one.item.id for one in sights.confirmed(faces, sights.usable(archive), person)}
    told = {face.file for face in faces.values()}
    there = {item.id for item in archive.items if item.may_be_used and (item.id in theirs or item.file.removeprefix("items/") not in told)}
    return not {name for name in made.items if ITEM.fullmatch(name)} <= there


def take_back(folder: PersonFolder, person: Person, archive: Archive, faces: Mapping[str, Face]) -> bool:
    """Take a portrait away that was made with what is not to be used any more (requirement C4); True where there was one."""
    if not withdrawn(folder, person, archive, faces):
        return False
    there = [*folder.build.glob("likeness.*"), *folder.build.glob(SHEET)]
    for path in there:
        path.unlink(missing_ok=True)
    return bool(there)
