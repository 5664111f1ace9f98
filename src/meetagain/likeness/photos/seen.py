"""What was found in a photograph: the values that pass from the photographs to the face, the skin, the hair and the clothes."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class SeenFace:
    """One face in one picture. Places are in pixels of the upright picture, x to the right, y down."""

    box: tuple[float, float, float, float]  # left, top, right, bottom, pixels, round the face without the hair
    score: float  # how sure the finder is, 0 .. 1
    points: np.ndarray  # (468, 3) float64: x, y pixels, z in the same unit, smaller is nearer
    features: np.ndarray  # (k,) float32: inner values of the landmark net, for the fit
    embedding: np.ndarray  # (128,) float32: who it is, for grouping and for the identity figure
    yaw_deg: float  # positive: turned to the viewer's right
    pitch_deg: float  # positive: looking up
    roll_deg: float  # positive: tilted clockwise as seen
    sharpness: float  # 0 (useless) .. 1 (crisp)
    smile: float = 0.0  # 0 .. 1, from the corners of the mouth
    eyes_open: float = 1.0  # 0 .. 1
    covered: float = 0.0  # 0 .. 1, how likely glasses, a hand or a mask hide the face

    @property
    def quality(self) -> float:
        """How much this face can tell of the person, 0 .. 1: size, sharpness, turn and what hides it."""
        side = min(self.box[2] - self.box[0], self.box[3] - self.box[1])
        size = float(np.clip((side - 40) / 160, 0, 1))
        turn = float(np.clip(1.2 - abs(self.yaw_deg) / 60, 0, 1)) * float(np.clip(1.2 - abs(self.pitch_deg) / 45, 0, 1))
        return size * self.sharpness * turn * self.score * (1 - 0.7 * self.covered)


@dataclass(frozen=True)
class Sight:
    """One photograph of the person as the keeper confirmed it."""

    item: str  # id of the Item
    picture: np.ndarray  # (h, w, 3) uint8 sRGB, upright, longest side at most 2048 pixels
    face: SeenFace | None  # None: seen from behind, or too small; still of use for clothes, hair and build
    person: np.ndarray  # (h, w) float32, 0 .. 1: where the person is (and whoever touches them)
    pose: np.ndarray | None = None  # (33, 4) float64: x, y pixels, z in the same unit, visibility 0 .. 1
    years: float | None = None  # the person's age in it, where it is known
    shapes_face: bool = True  # near the age shown; otherwise it only tells of colours and marks
    grey: bool = False  # black and white: nothing of colour is taken from it
    notes: tuple[str, ...] = field(default=())
