from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetagain.archive.memories import read_all, read_memories


def told(tmp_path: Path, text: str):
    path = tmp_path / "memories.yaml"
    path.write_text(text, "utf-8")
    return read_memories(path)


def test_only_an_id_and_what_happened_are_needed(tmp_path: Path):
    fact = told(tmp_path, "memories:\n  - {id: a1, fact: We rowed., when: 1998}\n").facts[0]
    assert (fact.id, fact.fact, fact.when, fact.share, fact.said) == ("a1", "We rowed.", "1998", "all", "")


def test_a_bare_list_will_do(tmp_path: Path):
    assert len(told(tmp_path, "- {id: a1, fact: We rowed.}\n").facts) == 1


def test_a_memory_without_id_is_named_with_its_line_and_the_others_are_read(tmp_path: Path):
    got = told(tmp_path, "memories:\n  - id: a1\n    fact: One.\n  - fact: The day at the lake.\n  - id: a3\n    fact: Three.\n")
    assert [fact.id for fact in got.facts] == ["a1", "a3"]
    assert [found.code for found in got.issues] == ["memory-no-id"]
    assert "line 4" in got.issues[0].sentence
    assert "The day at the lake" in got.issues[0].sentence


def test_the_same_id_twice_is_named_once(tmp_path: Path):
    got = told(tmp_path, "- {id: a, fact: x}\n- {id: a, fact: y}\n- {id: a, fact: z}\n")
    assert [found.code for found in got.issues] == ["memory-duplicate-id"]


def test_the_same_id_in_two_files_is_named(tmp_path: Path):
    for name in ("memories.yaml", "memories-2.yaml"):
        (tmp_path / name).write_text("- {id: a, fact: x}\n")
    got = read_all(sorted(tmp_path.glob("*.yaml")))
    assert [found.code for found in got.issues] == ["memory-duplicate-id"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("memories:\n  - {id: a, fact: x, shar: all}\n", "a, shar, line 2: we do not know this word"),
        ("- {id: a, fact: x}\n- {id: b}\n", "b, line 2: fact is missing"),
        ("- {id: a, fact: x, share: everyone}\n", "a, share, line 1: everyone is not one of the words to choose from"),
        ("- {id: a, fact: x, tags: lake}\n", "a, tags, line 1: it should be a list"),
        ("- just words\n", "line 1: memory number 1"),
        ("memories: [\n", "line"),
        ("full_name: A\n", "should begin with the word memories"),
        ("words", "it should be a list"),
    ],
)
def test_what_is_unclear_is_named_in_plain_words(text: str, part: str, tmp_path: Path):
    got = told(tmp_path, text)
    assert got.issues[0].code == "memories-unclear"
    assert part in got.issues[0].sentence


def test_a_file_of_another_alphabet_is_named(tmp_path: Path):
    path = tmp_path / "memories.yaml"
    path.write_bytes("- {id: a, fact: Grüße}".encode("latin-1"))
    assert read_memories(path).issues[0].code == "memories-unclear"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "fact", "said", "tags", "share", "memories", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=values)
def test_nothing_written_ever_raises(value: object, tmp_path: Path):
    got = told(tmp_path, yaml.safe_dump(value, allow_unicode=True))
    assert all(fact.id and isinstance(fact.fact, str) for fact in got.facts)
