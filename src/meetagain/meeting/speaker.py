"""Speeches come in, sound and mouth shapes go out in order, one voice at a time, on the meeting's clock."""

import io
import wave
from collections import deque

import msgspec

from meetagain.meeting.journal import Journal
from meetagain.schema import wire
from meetagain.schema.sound import pack_sound
from meetagain.schema.speech import LineClass, Speech

CHUNK_SAMPLES = 4800  # 0.2 s at 24 kHz
GAP_S = 0.25  # a breath between two clauses
BARELY = 0.5  # of a clause: cut off before that it was not said
LEAST_S = 0.5  # a shorter rest is not taken up again


class Cut(msgspec.Struct, frozen=True):
    """What somebody's voice cut off: the speech, and how many of its samples had been said."""

    speech: Speech
    said: int

    @property
    def barely(self) -> bool:
        """Whether so little was heard of it that it counts as not said."""
        return self.said < BARELY * self.speech.samples

    def rest(self) -> Speech | None:
        """What is left, from the last pause between sounds before the cut; None when nothing worth saying is."""
        speech = self.speech
        pauses = [shape.sample for shape in speech.visemes if shape.viseme == "sil" and shape.sample <= self.said]
        at = max((pause for pause in pauses if pause > 0), default=0)
        if speech.samples - at < LEAST_S * speech.rate_hz:
            return None
        shapes = tuple(msgspec.structs.replace(shape, sample=shape.sample - at) for shape in speech.visemes if shape.sample >= at)
        return msgspec.structs.replace(speech, pcm=speech.pcm[2 * at :], visemes=shapes, part=speech.part + 1)


class _Now(msgspec.Struct):
    clause: int
    turn: int
    began_s: float
    ends_s: float
    speech: Speech
    farewell: bool = False


class Speaker:
    """The person's one mouth. `advance` moves it along; nothing here waits or reads a clock."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: deque[Speech] = deque()
        self._now: _Now | None = None
        self._next_start_s = 0.0
        self._clause = 0
        self.muted = False

    @property
    def speaking(self) -> bool:
        """Whether she is in the middle of a clause or about to begin one."""
        return self._now is not None or bool(self._waiting)

    @property
    def turn(self) -> int:
        """The turn of what is being said, or -1."""
        if self._now is not None:
            return self._now.turn
        return self._waiting[0].clause.turn if self._waiting else -1

    @property
    def farewell(self) -> bool:
        """Whether her goodbye is being said or comes next: nobody talks over it, for it is not said twice."""
        waiting = any(speech.clause.line_class is LineClass.FAREWELL for speech in self._waiting)
        return waiting or (self._now is not None and self._now.farewell)

    def say(self, speech: Speech) -> None:
        """Queue one clause."""
        if not self.muted:
            self._waiting.append(speech)

    def hush(self, at_s: float, turn: int | None = None) -> tuple[Cut, ...]:
        """Fall silent: drop everything of this turn and earlier ones (all when None). Gives what was cut off, in order."""
        limit = self._latest_turn() if turn is None else turn
        had_sound = self.speaking
        cut = [Cut(speech, 0) for speech in self._waiting if speech.clause.turn <= limit]
        if self._now is not None and self._now.turn <= limit:
            said = round((at_s - self._now.began_s) * self._now.speech.rate_hz)
            cut.insert(0, Cut(self._now.speech, min(max(0, said), self._now.speech.samples)))
        self._waiting = deque(speech for speech in self._waiting if speech.clause.turn > limit)
        if self._now is not None and self._now.turn <= limit:
            self._now = None
            self._next_start_s = at_s + GAP_S
        if had_sound:
            self._journal.write(wire.Hush(at_s=at_s, turn=limit))
        return tuple(cut)

    def heard_to_the_end(self, clause: int, at_s: float) -> None:
        """The client says that this clause has been heard."""
        if self._now is not None and self._now.clause == clause:
            self._finish(at_s)

    def advance(self, at_s: float) -> None:
        """End what is over and begin what is next."""
        if self._now is not None and at_s >= self._now.ends_s:
            self._finish(self._now.ends_s)
        if self._now is None and self._waiting and at_s >= self._next_start_s - (GAP_S if self._waiting[0].part else 0.0):
            self._begin(self._waiting.popleft(), at_s)

    def _latest_turn(self) -> int:
        turns = [speech.clause.turn for speech in self._waiting]
        if self._now is not None:
            turns.append(self._now.turn)
        return max(turns, default=-1)

    def _finish(self, at_s: float) -> None:
        assert self._now is not None
        self._journal.write(wire.SpeechEnded(at_s=at_s, clause=self._now.clause))
        self._now = None
        self._next_start_s = at_s + GAP_S

    def _begin(self, speech: Speech, at_s: float) -> None:
        self._clause += 1
        number, clause = self._clause, speech.clause
        name = f"{number}.wav"
        self._journal.keep_sound(name, as_wav(speech))
        self._journal.write(
            wire.SpeechStarted(
                at_s=at_s,
                turn=clause.turn,
                clause=number,
                text="" if speech.part else clause.text,  # what goes on with a line stands there already
                line_class=clause.line_class,
                expression=clause.expression,
                gesture=clause.gesture,
                cites=clause.cites,
                rate_hz=speech.rate_hz,
                samples=speech.samples,
                visemes=speech.visemes,
                sound=name,
                real=speech.real,
            )
        )
        for first in range(0, speech.samples, CHUNK_SAMPLES):
            self._journal.tell(pack_sound(number, first, speech.pcm[2 * first : 2 * (first + CHUNK_SAMPLES)]))
        ends_s, farewell = at_s + speech.samples / speech.rate_hz, clause.line_class is LineClass.FAREWELL
        self._now = _Now(clause=number, turn=clause.turn, began_s=at_s, ends_s=ends_s, speech=speech, farewell=farewell)


def as_wav(speech: Speech) -> bytes:
    """The speech as a WAV file, int16 mono."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(speech.rate_hz)
        file.writeframes(speech.pcm)
    return out.getvalue()
