"""While it is not sure that the visitor has ended, the answer is made into sound; nothing is said, told or kept by that."""

import asyncio
import threading

import pytest

from meetagain.meeting.foresight import Foresight
from meetagain.meeting.live import Meeting
from meetagain.mind.backend import Turn
from meetagain.schema import wire
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, Speech, Utterance
from meetagain.voice.kept import keep
from meetagain.voice.keys import line_key

ASKED, OTHER = "Where did you hide in the park?", "How many holes must a pancake have?"


class Counting:
    """A voice that is as quick as it is let, and notes what it was asked to say."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.free = threading.Event()
        self.free.set()
        self.fails = False

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        self.asked.append(clause.text)
        self.free.wait(20)
        if self.fails:
            raise RuntimeError("for a test")
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(2 * 24000), visemes=())


@pytest.fixture
async def foreseen(meeting: Meeting, monkeypatch: pytest.MonkeyPatch):
    """A meeting in open talk, its voice, and everything that is told."""
    voice, told = Counting(), []
    monkeypatch.setattr(meeting.voicing, "_voice", voice)
    monkeypatch.setattr("meetagain.meeting.foresight.NOT_THERE", ())
    monkeypatch.setattr("meetagain.meeting.foresight.TALKS", (meeting.scenario.beat(meeting.state.beat).talk,))
    meeting.journal.listen(told.append)
    yield meeting, voice, told
    voice.free.set()


async def understood(meeting: Meeting, text: str) -> None:
    meeting._foresight.understood(text)
    work = meeting._foresight._work
    if work is not None:
        await asyncio.wait_for(work, 20)


async def heard(meeting: Meeting, text: str) -> None:
    await meeting.take(wire.Typed(text=text))
    await asyncio.wait_for(meeting.settle(), 20)


def begun(told: list) -> list[wire.SpeechStarted]:
    return [event for event in told if isinstance(event, wire.SpeechStarted)]


async def test_the_answer_is_made_before_the_end_is_sure_and_used_then(foreseen):
    meeting, voice, told = foreseen
    before = len(told)
    await understood(meeting, ASKED)
    made = list(voice.asked)
    assert made and len(told) == before  # nothing was said, told or written
    assert meeting.said.theirs == ()
    await heard(meeting, ASKED)
    assert voice.asked == made and begun(told)


async def test_whoever_goes_on_is_answered_for_what_they_said_at_last(foreseen):
    meeting, voice, told = foreseen
    await understood(meeting, ASKED)
    made = set(voice.asked)
    await heard(meeting, OTHER)
    assert begun(told)[0].text not in " ".join(made)
    assert set(voice.asked) > made


async def test_what_is_being_made_when_the_end_is_sure_is_waited_for_and_not_made_twice(foreseen):
    meeting, voice, told = foreseen
    voice.free.clear()
    meeting._foresight.understood(ASKED)
    while not voice.asked:
        await asyncio.sleep(0.001)
    await meeting.take(wire.Typed(text=ASKED))
    voice.free.set()
    await asyncio.wait_for(meeting.settle(), 20)
    assert len(voice.asked) == len(set(voice.asked)) and begun(told)


async def test_a_line_that_was_made_ahead_by_the_build_is_not_made_again(foreseen):
    meeting, voice, _ = foreseen
    turn = meeting._foresight.turn(1, wire_words(ASKED), ())
    clause = await anext(meeting.rooms.mind.ahead(turn))
    sound = Speech(clause=clause, rate_hz=24000, pcm=bytes(9600), visemes=())
    keep(meeting.voicing._folder / "build" / "voice", line_key(clause.text, clause.expression), sound, "", "test")
    await understood(meeting, ASKED)
    assert voice.asked == []


async def test_a_voice_that_fails_meanwhile_is_asked_once_more(foreseen):
    meeting, voice, told = foreseen
    voice.fails = True
    await understood(meeting, ASKED)
    assert len(voice.asked) == 1
    voice.fails = False
    await heard(meeting, ASKED)
    assert begun(told)


@pytest.mark.parametrize("text", ["I want to stop now.", "I want to die."])
async def test_A4_words_that_call_somebody_do_so_only_when_they_were_said(foreseen, text):
    meeting, _, told = foreseen
    before = len(told)
    await understood(meeting, text)
    assert len(told) == before and meeting.phase == "running"
    await heard(meeting, text)
    assert [event for event in told if isinstance(event, wire.Noticed) and event.level == "act"]


async def spoken(meeting: Meeting, text: str) -> None:
    """As the ear tells it: at another time than what was foreseen, and with its own sureness."""
    meeting.heard(Utterance(text=text, started_s=meeting.at_s - 2.0, ended_s=meeting.at_s - 0.4, confidence=0.83))
    await asyncio.wait_for(meeting.settle(), 20)


async def test_the_mind_is_asked_once_for_words_that_it_thought_of(foreseen, monkeypatch):
    meeting, voice, told = foreseen
    thoughts: list[str] = []
    answer = meeting.rooms.mind.answer
    monkeypatch.setattr(meeting.rooms.mind, "answer", lambda turn: thoughts.append(turn.utterance.text) or answer(turn), raising=False)
    await understood(meeting, ASKED)
    made = list(voice.asked)
    await spoken(meeting, ASKED)
    assert thoughts == [ASKED] and voice.asked == made and begun(told)
    await spoken(meeting, OTHER)
    assert thoughts == [ASKED, OTHER]


async def test_who_goes_on_has_nothing_made_for_half_a_sentence(foreseen):
    meeting, voice, told = foreseen
    voice.free.clear()
    meeting._foresight.understood(ASKED)
    while not voice.asked:
        await asyncio.sleep(0.001)
    meeting._foresight.understood("")
    for text in (OTHER, ASKED, OTHER):
        await understood(meeting, text)
    assert len(voice.asked) == 1  # what is under way is not joined by others
    voice.free.set()
    await spoken(meeting, OTHER)
    assert begun(told)[0].text not in voice.asked[0]


async def test_a_mind_that_fails_ahead_is_asked_again_in_earnest(foreseen, monkeypatch):
    meeting, _, told = foreseen

    async def fails(turn):
        raise RuntimeError("for a test")
        yield

    monkeypatch.setattr(meeting.rooms.mind, "ahead", fails, raising=False)
    await understood(meeting, ASKED)
    await spoken(meeting, ASKED)
    assert begun(told)


async def test_what_may_never_be_said_is_not_sent_to_another_program(foreseen, monkeypatch):
    meeting, voice, _ = foreseen
    monkeypatch.setattr(meeting.voicing, "_far", True)
    await understood(meeting, ASKED)
    assert voice.asked == []


def test_an_ear_of_another_make_is_no_hindrance(foreseen_bare):
    foreseen_bare.listen()


@pytest.fixture
def foreseen_bare(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> Foresight:
    monkeypatch.setattr(meeting.rooms, "ear", object())
    return Foresight(meeting)


async def test_nothing_is_made_ahead_where_silence_is_the_answer(foreseen, monkeypatch):
    meeting, voice, _ = foreseen
    monkeypatch.setattr("meetagain.meeting.foresight.TALKS", ())
    await understood(meeting, ASKED)
    assert voice.asked == []


async def test_the_ear_tells_it_from_its_own_thread(foreseen, monkeypatch):
    meeting, voice, _ = foreseen
    tell = []
    monkeypatch.setattr(meeting.rooms.ear, "set_understood", tell.append, raising=False)
    meeting._foresight.listen()
    await asyncio.to_thread(tell[0], ASKED)
    await asyncio.sleep(0)
    work = meeting._foresight._work
    assert work is not None
    await asyncio.wait_for(work, 20)
    assert voice.asked


def wire_words(text: str) -> Utterance:
    return Utterance(text=text, started_s=0.0, ended_s=0.0)


async def test_the_turn_is_the_one_that_the_mind_is_asked_at_last(foreseen, monkeypatch):
    meeting, _, _ = foreseen
    turns: list[Turn] = []
    reply = meeting.rooms.mind.reply
    monkeypatch.setattr(meeting.rooms.mind, "reply", lambda turn: turns.append(turn) or reply(turn), raising=False)
    ahead = meeting._foresight.turn(1, wire_words(ASKED), meeting.said.theirs)
    await heard(meeting, ASKED)
    (at_last,) = turns
    assert (at_last.number, at_last.visitor_said, at_last.spoken, at_last.cited) == (
        ahead.number,
        ahead.visitor_said,
        ahead.spoken,
        ahead.cited,
    )
