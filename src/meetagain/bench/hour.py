"""So many clauses come in, in led time and with a voice that is quick; what an hour of talk leaves in the memory of the house goes out."""

import asyncio
import gc
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from meetagain.archive.read import read_archive
from meetagain.demo_people import demo_source
from meetagain.meeting.journal import Journal
from meetagain.meeting.live import Meeting
from meetagain.meeting.rooms import Rooms
from meetagain.mind.lines import clause_of, repertoire
from meetagain.mind.told import ToldMind
from meetagain.scenario.packs import load_scenario
from meetagain.schema import wire
from meetagain.schema.artefacts import Likeness, Voice
from meetagain.schema.scenario import Beat, Cue
from meetagain.schema.speech import Clause, LineClass, Speech, VisemeAt
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.store.folder import PersonFolder

CLAUSES = 1200
STEP_S = 0.1
LONG_S = 1e6
WARM = 0.2  # of the talk, until everything that is loaded once is there
QUESTIONS = ("Do you remember the pancakes on Saturday?", "I missed you so much.", "How is your bear?", "What shall we do now?")


class QuickVoice:
    """Any line at once, three seconds long, with a mouth that moves."""

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        shapes = tuple(VisemeAt(n * 2400, "PP" if n % 2 else "aa", 1.0) for n in range(30))
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(2 * 3 * 24000), visemes=shapes)


def meeting_that_goes_on(scratch: Path) -> Meeting:
    """Juni stands there and talks, for as long as one likes."""
    root = demo_source() / "juni"
    person, memory = PersonFolder(root).read_person(), read_archive(root).memory
    story = load_scenario("birthday_in_the_park", "en")
    talk = Beat("words", "", 0.0, LONG_S, LONG_S, enter=(Cue("be", "stand"),), during=(), exits=(), talk="open")
    limits = msgspec.structs.replace(story.limits, target_s=LONG_S, soft_end_s=LONG_S, hard_return_s=LONG_S)
    ticket = MeetingTicket(
        meeting="hour",
        folder=str(scratch),
        person=person,
        likeness=Likeness(file="", height_m=1.2, eye_height_m=1.1, joints=(), blendshapes=(), triangles=0, style="portrait"),
        motion=None,
        voice=Voice(backend="quick", name="quick", rate_hz=24000, language="en"),
        memory=memory,
        repertoire=(lines := repertoire(person, memory)),
        scenario=msgspec.structs.replace(story, first="words", beats=(talk,), limits=limits),
        visitor=Visitor(),
        safeguards=Safeguards(),
    )
    rooms = Rooms(ToldMind().open(person, memory, lines, 0), QuickVoice(), None, ticket)
    return Meeting(rooms, Journal(scratch / "meetings" / "hour"))


async def talked(meeting: Meeting, clauses: int, size: Callable[[], float], questions: Sequence[str] = QUESTIONS) -> tuple[float, float]:
    """(seconds of meeting, how much `size` grew since the talk was warm). Every third time the visitor asks; else she says a line."""
    lines = [line for line in meeting.ticket.repertoire.lines if line.line_class is not LineClass.FAREWELL]
    said, asked, warm = 0, 0, 0.0

    def heard(message: wire.Event | bytes) -> None:
        nonlocal said
        said += isinstance(message, wire.SpeechStarted)

    meeting.journal.listen(heard)
    for report in (wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True), wire.Acted(act="entered")):
        await meeting.take(report)
    while said < clauses:
        if asked % 3 == 0:
            await meeting.take(wire.Typed(text=questions[asked // 3 % len(questions)]))
        else:
            meeting.say_clause(clause_of(lines[asked % len(lines)], meeting.turn))
        asked += 1
        await meeting.settle()
        while True:
            await meeting.advance(meeting.at_s + STEP_S)
            await meeting.take(wire.Moved(head=(0, 1.6, 0, 0, 0, 0, 1), left=None, right=None, distance_m=1.0))
            if not meeting.speaker.speaking:
                break
        if warm == 0.0 and said >= WARM * clauses:
            warm = size()
    return meeting.at_s, size() - warm


def rss_mb() -> float:
    """The memory of this process, megabytes; 0 where the system does not tell."""
    gc.collect()
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def an_hour(scratch: Path, clauses: int = CLAUSES) -> dict[str, float]:
    """Figures of docs/benches.md that need no browser."""

    async def held() -> tuple[float, float]:
        meeting = meeting_that_goes_on(scratch)
        try:
            return await talked(meeting, clauses, rss_mb)
        finally:
            await meeting.close()

    seconds, grew_mb = asyncio.run(held())
    return {"hour_minutes": seconds / 60, "hour_rss_growth_mb": grew_mb}
