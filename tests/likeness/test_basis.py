"""The body model's named changes: those of the face's age come from the first store, those for likenesses from the second."""

import numpy as np

from meetagain.likeness.basis import DATA, load_basis, unpack
from meetagain.likeness.body import face_changes


def test_the_changes_that_every_face_takes_are_those_of_before():
    basis, first = load_basis(), [str(n) for n in np.load(DATA / "local.npz")["names"]]
    assert list(basis.local_names[: len(first)]) == first
    for stage in ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0)):
        assert all(f"{name}{'+' if amount >= 0 else '-'}" in first for name, amount in face_changes(*stage).items())


def test_there_are_139_changes_each_in_both_directions_and_none_is_empty():
    basis = load_basis()
    plus, minus = ({n[:-1] for n in basis.local_names if n.endswith(sign)} for sign in "+-")
    assert plus == minus and len(plus) == 139
    sizes = [np.abs(unpack(basis.local, k, len(basis.mean))).max() for k in range(len(basis.local_names))]
    assert min(sizes) > 1e-4 and max(sizes) < 0.15


def test_a_new_change_moves_the_part_it_names():
    basis = load_basis()
    wings = basis.size_of("l-ear-wing-incr")
    ear = basis.size_of("l-ear-trans-up")
    assert ear[wings > 0.3 * wings.max()].min() > 0
