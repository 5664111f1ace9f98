import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.words import content_words, is_other_language, tags_of


def test_tags_are_words_of_the_sentence():
    assert tags_of("We went to the lake with Biscuit and ate strawberry buns") == ("lake", "biscuit", "ate", "strawberry", "buns")
    assert tags_of("오늘 아빠랑 호수에서 배를 탔어") == ("아빠", "호수", "배")
    assert tags_of("We saw Juni", ("juni",)) == ("saw",)


def test_light_words_carry_nothing():
    assert content_words("ok thanks, see you there then") == []
    assert content_words("응 알았어 이따가 봐") == []


@given(st.text(max_size=80))
def test_every_tag_stands_in_the_sentence(line: str):
    assert all(tag in line.lower() or tag in line for tag in tags_of(line))


@pytest.mark.parametrize(
    ("line", "language", "other"),
    [
        ("I was captain and Dad was only the engine", "en", False),
        ("오늘 호수에서 배를 탔어요", "en", True),
        ("오늘 iPhone 샀어 진짜", "ko", False),
        ("I was captain and Dad was only the engine", "ko", True),
        ("Ich war der Kapitän und Papa war nur der Motor", "en", True),
        ("Olin kapteeni ja isä oli vain kone", "en", True),
        ("Mister Button en route to Mirrow", "en", False),
        ("Duck duck goose", "en", False),
        ("Ich war der Kapitän", "de", False),
        ("Я была капитаном", "en", True),
        ("Я была капитаном", "ru", False),
        ("今日はボートに乗った", "ja", False),
        ("We were at the lake", "ja", True),
        ("anything in a language without a list", "fi-FI", False),
        ("ok", "ko", False),
        ("", "en", False),
    ],
)
def test_only_what_is_clearly_another_language(line: str, language: str, other: bool):
    assert is_other_language(line, language) == other
