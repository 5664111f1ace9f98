"""The likeness is made anew when what the keeper said of the photographs changes, and only then."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from meetagain.errors import MeetAgainError, issue
from meetagain.prepare import build as room
from meetagain.prepare.photographs import take_back
from meetagain.prepare.stages import Work
from meetagain.prepare.ticket import issue_ticket
from meetagain.schema.artefacts import Likeness
from meetagain.schema.photos import Face
from meetagain.schema.ticket import Safeguards, Visitor
from meetagain.store.folder import Made, PersonFolder
from meetagain.store.photos import read_faces, write_faces
from meetagain.studio.photos import Asked, carry_out


def work(root: Path) -> Work:
    return Work(root, lambda label, share: None)


def photo(path: Path, taken: str = "") -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8769)[0x9003] = taken
    Image.fromarray(np.random.default_rng(list(path.name.encode())).integers(0, 255, (60, 80, 3), np.uint8)).save(path, exif=exif)


def hashed(root: Path) -> str:
    return work(root).inputs("likeness")


def say(root: Path, name: str, **more) -> None:
    told = read_faces(root)
    write_faces(root, {**told, name: msgspec.structs.replace(told[name], **more)})


def test_only_confirmations_make_it_stale(juni: Path):
    before = hashed(juni)
    photo(juni / "items" / "beach.png", "2020:05:09 10:00:00")
    photo(juni / "items" / "lake.png")
    assert hashed(juni) == before
    write_faces(juni, {"b-1": Face("beach.png", (0.1, 0.2, 0.4, 0.7), "A"), "b-2": Face("beach.png", (0.6, 0.2, 0.9, 0.7), "B")})
    assert hashed(juni) == before
    say(juni, "b-2", theirs="no", age=30.0)
    say(juni, "b-1", group="C")
    assert hashed(juni) == before
    say(juni, "b-1", theirs="yes")
    yes = hashed(juni)
    assert yes != before
    say(juni, "b-1", age=7.0)
    assert hashed(juni) == yes, "it is what the date of the picture says"
    say(juni, "b-1", age=5.0)
    aged = hashed(juni)
    assert aged not in (yes, before)
    with (juni / "provenance.yaml").open("a") as file:
        file.write("beach.png: {may_be_used: false}\n")
    assert hashed(juni) == before


def test_C4_a_likeness_of_a_photograph_that_may_not_be_used_any_more_is_not_fresh(juni: Path):
    one = work(juni)
    item = one.archive.items[0]
    one.folder.build.mkdir(exist_ok=True)
    (one.folder.build / "likeness.vrm").write_bytes(b"x")
    (one.folder.build / "likeness.json").write_bytes(b"{}")
    one.folder.record(Made("likeness", one.inputs("likeness"), (item.id,)))
    assert work(juni).fresh("likeness")
    (juni / item.file).unlink()
    assert not work(juni).fresh("likeness")


def made_with(root: Path, name: str) -> list[Path]:
    """A portrait in build/ that was made with a confirmed photograph, and the page that shows it."""
    photo(root / "items" / name)
    write_faces(root, {"b": Face(name, (0.1, 0.2, 0.4, 0.7), "A", "yes")})
    one = work(root)
    item = next(item for item in one.archive.items if item.file == f"items/{name}")
    files = [one.folder.build / name for name in ("likeness.vrm", "likeness.json", "review.html")]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"{}")
    one.folder.record(Made("likeness", one.inputs("likeness"), (item.id,)))
    return files


def there(files: list[Path]) -> list[bool]:
    return [file.exists() for file in files]


def test_C4_a_portrait_goes_with_the_photograph_that_is_taken_back(juni: Path):
    files, told = made_with(juni, "beach.png"), []
    assert carry_out(juni, Asked(), lambda label, share: None, lambda text: None, told.append) and all(there(files))
    assert carry_out(juni, Asked(other=("b",)), lambda label, share: None, lambda text: None, told.append)
    assert not any(there(files)) and "portrait-taken-back" in [one.code for one in told]


@pytest.mark.parametrize("how", ["word", "file", "barred"])
def test_C4_nothing_of_a_photograph_that_was_taken_back_is_shown_in_a_meeting(juni: Path, how: str):
    files = made_with(juni, "beach.png")
    assert not take_back((one := work(juni)).folder, one.person, one.archive, one.faces) and all(there(files))
    if how == "word":
        say(juni, "b", theirs="no")
    elif how == "file":
        (juni / "items" / "beach.png").unlink()
    else:
        with (juni / "provenance.yaml").open("a") as file:
            file.write("beach.png: {may_be_used: false}\n")
    with pytest.raises(MeetAgainError) as caught:
        issue_ticket(juni, Visitor(adult=True), Safeguards(), "m1", 3)
    assert not any(there(files)) and caught.value.issue.code == "not-built" and "meetagain build" in caught.value.issue.mend


def test_photographs_that_wait_are_told_at_each_build(juni: Path):
    def codes() -> list[str]:
        return [found.code for found in work(juni).issues() if found.code.startswith("photos-")]

    assert codes() == [], "a drawing, a card and painted views wait for nobody"
    photo(juni / "items" / "beach.png")
    assert codes() == ["photos-unconfirmed"]
    write_faces(juni, {"b": Face("beach.png", (0.1, 0.2, 0.4, 0.7), "A", "no")})
    assert codes() == ["photos-refused"]
    say(juni, "b", theirs="yes")
    assert codes() == []


def test_C4_a_build_leaves_no_small_picture_of_a_photograph_that_was_taken_out(juni: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "_run", lambda work, force: None)  # it is not the stages that forget
    folder, kept = PersonFolder(juni), work(juni).archive.items[0].id
    for item in (kept, "0" * 12):
        folder.write_json(f"photos/{item}.json", {})
    (juni / "build" / "photos.html").write_text("a page with faces", "utf-8")
    room.build(juni, progress=lambda label, share: None)
    assert [path.stem for path in (juni / "build" / "photos").glob("*.json")] == [kept] and not (juni / "build" / "photos.html").exists()


def test_whether_photographs_wait_is_told_as_it_is_now(juni: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "_run", lambda work, force: None)
    then = tuple(issue(code, name="Juni", path=str(juni)) for code in ("photos-none", "photos-unconfirmed", "photos-only-profile"))
    PersonFolder(juni).write_json("likeness.json", Likeness("build/likeness.vrm", 1.2, 1.1, (), (), 1, issues=then))
    photo(juni / "items" / "beach.png")
    write_faces(juni, {"b": Face("beach.png", (0.1, 0.2, 0.4, 0.7), "A", "no")})
    told = [found.code for found in room.build(juni, progress=lambda label, share: None).issues if found.code.startswith("photos-")]
    assert told == ["photos-refused", "photos-only-profile"]
