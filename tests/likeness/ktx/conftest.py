"""A reader of KTX2 files with ETC1S under BasisLZ, written from the standard for the tests alone: plain, slow, and strict."""

import struct
from dataclasses import dataclass, field

import numpy as np
import pytest

ORDER = (17, 18, 19, 20, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15, 16)
STEPS = ((2, 8), (5, 17), (9, 29), (13, 42), (18, 60), (24, 80), (33, 106), (47, 183))


class Reader:
    """Bits of a row of bytes, the lowest of each byte first."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, width: int) -> int:
        value = 0
        for k in range(width):
            value |= (self._data[self._at >> 3] >> (self._at & 7) & 1) << k
            self._at += 1
        return value

    def chunks(self, size: int) -> int:
        value, shift = 0, 0
        while True:
            part = self.take(size + 1)
            value |= (part & ((1 << size) - 1)) << shift
            shift += size
            if not part >> size:
                return value

    def table(self) -> "Table":
        """A Huffman table as the file holds it."""
        count, inner = self.take(14), [0] * 21
        for k in range(self.take(5)):
            inner[ORDER[k]] = self.take(3)
        small, lengths = Table(inner), []
        while len(lengths) < count:
            symbol = small.next(self)
            if symbol <= 16:
                lengths.append(symbol)
            elif symbol <= 18:
                lengths += [0] * (self.take(3) + 3 if symbol == 17 else self.take(7) + 11)
            else:
                assert lengths[-1] > 0
                lengths += [lengths[-1]] * (self.take(2) + 3 if symbol == 19 else self.take(7) + 7)
        assert len(lengths) == count
        return Table(lengths)


class Table:
    """A Huffman code by its lengths; it must be complete."""

    def __init__(self, lengths: list[int]) -> None:
        assert sum(2.0**-length for length in lengths if length) == 1.0
        self.lengths, self._symbols, code = lengths, {}, 0
        for length in range(1, 17):
            for symbol in (k for k, own in enumerate(lengths) if own == length):
                self._symbols[length, code] = symbol
                code += 1
            code <<= 1

    def next(self, bits: Reader) -> int:
        code = 0
        for length in range(1, 17):
            code = code << 1 | bits.take(1)
            if (length, code) in self._symbols:
                return self._symbols[length, code]
        raise AssertionError("no such code")


@dataclass
class Read:
    """What a file holds."""

    width: int
    height: int
    colour: bool
    levels: list[np.ndarray] = field(default_factory=list)  # (h, w, 3 or 4) uint8, largest first


def read_endpoints(data: bytes, count: int) -> np.ndarray:
    bits = Reader(data)
    *colours, tables = [bits.table() for _ in range(4)]
    assert bits.take(1) == 0
    out, before = [], [16, 16, 16, 0]
    for _ in range(count):
        table = (before[3] + tables.next(bits)) & 7
        before = [(old + colours[0 if old < 10 else 1 if old < 22 else 2].next(bits)) & 31 for old in before[:3]] + [table]
        out.append(before)
    return np.array(out)


def read_patterns(data: bytes, count: int) -> np.ndarray:
    bits = Reader(data)
    assert bits.take(3) == 0
    table = bits.table()
    rows = [[bits.take(8) for _ in range(4)]]
    for _ in range(count - 1):
        rows.append([table.next(bits) ^ old for old in rows[-1]])
    return np.array([[row >> 2 * k & 3 for row in four for k in range(4)] for four in rows])


def read_slice(data: bytes, tables: list[Table], memory: int, rows: int, columns: int, endpoints: int, patterns: int) -> np.ndarray:
    """The numbers of endpoint and pattern of each block (rows, columns, 2)."""
    bits, out = Reader(data), np.zeros((rows, columns, 2), int)
    history, rover = [0] * memory, memory // 2
    ways, repeat, last, run, before = {}, 0, 0, 0, 0
    for row in range(rows):
        for column in range(columns):
            if row % 2 == 0 and column % 2 == 0:
                if repeat:
                    repeat -= 1
                else:
                    symbol = tables[0].next(bits)
                    if symbol == 256:
                        repeat = bits.chunks(4) + 2
                    else:
                        last = symbol
                for k in range(4):
                    ways[row + k // 2, column + k % 2] = last >> 2 * k & 3
            way = ways[row, column]
            assert (way != 0 or column) and (way != 1 or row) and (way != 2 or (row and column))
            before = (before + tables[1].next(bits)) % endpoints if way == 3 else int(out[row - (way > 0), column - (way != 1), 0])
            out[row, column, 0] = before
            if run:
                symbol, run = patterns, run - 1
            else:
                symbol = tables[2].next(bits)
                if symbol == patterns + memory:
                    length = tables[3].next(bits)
                    run = (bits.chunks(7) if length == 63 else length) + 2
                    symbol = patterns
            if symbol < patterns:
                out[row, column, 1] = history[rover] = symbol
                rover = rover + 1 if rover + 1 < memory else memory // 2
            else:
                seen = symbol - patterns
                out[row, column, 1] = history[seen]
                history[seen], history[seen // 2] = history[seen // 2], history[seen]
    return out


def read_ktx2(data: bytes) -> Read:
    """The pictures of a file. Fails where the standard is not kept."""
    assert data[:12] == b"\xabKTX 20\xbb\r\n\x1a\n"
    kind, size, wide, high, deep, layers, faces, count, scheme = struct.unpack_from("<9I", data, 12)
    assert (kind, size, deep, layers, faces, scheme) == (0, 1, 0, 0, 1, 1)
    described, length, said, said_length, shared, shared_length = struct.unpack_from("<4I2Q", data, 48)
    assert data[described + 12] == 163 and struct.unpack_from("<I", data, described)[0] == length == 28 + 16 * ((length - 28) // 16)
    assert said == described + length and shared % 8 == 0 and shared >= said + said_length
    planes = (length - 28) // 16
    at = shared + 20 + 20 * count
    endpoint_count, pattern_count, *sizes = struct.unpack_from("<2H4I", data, shared)
    assert sizes[3] == 0 and shared_length == 20 + 20 * count + sum(sizes)
    endpoints = read_endpoints(data[at : at + sizes[0]], endpoint_count)
    patterns = read_patterns(data[at + sizes[0] : at + sizes[0] + sizes[1]], pattern_count)
    bits = Reader(data[at + sizes[0] + sizes[1] : at + sum(sizes)])
    tables = [bits.table() for _ in range(4)]
    memory = bits.take(13)
    steps = np.array([(-large, -small, small, large) for small, large in STEPS])
    base = endpoints[:, :3] << 3 | endpoints[:, :3] >> 2
    out = Read(wide, high, data[described + 14] == 2)
    for k in range(count):
        start, size, plain = struct.unpack_from("<3Q", data, 80 + 24 * k)
        flags, *slices = struct.unpack_from("<5I", data, shared + 20 + 20 * k)
        assert flags == 0 and plain == 0 and slices[1] + slices[3] == size and (slices[3] > 0) == (planes == 2)
        wide_k, high_k = max(1, wide >> k), max(1, high >> k)
        rows, columns = -(-high_k // 4), -(-wide_k // 4)
        found = []
        for offset, length in zip(slices[::2][:planes], slices[1::2], strict=False):
            numbers = read_slice(
                data[start + offset : start + offset + length], tables, memory, rows, columns, endpoint_count, pattern_count
            )
            moves = steps[endpoints[numbers[..., 0], 3]][
                np.arange(rows)[:, None, None], np.arange(columns)[:, None], patterns[numbers[..., 1]]
            ]
            pixels = np.clip(base[numbers[..., 0]][:, :, None] + moves[..., None], 0, 255).reshape(rows, columns, 4, 4, 3)
            found.append(pixels.transpose(0, 2, 1, 3, 4).reshape(rows * 4, columns * 4, 3)[:high_k, :wide_k])
        out.levels.append(np.concatenate([found[0]] + [alpha[..., :1] for alpha in found[1:]], -1).astype(np.uint8))
    return out


@pytest.fixture
def reading():
    """Everything that reads: `reading.Reader`, `reading.read_slice`, `reading.read_ktx2`."""

    class All:
        Reader, Table = Reader, Table
        read_slice, read_ktx2 = staticmethod(read_slice), staticmethod(read_ktx2)

    return All
