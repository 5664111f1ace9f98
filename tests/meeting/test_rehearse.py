from itertools import pairwise
from pathlib import Path

import pytest

from meetagain.errors import MeetAgainError
from meetagain.meeting.rehearse import _willing, read_script
from meetagain.schema.scenario import Beat, Exit


def beat(*exits: str) -> Beat:
    return Beat("b", "", 10, 30, 60, (), (), tuple(Exit(on, "next_one") for on in exits))


def test_a_willing_visitor_does_what_the_beat_waits_for():
    assert [(deed.act, deed.after_s) for deed in _willing(beat("hug_done", "next", "time"))] == [("hug_done", 30)]


def test_what_counts_only_together_is_done_in_order_and_not_too_early():
    deeds = _willing(beat("wish_and_bite", "time"))
    assert [deed.act for deed in deeds] == ["candle_lit", "candles_out", "cake_cut", "bite"]
    assert all(earlier.after_s < later.after_s for earlier, later in pairwise(deeds))
    assert deeds[0].after_s >= 10


def test_where_only_time_or_the_companion_ends_a_beat_nothing_is_done():
    assert _willing(beat("next", "time")) == []


def test_an_unclear_script_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "mum.yaml"
    path.write_text("beats:\n  words:\n    - {after_s: 1, shout: hello}\n")
    with pytest.raises(MeetAgainError, match="shout"):
        read_script(path)
    path.write_text("beats: [1, 2\n")
    with pytest.raises(MeetAgainError, match="line"):
        read_script(path)


def test_a_script_that_is_not_there(tmp_path: Path):
    with pytest.raises(MeetAgainError):
        read_script(tmp_path / "none.yaml")
