"""Numbers and how many bits each takes come in, packed bytes go out, the lowest bit of a byte first."""

from dataclasses import dataclass, field

import numpy as np
from numba import njit


@dataclass
class Bits:
    """A growing row of bits."""

    values: list[np.ndarray] = field(default_factory=list)
    widths: list[np.ndarray] = field(default_factory=list)

    def put(self, value: int, width: int) -> None:
        """One number, below 2 ** width."""
        self.put_all(np.array([value]), np.array([width]))

    def put_all(self, values: np.ndarray, widths: np.ndarray) -> None:
        """Many numbers (n,), each with its width (n,) of 0 to 32 bits."""
        self.values.append(np.asarray(values, np.uint64))
        self.widths.append(np.asarray(widths, np.uint8))

    def bytes(self) -> bytes:
        """Everything so far; the last byte is filled with zeros."""
        if not self.values:
            return b""
        return _packed(np.concatenate(self.values), np.concatenate(self.widths)).tobytes()


@njit(cache=True)
def _packed(values: np.ndarray, widths: np.ndarray) -> np.ndarray:
    total = 0
    for width in widths:
        total += width
    out = np.zeros((total + 7) // 8, np.uint8)
    held, count, at = np.uint64(0), 0, 0
    for k in range(len(values)):
        held |= (values[k] & ((np.uint64(1) << np.uint64(widths[k])) - np.uint64(1))) << np.uint64(count)
        count += widths[k]
        while count >= 8:
            out[at] = held & np.uint64(255)
            held >>= np.uint64(8)
            count -= 8
            at += 1
    if count:
        out[at] = held & np.uint64(255)
    return out
