"""The 468 landmarks of the landmark net have places on the body's skin: which triangle, and how far the net misses it at each turn of the head."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).parent.parent / "data" / "places.npz"


@dataclass(frozen=True)
class Places:
    """Where the landmarks lie. Lengths are in metres for a head whose eyes are body.REFERENCE_EYES_M apart; scale them by face.scale."""

    corners: np.ndarray  # (468, 3) vertices of the body (rows of Body.points)
    shares: np.ndarray  # (468, 3) of the three corners, sum 1
    yaw_deg: np.ndarray  # (bins,) middles of the turns measured, positive: turned to the viewer's right
    bias_m: np.ndarray  # (bins, 468, 2) seen minus true, to the right and down in the picture, at the landmark's own distance
    spread_m: np.ndarray  # (bins, 468) how far the net scatters about that, one direction

    def on(self, points: np.ndarray) -> np.ndarray:
        """The landmarks' places (468, 3) on a body with vertices (n, 3)."""
        return (points[self.corners] * self.shares[..., None]).sum(1)

    def bias_at(self, yaw_deg: float) -> np.ndarray:
        """What the net adds to each place at a turn, metres to the right and down: (468, 2)."""
        return _between(self.yaw_deg, self.bias_m, yaw_deg)

    def spread_at(self, yaw_deg: float) -> np.ndarray:
        """How far the net scatters at a turn, metres: (468,). Its reciprocal squared is a fair weight."""
        return _between(self.yaw_deg, self.spread_m, yaw_deg)


def _between(at: np.ndarray, values: np.ndarray, x: float) -> np.ndarray:
    k = int(np.clip(np.searchsorted(at, x), 1, len(at) - 1))
    t = float(np.clip((x - at[k - 1]) / (at[k] - at[k - 1]), 0, 1))
    return (1 - t) * values[k - 1] + t * values[k]


@cache
def load_places(file: Path = FILE) -> Places:
    """The table of this installation (made by tools/learn_places.py)."""
    read = np.load(file)
    return Places(
        read["corners"].astype(np.int64),
        read["shares"].astype(np.float64),
        read["yaw_deg"].astype(np.float64),
        read["bias_m"].astype(np.float64),
        read["spread_m"].astype(np.float64),
    )
