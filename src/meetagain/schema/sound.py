"""Sound on the wire: an 8-byte header (clause number, first sample; both uint32 little-endian), then int16 mono samples."""

import struct

HEADER = struct.Struct("<II")


def pack_sound(clause: int, first_sample: int, pcm: bytes) -> bytes:
    """One binary message. `pcm` is int16 little-endian mono."""
    return HEADER.pack(clause, first_sample) + pcm


def unpack_sound(message: bytes) -> tuple[int, int, bytes]:
    """(clause, first_sample, pcm) of one binary message. Raises struct.error when it is too short."""
    clause, first_sample = HEADER.unpack_from(message)
    return clause, first_sample, message[HEADER.size :]
