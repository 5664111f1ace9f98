"""A family's sentences in Korean: reported by the person, or in the teller's own words, at the level of speech the person uses."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetagain.mind.compose import composed
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person


def girl(**changes) -> Person:
    plain = {
        "id": "harin", "full_name": "윤하린", "called": ["하린"], "age_shown": 8, "relation_to_visitor": "딸", "calls_visitor": "엄마", "visitor_name": "지선",
        "pronouns": "she", "character": {"calls": {"지선": "엄마", "동훈": "아빠", "말순": "할머니", "도윤": "도윤 오빠"}}, "settings": {"language": "ko"},
    }  # fmt: skip
    return msgspec.convert({**plain, **changes}, Person, strict=False)


def father(**changes) -> Person:
    plain = {
        "id": "moon", "full_name": "문석규", "called": ["석규"], "age_shown": 71, "relation_to_visitor": "아버지", "calls_visitor": "수정", "visitor_name": "수정",
        "pronouns": "he", "character": {"calls": {"수정": "수정", "옥자": "네 엄마"}}, "settings": {"language": "ko"},
    }  # fmt: skip
    return msgspec.convert({**plain, **changes}, Person, strict=False)


def wife() -> Person:
    lines = {"words": ["오늘은 어떻게 지냈어요?", "밥은 드셨어요?"], "care": ["천천히 하세요."]}
    return msgspec.convert(
        {
            "id": "yeon", "full_name": "서연희", "called": ["연희"], "age_shown": 55, "relation_to_visitor": "아내", "calls_visitor": "여보", "visitor_name": "상호",
            "pronouns": "she", "character": {"lines": lines, "calls": {"상호": "여보"}}, "settings": {"language": "ko"},
        },
        Person,
        strict=False,
    )  # fmt: skip


def said(person: Person, text: str, told_by: str, part: str = "told", **changes) -> list[str]:
    plain = {"id": "f", "kind": "event", "when": "", "told_by": told_by, "source": "interview", "tags": (), "fact": text}
    return [line.text for line in composed(person, msgspec.convert({**plain, **changes}, Fact)) if f"/{part}" in line.key]


@pytest.mark.parametrize(
    ("text", "told_by", "expected"),
    [
        ("하린은 비 오는 날마다 장화를 신었다.", "동훈", "아빠가 그러는데, 하린은 비 오는 날마다 장화를 신었대."),
        ("하린은 비 오는 날마다 장화를 신었다.", "지선", "엄마가 그랬잖아, 하린은 비 오는 날마다 장화를 신었다고."),
        ("동훈이 목말을 태워 주었다.", "말순", "할머니가 그러는데, 아빠가 목말을 태워 주었대."),
        (
            "말순 할머니와 만두를 빚었다. 만두마다 이름을 붙였다.",
            "지선",
            "엄마가 그랬잖아, 할머니와 만두를 빚었다고. 만두마다 이름을 붙였다고.",
        ),
        ("도윤에게 딱지를 몽땅 잃었다.", "도윤", "도윤 오빠가 그러는데, 도윤 오빠에게 딱지를 몽땅 잃었대."),
        ("눈사람 눈은 단추다.", "동훈", "아빠가 이렇게 얘기했어. 눈사람 눈은 단추다."),
        ("하린은 '내 거야' 하고 외쳤다.", "동훈", "아빠가 그러는데, 하린은 '내 거야' 하고 외쳤대."),
        ("장화를 거꾸로 신었다.", "", "듣기로는 장화를 거꾸로 신었대."),
        ("장화를 거꾸로 신었다.", "민서", "민서가 그러는데, 장화를 거꾸로 신었대."),
        ("장화를 거꾸로 신었다.", "은별", "은별이가 그러는데, 장화를 거꾸로 신었대."),
    ],
)
def test_a_child_tells_her_mother_what_was_told(text, told_by, expected):
    assert said(girl(), text, told_by) == [expected]


def test_a_father_speaks_to_his_daughter_as_fathers_do():
    assert said(father(), "수정에게 연을 만들어 주었다.", "수정") == ["수정 네가 그랬지, 너에게 연을 만들어 주었다고."]
    assert said(father(), "옥자와 시장에서 처음 만났다.", "옥자") == ["네 엄마가 그러는데, 네 엄마와 시장에서 처음 만났다더라."]
    assert said(father(), "연을 만들었다.", "수정", "teller") == ["그건 수정 네가 해 준 얘기 아니냐."]
    assert said(father(), "연을 만들었다.", "옥자", "when", when="1981-10") == ["1981년 10월이었지."]


def test_a_wife_who_speaks_politely_stays_polite():
    assert said(wife(), "김밥을 잘 말았다.", "상호") == ["당신이 그랬잖아요, 김밥을 잘 말았다고요."]
    assert said(wife(), "김밥을 잘 말았다.", "지혜") == ["지혜가 그러는데, 김밥을 잘 말았대요."]
    assert said(wife(), "김밥을 잘 말았다.", "상호", "when", when="always") == ["늘 그랬어요."]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2020-03", "2020년 3월이었어."),
        ("2020-05-09", "2020년 5월 9일이었어."),
        ("2018-2020", "2018년부터 2020년까지였어."),
        ("2014-", "2014년부터였어."),
        ("always", "늘 그랬어."),
        ("1998년 여름", "1998년 여름이었어."),
        ("크리스마스 2005", "2005년 크리스마스였어."),
        ("1990년쯤", "1990년쯤이었어."),
        ("2020년 3월 2일", "2020년 3월 2일이었어."),
    ],
)
def test_when_that_was(when, expected):
    assert said(girl(), "연을 날렸다.", "동훈", "when", when=when) == [expected]


def test_who_told_it():
    assert said(girl(), "연을 날렸다.", "동훈", "teller") == ["그건 아빠가 해 준 얘기야."]
    assert said(girl(), "연을 날렸다.", "지선", "teller") == ["그건 엄마가 해 준 얘기잖아."]
    assert said(girl(), "연을 날렸다.", "하린", "teller") == ["그건 내가 한 얘기야."]
    assert said(girl(), "연을 날렸다.", "하린", "teller", source="편지") == ["그건 내가 쓴 거야."]
    assert said(girl(), "연을 날렸다.", "Rosa", "teller") == []


def test_the_name_of_a_thing_becomes_a_sentence_after_their_own_words():
    assert said(girl(), "지선에게 준 생일 카드.", "지선", said="사랑해.") == ["엄마에게 준 생일 카드였어."]
    assert said(girl(), "문 앞에서 하던 인사말.", "지선", said="다녀올게.") == ["문 앞에서 하던 인사말이었어."]


@pytest.mark.parametrize(
    "text",
    [
        "할머니가 돌아가셨다.",
        "내가 하린을 업어 주었다.",
        "우리는 바다에 갔다.",
        "작년에 바다에 갔다.",
        "하린은 어디에 있었을까?",
        "연을 날렸다 😀",
        "하린은 '연을 날렸다.",
        "She flew a kite.",
        "",
    ],
)
def test_what_cannot_be_told_is_not_told(text):
    assert said(girl(), text, "동훈") == []


def test_a_name_inside_a_longer_word_is_another_word():
    assert said(girl(), "동훈호를 타고 섬에 갔다.", "지선") == ["엄마가 그랬잖아, 동훈호를 타고 섬에 갔다고."]


def test_a_long_sentence_ends_where_its_first_half_ends():
    text = "비가 억수로 쏟아지던 장날 아침에 소 한 마리와 송아지 두 마리를 혼자서 십 리 밖 우시장까지 몰고 갔고, 그 이야기를 두고두고 손주들에게 들려주었다."
    (line,) = said(father(), text, "옥자")
    assert line.startswith("네 엄마가 그러는데, 비가 억수로") and line.endswith(
        "몰고 갔다더라. 그 이야기를 두고두고 손주들에게 들려주었다더라."
    )


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "연을 날렸다.",
                "동훈과 뛰었다.",
                "지선이 웃었다.",
                "모자는 빨갛다.",
                "'나야' 했다.",
                "그래서 넘어졌다.",
                "인사말.",
                "도윤은 7살이었다;",
            ]
        ),
        max_size=8,
    ),
    st.sampled_from(["지선", "동훈", "하린", "", "은별"]),
)
def test_H3_what_was_told_stands_in_the_line_word_for_word(sentences, told_by):
    text = " ".join(sentences)
    own = {word.strip(".,;'") for word in f"{text} 아빠와 아빠가 엄마가 엄마는 도윤 오빠는".split()}
    frames = set(
        ["엄마가", "그랬잖아", "아빠가", "그러는데", "은별이가", "이렇게", "얘기했어", "얘기했잖아", "듣기로는", "이런", "얘기가", "있어"]
    )
    for line in said(girl(), text, told_by):
        for word in (part.strip(".,;'") for part in line.split()):
            bare = word.removesuffix("대").removesuffix("다고")
            assert word in own | frames or f"{bare}다" in own or bare.removesuffix("이었") in own, (text, line)
