"""The invented crowd that a mind is measured with: the same each time, no two alike, of nobody."""

import pytest

from meetagain.bench.crowd import crowd


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_crowd_is_the_same_for_the_same_seed_and_no_two_memories_tell_the_same(language: str):
    facts = crowd(300, seed=3, language=language)
    assert facts == crowd(300, seed=3, language=language) != crowd(300, seed=4, language=language)
    assert len({fact.id for fact in facts}) == len({fact.fact for fact in facts}) == 300
    assert crowd(20, seed=3, language=language) == facts[:20]
    assert all(fact.open and fact.said and fact.tags and "{" not in fact.fact + fact.said for fact in facts)


def test_it_is_varied():
    facts = crowd(300, seed=3)
    assert len({fact.kind for fact in facts}) >= 8
    assert len({word for fact in facts for word in fact.fact.lower().split()}) > 400
