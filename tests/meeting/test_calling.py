"""What is heard of dying calls the companion; what only may be of it asks them to look, and changes nothing else (A4)."""

import pytest

from meetagain.meeting.calling import FAINT_EVERY_S
from meetagain.meeting.journal import Journal, read_journal
from meetagain.meeting.live import Meeting
from meetagain.schema import wire


@pytest.fixture
def faintly(monkeypatch: pytest.MonkeyPatch, meeting: Meeting) -> Meeting:
    """A meeting in which whatever has "perhaps" in it may be of dying, and "surely" is."""

    def alarm(utterance, walking=False, before=()):
        return "faint" if "perhaps" in utterance.text else "harm" if "surely" in utterance.text else ""

    monkeypatch.setattr(meeting.rooms.mind, "alarm", alarm)
    return meeting


async def notices(meeting: Meeting, *said: tuple[float, str]) -> list[tuple[str, float, str]]:
    told: list = []
    meeting.journal.listen(told.append)
    for at_s, text in said:
        await meeting.advance(at_s)
        await meeting.take(wire.Typed(text=text))
        await meeting.settle()
    return [(event.level, event.at_s, event.text) for event in told if isinstance(event, wire.Noticed)]


async def test_A4_what_may_be_of_dying_asks_the_companion_quietly_to_look(faintly: Meeting):
    faintly.presence.console(True)
    (notice,) = await notices(faintly, (1.0, "perhaps it would be easier"))
    assert notice[:2] == ("look", 1.0)
    assert "perhaps it would be easier" in notice[2]
    assert faintly.phase == "running"


async def test_A4_it_changes_nothing_that_is_said(faintly: Meeting, monkeypatch: pytest.MonkeyPatch):
    turns = []
    monkeypatch.setattr(faintly.conversation, "answer", lambda number, *_: turns.append(number))
    monkeypatch.setattr("meetagain.meeting.foresight.NOT_THERE", ())
    faintly.presence.console(True)
    assert len(await notices(faintly, (1.0, "perhaps"), (2.0, "good morning"))) == 1
    assert turns == [1, 2]


async def test_A4_a_companion_is_asked_to_look_at_most_once_in_two_minutes(faintly: Meeting):
    faintly.presence.console(True)
    said = [(1.0, "perhaps one"), (60.0, "perhaps two"), (1.0 + FAINT_EVERY_S, "perhaps three")]
    assert [at_s for _, at_s, _ in await notices(faintly, *said)] == [1.0, 1.0 + FAINT_EVERY_S]


async def test_A4_who_was_called_just_now_is_not_asked_to_look_but_always_called_again(faintly: Meeting):
    faintly.presence.console(True)
    found = await notices(faintly, (1.0, "surely"), (30.0, "perhaps"), (31.0, "surely"))
    assert [level for level, _, _ in found] == ["act", "act"]
    assert faintly.phase == "calm"


async def test_A4_where_no_companion_looks_at_a_console_nobody_is_asked(faintly: Meeting):
    assert await notices(faintly, (1.0, "perhaps")) == []
    faintly.presence.console(True)
    faintly.presence.console(False)
    assert await notices(faintly, (200.0, "perhaps")) == []
    assert [level for level, _, _ in await notices(faintly, (201.0, "surely"))] == ["act"]


async def test_A4_it_stands_in_the_journal(faintly: Meeting, tmp_path):
    faintly.journal = faintly.presence._journal = Journal(tmp_path)
    faintly.presence.console(True)
    await notices(faintly, (1.0, "perhaps"))
    kept = [event for event in read_journal(tmp_path / "journal.jsonl") if isinstance(event, wire.Noticed)]
    assert [event.level for event in kept] == ["look"]
