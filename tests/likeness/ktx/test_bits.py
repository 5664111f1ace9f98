"""Numbers written bit by bit are the numbers that are read."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetagain.likeness.ktx.bits import Bits

WRITTEN = st.lists(st.integers(0, 32).flatmap(lambda width: st.tuples(st.integers(0, 2**width - 1), st.just(width))), max_size=60)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITTEN)
def test_what_is_written_is_read(reading, numbers):
    out = Bits()
    for value, width in numbers:
        out.put(value, width)
    data, read = out.bytes(), reading.Reader(out.bytes())
    assert len(data) == (sum(width for _, width in numbers) + 7) // 8
    assert [read.take(width) for _, width in numbers] == [value for value, _ in numbers]


def test_the_lowest_bit_comes_first():
    out = Bits()
    for value, width in ((1, 1), (0, 2), (5, 3), (3, 2), (1, 1)):
        out.put(value, width)
    assert out.bytes() == bytes((0b11101001, 1))
