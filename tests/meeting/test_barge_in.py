"""The visitor begins to speak while she does: she falls silent, but her goodbye is said to its end."""

import numpy as np
import pytest

from meetagain.meeting.live import Meeting
from meetagain.mind.lines import Lines, clause_of
from meetagain.schema import wire
from meetagain.schema.speech import LineClass

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


async def test_S1_stop_ends_even_a_goodbye(meeting: Meeting):
    meeting.say_clause(
        clause_of(Lines(meeting.ticket.repertoire).group("goodbye")[0]),
    )
    await meeting.settle()
    await meeting.take(wire.Typed(text="I want to stop."))
    assert meeting.phase == "stopped"
    assert not meeting.speaker.speaking
    assert not meeting.conversation.farewell
