"""One door from one meeting to the next: who is let in when, and how a meeting that was left behind is closed."""

import asyncio
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from meetagain.archive.read import read_archive
from meetagain.meeting.journal import Journal, read_journal
from meetagain.meeting.listening import MOST_WAITING
from meetagain.meeting.live import Meeting
from meetagain.meeting.rooms import Rooms
from meetagain.meeting.trouble import HEARD_AGAIN, UNHEARD
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.scenario.packs import load_scenario
from meetagain.schema import wire
from meetagain.schema.artefacts import Likeness, Voice
from meetagain.schema.speech import Utterance
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.server.house import House

DEMO = Path(__file__).parents[2] / "demo" / "juni"
YES = wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True)


class MuteVoice:
    def speak(self, clause, voice):
        raise AssertionError("nothing is said in the quiet place")


class QuickHouse(House):
    """Her door, without a build behind it."""

    def __init__(self, journals: Path) -> None:
        super().__init__(DEMO, listen=False, client_clock=True)
        self._journals, self._opened = journals, 0

    def _open(self) -> Meeting:
        self._opened += 1
        memory = read_archive(DEMO).memory
        ticket = MeetingTicket(
            meeting=f"m{self._opened}",
            folder=str(self._journals),
            person=self.person,
            likeness=Likeness(file="", height_m=1.2, eye_height_m=1.1, joints=(), blendshapes=(), triangles=0, style="portrait"),
            motion=None,
            voice=Voice(backend="mute", name="mute", rate_hz=24000, language="en"),
            memory=memory,
            repertoire=(lines := repertoire(self.person, memory)),
            scenario=load_scenario("birthday_in_the_park", "en"),
            visitor=Visitor(),
            safeguards=Safeguards(),
            seed=0,
        )
        rooms = Rooms(mind=ToldMind().open(self.person, memory, lines, 0), voice=MuteVoice(), ear=None, ticket=ticket)
        return Meeting(rooms, Journal(self._journals / ticket.meeting))


@pytest.fixture
async def stopped(tmp_path: Path) -> QuickHouse:
    """A house where a visitor went in and stopped."""
    house = QuickHouse(tmp_path)
    await house.knock()
    for report in (YES, wire.Acted(act="entered"), wire.Tick(at_s=5.0), wire.StopAsked(how="key")):
        await house.take(report)
    assert house.meeting is not None and house.meeting.phase == "stopped"
    return house


async def test_the_next_visitors_yes_closes_a_stopped_meeting_as_stopped_and_opens_a_new_one(stopped: QuickHouse, tmp_path: Path):
    told: list[str] = []
    stopped.follow(lambda meeting: told.append(meeting.ticket.meeting))
    fresh = await stopped.knock(anew=True)
    assert (fresh.ticket.meeting, fresh.phase, told) == ("m2", "doorway", ["m2"])
    ended = [event for event in read_journal(tmp_path / "m1" / "journal.jsonl") if isinstance(event, wire.MeetingEnded)]
    assert [event.how for event in ended] == ["stop"]
    await stopped.close()


async def test_whoever_only_looks_in_leaves_a_stopped_meeting_as_it_is(stopped: QuickHouse):
    assert (await stopped.knock()).phase == "stopped"
    await stopped.close()


async def test_a_meeting_under_way_is_not_ended_by_another_yes(tmp_path: Path):
    house = QuickHouse(tmp_path)
    first = await house.knock()
    for report in (YES, wire.Acted(act="entered"), wire.Tick(at_s=5.0)):
        await house.take(report)
    assert await house.knock(anew=True) is first
    await house.close()


async def test_what_is_pressed_after_the_end_begins_no_new_meeting(stopped: QuickHouse):
    await stopped.take(wire.Control(control="companion_close"))
    assert stopped.meeting is not None and stopped.meeting.over
    await stopped.take(wire.Control(control="note", args={"text": "Thank you."}))
    await stopped.take(wire.Moved(head=(0, 1.6, 0, 0, 0, 0, 1)))
    assert stopped.meeting.ticket.meeting == "m1"
    await stopped.close()


async def under_way(tmp_path: Path, *, client_clock: bool = True) -> tuple[QuickHouse, list]:
    """A meeting that has begun, and what its companion is told."""
    house = QuickHouse(tmp_path)
    house.client_clock = client_clock
    meeting, told = await house.knock(), []
    meeting.journal.listen(told.append)
    for report in (YES, wire.Acted(act="entered")):
        await house.take(report)
    return house, told


