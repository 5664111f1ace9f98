from pathlib import Path

import msgspec
import pytest

from meetagain.meeting.journal import Journal, WorldSoFar, read_journal
from meetagain.schema import wire
from meetagain.schema.scenario import Cue


def test_what_is_written_is_read_back(tmp_path: Path):
    journal = Journal(tmp_path)
    events = [
        wire.BeatEntered(at_s=0.0, beat="quiet", why="start"),
        wire.CueFired(at_s=0.0, cue=Cue("light", "golden", {"fade_s": 3})),
        wire.VisitorMoved(at_s=0.5, head=(0, 1.6, 0, 0, 0, 0, 1)),
        wire.MeetingEnded(at_s=9.0, how="farewell"),
    ]
    for event in events:
        journal.write(event)
    journal.close()
    assert list(read_journal(tmp_path / "journal.jsonl")) == events


def test_a_line_cut_short_by_a_power_failure_is_passed_over(tmp_path: Path):
    journal = Journal(tmp_path)
    journal.write(wire.BeatEntered(at_s=0.0, beat="quiet", why="start"))
    journal.close()
    path = tmp_path / "journal.jsonl"
    path.write_bytes(path.read_bytes() + b'{"type":"BeatEnt')
    assert [event.beat for event in read_journal(path)] == ["quiet"]


def test_a_broken_line_in_the_middle_is_not_hidden(tmp_path: Path):
    path = tmp_path / "journal.jsonl"
    good = msgspec.json.encode(wire.BeatEntered(at_s=0.0, beat="quiet", why="start"))
    path.write_bytes(b"{nonsense\n" + good + b"\n")
    with pytest.raises(msgspec.DecodeError):
        list(read_journal(path))


def test_a_late_reader_gets_only_what_lasts():
    world = WorldSoFar()
    for cue in (
        Cue("place", "park"),
        Cue("light", "afternoon"),
        Cue("say", "appear"),
        Cue("prop", "cake", {"state": "on"}),
        Cue("act", "wave"),
        Cue("light", "evening"),
        Cue("prop", "cake", {"state": "cut"}),
    ):
        world.take(cue)
    assert world.cues() == (Cue("place", "park"), Cue("light", "evening"), Cue("prop", "cake", {"state": "cut"}))


def test_listeners_can_leave(tmp_path: Path):
    journal = Journal(None)
    found: list = []
    leave = journal.listen(found.append)
    leave()
    leave()
    journal.tell(b"x")
    assert found == []


class FullDisk:
    """A file on a disk where nothing more fits."""

    closed = False

    def write(self, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")

    def close(self) -> None:
        self.closed = True
        raise OSError(28, "No space left on device")


def test_when_the_disk_is_full_the_meeting_goes_on_and_the_companion_is_told_once(tmp_path: Path):
    journal, told = Journal(tmp_path), []
    journal.listen(told.append)
    journal._file, full = FullDisk(), journal._file
    full.close()
    beats = [wire.BeatEntered(at_s=at_s, beat="quiet", why="start") for at_s in (1.0, 2.0, 3.0)]
    for event in beats:
        journal.write(event)
    journal.keep_sound("1.wav", b"RIFF")
    journal.close()
    assert [event for event in told if isinstance(event, wire.BeatEntered)] == beats
    assert [(event.level, event.at_s) for event in told if isinstance(event, wire.Noticed)] == [("act", 1.0)]


def test_a_sound_that_cannot_be_kept_ends_no_meeting(tmp_path: Path):
    journal, told = Journal(tmp_path), []
    journal.listen(told.append)
    (tmp_path / "sound").rmdir()
    journal.keep_sound("1.wav", b"RIFF")
    journal.write(wire.BeatEntered(at_s=4.0, beat="quiet", why="start"))
    assert [type(event).__name__ for event in told] == ["BeatEntered", "Noticed"]


def test_a_folder_that_cannot_be_made_ends_no_meeting(tmp_path: Path):
    (tmp_path / "meetings").write_text("a file where a folder should be")
    journal, told = Journal(tmp_path / "meetings" / "m1"), []
    journal.listen(told.append)
    journal.write(wire.BeatEntered(at_s=0.0, beat="quiet", why="start"))
    assert [type(event).__name__ for event in told] == ["BeatEntered", "Noticed"]
