"""What a keeper asked of the photographs comes in; they are looked at, what was decided is written, and a page and the lines to print go out."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from meetagain.archive.read import read_archive
from meetagain.errors import Issue, issue
from meetagain.likeness.photos.ages import Age, age_in, of_a_print
from meetagain.likeness.photos.grouping import Likely, Piece, grouped, likely, years_apart
from meetagain.likeness.photos.notes import said_drawn
from meetagain.prepare.photographs import PAGE, forget, looked_at, photographs, take_back
from meetagain.schema.archive import Item
from meetagain.schema.photos import Face, Found, Pictured
from meetagain.store.folder import PersonFolder, write_whole
from meetagain.store.photos import looking, read_faces, write_faces
from meetagain.studio.photo_page import Album, Group, Seen, listed, page_of

DRAWN = 0.5
LISTED = 8

Progress = Callable[[str, float], None]
Say = Callable[[str], None]
Tell = Callable[[Issue], None]


class Asked(msgspec.Struct, frozen=True):
    """One call of `meetagain photos`. Names are those of groups, faces or pictures."""

    person: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    yes: bool = False


def carry_out(root: Path, asked: Asked, progress: Progress, say: Say, tell: Tell) -> bool:
    """Look at what is new, write what was decided, and tell what there is; False where some of it could not be done."""
    with looking(root):
        page = Page(root)
        for found in page.look(progress):
            tell(found)
        fine = page.decide(asked, tell)
        page.write()
        if take_back(page.folder, page.person, page.archive, page.faces):
            tell(issue("portrait-taken-back", name=page.person.name, path=_in_shell(str(root))))
    for found in page.issues():
        tell(found)
    page.show(say)
    return fine


class Page:
    """One person's photographs: who was found in them, and what was decided. Raises MeetAgainError."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = PersonFolder(root)
        self.person = self.folder.read_person()
        self.archive = read_archive(root)
        self.faces = read_faces(root)
        self.items: dict[str, Item] = {item.file.removeprefix("items/"): item for item in photographs(self.archive)}
        self.looked: Mapping[str, Pictured] = {}
        self.found: dict[str, Found] = {}  # by the face's name
        self.likely = Likely("")
        self.apart: tuple[tuple[str, str], ...] = ()

    # --- looking --------------------------------------------------------------------------------------------------------------

    def look(self, progress: Progress) -> tuple[Issue, ...]:
        """Find faces in new pictures, and group them. What there is to know of the files."""
        forget(self.folder, self.archive)
        if not self.items:
            return (issue("photos-none", name=self.person.name, path=str(self.root)),)
        self.looked, issues = looked_at(self.folder, self.archive, progress)
        there = {path.relative_to(self.folder.items).as_posix() for path in self.folder.items.rglob("*") if path.is_file()}
        self.faces = {name: face for name, face in self.faces.items() if face.file in there}
        for file, item in self.items.items():
            if item.id in self.looked:
                self._take_in(file, self.looked[item.id])
        self._group()
        return issues

    def _take_in(self, file: str, pictured: Pictured) -> None:
        """New faces of one picture get a name; those that have one keep it."""
        known = {name: face for name, face in self.faces.items() if face.file == file and face.at}
        slug = re.sub(r"[^\w]+", "-", Path(file).stem.lower()).strip("-") or "photo"
        clash = any(face.file != file and name.rpartition("-")[0] == slug for name, face in self.faces.items())
        slug = f"{slug}-{pictured.item[:4]}" if clash else slug
        for at, found in enumerate(pictured.faces, 1):
            name = next((name for name, face in known.items() if name not in self.found and _same_place(face.at, found.at)), "")
            if not name:
                name = next(n for n in (f"{slug}-{k}" for k in range(at, at + 1000)) if n not in self.faces)
                drawing = found.drawn > DRAWN or said_drawn(self.items[file])
                self.faces[name] = Face(file, found.at, kind="drawing" if drawing else "photo", turn=pictured.turn)
            self.found[name] = found

    def _group(self) -> None:
        """Faces without a group that nobody decided about get one; where the keeper moved a face, it stays."""
        pieces = [Piece(name, self.items[self.faces[name].file].id, found, self.faces[name].group) for name, found in self.found.items()]
        groups = grouped(pieces)
        for name, group in groups.items():
            if not self.faces[name].group and group:
                self.faces[name] = msgspec.structs.replace(self.faces[name], group=group)
        self.likely = likely(pieces, groups, self.items.values(), self.person)
        self.apart = years_apart(pieces, groups)

    # --- deciding -------------------------------------------------------------------------------------------------------------

    def decide(self, asked: Asked, tell: Tell) -> bool:
        """Take what was said of groups, faces and pictures. One that cannot be taken does not stop the others."""
        fine = True
        for names, answer in ((asked.person, "yes"), (asked.other, "no")):
            for name in names:
                if not self._answer(name, answer):
                    tell(issue("photo-name-unknown", name, page=str(self.page_file)))
                    fine = False
        if asked.yes:
            groups = self._theirs() or ([self.likely.group] if self.likely.group else [])
            for group in groups:
                self._answer(group, "yes")
            if not groups and not self.likely.alike and self.found:
                tell(issue("photos-nothing-proposed", name=self.person.name, **self._how_to_say()))
            fine = fine and bool(groups)
        return fine

    def _answer(self, name: str, answer: str) -> bool:
        """Of a group, what nobody decided about is answered; of a face, whatever was said before."""
        group = name.upper()
        if any(face.group == group for face in self.faces.values()) and name not in self.faces:
            for each, face in self.faces.items():
                if face.group == group and not face.theirs:
                    self.faces[each] = msgspec.structs.replace(face, theirs=answer)
            return True
        if name in self.faces:
            self.faces[name] = msgspec.structs.replace(self.faces[name], theirs=answer)
            return True
        file = next((file for file in self.items if name in (file, Path(file).stem)), "")
        if not file or any(face.file == file for face in self.faces.values()):
            return False
        self.faces[file] = Face(file, theirs=answer)
        return True

    def _how_to_say(self) -> dict[str, str]:
        """What stands in a sentence that asks for a face by its name."""
        return {"path": _in_shell(str(self.root)), "page": str(self.page_file), "one": next(iter(self.found), "")}

    def _theirs(self) -> list[str]:
        """Groups of which the keeper said that they are the person."""
        return sorted({face.group for face in self.faces.values() if face.theirs == "yes" and face.group})

    # --- writing --------------------------------------------------------------------------------------------------------------

    @property
    def page_file(self) -> Path:
        """Where the page lies."""
        return self.folder.build / PAGE

    @property
    def command(self) -> str:
        """How the keeper calls us for this folder."""
        return f"meetagain photos {_in_shell(str(self.root))}"

    def write(self) -> None:
        """photos.yaml, and the page."""
        if not self.items and not self.faces:
            return
        self.faces = dict(sorted(self.faces.items(), key=lambda row: (row[1].file, row[1].at)))
        write_faces(self.root, self.faces)
        write_whole(self.page_file, page_of(self.album()).encode())

    def album(self) -> Album:
        """All that the page shows."""
        by_group: dict[str, list[Seen]] = {}
        for name, found in self.found.items():
            face = self.faces[name]
            item = self.items[face.file]
            by_group.setdefault(face.group, []).append(Seen(name, face, found, self._age(face, item).years, item.taken[:4]))
        for seen in by_group.values():
            seen.sort(key=lambda one: (one.face.theirs == "no", -one.found.quality, one.name))
        order = sorted((label for label in by_group if label), key=lambda label: (-len(by_group[label]), len(label), label))
        faceless = [(file, self.looked[item.id].shown) for file, item in self.items.items() if self._faceless(item)]
        return Album(
            person=self.person,
            command=self.command,
            groups=tuple(Group(label, tuple(by_group[label])) for label in order),
            unplaced=tuple(by_group.get("", ())),
            faceless=tuple(faceless),
            proposed=self.likely,
            apart=self.apart,
        )

    def _age(self, face: Face, item: Item) -> Age:
        age, looked = age_in(face, item, self.person.born), self.looked.get(item.id)
        return Age(None, odd=True) if looked is not None and of_a_print(age, item, self.person.born, looked.grey) else age

    def _faceless(self, item: Item) -> bool:
        return item.id in self.looked and not self.looked[item.id].faces

    # --- telling --------------------------------------------------------------------------------------------------------------

    def issues(self) -> tuple[Issue, ...]:
        """What the keeper should know of who was found."""
        if not self.items:
            return ()
        person, path, page = self.person.name, _in_shell(str(self.root)), str(self.page_file)
        if not self.found:
            return (issue("photos-no-face", name=person, count=len(self.items), path=path),) if not self._theirs_unseen() else ()
        found = []
        faceless = [file for file, item in self.items.items() if self._faceless(item)]
        if faceless:
            shown = ", ".join(faceless[:LISTED]) + (" and others" if len(faceless) > LISTED else "")
            found.append(issue("photo-no-face", name=person, count=len(faceless), detail=shown, path=path, one=_in_shell(faceless[0])))
        yes = self._theirs()
        waiting = [name for name in self.found if self.faces[name].group in yes and not self.faces[name].theirs]
        if waiting:
            found.append(issue("photos-more-unconfirmed", name=person, count=len(waiting), page=page, path=path))
        elif not any(face.theirs == "yes" for face in self.faces.values()) and self.likely.alike:
            detail, one = listed(self.likely.alike), self.likely.alike[0]
            found.append(issue("photos-two-alike", name=person, detail=detail, page=page, path=path, one=one))
        return tuple(found)

    def _theirs_unseen(self) -> bool:
        """Whether the keeper said of a picture without a face that the person is in it."""
        return any(face.theirs == "yes" for face in self.faces.values())

    def show(self, say: Say) -> None:
        """What there is, and what can be done next."""
        if not self.found:
            return
        name, yes = self.person.name, self._theirs()
        groups = {face.group for face in self.faces.values() if face.group}
        pictures = {self.faces[each].file for each in self.found}
        people = f", {_count(len(groups), 'person', 'people')}" if groups else ""
        say(f"{name}: {_count(len(self.found), 'face')} in {_count(len(pictures), 'photograph')}{people}.")
        say(f"See who is who: open {self.page_file}")
        confirmed = sum(face.theirs == "yes" for face in self.faces.values())
        if confirmed:
            say(f"{name} is in {_count(confirmed, 'photograph')}, by your word{self._letters(yes)}.")
        elif self.likely.group:
            say(f"\nWe think that {name} is {self.likely.group}. If that is right: {self.command} --yes")
            say(f"If it is somebody else:                    {self.command} --person LETTER")
        elif not self.likely.alike:
            one = next(iter(self.found))
            say(f"\nWe could not tell who they are. If one of them is {name}, say its name, as: {self.command} --person {one}")
        for one, other in self.apart:
            if (one in yes) != (other in yes) or (not yes and self.likely.group in (one, other)):
                say(f"{one} and {other} may be one person, years apart. If they are: {self.command} --person {one} --person {other}")
        if not confirmed:
            say("Nothing shapes the portrait before you say so.")

    def _letters(self, groups: Sequence[str]) -> str:
        return f" ({', '.join(groups)})" if groups else ""


def _same_place(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two boxes are of one face: the middle of each lies in the other."""
    return all(a[0] <= (b[0] + b[2]) / 2 <= a[2] and a[1] <= (b[1] + b[3]) / 2 <= a[3] for a, b in ((one, other), (other, one)))


def _in_shell(text: str) -> str:
    """As it has to be written on the command line of any system."""
    return f'"{text}"' if " " in text else text


def _count(number: int, what: str, many: str = "") -> str:
    return f"{number} {what if number == 1 else many or what + 's'}"
