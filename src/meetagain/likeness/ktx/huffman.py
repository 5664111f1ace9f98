"""How often each symbol comes in, codes that take few bits for frequent ones go out, with the table that a reader needs.

Source: KTX 2.0 specification, BasisLZ bitstream, "Compressed Huffman Tables"; codes are those of RFC 1951, section 3.2.2.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from meetagain.likeness.ktx.bits import Bits

LONGEST, LONGEST_INNER = 16, 7
MOST_SYMBOLS = 16383
INNER_ORDER = (17, 18, 19, 20, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15, 16)
ZEROS, MANY_ZEROS, SAME, MANY_SAME = 17, 18, 19, 20
#: run symbol: (shortest run, longest run, bits that tell its length)
RUNS = {ZEROS: (3, 10, 3), MANY_ZEROS: (11, 138, 7), SAME: (3, 6, 2), MANY_SAME: (7, 134, 7)}


@dataclass(frozen=True)
class Code:
    """A Huffman code. Per symbol: its length in bits (0: never used) and its bits, turned round for writing."""

    lengths: np.ndarray  # (n,) uint8
    codes: np.ndarray  # (n,) uint32

    def put(self, out: Bits, symbols: np.ndarray) -> None:
        """Write symbols (n,) one after the other."""
        out.put_all(self.codes[symbols], self.lengths[symbols])


def code_of(counts: np.ndarray, longest: int = LONGEST) -> Code:
    """The code for symbols that come so often (n,); at least two symbols get one. Raises ValueError for more than 16,383 symbols."""
    if len(counts) > MOST_SYMBOLS:
        raise ValueError("too many symbols for one table")
    lengths = code_lengths(np.asarray(counts, np.int64), longest)
    return Code(lengths, _canonical(lengths))


def code_lengths(counts: np.ndarray, longest: int) -> np.ndarray:
    """Lengths in bits (n,) uint8, at most `longest`, of a complete code."""
    counts = np.pad(counts, (0, max(0, 2 - len(counts))))
    for spare in (0, 1):
        if np.count_nonzero(counts) < 2 and counts[spare] == 0:
            counts[spare] = 1
    used = np.flatnonzero(counts)
    often = counts[used]
    while True:
        depths = _depths(often)
        if depths.max() <= longest:
            break
        often = (often + 1) // 2
    lengths = np.zeros(len(counts), np.uint8)
    lengths[used] = depths
    return lengths


def _depths(often: np.ndarray) -> np.ndarray:
    count = len(often)
    above = np.zeros(2 * count - 1, np.int64)
    heap = [(int(n), k) for k, n in enumerate(often)]
    heapq.heapify(heap)
    for node in range(count, 2 * count - 1):
        one, other = heapq.heappop(heap), heapq.heappop(heap)
        above[one[1]] = above[other[1]] = node
        heapq.heappush(heap, (one[0] + other[0], node))
    depths = np.zeros(2 * count - 1, np.int64)
    for node in range(2 * count - 3, -1, -1):
        depths[node] = depths[above[node]] + 1
    return depths[:count]


def _canonical(lengths: np.ndarray) -> np.ndarray:
    codes, code = np.zeros(len(lengths), np.uint32), 0
    for length in range(1, int(lengths.max()) + 1):
        for symbol in np.flatnonzero(lengths == length):
            codes[symbol] = int(format(code, f"0{length}b")[::-1], 2)
            code += 1
        code <<= 1
    return codes


def put_table(out: Bits, code: Code) -> None:
    """Write the lengths of a code, run by run, under a small code of their own."""
    lengths = code.lengths[: int(np.flatnonzero(code.lengths)[-1]) + 1]
    symbols, extras = runs_of(lengths)
    inner = code_of(np.bincount(symbols, minlength=21), LONGEST_INNER)
    told = max(k + 1 for k, symbol in enumerate(INNER_ORDER) if inner.lengths[symbol])
    out.put(len(lengths), 14)
    out.put(told, 5)
    out.put_all(inner.lengths[list(INNER_ORDER[:told])], np.full(told, 3))
    for symbol, extra in zip(symbols, extras, strict=True):
        inner.put(out, np.array([symbol]))
        if symbol in RUNS:
            out.put(extra, RUNS[symbol][2])


def runs_of(lengths: np.ndarray) -> tuple[list[int], list[int]]:
    """Lengths as symbols of the inner code, each with what its extra bits say."""
    symbols: list[int] = []
    extras: list[int] = []

    def put(symbol: int, extra: int = 0) -> None:
        symbols.append(symbol)
        extras.append(extra)

    starts = np.flatnonzero(np.r_[True, np.diff(lengths.astype(int)) != 0])
    for start, stop in zip(starts, np.r_[starts[1:], len(lengths)], strict=True):
        value, left = int(lengths[start]), int(stop - start)
        if value:
            put(value)
            left -= 1
        while left >= 3:
            kind = (MANY_SAME if left >= 7 else SAME) if value else (MANY_ZEROS if left >= 11 else ZEROS)
            least, most, _ = RUNS[kind]
            taken = min(left, most)
            put(kind, taken - least)
            left -= taken
        for _ in range(left):
            put(value)
    return symbols, extras
