"""A place to look from comes in; points of the world go out as pixels and depths."""

from dataclasses import dataclass

import numpy as np

from meetagain.likeness.parts import unit


@dataclass(frozen=True)
class Camera:
    """A pinhole camera. Camera axes: x to the right, y down, z away from the camera; metres and pixels."""

    turn: np.ndarray  # (3, 3), world -> camera
    offset: np.ndarray  # (3,), metres: camera point = turn @ world point + offset
    focal_px: float
    width: int
    height: int
    centre: tuple[float, float] | None = None  # principal point, pixels; None: the middle

    def seen(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Points (n, 3) in metres -> pixels (n, 2) and depths (n,) in metres."""
        at = points @ self.turn.T + self.offset
        depth = np.maximum(at[:, 2], 1e-3)
        middle = self.centre or (self.width / 2, self.height / 2)
        return at[:, :2] / depth[:, None] * self.focal_px + np.array(middle), depth

    @property
    def eye(self) -> np.ndarray:
        """Where the camera stands (3,), metres."""
        return -self.turn.T @ self.offset

    def sized(self, factor: float) -> "Camera":
        """The same view in a picture `factor` times as large."""
        middle = self.centre or (self.width / 2, self.height / 2)
        return Camera(
            self.turn,
            self.offset,
            self.focal_px * factor,
            round(self.width * factor),
            round(self.height * factor),
            (middle[0] * factor, middle[1] * factor),
        )


def look_at(eye: np.ndarray, target: np.ndarray, height_deg: float, size: tuple[int, int]) -> Camera:
    """A camera at `eye` that looks at `target` (metres, Y up) with a vertical angle of view, in a picture of (width, height)."""
    eye, target = np.asarray(eye, float), np.asarray(target, float)
    away = unit(target - eye)
    right = unit(np.cross(away, (0.0, 1.0, 0.0)))
    turn = np.stack([right, np.cross(away, right), away])
    return Camera(turn, -turn @ eye, size[1] / 2 / np.tan(np.deg2rad(height_deg) / 2), *size)
