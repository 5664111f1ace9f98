"""One entry of a family's file is changed, and every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.store.amend import CannotAmend, with_entries, with_field, written
from meetagain.store.yaml import read_yaml

BLOCK = """# Ours
memories:
  - id: a1   # the first
    fact: "She said: share: ask"
    share: ask     # found in a chat
  - id: a2
    fact: |
      Two lines,
      share: ask
  - {id: a3, fact: 'In braces, all on one line', share: ask}
  - {id: a4, fact: no share}
  - id: a5
    share:
    fact: left empty
"""


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Lines that differ; a line that was put in is told as ("", line)."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) == len(new):
        return [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    at = next(n for n in range(len(new)) if n >= len(old) or old[n] != new[n])
    assert old[at:] == new[at + 1 :]
    return [("", new[at])]


@pytest.mark.parametrize(
    ("memory_id", "line"),
    [
        ("a1", ("    share: ask     # found in a chat", "    share: all     # found in a chat")),
        ("a2", ("", "    share: all")),
        (
            "a3",
            (
                "  - {id: a3, fact: 'In braces, all on one line', share: ask}",
                "  - {id: a3, fact: 'In braces, all on one line', share: all}",
            ),
        ),
        ("a4", ("  - {id: a4, fact: no share}", "  - {id: a4, share: all, fact: no share}")),
        ("a5", ("    share:", "    share: all")),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_the_one_word_changes(memory_id: str, line: tuple[str, str], ending: str):
    before = BLOCK.replace("\n", ending)
    after = with_field(before, memory_id, "share", "all")
    assert changed(before, after) == [line]
    assert after.count("\r") == (after.count("\n") if ending == "\r\n" else 0)


def test_a_list_without_a_heading_and_without_an_end_of_line():
    assert with_field("- id: a\n  fact: b", "a", "share", "never") == "- id: a\n  share: never\n  fact: b"
    assert with_field("- fact: b\n  id: a", "a", "share", "never") == "- fact: b\n  id: a\n  share: never\n"


def test_what_is_not_there_is_not_there():
    with pytest.raises(KeyError):
        with_field(BLOCK, "a9", "share", "all")


def test_a_word_that_two_memories_lean_on_is_left_alone():
    text = "- {id: a, fact: x, share: &s ask}\n- {id: b, fact: y, share: *s}\n"
    with pytest.raises(CannotAmend):
        with_field(text, "b", "share", "all")


plain = st.text(alphabet="abc:#-'\" {}[],|>&*!\n é안", max_size=24)


@given(st.lists(st.tuples(plain, st.sampled_from(["ask", "all", None])), min_size=1, max_size=4), st.data())
def test_any_memories_stay_what_they_were(rows: list, data: st.DataObject):
    import yaml

    value = [{"id": f"m{n}", "fact": fact, **({"share": share} if share else {})} for n, (fact, share) in enumerate(rows)]
    text = yaml.safe_dump({"memories": value}, allow_unicode=True, default_flow_style=data.draw(st.booleans()), sort_keys=False)
    chosen = data.draw(st.integers(0, len(rows) - 1))
    after = read_yaml(with_field(text, f"m{chosen}", "share", "never"))
    before = read_yaml(text)
    before["memories"][chosen]["share"] = "never"
    assert after == before


ENTRIES = """# what we decided
care/1:
  text: I'm here.   # good
  verdict: approved

# this one hurts
goodbye/1: {text: Bye, verdict: forbidden}
"""


def test_entries_are_changed_added_and_taken_out_and_notes_stay():
    forbidden = {"text": "I'm here.", "verdict": "forbidden"}
    after = with_entries(ENTRIES, {"care/1": written({"care/1": forbidden}), "j1/said": "j1/said: {text: 'Hm: yes'}\n"})
    assert "# what we decided" in after and "# this one hurts" in after
    rows = {"care/1": forbidden, "goodbye/1": {"text": "Bye", "verdict": "forbidden"}, "j1/said": {"text": "Hm: yes"}}
    assert read_yaml(after) == rows
    assert read_yaml(with_entries(after, {"goodbye/1": None})) == {key: row for key, row in rows.items() if key != "goodbye/1"}


def test_a_text_that_is_no_set_of_entries_is_not_touched():
    for text in ("{a: {text: b}}", "- a\n"):
        with pytest.raises(CannotAmend):
            with_entries(text, {"a": None})
