"""A text written by a family and the value it should be come in; the value goes out, or one plain sentence with place and line."""

import re
from typing import Any, TypeVar

import msgspec

from meetagain.store.yaml import YamlProblem, line_at, read_yaml

T = TypeVar("T")

_KINDS = {
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "str": "words (put them between quotation marks)",
    "array": "a list, as [one, two]",
    "object": "a group of lines, each with a name and a colon",
}


class Unclear(ValueError):
    """What a family wrote could not be understood; the message is a part of a sentence that names place and line."""


def read_clearly(text: str, kind: type[T]) -> T:
    """YAML text as a value of `kind`. What was left empty counts as not written. Raises Unclear."""
    try:
        value = read_yaml(text)
    except YamlProblem as problem:
        raise Unclear(str(problem)) from problem
    return convert_clearly({} if value is None else value, kind, text)


def convert_clearly(value: Any, kind: type[T], text: str = "", above: tuple[str | int, ...] = ()) -> T:
    """A plain value as a value of `kind`; `above` is where it stands in `text`. Raises Unclear."""
    try:
        return msgspec.convert(_written(value), kind)
    except msgspec.ValidationError as error:
        raise Unclear(_sentence(str(error), text, above)) from error


def _written(value: Any) -> Any:
    """The value without entries that were left empty."""
    if isinstance(value, dict):
        return {str(key): _written(inner) for key, inner in value.items() if inner is not None}
    return [_written(inner) for inner in value if inner is not None] if isinstance(value, list) else value


def _sentence(message: str, text: str, above: tuple[str | int, ...]) -> str:
    shown = len(above) if any(isinstance(step, int) for step in above) else 0  # a place in a list is named by who asked
    what, _, where = message.partition(" - at `")
    path = _path(where.rstrip("`"))
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", what)
    missing = re.fullmatch(r"Object missing required field `(.*)`", what)
    if unknown:
        path = (*path, unknown[1])
        said = "we do not know this word"
    elif missing:
        said = f"{missing[1]} is missing"
    else:
        said = _expectation(what)
    name = " > ".join(str(step) if isinstance(step, str) else f"number {step + 1}" for step in (*above[shown:], *path))
    line = line_at(text, (*above, *path)) if text else None
    place = ", ".join(part for part in (name, f"line {line}" if line else "") if part)
    return f"{place}: {said}" if place else said


def _expectation(what: str) -> str:
    wrong_kind = re.fullmatch(r"Expected `([^`]*)`, got `[^`]*`", what)
    if wrong_kind:
        kinds = [_KINDS.get(kind.strip(), kind.strip()) for kind in wrong_kind[1].split("|") if kind.strip() != "null"]
        return f"it should be {' or '.join(kinds)}"
    wrong_word = re.fullmatch(r"Invalid enum value '?(.*?)'?", what)
    return f"{wrong_word[1]} is not one of the words to choose from" if wrong_word else what.replace("`", "")


def _path(where: str) -> tuple[str | int, ...]:
    """`$.look.marks[2]` as ("look", "marks", 2). Places of map values, which msgspec writes as [...], end the path."""
    steps: list[str | int] = []
    for name, place in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", where):
        if place == "...":
            break
        steps.append(int(place) if place else name)
    return tuple(steps)
