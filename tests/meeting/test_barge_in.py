"""The visitor begins to speak while she does: she falls silent, but her goodbye is said to its end."""

import numpy as np
import pytest

from meetagain.hearing.backend import Murmured, VoiceBegan
from meetagain.meeting.live import Meeting
from meetagain.mind.lines import Lines, clause_of
from meetagain.schema import wire
from meetagain.schema.lines import Line
from meetagain.schema.speech import Clause, LineClass, Utterance

SOUND = np.zeros(160, np.float32)


async def barged_in_on(meeting: Meeting, line_class: LineClass, *, thinking: bool) -> list[str]:
    told: list = []
    meeting.journal.listen(told.append)
    group = "goodbye" if line_class is LineClass.FAREWELL else "words"
    clause = clause_of(Lines(meeting.ticket.repertoire).group(group)[0])
    assert clause.line_class is line_class
    meeting.say_clause(clause)
    if not thinking:
        await meeting.settle()
    await meeting.hear(SOUND)
    await meeting.settle()
    for _ in range(60):
        await meeting.advance(meeting.at_s + 0.1)
    return [type(event).__name__ for event in told if isinstance(event, wire.SpeechStarted | wire.SpeechEnded | wire.Hush)]


@pytest.mark.parametrize("thinking", [False, True])
async def test_her_goodbye_is_said_to_its_end_whoever_speaks(meeting: Meeting, thinking: bool):
    assert await barged_in_on(meeting, LineClass.FAREWELL, thinking=thinking) == ["SpeechStarted", "SpeechEnded"]


async def test_with_any_other_line_she_falls_silent_and_listens(meeting: Meeting):
    assert await barged_in_on(meeting, LineClass.AUTHORED, thinking=False) == ["SpeechStarted", "Hush"]


class SomebodyMurmurs:
    """A voice begins, and was no words (or was)."""

    def __init__(self, *then) -> None:
        self._events = [VoiceBegan(0.0), *then]

    def feed(self, pcm: np.ndarray, at_s: float):
        return (self._events.pop(0),) if self._events else ()

    def set_patience(self, silence_s: float) -> None:
        """Any."""

    def set_urgent(self, urgent) -> None:
        """None."""

    def set_understood(self, understood) -> None:
        """Nothing is understood."""


async def _interrupted(meeting: Meeting, *events, after_s: float, line: Line | None = None) -> list:
    told: list = []
    meeting.journal.listen(told.append)
    meeting.rooms.ear = SomebodyMurmurs(*events)
    meeting.say_clause(clause_of(line or Lines(meeting.ticket.repertoire).group("words")[0]))
    await meeting.settle()
    await meeting.advance(meeting.at_s + after_s)
    for _ in range(1 + len(events)):
        await meeting.hear(SOUND)
        await meeting.advance(meeting.at_s + 0.4)
        await meeting.settle()
    return [event for event in told if isinstance(event, wire.SpeechStarted | wire.Hush | wire.Heard)]


async def test_S5_after_a_murmur_she_goes_on_with_what_it_cut_off(meeting: Meeting):
    said = await _interrupted(meeting, Murmured(0.4, 0.3, "Mm."), after_s=0.5)
    assert [type(event).__name__ for event in said] == ["SpeechStarted", "Hush", "SpeechStarted"]
    assert said[0].text and not said[2].text and said[2].line_class is said[0].line_class  # it goes on with the same line


async def test_S5_a_murmur_while_she_thinks_loses_no_answer(meeting: Meeting):
    told: list = []
    meeting.journal.listen(told.append)
    meeting.rooms.ear = SomebodyMurmurs(Murmured(0.4, 0.3, "Mm."))
    await meeting.hear(SOUND)
    meeting.say_clause(clause_of(Lines(meeting.ticket.repertoire).group("words")[0]))
    for _ in range(5):
        await meeting.advance(meeting.at_s + 0.2)
        await meeting.settle()
    assert not [event for event in told if isinstance(event, wire.SpeechStarted)]  # not into their voice
    await meeting.hear(SOUND)
    await meeting.settle()
    assert len([event for event in told if isinstance(event, wire.SpeechStarted)]) == 1


