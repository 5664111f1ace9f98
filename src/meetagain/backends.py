"""Entry points come in, backend objects go out: the one door through which engines are found."""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

ROOMS = ("likeness", "motion", "voice", "hearing", "mind")


class BackendMissing(LookupError):
    """No installed package offers this backend for this room."""


def installed(room: str) -> dict[str, EntryPoint]:
    """Backends of one room by name, ours and those of other packages alike."""
    return {point.name: point for point in entry_points(group=f"meetagain.{room}")}


def load(room: str, name: str, **settings: Any) -> Any:
    """The backend object of this name, made with its settings. Raises BackendMissing."""
    found = installed(room).get(name)
    if found is None:
        offered = ", ".join(sorted(installed(room))) or "none"
        raise BackendMissing(f"no {room} backend is called {name!r}; installed: {offered}")
    return found.load()(**settings)
