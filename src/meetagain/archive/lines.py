"""A recording's name, a person and the memory ids come in; the line that the recording is meant for goes out."""

import re
from collections.abc import Iterable

from meetagain.schema.person import Person

#: Words that a family may use in a file's name, and the group of lines they mean.
OTHER_WORDS = {"goodnight": "goodbye", "bye": "goodbye", "hello": "appear", "sing": "song", "singing": "song", "laughter": "laugh"}
ALWAYS = ("song", "laugh")


def line_of(stem: str, person: Person, memory_ids: Iterable[str]) -> str:
    """Which line a recording is for, by its name without the ending; "" when the name says nothing.

    `goodbye-2` is for the second goodbye, `touch_ask` for the first line that asks for a hand, `j28` for the words of that memory,
    `song` for the song. Capitals do not matter, and a space or a dash is as good as an underscore.
    """
    name = _flat(stem)
    ids = {_flat(memory_id): memory_id for memory_id in memory_ids}
    if name in ids:
        return ids[name]
    groups = {_flat(group): group for group in (*ALWAYS, *person.character.lines, *person.character.reply_unsaid)}
    group, number = _numbered(name)
    group = OTHER_WORDS.get(group, group)
    return f"{groups[group]}/{number}" if group in groups else ""


def _flat(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


def _numbered(name: str) -> tuple[str, int]:
    """("goodbye", 2) of "goodbye-2"; without a number it is the first."""
    found = re.fullmatch(r"(.+)-(\d{1,3})", name)
    return (found[1], max(1, int(found[2]))) if found else (name, 1)
