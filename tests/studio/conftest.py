"""A folder of the invented family, as a keeper has it before the first review."""

import shutil
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "demo"


@pytest.fixture
def juni(tmp_path: Path) -> Path:
    """Her folder, under a name that needs quoting."""
    root = tmp_path / "Juni's folder"
    shutil.copytree(DEMO / "juni", root, ignore=shutil.ignore_patterns("build", "meetings"))
    return root
