"""How a face differs from the usual one comes in as moved vertices, amounts of the body model's named changes go out (bounded least squares)."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from meetagain.likeness.fit.crop import load_crop

LEFT_OUT = ("neck-", "measure-", "head-trans-", "ear-", "head-back-", "head-angle-")  # not of the face, or not to be told from it
MISFIT_M = 0.0004  # what the changes need not follow
DEVIATION, SIDES = 0.25, 0.08  # usual size of an amount; usual difference of left and right
FURTHEST, REACH = 0.9, 1.3  # how far the fit takes a change, and how far the fit and the usual face of the age take it together
ROUNDS = 6
FREE = 7  # a shift, a turn and a scale of the whole head


@cache
def solved_names() -> tuple[str, ...]:
    """The changes that a fit may use."""
    names = [name[:-1] for name in load_crop().basis.local_names if name.endswith("+")]
    return tuple(n for n in names if not _plain(n).startswith(LEFT_OUT))


def solve(field: np.ndarray, usual: np.ndarray, size: float, start: Mapping[str, float] | None = None) -> dict[str, float]:
    """Displacement (n, 3) metres of the face's vertices and their usual places (n, 3) -> amounts to add, by name.

    `size`: how much larger than the model's a child's head is made (HeadCrop.head's `grow`). `start`: the amounts that the usual face has already;
    a change moves the face differently in its two directions, so it matters on which side it stands. A turn, a shift and a scale of the whole head
    are free, since no photograph tells them.
    """
    names = solved_names()
    begin = np.array([(start or {}).get(name, 0.0) for name in names])
    up, down = (moves * size for moves in _moves())
    away = usual - usual.mean(0)
    free = [np.broadcast_to(axis, away.shape) for axis in np.eye(3)]
    free += [np.cross(axis, away) * 10 for axis in np.eye(3)] + [away * 10]
    columns = np.concatenate([up, down, np.stack(free)]).reshape(2 * len(names) + FREE, -1) / MISFIT_M
    there = np.tensordot(np.maximum(begin, 0), up, 1) + np.tensordot(np.maximum(-begin, 0), down, 1)
    wanted = ((field + there) / MISFIT_M).ravel()
    low, high = np.maximum(begin - FURTHEST, -REACH), np.minimum(begin + FURTHEST, REACH)
    found = bounded(
        columns @ columns.T, columns @ wanted, _precision(names, len(usual)), begin, np.minimum(low, begin), np.maximum(high, begin)
    )
    return {name: float(a) for name, a in zip(names, found - begin, strict=True) if abs(a) > 0.004}


def bounded(
    normal: np.ndarray, right: np.ndarray, precision: np.ndarray, begin: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Amounts (n,) between `low` and `high` that meet the normal equations of the fields (n up, n down, FREE) and stay near `begin`.

    Each change takes the field of the side on which it comes to stand; what still goes to and fro in the end stays in the middle.
    """
    count = len(begin)
    prior, pull = np.zeros((count + FREE,) * 2), np.concatenate([precision @ begin, np.zeros(FREE)])
    prior[:count, :count] = precision
    amounts, held, up = begin.copy(), np.zeros(count, bool), begin >= 0
    for turn in range(ROUNDS):
        sign = np.concatenate([np.where(up, 1.0, -1.0), np.ones(FREE)])
        at = np.concatenate([np.where(up, 0, count) + np.arange(count), 2 * count + np.arange(FREE)])
        system = normal[np.ix_(at, at)] * np.outer(sign, sign) + prior
        loose = np.concatenate([~held, np.ones(FREE, bool)])
        aim = (right[at] * sign + pull)[loose] - system[np.ix_(loose, ~loose)] @ amounts[held]
        tied = system[np.ix_(loose, loose)]
        amounts[~held] = np.linalg.solve(tied + 1e-9 * np.trace(tied) / len(tied) * np.eye(len(tied)), aim)[:-FREE]
        held |= (amounts < low) | (amounts > high)
        amounts = np.clip(amounts, low, high)
        other = (amounts < 0) == up
        if turn < ROUNDS - 2:
            up = np.where(other, ~up, up)
        else:
            amounts[other], held = 0.0, held | other
    return amounts


def _precision(names: tuple[str, ...], vertices: int) -> np.ndarray:
    strength = vertices / 36
    out = np.eye(len(names)) * strength / DEVIATION**2
    for left, right in ((k, names.index("r-" + name[2:])) for k, name in enumerate(names) if name.startswith("l-")):
        out[np.ix_((left, right), (left, right))] += np.array([[1.0, -1.0], [-1.0, 1.0]]) * strength / SIDES**2
    return out


@cache
def _moves() -> tuple[np.ndarray, np.ndarray]:
    """(n_changes, n, 3) twice: how one unit of each change moves the face's vertices, upwards and downwards."""
    crop = load_crop()
    at = {name: k for k, name in enumerate(crop.basis.local_names)}
    up, down = (np.stack([crop.changes[at[name + sign]][crop.face] for name in solved_names()]).astype(float) for sign in "+-")
    return up, down


def _plain(name: str) -> str:
    return name[2:] if name[:2] in ("l-", "r-") else name
