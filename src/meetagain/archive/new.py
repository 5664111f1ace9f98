"""A path comes in, a folder with a person.yaml that explains itself lies there."""

from importlib.resources import files
from pathlib import Path

from meetagain.errors import MeetAgainError, issue
from meetagain.store.folder import PersonFolder, write_whole


def new_folder(root: Path) -> None:
    """Make a person's folder. Raises MeetAgainError when something is there already; nothing is ever overwritten."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise MeetAgainError(issue("folder-exists", path=str(root)))
    for name in ("person.yaml", "memories.yaml"):
        write_whole(root / name, template(name))
    PersonFolder(root).items.mkdir(exist_ok=True)


def template(name: str) -> bytes:
    """The text that a fresh folder begins with."""
    return (files("meetagain.archive") / "texts" / name).read_bytes()
