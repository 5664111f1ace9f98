"""Blocks and their endpoints come in; a small book of patterns of moves, and which of them each block uses, go out.

A pattern says for each of the 16 pixels which move it makes. It is kept as four bytes, one a row, two bits a pixel, left pixel lowest.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numba import njit

from meetagain.likeness.ktx.endpoints import MOVES, errors, turned

UNIT = 64  # the large step in the numbers below
EDGES = (-41, 0, 41)  # between which places a pixel makes which move
COARSE = 192  # groups of patterns among which a block looks first
TRIES = 10  # groups in which it then looks at every pattern
SAMPLE = 120_000


@dataclass(frozen=True)
class Patterns:
    """A book of patterns (m, 4) uint8 in groups that begin at `starts` (g + 1,) and lie round `middles` (g, 16)."""

    rows: np.ndarray
    starts: np.ndarray
    middles: np.ndarray


def book_of(blocks: np.ndarray, endpoints: np.ndarray, most: int, light: int) -> tuple[np.ndarray, np.ndarray]:
    """At most `most` patterns (m, 4) for the blocks (n, 16, 3), and the number of its pattern for each block (n,)."""
    step = max(1, len(blocks) // SAMPLE)
    places, weights = _places(blocks[::step], endpoints[::step])
    patterns = _grouped(places, weights, most)
    for _ in range(2):
        which = nearest(blocks, endpoints, light, patterns)
        patterns = _mended(blocks, endpoints, which, light, patterns)
    which = nearest(blocks, endpoints, light, patterns)
    return _only_used(patterns, which)


@njit(cache=True)
def _place(block, endpoint, out):
    table, colour = endpoint % 8, endpoint // 8
    red, green, blue = colour // 1024, colour // 32 % 32, colour % 32
    level = (red << 3 | red >> 2) + (green << 3 | green >> 2) + (blue << 3 | blue >> 2)
    large = MOVES[table, 3]
    for i in range(16):
        away = (block[0, i] + block[1, i] + block[2, i] - level) * 64 // (3 * large)
        out[i] = min(80, max(-80, away))


@njit(cache=True)
def _places(blocks, endpoints):
    """How far each pixel lies from the base (n, 16), 64 being the large step, and how much that block's errors count (n,)."""
    places, weights = np.zeros((len(blocks), 16), np.int16), np.zeros(len(blocks))
    block = np.zeros((3, 16), np.int32)
    for n in range(len(blocks)):
        turned(blocks[n], block)
        _place(block, endpoints[n], places[n])
        weights[n] = MOVES[endpoints[n] % 8, 3] ** 2
    return places, weights


@njit(cache=True)
def _spread(places, weights, order):
    """The middle (16,), the summed squared distance from it, and the direction of the widest spread among the points in `order`."""
    first, second, total = np.zeros(16), np.zeros(16), 0.0
    for n in order:
        total += weights[n]
        for i in range(16):
            first[i] += weights[n] * places[n, i]
            second[i] += weights[n] * places[n, i] * places[n, i]
    middle = first / total
    wide = second - first * middle
    return middle, max(0.0, wide.sum()), np.argmax(wide)


@njit(cache=True)
def _split(places, weights, order):
    """Put the points of a group in two halves, in place; how many are in the first half."""
    middle, _, axis = _spread(places, weights, order)
    count = len(order)
    side = np.zeros(count, np.bool_)
    for k in range(count):
        side[k] = places[order[k], axis] > middle[axis]
    for _ in range(3):
        sums, totals = np.zeros((2, 16)), np.zeros(2)
        for k in range(count):
            n, half = order[k], 1 if side[k] else 0
            totals[half] += weights[n]
            for i in range(16):
                sums[half, i] += weights[n] * places[n, i]
        if totals[0] == 0 or totals[1] == 0:
            break
        low, high = sums[0] / totals[0], sums[1] / totals[1]
        for k in range(count):
            one, two = 0.0, 0.0
            for i in range(16):
                one += (places[order[k], i] - low[i]) ** 2
                two += (places[order[k], i] - high[i]) ** 2
            side[k] = two < one
    kept = order.copy()
    at = 0
    for half in (False, True):
        for k in range(count):
            if side[k] == half:
                order[at] = kept[k]
                at += 1
    return count - side.sum()


