"""A listing that can be read on any terminal."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from meetagain.mind.review import entries
from meetagain.schema.lines import Decision, Line, Verdict
from meetagain.schema.person import Character, Person
from meetagain.schema.speech import LineClass
from meetagain.studio.lines import cells, counted, foot, listing

PERSON = Person("ann", "Ann Holt", ("Ann",), 8, "daughter", "Mum", character=Character(lines={"care": ("I'm here.", "Hush.")}))
LINES = (
    Line("care/1", "I'm here.", LineClass.CARE, source="written by the family"),
    Line("care/2", "Hush.", LineClass.CARE, source="written by the family", cites=("a1",)),
    Line("a1/said", "I steered it.", LineClass.GROUNDED, cites=("a1",), source="told by Per"),
    Line("a2/said", "I rowed it.", LineClass.GROUNDED, cites=("a2",), source="told by Sami"),
)


def test_a_reason_that_all_share_is_told_once():
    rows = listing(entries(LINES, {}, PERSON))
    assert "\n".join(rows).count("written by the family") == 1
    assert any(row.strip() == "· as in a1" for row in rows)
    assert any(row.strip() == "· told by Per" for row in rows)


def test_what_was_edited_stands_with_what_it_was():
    found = entries(
        LINES, {"care/2": Decision("Hush.", Verdict.EDITED, "Hush now."), "a1/said": Decision("Old.", Verdict.APPROVED)}, PERSON
    )
    rows = [row.split() for row in listing(found)]
    assert ["edited", "care/2", "Hush", "now."] in rows and ["before:", "Hush."] in rows
    assert ["changed", "a1/said", "I", "steered", "it."] in rows and ["before:", "Old."] in rows
    assert counted(found, "Ann") == "Ann: 4 lines may be said. 3 not read yet, 1 edited."


@given(st.lists(st.text(alphabet="ab 안녕, .-", max_size=300), max_size=5), st.integers(40, 120))
def test_no_row_is_wider_than_the_terminal_where_words_allow(texts: list[str], width: int):
    lines = tuple(Line(f"m{n}/said", text, LineClass.GROUNDED, source="told by Per") for n, text in enumerate(texts))
    rows = listing(entries(lines, {}, PERSON), width)
    assert all(cells(row) <= max(width, 50) or len(row.split()) <= 3 for row in rows if row.startswith("  "))
    shown = " ".join(" ".join(rows).split())
    assert all(" ".join(text.split()) in shown for text in texts)


def test_the_folder_is_named_so_that_it_can_be_copied():
    assert "meetagain review 'Juni'\"'\"'s folder' --approve all" in "\n".join(foot(Path("Juni's folder")))
