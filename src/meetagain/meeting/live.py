"""Reports, sound and time come in; Events go out: one meeting from the doorway to the goodbye."""

import asyncio
import logging

import numpy as np

from meetagain.care.doorway import may_begin
from meetagain.hearing.backend import HearingEvent, Murmured, Unheard, VoiceBegan, VoicePaused
from meetagain.meeting import standing
from meetagain.meeting.calling import Calling
from meetagain.meeting.controls import Controls
from meetagain.meeting.conversation import Conversation, with_manner
from meetagain.meeting.floor import Floor
from meetagain.meeting.foresight import Foresight
from meetagain.meeting.journal import Journal, WorldSoFar
from meetagain.meeting.missed import Missed
from meetagain.meeting.presence import Presence
from meetagain.meeting.review import Review
from meetagain.meeting.rooms import Rooms
from meetagain.meeting.said import Said
from meetagain.meeting.speaker import Speaker
from meetagain.meeting.trouble import STUMBLED, UNCONNECTED, UNSAID, place_of
from meetagain.meeting.voicing import Voicing
from meetagain.mind.acts import acts_in
from meetagain.mind.guard import judge
from meetagain.mind.lines import Lines
from meetagain.scenario import director
from meetagain.schema import wire
from meetagain.schema.scenario import Cue
from meetagain.schema.speech import Clause, Speech, Utterance
from meetagain.schema.ticket import Thing, Visitor

log = logging.getLogger(__name__)

PATIENCE_S = {"open": 0.7, "short": 0.6, "listen": 2.5, "approved_only": 0.8, "none": 0.7}


