import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written.decode import decode

ENGLISH = "Dear Elin,\nthe ants had a picnic at our picnic.\n"
KOREAN = "엘린에게,\n오늘 호수에서 배를 탔어. 내가 선장이었고 아빠는 엔진이었어.\n"
GERMAN = "Liebe Elin,\nGrüße vom See! Die Wellen waren schön, und Mister Button fährt mit. „Schau“, sagte er – und schlief.\n"


@pytest.mark.parametrize("text", [ENGLISH, KOREAN, GERMAN, "Ääkkösiä järvellä.\n", "Ça va? C’était l’été à la plage.\n"])
@pytest.mark.parametrize("how", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_exactly_with_and_without_its_mark(text: str, how: str):
    found = decode(text.encode(how))
    assert found is not None
    assert (found.text, found.guessed) == (text, False)


@pytest.mark.parametrize("text", [ENGLISH, GERMAN])
@pytest.mark.parametrize("how", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_lost_its_mark(text: str, how: str):
    found = decode(text.encode(how))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("how", ["cp949", "euc-kr", "utf-16-le"])
def test_korean_of_an_older_computer_is_read_exactly(how: str):
    found = decode(KOREAN.encode(how))
    assert found is not None
    assert (found.text, found.guessed) == (KOREAN, False)


@pytest.mark.parametrize("text", [GERMAN, "Ääkkösiä järvellä.\n", "Ça va? C’était l’été à la plage.\n", "Señor Otto, mañana.\n"])
def test_an_older_western_computer_is_read_and_said_to_be_guessed(text: str):
    found = decode(text.encode("cp1252"))
    assert found is not None
    assert (found.text, found.guessed) == (text, True)


@pytest.mark.parametrize(
    "data",
    [
        "Zażółć gęślą jaźń na łódce, mała kapitan.".encode("cp1250"),
        "Мы были на озере, и она была капитаном.".encode("cp1251"),
        "今日は湖でボートに乗った。".encode("shift-jis"),
        b"\x00\x01\x02\x03" * 50,
        KOREAN.encode("cp949")[:-2] + b"\xff\xff",
        b"\xef\xbb\xbf" + b"\xff\xfe\xfa",
    ],
)
def test_what_cannot_be_told_for_certain_is_not_read(data: bytes):
    assert decode(data) is None


@given(st.binary(max_size=300))
def test_no_bytes_ever_raise(data: bytes):
    found = decode(data)
    assert found is None or "\0" not in found.text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_text_comes_back_from_utf_8(text: str):
    found = decode(b"\xef\xbb\xbf" + text.encode())
    assert found is not None
    assert found.text == text
