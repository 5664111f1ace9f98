"""A file of weights in PyTorch's older form comes in, plain arrays go out: nothing in it is run, and PyTorch is not needed.

The form is four pickles (magic number, version, machine, the value with its tensors as references), the list of storages, and each
storage as its length and its numbers (torch/serialization.py, `_legacy_save`).
"""

import pickle
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_MAGIC = 0x1950A86A20F9469CFC6C
_MOST_NUMBERS = 1 << 28


class NotWeights(ValueError):
    """The file is not of this form, or names something that weights do not need."""


class _Storage:
    """One block of float32 numbers, filled when its turn comes."""

    def __init__(self, numbers: int) -> None:
        if not 0 <= numbers <= _MOST_NUMBERS:
            raise NotWeights("a block of numbers is too long")
        self.numbers = numbers
        self.values = np.zeros(0, np.float32)


class _Tensor:
    """A view of a storage that is not read yet."""

    def __init__(self, storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object) -> None:
        self.storage, self.offset, self.shape, self.strides = storage, offset, shape, strides

    def array(self) -> np.ndarray:
        """A copy of its own."""
        last = self.offset + sum((size - 1) * step for size, step in zip(self.shape, self.strides, strict=True))
        if min((self.offset, *self.shape, *self.strides)) < 0 or last >= len(self.storage.values):
            raise NotWeights("a tensor reaches outside its numbers")
        steps = [step * 4 for step in self.strides]
        return np.lib.stride_tricks.as_strided(self.storage.values[self.offset :], self.shape, steps).copy()


#: The three names that weights need. Everything else that a file could ask for is refused.
_KNOWN = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _Tensor,
    ("torch", "FloatStorage"): "float32",
}


class _Plain(pickle.Unpickler):
    """An unpickler that knows three names."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        """The thing of that name, if weights need it."""
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise NotWeights(f"it asks for {module}.{name}") from None

    def persistent_load(self, pid: Any) -> _Storage:
        """A storage by its key."""
        kind, dtype, key, _, numbers, view = pid
        if kind != "storage" or dtype != "float32" or view is not None:
            raise NotWeights("it holds other numbers than float32")
        return self.storages.setdefault(str(key), _Storage(int(numbers)))


def tensors(path: Path, part: str) -> dict[str, np.ndarray]:
    """Arrays (float32) by name, of what the file keeps under `part`. Raises NotWeights, OSError."""
    with path.open("rb") as file:
        try:
            magic, _, machine = (_Plain(file).load() for _ in range(3))
            if magic != _MAGIC or machine.get("little_endian") is not True:
                raise NotWeights("it is not of this form")
            whole = _Plain(file)
            kept = whole.load()[part]
            for key in _Plain(file).load():
                _fill(whole.storages[key], file)
        except (pickle.UnpicklingError, EOFError, KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise error if isinstance(error, NotWeights) else NotWeights(str(error)) from error
    return {name: value.array() for name, value in kept.items() if isinstance(value, _Tensor)}


def _fill(storage: _Storage, file: BinaryIO) -> None:
    if int.from_bytes(file.read(8), "little") != storage.numbers:
        raise NotWeights("a block of numbers has another length than it should have")
    data = file.read(4 * storage.numbers)
    if len(data) != 4 * storage.numbers:
        raise NotWeights("it stops in the middle")
    values = np.frombuffer(data, "<f4")
    storage.values = values if sys.byteorder == "little" else values.astype(np.float32)
