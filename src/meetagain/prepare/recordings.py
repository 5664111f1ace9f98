"""A person, an archive, clips and the lines to be said come in; which of them the person's own recordings will say goes out."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from meetagain.prepare.cutting import clip_file, clip_mark
from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.person import Person
from meetagain.schema.recordings import Clip, Recorded
from meetagain.schema.speech import Clause
from meetagain.voice.keys import line_key


def recordings(person: Person, archive: Archive, lines: Sequence[Clause], clips: Mapping[str, Clip] | None = None) -> dict[str, Recorded]:
    """Line key -> what is played, in every manner in which a line may be said.

    A recording is meant for a line by its provenance, a place in one by recordings.yaml: a group and number, the id of a memory, or the
    words themselves. When several are meant for the same words, whole recordings come before places, and the first by name is played.
    """
    meant: dict[str, Recorded] = {}
    for item in archive.items:
        if item.spoken_by:
            continue
        words = meant_words(item.line, person, archive) if item.line and item.kind in (ItemKind.SOUND, ItemKind.FILM) else ""
        if words:
            meant.setdefault(words, Recorded(PurePosixPath(item.file), item.id))
    ids = {item.file.removeprefix("items/"): item.id for item in archive.items}
    for name, clip in sorted(played(clips or {}).items()):
        words = meant_words(clip.play_for, person, archive)
        if words and clip.file in ids:
            meant.setdefault(words, Recorded(PurePosixPath(clip_file(name)), ids[clip.file], clip_mark(ids[clip.file], clip)))
    return {line_key(line.text, line.expression): meant[line.text] for line in lines if line.text in meant}


def played(clips: Mapping[str, Clip]) -> dict[str, Clip]:
    """What the keeper lets be played."""
    return {name: clip for name, clip in clips.items() if clip.theirs == "yes" and clip.play_for not in ("", "no")}


def meant_words(line: str, person: Person, archive: Archive) -> str:
    """The words of a line as written in person.yaml or memories.yaml; "" when there are none."""
    for fact in archive.memory.facts:
        if fact.id == line:
            return fact.said
    group, _, number = line.partition("/")
    character = person.character
    if group == "song" and "song" not in character.lines:
        group = "signs"  # what is heard before they are seen is sung where there is no song
    written = (character.reply_unsaid[group],) if group in character.reply_unsaid else character.lines.get(group)
    if written is None:
        return line
    place = int(number) - 1 if number.isdecimal() else 0
    return written[place] if 0 <= place < len(written) else ""
