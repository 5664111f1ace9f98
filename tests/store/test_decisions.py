"""Decisions are read back as they were written, whether by us or by hand, and notes stay."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from meetagain.schema.lines import Decision, Verdict
from meetagain.store.decisions import HEAD, decisions_of, with_decisions
from meetagain.store.yaml import read_yaml

signs = st.characters(exclude_categories=("Cs",))
texts = st.text(signs, max_size=20) | st.text(alphabet="ab:#-'\\\" {}[],|>&*!\n\x85\u2028é안👋", max_size=12)
names = st.sampled_from(["care/1", "j08/told/1", "my memory/said", "7", "true", "# a/1"]) | texts.filter(bool)
decided = st.one_of(
    st.builds(Decision, texts, st.sampled_from([Verdict.APPROVED, Verdict.FORBIDDEN])),
    st.builds(Decision, texts, st.just(Verdict.EDITED), texts.filter(str.strip)),
)


@given(st.dictionaries(names, decided, max_size=4), st.dictionaries(names, decided, max_size=4))
def test_any_decisions_come_back(first: dict[str, Decision], second: dict[str, Decision]):
    text = with_decisions("", first)
    assert decisions_of(text) == first
    assert decisions_of(with_decisions(text, second)) == second


@given(st.dictionaries(names, decided, min_size=1, max_size=4))
def test_what_is_read_quickly_is_what_stands_there_as_yaml(decisions: dict[str, Decision]):
    rows = {
        key: {"text": each.text, "verdict": each.verdict.value, **({"instead": each.instead} if each.instead else {})}
        for key, each in decisions.items()
    }
    assert {str(key): row for key, row in read_yaml(with_decisions("", decisions)).items()} == rows


@given(st.dictionaries(names, decided, max_size=4), st.dictionaries(names, decided, max_size=3))
def test_a_file_that_was_written_by_hand_keeps_what_it_says(first: dict[str, Decision], second: dict[str, Decision]):
    rows = {key: {"text": each.text, "verdict": each.verdict.value, "instead": each.instead} for key, each in first.items()}
    by_hand = f"# ours\n{yaml.safe_dump(rows, allow_unicode=False)}"
    wanted = {**decisions_of(by_hand), **second}
    assert decisions_of(with_decisions(by_hand, wanted)) == wanted


def test_notes_stay_beside_what_did_not_change():
    yes, no = Decision("I'm here.", Verdict.APPROVED), Decision("I'm here.", Verdict.FORBIDDEN)
    text = with_decisions("", {"care/1": yes, "care/2": yes}).replace("care/2", "# ask Irja\ncare/2")
    after = with_decisions(text, {"care/1": no, "care/2": yes, "care/3": yes})
    assert after.startswith(HEAD) and "# ask Irja\ncare/2:" in after
    assert decisions_of(after) == {"care/1": no, "care/2": yes, "care/3": yes}
