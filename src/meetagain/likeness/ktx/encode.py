"""A picture comes in, the bytes of a KTX2 file with all its mip levels go out: ETC1S blocks under BasisLZ."""

from enum import StrEnum

import numpy as np

from meetagain.likeness.ktx.books import endpoint_bytes, pattern_bytes, table_bytes
from meetagain.likeness.ktx.container import Packed, file_bytes
from meetagain.likeness.ktx.endpoints import fit, limited, unpacked
from meetagain.likeness.ktx.levels import blocks_of, levels_of
from meetagain.likeness.ktx.selectors import book_of
from meetagain.likeness.ktx.slices import codes_for, symbols_of, written

MOST_ENDPOINTS, MOST_PATTERNS = 16_128, 16_128
BLOCKS_A_PATTERN = 10
SHARE, SPARE = 0.03, 24
LIGHT = 4  # how much more an error of lightness counts in colours


class Kind(StrEnum):
    """What the numbers of a picture are: colours as an eye sees them, or directions and other plain numbers."""

    COLOUR = "colour"
    PLAIN = "plain"


def ktx2(picture: np.ndarray, kind: Kind = Kind.COLOUR) -> bytes:
    """The file for a picture (h, w, 3 or 4) uint8. The same picture gives the same bytes. Raises ValueError for another shape."""
    if picture.ndim != 3 or picture.shape[2] not in (3, 4) or picture.dtype != np.uint8 or 0 in picture.shape:
        raise ValueError("not a picture of three or four channels")
    levels = levels_of(picture, colour=kind is Kind.COLOUR)
    planes = [
        [blocks_of(level[..., :3])] + ([blocks_of(np.repeat(level[..., 3:], 3, 2))] if level.shape[2] == 4 else []) for level in levels
    ]
    slices = [plane for level in planes for plane in level]
    blocks = np.concatenate([one.blocks for one in slices])
    light = LIGHT if kind is Kind.COLOUR else 0
    endpoints = limited(np.concatenate([fit(one.blocks, one.columns, light, SHARE, SPARE) for one in slices]), MOST_ENDPOINTS)
    most = int(np.clip(len(blocks) // BLOCKS_A_PATTERN, 64, MOST_PATTERNS))
    patterns, pattern_of = book_of(blocks, endpoints, most, light)
    book, endpoint_of = np.unique(endpoints, return_inverse=True)
    order = _in_order(book)
    book, endpoint_of = book[order], np.argsort(order)[endpoint_of]
    cuts = np.cumsum([len(one.blocks) for one in slices])[:-1]
    told = [
        symbols_of(ours, theirs, one.columns, len(book), len(patterns))
        for one, ours, theirs in zip(slices, np.split(endpoint_of, cuts), np.split(pattern_of, cuts), strict=True)
    ]
    codes = codes_for(told, len(book), len(patterns))
    data = iter([written(symbols, codes) for symbols in told])
    packed = Packed(
        picture.shape[1],
        picture.shape[0],
        len(book),
        len(patterns),
        (endpoint_bytes(book), pattern_bytes(patterns), table_bytes(codes)),
        tuple(tuple(next(data) for _ in level) for level in planes),
        kind is Kind.COLOUR,
    )
    return file_bytes(packed)


def _in_order(book: np.ndarray) -> np.ndarray:
    """An order in which neighbours are alike, so that steps between them are small."""
    told = unpacked(book)
    return np.lexsort((told[:, 3], told[:, 2], told[:, 0], told[:, :3] @ np.array([2, 4, 1])))
