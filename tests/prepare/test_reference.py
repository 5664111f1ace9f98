"""Which recordings the made voice is chosen by."""

from pathlib import Path

import numpy as np

from meetagain.archive.read import read_archive
from meetagain.errors import MeetAgainError, issue
from meetagain.prepare.recordings import confirmed
from meetagain.prepare.reference import heard, speaking
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

    clips = heard([Path("broken.wav"), Path("whole.wav")], decode)
    assert [len(clip) for clip in clips] == [60 * 24000]


def test_places_that_the_keeper_confirmed_choose_the_voice_too():
    plain = {"file": "film.mp4", "from_s": 1.0, "to_s": 3.0}
    clips = {
        "said": Clip(**plain, theirs="yes"),
        "played": Clip(**plain, theirs="yes", play_for="goodbye/1"),
        "sung": Clip(**plain, theirs="yes", play_for="song/1"),
        "other": Clip(**plain, theirs="no"),
        "undecided": Clip(**plain),
    }
    assert set(confirmed(clips)) == {"said", "played"}
