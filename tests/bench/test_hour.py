"""A fifth of an hour of talk, in led time: the house keeps what was said, and nothing else grows."""

import gc
import tracemalloc
from pathlib import Path

from meetagain.bench.hour import meeting_that_goes_on, talked

CLAUSES = 240
MOST_BYTES_A_CLAUSE = 500  # its words and where it came from; its sound alone has 144,000


def held() -> float:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def test_a_long_talk_leaves_only_its_words_in_memory(tmp_path: Path):
    meeting = meeting_that_goes_on(tmp_path)
    tracemalloc.start()
    try:
        seconds, grew = await talked(meeting, CLAUSES, held)
    finally:
        tracemalloc.stop()
    assert seconds > CLAUSES * 3
    assert grew < MOST_BYTES_A_CLAUSE * CLAUSES
    assert len(meeting.journal._listeners) == 1
    assert len(meeting.world.cues()) < 20
    await meeting.close()


async def test_times_of_answers_are_kept_for_the_latest_only(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("meetagain.meeting.conversation.REACTIONS_KEPT", 5)
    meeting = meeting_that_goes_on(tmp_path)
    await talked(meeting, 40, lambda: 0.0)
    assert len(meeting.conversation.reactions) == 5
    await meeting.close()
