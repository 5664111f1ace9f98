import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written import whatsapp
from meetagain.archive.written.passage import Passage

LINES = [("Elin", "Where are you?"), ("Juni", "I am the captain.")]
HEADS = {
    "android, day first": ["14/07/2019, 15:12 - ", "14/07/2019, 15:13 - "],
    "android, month first, 12 hours": ["7/14/19, 3:12\u202fPM - ", "7/14/19, 3:13\u202fPM - "],
    "android, points": ["14.07.19, 15:12 - ", "14.07.19, 15:13 - "],
    "android, year first": ["2019-07-14, 15:12 - ", "2019-07-14, 15:13 - "],
    "android, Spanish": ["14/7/19, 3:12 p. m. - ", "14/7/19, 3:13 p. m. - "],
    "android, French": ["14/07/2019 à 15:12 - ", "14/07/2019 à 15:13 - "],
    "android, Korean": ["2019. 7. 14. 오후 3:12 - ", "2019. 7. 14. 오후 3:13 - "],
    "android, Korean in words": ["2019년 7월 14일 오후 3:12 - ", "2019년 7월 14일 오후 3:13 - "],
    "iPhone, day first": ["[14/07/2019, 15:12:01] ", "\u200e[14/07/2019, 15:13:07] "],
    "iPhone, month first": ["[7/14/19, 3:12:01 PM] ", "[7/14/19, 3:13:07\u202fPM] "],
    "iPhone, points": ["[14.07.19, 15:12:01] ", "[14.07.19, 15:13:07] "],
    "iPhone, Korean": ["[2019. 7. 14. 오후 3:12:01] ", "[2019. 7. 14. 오후 3:13:07] "],
    "iPhone, Finnish": ["[14.7.2019 klo 15.12.01] ", "[14.7.2019 klo 15.13.07] "],
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS.keys())
def test_every_phone_writes_the_same_two_messages(heads: list[str]):
    text = "\r\n".join(f"{head}{by}: {words}" for head, (by, words) in zip(heads, LINES, strict=True))
    assert whatsapp.looks_like(text)
    assert whatsapp.read(text).passages == (
        Passage("Where are you?", "Elin", "2019-07-14", 912),
        Passage("I am the captain.", "Juni", "2019-07-14", 913),
    )


def test_messages_of_several_lines_and_colons_are_whole():
    text = "14/07/2019, 15:12 - Juni: Listen: it goes\n\nDuck on the lake,\nquack: quack\n14/07/2019, 15:14 - Elin: Lovely."
    assert [passage.text for passage in whatsapp.read(text).passages] == ["Listen: it goes\n\nDuck on the lake,\nquack: quack", "Lovely."]


@pytest.mark.parametrize(
    "notice",
    [
        "Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
        'Elin changed the subject from "Home" to "Lake: the trip"',
        "Elin added Davin",
        "Juni: <Media omitted>",
        "Juni: \u200eimage omitted",
        "Juni: \u200e<attached: 00000012-PHOTO.jpg>",
        "Juni: IMG-20190714-WA0001.jpg (file attached)",
        "Juni: This message was deleted",
        "Juni: <미디어 파일을 제외한 내용>",
        "Juni: Missed voice call",
        "Juni: null",
        "Juni:",
    ],
)
def test_notices_of_the_phone_are_nobodys_words(notice: str):
    text = f"14/07/2019, 15:11 - Elin: Hello there.\n14/07/2019, 15:12 - {notice}\n14/07/2019, 15:13 - Juni: Again, Mum!"
    assert [passage.text for passage in whatsapp.read(text).passages] == ["Hello there.", "Again, Mum!"]


def test_writers_are_named_as_the_phone_names_them():
    text = "14/07/2019, 15:11 - ~\u202fJuni 🐌: Hello Mum.\n14/07/2019, 15:12 - +358 40 123: Who is this?\n"
    assert whatsapp.read(text).writers() == ("+358 40 123", "Juni 🐌")


def test_a_letter_is_no_chat():
    assert not whatsapp.looks_like("14/07/2019\n\nDear Elin,\nall is well.\n")
    assert not whatsapp.looks_like("")


@given(
    st.lists(
        st.sampled_from(
            [
                "14/07/2019, 15:12 - Juni: hi",
                "31/02/19, 99:99 - x: y",
                "[",
                "] - :",
                "14/07/2019, 15:12 - ",
                "\u200e",
                "9/9/9999, 1:1 - a: b",
            ]
        )
    )
)
def test_no_lines_ever_raise(lines: list[str]):
    whatsapp.looks_like("\n".join(lines))
    whatsapp.read("\n".join(lines))
