"""Codes are complete, short where symbols are frequent, never longer than a reader takes, and their tables can be read."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetagain.likeness.ktx.bits import Bits
from meetagain.likeness.ktx.huffman import code_of, put_table

COUNTS = st.lists(st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 10**6)), min_size=1, max_size=400)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COUNTS, st.randoms(use_true_random=False))
def test_a_table_and_symbols_under_it_are_read_again(reading, counts, chance):
    code = code_of(np.array(counts))
    told = [k for k, count in enumerate(counts) if count]
    symbols = [chance.choice(told) for _ in range(30)] if told else []
    out = Bits()
    put_table(out, code)
    code.put(out, np.array(symbols, int))
    bits = reading.Reader(out.bytes())
    table = bits.table()  # which fails for a code that is not complete
    assert [table.next(bits) for _ in symbols] == symbols
    assert all(code.lengths[k] for k in told)


def test_no_code_is_longer_than_may_be():
    steep = [1, 1]
    while len(steep) < 40:
        steep.append(steep[-1] + steep[-2])  # every code would be one bit longer than the one before
    for longest in (7, 16):
        lengths = code_of(np.array(steep), longest).lengths
        assert lengths.max() <= longest and sum(2.0 ** -lengths.astype(float)) == 1


def test_the_code_is_as_short_as_any():
    counts = np.array([45, 13, 12, 16, 9, 5])
    assert (code_of(counts).lengths * counts).sum() == 224


def test_more_symbols_than_a_table_holds_are_refused():
    with pytest.raises(ValueError):
        code_of(np.ones(16_384, int))
