"""Recordings in which a relative says a line for the person come in; each is checked, brought nearer to how the person sounded, and kept below build/.

Nothing of it is ever called the person's voice, and nothing is played before the keeper has heard it and said so.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec
import numpy as np

from meetagain.archive.sound import sound_of
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.prepare.clips import ALIKE, named_line, words_alike
from meetagain.prepare.cutting import as_wav
from meetagain.prepare.recordings import meant_words
from meetagain.schema.archive import Archive, Item, ItemKind
from meetagain.schema.lines import Line
from meetagain.schema.person import Person
from meetagain.schema.recordings import NEARER, Clip, Lent, Recorded
from meetagain.store.folder import PersonFolder, digest, write_whole
from meetagain.voice.cleaning import RATE_HZ as CLEAN_HZ
from meetagain.voice.cleaning import cleaned
from meetagain.voice.clips import EAR_HZ, RATE_HZ
from meetagain.voice.closest import Refused, Target
from meetagain.voice.ear import Ear
from meetagain.voice.keys import spoken
from meetagain.voice.lent import REVISION, Nearer, brought_nearer, cosines
from meetagain.voice.loudness import levelled
from meetagain.voice.manner import Kind

LENT = "lent"  # below build/
INDEX = "lent.json"
QUIET_DB = 20.0  # above noise: there cleaning takes nothing but a little of the voice
LONGEST_S = 30.0

Understand = Callable[[np.ndarray], str]
Say = Callable[[str], np.ndarray]  # words to (n,) float32 at 24 kHz, as the made voice says them


class Kept(msgspec.Struct, frozen=True):
    """What lies in build/lent.json: of what it was made, and every lent line by name."""

    made_of: str
    lines: dict[str, Lent]


class Voices(msgspec.Struct, frozen=True):
    """What a lent line is brought near to and held against."""

    target: Target | Refused
    kind: Kind
    ear: Ear
    say: Say
    understand: Understand


def lent_items(archive: Archive) -> dict[str, Item]:
    """Recordings that may be used and in which somebody else says a line, by a name for each."""
    found: dict[str, Item] = {}
    for item in archive.items:
        if item.spoken_by and item.kind in (ItemKind.SOUND, ItemKind.FILM):
            name = re.sub(r"[^\w]+", "-", Path(item.file).stem.lower()).strip("-") or "line"
            found[name if name not in found else f"{name}-{item.id[:4]}"] = item
    return found


def lent_mark(archive: Archive) -> list[tuple[str, str, str]]:
    """What stays the same as long as the same lines are lent by the same people."""
    return [(item.id, item.line, item.spoken_by) for item in lent_items(archive).values()]


def read_lent(folder: PersonFolder) -> dict[str, Lent]:
    """What the last build found."""
    kept = folder.read_json(INDEX, Kept)
    return kept.lines if kept else {}


def lent_file(name: str) -> str:
    """Where a line lies after it was brought nearer, below the person's folder."""
    return f"build/{LENT}/{name}.wav"


def lend(
    folder: PersonFolder, person: Person, archive: Archive, lines: Sequence[Line], made_of: str, voices: Callable[[], Voices]
) -> dict[str, Lent]:
    """Every lent line by name. What was made of the same stays; of a recording that was taken out nothing stays (requirement C4)."""
    items = lent_items(archive)
    kept = folder.read_json(INDEX, Kept)
    mark = digest(str(REVISION), made_of, *(part for row in lent_mark(archive) for part in row))
    whole = kept is not None and all((folder.root / lent_file(name)).is_file() for name, one in kept.lines.items() if one.stands == "fits")
    if not items:
        found: dict[str, Lent] = {}
    elif kept is not None and kept.made_of == mark and whole:
        return kept.lines
    else:
        found = _Lending(folder, person, archive, lines, voices()).all(items)
    for path in (folder.build / LENT).glob("*.wav"):
        if found.get(path.stem) is None or found[path.stem].stands != "fits":
            path.unlink(missing_ok=True)
    if found or kept:
        folder.write_json(INDEX, Kept(mark, found))
    return found


