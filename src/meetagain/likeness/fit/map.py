"""Design rows of a person's photographs come in, how their face differs from the usual one goes out: the map that tools/learn_face.py made."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from meetagain.likeness.fit.reading import Kind, Reading

DATA = Path(__file__).parent.parent / "data"
PARTS = ("face_map_1.npz", "face_map_2.npz")
FURTHEST = 2.5  # deviations; no direction of the shape goes further


@dataclass(frozen=True)
class FaceMap:
    """The learnt map. k directions of shape, each of unit deviation over the invented people."""

    reading: Reading
    mean: np.ndarray  # (d,) of the design rows
    scale: np.ndarray  # (d,)
    weights: np.ndarray  # (d, k)
    within: np.ndarray  # (k,) variance of the guess between photographs of one person
    gains: np.ndarray  # (8, k, k) what the mean guess of 1 .. 8 photographs is multiplied with
    left: np.ndarray  # (8,) share of the usual face's squared error that is left after 1 .. 8 photographs
    unsure: np.ndarray  # (8, k, k) covariance of what the guess from 1 .. 8 photographs misses
    usual_reach: np.ndarray  # (3,) nearly all photographs of the learning lie nearer than this in each kind of number
    shape_mean: np.ndarray  # (n * 3,) in face heights
    shape_ways: np.ndarray  # (k, n * 3) in face heights

    def guesses(self, rows: np.ndarray) -> np.ndarray:
        """Design rows (photos, d) -> a guess for each (photos, k)."""
        return (rows - self.mean) / self.scale @ self.weights

    def together(self, guesses: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float, float]:
        """Guesses (photos, k) and their weights (photos,) -> the shape (k,), how many equal photographs they stand for, share of error left."""
        share = weight / weight.sum()
        count = float(1 / (share**2).sum())
        return np.clip(share @ guesses @ after(self.gains, count), -FURTHEST, FURTHEST), count, float(after(self.left, count))

    def unsure_after(self, count: float) -> np.ndarray:
        """Covariance (k, k) of what the guess from so many equal photographs misses."""
        return after(self.unsure, count)

    def disagreement(self, guesses: np.ndarray) -> float:
        """How much guesses differ between photographs, against photographs of one person in the learning: about 1 for one person."""
        if len(guesses) < 2:
            return 1.0
        return float(np.mean(guesses[:, :12].var(0, ddof=1) / self.within[:12]))

    def field(self, shape: np.ndarray, tall_m: float) -> np.ndarray:
        """Displacement of the vertices of HeadCrop.face (n, 3), metres, on a usual head whose face is so tall."""
        return ((self.shape_mean + shape @ self.shape_ways) * tall_m).reshape(-1, 3)


def after(table: np.ndarray, count: float) -> np.ndarray:
    """The row of a table for 1 .. len(table) photographs that a count between two of them stands for."""
    at = float(np.clip(count, 1, len(table))) - 1
    low = int(at)
    return (1 - at + low) * table[low] + (at - low) * table[min(low + 1, len(table) - 1)]


@cache
def load_map(folder: Path = DATA) -> FaceMap:
    """The map of this installation; read once."""
    read: dict[str, np.ndarray] = {}
    for part in PARTS:
        read |= dict(np.load(folder / part))
    kinds = tuple(Kind(read[f"{name}_mean"].astype(np.float32), opened(read, f"{name}_ways")) for name in ("points", "inner", "edge"))
    reading = Reading(read["reference"].astype(float), kinds, read["turn_mean"].astype(np.float32), read["turn_sd"].astype(np.float32))
    return FaceMap(
        reading=reading,
        mean=read["mean"].astype(np.float32),
        scale=read["scale"].astype(np.float32),
        weights=opened(read, "weights"),
        within=read["within"].astype(float),
        gains=read["gains"].astype(float),
        left=read["left"].astype(float),
        unsure=read["unsure"].astype(float),
        usual_reach=read["usual_reach"].astype(float),
        shape_mean=read["shape_mean"].astype(np.float32),
        shape_ways=opened(read, "shape_ways"),
    )


def opened(read: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Rows that were kept as whole numbers with a step each."""
    return read[name].astype(np.float32) * read[f"{name}_step"][:, None].astype(np.float32)


def packed(name: str, rows: np.ndarray, kind: type = np.int8) -> dict[str, np.ndarray]:
    """Rows (k, d) as whole numbers with a step each, for the file."""
    most = np.iinfo(kind).max
    step = np.maximum(np.abs(rows).max(1), 1e-12) / most
    return {name: np.round(rows / step[:, None]).astype(kind), f"{name}_step": step.astype(np.float32)}
