"""What was heard in recordings and what the keeper decided come in; every place with its name, whose voice it is and what it might be for goes out."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np

from meetagain.errors import Issue, issue
from meetagain.prepare.recordings import meant_words, played
from meetagain.schema.archive import Archive, Item
from meetagain.schema.lines import Line
from meetagain.schema.person import Person
from meetagain.schema.recordings import Clip, Heard, Kind, Place, Whose
from meetagain.voice.keys import spoken
from meetagain.voice.whose import ENOUGH_S, Piece, attributed, voices

ALIKE = 0.82  # of the letters of a line and of what was heard
OTHER_WORDS = 0.6
LEAST_S = 3.0  # of speech in all, to know a voice by
_GOODNIGHT = re.compile(
    r"\b(good ?night|night,? night|nighty|sleep (tight|well)|sweet dreams|bye[ -]?bye|goodbye|see you)\b|잘 ?자|주무세요", re.IGNORECASE
)


class Proposal(msgspec.Struct, frozen=True):
    """What a place might be played for, and why."""

    line: str  # as in provenance.yaml; "" when there is no such line yet
    why: str


class Spot(msgspec.Struct, frozen=True):
    """One place of one recording, by name."""

    name: str
    item: Item
    place: Place
    whose: Whose
    voice: int  # which voice of its recordings; -1: too short to tell
    clip: Clip | None = None
    proposal: Proposal | None = None

    @property
    def file(self) -> str:
        """Its recording, below items/."""
        return self.item.file.removeprefix("items/")


def spots(
    person: Person, archive: Archive, heard: Mapping[str, Heard], clips: Mapping[str, Clip], lines: Sequence[Line]
) -> tuple[Spot, ...]:
    """Every place that was heard, in the order of the recordings."""
    items = {item.id: item for item in archive.items}
    named = _named([(items[key], place) for key, one in heard.items() if key in items for place in one.places])
    pieces = [Piece(item.id, place.seconds, np.array(place.voice, np.float32)) for _, item, place in named]
    voice_of = voices(pieces)
    decided = {at: found for at, (name, item, place) in enumerate(named) if (found := _decision(name, item, place, clips))}
    yes, no = ([at for at, clip in decided.items() if clip.theirs == answer] for answer in ("yes", "no"))
    whose = attributed(pieces, voice_of, yes, no)
    return tuple(
        Spot(
            name=name,
            item=item,
            place=place,
            whose=whose[at],
            voice=voice_of[at],
            clip=decided.get(at),
            proposal=proposal(place, lines, person) if whose[at] in (Whose.THEIRS, Whose.PERHAPS) else None,
        )
        for at, (name, item, place) in enumerate(named)
    )


def _named(found: Sequence[tuple[Item, Place]]) -> list[tuple[str, Item, Place]]:
    """With names such as beach-0m12: the recording's, and where in it."""
    slugs = {item.id: _slug(item) for item, _ in found}
    twice = {slug for slug in slugs.values() if list(slugs.values()).count(slug) > 1}
    taken: set[str] = set()
    out = []
    for item, place in found:
        slug = f"{slugs[item.id]}-{item.id[:4]}" if slugs[item.id] in twice else slugs[item.id]
        name = f"{slug}-{int(place.start_s // 60)}m{int(place.start_s % 60):02d}"
        name = next(
            each for each in (name, *(f"{name}{letter}" for letter in "bcdefghijk"), f"{name}-{place.start_s:.2f}") if each not in taken
        )
        taken.add(name)
        out.append((name, item, place))
    return out


def _slug(item: Item) -> str:
    return re.sub(r"[^\w]+", "-", Path(item.file).stem.lower()).strip("-") or "recording"


