"""What the keeper is told of the made voice: plain, and never that it is theirs."""

import numpy as np
import pytest

from meetagain.errors import issue
from meetagain.schema.artefacts import Voice
from meetagain.voice.alike import following, grade
from meetagain.voice.closest import Found, Refused
from meetagain.voice.timbre import Throat
from meetagain.voice_sentences import VOICE as SENTENCES

VOICE = Voice(backend="embedded", name="af_heart", rate_hz=24000, language="en", pitch_ratio=1.1, formant_ratio=1.05)
CLIPS = [np.zeros(24000, np.float32)] * 4


def close(after: float, **more) -> Found:
    throat = Throat(1.2, 1.1, 0.0, 0.01, 1.3, 190.0, (1.0, -1.0))
    return Found("bf_emma", throat, before=0.5, ranked=0.6, after=after, ceiling=0.96, steps=("stock",), **more)


def test_three_grades():
    assert [grade(cosine) for cosine in (0.95, 0.75, 0.4)] == ["near", "kind", "far"]


@pytest.mark.parametrize(("after", "code"), [(0.99, "voice-near"), (0.75, "voice-kind"), (0.5, "voice-far")])
def test_the_voice_carries_what_was_found_and_how_alike_it_is(after, code):
    voice = following(VOICE, close(after), "Juni", CLIPS)
    assert (voice.name, voice.pitch_ratio, voice.formant_ratio, voice.tone_db) == ("bf_emma", 1.2, 1.1, (1.0, -1.0))
    assert (voice.pitch_spread, voice.pitch_centre_hz) == (1.3, 190.0)
    (told,) = voice.issues
    assert told.code == code and "Juni" in told.sentence and not any(sign.isdigit() for sign in told.sentence)


def test_no_sentence_says_that_it_is_their_voice():
    for code, (_, sentence, mend) in SENTENCES.items():
        if code.startswith("voice-") and code != "voice-own-lines":
            assert " not " in sentence + mend and "!" not in sentence + mend and "%" not in sentence, code


@pytest.mark.parametrize("why", ["short", "no-pitch", "not-speech", "another"])
def test_what_could_not_be_followed_falls_back_to_age_and_sex(why):
    voice = following(VOICE, Refused(why), "Juni", CLIPS)
    assert [told.code for told in voice.issues] == [f"voice-{why}"] and voice.alike == ""
    assert (voice.name, voice.pitch_ratio, voice.tone_db) == (VOICE.name, VOICE.pitch_ratio, ())


def test_strangers_and_an_unsure_pitch_are_told():
    voice = following(VOICE, close(0.75, left_out=(2,), unsure_pitch=True), "Juni", CLIPS)
    assert [told.code for told in voice.issues] == ["voice-kind", "voice-left-out", "voice-pitch-unsure"]
    assert "1 of 4" in voice.issues[1].sentence
    assert issue("voice-unmeasured", name="Juni").mend
