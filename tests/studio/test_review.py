"""What a keeper asks for on the command line, on a folder as it is."""

import os
from pathlib import Path

import pytest
import yaml

from meetagain import cli
from meetagain.errors import CATALOGUE, MeetAgainError
from meetagain.mind.approval import Difference
from meetagain.store.review import APPROVED, read_approval, read_decisions
from meetagain.studio.asked import Asked, carry_out, with_more
from meetagain.studio.review import Review

FEW = ("What did you call peas?", "Are you in pain?", "Are you real?", "Do you remember the zoo?")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer questions at an approval than a family's portrait is asked, so that a test is quick."""
    monkeypatch.setattr("meetagain.studio.review.questions", lambda memory, language: FEW)


class Desk:
    """Calls `meetagain review` and keeps what it printed."""

    def __init__(self, root: Path) -> None:
        self.root, self.said, self.codes = root, "", []

    def __call__(self, **asked: object) -> bool:
        said: list[str] = []
        self.codes = []
        fine = carry_out(self.root, Asked(**asked), said.append, lambda found: self.codes.append(found.code))
        self.said = "\n".join(said)
        return fine


@pytest.fixture
def desk(juni: Path) -> Desk:
    return Desk(juni)


def test_every_line_is_listed_by_shelf_with_its_source(desk: Desk):
    assert desk(lines=True)
    for words in (
        "Lines that you wrote",
        "Their own words",
        "Told from your memories",
        "Answers to what",
        "Goodbyes",
        "Small lines of ours",
    ):
        assert words in desk.said
    row = next(row for row in desk.said.splitlines() if "j08/said" in row)
    assert row.split()[0] == "new" and "I was captain and Dad was only the engine." in row
    assert "told by Davin" in desk.said
    every = Review(desk.root).standing.laid_out.lines
    assert all(line.key in desk.said for line in every)
    assert "hospital" not in desk.said


def test_only_new_ones_only_with_a_word_only_of_a_class(desk: Desk):
    assert desk(approve=("j08",))
    desk(lines=True, new=True)
    assert "j08/" not in desk.said and "j09/said" in desk.said
    desk(lines=True, find="captain")
    assert "j08/said" in desk.said and "j09/said" not in desk.said
    desk(lines=True, of_class="farewell")
    assert "goodbye/1" in desk.said and "j08" not in desk.said.split("Approve:")[0]
    desk(lines=True, find="nowhere at all")
    assert "Nothing fits this." in desk.said


def test_lines_are_decided_on_and_taken_back(desk: Desk):
    assert desk(approve=("appear/1", "care"), forbid=("j21/said",), edit=("appear/2", "You took ages, actually."))
    kept = read_decisions(desk.root)
    assert {key: decision.verdict.value for key, decision in kept.items() if key in ("appear/1", "care/2", "j21/said", "appear/2")} == {
        "appear/1": "approved",
        "care/2": "approved",
        "j21/said": "forbidden",
        "appear/2": "edited",
    }
    said = {line.key: line for line in Review(desk.root).standing.spoken.lines}
    assert "j21/said" not in said and said["appear/2"].text == "You took ages, actually."
    assert desk(undo=("j21/said", "appear/2"))
    assert set(kept) - set(read_decisions(desk.root)) == {"j21/said", "appear/2"}


def test_a_moment_that_is_left_without_a_line_is_named(desk: Desk):
    assert desk(forbid=("goodbye",))
    assert desk.codes == ["lines-none-left"]
    desk()
    assert "lines-none-left" in desk.codes
    assert desk(undo=("goodbye",))
    assert desk.codes == []


def test_a_name_that_is_not_there_is_told_and_the_others_are_taken(desk: Desk):
    assert not desk(approve=("appear/1", "appear/99", "nobody"))
    assert desk.codes == ["line-unknown", "line-unknown"]
    assert list(read_decisions(desk.root)) == ["appear/1"]


