"""Which endpoint and which pattern every block uses comes in; the symbols that tell it to a reader go out, and their bits.

Source: KTX 2.0 specification, BasisLZ bitstream, "ETC1S Slice Decoding".
"""

import numpy as np
from numba import njit

from meetagain.likeness.ktx.bits import Bits
from meetagain.likeness.ktx.huffman import Code, code_of

WAY, STEP, PATTERN, RUN, RAW5, RAW8 = range(6)  # kinds of symbols; the last two are bits as they are
HISTORY = 64
LEFT, UPPER, UPPER_LEFT, TOLD = range(4)
REPEATED = 256
SHORTEST_REPEAT, SHORTEST_RUN, LONG_RUN = 3, 3, 63


@njit(cache=True)
def symbols_of(endpoints: np.ndarray, patterns: np.ndarray, columns: int, endpoint_count: int, pattern_count: int) -> np.ndarray:
    """Numbers of endpoints and patterns of one slice (n,), row by row -> symbols (m, 2): kind and value."""
    ways = _ways(endpoints, columns)
    fours = _fours(ways, columns)
    out = np.zeros((len(endpoints) * 4 + 16, 2), np.int32)
    history, rover = np.zeros(HISTORY, np.int64), HISTORY // 2
    at, before, skip, run, last, four = 0, 0, 0, 0, 0, 0
    for n in range(len(endpoints)):
        if n // columns % 2 == 0 and n % columns % 2 == 0:
            if skip:
                skip -= 1
            else:
                at, skip, last = _told_way(fours, four, last, out, at)
            four += 1
        if ways[n] == TOLD:
            out[at] = STEP, (endpoints[n] - before) % endpoint_count
            at += 1
        before = endpoints[n]
        if run:
            run -= 1
        else:
            at, run, rover = _told_pattern(patterns, n, history, rover, pattern_count, out, at)
    return out[:at]


@njit(cache=True)
def _ways(endpoints, columns):
    """From where each block has its endpoint (n,)."""
    ways = np.full(len(endpoints), TOLD)
    for n in range(len(endpoints)):
        row, column = n // columns, n % columns
        if column and endpoints[n] == endpoints[n - 1]:
            ways[n] = LEFT
        elif row and endpoints[n] == endpoints[n - columns]:
            ways[n] = UPPER
        elif row and column and endpoints[n] == endpoints[n - columns - 1]:
            ways[n] = UPPER_LEFT
    return ways


@njit(cache=True)
def _fours(ways, columns):
    """The ways of two by two blocks in one number, row by row."""
    rows, wide = len(ways) // columns, (columns + 1) // 2
    fours = np.zeros((rows + 1) // 2 * wide, np.int64)
    for n in range(len(ways)):
        row, column = n // columns, n % columns
        fours[row // 2 * wide + column // 2] |= ways[n] << (row % 2 * 4 + column % 2 * 2)
    return fours


@njit(cache=True)
def _told_way(fours, four, last, out, at):
    """Tell the ways of one four, or that the last ones hold for a while; where writing goes on, how many fours to skip, the last told."""
    same = 0
    while four + same < len(fours) and fours[four + same] == last:
        same += 1
    if same < SHORTEST_REPEAT:
        out[at] = WAY, fours[four]
        return at + 1, 0, fours[four]
    out[at] = WAY, REPEATED
    return _chunks(out, at + 1, RAW5, same - SHORTEST_REPEAT), same - 1, last


@njit(cache=True)
def _told_pattern(patterns, n, history, rover, pattern_count, out, at):
    """Tell a pattern by its number, by its place in what a reader remembers, or as a run; where writing goes on, the run's rest, the rover."""
    run = 0
    while n + run < len(patterns) and patterns[n + run] == history[0]:
        run += 1
    if run >= SHORTEST_RUN:
        out[at] = PATTERN, pattern_count + HISTORY
        out[at + 1] = RUN, min(run - SHORTEST_RUN, LONG_RUN)
        at += 2
        if run - SHORTEST_RUN >= LONG_RUN:
            at = _chunks(out, at, RAW8, run - SHORTEST_RUN)
        return at, run - 1, rover
    for seen in range(HISTORY):
        if history[seen] == patterns[n]:
            out[at] = PATTERN, pattern_count + seen
            history[seen], history[seen // 2] = history[seen // 2], history[seen]
            return at + 1, 0, rover
    out[at] = PATTERN, patterns[n]
    history[rover] = patterns[n]
    return at + 1, 0, rover + 1 if rover + 1 < HISTORY else HISTORY // 2


@njit(cache=True)
def _chunks(out, at, kind, value):
    """A number in chunks of 4 or 7 bits, each with a bit that says whether more follow."""
    size = 4 if kind == RAW5 else 7
    while True:
        rest = value >> size
        out[at] = kind, (value & ((1 << size) - 1)) | ((1 << size) if rest else 0)
        at += 1
        if rest == 0:
            return at
        value = rest


def codes_for(slices: list[np.ndarray], endpoint_count: int, pattern_count: int) -> tuple[Code, Code, Code, Code]:
    """The four codes for the symbols of all slices: ways, steps, patterns, runs."""
    every = np.concatenate(slices)
    sizes = {WAY: REPEATED + 1, STEP: endpoint_count, PATTERN: pattern_count + HISTORY + 1, RUN: LONG_RUN + 1}
    made = [code_of(np.bincount(every[every[:, 0] == kind, 1], minlength=size)) for kind, size in sizes.items()]
    return made[0], made[1], made[2], made[3]


def written(symbols: np.ndarray, codes: tuple[Code, Code, Code, Code]) -> bytes:
    """The bits of one slice."""
    kinds, values = symbols[:, 0], symbols[:, 1]
    bits, widths = values.astype(np.uint64), np.where(kinds == RAW5, 5, 8)
    for kind, code in enumerate(codes):
        mine = kinds == kind
        bits[mine], widths[mine] = code.codes[values[mine]], code.lengths[values[mine]]
    out = Bits()
    out.put_all(bits, widths)
    return out.bytes()
