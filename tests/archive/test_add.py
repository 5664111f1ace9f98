import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from meetagain.archive.add import add_files
from meetagain.archive.new import new_folder
from meetagain.archive.read import read_archive
from meetagain.errors import MeetAgainError

Make = Callable[[Path], Path]
REAL = Path(__file__).parents[3] / "shared" / "real" / "speech"


def codes(report) -> list[str]:
    return [found.code for found in report.issues]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_C3_every_item_says_who_gave_it_and_that_it_may_be_used(root: Path, make: Make, tmp_path: Path):
    report = add_files(root, [make(tmp_path / "lake.jpg"), make(tmp_path / "song.wav")], given_by="Irja")
    assert sorted(report.added) == ["items/lake.jpg", "items/song.wav"]
    items = {item.file: item for item in read_archive(root).items}
    assert all(item.given_by == "Irja" and item.may_be_used for item in items.values())
    assert items["items/song.wav"].line == "song/1"
    assert items["items/lake.jpg"].line == ""


def test_C3_what_may_not_be_used_is_not_in_the_archive(root: Path, make: Make, tmp_path: Path):
    add_files(root, [make(tmp_path / "lake.jpg")])
    text = (root / "provenance.yaml").read_text()
    (root / "provenance.yaml").write_text(text.replace("may_be_used: true", "may_be_used: false"))
    assert read_archive(root).items == ()


def test_C3_while_provenance_is_unclear_nothing_is_used_and_nothing_is_lost(root: Path, make: Make, tmp_path: Path):
    add_files(root, [make(tmp_path / "lake.jpg")])
    (root / "provenance.yaml").write_text("lake.jpg: {may_be_used: no}\n")
    archive = read_archive(root)
    assert archive.items == ()
    assert "lake.jpg > may_be_used, line 1: it should be true or false" in archive.issues[0].sentence
    before = tree(root)
    with pytest.raises(MeetAgainError):
        add_files(root, [make(tmp_path / "other.png")])
    assert tree(root) == before


def test_originals_are_never_altered(root: Path, make: Make, tmp_path: Path):
    source = tmp_path / "from phone"
    for name in ("a.jpg", "b.heic", "c.m4a", "d.3gp", "more/e.png"):
        make(source / name)
    (source / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    before = tree(source)
    report = add_files(root, [source])
    assert tree(source) == before
    assert len(report.added) == 5
    assert codes(report) == ["file-cut-short"]
    assert all((root / name).read_bytes() in before.values() for name in report.added)


def test_one_bad_file_does_not_stop_the_rest(root: Path, make: Make, tmp_path: Path):
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0" * 300)
    report = add_files(root, [tmp_path / "gone.jpg", tmp_path / "empty.mp4", tmp_path / "letter.doc", make(tmp_path / "good.png")])
    assert report.added == ("items/good.png",)
    assert codes(report) == ["file-unreadable", "file-empty", "file-kind-unknown"]


def test_the_same_contents_are_taken_once(root: Path, make: Make, tmp_path: Path):
    photo = make(tmp_path / "a.jpg")
    twin = Path(shutil.copy(photo, tmp_path / "b.jpg"))
    report = add_files(root, [photo, twin, photo])
    assert report.added == ("items/a.jpg",)
    assert codes(report) == ["already-here", "already-here"]
    assert add_files(root, [twin]).added == ()


def test_the_same_name_with_other_contents_keeps_both(root: Path, make: Make, tmp_path: Path):
    first = make(tmp_path / "one" / "song.wav")
    second = make(tmp_path / "two" / "song.wav")
    second.write_bytes(first.read_bytes()[:-400] + bytes(400))
    report = add_files(root, [first, second])
    assert report.added == ("items/song.wav", "items/song-2.wav")
    assert codes(report) == ["name-taken"]
    assert (root / "items" / "song.wav").read_bytes() == first.read_bytes()
    assert {item.line for item in read_archive(root).items} == {"song/1"}


def test_links_are_copied_and_circles_are_not_followed(root: Path, make: Make, tmp_path: Path):
    source = tmp_path / "source"
    make(source / "real.jpg")
    (source / "round").symlink_to(source)
    (source / "lost.jpg").symlink_to(tmp_path / "nowhere")
    link = tmp_path / "link.jpg"
    link.symlink_to(source / "real.jpg")
    report = add_files(root, [link, source])
    assert report.added == ("items/link.jpg",)
    assert not (root / "items" / "link.jpg").is_symlink()
    assert codes(report) == ["already-here"]


def test_the_persons_own_folder_is_not_added_to_itself(root: Path, make: Make, tmp_path: Path):
    add_files(root, [make(tmp_path / "x" / "a.jpg")])
    assert add_files(root, [root.parent]).issues[0].code == "already-here"
    assert [path.name for path in (root / "items").iterdir()] == ["a.jpg"]


def test_names_of_strange_bytes_and_hidden_names_are_kept_readable(root: Path, make: Make, tmp_path: Path):
    photo = make(tmp_path / "a.jpg")
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/M\xfctze.jpg")
    shutil.copy(photo, strange)
    report = add_files(root, [Path(strange), make(tmp_path / ".hidden.png")])
    assert report.added == ("items/M?tze.jpg", "items/hidden.png")
    assert len(read_archive(root).items) == 2


def test_memories_take_the_place_of_the_untouched_first_page(root: Path, tmp_path: Path):
    (tmp_path / "told.yaml").write_text("- {id: a1, fact: We rowed.}\n")
    assert add_files(root, [tmp_path / "told.yaml"]).added == ("memories.yaml",)


def test_memories_are_never_overwritten(root: Path, tmp_path: Path):
    own = (root / "memories.yaml").read_text() + "# a note of ours\n"
    (root / "memories.yaml").write_text(own)
    (tmp_path / "told.yaml").write_text("- {id: a1, fact: We rowed.}\n")
    assert add_files(root, [tmp_path / "told.yaml"]).added == ("memories-2.yaml",)
    assert (root / "memories.yaml").read_text() == own
    (tmp_path / "more.yaml").write_text("- {id: a2, fact: We swam.}\n")
    assert add_files(root, [tmp_path / "more.yaml"]).added == ("memories-3.yaml",)
    assert [fact.id for fact in read_archive(root).memory.facts] == ["a1", "a2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- {fact: No id.}\n", "memory-no-id"),
        ("- {id: a1, fact: Another.}\n", "memory-duplicate-id"),
        ("- {id: b, fact: x}\n- {id: b, fact: y}\n", "memory-duplicate-id"),
        ("{", "memories-unclear"),
        ("", "file-empty"),
        ("- {id: a1, fact: We rowed.}\n", "already-here"),
    ],
)
def test_bad_memories_change_nothing(text: str, code: str, root: Path, tmp_path: Path):
    (tmp_path / "told.yaml").write_text("- {id: a1, fact: We rowed.}\n")
    add_files(root, [tmp_path / "told.yaml"])
    before = tree(root)
    (tmp_path / "bad.yaml").write_text(text)
    report = add_files(root, [tmp_path / "bad.yaml"])
    assert codes(report) == [code]
    assert tree(root) == before


