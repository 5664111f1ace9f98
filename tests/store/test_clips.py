"""What the keeper decided about places in recordings is kept as it was written."""

from pathlib import Path

import pytest

from meetagain.errors import MeetAgainError
from meetagain.schema.recordings import Clip
from meetagain.store.clips import CLIPS, HEAD, listening, read_clips, write_clips

CLIP = Clip("Beach day.mp4", 12.4, 15.1, "Mum: “look”, at #me!", theirs="yes", play_for="appear/1")
BARE = Clip("b.wav", 0.0, 2.0)
WORDS = Clip("b.wav", 3, 4, "no", theirs="no", play_for="It was not your fault, Mum.", sound="as it is")


def test_what_is_written_is_read(tmp_path: Path):
    wanted = {"beach-day-0m12": CLIP, "b-0m00": BARE, "b-0m03": WORDS, "여름-0m01": BARE}
    write_clips(tmp_path, wanted)
    assert read_clips(tmp_path) == wanted
    assert (tmp_path / CLIPS).read_text().startswith(HEAD)
    assert read_clips(tmp_path / "nowhere") == {}


def test_notes_of_the_keeper_stay(tmp_path: Path):
    write_clips(tmp_path, {"a": CLIP, "b": BARE})
    path = tmp_path / CLIPS
    path.write_text(path.read_text().replace("b:\n", "# the day at the lake\nb:\n"))
    write_clips(tmp_path, {"a": CLIP, "b": WORDS, "c": BARE})
    assert "# the day at the lake\nb:" in path.read_text()
    assert read_clips(tmp_path) == {"a": CLIP, "b": WORDS, "c": BARE}


def test_true_and_false_are_yes_and_no(tmp_path: Path):
    (tmp_path / CLIPS).write_text("a: {file: a.wav, from: 1, to: 2, theirs: true, play_for: false}\n")
    assert read_clips(tmp_path)["a"] == Clip("a.wav", 1, 2, theirs="yes", play_for="no")


@pytest.mark.parametrize(
    "text",
    [
        "a: {file: a.wav, from: 2, to: 1}",
        "a: {file: a.wav, from: 1}",
        "a: {file: a.wav, from: 1, to: 2, theirs: maybe}",
        "a: {file: a.wav, from: 1, to: 2, sound: loud}",
        "a: {file: a.wav, from: 1, to: 2, colour: red}",
        "../a: {file: a.wav, from: 1, to: 2}",
        ".a: {file: a.wav, from: 1, to: 2}",
        "a: nothing",
        "- a",
        "a: {",
    ],
)
def test_what_is_unclear_is_named_and_nothing_is_changed(tmp_path: Path, text: str):
    (tmp_path / CLIPS).write_text(text)
    for how in (lambda: read_clips(tmp_path), lambda: write_clips(tmp_path, {"a": BARE})):
        with pytest.raises(MeetAgainError) as caught:
            how()
        assert caught.value.issue.code == "recordings-file-unclear"
    assert (tmp_path / CLIPS).read_text() == text


def test_two_windows_do_not_write_at_once(tmp_path: Path):
    with listening(tmp_path), pytest.raises(MeetAgainError) as caught, listening(tmp_path):
        pass
    assert caught.value.issue.code == "recordings-under-way"
