"""An archive comes in; the recordings in which the person speaks alone, by which the made voice is chosen, go out."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from meetagain.errors import MeetAgainError
from meetagain.prepare.recordings import meant_words
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.person import Person
from meetagain.voice.keys import directed, spoken

RATE_HZ = 24000
LONGEST_S = 60.0  # of one recording; more tells nothing new
_NOT_SPOKEN = frozenset({"song", "laugh"})


def speaking(person: Person, archive: Archive) -> tuple[Item, ...]:
    """Sound that may be used, holds a line in the person's own voice, spoken and not sung, and nobody else.

    A recording whose provenance names no line says nothing of who speaks in it.
    """
    return tuple(
        item for item in archive.items if item.kind is ItemKind.SOUND and not item.also_in_it and _is_spoken(item, person, archive)
    )


def _is_spoken(item: Item, person: Person, archive: Archive) -> bool:
    words = meant_words(item.line, person, archive) if item.line else ""
    if item.line.partition("/")[0] in _NOT_SPOKEN or not spoken(words):
        return False
    return not any(word in directed(words) for word in ("sing", "sung", "hum", "whisper"))


def heard(paths: Sequence[Path], decode: Callable[[Path, int], np.ndarray]) -> list[np.ndarray]:
    """(n,) float32 at 24 kHz each. One that cannot be opened is left out: it was named when it was read."""
    clips = []
    for path in paths:
        try:
            clips.append(decode(path, RATE_HZ)[: int(LONGEST_S * RATE_HZ)])
        except MeetAgainError:
            continue
    return clips