def test_a_recording_named_for_a_memory_that_comes_with_it(root: Path, make: Make, tmp_path: Path):
    (tmp_path / "told.yaml").write_text("- {id: j28, fact: Her rhyme., said: Night night.}\n")
    add_files(root, [make(tmp_path / "J28.wav"), tmp_path / "told.yaml"])
    assert read_archive(root).items[0].line == "j28"


def test_without_a_folder_there_is_a_sentence(tmp_path: Path):
    with pytest.raises(MeetAgainError) as caught:
        add_files(tmp_path / "nobody", [])
    assert caught.value.issue.code == "folder-missing"


def test_new_never_overwrites(root: Path):
    before = tree(root)
    with pytest.raises(MeetAgainError) as caught:
        new_folder(root)
    assert caught.value.issue.code == "folder-exists"
    assert tree(root) == before


def test_a_fresh_folder_reads_and_says_what_would_help(root: Path):
    assert [found.code for found in read_archive(root).issues] == ["archive-empty"]


def test_one_photo_only(root: Path, make: Make, tmp_path: Path):
    add_files(root, [make(tmp_path / "a.jpg")])
    assert [found.code for found in read_archive(root).issues] == ["no-voice", "no-memories"]


def test_a_file_spoilt_later_is_named_and_the_rest_is_read(root: Path, make: Make, tmp_path: Path):
    add_files(root, [make(tmp_path / "a.jpg"), make(tmp_path / "b.png")])
    (root / "items" / "b.png").write_bytes(b"\x89PNG")
    archive = read_archive(root)
    assert [item.file for item in archive.items] == ["items/a.jpg"]
    assert archive.issues[0].about == "b.png"


def test_a_real_portrait_ten_memories_and_real_speech(root: Path, tmp_path: Path):
    from PIL import Image
    from skimage.data import astronaut

    Image.fromarray(astronaut()).save(tmp_path / "portrait.jpg")
    rows = "".join(f"- {{id: e{n}, fact: Memory number {n}., said: We did it {n} times.}}\n" for n in range(10))
    (tmp_path / "memories.yaml").write_text(rows)
    speech = sorted(REAL.glob("1688/*.flac"))[:3]
    report = add_files(root, [tmp_path / "portrait.jpg", tmp_path / "memories.yaml", *speech], given_by="a friend")
    assert report.issues == ()
    archive = read_archive(root)
    assert len(archive.memory.facts) == 10
    assert [item.kind for item in archive.items].count("photo") == 1
    assert [item.duration_s > 1 for item in archive.items if item.kind == "sound"] == [True] * len(speech)