class _Lending:
    """One build's look at all that was lent."""

    def __init__(self, folder: PersonFolder, person: Person, archive: Archive, lines: Sequence[Line], voices: Voices) -> None:
        self.folder, self.person, self.archive, self.lines, self.voices = folder, person, archive, lines, voices

    def all(self, items: Mapping[str, Item]) -> dict[str, Lent]:
        found: dict[str, Lent] = {}
        sounds: dict[str, np.ndarray] = {}
        for name, item in items.items():
            found[name], sounds[name] = self._heard(item)
        for who in dict.fromkeys(one.who for one in found.values()):
            names = [name for name, one in found.items() if one.who == who and not one.stands]
            found |= self._nearer(names, found, sounds) if names else {}
        return {name: found[name] for name in items}

    def _heard(self, item: Item) -> tuple[Lent, np.ndarray]:
        """The recording without noise, (n,) float32 at 24 kHz, and whether its words are the line's."""
        try:
            sound = _clean(sound_of(self.folder.root / item.file, CLEAN_HZ)[: int(LONGEST_S * CLEAN_HZ)])
        except MeetAgainError:  # it was named when it was read
            sound = np.zeros(0, np.float32)
        heard = self.voices.understand(_at(sound, EAR_HZ)) if len(sound) else ""
        line = item.line or named_line(heard, self.lines, self.person)
        text = meant_words(line, self.person, self.archive) if line else ""
        said = {one.text for one in self.lines}
        stands = "no-line" if text not in said or not spoken(text) else "" if words_alike(heard, spoken(text)) >= ALIKE else "other-words"
        file = item.file.removeprefix("items/")
        return Lent(item.id, file, item.spoken_by, line, text, heard, stands, round(len(sound) / RATE_HZ, 1)), sound

    def _nearer(self, names: Sequence[str], found: Mapping[str, Lent], sounds: Mapping[str, np.ndarray]) -> dict[str, Lent]:
        """The lines of one relative, held against the made voice saying the same."""
        target = self.voices.target
        if isinstance(target, Refused):
            return {name: msgspec.structs.replace(found[name], stands="no-voice") for name in names}
        made = brought_nearer([sounds[name] for name in names], target, self.voices.kind, self.voices.ear)
        if made is None:
            return {name: msgspec.structs.replace(found[name], stands="unclear") for name in names}
        stock = cosines([self.voices.say(found[name].text) for name in names], target, self.voices.ear)
        return {name: self._judged(name, found[name], nearer, near) for name, nearer, near in zip(names, made, stock, strict=True)}

    def _judged(self, name: str, lent: Lent, nearer: Nearer, stock: float) -> Lent:
        understood = words_alike(self.voices.understand(_at(nearer.sound, EAR_HZ)), spoken(lent.text)) >= ALIKE
        stands = "unclear" if not understood else "fits" if nearer.alike >= stock else "farther"
        if stands == "fits":
            write_whole(self.folder.root / lent_file(name), as_wav(levelled(nearer.sound, RATE_HZ)))
        return msgspec.structs.replace(lent, stands=stands, alike=round(nearer.alike, 3), made=round(stock, 3))


def _clean(sound: np.ndarray) -> np.ndarray:
    """(n,) float32 at 48 kHz to 24 kHz, without noise where there is some."""
    from scipy.signal import resample_poly

    clean = cleaned(sound)
    spoken_db = clean.above_noise_db[clean.above_noise_db > 0]
    quiet = bool(len(spoken_db)) and float(np.median(spoken_db)) >= QUIET_DB
    return resample_poly(sound if quiet else clean.sound, 1, CLEAN_HZ // RATE_HZ).astype(np.float32) if len(sound) else sound


def _at(sound: np.ndarray, rate_hz: int) -> np.ndarray:
    from scipy.signal import resample_poly

    return resample_poly(sound, rate_hz // 8000, RATE_HZ // 8000).astype(np.float32)


# --- what is played, and what is told --------------------------------------------------------------------------------------------


def lent_clips(lent: Mapping[str, Lent], clips: Mapping[str, Clip]) -> dict[str, Lent]:
    """Lines that fit and that the keeper lets be played."""
    said = {name for name, clip in clips.items() if clip.sound == NEARER and clip.play_for not in ("", "no")}
    return {name: one for name, one in lent.items() if one.stands == "fits" and name in said}


def lent_recordings(lent: Mapping[str, Lent], clips: Mapping[str, Clip], made_of: str) -> dict[str, Recorded]:
    """By the words that they say; the first by name says them."""
    found: dict[str, Recorded] = {}
    for name, one in sorted(lent_clips(lent, clips).items()):
        found.setdefault(one.text, Recorded(PurePosixPath(lent_file(name)), one.item, digest(made_of, name)[:12], lent=True))
    return found


def lent_issues(root: Path, person: Person, lent: Mapping[str, Lent], clips: Mapping[str, Clip]) -> Iterable[Issue]:
    """What the keeper should know of lent lines: what waits, what is played, and why something is not."""
    name, path = person.name, str(root)
    played = lent_clips(lent, clips)
    refused = {key for key, clip in clips.items() if clip.sound == NEARER and clip.play_for == "no"}
    for who in dict.fromkeys(one.who for one in lent.values()):
        own = {key: one for key, one in lent.items() if one.who == who}
        waiting = [key for key, one in own.items() if one.stands == "fits" and key not in played and key not in refused]
        used = sum(key in played for key in own)
        if used:
            yield issue("lent-played", name=name, who=who, lines=_lines(used))
        if waiting:
            place = str(root / "build" / LENT)
            yield issue("lent-waiting", name=name, who=who, lines=_lines(len(waiting)), place=place, path=path, first=waiting[0])
        if any(one.stands == "no-voice" for one in own.values()):
            yield issue("lent-no-voice", name=name, who=who)
        for key, one in own.items():
            if one.stands in ("other-words", "no-line", "unclear", "farther"):
                yield issue(f"lent-{one.stands}", key, name=name, who=who, heard=one.heard or "nothing", text=spoken(one.text))


def _lines(count: int) -> str:
    return "one line" if count == 1 else f"{count} lines"
