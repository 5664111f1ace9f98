import os
from pathlib import Path

import pytest

from meetagain.errors import MeetAgainError
from meetagain.schema.archive import Memory
from meetagain.store.folder import Made, PersonFolder, digest, write_whole

PERSON = "id: a\nfull_name: Ada Example\ncalled: [Ada]\nage_shown: 71\nrelation_to_visitor: mother\ncalls_visitor: dear\n"


def unclear(tmp_path: Path, text: str) -> str:
    (tmp_path / "person.yaml").write_text(text, "utf-8")
    with pytest.raises(MeetAgainError) as caught:
        PersonFolder(tmp_path).read_person()
    assert caught.value.issue.code == "person-file-unclear"
    return caught.value.issue.sentence


def test_a_person_is_read(tmp_path: Path):
    (tmp_path / "person.yaml").write_text("\ufeff" + PERSON + "look:\n  height_cm:\n  hair: white\n", "utf-8")
    person = PersonFolder(tmp_path).read_person()
    assert (person.name, person.age_shown, person.look.height_cm, person.look.hair) == ("Ada", 71, None, "white")


def test_no_folder_and_no_person_are_told_apart(tmp_path: Path):
    for place, code in ((tmp_path / "none", "folder-missing"), (tmp_path, "person-file-missing")):
        with pytest.raises(MeetAgainError) as caught:
            PersonFolder(place).read_person()
        assert caught.value.issue.code == code


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ("consent:\n  keeper_is_adult: yes\n", "consent > keeper_is_adult, line 8: it should be true or false"),
        ("look:\n  heigth_cm: 3\n", "look > heigth_cm, line 8: we do not know this word"),
        ("look:\n  height_cm: tall\n", "look > height_cm, line 8: it should be a number"),
        ("look:\n  marks: [a, 3]\n", "look > marks > number 2, line 8: it should be words"),
        ("consent:\n  wish: maybe\n", "consent > wish, line 8: maybe is not one of the words"),
        ("character:\n  lines:\n    appear: Hello\n", "character > lines, line 8: it should be a list"),
        ("look: {\n", "line"),
        ("called: [Ada]\n", "line 7: 'called' stands there twice"),
    ],
)
def test_an_unclear_word_is_named_with_place_and_line(more: str, part: str, tmp_path: Path):
    assert part in unclear(tmp_path, PERSON + more)


def test_something_missing_is_named(tmp_path: Path):
    assert "calls_visitor is missing" in unclear(tmp_path, PERSON.replace("calls_visitor: dear\n", ""))


def test_a_file_that_is_no_text_is_named(tmp_path: Path):
    (tmp_path / "person.yaml").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(MeetAgainError) as caught:
        PersonFolder(tmp_path).read_person()
    assert "plain text" in caught.value.issue.sentence


def test_writing_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a" / "b.json"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in path.parent.iterdir()] == ["b.json"]


def test_what_was_written_is_read_and_another_kind_is_not(tmp_path: Path):
    folder = PersonFolder(tmp_path)
    folder.write_json("memory.json", Memory(facts=(), not_true=("x",)))
    assert folder.read_json("memory.json", Memory) == Memory(facts=(), not_true=("x",))
    assert folder.read_json("memory.json", list[int]) is None
    assert folder.read_json("none.json", Memory) is None


def test_C4_the_folder_knows_what_an_item_went_into(tmp_path: Path):
    folder = PersonFolder(tmp_path)
    folder.record(Made("likeness", "h1", ("aa", "bb")))
    folder.record(Made("voice", "h2", ("bb",)))
    assert folder.made_of("bb") == ("likeness", "voice")
    assert folder.made_of("aa") == ("likeness",)
    assert folder.made_of("cc") == ()


def test_parts_of_a_hash_are_set_off_from_each_other():
    assert len({digest("a", "bc"), digest("ab", "c"), digest("abc"), digest("abc", "")}) == 4