async def test_a_full_disk_ends_no_meeting(tmp_path: Path):
    house, told = await under_way(tmp_path)
    assert house.meeting is not None

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    house.meeting.journal._file.close()
    house.meeting.journal._file = SimpleNamespace(write=full, flush=full, close=full)
    for second in range(1, 60):
        await house.take(wire.Tick(at_s=float(second)))
    await house.take(wire.Control(control="next"))
    assert len([event for event in told if isinstance(event, wire.Noticed)]) == 1
    assert [event.beat for event in told if isinstance(event, wire.BeatEntered)][-1] == "signs"
    await house.close()


async def test_an_error_in_one_step_stops_neither_the_clock_nor_the_ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("meetagain.server.house.STEP_S", 0.001)
    house, told = await under_way(tmp_path, client_clock=False)
    meeting, steps, again = house.meeting, [], asyncio.Event()
    assert meeting is not None

    async def failing(at_s: float) -> None:
        steps.append(at_s)
        if len(steps) >= 3:
            again.set()
        raise KeyError("a secret")

    monkeypatch.setattr(meeting, "advance", failing)
    meeting.rooms.ear = Broken()
    await asyncio.wait_for(again.wait(), 10)
    for _ in range(2):
        await house.hear(meeting, np.zeros(160, np.float32))
        await house.heard_out()
    assert meeting.rooms.ear.fed == 2
    noticed = [event for event in told if isinstance(event, wire.Noticed)]
    assert len(noticed) == 1
    assert "secret" not in noticed[0].text
    await house.close()


class Ear:
    """Hears nothing and has any patience."""

    fed = 0

    def feed(self, pcm: np.ndarray, at_s: float):
        self.fed += 1
        return ()

    def set_patience(self, silence_s: float) -> None:
        """Any."""

    def set_urgent(self, urgent) -> None:
        """None."""

    def set_understood(self, understood) -> None:
        """Nothing is understood."""


class Broken(Ear):
    def feed(self, pcm: np.ndarray, at_s: float):
        super().feed(pcm, at_s)
        raise KeyError("a secret")


class Stalled(Ear):
    """Understands nothing until it is freed, and then what was said at first."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.samples = 0

    def feed(self, pcm: np.ndarray, at_s: float):
        super().feed(pcm, at_s)
        self.samples += len(pcm)
        self.free.wait()
        return (Utterance(text="Do you remember the rabbit?", started_s=0.0, ended_s=1.0),) if self.fed == 1 else ()


@pytest.fixture
async def unheard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A meeting under way whose ear does not return, and what its companion is told."""
    monkeypatch.setattr("meetagain.meeting.listening.PATIENCE_S", 0.01)
    house, told = await under_way(tmp_path)
    assert house.meeting is not None
    house.meeting.rooms.ear = ear = Stalled()
    await house.hear(house.meeting, np.zeros(640, np.float32))
    while UNHEARD not in notices(told):
        await asyncio.sleep(0.005)
    yield house, ear, told
    ear.free.set()
    await house.close()


def notices(told: list) -> list[str]:
    return [event.text for event in told if isinstance(event, wire.Noticed)]


async def test_an_ear_that_does_not_answer_keeps_nobody_waiting_and_the_companion_knows_once(unheard):
    house, ear, told = unheard
    for second in range(1, 60):
        await house.hear(house.meeting, np.zeros(16000, np.float32))
        await asyncio.wait_for(house.take(wire.Tick(at_s=float(second))), 10)
    await asyncio.wait_for(house.take(wire.Typed(text="I missed you.")), 10)
    assert (ear.fed, notices(told)) == (1, [UNHEARD])
    assert [event.text for event in told if isinstance(event, wire.Heard)] == ["I missed you."]
    assert house.meeting.at_s == 59.0


async def test_what_was_said_is_heard_when_the_ear_is_back_and_old_sound_is_let_go(unheard):
    house, ear, told = unheard
    for _ in range(60):
        await house.hear(house.meeting, np.zeros(16000, np.float32))
    ear.free.set()
    await asyncio.wait_for(house.heard_out(), 10)
    assert [event.text for event in told if isinstance(event, wire.Heard)] == ["Do you remember the rabbit?"]
    assert (ear.fed, ear.samples) == (2, 640 + MOST_WAITING)
    assert notices(told) == [UNHEARD, HEARD_AGAIN]


async def test_a_house_closes_while_its_ear_does_not_answer(unheard):
    house, ear, _ = unheard
    await asyncio.wait_for(house.close(), 10)
    assert ear.fed == 1 and not ear.free.is_set()


@pytest.mark.parametrize("report", [wire.StopAsked(how="key"), wire.Control(control="stop")])
async def test_S1_a_stop_does_not_wait_for_words_that_are_being_understood(unheard, report: wire.Report):
    house, ear, _ = unheard
    meeting = house.meeting
    await asyncio.wait_for(house.take(report), 10)
    assert meeting.phase == "stopped" and not ear.free.is_set()