def test_an_edit_that_a_portrait_would_not_say_is_not_taken(desk: Desk):
    assert not desk(edit=("care/1", "I will always be with you, Mum."))
    assert desk.codes == ["edit-never-said"] and not (desk.root / "lines.yaml").exists()
    assert desk(edit=("care/1", "I will always be with you, Mum."), as_family_wrote_it=True)
    assert read_decisions(desk.root)["care/1"].instead == "I will always be with you, Mum."


def test_an_edited_memory_keeps_its_citation(desk: Desk):
    assert desk(edit=("j08/said", "I was the captain, Dad was the engine."))
    line = next(line for line in Review(desk.root).standing.spoken.lines if line.key == "j08/said")
    assert (line.cites, line.line_class) == (("j08",), "grounded")
    assert desk.codes == ["edit-own-words"]


def test_a_decision_on_a_line_that_reads_otherwise_now_waits_again(desk: Desk):
    desk(forbid=("j08/said",))
    path = desk.root / "memories.yaml"
    path.write_text(path.read_text().replace("I was captain and Dad", "I was the captain and Dad"))
    desk(lines=True, find="captain")
    row = next(row for row in desk.said.splitlines() if "j08/said" in row)
    assert row.split()[0] == "changed"
    assert "before: I was captain and Dad was only the engine." in desk.said


def test_a_decision_on_a_line_that_is_gone_is_kept_until_it_is_taken_back(desk: Desk):
    desk(forbid=("j29/said",))
    path = desk.root / "memories.yaml"
    rows = yaml.safe_load(path.read_text())["memories"]
    path.write_text(yaml.safe_dump([row for row in rows if row["id"] != "j29"]))
    desk(lines=True)
    assert "no longer said" in desk.said and "j29/said  forbidden" in desk.said
    assert desk(undo=("j29/said",))
    assert read_decisions(desk.root) == {}


# --- approving ------------------------------------------------------------------------------------------------------------------


def test_approving_all_pins_the_lines_with_their_answers(desk: Desk):
    assert desk(approve=("all",))
    approval = read_approval(desk.root)
    assert approval is not None and approval.laid_out.rules and len(approval.probes) == len(FEW)
    assert f"Approved. The lines are kept as they are from today, and {len(FEW)} questions" in desk.said
    desk()
    assert "nothing changed since" in desk.said and desk.codes == []


def test_the_last_line_that_is_read_makes_the_approval(desk: Desk):
    keys = [entry.line.key for entry in Review(desk.root).entries]
    assert desk(approve=tuple(keys[1:]))
    assert not (desk.root / APPROVED).exists() and "1 lines are not read yet" in desk.said
    assert desk(forbid=(keys[0],))
    approval = read_approval(desk.root)
    assert approval is not None and keys[0] in approval.decisions


def test_approving_all_of_one_shelf_leaves_the_others(desk: Desk):
    assert desk(approve=("all",), of_class="unsaid")
    assert 5 < len(read_decisions(desk.root)) < 20 and not (desk.root / APPROVED).exists()


def test_a_line_forbidden_later_is_approved_with_the_others_as_they_were(desk: Desk):
    desk(approve=("all",))
    first = read_approval(desk.root)
    assert desk(forbid=("j21",))
    second = read_approval(desk.root)
    assert second is not None and first is not None
    assert second.laid_out == first.laid_out and second.decisions != first.decisions
    assert Review(desk.root).standing.approved


def test_taking_a_decision_back_leaves_the_approval_behind_and_says_so(desk: Desk):
    desk(approve=("all",))
    assert desk(undo=("j21/said",))
    desk()
    assert desk.codes == ["approval-outdated"]


