from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written import interview


def nobody(_: str) -> bool:
    return False


def family(name: str) -> bool:
    return name in ("Elin", "Juni", "주니")


def test_turns_keep_their_speakers():
    text = "Interview in the kitchen, 3 May 2020\n\nElin: What did you do at the lake?\nJuni: I was captain.\nDad was the engine.\n\n**Elin:** And Sami?\n"
    found = interview.read(text, nobody)
    assert found is not None
    assert [(passage.by, passage.text, passage.day) for passage in found.passages] == [
        ("Elin", "What did you do at the lake?", "2020-05-03"),
        ("Juni", "I was captain.\nDad was the engine.", "2020-05-03"),
        ("Elin", "And Sami?", "2020-05-03"),
    ]


def test_times_before_a_name_and_korean_names():
    found = interview.read("00:01 엘린: 뭐 했어?\n[00:03] 주니: 배를 탔어.\n", family)
    assert found is not None
    assert found.writers() == ("엘린", "주니")


def test_one_dictated_memory_of_somebody_known():
    found = interview.read("Elin: She always hid behind the woodpile.\n", family)
    assert found is not None
    assert found.passages[0].by == "Elin"


def test_a_letter_with_a_colon_is_no_interview():
    assert interview.read("Dear Irja,\nlisten: she lost a tooth.\nP.S.: She whistles.\nLove, Elin\n", nobody) is None
    assert interview.read("Ingredients: dill\nTime: 30 minutes\nSoup\n", nobody) is None
    assert interview.read("", nobody) is None


def test_a_long_letter_in_which_a_known_name_stands_once_before_a_colon():
    assert interview.read("Dear Irja,\n" + "the lake was cold and we rowed.\n" * 12 + "Elin: the one who laughs.\n", family) is None


@given(st.lists(st.sampled_from(["Elin: a", "x", "", "주니：나", "Juni:", ":", "a b c d e: f", "- Elin: g"])))
def test_no_lines_ever_raise(lines: list[str]):
    interview.read("\n".join(lines), family)
