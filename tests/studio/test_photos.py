"""A keeper sees who is who and says so; new pictures come in beside what was said, and what cannot be told is asked."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image
from skimage import data

from meetagain.archive.add import add_files
from meetagain.archive.new import new_folder
from meetagain.archive.read import read_archive
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.likeness.photos.sights import waiting
from meetagain.prepare import photographs
from meetagain.schema.photos import Face, Found, Pictured
from meetagain.store.folder import PersonFolder
from meetagain.store.photos import PHOTOS, read_faces
from meetagain.studio.photos import Asked, carry_out


class Done:
    """One call of `meetagain photos`."""

    def __init__(self, root: Path, **asked) -> None:
        self.said: list[str] = []
        self.issues: list[Issue] = []
        self.fine = carry_out(root, Asked(**asked), lambda label, share: None, self.said.append, self.issues.append)
        page = root / "build" / "photos.html"
        self.page = page.read_text("utf-8") if page.is_file() else ""

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.issues]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Her folder"
    new_folder(folder)
    return folder


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the place of the networks: a file named "sea her+him.png" shows her and him. Files that were looked at, in order."""
    names: list[str] = []

    def numbers(who: str) -> tuple[float, ...]:
        rng = np.random.default_rng(int.from_bytes(hashlib.sha256(who.encode()).digest()[:4], "big"))
        return tuple(rng.normal(0, 0.05, 128).tolist())

    def look(path: Path, item: str) -> Pictured:
        names.append(path.name)
        if "broken" in path.name:
            raise MeetAgainError(issue("file-unreadable", path.name, detail="it is not a picture we can open"))
        there = [who for who in path.stem.split(" ")[-1].split("+") if who != "nobody"]
        faces = tuple(
            Found((k / 5, 0.2, (k + 1) / 5, 0.4), numbers(who), 200, 0.6, 0.0, drawn=float(who.startswith("drawn")), shown=b"jpeg")
            for k, who in enumerate(there)
        )
        return Pictured(item, faces, made_by=photographs.MADE_BY)

    monkeypatch.setattr(photographs, "look_at_photograph", look)
    return names


@pytest.fixture
def give(root, tmp_path):
    """Adds pictures by name; each is a picture of its own."""

    def add(*names: str, taken: str = "") -> None:
        made = []
        for name in names:
            path = tmp_path / name
            seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
            note = Image.Exif()
            if taken:
                note[ExifTags.Base.DateTime] = taken
            Image.fromarray(np.random.default_rng(seed).integers(0, 255, (24, 24, 3), dtype=np.uint8)).save(path, exif=note)
            made.append(path)
        add_files(root, made)

    return add


def test_without_photographs_that_is_told_and_nothing_is_written(root, looked):
    done = Done(root)
    assert done.codes == ["photos-none"] and done.fine and not (root / PHOTOS).exists() and not done.page


def test_from_pictures_to_a_word_of_the_keeper(root, looked, give):
    give("a her.png", "b her+him.png", "c her.png", "d gran.png", "e nobody.png")
    first = Done(root)
    assert first.codes == ["photo-no-face"] and "e nobody.png" in first.issues[0].sentence
    assert "We think that Name is A" in first.text and '"' + str(root) + '" --yes' in first.text
    faces = read_faces(root)
    assert {name: face.group for name, face in faces.items()} == {
        "a-her-1": "A", "b-her-him-1": "A", "c-her-1": "A", "b-her-him-2": faces["b-her-him-2"].group, "d-gran-1": faces["d-gran-1"].group,
    }  # fmt: skip
    assert {face.theirs for face in faces.values()} == {""}
    for word in ("Who is Name?", "Seen once", "No face to be seen", "--person A", "a-her-1", "data:image/jpeg;base64,"):
        assert word in first.page
    assert "<script" not in first.page and "http://" not in first.page and "https://" not in first.page

    second = Done(root, yes=True)
    assert [name for name, face in read_faces(root).items() if face.theirs == "yes"] == ["a-her-1", "b-her-him-1", "c-her-1"]
    assert "Name is in 3 photographs, by your word (A)" in second.text and "This is Name, by your word" in second.page
    assert looked.count("a her.png") == 1, "a picture is looked at once"


