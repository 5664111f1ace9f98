"""Invented people come in by their seeds, how the tone of skin varies over a face and between people goes out (for meetagain.likeness.fit.refine).

python tools/learn_skin.py src/meetagain/likeness/data [PEOPLE]
Each is photographed eight times; on the true head, what no light explains is taken for skin. Then others say in which directions the refinement is too sure of itself. Two to five seconds a person.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from meetagain.bench.face_law import draw
from meetagain.bench.likeness_shape import laid_on, photographs
from meetagain.likeness.colour.standing import USUAL_LENS
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.fit.face import face_of
from meetagain.likeness.fit.front import load_front, scales
from meetagain.likeness.fit.map import FaceMap, load_map, packed
from meetagain.likeness.fit.posing import Pose
from meetagain.likeness.fit.refine import FILE, ODD, Face, Skin, lit, load_skin, settled
from meetagain.likeness.fit.view import View, view

FIRST, PEOPLE, SHOTS, WAYS, ODD_WAYS = 100_000, 120, 8, 60, 40
CHOOSING, CHOSEN_BY, COUNTS, HOLD, MOST = 500_000, 100, (1, 3, 8), 20, 1.25
SETTLING = (3, 3)  # rounds of refinement with the shape held, each time with the skin that was learnt before
SEEN = 0.3  # a vertex counts that was seen at least so squarely, over all photographs


def photographed(seed: int) -> tuple[Face, list[View]]:
    """A person's true face, with nothing that may change but a direction of no length, and their photographs."""
    drawn, face, front = draw(seed), load_crop().face, load_front()
    actions, size = scales(drawn.usual)
    points = laid_on(drawn.truth[face], drawn.usual[face])
    still = np.zeros((1, *points.shape))
    views = [view(sight, USUAL_LENS) for sight in photographs(drawn, seed, SHOTS)]
    return Face(points - drawn.usual[face].mean(0), still, front.actions * actions, size), views


def learn(people: int) -> dict[str, np.ndarray]:
    """Middle, directions and their variances, as arrays for the file. First with the poses that landmarks tell, then with those that the skin tells."""
    everyone = [photographed(seed) for seed in range(FIRST, FIRST + people)]
    flat = np.zeros(len(load_crop().face))
    skin = Skin(flat, flat[None], np.full(1, 1e-9), flat[None], np.full(1, 1e-9), np.ones((SHOTS, 1)), np.ones(SHOTS))
    for rounds in (0, 0, *SETTLING):
        plain = replace(skin, odd=flat[None], odd_spread=np.full(1, 1e-9))
        found = [_left(one, views, settled(one, views, np.zeros(1), np.eye(1), skin, rounds)[1], plain) for one, views in everyone]
        tone = np.array([one for one, _ in found])
        ways, spread = _principal(tone - tone.mean(0), WAYS)
        odd, odd_spread = _principal(np.concatenate([own for _, own in found]), ODD_WAYS)
        skin = Skin(skin.middle + tone.mean(0), ways, spread, odd, odd_spread, skin.followed, skin.left)
    told = {"middle": skin.middle, "spread": spread, "odd_spread": odd_spread}
    return {name: value.astype(np.float32) for name, value in told.items()} | packed("ways", ways) | packed("odd", odd)


def _left(face: Face, views: list[View], poses: list[Pose], skin: Skin) -> tuple[np.ndarray, np.ndarray]:
    """What one person's photographs leave unexplained together (n,), and each for itself (photographs, n)."""
    each = zip(views, poses, strict=True)
    found = [lit(one, pose, load_front(), face.at(np.zeros(1)), face.actions, skin)[1:] for one, pose in each]
    left, trust = (np.array(part) for part in zip(*found, strict=True))
    weight = trust.sum(0)
    tone = np.where(weight > SEEN, (trust * left).sum(0) / np.maximum(weight, 1e-6), 0)
    return tone, np.where(trust > 0, (left - tone) / (1 + (left / ODD) ** 2), 0)


