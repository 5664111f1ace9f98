"""What a meeting needs is opened with what the build kept for it."""

from types import SimpleNamespace

import numpy as np
import pytest

from meetagain.meeting import rooms
from meetagain.meeting.live import Meeting
from meetagain.mind.kept import write_kept
from meetagain.mind.meaning import WIDTH, meaning
from meetagain.store.folder import PersonFolder


def test_a_mind_opens_with_the_meanings_that_the_build_kept(meeting: Meeting, tmp_path, monkeypatch: pytest.MonkeyPatch):
    """The meeting's folder is `tmp_path`."""
    write_kept(PersonFolder(tmp_path), {"a text that only this folder knows": np.full(WIDTH, 7.0, np.float32)})
    seen: list[float] = []

    def opened(*_: object) -> str:
        seen.append(float(meaning().vectors(["a text that only this folder knows"])[0, 0]))
        return "mind"

    engine = SimpleNamespace(open=opened, warm=lambda voice: None)
    monkeypatch.setattr(rooms, "_load", lambda *_: engine)
    try:
        assert rooms.open_rooms(meeting.ticket, listen=False).mind == "mind"
        assert seen == [7.0]
        (tmp_path / "build" / "meaning.npz").unlink()
        rooms.open_rooms(meeting.ticket, listen=False)
        assert seen[1] != 7.0
    finally:
        meaning().know(None)
