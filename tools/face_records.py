"""Invented people come in by their seeds, what is read from photographs of them goes out as files (for tools/learn_face.py).

python tools/face_records.py FOLDER: people for choosing, for the figures and for learning, 8 photographs each.
"""

import sys
from pathlib import Path

import numpy as np

from meetagain.bench.face_law import draw
from meetagain.bench.face_shots import appearance, shoot
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.fit.signal import patch
from meetagain.likeness.photos.nets import face_at, net
from meetagain.likeness.photos.pixels import Crop

SHOTS, CHUNK = 8, 50
DEEP = 141  # a map of the landmark net before its last stages, (6, 6, 128)
SETS = (  # name, first seed, people, age or None, law
    ("tune", 500_000, 200, None, "family"),
    ("test_7", 910_000, 36, 7, "family"),
    ("test_35", 920_000, 36, 35, "family"),
    ("test_76", 930_000, 36, 76, "family"),
    ("learn_a", 100_000, 1050, None, "family"),
    ("loose_7", 940_000, 20, 7, "loose"),
    ("loose_35", 950_000, 20, 35, "loose"),
    ("loose_76", 960_000, 20, 76, "loose"),
    ("learn_b", 200_900, 300, None, "family"),
)


def one(seed: int, age: float | None, law: str) -> dict[str, np.ndarray]:
    """Eight photographs of one person, read."""
    drawn, crop = draw(seed, age, law), load_crop()
    rng = np.random.default_rng(seed + 7)
    look = appearance(drawn.truth, drawn.person.age_shown, drawn.person.look.sex, drawn.origin, rng)
    points, inner, patches, scores, yaws = [], [], [], [], []
    for k in range(SHOTS):
        shot = shoot(drawn.truth, look, rng, 0.0 if k == 0 else None)
        face = shot.truth[crop.face]
        low, high = face.min(0), face.max(0)
        side = 1.5 * (high - low).max() * rng.uniform(0.9, 1.15)
        p, score, values = face_at(shot.picture, Crop(*((low + high) / 2 + rng.normal(0, 0.03, 2) * side), side))
        points.append(p)
        inner.append(np.concatenate([values, net("face_landmark.tflite", keep=True).inner(DEEP)]).astype(np.float16))
        patches.append(patch(shot.picture, p))
        scores.append(score)
        yaws.append(shot.yaw_deg)
    return {
        "seed": np.int64(seed),
        "points": np.array(points, np.float32),
        "inner": np.array(inner),
        "patch": np.array(patches),
        "score": np.array(scores, np.float32),
        "yaw": np.array(yaws, np.float32),
    }


def main(folder: Path) -> None:
    """Write one file for every CHUNK people; files that are there already are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, first, people, age, law in SETS:
        for start in range(0, people, CHUNK):
            file = folder / f"{name}-{start:05d}.npz"
            if file.exists():
                continue
            rows = [one(seed, age, law) for seed in range(first + start, first + min(start + CHUNK, people))]
            np.savez(file, **{k: np.stack([row[k] for row in rows]) for k in rows[0]})
            print(file.name, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
