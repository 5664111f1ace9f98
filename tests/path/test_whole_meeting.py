"""A whole meeting through the real story, mind, guard and live loop; only the voice is a quiet stand-in of the right length."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from meetagain.archive.read import read_archive
from meetagain.meeting.journal import Journal, read_journal
from meetagain.meeting.live import Meeting
from meetagain.meeting.presence import LINK_PATIENCE_S, STOPPED_PATIENCE_S
from meetagain.meeting.rehearse import Deed, Script, rehearse
from meetagain.meeting.rooms import Rooms
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.scenario.packs import load_scenario
from meetagain.schema import wire
from meetagain.schema.artefacts import Likeness, Voice
from meetagain.schema.speech import Clause, LineClass, Speech
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.store.folder import PersonFolder

DEMO = Path(__file__).parents[2] / "demo"
BEATS = ["quiet", "signs", "appear", "words", "touch", "along", "show", "table", "play", "unsaid", "letter", "tired", "goodbye", "return"]


class QuietVoice:
    """Silence as long as the words take."""

    def choose(self, person, archive) -> Voice:
        return Voice(backend="quiet", name="quiet", rate_hz=24000, language="en")

    def warm(self, voice: Voice) -> None:
        pass

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(2 * 1600 * max(6, len(clause.text))), visemes=())


def rooms(who: str, folder: Path, seed: int = 0) -> Rooms:
    person = PersonFolder(DEMO / who).read_person()
    memory = read_archive(DEMO / who).memory
    voice = QuietVoice()
    ticket = MeetingTicket(
        meeting="m",
        folder=str(folder),
        person=person,
        likeness=Likeness(file="", height_m=1.2, eye_height_m=1.1, joints=(), blendshapes=(), triangles=0, style="portrait"),
        motion=None,
        voice=voice.choose(person, None),
        memory=memory,
        repertoire=(lines := repertoire(person, memory)),
        scenario=load_scenario("birthday_in_the_park", "en"),
        visitor=Visitor(),
        safeguards=Safeguards(),
        seed=seed,
    )
    return Rooms(mind=ToldMind().open(person, memory, lines, seed), voice=voice, ear=None, ticket=ticket)


def no_sound(path: Path) -> np.ndarray:
    raise AssertionError("no recording in this script")


TALK = Script(
    beats={
        "words": (
            Deed(after_s=6, say="I missed you so much."),
            Deed(after_s=20, say="What did you call peas?"),
            Deed(after_s=40, say="Do you remember our trip to Paris?"),
        ),
        "unsaid": (Deed(after_s=10, say="I'm sorry I was late that day."), Deed(after_s=50, say="That's all.")),
    }
)


@pytest.mark.parametrize("who", ["juni", "matti"])
async def test_a_willing_visitor_comes_through_all_fourteen_beats_to_the_goodbye(who: str, tmp_path: Path):
    result = await rehearse(rooms(who, tmp_path), TALK, tmp_path, no_sound)
    assert result.beats == tuple(BEATS)
    assert result.how == "farewell"
    assert 8 < result.minutes < 25
    spoken = [event for event in read_journal(tmp_path / "journal.jsonl") if isinstance(event, wire.SpeechStarted)]
    assert spoken[-1].line_class is LineClass.FAREWELL


async def test_H3_no_invented_memories_every_claim_in_the_journal_cites_one(tmp_path: Path):
    used = rooms("juni", tmp_path)
    await rehearse(used, TALK, tmp_path, no_sound)
    ids = {fact.id for fact in used.ticket.memory.facts if fact.share != "never"}
    spoken = [event for event in read_journal(tmp_path / "journal.jsonl") if isinstance(event, wire.SpeechStarted)]
    for event in spoken:
        assert event.cites or event.line_class is not LineClass.GROUNDED
        assert set(event.cites) <= ids
    assert any(event.cites == ("j21",) for event in spoken)
    assert any(event.line_class is LineClass.NOT_KNOWING for event in spoken)


async def test_the_same_meeting_twice_gives_the_same_journal(tmp_path: Path):
    for name in ("one", "two"):
        await rehearse(rooms("juni", tmp_path, seed=4), TALK, tmp_path / name, no_sound)
    assert (tmp_path / "one" / "journal.jsonl").read_bytes() == (tmp_path / "two" / "journal.jsonl").read_bytes()


async def test_S4_a_soft_ending_from_any_beat_reaches_the_goodbye_within_a_minute(tmp_path: Path):
    for beat in BEATS[:-3]:
        script = Script(beats={beat: (Deed(after_s=2, press="soft_end"),)})
        folder = tmp_path / beat
        await rehearse(rooms("juni", folder), script, folder, no_sound)
        entered = [event for event in read_journal(folder / "journal.jsonl") if isinstance(event, wire.BeatEntered)]
        pressed = next(event.at_s for event in entered if event.why == "soft_end")
        left = next(event.at_s for event in entered if event.beat == "return")
        assert [event.beat for event in entered][-3:] == ["tired", "goodbye", "return"], beat
        assert left - pressed <= 60, beat


async def start(folder: Path) -> tuple[Meeting, list]:
    meeting = Meeting(rooms("juni", folder), Journal(None))
    events: list = []
    meeting.journal.listen(lambda event: None if isinstance(event, bytes) else events.append(event))
    await meeting.take(wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True))
    await meeting.take(wire.Acted(act="entered"))
    for step in range(1, 500):
        await meeting.advance(step * 0.5)
        await meeting.settle()
        if meeting.state is not None and meeting.state.beat == "words":
            break
    return meeting, events


async def test_H1_nothing_begins_before_the_visitor_said_yes_to_each(tmp_path: Path):
    for missing in ("adult", "acknowledged_portrait", "wants_to_go_in"):
        meeting = Meeting(rooms("juni", tmp_path), Journal(None))
        said = {"adult": True, "acknowledged_portrait": True, "wants_to_go_in": True, missing: False}
        await meeting.take(wire.Doorway(**said))
        await meeting.take(wire.Acted(act="entered"))
        assert meeting.phase == "doorway", missing
        assert meeting.state is None


async def test_S1_the_stop_word_stops_and_she_falls_silent_at_once(tmp_path: Path):
    meeting, events = await start(tmp_path)
    await meeting.take(wire.Typed(text="Stop."))
    assert meeting.phase == "stopped"
    assert not meeting.speaker.speaking
    said_before = sum(isinstance(event, wire.SpeechStarted) for event in events)
    for step in range(100):
        await meeting.advance(500 + step * 0.5)
        await meeting.settle()
    assert sum(isinstance(event, wire.SpeechStarted) for event in events) == said_before
    veils = [event.cue.target for event in events if isinstance(event, wire.CueFired) and event.cue.kind == "veil"]
    assert veils[-1] == "on"


async def test_A4_words_of_harm_calm_the_place_and_call_the_companion(tmp_path: Path):
    meeting, events = await start(tmp_path)
    await meeting.take(wire.Typed(text="I want to come with you."))
    await meeting.settle()
    assert meeting.phase == "calm"
    assert any(isinstance(event, wire.Noticed) and event.level == "act" for event in events)
    spoken = [event for event in events if isinstance(event, wire.SpeechStarted)]
    await meeting.advance(meeting.at_s + 20)
    spoken = [event for event in events if isinstance(event, wire.SpeechStarted)]
    assert spoken[-1].line_class is LineClass.CARE


async def test_only_lines_that_the_family_approved_are_voiced_whoever_asks(tmp_path: Path):
    meeting, events = await start(tmp_path)
    before = len(events)
    await meeting.take(wire.Control(control="say", args={"text": "I am waiting for you in heaven."}))
    await meeting.settle()
    assert not any(isinstance(event, wire.SpeechStarted) and "heaven" in event.text for event in events)
    assert any(isinstance(event, wire.Noticed) for event in events[before:])


async def test_a_late_reader_stands_where_the_meeting_stands(tmp_path: Path):
    meeting, _ = await start(tmp_path)
    snapshot = meeting.snapshot()
    assert (snapshot.phase, snapshot.beat, len(snapshot.beats)) == ("running", "words", 14)
    kinds = {cue.kind for cue in snapshot.cues}
    assert {"place", "light", "be"} <= kinds
    assert "say" not in kinds
    assert msgspec.json.decode(msgspec.json.encode(snapshot), type=wire.Event) == snapshot


async def test_a_lost_link_is_waited_for_and_then_the_meeting_ends_gently(tmp_path: Path):
    meeting, _ = await start(tmp_path)
    now = meeting.at_s
    meeting.link(False)
    await meeting.advance(now + LINK_PATIENCE_S - 1)
    assert not meeting.over
    meeting.link(True)
    await meeting.advance(now + LINK_PATIENCE_S + 5)
    assert not meeting.over
    meeting.link(False)
    await meeting.advance(now + 2 * LINK_PATIENCE_S + 6)
    assert meeting.ended_how == "link_lost"


async def test_after_a_stop_the_meeting_waits_for_the_companion_and_then_closes_as_stopped(tmp_path: Path):
    meeting, events = await start(tmp_path)
    await meeting.take(wire.StopAsked(how="key"))
    meeting.link(False)
    left = meeting.at_s
    assert not any(isinstance(event, wire.Noticed) and "not connected" in event.text for event in events)
    await meeting.advance(left + STOPPED_PATIENCE_S - 1)
    await meeting.take(wire.Control(control="note", args={"text": "She cried, and wants to come again."}))
    await meeting.advance(left + STOPPED_PATIENCE_S + 5)
    assert meeting.phase == "stopped"
    await meeting.advance(left + 2 * STOPPED_PATIENCE_S + 5)
    assert meeting.ended_how == "stop"
    assert [event.how for event in events if isinstance(event, wire.MeetingEnded)] == ["stop"]


async def test_after_a_stop_nothing_ends_while_the_visitor_is_still_there(tmp_path: Path):
    meeting, _ = await start(tmp_path)
    await meeting.take(wire.StopAsked(how="hands"))
    await meeting.advance(meeting.at_s + 3 * STOPPED_PATIENCE_S)
    assert meeting.phase == "stopped"


async def test_how_the_headset_does_is_told_and_never_kept(tmp_path: Path):
    meeting = Meeting(rooms("juni", tmp_path), Journal(tmp_path))
    told: list = []
    meeting.journal.listen(told.append)
    await meeting.take(wire.Health(fps=72, battery=0.8, mic_level=0.01, microphone=True, immersive=True))
    await meeting.take(wire.Health(fps=71, battery=0.8, mic_level=0.02, microphone=True, immersive=True))
    assert meeting.presence.health == told[-1]
    assert (told[-1].fps, told[-1].microphone) == (71, True)
    await meeting.close()
    assert "HealthTold" not in (tmp_path / "journal.jsonl").read_text()


async def test_she_laughs_when_they_play_with_her_own_recorded_laugh_where_there_is_one(tmp_path: Path):
    for who, heard in (("juni", 1), ("matti", 0)):
        folder = tmp_path / who
        await rehearse(rooms(who, folder), Script(), folder, no_sound)
        events = list(read_journal(folder / "journal.jsonl"))
        laughs = [event for event in events if isinstance(event, wire.CueFired) and event.cue.kind == "act" and event.cue.target == "laugh"]
        assert laughs, who
        spoken = [event.text for event in events if isinstance(event, wire.SpeechStarted)]
        assert spoken.count("(laughs)") == heard, who


async def test_candles_that_were_blown_out_together_are_not_lit_again(tmp_path: Path):
    deeds = tuple(Deed(after_s=6 + 3 * n, act=act) for n, act in enumerate(("candle_lit", "candles_out")))
    await rehearse(rooms("juni", tmp_path), Script(beats={"table": deeds}), tmp_path, no_sound)
    candles = [
        event.cue.args["state"]
        for event in read_journal(tmp_path / "journal.jsonl")
        if isinstance(event, wire.CueFired) and event.cue.kind == "prop" and event.cue.target == "candles"
    ]
    assert candles[:2] == ["on", "out"] and "lit" not in candles


async def test_what_the_companion_reads_speaks_of_this_person(tmp_path: Path):
    for who, word in (("juni", "stroke her hair, hug her"), ("matti", "stroke his hair, hug him")):
        beats = {beat.id: beat for beat in Meeting(rooms(who, tmp_path), Journal(None)).snapshot().beats}
        assert word in beats["touch"].hint
        assert beats["touch"].aim.startswith(("Juni", "Matti"))
        assert not any(sign in beat.aim + beat.hint for beat in beats.values() for sign in "{}")


async def test_read_as_the_visitor_lives_it_nothing_is_said_twice_but_what_is_meant_to_return(tmp_path: Path):
    for who in ("juni", "matti"):
        folder = tmp_path / who
        await rehearse(rooms(who, folder), Script(), folder, no_sound)
        spoken = [event.text for event in read_journal(folder / "journal.jsonl") if isinstance(event, wire.SpeechStarted) and event.text]
        song = PersonFolder(DEMO / who).read_person().character.lines["signs"][0]
        again = {text for text in spoken if spoken.count(text) > 1} - {song}
        assert again == set()


async def test_the_letter_that_is_given_is_the_letter_that_is_read(tmp_path: Path):
    for who, letter in (("juni", "j27"), ("matti", "m15")):
        folder = tmp_path / who
        await rehearse(rooms(who, folder), Script(), folder, no_sound)
        beat, cited = "", []
        for event in read_journal(folder / "journal.jsonl"):
            beat = event.beat if isinstance(event, wire.BeatEntered) else beat
            if isinstance(event, wire.SpeechStarted) and beat in ("letter", "tired") and event.cites:
                cited.append(event.cites[0])
        assert cited[0] == letter


async def test_nobody_answers_who_is_not_there_or_has_fallen_asleep(tmp_path: Path):
    asking = {
        beat: (Deed(after_s=5 if beat != "goodbye" else 25, say="What did you call peas?"),) for beat in ("quiet", "goodbye", "return")
    }
    await rehearse(rooms("juni", tmp_path), Script(beats=asking), tmp_path, no_sound)
    journal = list(read_journal(tmp_path / "journal.jsonl"))
    heard = [event.at_s for event in journal if isinstance(event, wire.Heard)]
    assert len(heard) == 3
    said = [event.at_s for event in journal if isinstance(event, wire.SpeechStarted) and "j21" in event.cites]
    assert not any(0 <= answered - asked < 8 for asked in heard for answered in said)
