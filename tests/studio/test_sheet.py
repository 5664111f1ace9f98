"""The page to read with a pen: all lines, nothing from outside, nothing that a line could smuggle in."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from meetagain.errors import MeetAgainError
from meetagain.mind.review import entries
from meetagain.schema.archive import Fact
from meetagain.schema.lines import Decision, Line, Verdict
from meetagain.schema.person import Person
from meetagain.schema.speech import LineClass
from meetagain.studio.sheet import sheet, write_sheet

PERSON = Person("ann", "Ann <Holt>", ("Ann & co",), 8, "daughter", "Mum")
LINES = (
    Line("care/1", "I'm <b>here</b>.", LineClass.CARE, group="care", source="a small line"),
    Line("care/2", "Hush.", LineClass.CARE, group="care", source="a small line"),
    Line("a1/said", '<script>alert("x")</script>', LineClass.GROUNDED, cites=("a1",), source="told by Per"),
    Line("goodbye/1", "Night.", LineClass.FAREWELL),
)
WAITS = (Fact("c1", "event", "2019", "Sami", "chat", (), "They <i>swam</i>.", share="ask"),)
DECISIONS = {
    "care/1": Decision("I'm <b>here</b>.", Verdict.APPROVED),
    "care/2": Decision("Hush.", Verdict.FORBIDDEN),
    "goodbye/1": Decision("Night.", Verdict.EDITED, "Night & sleep."),
}


def page(decisions: dict[str, Decision] | None = None) -> str:
    return sheet(entries(LINES, decisions or {}, PERSON), WAITS, PERSON, "2026-11-26")


class Reader(HTMLParser):
    """Tags that are open, words that are shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.shown = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


def test_every_line_is_there_as_it_is_said():
    read = Reader(page())
    assert read.open == []
    for line in LINES:
        assert line.text in read.shown and line.key in read.shown
    assert "They <i>swam</i>." in read.shown and "c1" in read.shown
    assert "What Ann & co may say" in read.shown and "It is not Ann & co" in read.shown


def test_nothing_from_outside_and_no_script():
    text = page()
    read = Reader(text)
    assert not {"script", "link", "img", "iframe", "b", "i"} & set(read.tags)
    assert not re.search(r"https?:|url\(|@import|src=", text)
    assert "default-src 'none'" in text


def test_what_was_decided_is_ticked():
    text = page(DECISIONS)
    rows = dict(_rows(text))
    assert rows["care/1"].count("box on") == 1 and rows["care/1"].index("box on") < rows["care/1"].index("yes")
    assert rows["care/2"].index("yes") < rows["care/2"].index("box on")
    assert "Night &amp; sleep." in rows["goodbye/1"] and "before: Night." in rows["goodbye/1"]
    assert "box on" not in rows["a1/said"] and 'class="write"' in rows["a1/said"]


def _rows(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'<li class="line[^"]*">(.*?)</li>', text, re.S)
    return [(re.search(r'class="key">([^<]*)<', row)[1], row) for row in found]  # type: ignore[index]


def test_the_page_is_made_anew_but_nothing_else_is_overwritten(tmp_path: Path):
    path = tmp_path / "sheet.html"
    write_sheet(path, page())
    write_sheet(path, page(DECISIONS))
    assert path.read_text() == page(DECISIONS)
    path.write_text("<html>a family's own page</html>")
    with pytest.raises(MeetAgainError) as found:
        write_sheet(path, page())
    assert found.value.issue.code == "sheet-exists"
    assert path.read_text() == "<html>a family's own page</html>"
