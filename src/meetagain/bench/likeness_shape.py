"""Invented people whose true heads are known are photographed, fitted, and measured: how far the usual and the fitted face lie from the truth."""

import msgspec
import numpy as np

from meetagain.bench.face_law import Drawn, draw
from meetagain.bench.face_shots import appearance, shoot
from meetagain.likeness.fit.crop import load_crop, usual_head
from meetagain.likeness.fit.face import fit_face
from meetagain.likeness.photos.nets import face_at
from meetagain.likeness.photos.pixels import Crop
from meetagain.likeness.photos.quality import judge
from meetagain.likeness.photos.seen import SeenFace, Sight

AGES, COUNTS, FIRST = (7, 35, 76), (1, 3, 8), 970_000
SAMPLES = 2000


class Measured(msgspec.Struct, frozen=True):
    """One invented person. Millimetres are medians over the face after turn, shift and scale were taken out."""

    seed: int
    age: float
    usual_mm: float
    fitted_mm: tuple[float, ...]  # one for each count of photographs
    kept: tuple[bool, ...]  # whether the fit itself kept the usual face
    sure: tuple[float, ...]


def measure(seed: int, age: float, counts: tuple[int, ...] = COUNTS, law: str = "family") -> Measured:
    """Photograph an invented person and fit the face to the first of the photographs, as the product does. Needs the landmark net."""
    drawn = draw(seed, age, law)
    sights = photographs(drawn, seed, max(counts))
    fits = [fit_face(sights[:n], drawn.person) for n in counts]
    usual = usual_head(drawn.person)
    return Measured(
        seed,
        float(age),
        distance_mm(usual, drawn.truth),
        tuple(distance_mm(usual_head(drawn.person, fit.changes), drawn.truth) for fit in fits),
        tuple(not fit.changes for fit in fits),
        tuple(fit.sure for fit in fits),
    )


def photographs(drawn: Drawn, seed: int, count: int) -> tuple[Sight, ...]:
    """Photographs of an invented person, seen by the landmark net; the first is almost straight ahead."""
    crop, rng = load_crop(), np.random.default_rng(seed + 7)
    look = appearance(drawn.truth, drawn.person.age_shown, drawn.person.look.sex, drawn.origin, rng)
    out = []
    for k in range(count):
        shot = shoot(drawn.truth, look, rng, 0.0 if k == 0 else None)
        face = shot.truth[crop.face]
        low, high = face.min(0), face.max(0)
        side = 1.5 * float((high - low).max())
        points, score, features = face_at(shot.picture, Crop(*((low + high) / 2 + rng.normal(0, 0.03, 2) * side), side), 3)
        box = (*points[:, :2].min(0), *points[:, :2].max(0))
        seen = SeenFace(box, score, points, features, np.zeros(128, np.float32), **judge(shot.picture, points).as_fields())
        out.append(Sight(f"{seed}-{k}", shot.picture, seen, shot.person.astype(np.float32)))
    return tuple(out)


def distance_mm(head: np.ndarray, truth: np.ndarray) -> float:
    """Median distance over the face between a head (n, 3) and the true one, after the best turn, shift and scale, in millimetres."""
    face = load_crop().face
    return float(np.median(np.linalg.norm(laid_on(head[face], truth[face]) - truth[face], axis=1)) * 1e3)


def laid_on(points: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Points (n, 3) turned, moved and scaled onto others, by least squares (Umeyama 1991)."""
    middle, to = points.mean(0), target.mean(0)
    a, b = points - middle, target - to
    left, strength, right = np.linalg.svd(b.T @ a)
    flip = np.array([1, 1, np.sign(np.linalg.det(left @ right))])
    scale = (strength * flip).sum() / (a**2).sum()
    return scale * a @ (left * flip @ right).T + to


def figures(usual: np.ndarray, fitted: np.ndarray, seed: int = 5) -> dict[str, float]:
    """Millimetres of the usual and the fitted face for many people (n,) -> medians, how many came nearer, and the median gain with its 95 % interval."""
    gain = usual - fitted
    rng = np.random.default_rng(seed)
    again = np.median(gain[rng.integers(0, len(gain), (SAMPLES, len(gain)))], 1)
    low, high = np.percentile(again, (2.5, 97.5))
    values = {
        "usual_mm": np.median(usual),
        "fitted_mm": np.median(fitted),
        "nearer": (gain > 0).mean(),
        "gain_mm": np.median(gain),
        "gain_low_mm": low,
        "gain_high_mm": high,
    }
    return {name: round(float(value), 3) for name, value in values.items()} | {"people": len(usual)}
