"""What was measured stays: a run that was ended goes on, and two processes share the people."""

import msgspec
import pytest

from meetagain.bench import likeness, likeness_work
from meetagain.bench.likeness_shape import Measured
from meetagain.bench.likeness_whole import Portrayed, Whole
from meetagain.bench.likeness_work import all_kept, keep, kept, mine, read_share, work_folder
from meetagain.errors import MeetAgainError


class Told(msgspec.Struct, frozen=True):
    """A value for the tests."""

    number: int


def test_a_value_comes_back_and_another_revision_does_not(tmp_path, monkeypatch):
    keep(tmp_path, "shape/7-001", Told(4))
    assert kept(tmp_path, "shape/7-001", Told) == Told(4)
    assert kept(tmp_path, "shape/7-002", Told) is None
    monkeypatch.setattr(likeness_work, "REVISION", likeness_work.REVISION + 1)
    assert kept(tmp_path, "shape/7-001", Told) is None


def test_what_was_cut_short_counts_as_not_measured(tmp_path):
    keep(tmp_path, "shape/7-001", Told(4))
    keep(tmp_path, "shape/7-002", Told(5))
    path = next(tmp_path.rglob("7-001.json"))
    path.write_bytes(path.read_bytes()[:5])
    assert all_kept(tmp_path, Told, "shape") == (Told(5),)
    assert all_kept(tmp_path, Told, "nothing") == ()


def test_processes_side_by_side_measure_everybody_once():
    shares = [read_share(words) for words in ("1/3", "2/3", " 3 / 3")]
    assert [[mine(k, share) for share in shares].count(True) for k in range(10)] == [1] * 10


@pytest.mark.parametrize("words", ["", "2", "0/2", "3/2", "a/b", "1/2/3", "-1/2"])
def test_a_share_that_is_none_is_told_plainly(words):
    with pytest.raises(MeetAgainError, match="1/2 in one window"):
        read_share(words)


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(MeetAgainError, match="cannot be kept there"):
        work_folder(tmp_path / "file" / "below")


def person(seed: int, age: int, aparts: tuple[float, ...], far: tuple[float, ...] = (0.5, 0.6)) -> Whole:
    """A measured person with portraits from 0 and 8 photographs."""
    rows = tuple(
        Portrayed(photos, apart, 1 + sum(one < apart for one in far), 0.9, 20.0, 0.6, 40.0)
        for photos, apart in zip((0, 8), aparts, strict=True)
    )
    return Whole(seed, age, "female", "short", "abc", 0.2, 1, far, rows)


def test_a_run_goes_on_where_it_was_ended(tmp_path, monkeypatch):
    asked: list[tuple[str, int]] = []

    def shape(seed: int, age: float) -> Measured:
        asked.append(("shape", seed))
        return Measured(seed, float(age), 2.0, (1.8, 1.5, 1.2), (False,) * 3, (0.5,) * 3)

    def whole(seed: int, age: int, counts: tuple[int, ...], folder) -> Whole:
        asked.append(("whole", seed))
        if len(asked) == 5:
            raise KeyboardInterrupt
        return person(seed, age, (0.7, 0.4))

    monkeypatch.setattr(likeness.shape, "measure", shape)
    monkeypatch.setattr(likeness, "measure_whole", whole)
    with pytest.raises(KeyboardInterrupt):
        likeness.run(True, people=1, work=tmp_path)
    figures = likeness.run(True, people=1, work=tmp_path, share="1/1")["figures"]
    assert len(asked) == 7 and len(set(asked)) == 6  # three heads and three people, one of them begun twice
    assert figures["people"] == 3 and figures["states"] == 1 and figures["build_s"] == 40.0
    assert likeness.run(True, people=0, work=tmp_path)["figures"] == figures
    assert figures["shape"]["35_8"]["fitted_median_mm"] == 1.2
    assert figures["whole"]["8"]["rank1_rate"] == 1 and figures["whole"]["0"]["rank_median"] == 3
    assert figures["whole"]["8"]["nearer_than_words_rate"] == 1 and figures["whole"]["8"]["among"] == 3


def test_two_processes_leave_the_figures_of_both(tmp_path, monkeypatch):
    monkeypatch.setattr(likeness.shape, "measure", lambda seed, age: Measured(seed, float(age), 2.0, (1.0,) * 3, (False,) * 3, (0.5,) * 3))
    monkeypatch.setattr(likeness, "measure_whole", lambda seed, age, counts, folder: person(seed, age, (0.7, 0.4)))
    first = likeness.run(False, people=2, work=tmp_path, share="1/2")["figures"]
    second = likeness.run(False, people=2, work=tmp_path, share="2/2")["figures"]
    assert (first["people"], second["people"]) == (3, 6)


def test_figures_of_nobody_are_none(tmp_path):
    figures = likeness.run(False, people=0, work=tmp_path)["figures"]
    assert figures["shape"] == figures["whole"] == {} and figures["build_s"] is None and figures["people"] == 0
