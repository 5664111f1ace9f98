"""A person's folder comes in; the page on which the keeper looks at the portrait is written, or their notes are, and what to do next is said."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from meetagain.archive.read import read_archive
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.photos.sights import sights
from meetagain.likeness.shown import read_shown
from meetagain.prepare.photographs import take_back
from meetagain.prepare.stages import Work
from meetagain.schema.artefacts import Likeness
from meetagain.store.folder import PersonFolder, write_whole
from meetagain.studio.look_notes import take_notes
from meetagain.studio.look_page import look_page
from meetagain.studio.look_views import views_of

PAGE = "review.html"
MOST_PHOTOS = 8


def confirmed_sights(root: Path, tell: Callable[[Issue], None]) -> tuple[Sight, ...]:
    """The best of the photographs that the keeper confirmed. Where none can be looked at, that is told, and the page is without them."""
    try:
        archive = read_archive(root)
        found, _ = sights(PersonFolder(root).read_person(), archive, root)
        names = {item.id: Path(item.file).name for item in archive.items}
        found = tuple(replace(sight, item=names.get(sight.item, sight.item)) for sight in found)
    except MeetAgainError as error:
        tell(error.issue)
        return ()
    return tuple(sight for sight in found if sight.face is not None)[:MOST_PHOTOS]


def show_likeness(root: Path, sights: Sequence[Sight], bar: Callable[[str, float], None], say: Callable[[str], None]) -> Path:
    """Write build/review.html. `sights` are the photographs that the keeper confirmed. Raises MeetAgainError where nothing is built."""
    work = Work(root, lambda label, share: None)
    folder, person = work.folder, work.person
    if take_back(folder, person, work.archive, work.faces):
        raise MeetAgainError(issue("portrait-taken-back", name=person.name, path=str(root)))
    likeness = folder.read_json("likeness.json", Likeness)
    body, motion = folder.build / "likeness.vrm", folder.build / "motion.glb"
    if likeness is None or not body.is_file():
        raise MeetAgainError(issue("not-built-look", name=person.name, path=str(root)))
    try:
        shown = read_shown(body.read_bytes())
        views = views_of(shown, motion.read_bytes() if motion.is_file() else None, sights, bar)
    except (ValueError, KeyError, IndexError, StopIteration) as error:
        raise MeetAgainError(issue("likeness-unclear", about=body.name)) from error
    page = folder.build / PAGE
    write_whole(page, look_page(person, views, likeness.issues, date.today().isoformat()).encode())
    say(f"{page} is ready. Open it in a browser, with somebody who knew {person.name}.")
    return page


def note(root: Path, notes: Sequence[str], say: Callable[[str], None]) -> None:
    """Write notes into person.yaml, all or none. Raises MeetAgainError."""
    for change in take_notes(root, tuple(notes)):
        say(f"{' > '.join(change.path[:-1])} > {change.words}")
    say(f"Written into person.yaml. To see it: meetagain build {root}, then: meetagain review {root} --likeness")
