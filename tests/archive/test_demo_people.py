from pathlib import Path

import numpy as np
import pytest

from meetagain.archive.read import read_archive
from meetagain.archive.sound import sound_of
from meetagain.care.consent import may_build
from meetagain.scenario.check import check
from meetagain.scenario.packs import load_scenario
from meetagain.store.folder import PersonFolder
from meetagain.store.yaml import read_yaml

DEMO = Path(__file__).parents[2] / "demo"


@pytest.fixture(params=["juni", "matti"])
def root(request: pytest.FixtureRequest) -> Path:
    return DEMO / request.param


def test_the_demo_people_are_whole_and_ready(root: Path):
    archive = read_archive(root)
    person = PersonFolder(root).read_person()
    assert archive.issues == ()
    assert len(archive.memory.facts) == 30
    assert person.fictional
    assert may_build(person) == ()
    assert [found.sentence for found in check(load_scenario(person.settings.scenario, "en"), person) if found.severity == "stop"] == []


def test_C3_every_file_of_the_demo_says_that_it_is_invented(root: Path):
    archive = read_archive(root)
    assert all("invented" in item.given_by for item in archive.items)
    assert {item.file for item in archive.items} == {f"items/{path.name}" for path in (root / "items").iterdir()}
    assert all(item.taken for item in archive.items if item.kind == "photo")


def test_the_demo_is_small(root: Path):
    own = [path for path in root.rglob("*") if path.is_file() and not {"build", "meetings"} & set(path.relative_to(root).parts)]
    assert sum(path.stat().st_size for path in own) <= 1.5 * 1024 * 1024


def test_memories_are_those_of_the_invented_family(root: Path):
    family = read_yaml((DEMO / "orrel.yaml").read_text("utf-8"))
    told = next(person for person in family["people"] if person["id"] == root.name)["memories"]
    assert [(fact.id, fact.fact, fact.said, fact.share) for fact in read_archive(root).memory.facts] == [
        (row["id"], row["fact"], row["said"], row["share"]) for row in told
    ]


def test_recordings_are_heard_and_do_not_clip(root: Path):
    for item in read_archive(root).items:
        if item.kind == "sound":
            sound = sound_of(root / item.file, 24000)
            assert item.line
            assert 0.2 < np.abs(sound).max() < 0.95
            assert abs(float(sound.mean())) < 0.01
