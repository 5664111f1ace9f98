"""docs/benches.md names every figure that a kept result or a measurement gives."""

import json
import re
from pathlib import Path

import pytest

from meetagain.bench import BENCHES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "benches.md").read_text("utf-8")


def part(name: str) -> str:
    """What the page says of one measurement."""
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/benches.md says nothing of {name}"
    return found.group(1)


@pytest.mark.parametrize("name", sorted(BENCHES))
def test_every_measurement_has_its_part(name: str):
    assert "| `" in part(name)


@pytest.mark.parametrize("path", sorted((ROOT / "bench" / "results").glob("*.json")), ids=lambda path: path.stem)
def test_every_kept_figure_is_explained(path: Path):
    kept = json.loads(path.read_text("utf-8"))
    assert [name for name in kept["figures"] if f"`{name}`" not in part(kept["bench"])] == []
