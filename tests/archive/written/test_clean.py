import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written.clean import can_be_spoken, one_line, paragraphs, sentences, spoken, tidy, word_count


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("I am the captain 😀👩‍👧 now", "I am the captain now"),
        ("so windy!!! 🤣🤣", "so windy!!!"),
        ("hearts <3 and :) and ;-)", "hearts and and"),
        ("배 타러 가자 ㅋㅋㅋㅋ", "배 타러 가자"),
        ("보고 싶어ㅠㅠ (하트)", "보고 싶어"),
        ("I *really* mean it, _Mum_", "I really mean it, Mum"),
        ("two * three * four", "two * three * four"),
        ("hello\u200e \u202bthere\u202c\x07", "hello there"),
        ("we rowed <This message was edited>", "we rowed"),
        ("one\n\n  two\tthree\u2028four", "one two three four"),
        ("It was 7️⃣ candles", "It was candles"),
        ("see page 8) and x) too", "see page 8) and x) too"),
        ("Night night, Mum xx", "Night night, Mum"),
        ("that was funny XD ^^", "that was funny"),
    ],
)
def test_only_what_cannot_be_spoken_is_left_out(written: str, said: str):
    assert spoken(written) == said


@given(st.text(max_size=120))
def test_no_word_is_changed_or_added(text: str):
    words = re.findall(r"[A-Za-z가-힣]{3,}", spoken(text))
    place = 0
    plain = tidy(text)
    for word in words:
        place = plain.find(word, place)
        assert place >= 0
        place += len(word)
    assert spoken(text) == one_line(spoken(text))


@pytest.mark.parametrize(
    "line",
    [
        "see https://example.org",
        "www.duck.example",
        "mail me at a@b.org",
        "call 0123456789",
        "040 1234 5678",
        "{x}",
        "a_b_c",
        "@49123 hello",
        "ㅇㅇ 알았어",
        "12",
        "!!!",
    ],
)
def test_what_would_trip_a_voice_up(line: str):
    assert not can_be_spoken(line)


def test_ordinary_lines_can_be_spoken():
    assert can_be_spoken("It's only spilt, it's not broken – in 2019!")
    assert can_be_spoken("호수에서 3시에 만나.")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("We rowed. Dad sang! Was it cold? Yes…", ["We rowed.", "Dad sang!", "Was it cold?", "Yes…"]),
        ("Mr. Button slept. Dr. Aldane came.", ["Mr. Button slept.", "Dr. Aldane came."]),
        ("“Look!” she said. “A snail.”", ["“Look!”", "she said.", "“A snail.”"]),
        ("It cost 3.50 at 8.30 and no more", ["It cost 3.50 at 8.30 and no more"]),
        ("배를 탔다. 내가 선장이었어! 좋았지?", ["배를 탔다.", "내가 선장이었어!", "좋았지?"]),
        ("", []),
    ],
)
def test_a_line_is_cut_after_its_sentences(line: str, parts: list[str]):
    assert sentences(line) == parts


@given(st.text(max_size=200))
def test_cutting_loses_nothing(text: str):
    line = one_line(text)
    assert "".join("".join(sentences(line)).split()) == "".join(line.split())


def test_paragraphs_are_set_off_by_empty_lines():
    assert paragraphs("one\ntwo\n\n \nthree\n") == ["one two", "three"]
    assert word_count("ants, - picnic 3") == 3
