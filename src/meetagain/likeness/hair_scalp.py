"""A body comes in; the head as hair sees it goes out: where hair grows, where it ends, and what it must not cut into."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.spatial import cKDTree

from meetagain.likeness.body import Body
from meetagain.likeness.hair import Skull

DEGREES = (0, 20, 34, 44, 52, 58, 63, 68, 73, 80, 98, 108, 116, 126, 145, 180)
LEVELS = (0.0, 0.25, 0.4, 0.55, 0.75, 1.0)  # lengths of a choice: crown, ear, chin, shoulder, chest, waist


@dataclass(frozen=True)
class Scalp:
    """One head. Metres; `s` is the head's scale as in Face, heights are world heights."""

    skull: Skull
    body: Body
    s: float
    eye: float
    top: float
    recede: float  # 0: a full hairline .. 1: far back at the temples

    @property
    def centre(self) -> np.ndarray:
        """The middle of the head."""
        return self.skull.centre

    @cached_property
    def hairline_y(self) -> np.ndarray:
        """Heights of the hairline at DEGREES from the front."""
        rise = 0.62 * (self.top - self.eye) / self.s
        low = np.array(
            (rise, rise, rise * 0.955, rise * 0.82, 0.038, 0.012, -0.020, -0.018, 0.018, 0.033, 0.034, 0.012, -0.03, -0.068, -0.082, -0.08)
        )
        low[:5] += np.array((0.010, 0.014, 0.024, 0.026, 0.012)) * self.recede
        return self.eye + low * self.s

    @cached_property
    def _hairline(self) -> tuple[np.ndarray, np.ndarray]:
        around = np.linspace(0, np.pi, 91)
        return around, self.skull.polar_at(around, np.interp(np.rad2deg(around), DEGREES, self.hairline_y))

    @cached_property
    def _combed(self) -> tuple[np.ndarray, np.ndarray]:
        around = np.linspace(0, np.pi, 91)
        up = np.interp(
            np.rad2deg(around),
            (0, 44, 52, 60, 68, 76, 98, 108, 116, 126, 145, 180),
            np.r_[
                self.hairline_y[[0, 3, 4]], self.eye + self.s * np.array((0.020, 0.014, 0.026, 0.034, 0.012, -0.03, -0.068, -0.080, -0.078))
            ],
        )
        return around, self.skull.polar_at(around, up)

    def combed_line(self, azimuth: np.ndarray | float) -> np.ndarray:
        """The hairline of hair that is combed back: without the hair before the ears."""
        return np.interp(np.abs((np.asarray(azimuth) + np.pi) % (2 * np.pi) - np.pi), *self._combed)

    def hairline(self, azimuth: np.ndarray | float) -> np.ndarray:
        """Polar angle at which hair stops growing, for azimuths from -pi to pi."""
        return np.interp(np.abs((np.asarray(azimuth) + np.pi) % (2 * np.pi) - np.pi), *self._hairline)

    def floor(self, length: float) -> float:
        """The height that hair of a length reaches when it hangs (lengths as in LEVELS)."""
        body, chin = self.body, self.body.face.chin[1]
        shoulder, chest, waist = body.joint("upperarm01.L")[1], body.joint("spine02")[1], body.joint("spine04")[1]
        return float(
            np.interp(length, LEVELS, (self.top, self.eye - 0.03 * self.s, chin + 0.012 * self.s, shoulder + 0.012 * self.s, chest, waist))
        )

    @cached_property
    def ears(self) -> tuple[np.ndarray, float]:
        """The middle of the left ear (3,) and how far it stands out of the skull, metres."""
        skin, size = np.unique(self.body.basis.groups["f_body"]), self.body.basis.size_of("l-ear-trans-up")
        ear = self.body.points[skin[size[skin] > 0.5 * size.max()]]
        away = ear - self.centre
        azimuth, polar = self.skull.angles(away / np.linalg.norm(away, axis=1, keepdims=True))
        stands = np.linalg.norm(away, axis=1) - self.skull.radius(azimuth, polar)
        return ear.mean(0), float(np.percentile(stands, 90))

    def over_ears(self, points: np.ndarray) -> np.ndarray:
        """Points (..., 3) pushed out where hair lies over an ear."""
        ear, stands = self.ears
        away = (
            points * (1, 1, 1) - ear * np.stack([np.sign(points[..., 0]), np.ones_like(points[..., 0]), np.ones_like(points[..., 0])], -1)
        ) / self.s
        near = np.exp(-((away[..., 1] / 0.040) ** 2) - (away[..., 2] / 0.034) ** 2)
        side = np.clip(np.abs(points[..., 0]) / (0.05 * self.s) - 0.4, 0, 1)
        return points + (np.sign(points[..., 0]) * near * side * (stands + 0.001))[..., None] * np.array((1.0, 0, 0))

    @cached_property
    def _skin(self) -> tuple[cKDTree, np.ndarray]:
        skin = np.unique(self.body.basis.groups["f_body"])
        near = skin[(self.body.points[skin, 1] > self.floor(1.0) - 0.1)]
        near = near[self.body.weight("upperarm02", "lowerarm", "wrist", "finger", "metacarpal")[near] < 0.3]
        return cKDTree(self.body.points[near]), near

    def keep_out(self, points: np.ndarray, clear: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """Points (n, 3) moved out of the skin by a clearance in metres, and the skin's normals beside them (n, 3)."""
        tree, near = self._skin
        _, at = tree.query(points, k=4)
        out, skin = self.body.normals[near[at]].mean(1), self.body.points[near[at]].mean(1)
        depth = ((points - skin) * out).sum(1)
        close = np.linalg.norm(points - skin, axis=1) < 0.12 * self.s
        move = np.where(close, np.clip(np.asarray(clear) - depth, 0, 0.06), 0)
        return points + out * move[:, None], out

    def clothed(self, points: np.ndarray) -> np.ndarray:
        """Clearance in metres for hair: a little over skin, more where garments lie."""
        neck = self.body.joint("neck01")[1] + 0.03 * self.s
        return np.interp(points[:, 1], (neck - 0.06 * self.s, neck), (0.021 * self.s, 0.006 * self.s))

    def roots(self, count: int, rng: np.random.Generator, low: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """Even random places where hair grows: azimuth and polar angle (count,). `low`: hair starts that far (0 .. 1) down the head."""
        az, polar = np.zeros(0), np.zeros(0)
        while len(az) < count:
            a = rng.uniform(-np.pi, np.pi, 4 * count)
            p = np.arccos(1 - rng.random(4 * count) * (1 - np.cos(np.deg2rad(135))))
            keep = (p < self.hairline(a)) & (p > low * self.hairline(a))
            az, polar = np.r_[az, a[keep]], np.r_[polar, p[keep]]
        return az[:count], polar[:count]


def scalp_of(body: Body, recede: float = 0.0) -> Scalp:
    """The head of a body without its ears."""
    skin = np.unique(body.basis.groups["f_body"])
    ears = np.maximum(body.basis.size_of("l-ear-trans-up"), body.basis.size_of("r-ear-trans-up"))
    bare = skin[(body.weight("head")[skin] > 0.5) & (ears[skin] < 0.02 * ears.max()) & (body.points[skin, 1] > body.face.chin[1])]
    points, s = body.points[bare], body.face.scale
    centre = np.array([0, body.face.middle[1] + 0.020 * s, (points[:, 2].max() - 0.02 * s + points[:, 2].min()) / 2])
    return Scalp(Skull(points, centre), body, s, float(body.face.middle[1]), float(points[:, 1].max()), recede)
