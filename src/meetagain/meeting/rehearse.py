"""A ticket and a visitor's script come in; a whole meeting is played faster than real time, and its journal and timings go out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.meeting.conversation import Reaction
from meetagain.meeting.journal import Journal
from meetagain.meeting.live import Meeting
from meetagain.meeting.rooms import Rooms
from meetagain.schema import wire
from meetagain.schema.scenario import Beat
from meetagain.store.yaml import YamlProblem, read_yaml

STEP_S = 0.1
RATE_HZ = 16000
LONGEST_S = 3600.0


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing the scripted visitor does, some seconds after a beat begins. Exactly one of say, sound, act, press."""

    after_s: float
    say: str = ""
    sound: str = ""  # a recording, heard through the real hearing room
    act: str = ""
    target: str = ""
    press: str = ""  # the companion's control


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A visitor for a rehearsal: deeds by beat. Where a beat has no deed that ends it, time does."""

    name: str = "visitor"
    beats: dict[str, tuple[Deed, ...]] = {}
    willing: bool = True  # do what a beat waits for, at its target time, when the script says nothing


class Rehearsal(msgspec.Struct, frozen=True):
    """How it went."""

    how: str
    minutes: float
    beats: tuple[str, ...]
    spoken: int
    heard: int
    reactions: tuple[Reaction, ...]
    journal: str


def read_script(path: Path) -> Script:
    """A visitor's script from YAML. Raises MeetAgainError naming what is unclear."""
    try:
        return msgspec.convert(read_yaml(path.read_text("utf-8")) or {}, Script)
    except (YamlProblem, msgspec.ValidationError) as error:
        raise MeetAgainError(issue("script-unclear", path.name, detail=str(error))) from error
    except OSError as error:
        raise MeetAgainError(issue("script-unclear", path.name, detail="it could not be opened")) from error


async def rehearse(
    rooms: Rooms, script: Script, folder: Path | None, decode: Callable[[Path], np.ndarray], where: Path = Path()
) -> Rehearsal:
    """Play a meeting to its end. `decode` gives a recording as (n,) float32 at 16 kHz."""
    journal = Journal(folder)
    events: list[wire.Event] = []
    journal.listen(lambda event: None if isinstance(event, bytes) else events.append(event))
    meeting = Meeting(rooms, journal)
    meeting.presence.console(True)
    await meeting.take(wire.Doorway(adult=True, acknowledged_portrait=True, wants_to_go_in=True, beside_them="companion"))
    meeting.begin()
    visitor = _Visitor(meeting, script, decode, where)
    at_s = 0.0
    while not meeting.over and at_s < LONGEST_S:
        at_s = round(at_s + STEP_S, 3)
        await meeting.advance(at_s)
        await visitor.act(at_s)
        await meeting.settle()
    reactions = tuple(meeting.conversation.reactions)
    how = meeting.ended_how
    await meeting.close()
    return Rehearsal(
        how=how,
        minutes=round(at_s / 60, 2),
        beats=tuple(event.beat for event in events if isinstance(event, wire.BeatEntered)),
        spoken=sum(isinstance(event, wire.SpeechStarted) for event in events),
        heard=sum(isinstance(event, wire.Heard) for event in events),
        reactions=reactions,
        journal=str(folder / "journal.jsonl") if folder else "",
    )


class _Visitor:
    """Does the script's deeds when their time has come."""

    def __init__(self, meeting: Meeting, script: Script, decode: Callable[[Path], np.ndarray], where: Path) -> None:
        self._meeting, self._script, self._decode, self._where = meeting, script, decode, where
        self._beat = ""
        self._todo: list[Deed] = []
        self._sound: list[np.ndarray] = []

    async def act(self, at_s: float) -> None:
        """Whatever is due now."""
        state = self._meeting.state
        if state is None or self._meeting.over:
            return
        if state.beat != self._beat:
            self._beat = state.beat
            self._todo = self._deeds(self._meeting.scenario.beat(state.beat))
        await self._listen()
        since = at_s - state.beat_since_s
        while self._todo and self._todo[0].after_s <= since and not self._sound:
            await self._do(self._todo.pop(0))

    def _deeds(self, beat: Beat) -> list[Deed]:
        deeds = sorted(self._script.beats.get(beat.id, ()), key=lambda deed: deed.after_s)
        if not self._script.willing or any(deed.act or deed.press for deed in deeds):
            return deeds
        return sorted([*deeds, *_willing(beat)], key=lambda deed: deed.after_s)

    async def _do(self, deed: Deed) -> None:
        if deed.sound:
            pcm = self._decode(self._where / deed.sound)
            quiet = np.zeros(RATE_HZ * 3, np.float32)
            samples = np.concatenate([pcm, quiet])
            chunk = int(RATE_HZ * STEP_S)
            self._sound = [samples[i : i + chunk] for i in range(0, len(samples), chunk)]
        elif deed.say:
            await self._meeting.take(wire.Typed(text=deed.say))
        elif deed.press:
            await self._meeting.take(wire.Control(control=deed.press))
        elif deed.act:
            await self._meeting.take(wire.Acted(act=deed.act, target=deed.target))

    async def _listen(self) -> None:
        if self._sound:
            await self._meeting.hear(self._sound.pop(0))


#: Acts that only count when several have been done, and what they are made of.
COMPOSED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "objects_2": (("thing_picked", "one"), ("thing_picked", "two")),
    "wish_and_bite": (("candle_lit", ""), ("candles_out", ""), ("cake_cut", ""), ("bite", "")),
}
WAITED_FOR = frozenset({"next", "time", "quiet_20", "turns_3"})


def _willing(beat: Beat) -> list[Deed]:
    """What a willing visitor does here: the acts of the first exit that a visitor can take, at the beat's target time."""
    wanted = next((exit_.on for exit_ in beat.exits if exit_.on not in WAITED_FOR), "")
    if not wanted:
        return []
    acts: tuple[tuple[str, str], ...] = COMPOSED.get(wanted, ((wanted, ""),))
    start = beat.target_s - 4.0 * (len(acts) - 1)
    return [Deed(after_s=max(beat.min_s, start + 4.0 * i), act=act, target=target) for i, (act, target) in enumerate(acts)]
