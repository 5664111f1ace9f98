"""What the keeper decided is on the disk, whole or not at all; an approval that was changed by another hand is noticed."""

import json
from pathlib import Path

import pytest

from meetagain.errors import MeetAgainError
from meetagain.schema.approval import Approval, Probe
from meetagain.schema.lines import Decision, Line, Repertoire, Verdict
from meetagain.schema.speech import LineClass
from meetagain.store.review import (
    APPROVED,
    DECISIONS,
    Altered,
    append_memory,
    free_id,
    read_approval,
    read_decisions,
    reviewing,
    share_memory,
    write_approval,
    write_decisions,
)
from meetagain.store.yaml import read_yaml

YES = Decision(text="I'm here.", verdict=Verdict.APPROVED)
NO = Decision(text="Don't go: please.", verdict=Verdict.FORBIDDEN)
OTHER = Decision(text="안녕", verdict=Verdict.EDITED, instead="잘 있었어? 👋")


def test_decisions_come_back_and_others_stay(tmp_path: Path):
    assert read_decisions(tmp_path) == {}
    write_decisions(tmp_path, {"care/1": YES, "care/2": NO})
    write_decisions(tmp_path, {"appear/1": OTHER, "care/2": None})
    assert read_decisions(tmp_path) == {"care/1": YES, "appear/1": OTHER}
    assert [path.name for path in tmp_path.iterdir()] == [DECISIONS]


def test_notes_that_the_keeper_wrote_stay(tmp_path: Path):
    write_decisions(tmp_path, {"care/1": YES})
    path = tmp_path / DECISIONS
    path.write_text(path.read_text() + "# ask Irja about the rest\n")
    write_decisions(tmp_path, {"care/1": NO, "care/2": YES})
    assert "# ask Irja about the rest" in path.read_text()


def test_rare_signs_and_long_names(tmp_path: Path):
    odd = {"\x85": YES, "n" * 300: Decision(text="a\u2028b\nc", verdict=Verdict.APPROVED), "? a": NO, "7": YES}
    write_decisions(tmp_path, odd)
    write_decisions(tmp_path, dict.fromkeys(odd, OTHER))
    assert read_decisions(tmp_path) == dict.fromkeys(odd, OTHER)


def test_hundreds_of_decisions(tmp_path: Path):
    many = {f"m{n}/told/1": Decision(text=f"Line number {n}.", verdict=Verdict.APPROVED) for n in range(400)}
    write_decisions(tmp_path, many)
    write_decisions(tmp_path, {"m7/told/1": None})
    assert len(read_decisions(tmp_path)) == 399


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("care/1:\n  text: a\n  verdict: maybe\n", "line 3", "maybe"),
        ("care/1:\n  text: a\n  verdict: approved\n  why: b\n", "line 4", "why"),
        ("care/1:\n  text: a\n", "line 1", "verdict"),
        ("care/1: yes\n", "line 1", "care/1"),
        ("care/1:\n  text: [\n", "line 3", ""),
        ("care/1:\n  text: a\n  verdict: edited\n", "", "instead"),
        ("- a\n", "", "group"),
    ],
)
def test_a_wrong_file_is_named_and_left(tmp_path: Path, text: str, line: str, word: str):
    (tmp_path / DECISIONS).write_text(text)
    for doing in (lambda: read_decisions(tmp_path), lambda: write_decisions(tmp_path, {"care/2": YES})):
        with pytest.raises(MeetAgainError) as found:
            doing()
        assert found.value.issue.code == "lines-file-unclear"
        assert line in found.value.issue.sentence and word in found.value.issue.sentence
    assert (tmp_path / DECISIONS).read_text() == text


def test_a_file_in_another_encoding_is_named(tmp_path: Path):
    (tmp_path / DECISIONS).write_bytes("care/1: é".encode("utf-16"))
    with pytest.raises(MeetAgainError, match="UTF-8"):
        read_decisions(tmp_path)


def test_a_disk_that_fails_leaves_the_old_decisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_decisions(tmp_path, {"care/1": YES})

    def fails(self: Path, target: Path) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="no room"):
        write_decisions(tmp_path, {"care/1": NO})
    assert read_decisions(tmp_path) == {"care/1": YES}
    assert [path.name for path in tmp_path.iterdir()] == [DECISIONS]