def _grouped(places: np.ndarray, weights: np.ndarray, most: int) -> Patterns:
    """Points are parted again and again where they are most apart, until there are `most` groups; the first parts are kept as well."""
    order = np.arange(len(places))
    middle, wide, _ = _spread(places, weights, order)
    heap = [(-wide, 0, len(order), middle, 0)]
    coarse = [middle]
    while len(heap) < most and heap[0][0] < 0:
        _, start, stop, _, group = heapq.heappop(heap)
        cut = start + _split(places, weights, order[start:stop])
        if cut in (start, stop):
            heapq.heappush(heap, (0.0, start, stop, _spread(places, weights, order[start:stop])[0], group))
            continue
        splitting = len(heap) + 1 < COARSE
        for k, (one, two) in enumerate(((start, cut), (cut, stop))):
            middle, wide, _ = _spread(places, weights, order[one:two])
            number = len(coarse) if splitting and k else group
            if splitting:
                coarse[number : number + 1] = [middle]
            heapq.heappush(heap, (-wide, one, two, middle, number))
    rows = packed_rows(np.digitize(np.array([leaf[3] for leaf in heap]), EDGES))
    groups = np.array([leaf[4] for leaf in heap])
    told, first = np.unique(np.c_[groups, rows], axis=0, return_index=True)
    rows, groups = rows[first], told[:, 0]
    return Patterns(rows, np.searchsorted(groups, np.arange(len(coarse) + 1)), np.round(np.array(coarse)).astype(np.int32))


def packed_rows(moves: np.ndarray) -> np.ndarray:
    """Moves 0..3 of 16 pixels (m, 16) as four bytes (m, 4)."""
    return (moves.reshape(-1, 4, 4) << np.arange(0, 8, 2)).sum(2).astype(np.uint8)


def nearest(blocks: np.ndarray, endpoints: np.ndarray, light: int, patterns: Patterns) -> np.ndarray:
    """For each block (n, 16, 3) the number of the pattern with the least error (n,) int32."""
    return _nearest(blocks, endpoints, light, patterns.rows, patterns.starts, patterns.middles)


@njit(cache=True)
def _nearest(blocks, endpoints, light, rows, starts, middles):
    light = np.int32(light)
    which = np.zeros(len(blocks), np.int32)
    found, block = np.zeros((4, 16), np.int32), np.zeros((3, 16), np.int32)
    place, by_row = np.zeros(16, np.int32), np.zeros((4, 256), np.int32)
    away, left = np.zeros(len(middles), np.int32), np.zeros(16, np.int32)
    for n in range(len(blocks)):
        turned(blocks[n], block)
        errors(block, endpoints[n], light, found)
        for row in range(4):
            for value in range(16):
                left[value] = found[value & 3, row * 4] + found[value >> 2, row * 4 + 1]
                right = found[value & 3, row * 4 + 2] + found[value >> 2, row * 4 + 3]
                by_row[row, value * 16 : value * 16 + 16] = right
            for value in range(16):
                for k in range(16):
                    by_row[row, value * 16 + k] += left[k]
        _place(block, endpoints[n], place)
        for g in range(len(middles)):
            total = 0
            for i in range(16):
                total += (place[i] - middles[g, i]) * (place[i] - middles[g, i])
            away[g] = total
        best, best_error = -1, 2**62
        for _ in range(min(TRIES, len(middles))):
            g = np.argmin(away)
            away[g] = 2**31 - 1
            for k in range(starts[g], starts[g + 1]):
                error = by_row[0, rows[k, 0]] + by_row[1, rows[k, 1]] + by_row[2, rows[k, 2]] + by_row[3, rows[k, 3]]
                if error < best_error:
                    best, best_error = k, error
        which[n] = best
    return which


def _mended(blocks: np.ndarray, endpoints: np.ndarray, which: np.ndarray, light: int, patterns: Patterns) -> Patterns:
    """The same groups; every pattern becomes the best one for the blocks that use it."""
    rows = packed_rows(_best_moves(blocks, endpoints, which, light, len(patterns.rows)))
    used = np.bincount(which, minlength=len(rows)) > 0
    return Patterns(np.where(used[:, None], rows, patterns.rows), patterns.starts, patterns.middles)


@njit(cache=True)
def _best_moves(blocks, endpoints, which, light, count):
    light = np.int32(light)
    total = np.zeros((count, 4, 16), np.int64)
    found, block = np.zeros((4, 16), np.int32), np.zeros((3, 16), np.int32)
    for n in range(len(blocks)):
        turned(blocks[n], block)
        errors(block, endpoints[n], light, found)
        total[which[n]] += found
    out = np.zeros((count, 16), np.int64)
    for k in range(count):
        for i in range(16):
            out[k, i] = np.argmin(total[k, :, i])
    return out


def _only_used(patterns: Patterns, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The book without doubles and without what no block uses, and the new numbers."""
    rows, number = np.unique(patterns.rows, axis=0, return_inverse=True)
    used, which = np.unique(number.ravel()[which], return_inverse=True)
    return rows[used], which
