"""Meanings: near for near words in both languages, unit length, the same each time, one at a time."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from meetagain.mind.meaning import KEPT, WIDTH, Meaning, meaning

MEANT = meaning()


def cosine(one: str, other: str) -> float:
    return float(np.dot(*MEANT.vectors([one, other])))


def test_vectors_have_unit_length_and_the_order_of_the_texts():
    texts = ["a boat on the lake", "a cup of tea", "a boat on the lake", ""]
    found = MEANT.vectors(texts)
    assert found.shape == (4, WIDTH) and found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-3)
    assert np.array_equal(found[0], found[2])
    assert MEANT.vectors([]).shape == (0, WIDTH)


def test_words_for_the_same_are_near_and_others_are_not():
    assert cosine("pal", "friend") > 0.6 > cosine("pal", "harbour")
    assert cosine("강아지", "개") > 0.6 > cosine("강아지", "시계")
    assert cosine("Where did you hide?", "She hid behind the woodpile.") > cosine("Where did you hide?", "The soup had stars in it.")


def test_a_text_means_the_same_alone_and_among_others_and_when_it_is_asked_again():
    alone = Meaning().vectors(["the yellow raincoat"])[0]
    among = Meaning().vectors(["one", "the yellow raincoat", "a much longer sentence about nothing in particular, to fill the batch"])[1]
    assert np.allclose(alone, among, atol=1e-4)
    assert np.array_equal(MEANT.vectors(["the yellow raincoat"])[0], MEANT.vectors(["the yellow raincoat"])[0])


def test_many_may_ask_at_once():
    texts = [[f"word {number}", "a shared word"] for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(MEANT.vectors, texts))
    assert all(np.allclose(pair[1], found[0][1], atol=1e-4) for pair in found)


def test_only_so_many_are_kept():
    some = Meaning()
    some._encode = lambda texts: np.ones((len(texts), WIDTH), np.float32)
    some.vectors([f"word{number}" for number in range(KEPT + 50)])
    some.vectors(["x" * 500])
    assert len(some._kept) == KEPT and "x" * 500 not in some._kept
    assert "word0" not in some._kept and f"word{KEPT + 49}" in some._kept
