import wave
from io import BytesIO
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from meetagain.meeting.journal import Journal
from meetagain.meeting.speaker import CHUNK_SAMPLES, GAP_S, Speaker, as_wav
from meetagain.schema import wire
from meetagain.schema.sound import unpack_sound
from meetagain.schema.speech import Clause, LineClass, Speech, VisemeAt

RATE = 24000


def speech(turn: int, seconds: float, text: str = "Mum!") -> Speech:
    clause = Clause(turn=turn, text=text, line_class=LineClass.AUTHORED)
    return Speech(clause=clause, rate_hz=RATE, pcm=bytes(2 * round(seconds * RATE)), visemes=(VisemeAt(0, "PP", 1.0),))


def heard(journal: Journal) -> list:
    found: list = []
    journal.listen(found.append)
    return found


def test_one_clause_after_the_other_with_a_breath_between():
    journal = Journal(None)
    events = heard(journal)
    speaker = Speaker(journal)
    speaker.say(speech(1, 1.0))
    speaker.say(speech(1, 0.5))
    for step in range(40):
        speaker.advance(step * 0.1)
    starts = [event.at_s for event in events if isinstance(event, wire.SpeechStarted)]
    assert len(starts) == 2
    assert starts[1] - starts[0] >= 1.0 + GAP_S
    assert not speaker.speaking


def test_chunks_carry_the_whole_clause_in_order():
    journal = Journal(None)
    events = heard(journal)
    speaker = Speaker(journal)
    speaker.say(speech(1, 0.5))
    speaker.advance(0.0)
    chunks = [unpack_sound(event) for event in events if isinstance(event, bytes)]
    assert [first for _, first, _ in chunks] == list(range(0, RATE // 2, CHUNK_SAMPLES))
    assert sum(len(pcm) for _, _, pcm in chunks) == RATE


def test_hush_drops_the_turn_and_keeps_later_ones():
    journal = Journal(None)
    events = heard(journal)
    speaker = Speaker(journal)
    speaker.say(speech(1, 2.0, "old"))
    speaker.advance(0.0)
    speaker.say(speech(2, 1.0, "new"))
    speaker.hush(0.5, turn=1)
    assert [event.turn for event in events if isinstance(event, wire.Hush)] == [1]
    speaker.advance(1.0)
    assert [event.text for event in events if isinstance(event, wire.SpeechStarted)] == ["old", "new"]


def test_hush_says_nothing_when_she_is_silent():
    journal = Journal(None)
    events = heard(journal)
    Speaker(journal).hush(1.0)
    assert events == []


def test_muted_she_takes_no_new_clause():
    speaker = Speaker(Journal(None))
    speaker.muted = True
    speaker.say(speech(1, 1.0))
    assert not speaker.speaking


@given(st.lists(st.floats(0.05, 3.0), min_size=1, max_size=6), st.floats(0.01, 0.7))
def test_clauses_never_overlap(lengths: list[float], step_s: float):
    journal = Journal(None)
    events = heard(journal)
    speaker = Speaker(journal)
    for length in lengths:
        speaker.say(speech(1, length))
    at_s = 0.0
    while speaker.speaking:
        speaker.advance(at_s)
        at_s += step_s
    marks = [event for event in events if isinstance(event, wire.SpeechStarted | wire.SpeechEnded)]
    kinds = [type(event) for event in marks]
    assert kinds == [wire.SpeechStarted, wire.SpeechEnded] * len(lengths)
    assert all(earlier.at_s <= later.at_s for earlier, later in pairwise(marks))


def test_a_wav_holds_every_sample():
    with wave.open(BytesIO(as_wav(speech(1, 0.25)))) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (RATE // 4, RATE, 1)


def test_parts_of_one_line_follow_without_a_breath_between():
    journal = Journal(None)
    events = heard(journal)
    speaker = Speaker(journal)
    first = speech(1, 1.0)
    speaker.say(first)
    speaker.say(msgspec.structs.replace(first, part=1))
    for step in range(40):
        speaker.advance(step * 0.05)
    starts = [event.at_s for event in events if isinstance(event, wire.SpeechStarted)]
    assert starts[1] - starts[0] < 1.0 + GAP_S / 2


def test_what_was_cut_off_can_be_taken_up_at_the_last_pause():
    speaker = Speaker(Journal(None))
    shapes = (VisemeAt(0, "PP", 1.0), VisemeAt(RATE, "sil", 0.0), VisemeAt(RATE + 2400, "aa", 1.0), VisemeAt(3 * RATE, "sil", 0.0))
    speaker.say(msgspec.structs.replace(speech(1, 3.0), visemes=shapes, pcm=bytes(2 * RATE) + b"\1\0" * (2 * RATE)))
    speaker.say(speech(1, 1.0, "next"))
    speaker.advance(0.0)
    now, waiting = speaker.hush(1.6)
    rest = now.rest()
    assert rest is not None and rest.samples == 2 * RATE and rest.pcm[:2] == b"\1\0"
    assert [shape.sample for shape in rest.visemes] == [0, 2400, 2 * RATE]
    assert not now.barely and waiting.barely and waiting.rest() == waiting.speech


def test_a_last_syllable_is_not_taken_up_again():
    speaker = Speaker(Journal(None))
    speaker.say(msgspec.structs.replace(speech(1, 2.0), visemes=(VisemeAt(0, "PP", 1.0), VisemeAt(round(1.7 * RATE), "sil", 0.0))))
    speaker.advance(0.0)
    assert speaker.hush(1.9)[0].rest() is None
