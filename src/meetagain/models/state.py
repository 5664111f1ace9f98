"""The catalogue and the cache come in; what is there, whole and trusted, goes out."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.models.catalogue import WeightFile, Weights, cache_folder, catalogue


class WeightState(msgspec.Struct, frozen=True):
    """One entry as it is on this computer."""

    name: str
    what: str
    licence: str
    bytes: int
    needed: bool
    present: bool


def state() -> tuple[WeightState, ...]:
    """Every entry. A file counts as present when its size fits and its hash was checked when it was written."""
    return tuple(_state(name, entry) for name, entry in catalogue().items())


def _state(name: str, entry: Weights) -> WeightState:
    size = sum(file.bytes for file in entry.files)
    return WeightState(name, entry.what, entry.licence, size, entry.needed, present(name))


def present(name: str) -> bool:
    """Whether everything of an entry is on this computer."""
    return all(is_there(name, file) for file in catalogue()[name].files)


def is_there(name: str, file: WeightFile) -> bool:
    """Whether the file lies in its place with its size; its hash was checked when it was laid there."""
    path = path_of(name, file)
    return path.is_file() and path.stat().st_size == file.bytes


def broken() -> tuple[str, ...]:
    """Names of entries of which a file is no longer what it was when it was laid: reads everything, which takes seconds."""
    return tuple(
        name
        for name, entry in catalogue().items()
        if any(is_there(name, file) and hash_of(path_of(name, file)) != file.sha256 for file in entry.files)
    )


def path_of(name: str, file: WeightFile) -> Path:
    """The file's place; its hash is part of the place, so another version never stands in for it. What is installed lies in its package."""
    if file.parts and file.parts[0].kind == "installed":
        return _package_folder(file.parts[0].package) / file.parts[0].member
    return cache_folder() / name / f"{file.sha256[:16]}" / file.name


def _package_folder(package: str) -> Path:
    found = find_spec(package)
    places = found.submodule_search_locations if found else None
    return Path(places[0]) if places else Path("not-installed")


def trusted(name: str) -> bool:
    """Whether every file of an entry is there and is what the catalogue says, read to its end."""
    return all(is_there(name, file) and hash_of(path_of(name, file)) == file.sha256 for file in catalogue()[name].files)


def where(name: str, file: str) -> Path:
    """A file of the catalogue. Raises MeetAgainError(weights-missing) when it was not fetched, KeyError when it is not listed."""
    entry = catalogue()[name]
    found = next((one for one in entry.files if one.name == file), None)
    if found is None:
        raise KeyError(f"{name} has no file {file}")
    path = path_of(name, found)
    if not is_there(name, found):
        raise MeetAgainError(issue("weights-missing", entry.what))
    return path


def hash_of(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
