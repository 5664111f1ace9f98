"""A MeetingTicket comes in, the rooms that the live loop talks to come out, warmed up."""

from pathlib import Path

import msgspec

from meetagain import backends
from meetagain.errors import MeetAgainError, issue
from meetagain.hearing.backend import Ear, HearingBackend
from meetagain.hearing.names import family_names
from meetagain.mind.backend import Mind
from meetagain.mind.kept import read_kept
from meetagain.mind.meaning import meaning
from meetagain.schema.person import Person
from meetagain.schema.speech import Utterance
from meetagain.schema.ticket import MeetingTicket
from meetagain.store.folder import PersonFolder
from meetagain.voice.backend import VoiceBackend


class Rooms(msgspec.Struct):
    """Mind, voice and ear of one meeting. `ear` is None where nobody listens (typed speech only)."""

    mind: Mind
    voice: VoiceBackend
    ear: Ear | None
    ticket: MeetingTicket


def remote_settings(person: Person, room: str, backend: str) -> dict[str, str | bool]:
    """Settings of a backend that talks to an address; of the embedded ones only how quick hearing is. Raises MeetAgainError when not allowed."""
    if room == "hearing" and backend == "embedded":
        return {"speed": person.settings.hearing_speed}
    settings = person.settings.remote.get(room)
    if settings is None or backend == "embedded":
        return {}
    return {**settings, "remote_allowed": person.settings.remote_allowed}


def open_rooms(ticket: MeetingTicket, listen: bool = True, hearing: HearingBackend | None = None) -> Rooms:
    """Load and warm what this meeting needs. Blocking. Raises MeetAgainError with what would mend it."""
    chosen = ticket.person.settings
    meaning().know(read_kept(PersonFolder(Path(ticket.folder))))
    mind = _load("mind", chosen.mind, ticket.person).open(ticket.person, ticket.memory, ticket.repertoire, ticket.seed)
    voice = _load("voice", ticket.voice.backend, ticket.person)
    voice.warm(ticket.voice)
    ear = None
    if listen:
        hearing = hearing or _load("hearing", chosen.hearing, ticket.person)
        hearing.warm(chosen.language)
        ear = hearing.open(chosen.language, names=family_names(ticket.person, ticket.memory.facts))
        ear.set_urgent(lambda text: mind.alarm(Utterance(text, 0.0, 0.0)) == "stop")
    return Rooms(mind=mind, voice=voice, ear=ear, ticket=ticket)


def _load(room: str, name: str, person: Person):
    try:
        return backends.load(room, name, **remote_settings(person, room, name))
    except backends.BackendMissing as error:
        raise MeetAgainError(issue("engine-missing", room, detail=str(error))) from error
