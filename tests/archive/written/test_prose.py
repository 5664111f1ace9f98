import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written import prose

LETTER = """Larkby, 14 February 2020

Dear Mum,

you are my favourite mum.
I drew a snail for you.

The sun is in the middle.

Love,
Juni

P.S. Biscuit says hello.
"""
DIARY = """# 12 June 2020

The **ants** had a picnic at our picnic.

# 13 June 2020
Dear diary,
It rained. We made a boat.

14 June 2020: We sailed it to the [kitchen](x.jpg).
"""


def test_a_letter_tells_to_whom_by_whom_and_when():
    found = prose.read(LETTER)
    assert (found.source, found.to, found.signed) == ("letter", "Mum", "Juni")
    assert [passage.text for passage in found.passages] == [
        "you are my favourite mum. I drew a snail for you.",
        "The sun is in the middle.",
        "P.S. Biscuit says hello.",
    ]
    assert {passage.day for passage in found.passages} == {"2020-02-14"}
    assert found.whole.startswith("Dear Mum, you are")
    assert found.whole.endswith("Love, Juni P.S. Biscuit says hello.")


@pytest.mark.parametrize(
    ("text", "to", "signed"),
    [
        ("Dear Mum, you are the best of all the mums I had. Love, Juni.", "Mum", "Juni"),
        ("My dearest Irja,\nthe boat is done.\nYours ever\nMatti\n", "Irja", "Matti"),
        ("Elli: pick the one who laughs.\n\nPapa\n", "", "Papa"),
        ("Hi Sami!\nCome fishing.\n", "Sami", ""),
        ("엘린에게,\n오늘 호수에 갔어.\n\n주니가\n", "엘린", "주니"),
        ("사랑하는 엘린아,\n잘 지내니.\n할아버지가\n", "엘린", "할아버지"),
        ("오늘 호수에 갔어.\n2020년 5월 3일\n주니 올림\n", "", "주니"),
        ("We rowed.\n\nLove is what she said.\n", "", ""),
        ("Hello there\nfrom the lake\n", "", ""),
        ("오늘 날씨가 좋아서 호수에 갔다.\n배를 탔다.\n", "", ""),
    ],
)
def test_greetings_and_signatures(text: str, to: str, signed: str):
    found = prose.read(text)
    assert (found.to, found.signed) == (to, signed)
    assert (found.source == "letter") == bool(to or signed)


def test_a_diary_is_read_by_its_days():
    found = prose.read(DIARY, markdown=True)
    assert found.source == "diary"
    assert [(passage.day, passage.text) for passage in found.passages] == [
        ("2020-06-12", "The ants had a picnic at our picnic."),
        ("2020-06-13", "It rained. We made a boat."),
        ("2020-06-14", "We sailed it to the kitchen."),
    ]


def test_a_korean_diary():
    found = prose.read("2020년 6월 12일 금요일 맑음\n개미가 소풍을 왔다.\n\n2020년 6월 13일 토요일\n비가 왔다.\n")
    assert [(passage.day, passage.text) for passage in found.passages] == [
        ("2020-06-12", "개미가 소풍을 왔다."),
        ("2020-06-13", "비가 왔다."),
    ]


def test_captions_of_photos():
    found = prose.read(
        "IMG_1.jpg: Juni at Mirrow Lake, 14 July 2019\nsnow-lady.HEIC - Dad's hat on the snow lady\n20200509_cake.png | Seven candles\n"
    )
    assert found.source == "caption"
    assert [(passage.text, passage.day) for passage in found.passages] == [
        ("Juni at Mirrow Lake, 14 July 2019", "2019-07-14"),
        ("Dad's hat on the snow lady", ""),
        ("Seven candles", ""),
    ]


def test_a_note_is_what_is_left():
    found = prose.read("Juni never ate peas.\n\nShe called them planets.\n", "2019-01-02")
    assert (found.source, [passage.text for passage in found.passages]) == ("note", ["Juni never ate peas.", "She called them planets."])
    assert found.passages[0].day == "2019-01-02"


@given(st.text(alphabet="Dear Mumo,.:\n12 July 2020 Loveni주가에게#*-", max_size=200))
def test_no_text_ever_raises(text: str):
    prose.read(text, markdown=True)
