"""Weights are read as numbers, and a file that asks for more is refused."""

import pickle
import sys
from collections import OrderedDict
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from meetagain.models import torch_file
from meetagain.models.torch_file import NotWeights, tensors


class FloatStorage:
    """Stands in for torch's, so that a file of its form can be written here."""


class Held:
    def __init__(self, key: str, values: np.ndarray) -> None:
        self.key, self.values = key, np.asarray(values, "<f4")


def _rebuild_tensor_v2(*given):
    return given


class Tensor:
    def __init__(self, held: Held, offset: int, shape: tuple, strides: tuple) -> None:
        self.given = (held, offset, shape, strides, False, OrderedDict())

    def __reduce__(self):
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.given


class Writer(pickle.Pickler):
    def persistent_id(self, thing):
        return (
            ("storage", sys.modules["torch"].FloatStorage, thing.key, "cpu", len(thing.values), None) if isinstance(thing, Held) else None
        )


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    torch, inner = ModuleType("torch"), ModuleType("torch._utils")
    for module, thing in ((torch, FloatStorage), (inner, _rebuild_tensor_v2)):
        monkeypatch.setattr(thing, "__module__", module.__name__)
        setattr(module, thing.__name__, thing)
        monkeypatch.setitem(sys.modules, module.__name__, module)

    def _write(value, storages: list[Held], cut: int = 0) -> Path:
        path = tmp_path / "weights.pt"
        with path.open("wb") as file:
            for head in (torch_file._MAGIC, 1001, {"little_endian": True}):
                pickle.dump(head, file, 2)
            Writer(file, 2).dump(value)
            pickle.dump([held.key for held in storages], file, 2)
            for held in storages:
                file.write(len(held.values).to_bytes(8, "little") + held.values.tobytes())
        path.write_bytes(path.read_bytes()[: -cut or None])
        return path

    return _write


def test_tensors_are_read_with_their_shape_and_place(write):
    one, two = Held("1", np.arange(12)), Held("2", [7.5])
    value = {
        "model_state": OrderedDict(a=Tensor(one, 2, (2, 3), (3, 1)), t=Tensor(one, 0, (3, 2), (1, 3)), b=Tensor(two, 0, (1,), (1,))),
        "step": 3,
    }
    found = tensors(write(value, [one, two]), "model_state")
    assert found["a"].tolist() == [[2, 3, 4], [5, 6, 7]]
    assert found["t"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert found["b"].tolist() == [7.5]


class Evil:
    def __reduce__(self):
        return print, ("this must not be printed",)


@pytest.mark.parametrize("value", [{"model_state": Evil()}, {"model_state": {"w": Evil}}, {"other": {}}, [1, 2]])
def test_a_file_that_asks_for_more_is_refused(write, value, capsys):
    with pytest.raises(NotWeights):
        tensors(write(value, []), "model_state")
    assert capsys.readouterr().out == ""


def test_a_file_that_stops_in_the_middle_or_reaches_outside_is_refused(write):
    held = Held("1", np.arange(4))
    with pytest.raises(NotWeights):
        tensors(write({"model_state": {"w": Tensor(held, 0, (4,), (1,))}}, [held], cut=6), "model_state")
    for offset, shape, strides in ((1, (4,), (1,)), (-1, (2,), (1,)), (0, (2,), (-1,)), (0, (2, 3), (9, 1))):
        with pytest.raises(NotWeights):
            tensors(write({"model_state": {"w": Tensor(held, offset, shape, strides)}}, [held]), "model_state")


def test_another_kind_of_file_is_refused(tmp_path):
    for data in (b"", b"PK\3\4 a zip", pickle.dumps(5), b"\x80\x02garbage"):
        (tmp_path / "x").write_bytes(data)
        with pytest.raises(NotWeights):
            tensors(tmp_path / "x", "model_state")