def test_the_check_asks_again(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    assert not desk(check=True)
    assert desk.codes == ["lines-unread", "approval-missing"]
    desk(approve=("all",))
    assert desk(check=True)
    assert "all are answered as on" in desk.said
    other = (Difference("Are you real?", ("honest/1",), ("filler/1",)), Difference("Hello.", (), ("greeting/1",)))
    monkeypatch.setattr(Review, "check", lambda self: other)
    assert not desk(check=True)
    assert "Asked: Are you real?" in desk.said and "approved: “I'm a picture" in desk.said
    assert "approved: silence, listening" in desk.said


def test_the_check_notices_a_mind_that_answers_otherwise(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    from meetagain.mind.told import ToldOnce

    desk(approve=("all",))
    answer = ToldOnce.answer
    monkeypatch.setattr(ToldOnce, "answer", lambda self, turn: () if "pain" in turn.utterance.text else answer(self, turn))
    assert not desk(check=True)
    assert "1 of" in desk.said and "Are you in pain?" in desk.said


# --- memories that wait ---------------------------------------------------------------------------------------------------------

CHAT = """# from a chat
- id: chat-1
  fact: She told Sami that the moon followed their car home.
  said: The moon is following us!   # her words
  told_by: Sami
  source: chat
  share: ask   # waits
- {id: chat-2, fact: Something private., share: ask}
"""


def test_what_waits_is_listed_apart_and_opened_where_it_stands(desk: Desk):
    path = desk.root / "memories-chat.yaml"
    path.write_text(CHAT)
    desk(lines=True)
    before, _, after = desk.said.partition("Found in letters and chats")
    assert "chat-1" not in before and "The moon is following us!" in after and "told by Sami, chat" in after
    assert desk(opened=("chat-1",), keep_closed=("chat-2",))
    assert path.read_text() == CHAT.replace("share: ask   #", "share: all   #").replace("share: ask}", "share: never}")
    desk(lines=True)
    assert "chat-1/said" in desk.said and "chat-2" not in desk.said


def test_a_memory_that_is_not_there_does_not_stop_the_others(desk: Desk):
    (desk.root / "memories-chat.yaml").write_text(CHAT)
    assert not desk(opened=("chat-9", "chat-1"))
    assert desk.codes == ["memory-unknown"]
    assert "share: all" in (desk.root / "memories-chat.yaml").read_text()


# --- the command line -----------------------------------------------------------------------------------------------------------


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    mask = os.umask(0o077)
    monkeypatch.setattr("sys.argv", ["meetagain", "review", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    os.umask(mask)
    return int(left.value.code or 0)


def test_names_follow_one_another(juni: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert call(monkeypatch, str(juni), "--approve", "appear/1", "appear/2", "care") == 0
    assert {"appear/1", "appear/2", "care/1"} <= set(read_decisions(juni))
    assert call(monkeypatch, str(juni), "--edit", "along/1", "Come on, no peeking.") == 0
    assert read_decisions(juni)["along/1"].instead == "Come on, no peeking."
    assert call(monkeypatch, str(juni), "--lines", "--class", "family", "--new") == 0
    shown = capsys.readouterr().out
    assert "Lines that you wrote" in shown and "appear/1 " not in shown.split("Lines that you wrote")[1].split("Approve:")[0]
    assert call(monkeypatch, str(juni), "--forbid", "nobody") == 1
    assert "There is no line called nobody" in capsys.readouterr().err


def test_names_without_a_deed_are_asked_about(juni: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert call(monkeypatch, str(juni), "appear/1") == 1
    assert call(monkeypatch, str(juni), "--approve", "a", "--forbid", "b", "c") == 1
    assert call(monkeypatch, str(juni), "--edit", "along/1", "Come", "on") == 1
    assert capsys.readouterr().err.count("It is not clear what is to be done with") == 3
    assert not (juni / "lines.yaml").exists()
    with pytest.raises(MeetAgainError):
        with_more(Asked(), ["x"])


def test_every_sentence_of_a_review_can_be_read_by_a_family():
    for code in (
        "line-unknown",
        "lines-unread",
        "approval-outdated",
        "approval-altered",
        "edit-too-long",
        "memory-not-changed",
        "sheet-exists",
    ):
        _, sentence, mend = CATALOGUE[code]
        assert not {"YAML", "JSON", "hash", "key", "parse", "error"} & set(f"{sentence} {mend}".replace(".", " ").split())
