"""photos.yaml holds the keeper's words; writing it changes only what changed."""

import pytest

from meetagain.errors import MeetAgainError
from meetagain.schema.photos import Face
from meetagain.store.photos import HEAD, PHOTOS, looking, read_faces, write_faces

TWO = {
    "beach-1": Face("Beach day.jpg", (0.1, 0.2, 0.3, 0.4), "A", "yes", 6.5),
    "no-1": Face('odd "name": yes.jpg', (0.5, 0.25, 0.625, 0.5), "B", "no", None, "drawing", 3),
    "mill.jpg": Face("mill.jpg", theirs="yes"),
}


def test_what_is_written_is_read_again(tmp_path):
    assert read_faces(tmp_path) == {}
    write_faces(tmp_path, TWO)
    assert read_faces(tmp_path) == TWO and (tmp_path / PHOTOS).read_text("utf-8").startswith(HEAD)


def test_notes_and_words_of_the_keeper_stay_when_a_picture_comes_in(tmp_path):
    write_faces(tmp_path, TWO)
    path = tmp_path / PHOTOS
    text = path.read_text("utf-8").replace("no-1:", "# Gran is sure of this one\nno-1:").replace("age: 6.5", "age: 6.50   # it was June")
    path.write_text(text, "utf-8")
    write_faces(tmp_path, {**TWO, "new-1": Face("new.jpg", (0.1, 0.1, 0.2, 0.2))})
    after = path.read_text("utf-8")
    assert after.startswith(text) and after.removeprefix(text).startswith("new-1:")
    write_faces(tmp_path, {name: face for name, face in read_faces(tmp_path).items() if name != "new-1"})
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("beach-1: {file: a.jpg, theirs: perhaps}", "yes or no"),
        ("beach-1: {file: a.jpg, kind: oil}", "photo or drawing"),
        ("beach-1: {file: a.jpg, at: [1, 2]}", "four numbers"),
        ("beach-1: {file: a.jpg, at: [0.5, 0, 0.2, 1]}", "four numbers"),
        ("beach-1: {file: a.jpg, age: 400}", "years"),
        ("beach-1: {file: a.jpg, age: six}", "number"),
        ("beach-1: {file: a.jpg, turn: 7}", "quarter turns"),
        ("beach-1: {theirs: yes}", "file is missing"),
        ("beach-1: [a.jpg]", "group of lines"),
        ("beach-1: {file: a.jpg, colour: red}", "do not know this word"),
    ],
)
def test_what_cannot_be_understood_is_named(tmp_path, row, told):
    (tmp_path / PHOTOS).write_text(row, "utf-8")
    with pytest.raises(MeetAgainError) as raised:
        read_faces(tmp_path)
    assert (
        raised.value.issue.code == "photos-file-unclear"
        and told in raised.value.issue.sentence
        and "beach-1" in raised.value.issue.sentence
    )


def test_another_encoding_is_told(tmp_path):
    (tmp_path / PHOTOS).write_bytes("beach-1: {file: mère.jpg}".encode("utf-16"))
    with pytest.raises(MeetAgainError, match="UTF-8"):
        read_faces(tmp_path)


def test_one_window_at_a_time(tmp_path):
    with looking(tmp_path), pytest.raises(MeetAgainError) as raised, looking(tmp_path):
        pass
    assert raised.value.issue.code == "photos-under-way"


def test_where_no_face_was_found_the_file_says_so_by_being_there(tmp_path):
    write_faces(tmp_path, {})
    assert (tmp_path / PHOTOS).read_text("utf-8") == HEAD and read_faces(tmp_path) == {}
