"""A built folder, a visitor and safeguards come in; a MeetingTicket goes out, or the sentence that says what is missing."""

from pathlib import Path

from meetagain.care.consent import may_build
from meetagain.errors import MeetAgainError, issue
from meetagain.prepare.stages import STAGES, Work
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor


def issue_ticket(root: Path, visitor: Visitor, safeguards: Safeguards, meeting_id: str, seed: int) -> MeetingTicket:
    """Everything one meeting is made of. Raises MeetAgainError when the person is not built or consent is not complete."""
    work = Work(root, lambda label, share: None)
    for stop in may_build(work.person):
        raise MeetAgainError(stop)
    likeness = work.folder.read_json("likeness.json", Likeness)
    motion = work.folder.read_json("motion.json", Motion)
    voice = work.folder.read_json("voice.json", Voice)
    stale = [stage for stage in STAGES if not work.fresh(stage)]
    if likeness is None or voice is None or stale:
        raise MeetAgainError(issue("not-built", name=work.person.name, path=str(root)))
    return MeetingTicket(
        meeting=meeting_id,
        folder=str(root),
        person=work.person,
        likeness=likeness,
        motion=motion,
        voice=voice,
        memory=work.archive.memory,
        repertoire=work.repertoire,
        scenario=work.scenario,
        visitor=visitor,
        safeguards=safeguards,
        seed=seed,
        things={item.id: item.note for item in work.archive.items if item.note},
    )
