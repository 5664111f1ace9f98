"""A folder of real people's photographs is read where it lies, and what is wrong with it is told in plain words."""

import numpy as np
import pytest
from PIL import Image

from meetagain.bench.likeness_folder import common_face, photographs, read_people
from meetagain.bench.likeness_real import chosen
from meetagain.errors import MeetAgainError


def pictures(folder, count: int, same: bool = False) -> None:
    """Plain pictures without a face."""
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(count):
        Image.new("RGB", (64, 64), (90, 80, 70 if same else 70 + k)).save(folder / f"{k}.png")


def test_people_are_read_with_their_words_and_nothing_is_written(tmp_path):
    pictures(tmp_path / "a", 3)
    pictures(tmp_path / "b", 2)
    pictures(tmp_path / "c", 4, same=True)
    (tmp_path / "a" / "who.yaml").write_text("age: 61\nsex: male\nhair: grey, short\n", "utf-8")
    before = sorted(path for path in tmp_path.rglob("*"))
    people, left = read_people(tmp_path)
    assert [one.name for one in people] == ["a"] and len(people[0].files) == 3
    assert people[0].person.age_shown == 61 and people[0].person.look.hair == "grey, short"
    assert len(left) == 2 and "b was left out" in left[0] and "1 are there" in left[1]
    assert photographs(people[0])[0] == () and "no face was found" in photographs(people[0])[1][0]
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_picture_that_cannot_be_opened_is_left_out_and_told(tmp_path):
    pictures(tmp_path / "a", 3)
    (tmp_path / "a" / "1.png").write_bytes(b"no picture")
    found, left = photographs(read_people(tmp_path)[0][0])
    assert found == () and sum("could not be opened" in reason for reason in left) == 1


@pytest.mark.parametrize("words", ["age: old\n", "sex: either\n", "hat: red\n", "- a\n", "age: [\n"])
def test_words_that_are_unclear_are_told_with_their_file(tmp_path, words):
    pictures(tmp_path / "a", 3)
    (tmp_path / "a" / "who.yaml").write_text(words, "utf-8")
    with pytest.raises(MeetAgainError, match=r"who\.yaml.*could not be understood"):
        read_people(tmp_path)


def test_folders_of_nobody_are_told_plainly(tmp_path):
    with pytest.raises(MeetAgainError, match="there is no such folder"):
        read_people(tmp_path / "none")
    with pytest.raises(MeetAgainError, match="no folder of a person"):
        read_people(tmp_path)
    pictures(tmp_path / "a", 1)
    with pytest.raises(MeetAgainError, match="a was left out"):
        read_people(tmp_path)


def test_among_several_faces_the_one_that_comes_again_is_the_person():
    rng = np.random.default_rng(2)
    me, friend, stranger = rng.normal(size=(3, 128))
    near = [me + rng.normal(0, 0.05, 128) for _ in range(3)]
    assert common_face([[friend, near[0]], [near[1]], [stranger, near[2], friend + 0.3]]) == [1, 0, 1]
    assert common_face([[me]]) == [0]


def test_photographs_are_held_out_evenly():
    assert chosen(2, 3) == [0, 1] and chosen(3, 3) == [0, 1, 2]
    assert chosen(8, 3) == [2, 4, 5] and chosen(8, 1) == [4]
