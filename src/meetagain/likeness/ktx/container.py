"""Levels that are already packed come in, the bytes of a KTX2 file go out. Source: KTX 2.0 specification."""

import struct
from dataclasses import dataclass

MARK = b"\xabKTX 20\xbb\r\n\x1a\n"
BASIS_LZ = 1
ETC1S, BT709, UNSPECIFIED = 163, 1, 0
LINEAR, SRGB = 1, 2
RGB, ALPHA = 0, 15
WRITER = b"KTXwriter\0meetagain 1\0"  # the number is raised when the same picture would be packed otherwise


@dataclass(frozen=True)
class Packed:
    """What BasisLZ knows of all levels together, and each level's slices (colours, and alpha where there is any), largest level first."""

    width: int
    height: int
    endpoints: int
    patterns: int
    books: tuple[bytes, bytes, bytes]  # endpoints, patterns, tables
    levels: tuple[tuple[bytes, ...], ...]
    colour: bool  # whether the numbers are colours (sRGB) or plain numbers


def file_bytes(packed: Packed) -> bytes:
    """The file; the smallest level comes first, as the standard has it."""
    count, planes = len(packed.levels), len(packed.levels[0])
    index = 80 + 24 * count
    described = _described(planes, packed.colour)
    said = struct.pack("<I", len(WRITER)) + WRITER
    said += b"\0" * (-len(said) % 4)
    shared_at = index + len(described) + len(said)
    gap = -shared_at % 8
    shared = _shared(packed)
    at = shared_at + gap + len(shared)
    places, body = [(0, 0)] * count, b""
    for k in reversed(range(count)):
        data = b"".join(packed.levels[k])
        places[k] = (at + len(body), len(data))
        body += data
    head = MARK + struct.pack("<9I", 0, 1, packed.width, packed.height, 0, 0, 1, count, BASIS_LZ)
    head += struct.pack("<4I2Q", index, len(described), index + len(described), len(said), shared_at + gap, len(shared))
    head += b"".join(struct.pack("<3Q", start, size, 0) for start, size in places)
    return head + described + said + b"\0" * gap + shared + body


def _shared(packed: Packed) -> bytes:
    out = struct.pack("<2H4I", packed.endpoints, packed.patterns, *(len(book) for book in packed.books), 0)
    for level in packed.levels:
        colours, alpha = len(level[0]), len(level[1]) if len(level) > 1 else 0
        out += struct.pack("<5I", 0, 0, colours, colours if alpha else 0, alpha)
    return out + b"".join(packed.books)


def _described(planes: int, colour: bool) -> bytes:
    """The data format descriptor: ETC1S, one or two planes of 8 bytes a block."""
    size = 24 + 16 * planes
    out = struct.pack("<3I", 4 + size, 0, 2 | size << 16)
    out += bytes((ETC1S, BT709 if colour else UNSPECIFIED, SRGB if colour else LINEAR, 0, 3, 3, 0, 0))
    out += bytes((8, 8 if planes > 1 else 0, 0, 0, 0, 0, 0, 0))
    for plane, channel in enumerate((RGB, ALPHA)[:planes]):
        out += struct.pack("<HBBIII", 64 * plane, 63, channel, 0, 0, 0xFFFFFFFF)
    return out
