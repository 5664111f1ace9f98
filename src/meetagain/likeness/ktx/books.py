"""The books of endpoints and patterns and the codes of the slices come in, their bytes in the file go out.

Source: KTX 2.0 specification, BasisLZ bitstream, "ETC1S Endpoint Codebooks", "ETC1S Selector Codebooks", "ETC1S Slice Huffman Tables".
"""

import numpy as np

from meetagain.likeness.ktx.bits import Bits
from meetagain.likeness.ktx.endpoints import DEEP, TABLES, unpacked
from meetagain.likeness.ktx.huffman import Code, code_of, put_table
from meetagain.likeness.ktx.slices import HISTORY

RANGES = (10, 22)  # a colour's step is told by one of three codes, by the value before
FIRST = 16


def endpoint_bytes(book: np.ndarray) -> bytes:
    """Endpoints, packed (m,), each told as the step from the one before."""
    told = unpacked(book)
    before = np.vstack([[FIRST, FIRST, FIRST, 0], told[:-1]])
    step = (told - before) % np.array([DEEP, DEEP, DEEP, TABLES])
    kind = np.digitize(before[:, :3], RANGES)
    colours = [code_of(np.bincount(step[:, :3][kind == k], minlength=DEEP)) for k in range(3)]
    tables = code_of(np.bincount(step[:, 3], minlength=TABLES))
    out = Bits()
    for code in (*colours, tables):
        put_table(out, code)
    out.put(0, 1)  # three channels
    lengths, codes = np.stack([code.lengths for code in colours]), np.stack([code.codes for code in colours])
    widths = np.c_[tables.lengths[step[:, 3]], lengths[kind, step[:, :3]]]
    out.put_all(np.c_[tables.codes[step[:, 3]], codes[kind, step[:, :3]]].ravel(), widths.ravel())
    return out.bytes()


def pattern_bytes(book: np.ndarray) -> bytes:
    """Patterns (m, 4), each told as what differs from the one before."""
    out = Bits()
    out.put(0, 3)
    changed = (book[1:] ^ book[:-1]).ravel()
    code = code_of(np.bincount(changed, minlength=256))
    put_table(out, code)
    out.put_all(book[0], np.full(4, 8))
    code.put(out, changed)
    return out.bytes()


def table_bytes(codes: tuple[Code, Code, Code, Code]) -> bytes:
    """The codes of the slices, and how long a reader's memory of patterns is."""
    out = Bits()
    for code in codes:
        put_table(out, code)
    out.put(HISTORY, 13)
    return out.bytes()