async def test_a_goodbye_that_came_while_they_spoke_is_said_after_their_words(meeting: Meeting):
    told: list = []
    meeting.journal.listen(told.append)
    meeting.rooms.ear = SomebodyMurmurs(Utterance("I know.", 0.0, 0.4))
    lines = Lines(meeting.ticket.repertoire)
    meeting.say_clause(clause_of(lines.group("words")[0]))
    await meeting.hear(SOUND)
    meeting.say_clause(clause_of(lines.group("goodbye")[0]))
    await meeting.hear(SOUND)
    for _ in range(40):
        await meeting.settle()
        await meeting.advance(meeting.at_s + 0.5)
    said = [event.text for event in told if isinstance(event, wire.SpeechStarted)]
    assert lines.group("goodbye")[0].text in said


async def test_S5_a_sob_is_not_talked_into_and_a_clause_is_taken_up_once(meeting: Meeting):
    sob = await _interrupted(meeting, Murmured(3.0, 2.4), after_s=0.5)
    assert [type(event).__name__ for event in sob] == ["SpeechStarted", "Hush"]


async def test_S5_a_line_that_was_mostly_said_is_not_begun_again(meeting: Meeting):
    lines = (line for line in meeting.ticket.repertoire.lines if line.line_class is LineClass.AUTHORED)
    short = next(line for line in lines if len(line.text.split()) <= 5 and "?" not in line.text)
    said = await _interrupted(meeting, Murmured(0.4, 0.3, "Mm."), after_s=3.0, line=short)
    assert [type(event).__name__ for event in said] == ["SpeechStarted", "Hush"]


async def test_a_long_story_is_not_talked_into(meeting: Meeting):
    told: list = []
    meeting.rooms.ear = SomebodyMurmurs()
    await meeting.hear(SOUND)
    meeting.journal.listen(told.append)
    for _ in range(60):
        await meeting.advance(meeting.at_s + 0.5)
        await meeting.settle()
    assert not [event for event in told if isinstance(event, wire.SpeechStarted | wire.BeatEntered)]
    for _ in range(40):  # but whatever became of that voice, the meeting goes on
        await meeting.advance(meeting.at_s + 0.5)
    assert not meeting.floor.taken


async def test_words_keep_the_turn_they_took(meeting: Meeting):
    said = await _interrupted(meeting, Utterance("I was there too.", 0.0, 0.4), after_s=0.5)
    line = said[0].text
    assert [type(event).__name__ for event in said][:3] == ["SpeechStarted", "Hush", "Heard"]
    assert line not in [event.text for event in said[3:] if isinstance(event, wire.SpeechStarted)][:1]


async def test_what_was_hardly_begun_counts_as_not_said(meeting: Meeting):
    meeting.rooms.ear = SomebodyMurmurs(Utterance("Wait.", 0.0, 0.4))
    clause = clause_of(Lines(meeting.ticket.repertoire).group("words")[0])
    for after_s, kept in ((0.3, False), (3.5, True)):
        meeting.floor.keep()
        meeting.said.take_back(clause)
        meeting.speaker.hush(meeting.at_s)
        await meeting.advance(meeting.at_s + 1.0)
        meeting.rooms.ear = SomebodyMurmurs()
        meeting.say_clause(clause)
        await meeting.settle()
        await meeting.advance(meeting.at_s + after_s)
        await meeting.hear(SOUND)
        assert (clause.text in meeting.said.hers) is kept


async def test_a_murmur_is_an_answer_to_her_question(meeting: Meeting):
    meeting.said.add(Clause(0, "Shall I sing it?", LineClass.AUTHORED))
    meeting.rooms.ear = SomebodyMurmurs(Murmured(0.4, 0.3, "Mm-hm."))
    told: list = []
    meeting.journal.listen(told.append)
    await meeting.hear(SOUND)
    await meeting.hear(SOUND)
    assert [event.text for event in told if isinstance(event, wire.Heard)] == ["Mm-hm."]


async def test_S1_stop_ends_even_a_goodbye(meeting: Meeting):
    meeting.say_clause(
        clause_of(Lines(meeting.ticket.repertoire).group("goodbye")[0]),
    )
    await meeting.settle()
    await meeting.take(wire.Typed(text="I want to stop."))
    assert meeting.phase == "stopped"
    assert not meeting.speaker.speaking
    assert not meeting.conversation.farewell