class Meeting:
    """The live loop. Time only comes in through `advance`; calls must not overlap (the server keeps one order)."""

    def __init__(self, rooms: Rooms, journal: Journal) -> None:
        ticket = rooms.ticket
        self.ticket, self.rooms, self.journal = ticket, rooms, journal
        self.scenario = ticket.scenario
        self.at_s = 0.0
        self.phase = "doorway"
        self.world = WorldSoFar()
        self._lines = Lines(ticket.repertoire)
        self.speaker = Speaker(journal)
        self.presence = Presence(journal)
        self.review = Review(ticket.safeguards.review)
        self.voicing = Voicing(rooms, self.notice)
        self.conversation = Conversation(self._judged, self.voicing, self._say, self.review.passes, lambda: self.notice("look", UNSAID))
        self._foresight = Foresight(self)
        self.controls = Controls(self)
        self.missed = Missed(self)
        self._calling = Calling(self.presence, ticket.person.settings.language, self.notice, lambda: self.controls.press("calm", {}))
        self.captions, self.slow, self.seated = ticket.safeguards.captions, ticket.safeguards.slow, False
        self.ended_how = ""
        self.state: director.DirectorState | None = None
        self.turn = 0
        self.said = Said(ticket.memory.facts)
        self.holding = ""  # caption of what was picked up last
        self._lifted: Thing | None = None  # until its memory was told
        self.floor = Floor(self.speaker, self.conversation, self.said)
        self._was_busy = False
        self._stumbled = False

    # --- what the server asks ---------------------------------------------------------------------------------------

    def snapshot(self) -> wire.Snapshot:
        """Where the meeting stands now."""
        return standing.snapshot(self)

    @property
    def over(self) -> bool:
        """Whether the meeting has ended, in whatever way."""
        return bool(self.ended_how)

    @property
    def private(self) -> frozenset[str]:
        """Memories that are for the visitor's ears alone."""
        return frozenset(fact.id for fact in self.ticket.memory.facts if fact.share == "visitor")

    @property
    def hears(self) -> bool:
        """Whether the visitor's voice is listened to."""
        return self.rooms.ear is not None and self.state is not None and not self.over

    async def settle(self) -> None:
        """For clocks that are led from outside."""
        await self.conversation.settle()

    async def close(self) -> None:
        """Put everything down."""
        if not self.over and self.phase != "doorway":
            self._end("closed")
        self._foresight.drop()
        await self.conversation.close()
        self.journal.close()

    # --- time --------------------------------------------------------------------------------------------------------

    async def advance(self, at_s: float) -> None:
        """It is now `at_s`, which never goes back."""
        self.at_s = max(self.at_s, at_s)
        if self.state is None or self.over:
            return
        nobody_came = self.presence.waited_for(self.phase, self.at_s)
        if nobody_came:
            self._end(nobody_came)
            return
        if self.phase != "stopped":
            self.speaker.advance(self.at_s)
            self._tell_busy()
        self.floor.advance(self.at_s)
        if not self.floor.taken:  # a story that is told is not talked into, however long
            self._story(director.At(at_s=self.at_s))

    # --- reports -----------------------------------------------------------------------------------------------------

    async def take(self, report: wire.Report) -> None:
        """One report of the visitor's or the companion's page. Rights are the server's matter."""
        match report:
            case wire.Doorway():
                self._doorway(report)
            case wire.Acted(act="entered"):
                self.begin()
            case wire.Acted(act, target):
                self._acted(act, target)
            case wire.Moved():
                self.presence.moved(report, self.at_s)
            case wire.Health():
                self.presence.does(report, self.at_s)
            case wire.Microphone(on):
                self.presence.microphone(on, self.at_s)
            case wire.Typed(text):
                self.heard(Utterance(text=text.strip(), started_s=self.at_s, ended_s=self.at_s, typed=True))
            case wire.Played(clause, _, finished):
                if finished:
                    self.speaker.heard_to_the_end(clause, self.at_s)
            case wire.Control(control, args):
                self.presence.companion_acted(self.at_s)
                self.controls.press(control, args)
            case wire.StopAsked(how):
                self.stop(how)
            case _:
                pass

    def begin(self) -> None:
        """The visitor goes in: the story starts. Does nothing before their own yes, or a second time."""
        if self.state is not None or self.phase != "ready":
            return
        self._set_phase("running", "start")
        self._foresight.listen()
        self._perform(director.begin(self.scenario, slow=self.slow, seed=self.ticket.seed))

    def link(self, there: bool) -> None:
        """The visitor's page is connected, or was lost."""
        if there:
            self.presence.came()
            return
        if self.phase in ("doorway", "ready") or self.over:
            return
        self.presence.left(self.at_s)
        if self.phase != "stopped":
            self.notice("act", UNCONNECTED)

    async def hear(self, pcm: np.ndarray) -> None:
        """The next samples, (n,) float32 at 16 kHz, ending now. Waits until they are understood; see Listening."""
        if self.hears:
            for event in await asyncio.to_thread(self.rooms.ear.feed, pcm, self.at_s):
                self.take_hearing(event)

    # --- hearing -----------------------------------------------------------------------------------------------------

    def take_hearing(self, event: HearingEvent) -> None:
        """What came of the visitor's voice."""
        if isinstance(event, VoiceBegan):
            self.journal.write(wire.Listening(at_s=self.at_s, speaking=True))
            self.floor.take(self.at_s, self._where())
        elif isinstance(event, VoicePaused):
            self.journal.write(wire.Listening(at_s=self.at_s, speaking=False))
        elif isinstance(event, Murmured):
            self._murmured(event)
        elif isinstance(event, Unheard):
            self.missed.words()
        else:
            self.heard(event)

    def _murmured(self, murmur: Murmured) -> None:
        """Listening, laughter, tears: it is a word only as an answer to her question; else it gives her back the word that it took."""
        if murmur.text and self.said.asked and not self.speaker.speaking and not self.conversation.busy:
            self.heard(Utterance(text=murmur.text, started_s=self.at_s, ended_s=self.at_s))
            return
        rests = self.floor.give_back(self.at_s, murmur.voiced_s, self._where())
        self._story(director.VisitorSpoke(at_s=self.at_s))
        for rest in rests:
            self._say(rest)

    def _where(self) -> str:
        return f"{self.phase} {self.state.beat if self.state is not None else ''}"

    def heard(self, utterance: Utterance) -> None:
        """The visitor said something, spoken or typed: one road for both."""
        if not utterance.text or self.state is None or self.over:
            return
        self.turn += 1
        turn = self.turn
        self.floor.keep()
        self.journal.write(wire.Heard(at_s=self.at_s, turn=turn, text=utterance.text, typed=utterance.typed))
        alarm = self.rooms.mind.alarm(utterance, self.walking, self.said.theirs)
        if alarm == "stop":
            self.stop("word")
            return
        self.said.heard(utterance.text)
        self._story(director.VisitorSpoke(at_s=self.at_s))
        for act in acts_in(utterance.text, self.ticket.person):
            self._acted(act, "")
        self._calling.heard(alarm, utterance.text, self.at_s)
        self._answer(turn, utterance)

    def _answer(self, turn: int, utterance: Utterance) -> None:
        asked = self._foresight.turn(turn, utterance, self.said.theirs[:-1])
        if asked is None:
            return
        self.journal.write(wire.Listening(at_s=self.at_s, speaking=False, thinking=True))
        self.conversation.answer(turn, self._foresight.reply(asked), self._turn_taken)

    @property
    def walking(self) -> bool:
        """Whether the two are on their way together."""
        return self.world.latest("be") == "beside"

    def _turn_taken(self, turn: int) -> None:
        self._story(director.TurnTaken(at_s=self.at_s))

    # --- what she says -------------------------------------------------------------------------------------------------

    def allowed(self, clause: Clause) -> Clause | None:
        """What of it the guard lets through."""
        return judge(clause, self._lines, getattr(self.rooms.mind, "proof", None))

    def _judged(self, clause: Clause) -> Clause | None:
        allowed = self.allowed(clause)
        if allowed is not None:
            self.journal.write(
                wire.Proposed(at_s=self.at_s, turn=allowed.turn, text=allowed.text, line_class=allowed.line_class, cites=allowed.cites)
            )
        return allowed

    def _say(self, speech: Speech) -> None:
        if self.over or self.phase == "stopped":
            return
        if speech.part == 0:
            self.said.add(speech.clause)
        self.speaker.say(speech)
        self.speaker.advance(self.at_s)
        self._tell_busy()

    def say_clause(self, clause: Clause) -> None:
        """Say one approved clause."""
        if self.phase != "stopped" and not self.over:
            self.conversation.line(clause)

    def _tell_busy(self) -> None:
        busy = self.speaker.speaking or self.conversation.busy
        if busy != self._was_busy and self.state is not None:
            self._was_busy = busy
            self._story(director.PersonSpeaking(at_s=self.at_s, on=busy))

    # --- the story -----------------------------------------------------------------------------------------------------

    def press_story(self, control: str) -> None:
        """next hold resume back calm soft_end stop, for the director."""
        self._story(director.Pressed(at_s=self.at_s, control=control))

    def _story(self, event: director.StoryEvent) -> None:
        if self.state is None or self.over:
            return
        self._perform(director.step(self.scenario, self.state, event))

    def _perform(self, step: director.Step) -> None:
        self.state = step.state
        for beat, why in step.entered:
            self.journal.write(wire.BeatEntered(at_s=self.at_s, beat=beat, why=why))
            if self.rooms.ear is not None:
                self.rooms.ear.set_patience(PATIENCE_S[self.scenario.beat(beat).talk])
        for cue in step.cues:
            self._cue(cue)
        if step.state.phase != self.phase:
            if step.state.phase == "ended":
                self._end("stop" if self.phase == "stopped" else "farewell")
            else:
                self._set_phase(step.state.phase, "")

    def _cue(self, cue: Cue) -> None:
        self.world.take(cue)
        self.journal.write(wire.CueFired(at_s=self.at_s, cue=cue))
        if cue.kind in ("say", "song"):
            self._authored(cue)
        elif cue.kind == "tell":
            self._tell_memory(cue)
        elif cue.kind == "listen" and self.rooms.ear is not None:
            self.rooms.ear.set_patience(float(cue.args.get("silence_s", 0.8)))

    def _authored(self, cue: Cue) -> None:
        group = "song" if (cue.kind, cue.target) == ("song", "own") else cue.target
        clause = self.rooms.mind.line(group, self.turn, self.said.hers, self.said.theirs)
        if clause is None or (cue.args.get("optional") and clause.text in self.said.hers):
            return
        self.say_clause(with_manner(clause, cue))

    def _tell_memory(self, cue: Cue) -> None:
        used = self.said.told
        lifted, self._lifted = self._lifted, None
        mind, spoken = self.rooms.mind, self.said.hers
        clause = mind.tell_of(lifted, self.turn, spoken) if lifted else mind.tell(cue.target, self.turn, used)
        if clause is not None:
            self.say_clause(with_manner(clause, cue))

    # --- phases --------------------------------------------------------------------------------------------------------

    def _doorway(self, report: wire.Doorway) -> None:
        visitor = Visitor(
            name=self.ticket.visitor.name,
            adult=report.adult,
            acknowledged_portrait=report.acknowledged_portrait,
            wants_to_go_in=report.wants_to_go_in,
            beside_them=report.beside_them,
        )
        problems = may_begin(visitor, self.ticket.person)
        if problems:
            for problem in problems:
                self.notice("look", f"{problem.sentence} {problem.mend}")
            return
        self.captions, self.slow, self.seated = report.captions, report.slow, report.seated
        if self.phase == "doorway":
            self._set_phase("ready", "doorway")

    def stop(self, how: str) -> None:
        """Stop now: she falls silent, the client fades to the warm room (S1)."""
        if self.over or self.phase == "stopped":
            return
        self.conversation.cancel()
        self.speaker.hush(self.at_s)
        if self.state is None:
            self._end("stop")
            return
        self._story(director.Pressed(at_s=self.at_s, control="stop"))
        self.notice("act", "The visitor is in the quiet room now. Speak to them yourself.")
        log.info("meeting %s stopped (%s)", self.ticket.meeting, how)

    def _set_phase(self, phase: str, why: str) -> None:
        self.phase = phase
        self.journal.write(wire.PhaseChanged(at_s=self.at_s, phase=phase, why=why))

    def _end(self, how: str) -> None:
        self.ended_how = how
        self.conversation.cancel()
        self.speaker.hush(self.at_s)
        self._set_phase("ended", how)
        self.journal.write(wire.MeetingEnded(at_s=self.at_s, how=how))

    def end(self, how: str) -> None:
        """The companion closes the meeting, or the next visitor comes after one that was stopped."""
        if not self.over:
            self._end(how)

    def notice(self, level: str, text: str) -> None:
        """A plain line for the companion."""
        self.journal.write(wire.Noticed(at_s=self.at_s, level=level, text=text))

    def stumbled(self, error: Exception) -> None:
        """Something failed that nobody expected. The companion is told once, and the meeting goes on."""
        if self._stumbled:
            return
        self._stumbled = True
        log.error("meeting %s stumbled: %s", self.ticket.meeting, place_of(error))
        self.notice("act", STUMBLED)

    # --- the visitor -----------------------------------------------------------------------------------------------------

    def _acted(self, act: str, target: str) -> None:
        if self.state is None or self.over:
            return
        self.journal.write(wire.VisitorActed(at_s=self.at_s, act=act, target=target))
        if act == "thing_picked":
            self._lifted = self.ticket.things.get(target)
            self.holding = self._lifted.caption if self._lifted else ""
        self._story(director.Did(at_s=self.at_s, act=act, target=target))
        if act == "headset_off" and not self.over and self.state.beat != "return":
            self.stop("headset_off")