def test_a_new_picture_is_added_and_no_word_of_the_keeper_is_touched(root, looked, give):
    give("a her.png", "b her+him.png")
    Done(root, person=("A",))
    path = root / PHOTOS
    words = path.read_text("utf-8").replace("b-her-him-2:", "# this is Tom\nb-her-him-2:").replace("age:\n", "age: 6\n", 1)
    path.write_text(words, "utf-8")
    give("c her.png")
    done = Done(root)
    assert path.read_text("utf-8").startswith(words.rstrip()) and done.codes == ["photos-more-unconfirmed"]
    assert read_faces(root)["c-her-1"] == Face("c her.png", (0.0, 0.2, 0.2, 0.4), "A") and "New: 1" in done.page
    Done(root, yes=True)
    assert read_faces(root)["c-her-1"].theirs == "yes" and "# this is Tom" in path.read_text("utf-8")


def test_two_who_are_as_often_there_are_asked_about_and_yes_chooses_nobody(root, looked, give):
    give("a her+sister.png", "b her+sister.png")
    done = Done(root, yes=True)
    assert done.codes == ["photos-two-alike"] and not done.fine and "A and B" in done.issues[0].sentence
    assert {face.theirs for face in read_faces(root).values()} == {""} and "we chose nobody" in done.page
    assert Done(root, person=("b",)).fine
    assert {face.group for face in read_faces(root).values() if face.theirs == "yes"} == {"B"}


def test_single_faces_and_whole_pictures_can_be_named(root, looked, give):
    give("a her.png", "b her.png", "c nobody.png")
    assert Done(root, person=("A", "c nobody"), other=("b-her-1",)).fine
    faces = read_faces(root)
    assert {name: face.theirs for name, face in faces.items()} == {"a-her-1": "yes", "b-her-1": "no", "c nobody.png": "yes"}
    assert faces["c nobody.png"].at == ()
    wrong = Done(root, person=("Z", "a-her-7"))
    assert not wrong.fine and wrong.codes.count("photo-name-unknown") == 2 and read_faces(root) == faces
    assert Done(root, person=("A",)).fine and read_faces(root)["b-her-1"].theirs == "no", "a group does not undo what was said of one face"


def test_pictures_with_one_name_and_other_endings_are_kept_apart(root, looked, give):
    give("a her.png", "a her.tiff")
    Done(root)
    assert len(read_faces(root)) == 2 and {face.file for face in read_faces(root).values()} == {"a her.png", "a her.tiff"}


def test_a_drawing_is_marked_and_the_keeper_may_say_that_it_is_none(root, looked, give):
    give("a drawn.png")
    Done(root)
    path = root / PHOTOS
    assert read_faces(root)["a-drawn-1"].kind == "drawing"
    path.write_text(path.read_text("utf-8").replace("kind: drawing", "kind: photo"), "utf-8")
    Done(root)
    assert read_faces(root)["a-drawn-1"].kind == "photo"


def test_what_is_taken_out_leaves_nothing_behind(root, looked, give):
    give("a her.png", "b her.png")
    Done(root, yes=True)
    (root / "items" / "b her.png").unlink()
    done = Done(root)
    assert list(read_faces(root)) == ["a-her-1"] and "b-her" not in done.page
    assert len(list((root / "build" / "photos").glob("*.json"))) == 1


def test_a_picture_that_may_not_be_used_is_not_shown_and_the_answer_waits(root, looked, give):
    give("a her.png", "b her.png")
    Done(root, yes=True)
    text = (root / "provenance.yaml").read_text("utf-8")
    (root / "provenance.yaml").write_text(text.replace("may_be_used: true", "may_be_used: false", 1), "utf-8")
    done = Done(root)
    assert "a-her-1" not in done.page and read_faces(root)["a-her-1"].theirs == "yes"


