"""A value comes in; what of it was written goes out: what was left at its default counts as not written, so that a new field changes no hash."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec


def as_written(value: Any, *, empty: bool = False) -> Any:
    """Structs, mappings and sequences as plain ones. `empty`: what was written as empty, against a default that is not, counts too."""
    if isinstance(value, msgspec.Struct):
        given = [(name, getattr(value, name), default) for name, default in _fields(type(value))]
        return {
            name: as_written(inner, empty=empty)
            for name, inner, default in given
            if inner != default and (empty or inner not in ((), {}, ""))
        }
    if isinstance(value, Mapping):
        return {str(key): as_written(inner, empty=empty) for key, inner in value.items()}
    return [as_written(inner, empty=empty) for inner in value] if isinstance(value, list | tuple) else value


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, _default(field)) for field in msgspec.structs.fields(kind))


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
