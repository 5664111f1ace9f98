"""A clause comes in, its sound goes out in parts: made ahead, or made now by a voice that may be slow or not answer at all."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from meetagain.errors import MeetAgainError
from meetagain.meeting.aside import Aside
from meetagain.meeting.rooms import Rooms
from meetagain.meeting.trouble import VOICELESS
from meetagain.mind.lines import Lines, clause_of
from meetagain.schema.speech import Clause, LineClass, Speech
from meetagain.voice.cache import stored
from meetagain.voice.phrases import as_said, phrases

FIRST_SOUND_S = 6.0  # of silence; then the line is given up
NOTHING_TO_HEAR = "line-unvoiced"  # a line that is only something done
REST_S = 12.0  # for what is made while the beginning is heard, and for a goodbye, which is not hurried


class _Begun(msgspec.Struct):
    """A clause that is being made before it is sure that it will be said."""

    text: str
    expression: str
    parts: list[Aside] = []


class Voicing:
    """The person's voice in one meeting."""

    def __init__(self, rooms: Rooms, notice: Callable[[str, str], None]) -> None:
        self._voice, self._ticket, self._notice = rooms.voice, rooms.ticket, notice
        self._folder = Path(rooms.ticket.folder)
        self._stuck: Aside | None = None  # a call that was given up and has not returned
        self._told = False
        self._begun: _Begun | None = None  # what will probably be said next
        self._early: Aside | None = None  # the last call for such words; one that hangs is not joined by others
        # what may never be said is not sent to another program
        self._far = rooms.ticket.voice.backend != "embedded" and "voice" in rooms.ticket.person.settings.remote

    async def ahead(self, clause: Clause) -> None:
        """Make the sound of a clause that will probably be said, while the visitor may still go on. Nothing is said or told by it."""
        busy = [making for making in (self._stuck, self._early) if making is not None and making.running]
        if self._far or busy or self._stored(clause) is not None:
            return
        begun = self._begun = _Begun(*_sounding(clause))
        for part in _parts(clause):
            if self._begun is not begun:
                return
            begun.parts.append(making := self._making(clause, part))
            self._early = making
            making.result.add_done_callback(_seen)
            await asyncio.wait({making.result})
            if making.result.exception() is not None:
                begun.parts.pop()
                return

    async def __call__(self, clause: Clause) -> AsyncIterator[tuple[Speech, bool]]:
        """The clause as sound, and whether it had been prepared. What has to be made now comes in parts; what cannot be voiced gives none."""
        ready = self._stored(clause)
        if ready is not None:
            yield ready, True
            return
        if self._stuck is not None and self._stuck.running:
            return
        whole = clause.line_class is LineClass.FAREWELL
        begun, self._begun = self._begun, None
        ready_parts = begun.parts if begun is not None and (begun.text, begun.expression) == _sounding(clause) else []
        for number, part in enumerate(_parts(clause)):
            making = ready_parts[number] if number < len(ready_parts) else self._making(clause, part)
            try:
                speech = await making.within(REST_S if whole or number else FIRST_SOUND_S)
            except MeetAgainError as error:
                instead = None if error.issue.code == NOTHING_TO_HEAR else self._given_up(clause)
                if instead is not None and number == 0:
                    yield instead, True
                return
            except TimeoutError:
                self._stuck = making
                instead = self._given_up(clause)
                if instead is not None and number == 0:
                    yield instead, True
                return
            self._told = False  # the voice is there: if it fails again, that is told again
            yield msgspec.structs.replace(speech, clause=clause, part=number), False

    def _making(self, clause: Clause, part: str) -> Aside:
        said = clause if part == clause.text else msgspec.structs.replace(clause, text=as_said(part))
        return Aside(self._voice.speak, said, self._ticket.voice)

    def _stored(self, clause: Clause) -> Speech | None:
        return stored(clause, self._ticket.voice, self._folder)

    def _given_up(self, clause: Clause) -> Speech | None:
        """The companion is told, once; a small sound that was made ahead stands for the line, if there is one."""
        if self._told:
            return None
        self._told = True
        self._notice("look", VOICELESS)
        if clause.line_class is LineClass.FAREWELL:
            return None
        small = (clause_of(line, clause.turn) for line in Lines(self._ticket.repertoire).group("filler"))
        return next((sound for one in small if (sound := self._stored(one)) is not None), None)


def _parts(clause: Clause) -> tuple[str, ...]:
    """A goodbye is made whole."""
    return (clause.text,) if clause.line_class is LineClass.FAREWELL else phrases(clause.text)


def _sounding(clause: Clause) -> tuple[str, str]:
    """Two clauses alike in this sound alike."""
    return clause.text, clause.expression


def _seen(result: asyncio.Future[Speech]) -> None:
    """A failure of what nobody waits for is no news: whoever needs the line makes it again."""
    if not result.cancelled():
        result.exception()
