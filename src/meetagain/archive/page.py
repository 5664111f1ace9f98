"""Memories that were found in a file come in; one page beside memories.yaml, which a keeper can read and edit, goes out."""

import re
from importlib.resources import files

import yaml

from meetagain.archive.found import Found
from meetagain.archive.names import listed
from meetagain.archive.written.clean import one_line
from meetagain.schema.archive import Fact

_FIELDS = ("id", "said", "fact", "told_by", "when", "source", "kind", "tags", "share", "item")
_MOST_LETTERS = 40


class _Short(list[str]):
    """A list that stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes short lists on one line, so that every dash begins a memory."""


_Dumper.add_representer(_Short, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True))
#: Signs that end a line in some alphabets: between plain quotes a reader of YAML would take them for a space.
_ENDS_OF_LINE = frozenset("\x85\u2028\u2029\ufeff")
_Dumper.add_representer(
    str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if _ENDS_OF_LINE & set(value) else None)
)


def page(found: Found, file: str, name: str) -> bytes:
    """The page as it lies in the folder: a head in plain words, then the memories. `name` is what everybody called the person."""
    head = (files("meetagain.archive") / "texts" / "found.yaml").read_text("utf-8")
    told = head.format(file=one_line(file), story=_story(found, one_line(name)))
    rows = [yaml.dump([_row(fact)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120) for fact in found.facts]
    return (told + "\nmemories:\n" + "\n".join(rows)).encode()


def page_name(stem: str) -> str:
    """memories-<name>.yaml, of letters, digits and dashes only."""
    bare = re.sub(r"[^\w]+|_+", "-", one_line(stem).lower()).strip("-")[:_MOST_LETTERS].strip("-")
    return f"memories-{bare or 'found'}.yaml"


def _story(found: Found, name: str) -> str:
    count, own = len(found.facts), sum(1 for fact in found.facts if fact.said)
    chosen = f"There are {count}, the best of {found.of}." if found.of > count else f"There are {count}."
    whose = f"In {name}'s own words: {own}. What others wrote of {name}: {count - own}."
    under = f"\n# {name} writes there as {one_line(listed(found.own))}." if found.own else ""
    return f"{chosen} {whose}{under}"


def _row(fact: Fact) -> dict[str, object]:
    values = {field: getattr(fact, field) for field in _FIELDS}
    return {field: _Short(value) if isinstance(value, tuple) else value for field, value in values.items() if value}
