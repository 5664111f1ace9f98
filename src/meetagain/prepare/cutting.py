"""Clips of the family's recordings come in; each lies below build/ as a sound of its own, cleaned and at an even loudness. Originals stay."""

import wave
from collections.abc import Mapping
from io import BytesIO

import numpy as np

from meetagain.archive.sound import sounds_between
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.prepare.listening import HEARD
from meetagain.schema.archive import Archive
from meetagain.schema.recordings import NEARER, Clip
from meetagain.store.folder import PersonFolder, digest, write_whole
from meetagain.voice.cleaning import RATE_HZ, cleaned
from meetagain.voice.loudness import as_pcm, levelled

MADE_BY = "1"
INDEX = f"{HEARD}/clips.json"
_BEFORE_S = 4.0  # that the cleaning hears first
_OUT_HZ = 24000
_SILENT = 1e-3


def clip_file(name: str) -> str:
    """Where a clip lies, below the person's folder."""
    return f"build/{HEARD}/{name}.wav"


def clip_mark(item: str, clip: Clip) -> str:
    """Stays the same as long as the clip sounds the same."""
    return digest(MADE_BY, item, f"{clip.from_s:.3f} {clip.to_s:.3f} {clip.sound}")[:12]


def cut_out(folder: PersonFolder, archive: Archive, clips: Mapping[str, Clip]) -> tuple[Issue, ...]:
    """Make what is missing, and take out what is not wanted any more. A recording that cannot be opened is named."""
    index = folder.read_json(INDEX, dict[str, str]) or {}
    items = {item.file.removeprefix("items/"): item for item in archive.items}
    wanted = {name: clip_mark(items[clip.file].id, clip) for name, clip in clips.items() if clip.file in items and clip.sound != NEARER}
    missing = [name for name, mark in wanted.items() if index.get(name) != mark or not (folder.root / clip_file(name)).is_file()]
    issues: list[Issue] = []
    made = dict(index)
    for file in dict.fromkeys(clips[name].file for name in missing):
        names = [name for name in missing if clips[name].file == file]
        try:
            sounds = sounds_between(
                folder.items / file, RATE_HZ, [(max(0.0, clips[name].from_s - _BEFORE_S), clips[name].to_s) for name in names]
            )
        except MeetAgainError as error:
            issues.append(error.issue)
            continue
        for name, sound in zip(names, sounds, strict=True):
            own = _cut(sound, clips[name])
            if float(np.abs(own).max(initial=0.0)) < _SILENT:
                issues.append(issue("clip-empty", name, file=file))
                continue  # the made voice says its line
            write_whole(folder.root / clip_file(name), as_wav(own))
            made[name] = wanted[name]
    kept = {name: mark for name, mark in made.items() if wanted.get(name) == mark}
    for path in (folder.build / HEARD).glob("*.wav"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)  # nothing of a recording that was taken out stays behind (requirement C4)
    if kept != index:
        folder.write_json(INDEX, kept)
    return tuple(issues)


def _cut(sound: np.ndarray, clip: Clip) -> np.ndarray:
    from scipy.signal import resample_poly

    before = int(min(clip.from_s, _BEFORE_S) * RATE_HZ)
    own = (cleaned(sound).sound if clip.sound == "cleaned" else sound)[before:]
    return levelled(resample_poly(own, 1, RATE_HZ // _OUT_HZ).astype(np.float32), _OUT_HZ) if len(own) else own


def as_wav(sound: np.ndarray) -> bytes:
    """(n,) float32 at 24 kHz as a whole file."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_OUT_HZ)
        file.writeframes(as_pcm(sound))
    return out.getvalue()
