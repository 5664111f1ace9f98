"""An archive and a hearing come in; what is heard in each recording goes out, kept below build/ so that a recording is listened to once."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from meetagain.archive.sound import sound_in_pieces
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.hearing.backend import HearingBackend
from meetagain.hearing.stretches import Stretch, stretches
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.recordings import Heard, Place
from meetagain.store.folder import PersonFolder, digest
from meetagain.voice.cleaning import RATE_HZ, Cleaned, cleaned
from meetagain.voice.soundness import clipped_share, has_music, kind_of
from meetagain.voice.speaker import embedded

MADE_BY = "2"  # raised when the way of listening changes, so that recordings are listened to again
HEARD = "recordings"  # below build/
PIECE_S = 240.0  # a longer film is listened to in pieces
_EAR = 3  # 48 kHz to the 16 kHz of hearing
_AIR_S, _NEAR_S = 1.0, 2.0
_SURE = 0.6  # what cleaning takes away altogether is kept where somebody was surely heard: a hum, a laugh
_TELEPHONE_HZ, _ABOVE = 4300.0, 1e-5
_CRACKLES, _SILENT = 0.003, 1e-3

Progress = Callable[[str, float], None]
Understand = Callable[[np.ndarray], str]  # (n,) float32 at 16 kHz to its words


def recorded(archive: Archive) -> tuple[Item, ...]:
    """The recordings and films that may be used, without lines that somebody else says for them."""
    return tuple(item for item in archive.items if item.kind in (ItemKind.SOUND, ItemKind.FILM) and not item.spoken_by)


def listened(
    folder: PersonFolder, archive: Archive, hearing: HearingBackend, language: str, names: Sequence[str], progress: Progress
) -> tuple[dict[str, Heard], tuple[Issue, ...]]:
    """By item id. Each recording's result lies on the disk as soon as it is there, so that what was stopped goes on behind it. `names` are
    hot words; one that the family writes later does not make everything be heard again.

    A recording that cannot be opened is named, and does not stop the others.
    """
    items = recorded(archive)
    made_by = digest(MADE_BY, type(hearing).__name__, language)

    def understand(sound: np.ndarray) -> str:
        return hearing.transcribe(sound, language, names)

    found: dict[str, Heard] = {}
    issues: list[Issue] = []
    whole = sum(item.duration_s for item in items) or 1.0
    done = 0.0
    for item in items:
        name = item.file.removeprefix("items/")
        kept = folder.read_json(f"{HEARD}/{item.id}.json", Heard)
        if kept is None or kept.made_by != made_by:
            try:
                heard = listen(folder.root / item.file, item.id, understand, _part(progress, name, done / whole, item.duration_s, whole))
            except MeetAgainError as error:
                if error.issue.code != "file-unreadable":
                    raise
                issues.append(error.issue)
                continue
            if item.line:  # what it holds is known: a hum or a laugh need not be speech
                heard = msgspec.structs.replace(heard, issues=tuple(one for one in heard.issues if one.code != "recording-no-speech"))
            kept = msgspec.structs.replace(heard, made_by=made_by)
            folder.write_json(f"{HEARD}/{item.id}.json", kept)
        found[item.id] = kept
        done += item.duration_s
    if items:
        progress("listened to everything", 1.0)
    return found, (*issues, *(one for heard in found.values() for one in heard.issues))


def _part(progress: Progress, name: str, before: float, length_s: float, whole_s: float) -> Callable[[float], None]:
    """Seconds of one recording as a share of all."""
    return lambda seconds: progress(name, min(before + min(seconds, length_s) / whole_s, 0.999))


def forget(folder: PersonFolder, archive: Archive) -> None:
    """Take out what was heard in recordings that are not there any more or may not be used (requirement C4)."""
    place = folder.build / HEARD
    ids = {item.id for item in recorded(archive)}
    for path in place.glob("*.json"):
        if path.stem not in ids and path.name != "clips.json":
            path.unlink(missing_ok=True)


def listen(path: Path, item: str, understand: Understand, progress: Callable[[float], None]) -> Heard:
    """One recording. Raises MeetAgainError: file-unreadable when nothing of it can be opened, weights-missing."""
    name, places, issues = path.name, [], []
    at = loudest = 0.0
    crackles = music = telephone = False
    pieces = sound_in_pieces(path, RATE_HZ, PIECE_S)
    while True:
        try:
            piece = next(pieces, None)
        except MeetAgainError:
            if at == 0.0:
                raise
            issues.append(issue("recording-broken", name, until=_clock(at)))
            piece = None
        if piece is None:
            break
        loudest = max(loudest, float(np.abs(piece).max(initial=0.0)))
        for place in _places(piece, at, understand, progress):
            places.append(place)
            crackles |= place.clipped > _CRACKLES
            music |= place.music
        telephone |= bool(places) and _narrow(piece)
        at += len(piece) / RATE_HZ
        progress(at)
    if loudest < _SILENT:
        issues.append(issue("recording-silent", name))
    elif not places:
        issues.append(issue("recording-no-speech", name))
    found = {"recording-crackles": crackles, "recording-music": music, "recording-telephone": telephone}
    issues.extend(issue(code, name) for code, there in found.items() if there)
    return Heard(item, round(at, 3), tuple(places), tuple(issues))


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"


def _places(piece: np.ndarray, at: float, understand: Understand, progress: Callable[[float], None]) -> Iterator[Place]:
    for start, end in _regions(stretches(_for_ear(piece)), len(piece) / RATE_HZ):
        first = int(start * RATE_HZ)
        part = piece[first : int(end * RATE_HZ)]
        clean = cleaned(part)
        music = has_music(part, clean.sound, RATE_HZ)
        ear, rough = _for_ear(clean.sound), _for_ear(part)
        found = list(stretches(ear))
        lost = [one for one in stretches(rough) if one.sure >= _SURE and not any(_overlap(one, other) for other in found)]
        for stretch in sorted([*found, *lost], key=lambda one: one.start_s):
            heard = rough if stretch in lost else ear
            yield _place(stretch, at + first / RATE_HZ, part, clean, heard, music, understand)
            progress(at + start + stretch.end_s)


def _for_ear(sound: np.ndarray) -> np.ndarray:
    from scipy.signal import resample_poly

    return resample_poly(sound, 1, _EAR).astype(np.float32) if len(sound) else sound


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.start_s < other.end_s and other.start_s < one.end_s


def _regions(found: Sequence[Stretch], seconds: float) -> list[tuple[float, float]]:
    """Where cleaning is worth its time: around speech, with a little air."""
    regions: list[tuple[float, float]] = []
    for stretch in found:
        start, end = max(0.0, stretch.start_s - _AIR_S), min(seconds, stretch.end_s + _AIR_S)
        if regions and start - regions[-1][1] < _NEAR_S:
            regions[-1] = regions[-1][0], end
        else:
            regions.append((start, end))
    return regions


def _place(stretch: Stretch, at: float, raw: np.ndarray, clean: Cleaned, ear: np.ndarray, music: bool, understand: Understand) -> Place:
    span = slice(int(stretch.start_s * RATE_HZ), int(stretch.end_s * RATE_HZ))
    heard = ear[span.start // _EAR : span.stop // _EAR]
    frames = clean.above_noise_db[span.start // 480 : max(span.start // 480 + 1, span.stop // 480)]
    text = " ".join(understand(heard).split())
    return Place(
        start_s=round(at + stretch.start_s, 2),
        end_s=round(at + stretch.end_s, 2),
        text=text,
        kind=kind_of(text, heard, RATE_HZ // _EAR),
        voice=tuple(round(float(value), 4) for value in embedded(heard)),
        above_noise_db=round(float(np.median(frames)), 1) if len(frames) else 0.0,
        clipped=round(clipped_share(raw[span]), 4),
        music=music,
    )


def _narrow(piece: np.ndarray) -> bool:
    """Whether nothing is heard above what a telephone lets through."""
    power, size = np.zeros(2049), 4096
    for first in range(0, len(piece) - size, size * 4):
        power += np.abs(np.fft.rfft(piece[first : first + size] * np.hanning(size))) ** 2
    above = np.fft.rfftfreq(size, 1 / RATE_HZ) > _TELEPHONE_HZ
    return bool(power.sum() > 0 and power[above].sum() < _ABOVE * power.sum())
