"""What the command line makes is for the family's own account alone."""

import os
import stat
import sys
from pathlib import Path

import pytest

from meetagain import cli
from meetagain.archive.new import new_folder
from meetagain.meeting.journal import Journal


@pytest.fixture
def open_mask():
    """A machine on which everybody may read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_mask")
def test_nobody_else_on_the_computer_may_read_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["meetagain", "new", str(tmp_path / "ann")])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    journal = Journal(tmp_path / "ann" / "meetings" / "one")
    journal.keep_sound("1.wav", b"RIFF")
    journal.close()
    made = [tmp_path / "ann", *(tmp_path / "ann").rglob("*")]
    assert len(made) > 4
    assert [path for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_recordings_of_a_folder_without_any_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    new_folder(tmp_path / "ann")
    monkeypatch.setattr(sys, "argv", ["meetagain", "recordings", str(tmp_path / "ann")])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    assert "There is no recording or film" in capsys.readouterr().out
