"""Blocks of pixels come in, for each a base colour and how far its pixels lie lighter or darker (an endpoint) goes out.

A pixel of an ETC1S block is the base colour, moved in all three channels by one of four steps of the block's table.
Source: Khronos Data Format Specification 1.4, section 21 (ETC1S).
"""

import numpy as np
from numba import njit
from scipy.spatial import KDTree

#: The small and the large step of each table; a pixel moves by -large, -small, +small or +large.
STEPS = np.array([(2, 8), (5, 17), (9, 29), (13, 42), (18, 60), (24, 80), (33, 106), (47, 183)], np.int32)
MOVES = np.stack([-STEPS[:, 1], -STEPS[:, 0], STEPS[:, 0], STEPS[:, 1]], 1).astype(np.int32)  # (8, 4)
TABLES, DEEP = 8, 32
COLOURS = DEEP**3
MOST_TINT = 16 * 6  # of all 16 pixels together
FLAT = 20  # how much the pixels of a block may differ to be tried with every table


def packed(base: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Base colours (n, 3) in 0..31 and tables (n,) in one number (n,)."""
    base = np.asarray(base, np.int32)
    return ((base[:, 0] * DEEP + base[:, 1]) * DEEP + base[:, 2]) * TABLES + table


def unpacked(endpoint: np.ndarray) -> np.ndarray:
    """The other way: (n,) -> red, green, blue and table (n, 4)."""
    endpoint = np.asarray(endpoint, np.int32)
    colour = endpoint // TABLES
    return np.stack([colour // DEEP**2, colour // DEEP % DEEP, colour % DEEP, endpoint % TABLES], -1)


@njit(cache=True)
def turned(block, out):
    """Fill `out` (3, 16) with a block (16, 3)."""
    for i in range(16):
        for c in range(3):
            out[c, i] = block[i, c]


@njit(cache=True)
def errors(block, endpoint, light, out):
    """Fill `out` (4, 16): the squared error of each pixel of the block (3, 16) by each of the four moves.

    An error of lightness counts `light` times more than the same error of a single colour.
    """
    table, colour = endpoint % 8, endpoint // 8
    red, green, blue = colour // 1024, colour // 32 % 32, colour % 32
    red, green, blue = red << 3 | red >> 2, green << 3 | green >> 2, blue << 3 | blue >> 2
    for k in range(4):
        move = MOVES[table, k]
        r = np.int32(min(255, max(0, red + move)))
        g = np.int32(min(255, max(0, green + move)))
        b = np.int32(min(255, max(0, blue + move)))
        for i in range(16):
            dr, dg, db = block[0, i] - r, block[1, i] - g, block[2, i] - b
            lightness = 2 * dr + 5 * dg + db
            out[k, i] = dr * dr + dg * dg + db * db + (light * lightness * lightness >> 6)


@njit(cache=True)
def least(found):
    """The error of a block when every pixel makes its best move, from `errors`."""
    total = np.int32(0)
    for i in range(16):
        total += min(min(found[0, i], found[1, i]), min(found[2, i], found[3, i]))
    return total


@njit(cache=True)
def _refined(block, endpoint, found):
    """The base colour that suits the moves which the pixels make now."""
    table = endpoint % 8
    moved = 0
    for i in range(16):
        best = 0
        for k in range(1, 4):
            if found[k, i] < found[best, i]:
                best = k
        moved += MOVES[table, best]
    return _based(block, moved) * 8 + table


@njit(cache=True)
def _based(block, moved):
    """The base colour (a number below 32 ** 3) nearest to the mean of a block whose 16 pixels move by `moved` together."""
    colour = 0
    for c in range(3):
        total = -moved
        for i in range(16):
            total += block[c, i]
        colour = colour * 32 + min(31, max(0, (total * 31 + 16 * 128) // (16 * 255)))
    return colour


@njit(cache=True)
def _best(block, light, found):
    """The endpoint with the least error for one block, and that error. Where pixels hardly differ, any table may give the finest colour."""
    low, high = 1000, 0
    for i in range(16):
        level = block[0, i] + block[1, i] + block[2, i]
        low, high = min(low, level), max(high, level)
    reach = (high - low) // 3
    best, least_error = 0, 2**31 - 1
    for table in range(8):
        large = MOVES[table, 3]
        if large * 4 < reach or (reach > FLAT and large > reach + 12):
            continue
        before = -1
        for start in range(5):
            endpoint = _based(block, 16 * MOVES[table, start] if start < 4 else 0) * 8 + table
            if endpoint == before:
                continue
            before = endpoint
            for _ in range(3):
                errors(block, endpoint, light, found)
                error = least(found)
                if error < least_error:
                    best, least_error = endpoint, error
                again = _refined(block, endpoint, found)
                if again == endpoint:
                    break
                endpoint = again
    return best, least_error


@njit(cache=True)
def _tint(block, endpoint, found, out):
    """Fill `out` (3,): how much red, green and blue the block (3, 16) lacks when drawn, apart from lightness, summed over its pixels."""
    table, colour = endpoint % 8, endpoint // 8
    base = (colour // 1024, colour // 32 % 32, colour % 32)
    lack = np.zeros(3, np.int32)
    for i in range(16):
        best = 0
        for k in range(1, 4):
            if found[k, i] < found[best, i]:
                best = k
        for c in range(3):
            lack[c] += block[c, i] - min(255, max(0, (base[c] << 3 | base[c] >> 2) + MOVES[table, best]))
    lightness = (2 * lack[0] + 5 * lack[1] + lack[2]) >> 3
    for c in range(3):
        out[c] = min(MOST_TINT, max(-MOST_TINT, lack[c] - lightness))


@njit(cache=True)
def fit(blocks: np.ndarray, columns: int, light: int, share: float, spare: int) -> np.ndarray:
    """The endpoint of each block (n, 16, 3), packed (n,) int32. Blocks lie row by row, `columns` in a row.

    A block takes the endpoint of its left, upper or upper left neighbour if its error is no more than `spare` and `share` of the
    least above the least. Where lightness counts (`light`), the tint that a block lacks is given to those after it, so that a tender
    change of colour does not break into patches.
    """
    light = np.int32(light)
    out = np.zeros(len(blocks), np.int32)
    found, block = np.zeros((4, 16), np.int32), np.zeros((3, 16), np.int32)
    lacks = np.zeros((2, columns + 2, 3), np.int32)
    for n in range(len(blocks)):
        row, column = n // columns, n % columns
        turned(blocks[n], block)
        above, ours = lacks[(row + 1) % 2], lacks[row % 2]
        if light:
            for c in range(3):
                owed = (7 * ours[column, c] + above[column, c] + 5 * above[column + 1, c] + 3 * above[column + 2, c] + 128) >> 8
                for i in range(16):
                    block[c, i] = min(255, max(0, block[c, i] + owed))
        best, error = _best(block, light, found)
        limit = error + np.int64(error * share) + spare
        for way in range(3):
            if (way != 1 and column == 0) or (way != 0 and row == 0):
                continue
            neighbour = out[n - 1 if way == 0 else n - columns if way == 1 else n - columns - 1]
            errors(block, neighbour, light, found)
            error = least(found)
            if error <= limit:
                best, limit = neighbour, error
        out[n] = best
        errors(block, best, light, found)
        _tint(block, best, found, ours[column + 1])
    return out


def limited(endpoints: np.ndarray, most: int) -> np.ndarray:
    """Endpoints again (n,), at most `most` different ones: rare ones become the nearest frequent one."""
    kinds, which, counts = np.unique(endpoints, return_inverse=True, return_counts=True)
    if len(kinds) <= most:
        return endpoints
    kept = np.zeros(len(kinds), bool)
    kept[np.argsort(-counts, kind="stable")[:most]] = True
    place = unpacked(kinds).astype(np.float64)
    place[:, 3] = np.sqrt(STEPS[place[:, 3].astype(int), 1])
    nearest = KDTree(place[kept]).query(place)[1]
    return kinds[kept][nearest][which]
