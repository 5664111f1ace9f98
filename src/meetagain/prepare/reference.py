"""An archive comes in; the recordings in which the person speaks alone, by which the made voice is chosen, go out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from meetagain.errors import MeetAgainError
from meetagain.prepare.cutting import clip_mark
from meetagain.prepare.recordings import meant_words
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.person import Person
from meetagain.schema.recordings import Clip
from meetagain.voice.keys import directed, spoken

RATE_HZ = 24000
LONGEST_S = 60.0  # of one recording; more tells nothing new
MOST_S = 240.0
_NOT_SPOKEN = frozenset({"song", "laugh"})


def speaking(person: Person, archive: Archive) -> tuple[Item, ...]:
    """Sound that may be used, holds a line in the person's own voice, spoken and not sung, and nobody else.

    A recording whose provenance names no line says nothing of who speaks in it.
    """
    return tuple(
        item
        for item in archive.items
        if item.kind is ItemKind.SOUND and not item.also_in_it and not item.spoken_by and is_spoken(item.line, person, archive)
    )


def confirmed(person: Person, archive: Archive, clips: Mapping[str, Clip], whole: Sequence[Item]) -> dict[str, str]:
    """Places that the keeper says are theirs, spoken and not sung, by name, with a mark of how each sounds: the longest first, until more
    would tell nothing new. What is in a recording of `whole` is heard there already."""
    ids = {item.file.removeprefix("items/"): item.id for item in archive.items}
    known = {item.file.removeprefix("items/") for item in whole}
    theirs = {name: clip for name, clip in clips.items() if clip.theirs == "yes" and clip.file in ids and clip.file not in known}
    found: dict[str, str] = {}
    seconds = 0.0
    for name, clip in sorted(theirs.items(), key=lambda one: one[1].from_s - one[1].to_s):
        if seconds < MOST_S and (clip.play_for in ("", "no") or is_spoken(clip.play_for, person, archive)):
            found[name] = clip_mark(ids[clip.file], clip)
            seconds += clip.to_s - clip.from_s
    return found


def is_spoken(line: str, person: Person, archive: Archive) -> bool:
    """Whether a line, as in provenance.yaml, is said: not sung, hummed, laughed or whispered."""
    words = meant_words(line, person, archive) if line else ""
    if line.partition("/")[0] in _NOT_SPOKEN or not spoken(words):
        return False
    return not any(word in directed(words) for word in ("sing", "sung", "hum", "whisper"))


def heard(files: Sequence[str], root: Path, decode: Callable[[Path, int], np.ndarray]) -> list[np.ndarray]:
    """(n,) float32 at 24 kHz each. One that cannot be opened is left out: it was named when it was read."""
    clips = []
    for file in files:
        try:
            clips.append(decode(root / file, RATE_HZ)[: int(LONGEST_S * RATE_HZ)])
        except MeetAgainError:
            continue
    return clips
