"""A clause comes in, its sound goes out in parts: made ahead, or made now by a voice that may be slow or not answer at all."""

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
REST_S = 12.0  # for what is made while the beginning is heard, and for a goodbye, which is not hurried


class Voicing:
    """The person's voice in one meeting."""

    def __init__(self, rooms: Rooms, notice: Callable[[str, str], None]) -> None:
        self._voice, self._ticket, self._notice = rooms.voice, rooms.ticket, notice
        self._stuck: Aside | None = None  # a call that was given up and has not returned
        self._told = False

    async def __call__(self, clause: Clause) -> AsyncIterator[tuple[Speech, bool]]:
        """The clause as sound, and whether it had been prepared. What has to be made now comes in parts; what cannot be voiced gives none."""
        ready = self._stored(clause)
        if ready is not None:
            yield ready, True
            return
        if self._stuck is not None and self._stuck.running:
            return
        whole = clause.line_class is LineClass.FAREWELL
        for number, part in enumerate((clause.text,) if whole else phrases(clause.text)):
            said = clause if part == clause.text else msgspec.structs.replace(clause, text=as_said(part))
            making = Aside(self._voice.speak, said, self._ticket.voice)
            try:
                speech = await making.within(REST_S if whole or number else FIRST_SOUND_S)
            except MeetAgainError:
                return
            except TimeoutError:
                self._stuck = making
                instead = self._given_up(clause)
                if instead is not None and number == 0:
                    yield instead, True
                return
            yield msgspec.structs.replace(speech, clause=clause, part=number), False

    def _stored(self, clause: Clause) -> Speech | None:
        return stored(clause, self._ticket.voice, Path(self._ticket.folder))

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
