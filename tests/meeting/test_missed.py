"""A recogniser hangs or fails on what the visitor said: she shows gently that she did not catch it, and the companion knows."""

import asyncio
import threading
from collections.abc import Awaitable, Sequence

import msgspec
import numpy as np
import pytest

from meetagain.hearing.backend import HearingEvent, Unheard
from meetagain.hearing.ear import StreamEar
from meetagain.hearing.words import Words
from meetagain.meeting.listening import Listening
from meetagain.meeting.live import Meeting
from meetagain.meeting.missed import ASKED_EVERY_S, TOLD_EVERY_S
from meetagain.meeting.trouble import HEARD_AGAIN, UNHEARD
from meetagain.mind.lines import Lines
from meetagain.schema import wire
from meetagain.schema.scenario import Cue

RATE = 16000


class Loudness:
    """A sample above a half is a voice."""

    def of(self, frame: np.ndarray) -> float:
        return float(np.abs(frame).mean() > 0.5)


class Hanging:
    """Understands nothing until it is freed; then what was said."""

    def __init__(self) -> None:
        self.free = threading.Event()

    def __call__(self, pcm: np.ndarray) -> Words:
        self.free.wait(30)
        return Words("Do you remember the rabbit?", 0.9)


async def take(meeting: Meeting, heard: Awaitable[Sequence[HearingEvent]]) -> None:
    for event in await heard:
        meeting.take_hearing(event)


@pytest.fixture
def told(meeting: Meeting) -> list:
    """She stands before the visitor; what is told to whom."""
    meeting.world.take(Cue("be", "stand"))
    meeting.state = msgspec.structs.replace(meeting.state, beat="words")
    found: list = []
    meeting.journal.listen(found.append)
    return found


def asked(told: list) -> list[str]:
    return [event.text for event in told if isinstance(event, wire.SpeechStarted)]


def notices(told: list) -> list[str]:
    return [event.text for event in told if isinstance(event, wire.Noticed)]


def lines(meeting: Meeting) -> set[str]:
    return {line.text for line in Lines(meeting.ticket.repertoire).group("unheard")}


async def until(there) -> None:
    async with asyncio.timeout(20):
        while not there():
            await asyncio.sleep(0.005)


async def test_while_the_recogniser_hangs_she_asks_once_more_and_is_not_kept_mute(
    meeting: Meeting, told: list, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("meetagain.meeting.listening.ASKS_S", 0.02)
    monkeypatch.setattr("meetagain.meeting.listening.PATIENCE_S", 0.2)
    hanging = Hanging()
    meeting.rooms.ear = StreamEar(hanging, Loudness())
    listening = Listening(meeting, take)
    listening.bring(np.ones(RATE // 2, np.float32))
    await listening.settle()
    assert meeting.floor.taken
    listening.bring(np.zeros(RATE, np.float32))
    await until(lambda: asked(told))
    assert set(asked(told)) <= lines(meeting) and not meeting.floor.taken
    await until(lambda: notices(told))
    hanging.free.set()
    await listening.settle()
    assert notices(told) == [UNHEARD, HEARD_AGAIN]
    assert [event.text for event in told if isinstance(event, wire.Heard)] == ["Do you remember the rabbit?"]
    await listening.close()


async def test_a_stall_while_nobody_spoke_is_no_reason_to_ask(meeting: Meeting, told: list, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("meetagain.meeting.listening.ASKS_S", 0.01)
    monkeypatch.setattr("meetagain.meeting.listening.PATIENCE_S", 0.02)

    class Slow:
        free = threading.Event()

        def feed(self, pcm: np.ndarray, at_s: float):
            self.free.wait(30)
            return ()

    meeting.rooms.ear = Slow()
    listening = Listening(meeting, take)
    listening.bring(np.zeros(RATE, np.float32))
    await until(lambda: notices(told))
    Slow.free.set()
    await listening.settle()
    assert asked(told) == []
    await listening.close()


async def test_who_is_not_understood_again_is_not_asked_again_at_once(meeting: Meeting, told: list):
    for at_s in (10.0, 20.0, 10.0 + ASKED_EVERY_S, 10.0 + TOLD_EVERY_S):
        meeting.at_s = at_s
        meeting.take_hearing(Unheard(at_s))
        await meeting.settle()
    assert len(asked(told)) <= 2 and len(set(asked(told))) == len(asked(told)) > 0
    assert notices(told) == [UNHEARD, UNHEARD]


@pytest.mark.parametrize("why", ["hidden", "calm"])
async def test_nobody_speaks_who_is_not_there_or_in_a_calm_place(meeting: Meeting, told: list, why: str):
    if why == "hidden":
        meeting.world.take(Cue("be", "hidden"))
    else:
        meeting.phase = "calm"
    meeting.take_hearing(Unheard(1.0))
    await meeting.settle()
    assert asked(told) == [] and notices(told) == [UNHEARD]
