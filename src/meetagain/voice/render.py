"""Lines and a Voice come in; every one is made into sound once, real recordings first, and the Voice with its clips goes out."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import msgspec
import numpy as np

from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.schema.artefacts import Voice, VoiceClip
from meetagain.schema.recordings import Recorded
from meetagain.schema.speech import Clause, Speech
from meetagain.store.folder import digest
from meetagain.voice.backend import VoiceBackend
from meetagain.voice.estimate import visemes_of_words
from meetagain.voice.kept import described, keep
from meetagain.voice.keys import is_silent, line_key
from meetagain.voice.loudness import SPEECH_DBFS, as_pcm, lead_silence, levelled
from meetagain.voice.manner import expression

REVISION = 2  # raised when the same line would sound otherwise, so that lines are made again (docs/architecture.md)
RATE_HZ = 24000


def render_lines(
    lines: Sequence[Clause],
    voice: Voice,
    backend: VoiceBackend,
    out: Path,
    real: Mapping[str, Recorded],
    progress: Callable[[float], None],
    decode: Callable[[Path, int], np.ndarray],
) -> Voice:
    """Make what is missing. `real` maps a line's key to the recording that is played;
    `decode` gives a recording as (n,) float32 at a rate. A line that fails becomes an Issue. Resumable."""
    clips: list[VoiceClip] = []
    issues: list[Issue] = []
    # What is only told of a voice makes no line sound otherwise.
    own_voice = msgspec.json.encode(msgspec.structs.replace(voice, issues=(), reference_items=(), alike="", clips=()))

    def one(clause: Clause) -> VoiceClip | Issue | None:
        key = line_key(clause.text, clause.expression)
        recording = real.get(key)
        if recording is None and is_silent(clause.text):
            return None
        made_of = digest(
            str(REVISION), own_voice, key, recording.item if recording else "", *([recording.cut] if recording and recording.cut else [])
        )
        found = described(out, key)
        if found is None or found.made_of != made_of:
            try:
                speech = (
                    _recorded(clause, decode(Path(recording.file), RATE_HZ), voice, own=not recording.lent)
                    if recording
                    else backend.speak(clause, voice)
                )
            except MeetAgainError as error:
                return error.issue
            keep(out, key, speech, recording.item if recording else "", made_of)
        return _clip(out, key, clause, recording)

    # An engine that can make several lines side by side says how many; each line lies on the disk as soon as it is made.
    with getattr(backend, "many", lambda: nullcontext(1))() as hands, ThreadPoolExecutor(hands) as pool:
        for number, made in enumerate(pool.map(one, lines)):
            progress(number / len(lines))
            if made is not None:
                (issues if isinstance(made, Issue) else clips).append(made)
    progress(1.0)
    return msgspec.structs.replace(voice, clips=tuple(clips), issues=(*voice.issues, *issues))


def _recorded(clause: Clause, sound: np.ndarray, voice: Voice, own: bool) -> Speech:
    """A recording, at the loudness of the rest. The original is not touched. What somebody else says is made as loud as the line's manner wants."""
    if not len(sound) or float(np.abs(sound).max()) < 1e-3:
        raise MeetAgainError(issue("line-unvoiced", clause.text))
    level_db = 0.0 if own else expression(clause.expression).level_db
    sound = levelled(sound[lead_silence(sound, RATE_HZ) :], RATE_HZ, SPEECH_DBFS + level_db)
    shapes = visemes_of_words(clause.text, sound, RATE_HZ, voice.pronounce)
    return Speech(clause=clause, rate_hz=RATE_HZ, pcm=as_pcm(sound), visemes=shapes, real=own)


def _clip(out: Path, key: str, clause: Clause, recording: Recorded | None) -> VoiceClip:
    samples = ((out / f"{key}.wav").stat().st_size - 44) // 2
    return VoiceClip(
        key=key,
        text=clause.text,
        expression=clause.expression,
        file=f"build/voice/{key}.wav",
        samples=samples,
        real=recording is not None and not recording.lent,
        item=recording.item if recording else "",
    )
