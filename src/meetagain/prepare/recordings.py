"""A person, an archive and the lines to be said come in; which of them the person's own recordings will say goes out."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause
from meetagain.voice.keys import line_key


def recordings(person: Person, archive: Archive, lines: Sequence[Clause]) -> dict[str, tuple[PurePosixPath, str]]:
    """Line key -> (file below the folder, item id), in every manner in which a line may be said.

    A recording is meant for a line by its provenance: a group and number, the id of a memory, or the words themselves.
    When two are meant for the same words, the first by name is played.
    """
    meant: dict[str, tuple[PurePosixPath, str]] = {}
    for item in archive.items:
        words = meant_words(item.line, person, archive) if item.line and item.kind in (ItemKind.SOUND, ItemKind.FILM) else ""
        if words:
            meant.setdefault(words, (PurePosixPath(item.file), item.id))
    return {line_key(line.text, line.expression): meant[line.text] for line in lines if line.text in meant}


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
