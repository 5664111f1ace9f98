import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written import chat_json
from meetagain.archive.written.passage import Passage

AT = 1_563_109_920_000  # 14 July 2019, 13:12 UTC


@pytest.fixture(autouse=True)
def _in_larkby(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "EET-2EEST,M3.5.0/3,M10.5.0/4")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def as_facebook_writes(text: str) -> str:
    return text.encode().decode("latin-1")


def test_facebook_comes_oldest_first_with_its_letters_mended():
    rows = [
        {
            "sender_name": as_facebook_writes("Jüni Orrel"),
            "timestamp_ms": AT + 60_000,
            "content": as_facebook_writes("Ich bin Käpt’n 🦆 호수"),
            "type": "Generic",
        },
        {"sender_name": "Elin Orrel", "timestamp_ms": AT, "content": "Where are you?"},
        {"sender_name": "Elin Orrel", "timestamp_ms": AT, "photos": [{"uri": "x"}]},
        {"sender_name": "Elin Orrel", "timestamp_ms": AT, "content": "Elin sent an attachment.", "type": "Share"},
        {"sender_name": "Elin Orrel", "timestamp_ms": AT, "content": "gone", "is_unsent": True},
        {"sender_name": "Elin Orrel", "timestamp_ms": AT, "content": "The video chat ended.", "type": "Call"},
    ]
    found = chat_json.read(json.dumps({"participants": [{"name": "Elin Orrel"}], "messages": rows, "title": "x"}))
    assert found is not None
    assert found.passages == (
        Passage("Where are you?", "Elin Orrel", "2019-07-14", 16 * 60 + 12),
        Passage("Ich bin Käpt’n 🦆 호수", "Jüni Orrel", "2019-07-14", 16 * 60 + 13),
    )


def test_the_newer_facebook_form():
    rows = [
        {"senderName": "Juni", "text": "Käpt’n!", "timestamp": AT, "type": "text", "isUnsent": False},
        {"senderName": "Juni", "text": "", "timestamp": AT, "type": "media"},
    ]
    found = chat_json.read(json.dumps({"participants": ["Juni"], "messages": rows}))
    assert found is not None
    assert [passage.text for passage in found.passages] == ["Käpt’n!"]


def test_google_chat():
    rows = [
        {
            "creator": {"name": "Elin", "email": "e@example.org"},
            "created_date": "Sunday, July 14, 2019 at 10:30:00\u202fPM UTC",
            "text": "Sleep well.",
        },
        {"creator": {"name": "Juni"}, "created_date": "2019년 7월 14일 일요일 오후 10시 31분 5초 UTC", "text": "Night night."},
        {"creator": {"name": "Juni"}, "created_date": "Sunday, July 14, 2019 at 10:32:00 PM UTC", "attached_files": []},
    ]
    found = chat_json.read(json.dumps({"messages": rows}))
    assert found is not None
    assert found.passages == (Passage("Sleep well.", "Elin", "2019-07-15", 90), Passage("Night night.", "Juni", "2019-07-15", 91))


def test_google_keep():
    note = {
        "title": "Snails",
        "textContent": "They have a thousand teeth.\nActually more.",
        "createdTimestampUsec": AT * 1000,
        "isTrashed": False,
    }
    found = chat_json.read(json.dumps(note))
    assert found is not None
    assert (found.source, found.named) == ("note", False)
    assert [(passage.text, passage.day) for passage in found.passages] == [
        ("Snails", "2019-07-14"),
        ("They have a thousand teeth.\nActually more.", "2019-07-14"),
    ]
    listed = chat_json.read(json.dumps({"title": "", "listContent": [{"text": "buns for the ants", "isChecked": True}, 7]}))
    assert listed is not None
    assert [passage.text for passage in listed.passages] == ["buns for the ants"]


@pytest.mark.parametrize("when", ["²", "12²", "③"])
def test_a_sign_that_only_looks_like_a_number_is_no_time(when: str):
    found = chat_json.read(json.dumps({"title": "Snails", "textContent": "Slow.", "createdTimestampUsec": when}))
    assert found is not None
    assert [passage.day for passage in found.passages] == ["", ""]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", '{"a": 1}', '{"messages": 3}', '{"messages": [{"x": 1}]}', "[" * 100_000, '{"messages": []}', "1" * 5000],
)
def test_json_of_another_kind_is_none(text: str):
    assert chat_json.read(text) is None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "messages",
                    "sender_name",
                    "content",
                    "timestamp_ms",
                    "creator",
                    "created_date",
                    "text",
                    "textContent",
                    "listContent",
                    "senderName",
                    "timestamp",
                ]
            ),
            inner,
        )
    ),
    max_leaves=15,
)


@given(values)
def test_no_json_ever_raises(value: object):
    chat_json.read(json.dumps(value))
    chat_json.read(
        json.dumps(
            {"messages": [value, {"sender_name": value, "content": value, "timestamp_ms": value}, {"creator": value, "text": value}]}
        )
    )
    chat_json.read(json.dumps({"textContent": value, "listContent": value, "createdTimestampUsec": value}))


def test_letters_that_were_never_spoilt_stay():
    assert chat_json.mended("호수") == "호수"
    assert chat_json.mended("Käpt") == "Käpt"
