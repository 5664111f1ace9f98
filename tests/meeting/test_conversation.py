"""What is said comes out in order, and one line that goes wrong is not the last."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from meetagain.meeting.conversation import Conversation
from meetagain.schema.speech import Clause, LineClass, Speech


class Mouth:
    """A conversation whose voice breaks on one word."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.lost = 0
        self.conversation = Conversation(lambda clause: clause, self._voicing, self._say, self._yes, self._lost)

    def line(self, text: str, line_class: LineClass = LineClass.AUTHORED) -> None:
        self.conversation.line(Clause(turn=1, text=text, line_class=line_class))

    async def _voicing(self, clause: Clause) -> AsyncIterator[tuple[Speech, bool]]:
        await asyncio.sleep(0)
        if "broken" in clause.text:
            raise KeyError(clause.text)
        yield Speech(clause=clause, pcm=b"", rate_hz=24000, visemes=()), True

    def _say(self, speech: Speech) -> None:
        self.said.append(speech.clause.text)

    async def _yes(self, clause: Clause) -> bool:
        return True

    def _lost(self) -> None:
        self.lost += 1


@pytest.fixture
async def mouth():
    one = Mouth()
    yield one
    await one.conversation.close()


async def test_after_a_line_that_goes_wrong_the_next_is_spoken_and_the_companion_knows(mouth: Mouth, caplog: pytest.LogCaptureFixture):
    for text in ("One.", "A broken secret.", "Three."):
        mouth.line(text)
    await asyncio.wait_for(mouth.conversation.settle(), 5)
    assert (mouth.said, mouth.lost, mouth.conversation.busy) == (["One.", "Three."], 1, False)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


async def test_a_mind_that_fails_in_the_middle_of_an_answer_leaves_her_able_to_speak(mouth: Mouth):
    async def failing() -> AsyncIterator[Clause]:
        yield Clause(turn=1, text="I know.", line_class=LineClass.AUTHORED)
        raise ZeroDivisionError

    mouth.conversation.answer(1, failing(), lambda turn: None)
    mouth.line("And then?")
    await asyncio.wait_for(mouth.conversation.settle(), 5)
    assert (mouth.said, mouth.lost) == (["I know.", "And then?"], 1)
