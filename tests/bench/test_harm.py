"""How many ways of saying that one wants to die are heard is counted, not guessed (A4)."""

import pytest

from meetagain.bench.harm import LANGUAGES, figures, heard


@pytest.fixture(scope="module")
def found():
    return figures()


def test_A4_more_is_noticed_than_calls_and_seldom_where_nothing_was_meant(found):
    assert found["harm_heard_rate"] >= 0.72
    assert found["harm_noticed_rate"] >= 0.9
    assert found["harm_heard_false_rate"] <= 0.003
    assert found["harm_noticed_false_rate"] <= 0.01


def test_each_language_is_counted_and_the_whole_is_their_sum(found):
    assert set(found["harm_per_language"]) == set(LANGUAGES)
    for name in ("harm_sayings", "harm_others"):
        assert found[name] == sum(one[name] for one in found["harm_per_language"].values())
    assert found["harm_sayings"] >= 97


def test_coming_along_is_not_counted():
    texts = {said.text for said in heard("ko")}
    assert "나도 같이 갈래." not in texts and "나도 죽고 싶어." in texts
