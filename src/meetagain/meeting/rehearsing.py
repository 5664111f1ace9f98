"""A built folder and a script's path come in; a rehearsal is held, and its report in plain lines goes out."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from meetagain.archive.sound import sound_of
from meetagain.meeting.rehearse import RATE_HZ, Rehearsal, Script, read_script, rehearse
from meetagain.meeting.rooms import open_rooms
from meetagain.prepare.ticket import issue_ticket
from meetagain.schema.ticket import Safeguards, Visitor


async def hold_rehearsal(root: Path, script_file: Path | None, seed: int, say: Callable[[str], None]) -> tuple[list[str], Path]:
    """Play the meeting; (lines of the report, the meeting's folder). Raises MeetAgainError."""
    script = read_script(script_file) if script_file else Script()
    meeting_id = f"rehearsal-{datetime.now():%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}"
    ticket = issue_ticket(root, Visitor(name=script.name), Safeguards(), meeting_id, seed)
    hears = any(deed.sound for deeds in script.beats.values() for deed in deeds)
    rooms = open_rooms(ticket, listen=hears)
    folder = root / "meetings" / meeting_id
    say(f"Rehearsing with {ticket.person.name} ...")
    where = script_file.parent if script_file else Path()
    result = await rehearse(rooms, script, folder, lambda path: sound_of(path, RATE_HZ), where)
    return report_lines(result), folder


def report_lines(result: Rehearsal) -> list[str]:
    """What happened, to read."""
    lines = [
        f"Ended: {result.how}, after {result.minutes:.1f} minutes of meeting.",
        f"Parts: {', '.join(result.beats)}",
        f"Said {result.spoken} lines, heard {result.heard}.",
    ]
    for prepared in (True, False):
        waits = sorted(reaction.ms for reaction in result.reactions if reaction.prepared is prepared)
        if waits:
            kind = "prepared" if prepared else "live"
            lines.append(
                f"Time to the first sound of an answer, {kind} lines: median {waits[len(waits) // 2]:.0f} ms, longest {waits[-1]:.0f} ms."
            )
    return lines
