"""A meeting comes in; where it stands, for a reader who comes late, goes out."""

from typing import TYPE_CHECKING

from meetagain.scenario.words import filled
from meetagain.schema import wire
from meetagain.schema.person import Person
from meetagain.schema.scenario import Beat

if TYPE_CHECKING:
    from meetagain.meeting.live import Meeting


def snapshot(meeting: "Meeting") -> wire.Snapshot:
    """Phase, beat and the cues that rebuild the world."""
    ticket, state = meeting.ticket, meeting.state
    return wire.Snapshot(
        at_s=meeting.at_s,
        meeting=ticket.meeting,
        phase=meeting.phase,
        portrait_of=ticket.person.name,
        beat=state.beat if state else "",
        beat_since_s=state.beat_since_s if state else 0.0,
        beats=tuple(beat_state(beat, ticket.person) for beat in meeting.scenario.beats),
        cues=meeting.world.cues(),
        captions=meeting.captions,
        slow=meeting.slow,
        language=ticket.person.settings.language,
        reflexes=meeting.scenario.reflexes,
        seated=meeting.seated,
    )


def beat_state(beat: Beat, person: Person) -> wire.BeatState:
    """One beat as the companion reads it, in words for this person."""
    aim, hint = filled(beat.aim, person), filled(beat.hint, person)
    return wire.BeatState(id=beat.id, aim=aim, hint=hint, min_s=beat.min_s, target_s=beat.target_s, max_s=beat.max_s)
