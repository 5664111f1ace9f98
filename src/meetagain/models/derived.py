"""A file of the catalogue comes in; what is made of it on this computer, once, goes out."""

import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from meetagain.models.catalogue import cache_folder
from meetagain.models.kokoro_float import RECIPE, derive
from meetagain.models.state import hash_of, where


class Recipe(msgspec.Struct, frozen=True):
    """How a file is made: from which file of which entry, by which function, and which version of that function."""

    entry: str
    file: str
    made_as: str
    version: int
    make: Callable[[Path, Path], None]


class Record(msgspec.Struct, frozen=True):
    """What lies beside a derived file, so that another or a damaged one never stands in for it."""

    source: str  # sha256
    version: int
    sha256: str
    bytes: int


RECIPES = {"kokoro-float": Recipe("kokoro", "kokoro.onnx", "kokoro-float.onnx", RECIPE, derive)}


def made_of(entry: str) -> tuple[str, ...]:
    """Names of what is made of an entry and is not there yet."""
    return tuple(name for name, recipe in RECIPES.items() if recipe.entry == entry and _found(recipe) is None)


def derived(name: str) -> Path:
    """The derived file; made now if it is not there (some seconds). Raises MeetAgainError(weights-missing) without its source."""
    recipe = RECIPES[name]
    found = _found(recipe)
    if found is not None:
        return found
    source = where(recipe.entry, recipe.file)
    target = _target(recipe)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as folder:
        made = Path(folder) / target.name
        recipe.make(source, made)
        record = Record(hash_of(source), recipe.version, hash_of(made), made.stat().st_size)
        made.replace(target)
    target.with_suffix(".json").write_bytes(msgspec.json.encode(record))
    return target


def _target(recipe: Recipe) -> Path:
    return cache_folder() / "derived" / f"v{recipe.version}-{platform.machine()}" / recipe.made_as


def _found(recipe: Recipe) -> Path | None:
    target = _target(recipe)
    try:
        record = msgspec.json.decode(target.with_suffix(".json").read_bytes(), type=Record)
        size = target.stat().st_size
    except (OSError, msgspec.DecodeError):
        return None
    source = where(recipe.entry, recipe.file).parent.name
    return target if size == record.bytes and record.version == recipe.version and record.source.startswith(source) else None
