"""A folder with a folder of photographs for each real person comes in; what the product sees in them goes out. Nothing is written beside them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.likeness.photos.ages import Age
from meetagain.likeness.photos.finding import look_at_photograph
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.photos.sights import Chosen, sight_of
from meetagain.schema.archive import Item, ItemKind
from meetagain.schema.person import Look, Person
from meetagain.schema.photos import Face, Pictured
from meetagain.store.yaml import YamlProblem, read_yaml

WORDS = "who.yaml"
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff")
SAME = 0.15  # two faces nearer than this are one picture, printed or cut twice
LEAST = 3  # photographs of a person: one is held out, and one alone tells little


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a family would say of the person, as in `look` of person.yaml."""

    age: float = 40.0
    sex: Literal["female", "male"] = "female"
    hair: str = ""
    beard: str = ""
    eyes: str = ""
    skin: str = ""
    origin: dict[str, float] = {}
    glasses: bool = False


@dataclass(frozen=True)
class RealPerson:
    """One folder: a person with photographs, by the folder's name."""

    name: str
    person: Person
    files: tuple[Path, ...]  # no two of the same bytes


@dataclass(frozen=True)
class Photographed:
    """One photograph of a real person."""

    file: Path
    digest: str  # of the file
    sight: Sight
    who: np.ndarray  # (128,) who the face seems to be
    size: tuple[int, int] | None = None  # width and height, where the picture itself was put away


def read_people(root: Path) -> tuple[tuple[RealPerson, ...], tuple[str, ...]]:
    """Everybody in the folder, by name, and who was left out and why. Raises MeetAgainError(bench-folder-unclear)."""
    if not root.is_dir():
        raise _unclear(root, "there is no such folder")
    folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    people, left = [], []
    for folder in folders:
        files = _different(folder)
        if len(files) < LEAST:
            left.append(f"{folder.name} was left out: {LEAST} different photographs are needed, and {len(files)} are there")
            continue
        people.append(RealPerson(folder.name, _person(folder), files))
    if not people:
        raise _unclear(root, left[0] if left else "no folder of a person lies in it")
    return tuple(people), tuple(left)


def photographs(one: RealPerson) -> tuple[tuple[Photographed, ...], tuple[str, ...]]:
    """The photographs in which the person's face is found, in the order of their files, and what was left out and why."""
    looked: list[tuple[Path, Pictured]] = []
    left = []
    for path in one.files:
        try:
            pictured = look_at_photograph(path, _digest(path))
        except MeetAgainError as error:
            if error.issue.code != "file-unreadable":
                raise
            left.append(f"{one.name}/{path.name}: it could not be opened")
            continue
        if pictured.faces:
            looked.append((path, pictured))
        else:
            left.append(f"{one.name}/{path.name}: no face was found in it")
    chosen = common_face([[np.array(face.who) for face in pictured.faces] for _, pictured in looked])
    found = []
    for (path, pictured), number in zip(looked, chosen, strict=True):
        who = np.array(pictured.faces[number].who)
        if any(np.linalg.norm(who - before.who) < SAME for before in found):
            left.append(f"{one.name}/{path.name}: it is another print of a picture that is there")
            continue
        sight = _sight(one, path, pictured, number)
        if sight.face is None:
            left.append(f"{one.name}/{path.name}: the face was not found again")
        else:
            found.append(Photographed(path, pictured.item, sight, who))
    return tuple(found), tuple(left)


def common_face(faces: Sequence[Sequence[np.ndarray]]) -> list[int]:
    """For pictures of one person with others, each with its faces (128,): which face of each is the one that comes again in the others."""
    out = []
    for k, own in enumerate(faces):
        rest = [other for j, other in enumerate(faces) if j != k]
        away = [np.mean([min(np.linalg.norm(face - again) for again in other) for other in rest]) if rest else 0.0 for face in own]
        out.append(int(np.argmin(away)))
    return out


def _sight(one: RealPerson, path: Path, pictured: Pictured, number: int) -> Sight:
    mine = Face(file=path.name, at=pictured.faces[number].at, turn=pictured.turn)
    others = tuple(face.at for k, face in enumerate(pictured.faces) if k != number)
    item = Item(pictured.item, path.name, ItemKind.PHOTO, given_by="", may_be_used=True)
    return sight_of(Chosen(f"{path.name}", mine, item, Age(None), others), path.parent)


def _different(folder: Path) -> tuple[Path, ...]:
    seen: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in PICTURES:
            seen.setdefault(_digest(path), path)
    return tuple(seen.values())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _person(folder: Path) -> Person:
    path = folder / WORDS
    if not path.is_file():
        told = Who()
    else:
        try:
            told = msgspec.convert(read_yaml(path.read_text("utf-8")) or {}, Who)
        except (YamlProblem, msgspec.ValidationError, UnicodeDecodeError) as error:
            raise _unclear(path, f"it could not be understood ({error})") from error
    look = Look(
        sex=told.sex, hair=told.hair, beard=told.beard, eyes=told.eyes, skin=told.skin, origin=told.origin, glasses=told.glasses,
        clothes="dark jumper, grey trousers",
    )  # fmt: skip
    return Person(
        id="r", full_name=folder.name, called=(folder.name,), age_shown=told.age, relation_to_visitor="", calls_visitor="", look=look
    )


def _unclear(path: Path, why: str) -> MeetAgainError:
    return MeetAgainError(issue("bench-folder-unclear", str(path), detail=why))
