from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from meetagain.archive.new import template
from meetagain.archive.provenance import Provenance
from meetagain.care.consent import may_build
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person
from meetagain.store.folder import PersonFolder

DOCS = Path(__file__).parents[2] / "docs" / "person-folder.md"


def names(kind: type) -> Iterator[str]:
    for field in msgspec.structs.fields(kind):
        yield field.name
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from names(field.type)


@pytest.mark.parametrize("name", sorted(set(names(Person))))
def test_every_word_of_person_yaml_is_explained_to_the_keeper(name: str):
    assert f"{name}:" in template("person.yaml").decode()
    text = DOCS.read_text("utf-8")
    assert f"`{name}`" in text or f"### {name}\n" in text


@pytest.mark.parametrize("name", sorted({*names(Fact), *names(Provenance)}))
def test_every_word_of_memories_and_provenance_is_explained(name: str):
    text = DOCS.read_text("utf-8")
    assert f"`{name}`" in text or f"{name}:" in text


def test_C1_a_fresh_folder_cannot_be_built_until_somebody_takes_responsibility(root: Path):
    assert [found.code for found in may_build(PersonFolder(root).read_person())] == ["consent-missing"]