def _decision(name: str, item: Item, place: Place, clips: Mapping[str, Clip]) -> Clip | None:
    """What was decided about this place: under its name, or about the place in its file that it overlaps most."""
    file = item.file.removeprefix("items/")
    clip = clips.get(name)
    if clip and clip.file == file:
        return clip
    shared = {key: min(one.to_s, place.end_s) - max(one.from_s, place.start_s) for key, one in clips.items() if one.file == file}
    best = max(shared, key=shared.__getitem__, default="")
    return clips[best] if best and shared[best] > 0.5 * place.seconds else None


# --- what for -----------------------------------------------------------------------------------------------------------------


def proposal(place: Place, lines: Sequence[Line], person: Person) -> Proposal | None:
    """The line that a place might be played for: a song, a laugh, the same words, a goodnight, a call."""
    groups = {line.group for line in lines}
    if place.kind is Kind.SONG:
        return Proposal("song/1" if groups & {"song", "signs"} else "", "a song")
    if place.kind is Kind.LAUGH:
        return Proposal("laugh/1" if "laugh" in groups else "", "a laugh")
    best, alike = _likest(place.text, lines)
    if best is not None and alike >= ALIKE:
        return Proposal(_named_line(best, person), "the same words")
    if _GOODNIGHT.search(place.text):
        return Proposal("goodbye/1" if "goodbye" in groups else "", "a goodnight")
    names = {name.casefold() for name in (person.calls_visitor, person.visitor_name, *person.character.calls.values()) if name}
    words = _plain(place.text).split()
    if len(words) <= 3 and names & {*words, " ".join(words)}:
        return Proposal("", "a call")
    return None


def _likest(text: str, lines: Iterable[Line]) -> tuple[Line | None, float]:
    said = _plain(text)
    if not said:
        return None, 0.0
    found: tuple[Line | None, float] = None, 0.0
    for line in lines:
        words = _plain(spoken(line.text))
        match = difflib.SequenceMatcher(None, said, words, autojunk=False)
        if words and min(len(words), len(said)) > 0.6 * max(len(words), len(said)) and match.quick_ratio() >= ALIKE:
            alike = match.ratio()
            found = (line, alike) if alike > found[1] else found
    return found


def named_line(text: str, lines: Sequence[Line], person: Person) -> str:
    """The line whose words were heard, as a keeper names it; "" where there is none."""
    best, alike = _likest(text, lines)
    return _named_line(best, person) if best is not None and alike >= ALIKE else ""


def words_alike(heard: str, written: str) -> float:
    """0 to 1: how many of the letters of two texts agree, without capitals and stops."""
    return difflib.SequenceMatcher(None, _plain(heard), _plain(written), autojunk=False).ratio()


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold().replace("'", "")).split())


def _named_line(line: Line, person: Person) -> str:
    """How the keeper names a line: its key, the memory whose words it is, or the words themselves."""
    group, _, rest = line.key.partition("/")
    if rest == "said":
        return group
    written = group in person.character.lines or group in person.character.reply_unsaid
    return line.key if written and rest.isdigit() else line.text


# --- what the keeper should know ----------------------------------------------------------------------------------------------


def clip_issues(root: Path, person: Person, archive: Archive, clips: Mapping[str, Clip], texts: Iterable[str]) -> tuple[Issue, ...]:
    """Clips that are meant for a line that nobody says, or that hold other words than it."""
    said, found = set(texts), []
    files = {item.file.removeprefix("items/") for item in archive.items}
    for name, clip in played(clips).items():
        words = meant_words(clip.play_for, person, archive)
        if clip.file not in files:
            continue
        if words not in said:
            found.append(issue("clip-line-missing", name, line=clip.play_for, path=str(root)))
        elif (
            clip.heard and spoken(words) and difflib.SequenceMatcher(None, _plain(clip.heard), _plain(spoken(words))).ratio() < OTHER_WORDS
        ):
            found.append(issue("clip-other-words", name, heard=clip.heard, text=spoken(words)))
    return tuple(found)


def enough(found: Sequence[Spot]) -> bool:
    """Whether there is enough speech in all to know a voice by."""
    return sum(spot.place.seconds for spot in found if spot.place.seconds >= ENOUGH_S) >= LEAST_S
