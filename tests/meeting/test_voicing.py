"""A voice that is slow, or never answers: the line is given up, the meeting goes on, and nobody waits for the thread."""

import asyncio
import threading
from pathlib import Path

import msgspec
import pytest

from meetagain.meeting.live import Meeting
from meetagain.meeting.trouble import VOICELESS
from meetagain.mind.lines import Lines, clause_of
from meetagain.schema import wire
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass, Speech
from meetagain.voice.kept import keep
from meetagain.voice.keys import line_key
from meetagain.voice.phrases import phrases


class Stalling:
    """Answers at once, or not until it is freed."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.asked = 0

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        self.asked += 1
        self.free.wait()
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(4800), visemes=())


@pytest.fixture
async def stalling(meeting: Meeting, monkeypatch: pytest.MonkeyPatch):
    """A meeting whose voice stalls, and what everybody is told."""
    monkeypatch.setattr("meetagain.meeting.voicing.FIRST_SOUND_S", 0.01)
    monkeypatch.setattr("meetagain.meeting.voicing.REST_S", 0.01)
    voice, told = Stalling(), []
    meeting.conversation._voicing._voice = voice
    meeting.journal.listen(told.append)
    yield meeting, voice, told
    voice.free.set()


def line(meeting: Meeting, group: str, n: int = 0) -> Clause:
    return clause_of(Lines(meeting.ticket.repertoire).group(group)[n])


async def said(meeting: Meeting, *clauses: Clause) -> None:
    for clause in clauses:
        meeting.say_clause(clause)
    await asyncio.wait_for(meeting.settle(), 10)
    for _ in range(30):
        await meeting.advance(meeting.at_s + 0.5)


def spoken(told: list) -> list[str]:
    return [event.text for event in told if isinstance(event, wire.SpeechStarted)]


def notices(told: list) -> list[str]:
    return [event.text for event in told if isinstance(event, wire.Noticed)]


async def test_a_line_that_gets_no_voice_is_given_up_and_the_companion_knows_once(stalling):
    meeting, voice, told = stalling
    await said(meeting, line(meeting, "words"), line(meeting, "words", 1), line(meeting, "goodbye"))
    assert (spoken(told), notices(told), voice.asked) == ([], [VOICELESS], 1)
    assert not meeting.conversation.busy


async def test_a_small_sound_made_ahead_stands_for_the_line_once(stalling):
    meeting, _, told = stalling
    small = next((one for one in Lines(meeting.ticket.repertoire).group("filler")), None)
    assert small is not None
    made = Speech(clause=clause_of(small), rate_hz=24000, pcm=bytes(9600), visemes=())
    keep_ahead(meeting, made)
    await said(meeting, line(meeting, "words"), line(meeting, "words", 1))
    assert spoken(told) == [small.text]


async def test_what_was_made_ahead_is_said_while_the_voice_stalls(stalling):
    meeting, voice, told = stalling
    ready = line(meeting, "words", 1)
    keep_ahead(meeting, Speech(clause=ready, rate_hz=24000, pcm=bytes(9600), visemes=()))
    await said(meeting, line(meeting, "words"), ready)
    assert (spoken(told), voice.asked) == ([ready.text], 1)


async def test_when_the_voice_is_back_the_next_line_is_said(stalling, monkeypatch: pytest.MonkeyPatch):
    meeting, voice, told = stalling
    await said(meeting, line(meeting, "words"))
    voice.free.set()
    while meeting.conversation._voicing._stuck.running:
        await asyncio.sleep(0.005)
    monkeypatch.setattr("meetagain.meeting.voicing.FIRST_SOUND_S", 10)
    monkeypatch.setattr("meetagain.meeting.voicing.REST_S", 10)
    again = line(meeting, "words", 1)
    await said(meeting, again)
    assert set(spoken(told)) == {again.text}


async def test_a_rest_that_does_not_come_leaves_what_was_begun(stalling, monkeypatch: pytest.MonkeyPatch):
    meeting, voice, told = stalling
    monkeypatch.setattr("meetagain.meeting.voicing.FIRST_SOUND_S", 10)
    voice.free.set()
    long = next(line for line in meeting.ticket.repertoire.lines if len(phrases(line.text)) == 2)
    speak = voice.speak
    voice.speak = lambda clause, kind: (speak(clause, kind), voice.free.clear())[0]
    await said(meeting, msgspec.structs.replace(clause_of(long), line_class=LineClass.AUTHORED))
    assert (len(spoken(told)), voice.asked, notices(told)) == (1, 2, [VOICELESS])


def keep_ahead(meeting: Meeting, speech: Speech) -> None:
    key = line_key(speech.clause.text, speech.clause.expression)
    keep(Path(meeting.ticket.folder) / "build" / "voice", key, speech, "", "test")
