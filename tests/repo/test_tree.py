"""The tree itself: nothing in it names a registry's host, a machine's path or holds a weight."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".ts", ".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".html", ".css", ".sh", ""}
HOSTS = re.compile(r"(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|/wo" + r"rk/|/home/[a-z]+/)")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_registry_host_and_no_path_of_a_machine():
    found = []
    for path in tracked():
        if path.suffix in TEXT and path != Path(__file__):
            text = path.read_text("utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {match.group(0)}" for match in HOSTS.finditer(text)]
    assert found == []


def test_no_large_file():
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > 2 * 1024 * 1024] == []


def test_source_files_stay_readable():
    long = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in (".py", ".ts") and not path.name.endswith(".gen.ts") and "test" not in path.parts[-2:][0] and _lines(path) > 400
    ]
    assert long == []


def _lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_words_that_have_no_place_in_names():
    banned = re.compile(r"\b(?:class|def|function|interface)\s+\w*(?:manager|helper|util|misc|handler)\w*", re.IGNORECASE)
    found = []
    for path in tracked():
        if path.suffix in (".py", ".ts"):
            found += [f"{path.name}: {match.group(0)}" for match in banned.finditer(path.read_text("utf-8"))]
    assert found == []
