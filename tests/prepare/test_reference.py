"""Which recordings the made voice is chosen by."""

from pathlib import Path

import numpy as np

from meetagain.archive.read import read_archive
from meetagain.errors import MeetAgainError, issue
from meetagain.prepare.reference import MOST_S, confirmed, heard, speaking
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.recordings import Clip
from meetagain.store.folder import PersonFolder

DEMO = Path(__file__).parents[2] / "demo" / "juni"
PERSON, ARCHIVE = PersonFolder(DEMO).read_person(), read_archive(DEMO)


def item(name: str, line: str, kind: ItemKind = ItemKind.SOUND, also: tuple[str, ...] = ()) -> Item:
    return Item(id=name, file=f"items/{name}.wav", kind=kind, given_by="Irja", may_be_used=True, also_in_it=also, line=line)


def names(*items: Item) -> list[str]:
    archive = Archive(items=items, memory=ARCHIVE.memory)
    return [one.id for one in speaking(PERSON, archive)]


def test_a_line_spoken_alone_counts():
    assert names(item("goodbye", "goodbye/1"), item("words", "Where is my hat?")) == ["goodbye", "words"]


def test_what_is_sung_laughed_or_whispered_or_holds_others_does_not():
    assert names(item("song", "song/1"), item("laugh", "laugh/1"), item("sung", "(sings) Duck on the lake")) == []
    assert names(item("two", "goodbye/1", also=("Sami",)), item("unnamed", ""), item("photo", "j01", ItemKind.PHOTO)) == []


def test_the_demo_holds_nobodys_voice():
    for name in ("juni", "matti"):
        root = DEMO.parent / name
        assert speaking(PersonFolder(root).read_person(), read_archive(root)) == ()


def test_one_that_cannot_be_opened_is_left_out():
    def decode(path: Path, rate_hz: int) -> np.ndarray:
        if path.stem == "broken":
            raise MeetAgainError(issue("file-unreadable", path.name, detail="for a test"))
        return np.ones(70 * rate_hz, np.float32)

    clips = heard(("items/broken.wav", "items/whole.wav"), Path("x"), decode)
    assert [len(clip) for clip in clips] == [60 * 24000]


def test_places_that_the_keeper_confirmed_count_the_longest_first():
    film, whole = item("film", "", ItemKind.FILM), item("whole", "goodbye/1")
    archive = Archive(items=(film, whole), memory=ARCHIVE.memory)
    clips = {
        "short": Clip("film.wav", 1.0, 3.0, theirs="yes"),
        "long": Clip("film.wav", 10.0, 18.0, theirs="yes", play_for="no"),
        "line": Clip("film.wav", 20.0, 23.0, theirs="yes", play_for="goodbye/1"),
        "sung": Clip("film.wav", 30.0, 50.0, theirs="yes", play_for="song/1"),
        "others": Clip("film.wav", 60.0, 90.0, theirs="no"),
        "undecided": Clip("film.wav", 60.0, 90.0),
        "heard already": Clip("whole.wav", 0.0, 3.0, theirs="yes"),
        "taken out": Clip("gone.wav", 0.0, 3.0, theirs="yes"),
    }
    found = confirmed(PERSON, archive, clips, (whole,))
    assert list(found) == ["long", "line", "short"] and len(set(found.values())) == 3
    many = {f"c{n}": Clip("film.wav", 10.0 * n, 10.0 * n + 9, theirs="yes") for n in range(90)}
    assert MOST_S <= 9 * len(confirmed(PERSON, archive, many, ())) < MOST_S + 10
