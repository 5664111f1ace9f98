"""How a face differs from the usual one comes in as moved vertices, amounts of the body model's named changes go out (bounded least squares)."""

from functools import cache

import numpy as np
from scipy.optimize import lsq_linear

from meetagain.likeness.fit.crop import load_crop

LEFT_OUT = ("neck-", "measure-", "head-trans-", "ear-", "head-back-", "head-angle-")  # not of the face, or not to be told from it
MISFIT_M = 0.0004  # what the changes need not follow
DEVIATION, SIDES = 0.25, 0.08  # usual size of an amount; usual difference of left and right
FURTHEST = 0.9  # no change goes further


@cache
def solved_names() -> tuple[str, ...]:
    """The changes that a fit may use."""
    names = [name[:-1] for name in load_crop().basis.local_names if name.endswith("+")]
    return tuple(n for n in names if not _plain(n).startswith(LEFT_OUT))


def solve(field: np.ndarray, usual: np.ndarray, size: float) -> dict[str, float]:
    """Displacement (n, 3) metres of the face's vertices and their usual places (n, 3) -> amounts by name.

    `size`: how much larger than the model's a child's head is made (HeadCrop.head's `grow`). A turn, a shift and a scale of the whole head are free, since no photograph tells them.
    """
    names, moves = solved_names(), _moves() * size
    away = usual - usual.mean(0)
    free = [np.broadcast_to(axis, away.shape) for axis in np.eye(3)]
    free += [np.cross(axis, away) * 10 for axis in np.eye(3)] + [away * 10]
    columns = np.concatenate([moves, np.stack(free)]).reshape(len(names) + 7, -1).T / MISFIT_M
    prior = np.zeros((len(names), len(names) + 7))
    prior[np.arange(len(names)), np.arange(len(names))] = np.sqrt(len(usual)) / 6 / DEVIATION
    twins = [(k, names.index("r-" + name[2:])) for k, name in enumerate(names) if name.startswith("l-")]
    sides = np.zeros((len(twins), len(names) + 7))
    for row, (left, right) in enumerate(twins):
        sides[row, left], sides[row, right] = (np.array((1.0, -1.0)) * np.sqrt(len(usual)) / 6 / SIDES).tolist()
    left_hand = np.concatenate([columns, prior, sides])
    right_hand = np.concatenate([field.ravel() / MISFIT_M, np.zeros(len(prior) + len(sides))])
    normal = left_hand.T @ left_hand
    root = np.linalg.cholesky(normal + 1e-9 * np.trace(normal) / len(normal) * np.eye(len(normal))).T
    target = np.linalg.solve(root.T, left_hand.T @ right_hand)
    most = np.r_[np.full(len(names), FURTHEST), np.full(7, np.inf)]
    amounts = lsq_linear(root, target, (-most, most)).x[: len(names)]
    return {name: float(a) for name, a in zip(names, amounts, strict=True) if abs(a) > 0.004}


@cache
def _moves() -> np.ndarray:
    """(n_changes, n, 3) how one unit of each change moves the face's vertices, mean of both directions."""
    crop = load_crop()
    at = {name: k for k, name in enumerate(crop.basis.local_names)}
    return np.stack([(crop.changes[at[n + "+"]] - crop.changes[at[n + "-"]])[crop.face] / 2 for n in solved_names()]).astype(float)


def _plain(name: str) -> str:
    return name[2:] if name[:2] in ("l-", "r-") else name
