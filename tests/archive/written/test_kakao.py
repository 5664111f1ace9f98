import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written import kakao
from meetagain.archive.written.passage import Passage

DESK = """엘린 님과 카카오톡 대화
저장한 날짜 : 2019-07-20 10:11:12

--------------- 2019년 7월 14일 일요일 ---------------
[엘린] [오후 3:12] 주니야 어디 있니?
[주니] [오후 3:13] 나 호수에 있어
아빠랑 배 탔어
[주니] [오후 3:13] 사진
[주니] [오후 3:14] 이모티콘
--------------- 2019년 7월 15일 월요일 ---------------
다빈님이 들어왔습니다.
[다빈] [오전 12:05] 벌써 자정이야
"""
DESK_ENGLISH = """KakaoTalk Chats with Elin
Date Saved : 2019-07-20 10:11:12

--------------- Sunday, July 14, 2019 ---------------
[Elin] [3:12 PM] Where are you?
[Juni] [3:13 PM] I am at the lake
we rowed with Dad
[Juni] [3:13 PM] Photo
--------------- Monday, July 15, 2019 ---------------
[Davin] [12:05 AM] It is midnight
"""
PHONE = """엘린 님과 카카오톡 대화
저장한 날짜 : 2019년 7월 20일 오전 10:11


2019년 7월 14일 오후 3:12
2019년 7월 14일 오후 3:12, 엘린 : 주니야 어디 있니?
2019년 7월 14일 오후 3:13, 주니 : 나 호수에 있어
아빠랑 배 탔어
2019년 7월 14일 오후 3:13, 주니 : <사진 읽지 않음>
2019년 7월 15일 오전 12:01, 다빈님이 들어왔습니다.
2019년 7월 15일 오전 12:05, 다빈 : 벌써 자정이야
"""
IPHONE = """엘린 님과 카카오톡 대화
저장한 날짜 : 2019. 7. 20. 오전 10:11

2019년 7월 14일 일요일
2019. 7. 14. 오후 3:12, 엘린 : 주니야 어디 있니?
2019. 7. 14. 오후 3:13, 주니 : 나 호수에 있어
아빠랑 배 탔어
2019년 7월 15일 월요일
2019. 7. 15. 오전 12:05, 다빈 : 벌써 자정이야
"""
PHONE_ENGLISH = """KakaoTalk Chats with Elin
Date Saved : Jul 20, 2019, 10:11 AM

July 14, 2019, 3:12 PM, Elin : Where are you?
July 14, 2019 at 3:13 PM, Juni : I am at the lake
we rowed with Dad
July 15, 2019, 12:05 AM, Davin : It is midnight
"""
TABLE = """\ufeffDate,User,Message
2019-07-14 15:12:01,"엘린","주니야 어디 있니?"
2019-07-14 15:13:40,"주니","나 호수에 있어
아빠랑 배 탔어"
2019-07-15 00:05:00,"다빈","벌써 자정이야"
"""
KOREAN = (
    Passage("주니야 어디 있니?", "엘린", "2019-07-14", 912),
    Passage("나 호수에 있어\n아빠랑 배 탔어", "주니", "2019-07-14", 913),
    Passage("벌써 자정이야", "다빈", "2019-07-15", 5),
)
ENGLISH = (
    Passage("Where are you?", "Elin", "2019-07-14", 912),
    Passage("I am at the lake\nwe rowed with Dad", "Juni", "2019-07-14", 913),
    Passage("It is midnight", "Davin", "2019-07-15", 5),
)


@pytest.mark.parametrize(
    ("text", "passages"),
    [(DESK, KOREAN), (PHONE, KOREAN), (IPHONE, KOREAN), (TABLE, KOREAN), (DESK_ENGLISH, ENGLISH), (PHONE_ENGLISH, ENGLISH)],
    ids=["computer", "phone", "iPhone", "Mac", "computer in English", "phone in English"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_form_gives_the_same_messages(text: str, passages: tuple[Passage, ...], end: str):
    text = text if text is TABLE else text.replace("\n", end)
    assert kakao.looks_like(text)
    assert kakao.read(text).passages == passages


def test_another_text_is_no_kakao_chat():
    assert not kakao.looks_like("주니에게,\n2019년 7월 14일\n호수에 다녀왔어.\n")
    assert not kakao.looks_like("14/07/2019, 15:12 - Elin: hi\n14/07/2019, 15:13 - Juni: ho\n")
    assert not kakao.looks_like("")


@given(
    st.lists(
        st.sampled_from(
            [*DESK.split("\n"), *PHONE.split("\n"), *TABLE.split("\n"), '"', "[", "] [오후 99:99] x", "--- 2019년 99월 1일 ---"]
        )
    )
)
def test_no_lines_ever_raise(lines: list[str]):
    kakao.looks_like("\n".join(lines))
    kakao.read("\n".join(lines))
