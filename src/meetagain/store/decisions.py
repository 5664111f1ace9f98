"""The text of lines.yaml comes in, decisions by line go out, and back again; thousands of them are read in a moment."""

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from meetagain.schema.lines import Decision, Verdict
from meetagain.store.amend import CannotAmend, with_entries
from meetagain.store.clear import Unclear, convert_clearly, read_clearly

HEAD = """# What you decided about the lines that may be said: approved, edited (then `instead` is said) or forbidden.
# A decision counts only while `text` is still what would be said. It is written by: meetagain review
"""
_PLAIN_NAME = re.compile(r"[A-Za-z][\w-]*(?:/[\w-]+)+", re.ASCII)
_NAME = re.compile(r'([A-Za-z][\w/-]*|"(?:[^"\\]|\\.)*"):', re.ASCII)
_FIELD = re.compile(r'  (text|verdict|instead): ("(?:[^"\\]|\\.)*"|[a-z]+)')
_RARE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # signs that end a line in YAML, or are none


def decisions_of(text: str) -> dict[str, Decision]:
    """By the key of the line. Raises Unclear with the line in the text."""
    found = _as_written(text)
    if found is not None:
        return found
    found = {}
    for key, row in read_clearly(text, dict[str, Any]).items():
        found[key] = convert_clearly(row, Decision, text, (key,))
        if found[key].verdict is Verdict.EDITED and not found[key].instead.strip():
            raise Unclear(f"{key}: it is edited, but instead is missing")
    return found


def _as_written(text: str) -> dict[str, Decision] | None:
    """The decisions of a text that is laid out exactly as we write it, which needs no YAML; None of any other."""
    rows: dict[str, dict[str, str]] = {}
    row: dict[str, str] = {}
    try:
        for line in text.split("\n"):
            if not line or line.startswith("#"):
                continue
            name, field = _NAME.fullmatch(line), _FIELD.fullmatch(line)
            if name:
                key = _word(name[1])
                if key in rows:
                    return None
                row = rows[key] = {}
            elif field and rows and field[1] not in row:
                row[field[1]] = _word(field[2])
            else:
                return None
        found = msgspec.convert(rows, dict[str, Decision])
    except (msgspec.ValidationError, json.JSONDecodeError):
        return None
    return None if any(each.verdict is Verdict.EDITED and not each.instead.strip() for each in found.values()) else found


def _word(text: str) -> str:
    return json.loads(text) if text.startswith('"') else text


def with_decisions(old: str, wanted: Mapping[str, Decision]) -> str:
    """The text that holds what is wanted. Where the keeper wrote notes between the entries, they stay."""
    fresh = HEAD + "".join(_entry(key, decision) for key, decision in wanted.items())
    if not old.strip() or (old.startswith(HEAD) and "#" not in old[len(HEAD) :]):
        return fresh
    before = decisions_of(old)
    changes = {key: wanted.get(key) for key in {**before, **wanted} if before.get(key) != wanted.get(key)}
    try:
        text = with_entries(old, {key: _entry(key, decision) if decision else None for key, decision in changes.items()})
        return text if decisions_of(text) == dict(wanted) else fresh
    except (CannotAmend, Unclear, yaml.YAMLError):
        return fresh


def _entry(key: str, decision: Decision) -> str:
    name = key if _PLAIN_NAME.fullmatch(key) else _quoted(key)
    instead = f"  instead: {_quoted(decision.instead)}\n" if decision.instead else ""
    return f"{name}:\n  text: {_quoted(decision.text)}\n  verdict: {decision.verdict.value}\n{instead}"


def _quoted(text: str) -> str:
    """A text between quotation marks that JSON and YAML read alike."""
    return _RARE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