def _principal(rows: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Directions of unit length (count, n) in which rows vary most, and their variances."""
    power, ways = np.linalg.eigh(rows.T @ rows / len(rows))
    print(
        f"{len(rows)} rows: deviation {np.sqrt((rows**2).mean()):.3f}, share told {power[::-1][:count].sum() / power.sum():.2f}", flush=True
    )
    return ways.T[::-1][:count], power[::-1][:count]


def followed(before: np.ndarray, after: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """How much of the refinement's way to go in each direction (k,), from shapes (people, k) before and after it and true ones; held towards one for all."""
    way, wanted = after - before, truth - before
    power = (way**2).sum(0)
    common = (way * wanted).sum() / power.sum()
    hold = HOLD * power / len(way)
    return np.clip(((way * wanted).sum(0) + hold * common) / (power + hold), 0, MOST)


def between(rows: dict[int, np.ndarray]) -> np.ndarray:
    """Rows for some counts of photographs -> a row for each of 1 .. SHOTS (SHOTS, k)."""
    counts = sorted(rows)
    table = np.array([rows[count] for count in counts])
    return np.array([np.interp(np.arange(1, SHOTS + 1), counts, column) for column in table.T]).T


def shares_left(learnt: FaceMap, shapes: np.ndarray, fields: np.ndarray, tall: np.ndarray) -> float:
    """Share of the usual face's squared error that shapes (people, k) leave of true fields (people, n, 3); both are medians over the face."""
    found = np.array([learnt.field(shape, one) for shape, one in zip(shapes, tall, strict=True)])
    left, usual = (np.median(np.linalg.norm(away, axis=-1), 1) for away in (found - fields, fields))
    return float((left**2).mean() / (usual**2).mean())


def told_by(skin: Skin, people: int) -> dict[str, np.ndarray]:
    """`followed` (SHOTS, k) and what is then left (SHOTS,), from people whom neither map nor skin was learnt from."""
    learnt, face = load_map(), load_crop().face
    found, fields, tall = {count: ([], []) for count in COUNTS}, [], []
    for seed in range(CHOOSING, CHOOSING + people):
        drawn = draw(seed)
        sights = photographs(drawn, seed, SHOTS)
        fields.append(laid_on(drawn.truth[face], drawn.usual[face]) - drawn.usual[face])
        tall.append(float(np.ptp(drawn.usual[face, 1])))
        rows = np.stack([learnt.reading.one(s.picture, s.face.points, s.face.features, drawn.person)[0] for s in sights])
        views = [view(sight, USUAL_LENS) for sight in sights]
        for count, (before, after) in found.items():
            guess = learnt.together(learnt.guesses(rows[:count]), np.ones(count))[0]
            before.append(guess)
            after.append(settled(face_of(learnt, drawn.usual), views[:count], guess, learnt.unsure_after(count), skin)[0])
    return judged(learnt, {n: (np.array(b), np.array(a)) for n, (b, a) in found.items()}, np.array(fields), np.array(tall))


def judged(learnt: FaceMap, found: dict[int, tuple[np.ndarray, np.ndarray]], fields: np.ndarray, tall: np.ndarray) -> dict[str, np.ndarray]:
    """`followed` and `left` from shapes before and after the refinement (people, k), by number of photographs, and true fields (people, n, 3)."""
    truth = (fields.reshape(len(tall), -1) / tall[:, None] - learnt.shape_mean) @ np.linalg.pinv(learnt.shape_ways)
    gone = {count: followed(before, after, truth) for count, (before, after) in found.items()}
    left = {count: shares_left(learnt, before + gone[count] * (after - before), fields, tall) for count, (before, after) in found.items()}
    return {"followed": between(gone).astype(np.float32), "left": between({n: np.array([share]) for n, share in left.items()})[:, 0]}


if __name__ == "__main__":
    arrays = learn(int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE)
    np.savez_compressed(Path(sys.argv[1]) / FILE, **arrays, followed=np.ones((SHOTS, 1)), left=np.ones(SHOTS))
    np.savez_compressed(Path(sys.argv[1]) / FILE, **arrays, **told_by(load_skin(Path(sys.argv[1])), CHOSEN_BY))
