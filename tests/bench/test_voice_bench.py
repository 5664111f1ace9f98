"""What chooses a voice in the measurement never hears what judges it."""

import numpy as np
import pytest

from meetagain.bench import mos, voice


@pytest.mark.parametrize("count", [2, 5, 10])
def test_held_out_is_held_out(count):
    clips = [np.full(10, number, np.float32) for number in range(count)]
    built, judged = voice._apart(clips)
    assert built and judged and len(built) + len(judged) == count
    assert not {float(clip[0]) for clip in built} & {float(clip[0]) for clip in judged}


def test_no_sentence_is_judged_that_a_voice_was_chosen_by():
    from meetagain.voice.stock import SENTENCES

    assert not set(SENTENCES) & set(voice.LINES)


def test_without_readers_every_figure_is_null_and_a_note_says_why(monkeypatch):
    monkeypatch.delenv("MEETAGAIN_SPEECH", raising=False)
    measured = voice.run(quick=True)
    targets = measured["figures"]["targets"]
    assert [target["name"] for target in targets] == ["Juni", "Matti"]
    assert all(target[figure] is None for target in targets for figure in ("ceiling", "before", "after", "wer", "dnsmos"))
    assert any("MEETAGAIN_SPEECH" in note for note in measured["notes"]) and sum("null, because" in note for note in measured["notes"]) == 2


def test_short_sounds_are_judged_in_whole_windows(monkeypatch):
    assert [len(window) for window in mos._windows(np.ones(16000, np.float32))] == [int(9.01 * 16000)]
    assert len(mos._windows(np.ones(12 * 16000, np.float32))) == 3
    monkeypatch.setattr(mos, "_network", lambda: None)
    assert mos.mean_opinion([np.ones(16000, np.float32)]) is None
