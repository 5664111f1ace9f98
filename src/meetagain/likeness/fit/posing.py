"""A face's skin and one photograph's landmarks come in; where the camera stood and what the face did go out, quickly."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from meetagain.likeness.colour.standing import RIDGE, STRENGTH, USUAL_M
from meetagain.likeness.fit.front import DOING, Front
from meetagain.likeness.fit.places import Places
from meetagain.likeness.fit.view import View

FREE = 7  # a turn (3), a place (3), the logarithm of the focal length
LENS_SD, DISTANCE_SD, FURTHEST_LENS = 1 / 6, 0.5, 0.3
ROUNDS, SHARED, ODD = 12, 8, 2.0  # landmarks err together: so many count as one; deviations from which one counts less
PIXEL_SD, PLACE_SD_M = 0.3, 0.0004  # beside the net's own spread


@dataclass(frozen=True)
class Pose:
    """One photograph: camera point = turn @ head point + place; and how far each of DOING is done."""

    turn: np.ndarray  # (3, 3)
    place: np.ndarray  # (3,) metres
    focal_px: float
    doing: np.ndarray  # (DOING,)

    def pixels(self, seen: np.ndarray, centre: np.ndarray) -> np.ndarray:
        """Camera points (n, 3) -> pixels (n, 2)."""
        return seen[:, :2] / seen[:, 2:] * self.focal_px + centre

    def slope(self, seen: np.ndarray) -> np.ndarray:
        """How pixels move with camera points (n, 3): (n, 2, 3)."""
        out = np.zeros((len(seen), 2, 3))
        out[:, 0, 0] = out[:, 1, 1] = self.focal_px / seen[:, 2]
        out[:, :, 2] = -self.focal_px * seen[:, :2] / seen[:, 2:] ** 2
        return out

    def moved(self, step: np.ndarray) -> "Pose":
        """The pose after a step (FREE + DOING,)."""
        turn = Rotation.from_rotvec(step[:3]).as_matrix() @ self.turn
        focal = self.focal_px * float(np.exp(np.clip(step[6], -FURTHEST_LENS, FURTHEST_LENS)))
        return Pose(turn, self.place + step[3:6], focal, np.clip(self.doing + step[FREE:], 0, STRENGTH))


def columns(pose: Pose, turned: np.ndarray, actions: np.ndarray) -> np.ndarray:
    """How pixels move with a step of the pose: (n, 2, FREE + DOING). turned: head points (n, 3) turned but not placed; actions (DOING, n, 3)."""
    seen = turned + pose.place
    slope = pose.slope(seen)
    out = np.empty((len(seen), 2, FREE + len(actions)))
    out[:, :, :3] = np.cross(turned[:, None], slope)
    out[:, :, 3:6] = slope
    out[:, :, 6] = seen[:, :2] / seen[:, 2:] * pose.focal_px
    out[:, :, FREE:] = np.einsum("nij,knj->nik", slope @ pose.turn, actions)
    return out


def aims(view: View, front: Front, places: Places, px_per_m: float, size: float) -> np.ndarray:
    """Where the landmarks on the skin would lie (marks, 2), pixels, if the net did not miss them as it does."""
    eyes = view.points[263] - view.points[33]
    cos, sin = eyes / np.linalg.norm(eyes)
    miss = places.bias_at(view.yaw_deg)[front.marks] * size * px_per_m
    return view.points[front.marks] - np.stack([cos * miss[:, 0] - sin * miss[:, 1], sin * miss[:, 0] + cos * miss[:, 1]], 1)


def pose_of(view: View, front: Front, places: Places, points: np.ndarray, actions: np.ndarray, size: float) -> Pose:
    """The pose of a photograph. points (n, 3): the skin at rest, metres about its middle; actions (DOING, n, 3); `size` as of front.scales."""
    at, moves = front.marked(points), front.marked(actions)
    seen_at = view.points[front.marks]
    per_px = float(np.linalg.norm(np.ptp(at, axis=0)) / np.linalg.norm(np.ptp(seen_at, axis=0)))
    aim = aims(view, front, places, 1 / per_px, size)
    spread = (places.spread_at(view.yaw_deg)[front.marks] * size + PLACE_SD_M) / per_px + PIXEL_SD
    pose = _first(view, seen_at, per_px)
    for _ in range(ROUNDS):
        turned = (at + np.tensordot(pose.doing, moves, 1)) @ pose.turn.T
        seen = turned + pose.place
        off = (aim - pose.pixels(seen, view.centre)) / spread[:, None]
        trust = 1 / np.sqrt(1 + (np.linalg.norm(off, axis=1) / ODD) ** 2) / np.sqrt(SHARED)
        slope = columns(pose, turned, moves) * (trust / spread)[:, None, None]
        slope = slope.reshape(-1, FREE + len(DOING))
        hold, pull = held(pose, view)
        far = np.log(seen[:, 2].mean() / USUAL_M)
        hold[5], pull[5] = hold[5] + 1 / (DISTANCE_SD * seen[:, 2].mean()) ** 2, pull[5] - far / DISTANCE_SD**2 / seen[:, 2].mean()
        pose = pose.moved(np.linalg.solve(slope.T @ slope + np.diag(hold), slope.T @ (off * trust[:, None]).ravel() + pull))
    return pose


def held(pose: Pose, view: View) -> tuple[np.ndarray, np.ndarray]:
    """What holds a pose near a usual lens and a resting face: precision and pull, (FREE + DOING,) each."""
    hold = np.concatenate([np.full(6, 1e-6), [1 / LENS_SD**2], np.full(len(DOING), 1 / RIDGE**2)])
    away = np.concatenate([np.zeros(6), [np.log(pose.focal_px / view.usual_focal_px)], pose.doing])
    return hold, -hold * away


def _first(view: View, seen_at: np.ndarray, per_px: float) -> Pose:
    eyes = view.points[263] - view.points[33]
    roll = float(np.degrees(np.arctan2(eyes[1], eyes[0])))
    turn = Rotation.from_euler("yxz", (-view.yaw_deg, 0, roll), degrees=True).as_matrix() @ np.diag((1.0, -1.0, -1.0))
    far = view.usual_focal_px * per_px
    return Pose(turn, np.array([*((seen_at.mean(0) - view.centre) * per_px), far]), view.usual_focal_px, np.zeros(len(DOING)))