def test_a_broken_picture_and_an_unclear_file_are_told(root, looked, give):
    give("a her.png", "broken.png")
    assert "file-unreadable" in Done(root).codes and "a-her-1" in read_faces(root)
    (root / PHOTOS).write_text("a-her-1: {file: a her.png, theirs: maybe}", "utf-8")
    with pytest.raises(MeetAgainError) as raised:
        Done(root)
    assert raised.value.issue.code == "photos-file-unclear" and "maybe" in (root / PHOTOS).read_text("utf-8")


def test_ages_are_shown_where_they_mean_something(root, looked, give):
    person = root / "person.yaml"
    lines = ['born: "2013-05-09"' if line.startswith(("born:", "# born:")) else line for line in person.read_text("utf-8").splitlines()]
    person.write_text("\n".join(lines), "utf-8")
    give("a her.png", "b her.png", taken="2020:06:01 10:00:00")
    give("c gran.png", "d gran.png", "e her.png", taken="2019:06:01 10:00:00")
    page = Done(root).page
    assert "6 to 7 years old" in page and "2 photographs, 2019" in page


def test_real_faces_go_through_the_real_networks(root, tmp_path):
    portrait = Image.fromarray(data.astronaut())
    note = Image.Exif()
    note[ExifTags.Base.DateTime] = "0000:00:00 00:00:00"
    portrait.save(tmp_path / "one.jpg", quality=92)
    portrait.rotate(12).resize((700, 700)).transpose(Image.Transpose.ROTATE_90).save(tmp_path / "two.jpg", quality=92, exif=note)
    Image.fromarray(data.coffee()).save(tmp_path / "cup.jpg")
    add_files(root, [tmp_path / "one.jpg", tmp_path / "two.jpg", tmp_path / "cup.jpg"])
    done = Done(root, yes=True)
    assert sorted(done.codes) == ["photo-no-face", "photo-note-unclear"]
    assert {name: (face.group, face.theirs) for name, face in read_faces(root).items()} == {"one-1": ("A", "yes"), "two-1": ("A", "yes")}
    assert len(done.page) < 60_000 and read_faces(root)["two-1"].turn == 1, "it lay on its side"


def test_where_nobody_can_be_proposed_a_yes_is_answered_and_a_name_is_asked_for(root, looked, give):
    give("a drawnher.png")
    done = Done(root, yes=True)
    assert not done.fine and done.codes == ["photos-nothing-proposed"] and "--person a-drawnher-1" in done.issues[0].mend
    assert "0 people" not in done.text and "say its name" in done.text and "equally often" not in done.page
    assert Done(root, person=("a-drawnher-1",)).codes == [] and read_faces(root)["a-drawnher-1"].theirs == "yes"


def test_no_face_in_any_picture_is_told_here_and_at_each_build_until_one_comes_in(root, looked, give):
    def at_build() -> list[str]:
        folder, archive = PersonFolder(root), read_archive(root)
        return [one.code for one in waiting(folder.read_person(), archive, root, read_faces(root))]

    give("a nobody.png", "b nobody.png")
    assert at_build() == ["photos-unconfirmed"]
    assert Done(root).codes == ["photos-no-face"] == at_build()
    give("c her.png")
    assert at_build() == ["photos-unconfirmed"], "it was not looked at yet"
    assert Done(root, person=("a nobody.png",)).fine and at_build() == []


def test_what_the_note_calls_a_drawing_is_one(root, looked, give):
    give("a her.png")
    (root / "provenance.yaml").write_text("a her.png: {note: an oil painting by her aunt}\n", "utf-8")
    Done(root)
    assert read_faces(root)["a-her-1"].kind == "drawing"
