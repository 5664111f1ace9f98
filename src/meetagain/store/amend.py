"""A YAML text and a change to one entry come in; the text with that change goes out, all other bytes as the family wrote them."""

import json
import re
from collections.abc import Mapping

import yaml

from meetagain.store.yaml import YamlProblem, read_yaml


class CannotAmend(ValueError):
    """The entry is written in a way that cannot be changed where it stands; nothing was changed."""


def with_field(text: str, memory_id: str, name: str, value: str) -> str:
    """The text of a list of memories, in which the one of this id has the field `name` with a plain word as `value`.

    Raises KeyError where no memory has this id, CannotAmend where the text cannot be changed safely.
    """
    row = _row(text, memory_id)
    amended = _put(text, row, name, value)
    try:
        right = read_yaml(amended) == _with(read_yaml(text), memory_id, name, value)
    except YamlProblem as problem:
        raise CannotAmend(memory_id) from problem
    if not right:
        raise CannotAmend(memory_id)
    return amended


def with_setting(text: str, path: tuple[str, ...], value: float | str) -> str:
    """The text of a mapping in which the entry at `path`, as ("look", "features", "nose width"), has this plain value; all else as it stood.

    What is missing on the way is made. Raises CannotAmend where the text cannot be changed safely.
    """
    before = read_yaml(text)
    wanted = _set(before if isinstance(before, dict) else {}, path, value)
    amended = _put_at(text, path, written(value).removesuffix("...\n").strip())
    try:
        right = read_yaml(amended) == wanted
    except YamlProblem as problem:
        raise CannotAmend(".".join(path)) from problem
    if not right:
        raise CannotAmend(".".join(path))
    return amended


def _set(table: dict, path: tuple[str, ...], value: float | str) -> dict:
    inner = table.get(path[0])
    return {**table, path[0]: value if len(path) == 1 else _set(inner if isinstance(inner, dict) else {}, path[1:], value)}


def _put_at(text: str, path: tuple[str, ...], value: str) -> str:
    """Change the value where it stands, or add what is missing as the last entry of the deepest mapping that is there."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for depth, name in enumerate(path):
        if not isinstance(node, yaml.MappingNode):
            raise CannotAmend(".".join(path))
        found = next((inner for key, inner in node.value if key.value == name), None)
        empty = isinstance(found, yaml.ScalarNode) and found.start_mark.index == found.end_mark.index
        hollow = isinstance(found, yaml.MappingNode) and not found.value
        if found is None or (depth < len(path) - 1 and (empty or hollow)):
            return _add(text, node, path[depth:], value, found)
        if depth == len(path) - 1:
            begin, end = found.start_mark.index, found.end_mark.index
            return text[:begin] + (f" {value}" if empty else value) + text[end:]
        node = found
    raise CannotAmend(".".join(path))


def _add(text: str, node: yaml.MappingNode, path: tuple[str, ...], value: str, found: yaml.Node | None) -> str:
    """Add `path` with its value to a mapping; what lies deeper is written between braces, on the same line."""
    entry = value
    for name in reversed(path[1:]):
        entry = f"{{{name}: {entry}}}"
    if found is not None:  # `features:` or `features: {}` stands there, with nothing in it
        begin, end = found.start_mark.index, found.end_mark.index
        return text[:begin] + (f" {entry}" if begin == end else entry) + text[end:]
    if node.flow_style:
        end = node.end_mark.index - 1
        return f"{text[:end].rstrip()}{', ' if node.value else ''}{path[0]}: {entry}{text[end:]}"
    end = _end(node)
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    ending = "\r\n" if text[line_end - 1 : line_end] == "\r" else "\n"
    line_end -= ending == "\r\n"
    return f"{text[:line_end]}{ending}{' ' * node.start_mark.column}{path[0]}: {entry}{text[line_end:]}"


def _row(text: str, memory_id: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "memories"), None)
    for row in root.value if isinstance(root, yaml.SequenceNode) else ():
        if isinstance(row, yaml.MappingNode) and any(key.value == "id" and _is(value, memory_id) for key, value in row.value):
            return row
    raise KeyError(memory_id)


def _is(node: yaml.Node, text: str) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value.strip() == text


def _put(text: str, row: yaml.MappingNode, name: str, value: str) -> str:
    fields = {key.value: node for key, node in row.value}
    if name in fields:
        begin, end = fields[name].start_mark.index, fields[name].end_mark.index
        return text[:begin] + (f" {value}" if begin == end else value) + text[end:]
    after = fields["id"].end_mark.index
    if row.flow_style:
        return f"{text[:after]}, {name}: {value}{text[after:]}"
    line_end = text.find("\n", after)
    ending = "\r\n" if line_end > 0 and text[line_end - 1] == "\r" else "\n"
    entry = f"{' ' * row.start_mark.column}{name}: {value}"
    if line_end < 0:
        return f"{text}{ending}{entry}{ending}"
    return f"{text[: line_end + 1]}{entry}{ending}{text[line_end + 1 :]}"


def _with(rows: object, memory_id: str, name: str, value: str) -> object:
    """The rows as they should read after the change."""
    if isinstance(rows, dict):
        return {**rows, "memories": _with(rows.get("memories"), memory_id, name, value)}
    return [{**row, name: value} if str(row.get("id")).strip() == memory_id else row for row in rows] if isinstance(rows, list) else rows


def with_entries(text: str, changes: Mapping[str, str | None]) -> str:
    """The text of named entries with some changed (to this text, name and all), added at the end, or taken out (None).

    Notes between them stay. Raises CannotAmend where the text is written in a way that only a fresh text can follow.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader) if text.strip() else None
    if root is not None and (not isinstance(root, yaml.MappingNode) or root.flow_style):
        raise CannotAmend("")
    places = {key.value: (key, value) for key, value in root.value} if root is not None else {}
    pieces: list[tuple[int, int, str]] = []
    added = ""
    for name, entry in changes.items():
        if name not in places:
            added += entry or ""
            continue
        key, value = places[name]
        begin, end = key.start_mark.index, _end(value)
        if entry is None:
            end = text.find("\n", end) + 1 or len(text)
        pieces.append((begin, end, (entry or "").rstrip("\n")))
    for begin, end, piece in sorted(pieces, reverse=True):
        text = text[:begin] + piece + text[end:]
    return text + ("\n" if added and text and not text.endswith("\n") else "") + added


def _end(node: yaml.Node) -> int:
    """Where the last word of an entry ends; YAML itself counts the notes after it as well."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _end(node.value[-1])
    return node.end_mark.index


def written(value: object) -> str:
    """A plain value as YAML text that reads back the same, every text on one line."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000_000)
    if read_yaml(text) != value:  # some rare sign counts as the end of a line when it stands there as it is
        text = yaml.safe_dump(value, allow_unicode=False, sort_keys=False, width=1_000_000)
    return text


def quoted(text: str) -> str:
    """Words between quotation marks that JSON and YAML read alike."""
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
