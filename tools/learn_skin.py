"""Invented people come in by their seeds, how the tone of skin varies over a face and between people goes out (for meetagain.likeness.fit.refine).

python tools/learn_skin.py src/meetagain/likeness/data [PEOPLE]
Each is photographed eight times; on the true head, what no light explains is taken for skin. About two seconds a person.
"""

import sys
from pathlib import Path

import numpy as np

from meetagain.bench.face_law import draw
from meetagain.bench.likeness_shape import laid_on, photographs
from meetagain.likeness.colour.standing import USUAL_LENS
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.fit.front import load_front, scales
from meetagain.likeness.fit.map import packed
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.fit.posing import Pose, pose_of
from meetagain.likeness.fit.refine import FILE, lit
from meetagain.likeness.fit.view import View, view

FIRST, PEOPLE, SHOTS, WAYS, ROUNDS = 100_000, 300, 8, 60, 2
SEEN = 0.3  # a vertex counts that was seen at least so squarely, over all photographs


def posed(seed: int) -> tuple[np.ndarray, np.ndarray, list[tuple[View, Pose]]]:
    """A person's true face (n, 3) about its middle, the actions at its size (.., n, 3), and their photographs with the pose in each."""
    drawn, face, front = draw(seed), load_crop().face, load_front()
    actions, size = scales(drawn.usual)
    points = laid_on(drawn.truth[face], drawn.usual[face])
    points, moves = points - drawn.usual[face].mean(0), front.actions * actions
    views = [view(sight, USUAL_LENS) for sight in photographs(drawn, seed, SHOTS)]
    return points, moves, [(one, pose_of(one, front, load_places(), points, moves, size)) for one in views]


def learn(people: int) -> dict[str, np.ndarray]:
    """Middle, directions and their variances, as arrays for the file."""
    everyone = [posed(seed) for seed in range(FIRST, FIRST + people)]
    middle, front = np.zeros(len(load_crop().face)), load_front()
    for _ in range(ROUNDS):
        left = np.array([_left(front, *one, middle) for one in everyone])
        middle = middle + left.mean(0)
    left = left - left.mean(0)
    power, mixed = np.linalg.eigh(left @ left.T / people)
    power, mixed = power[::-1][:WAYS], mixed[:, ::-1][:, :WAYS]
    ways = (mixed / np.sqrt(people * power)).T @ left
    print(f"{people} people: deviation {np.sqrt((left**2).mean()):.3f}, share told {power.sum() / (left**2).sum(1).mean():.2f}")
    return {"middle": middle.astype(np.float32), "spread": power.astype(np.float32), **packed("ways", ways)}


def _left(front, points: np.ndarray, moves: np.ndarray, posed_in: list[tuple[View, Pose]], middle: np.ndarray) -> np.ndarray:
    """What one person's photographs leave unexplained together (n,)."""
    total, weight = np.zeros(len(points)), np.full(len(points), 1e-6)
    for one, pose in posed_in:
        _, left, trust = lit(one, pose, front, points, moves, middle)
        total, weight = total + trust * left, weight + trust
    return np.where(weight > SEEN, total / weight, 0)


if __name__ == "__main__":
    arrays = learn(int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE)
    np.savez_compressed(Path(sys.argv[1]) / FILE, **arrays)
