"""A built folder, a visitor and safeguards come in; a MeetingTicket goes out, or the sentence that says what is missing."""

from pathlib import Path

from meetagain.care.consent import may_build
from meetagain.errors import MeetAgainError, issue
from meetagain.prepare.photographs import take_back
from meetagain.prepare.stages import STAGES, UNNEEDED, Work
from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.ticket import MeetingTicket, Safeguards, Thing, Visitor


def issue_ticket(root: Path, visitor: Visitor, safeguards: Safeguards, meeting_id: str, seed: int) -> MeetingTicket:
    """Everything one meeting is made of. Raises MeetAgainError when the person is not built or consent is not complete."""
    work = Work(root, lambda label, share: None)
    for stop in may_build(work.person):
        raise MeetAgainError(stop)
    take_back(work.folder, work.person, work.archive, work.faces)
    likeness = work.folder.read_json("likeness.json", Likeness)
    motion = work.folder.read_json("motion.json", Motion)
    voice = work.folder.read_json("voice.json", Voice)
    stale = [stage for stage in STAGES if stage not in UNNEEDED and not work.fresh(stage)]
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
        things=_things(work.archive),
    )


def taken_back(root: Path) -> bool:
    """Take the portrait of a folder away where it was made with what is not to be used any more; True where none is there then."""
    work = Work(root, lambda label, share: None)
    take_back(work.folder, work.person, work.archive, work.faces)
    return not (work.folder.build / "likeness.vrm").is_file()


def _things(archive: Archive) -> dict[str, Thing]:
    """What can be picked up: a caption, and the memory that the keeper named for it or that was found in it."""
    ids = {fact.id for fact in archive.memory.facts if fact.open}
    found_in = {fact.item: fact.id for fact in archive.memory.facts if fact.item and fact.open}
    return {
        item.id: Thing(item.note, item.line if item.line in ids else found_in.get(item.id, ""))
        for item in archive.items
        if item.kind in (ItemKind.PHOTO, ItemKind.TEXT)
    }
