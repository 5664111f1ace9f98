"""What was seen of a face in one photograph comes in, the numbers that the learnt map works on go out."""

from dataclasses import dataclass

import numpy as np

from meetagain.likeness.fit.signal import level, patch
from meetagain.schema.person import Person

MIXED = 60  # how many numbers of each kind also go in multiplied by the turn of the head


@dataclass(frozen=True)
class Kind:
    """One kind of number: its mean and the directions in which it varies, each of unit deviation over the photographs of the learning."""

    mean: np.ndarray  # (d,)
    ways: np.ndarray  # (k, d)

    def __call__(self, values: np.ndarray) -> np.ndarray:
        """(..., d) -> (..., k)."""
        return (values.astype(np.float32) - self.mean) @ self.ways.T


@dataclass(frozen=True)
class Reading:
    """What is read of photographs: three kinds of number, and the turn of the head as the landmarks tell it."""

    reference: np.ndarray  # (468, 2) where levelled landmarks lie
    kinds: tuple[Kind, Kind, Kind]  # landmarks, inner values of the landmark net, grey picture
    turn_mean: np.ndarray  # (2,)
    turn_sd: np.ndarray  # (2,)

    def scores(self, levelled: np.ndarray, inner: np.ndarray, grey: np.ndarray) -> list[np.ndarray]:
        """Levelled landmarks (..., 468, 3), inner values (..., 1152), flattened grey (..., SIDE * SIDE) -> the scores of each kind (..., k)."""
        flat = levelled.reshape(*levelled.shape[:-2], -1)
        return [kind(values) for kind, values in zip(self.kinds, (flat, inner, grey), strict=True)]

    def one(self, picture: np.ndarray, points: np.ndarray, features: np.ndarray, person: Person) -> tuple[np.ndarray, np.ndarray]:
        """A photograph (h, w, 3) uint8, its landmarks (468, 3) in pixels and inner values (1152,) -> design row (d,), landmark scores (k,)."""
        levelled = level(points.astype(float), self.reference)
        blocks = self.scores(levelled, features, evened(patch(picture, points)))
        turn = (turn_of(levelled) - self.turn_mean) / self.turn_sd
        return design(blocks, turn, told(person.age_shown, person.look.sex, origin(person), person.look.build)), blocks[0]


def evened(grey: np.ndarray) -> np.ndarray:
    """Grey pictures (..., SIDE, SIDE) uint8 with light and contrast taken out, flattened: (..., SIDE * SIDE) float32."""
    flat = grey.reshape(*grey.shape[:-2], -1).astype(np.float32)
    flat = flat - flat.mean(-1, keepdims=True)
    return flat / (flat.std(-1, keepdims=True) + 4)


def turn_of(levelled: np.ndarray) -> np.ndarray:
    """(..., 2): how far the nose lies beside the middle of the cheeks, and below that of brow and chin; stands for yaw and pitch."""
    nose, left, right = levelled[..., 1, :], levelled[..., 234, :], levelled[..., 454, :]
    yaw = (nose[..., 0] - (left[..., 0] + right[..., 0]) / 2) / (np.abs(right[..., 0] - left[..., 0]) + 0.3)
    return np.stack([yaw, nose[..., 1] - (levelled[..., 10, 1] + levelled[..., 152, 1]) / 2], -1)


def told(age: float, sex: str, shares: tuple[float, float, float], build: str) -> np.ndarray:
    """What words tell of a person, as seven numbers."""
    child, old = float(np.interp(age, (9, 15), (1, 0))), float(np.interp(age, (50, 76), (0, 1)))
    weight = {"slim": -1.0, "broad": 1.0}.get(build, 0.0)
    return np.array([child, old, age / 40 - 1, float(sex == "male"), shares[0], shares[1], weight], np.float32)


def origin(person: Person) -> tuple[float, float, float]:
    """Shares of africa, asia, europe that make_body takes for the person, sum 1."""
    from meetagain.likeness.body import origin_of

    shares = np.maximum(np.array(origin_of(person), float), 0)
    shares = shares / shares.sum() if shares.sum() > 0 else np.full(3, 1 / 3)
    return float(shares[0]), float(shares[1]), float(shares[2])


def design(blocks: list[np.ndarray], turn: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Scores (..., k), turn (..., 2) and known (..., 7) -> (..., d): all of them, and their products with the turn and with what is known.

    The products give each turn of the head its own bias and slope, smoothly; without them several photographs tell no more than one.
    """
    parts = list(blocks)
    for block in blocks:
        top, yaw, pitch = block[..., :MIXED], turn[..., :1], turn[..., 1:]
        parts += [top * yaw, top * (yaw**2 - 1) * 0.7, top * pitch]
    parts += [turn, turn**2, np.broadcast_to(known, (*turn.shape[:-1], known.shape[-1]))]
    parts += [blocks[0][..., :20] * known[..., [j]] for j in range(known.shape[-1])]
    return np.concatenate(parts, -1).astype(np.float32)
