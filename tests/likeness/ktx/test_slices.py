"""Whatever blocks use, a reader finds the same again."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetagain.likeness.ktx.slices import HISTORY, codes_for, symbols_of, written


def again(reading, endpoints: np.ndarray, patterns: np.ndarray, columns: int, counts: tuple[int, int]) -> np.ndarray:
    symbols = symbols_of(endpoints, patterns, columns, *counts)
    codes = codes_for([symbols], *counts)
    data = written(symbols, codes)
    tables = [reading.Table([int(length) for length in code.lengths]) for code in codes]
    return reading.read_slice(data, tables, HISTORY, len(endpoints) // columns, columns, *counts).reshape(-1, 2)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 300), st.integers(1, 300), st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_any_blocks_are_read_again(reading, rows, columns, endpoint_count, pattern_count, seed, sameness):
    rng = np.random.default_rng(seed)
    count = rows * columns
    endpoints, patterns = rng.integers(0, endpoint_count, count), rng.integers(0, pattern_count, count)
    for n in range(1, count):
        if rng.random() < sameness:
            endpoints[n], patterns[n] = endpoints[n - 1], patterns[n - 1]
    read = again(reading, endpoints, patterns, columns, (endpoint_count, pattern_count))
    assert (read[:, 0] == endpoints).all() and (read[:, 1] == patterns).all()


@pytest.mark.parametrize("length", [3, 65, 66, 67, 200, 900])
def test_long_runs_are_read_again(reading, length):
    patterns = np.r_[5, np.zeros(length, int), 7, 5, np.zeros(length, int)]
    patterns = np.r_[patterns, np.zeros(-len(patterns) % 8, int)]
    endpoints = np.where(np.arange(len(patterns)) < 8, np.arange(len(patterns)) % 3, 1)
    read = again(reading, endpoints, patterns, 8, (3, 9))
    assert (read == np.c_[endpoints, patterns]).all()
