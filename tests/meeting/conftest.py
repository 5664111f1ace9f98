"""One meeting with Juni that has begun, without a build behind it."""

from pathlib import Path

import numpy as np
import pytest

from meetagain.archive.read import read_archive
from meetagain.hearing.backend import VoiceBegan
from meetagain.meeting.journal import Journal
from meetagain.meeting.live import Meeting
from meetagain.meeting.rooms import Rooms
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.scenario.packs import load_scenario
from meetagain.schema import wire
from meetagain.schema.artefacts import Likeness, Voice
from meetagain.schema.speech import Clause, Speech
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.store.folder import PersonFolder

DEMO = Path(__file__).parents[2] / "demo" / "juni"
YES = wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True)


class FourSeconds:
    def speak(self, clause: Clause, voice: Voice) -> Speech:
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(2 * 4 * 24000), visemes=())


class SomebodySpeaks:
    def feed(self, pcm: np.ndarray, at_s: float) -> tuple[VoiceBegan, ...]:
        return (VoiceBegan(at_s),)

    def set_patience(self, silence_s: float) -> None:
        """Any."""

    def set_urgent(self, urgent) -> None:
        """None."""

    def set_understood(self, understood) -> None:
        """Nothing is understood."""


@pytest.fixture
async def meeting(tmp_path: Path):
    person, memory = PersonFolder(DEMO).read_person(), read_archive(DEMO).memory
    ticket = MeetingTicket(
        meeting="m1",
        folder=str(tmp_path),
        person=person,
        likeness=Likeness(file="", height_m=1.2, eye_height_m=1.1, joints=(), blendshapes=(), triangles=0, style="portrait"),
        motion=None,
        voice=Voice(backend="four", name="four", rate_hz=24000, language="en"),
        memory=memory,
        repertoire=(lines := repertoire(person, memory)),
        scenario=load_scenario("birthday_in_the_park", "en"),
        visitor=Visitor(),
        safeguards=Safeguards(),
        seed=0,
    )
    one = Meeting(Rooms(ToldMind().open(person, memory, lines, 0), FourSeconds(), SomebodySpeaks(), ticket), Journal(None))
    await one.take(YES)
    await one.take(wire.Acted(act="entered"))
    yield one
    await one.close()
