"""YAML text comes in, plain values go out: YAML 1.2 words (`off`, `yes` stay text), no duplicate keys, errors with a line."""

import re
from collections.abc import Hashable, Sequence
from typing import Any

import yaml

_SURPRISES = {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "timestamp", "int")}


class YamlProblem(ValueError):
    """The text is not what we read; the message names the line in plain words."""


class _Loader(yaml.SafeLoader):
    """SafeLoader without YAML 1.1's surprises: only true/false are booleans, dates and sexagesimals stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _SURPRISES]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"), list("-+0123456789"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise YamlProblem(f"line {key_node.start_mark.line + 1}: a list cannot be a name")
        if key in seen:
            raise YamlProblem(f"line {key_node.start_mark.line + 1}: {key!r} stands there twice")
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(text: str) -> Any:
    """The value of one YAML document. Raises YamlProblem with the line where reading stopped."""
    try:
        return yaml.load(text, Loader=_Loader)  # a SafeLoader subclass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise YamlProblem(f"{where}{error.problem or error.context}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise YamlProblem(f"line {line}: there is a sign in it that cannot be read") from error
    except YamlProblem:
        raise
    except RecursionError as error:
        raise YamlProblem("it has too many brackets inside each other") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise YamlProblem(str(error)) from error


def line_at(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) where the value at `path` stands, or the nearest one above it that is there. None when the text is not YAML.

    `path` holds names and places in lists, as ("look", "height_cm") or ("memories", 3, "id").
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return None
    line = None
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """(line, node) of one entry of a mapping or list."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