def test_two_windows_do_not_write_at_once(tmp_path: Path):
    with reviewing(tmp_path), pytest.raises(MeetAgainError) as found, reviewing(tmp_path):
        pass
    assert found.value.issue.code == "review-under-way"


def test_a_memory_is_opened_where_it_stands(tmp_path: Path):
    (tmp_path / "memories.yaml").write_text("- {id: j1, fact: a}\n")
    chat = b"\xef\xbb\xbf# from a chat\r\n- id: c1\r\n  fact: b\r\n  share: ask\r\n- id: c2\r\n  fact: c\r\n  share: ask\r\n"
    (tmp_path / "memories-chat.yaml").write_bytes(chat)
    assert share_memory(tmp_path, "c1", "all").name == "memories-chat.yaml"
    assert (tmp_path / "memories-chat.yaml").read_bytes() == chat.replace(b"share: ask", b"share: all", 1)
    assert (tmp_path / "memories.yaml").read_text() == "- {id: j1, fact: a}\n"


def test_a_memory_that_is_not_there_is_named(tmp_path: Path):
    (tmp_path / "memories.yaml").write_text("- {id: j1, fact: a}\n")
    (tmp_path / "memories-2.yaml").write_text("[ broken")
    (tmp_path / "memories-3.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(MeetAgainError) as found:
        share_memory(tmp_path, "j9", "all")
    assert (found.value.issue.code, found.value.issue.about) == ("memory-unknown", "j9")


def test_what_was_told_is_added_at_the_end(tmp_path: Path):
    append_memory(tmp_path, {"id": "told-1", "fact": "We: went there", "share": "ask"})
    path = append_memory(tmp_path, {"id": "told-2", "fact": "- and back #2", "share": "ask"})
    assert [row["fact"] for row in read_yaml(path.read_text())["memories"]] == ["We: went there", "- and back #2"]
    assert path.read_text().startswith("# What the visitor told")


def test_a_list_of_another_form_is_left_alone(tmp_path: Path):
    path = tmp_path / "memories-told.yaml"
    path.write_text("memories: []\n")
    with pytest.raises(MeetAgainError) as found:
        append_memory(tmp_path, {"id": "told-1", "fact": "a"})
    assert found.value.issue.code == "told-file-unclear"
    assert path.read_text() == "memories: []\n"


def test_ids_are_free():
    assert free_id(["told-1", "told-3"], "told") == "told-2"


def _approval() -> Approval:
    lines = (Line("care/1", "I'm here “now”.", LineClass.CARE), Line("j1/said", "미안해 안 해", LineClass.GROUNDED, cites=("j1",)))
    return Approval(
        "0.1.0",
        "2026-11-26",
        {"person": "ab"},
        Repertoire("en", lines, rules="language: en\n"),
        {"care/1": YES},
        (Probe("Hello?", ("care/1",)),),
    )


def test_an_approval_comes_back(tmp_path: Path):
    assert read_approval(tmp_path) is None
    write_approval(tmp_path, _approval())
    assert read_approval(tmp_path) == _approval()


def test_an_approval_may_be_laid_out_otherwise(tmp_path: Path):
    path = write_approval(tmp_path, _approval())
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert read_approval(tmp_path) == _approval()


@pytest.mark.parametrize("word", ["I'm here", "2026-11-26", "미안해", "language: en", "Hello?", '"neutral"'])
def test_an_approval_that_was_changed_is_noticed(tmp_path: Path, word: str):
    path = write_approval(tmp_path, _approval())
    text = path.read_text("utf-8")
    assert word in text
    path.write_text(text.replace(word, word.replace(word[-2], "x", 1), 1), "utf-8")
    with pytest.raises(Altered):
        read_approval(tmp_path)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"seal": "a", "approved": {}}', b"[" * 99])
def test_an_approval_that_is_none(tmp_path: Path, data: bytes):
    (tmp_path / APPROVED).write_bytes(data)
    with pytest.raises(Altered):
        read_approval(tmp_path)
