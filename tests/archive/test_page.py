from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from meetagain.archive.found import Found
from meetagain.archive.memories import read_memories
from meetagain.archive.page import page, page_name
from meetagain.schema.archive import Fact

FACT = Fact(
    id="chat-012345-2",
    kind="saying",
    when="2019-07-14",
    told_by="Juni",
    source="chat",
    tags=("lake", "dad"),
    fact="Written to Elin on 14 July 2019.",
    said="I am at the lake with Dad",
    share="ask",
    item="0123456789ab",
)


def test_the_page_explains_itself_and_is_read_back(tmp_path: Path):
    path = tmp_path / "memories-chat.yaml"
    path.write_bytes(page(Found((FACT,), of=1, own=("Juni 🐌",)), "chat.txt", "Juni"))
    text = path.read_text("utf-8")
    assert "What was found in chat.txt" in text
    assert "Juni writes there as Juni 🐌." in text
    assert "share: ask  to  share: all" in text
    assert "  tags: [lake, dad]\n" in text
    assert read_memories(path).facts == (FACT,)
    assert read_memories(path).issues == ()


def test_how_many_of_how_many():
    assert b"There are 1, the best of 4213." in page(Found((FACT,), of=4213), "a", "Juni")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("WhatsApp Chat with Elin", "memories-whatsapp-chat-with-elin.yaml"),
        ("_chat", "memories-chat.yaml"),
        ("엘린 님과 대화", "memories-엘린-님과-대화.yaml"),
        ("../../etc/passwd", "memories-etc-passwd.yaml"),
        ("\u202e\x07:*?", "memories-found.yaml"),
        ("", "memories-found.yaml"),
        ("x" * 300, f"memories-{'x' * 40}.yaml"),
    ],
)
def test_odd_names_make_plain_ones(stem: str, name: str):
    assert page_name(stem) == name


anything = st.text(max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=anything, fact=anything, by=anything, file=anything, name=anything, tag=anything)
@example(said="", fact="\x85", by="", file="", name="", tag="")
@example(said="a\u2028b", fact="a \x85 b", by="", file="", name="", tag="\u2029")
def test_whatever_is_written_there_the_page_holds_these_memories_and_no_others(
    said: str, fact: str, by: str, file: str, name: str, tag: str, tmp_path: Path
):
    written = Fact(
        id="x-1", kind="saying", when="", told_by=by, source="chat", tags=(tag,) if tag else (), fact=fact or "f", said=said, share="ask"
    )
    path = tmp_path / "memories-x.yaml"
    path.write_bytes(page(Found((written, FACT), of=2, own=(by,)), file, name))
    got = read_memories(path)
    assert got.issues == ()
    assert got.facts[1] == FACT
    assert (got.facts[0].said, got.facts[0].fact, got.facts[0].share) == (written.said, written.fact, "ask")
