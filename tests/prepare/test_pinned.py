"""What was approved is what is said, whatever the software says by itself meanwhile; what the family changes is noticed."""

from pathlib import Path

import msgspec
import pytest
import yaml

from meetagain.archive.read import read_archive
from meetagain.errors import MeetAgainError
from meetagain.mind import lines as mind_lines
from meetagain.mind.backend import Turn
from meetagain.mind.language import Language, language, read_language
from meetagain.mind.told import ToldMind
from meetagain.prepare.pinned import Standing, pinned, standing
from meetagain.scenario.packs import load_scenario
from meetagain.schema.lines import Decision, Verdict
from meetagain.schema.speech import Utterance
from meetagain.store.folder import PersonFolder
from meetagain.store.review import APPROVED, read_approval, write_approval, write_decisions
from meetagain.store.yaml import read_yaml
from meetagain.studio.review import Review

#: The last one means nothing until an update brings a word rule for it.
ASKED = ("Where are you staying?", "Do you remember the zoo?", "What did you call peas?", "I miss you.", "How are you?", "Zibbet?")


def read(root: Path) -> tuple:
    person = PersonFolder(root).read_person()
    return person, read_archive(root).memory, load_scenario(person.settings.scenario, person.settings.language)


def stands(root: Path) -> Standing:
    return standing(root, *read(root))


def codes(root: Path) -> list[str]:
    return [found.code for found in stands(root).issues]


def answers(root: Path) -> list[tuple[str, ...]]:
    """What each question is answered with in a meeting held now."""
    person, memory, _ = read(root)
    mind = ToldMind().open(person, memory, stands(root).spoken, seed=0)
    turns = (Turn(1, Utterance(text, 0.0, 1.0), "words", "open") for text in ASKED)
    return [tuple(clause.text for clause in mind.answer(turn)) for turn in turns]


def approve(root: Path) -> None:
    review = Review(root)
    review.decide("approve", ("all",))
    assert review.approve() is not None


def test_what_was_approved_is_not_laid_out_anew_at_every_opening(juni: Path, monkeypatch: pytest.MonkeyPatch):
    approve(juni)
    before = stands(juni).spoken
    monkeypatch.setattr("meetagain.prepare.pinned.repertoire", lambda *_: pytest.fail("every line was put together again"))
    assert stands(juni).approved and stands(juni).spoken == before


def updated() -> Language:
    """English as a later version might have it: a small line reads otherwise, and a word means what it did not mean before."""
    rules = read_yaml(language("en").text)
    rules["stock"]["child"]["how_are_you"][0] = "A later version says this."
    rules["matters"].insert(0, {"name": "honest", "said": "zibbet"})
    return read_language(yaml.safe_dump(rules, allow_unicode=True, sort_keys=False))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer questions at an approval than a family's portrait is asked, so that a test is quick."""
    monkeypatch.setattr("meetagain.studio.review.questions", lambda memory, language: ASKED)


@pytest.fixture
def update(monkeypatch: pytest.MonkeyPatch):
    """Call it, and the software has been updated."""

    def _update() -> None:
        later = updated()
        monkeypatch.setattr(mind_lines, "language", lambda code: later)

    return _update


def test_nothing_is_approved_at_first(juni: Path):
    found = stands(juni)
    assert [(issue.code, issue.severity) for issue in found.issues] == [("lines-unread", "note")]
    assert pinned(juni, *read(juni)) is None
    assert found.spoken.lines == found.laid_out.lines and not found.spoken.pinned


def test_F4_an_update_of_the_software_changes_no_answer_of_somebody_approved(juni: Path, update):
    approve(juni)
    before, said = answers(juni), pinned(juni, *read(juni))
    assert said is not None and said.pinned and codes(juni) == []
    update()
    assert pinned(juni, *read(juni)) == said
    assert answers(juni) == before
    assert codes(juni) == []
    (juni / APPROVED).unlink()
    differs = [text for text, old, new in zip(ASKED, before, answers(juni), strict=True) if old != new]
    assert differs == ["How are you?", "Zibbet?"]  # the same update, where nothing was approved


def test_a_changed_memory_ends_the_approval_and_is_named(juni: Path):
    approve(juni)
    path = juni / "memories.yaml"
    path.write_text(path.read_text().replace("I was captain and Dad was only the engine.", "I was captain. Dad was the engine."))
    assert pinned(juni, *read(juni)) is None
    (found,) = stands(juni).issues
    assert (found.code, found.severity) == ("approval-outdated", "gap")
    assert "the memories" in found.sentence and "j08/said" in found.sentence and "person.yaml" not in found.sentence
    assert any(line.text == "I was captain. Dad was the engine." for line in stands(juni).spoken.lines)


def test_a_memory_that_is_taken_out_is_not_said_any_more(juni: Path):
    approve(juni)
    path = juni / "memories.yaml"
    path.write_text(path.read_text().replace("tuck\n  - blanket", "tuck\n  - blanket\n  tender: true", 1))
    assert codes(juni) == ["approval-outdated"]


def test_a_line_that_is_forbidden_after_the_approval_is_not_said(juni: Path, update):
    approve(juni)
    update()
    text = next(line.text for line in stands(juni).laid_out.lines if line.key == "j21/said")
    write_decisions(juni, {"j21/said": Decision(text, Verdict.FORBIDDEN)})
    found = stands(juni)
    assert pinned(juni, *read(juni)) is None and codes(juni) == ["approval-outdated"]
    said = [line.text for line in found.spoken.lines]
    assert text not in said and "A later version says this." not in said


def test_an_approval_that_was_changed_by_another_hand_is_not_used(juni: Path):
    approve(juni)
    path = juni / APPROVED
    path.write_text(path.read_text().replace("Peas are just tiny planets.", "Peas are the best.", 1))
    assert pinned(juni, *read(juni)) is None
    assert codes(juni) == ["approval-altered"]
    assert "Peas are the best." not in " ".join(line.text for line in stands(juni).spoken.lines)


def test_rules_of_a_version_that_is_too_different_are_not_guessed_at(juni: Path):
    approve(juni)
    approval = read_approval(juni)
    assert approval is not None
    old = msgspec.structs.replace(approval.laid_out, rules="language: en\nwhat_is_this: 1\n")
    write_approval(juni, msgspec.structs.replace(approval, laid_out=old))
    assert pinned(juni, *read(juni)) is None
    assert codes(juni) == ["approval-too-old"]


def test_decisions_that_cannot_be_read_stop_everything(juni: Path):
    approve(juni)
    (juni / "lines.yaml").write_text("j21/said: {text: a, verdict: never}\n")
    with pytest.raises(MeetAgainError) as found:
        stands(juni)
    assert found.value.issue.code == "lines-file-unclear"


def test_lines_may_be_laid_out_afresh_after_an_update(juni: Path, update):
    approve(juni)
    update()
    person, memory, story = read(juni)
    fresh = standing(juni, person, memory, story, afresh=True)
    assert "A later version says this." in [line.text for line in fresh.spoken.lines]
    assert [found.code for found in fresh.issues] == ["lines-unread"]
