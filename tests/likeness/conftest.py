"""One small child, built once for all tests of the room."""

import pytest

from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.likeness.shown import read_shown
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.person import Look, Person

LOOK = Look(height_cm=121, hair="light brown bob", eyes="grey-green", clothes="red jumper, blue trousers")
SOMEBODY = Person(
    id="a", full_name="Anna Test", called=("Anna",), age_shown=7, relation_to_visitor="daughter", calls_visitor="Mum", look=LOOK
)


@pytest.fixture(scope="session")
def child_file(tmp_path_factory):
    out = tmp_path_factory.mktemp("shown") / "likeness.vrm"
    EmbeddedLikeness().build(SOMEBODY, Archive(items=(), memory=Memory(facts=())), out.parent, out)
    return out


@pytest.fixture(scope="session")
def child_shown(child_file):
    return read_shown(child_file.read_bytes())
