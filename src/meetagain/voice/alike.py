"""What was found about the recordings comes in; a Voice that follows them, and plain words about how alike it is, go out."""

from collections.abc import Sequence

import msgspec
import numpy as np

from meetagain.errors import Issue, issue
from meetagain.schema.artefacts import Voice
from meetagain.voice.clips import speech_s, spoken_parts
from meetagain.voice.closest import Found, Refused

NEAR, KIND = 0.85, 0.72  # cosines on held-out clips: docs/decisions tells how they were set


def grade(cosine: float) -> str:
    """Near, kind or far; no grade says that it is their voice."""
    return "near" if cosine >= NEAR else "kind" if cosine >= KIND else "far"


def following(voice: Voice, found: Found | Refused, name: str, clips: Sequence[np.ndarray]) -> Voice:
    """`voice` (by age and sex) with what was found; `name` is what everybody called the person."""
    if isinstance(found, Refused):
        return _with(voice, _refusal(found, name, clips))
    throat = found.throat
    moved = msgspec.structs.replace(
        voice,
        name=found.name,
        pitch_ratio=round(throat.pitch, 3),
        formant_ratio=round(throat.formant, 3),
        pitch_spread=round(throat.spread, 3),
        pitch_centre_hz=round(throat.centre_hz, 1),
        tone_db=throat.tone_db,
        alike=grade(found.after),
    )
    issues = [issue(f"voice-{moved.alike}", name=name)]
    if found.left_out:
        issues.append(issue("voice-left-out", name=name, count=len(found.left_out), total=len(clips)))
    if found.unsure_pitch:
        issues.append(issue("voice-pitch-unsure", name=name))
    return _with(moved, *issues)


def _refusal(refused: Refused, name: str, clips: Sequence[np.ndarray]) -> Issue:
    seconds = round(speech_s([spoken_parts(clip) for clip in clips]))
    return issue(f"voice-{refused.why}", name=name, seconds=seconds)


def _with(voice: Voice, *issues: Issue) -> Voice:
    return msgspec.structs.replace(voice, issues=(*voice.issues, *issues))
