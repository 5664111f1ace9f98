"""YAML text comes in, plain values go out: YAML 1.2 words (`off`, `yes` stay text), no duplicate keys, errors with a line."""

import re
from typing import Any

import yaml


class YamlProblem(ValueError):
    """The text is not what we read; the message names the line in plain words."""


class _Loader(yaml.SafeLoader):
    """SafeLoader without YAML 1.1's surprises: only true/false are booleans, dates and sexagesimals stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
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
    except yaml.YAMLError as error:
        raise YamlProblem(str(error)) from error
