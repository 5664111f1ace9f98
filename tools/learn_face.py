"""What was read of photographs of invented people comes in (tools/face_records.py), the map from photographs to the face's shape goes out.

python tools/learn_face.py FOLDER_OF_RECORDS src/meetagain/likeness/data
Penalty and the way in which photographs are put together are chosen on the people called "tune"; those called "test" are looked at once, last.
"""

import sys
from pathlib import Path

import numpy as np

from meetagain.bench.face_law import draw
from meetagain.bench.likeness_shape import distance_mm, figures, laid_on
from meetagain.likeness.fit.crop import load_crop, usual_head
from meetagain.likeness.fit.face import changed
from meetagain.likeness.fit.map import PARTS, load_map, packed
from meetagain.likeness.fit.reading import Kind, Reading, design, edges, origin, reaches, told, turn_of
from meetagain.likeness.fit.signal import level

SHOTS, FOLDS, WAYS = 8, 4, 60
KINDS = {"points": 150, "inner": 250, "edge": 350}
INNER = 1152  # the values that the product keeps of a face
PENALTIES, GAIN_PENALTIES = (0.03, 0.1, 0.2, 0.4), (0.3, 1.0, 3.0)
SAMPLE = 4000


def gathered(folder: Path, name: str) -> dict[str, np.ndarray]:
    """All records of a set, with the truth: field (people, n, 3) metres about the usual face, tall (people,), known (people, 7)."""
    files = sorted(folder.glob(f"{name}-*.npz"))
    read = [np.load(file) for file in files]
    out = {k: np.concatenate([r[k] for r in read]) for k in ("seed", "points")}
    out["edge"] = np.concatenate([np.stack([edges(person) for person in r["patch"]]) for r in read])
    out["inner"] = np.concatenate([r["inner"][..., :INNER] for r in read]).astype(np.float32)
    law, face = "loose" if name.startswith("loose") else "family", load_crop().face
    age = float(name.rsplit("_", 1)[1]) if name.startswith(("test", "loose")) else None
    fields, tall, known = [], [], []
    for seed in out["seed"]:
        drawn = draw(int(seed), age, law)
        look = drawn.person.look
        fields.append(laid_on(drawn.truth[face], drawn.usual[face]) - drawn.usual[face])
        tall.append(np.ptp(drawn.usual[face, 1]))
        known.append(told(drawn.person.age_shown, look.sex, origin(drawn.person), look.build))
    return {**out, "field": np.array(fields, np.float32), "tall": np.array(tall), "known": np.array(known)}


def principal(rows: np.ndarray, count: int) -> Kind:
    """Mean and directions of unit deviation of rows (n, d), from a sample of them."""
    some = rows[np.random.default_rng(0).choice(len(rows), min(SAMPLE, len(rows)), replace=False)].astype(np.float32)
    mean = rows.mean(0, dtype=np.float64).astype(np.float32)
    some -= mean
    if some.shape[1] <= len(some):
        power, ways = np.linalg.eigh(some.T @ some / len(some))
        ways, power = ways[:, ::-1][:, :count].T, power[::-1][:count]
    else:
        power, left = np.linalg.eigh(some @ some.T / len(some))
        left, power = left[:, ::-1][:, :count], power[::-1][:count]
        ways = (some.T @ left / np.sqrt(power * len(some))).T
    return Kind(mean, ways / np.sqrt(power + 1e-9)[:, None])


def learnt_reading(sets: dict[str, np.ndarray]) -> Reading:
    """What to read of a photograph, from those of the learning."""
    reference = sets["points"][:, 0, :, :2].mean(0).astype(float)
    reference -= reference.mean(0)
    reference /= np.sqrt((reference**2).sum(1).mean())
    levelled = levels(sets["points"], reference)
    turn = turn_of(levelled).reshape(-1, 2)
    rows = (levelled.reshape(-1, 468 * 3), sets["inner"].reshape(-1, INNER), sets["edge"].reshape(-1, sets["edge"].shape[-1]))
    kinds = tuple(principal(r, count) for r, count in zip(rows, KINDS.values(), strict=True))
    return Reading(reference, kinds, turn.mean(0), turn.std(0))


def levels(points: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Landmarks (people, SHOTS, 468, 3) levelled."""
    return np.stack([[level(p.astype(float), reference) for p in person] for person in points]).astype(np.float32)


def rows_of(reading: Reading, sets: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Design rows (people, SHOTS, d) and how far out each photograph lies (people, SHOTS, 3)."""
    levelled = levels(sets["points"], reading.reference)
    blocks = reading.scores(levelled, sets["inner"], sets["edge"])
    turn = ((turn_of(levelled) - reading.turn_mean) / reading.turn_sd).astype(np.float32)
    known = np.repeat(sets["known"][:, None], SHOTS, 1)
    return design(blocks, turn, known), reaches(blocks)


def ridge(rows: np.ndarray, shape: np.ndarray, penalty: float) -> np.ndarray:
    """Rows (people, SHOTS, d), shapes (people, k) -> weights (d, k)."""
    flat = rows.reshape(-1, rows.shape[-1])
    normal = flat.T @ flat / len(flat) + penalty * np.eye(flat.shape[1], dtype=np.float32)
    return np.linalg.solve(normal, flat.T @ np.repeat(shape, rows.shape[1], 0) / len(flat)).astype(np.float32)


def crossed(rows: np.ndarray, shape: np.ndarray, penalty: float) -> np.ndarray:
    """Guesses (people, SHOTS, k) for people who were left out of the learning in turn."""
    fold = np.arange(len(rows)) % FOLDS
    return np.concatenate([rows[fold == f] @ ridge(rows[fold != f], shape[fold != f], penalty) for f in range(FOLDS)])[
        np.argsort(np.argsort(fold, kind="stable"), kind="stable")
    ]


def gains_of(guesses: np.ndarray, shape: np.ndarray, penalty: float) -> np.ndarray:
    """What the mean guess of 1 .. SHOTS photographs is multiplied with (SHOTS, k, k): the full covariance of what is left, held towards none."""
    out = []
    for n in range(1, SHOTS + 1):
        mean = np.concatenate([guesses[:, i : i + n].mean(1) for i in range(0, SHOTS - n + 1, n)])
        wanted = np.tile(shape, (len(mean) // len(shape), 1))
        own = np.clip((mean * wanted).sum(0) / (mean**2).sum(0), 0, 1.5)
        spread = mean.T @ mean / len(mean)
        more = np.linalg.solve(spread + penalty * np.diag(np.diag(spread)), mean.T @ (wanted - mean * own) / len(mean))
        out.append(np.diag(own) + more)
    return np.array(out)


def unsure_of(guesses: np.ndarray, shape: np.ndarray, gains: np.ndarray) -> np.ndarray:
    """Covariance of what is still missed after 1 .. SHOTS photographs (SHOTS, k, k)."""
    out = []
    for n in range(1, SHOTS + 1):
        means = [guesses[:, i : i + n].mean(1) for i in range(0, SHOTS - n + 1, n)]
        missed = np.concatenate([shape - mean @ gains[n - 1] for mean in means])
        out.append(missed.T @ missed / len(missed))
    return np.array(out)


def errors(shape: np.ndarray, ways: np.ndarray, mean: np.ndarray, sets: dict[str, np.ndarray]) -> np.ndarray:
    """Millimetres (people,): median over the face of what a shape (people, k) leaves."""
    left = (shape @ ways + mean).reshape(len(shape), -1, 3) * sets["tall"][:, None, None] - sets["field"]
    return np.median(np.linalg.norm(left, axis=-1), 1) * 1e3


def learn(folder: Path) -> dict[str, np.ndarray]:
    """The whole map as arrays for the files."""
    sets, tune = ({k: v for k, v in gathered(folder, name).items()} for name in ("learn_*", "tune"))
    reading = learnt_reading(sets)
    truth = (sets["field"] / sets["tall"][:, None, None]).reshape(len(sets["field"]), -1)
    kind = principal(truth, WAYS)
    lengths = 1 / (kind.ways**2).sum(1, keepdims=True)
    mean, ways = truth.mean(0), kind.ways * lengths
    shape = (truth - mean) @ kind.ways.T
    rows, far = rows_of(reading, sets)
    middle, scale = rows.reshape(-1, rows.shape[-1]).mean(0), rows.reshape(-1, rows.shape[-1]).std(0) + 1e-6
    rows = (rows - middle) / scale
    tuned = (rows_of(reading, tune)[0] - middle) / scale
    usual = np.median(np.linalg.norm(tune["field"], axis=-1), 1) * 1e3
    print(f"{len(rows)} people to learn from, {len(tuned)} to choose by: usual {np.median(usual):.2f} mm")
    best = (np.inf, None)
    for penalty in PENALTIES:
        guesses, of_tune = crossed(rows, shape, penalty), tuned @ ridge(rows, shape, penalty)
        for gain_penalty in GAIN_PENALTIES:
            gains = gains_of(guesses, shape, gain_penalty)
            left = [errors(np.clip(of_tune[:, :n].mean(1) @ gains[n - 1], -2.5, 2.5), ways, mean, tune) for n in range(1, SHOTS + 1)]
            medians = [float(np.median(e)) for e in left]
            print(penalty, gain_penalty, "mm after 1 .. 8 photos", np.round(medians, 2), flush=True)
            score = sum(float(np.median(left[k]) + left[k].mean()) for k in (0, 2, 7))
            if score < best[0]:
                share = [float((e**2).mean() / (usual**2).mean()) for e in left]
                best = (score, (penalty, gains, np.array(share), guesses))
    penalty, gains, share, guesses = best[1]
    kinds = {
        k: v
        for name, k_ in zip(KINDS, reading.kinds, strict=True)
        for k, v in {f"{name}_mean": k_.mean, **packed(f"{name}_ways", k_.ways)}.items()
    }
    return {
        **kinds,
        "reference": reading.reference,
        "turn_mean": reading.turn_mean,
        "turn_sd": reading.turn_sd,
        "mean": middle,
        "scale": scale,
        **packed("weights", ridge(rows, shape, penalty), np.int16),
        "within": guesses.var(1, ddof=1).mean(0),
        "gains": gains.astype(np.float32),
        "left": share,
        "unsure": unsure_of(guesses, shape, gains).astype(np.float16),
        "usual_reach": np.percentile(far.reshape(-1, 3), 99, axis=0),
        "shape_mean": mean.astype(np.float32),
        **packed("shape_ways", ways),
    }


def write(arrays: dict[str, np.ndarray], folder: Path) -> None:
    """The files."""
    first = {k: v for k, v in arrays.items() if k.startswith(("edge", "points"))}
    rest = {k: v for k, v in arrays.items() if k not in first}
    for file, part in zip(PARTS, (first, rest), strict=True):
        np.savez_compressed(folder / file, **part)
        print(file, (folder / file).stat().st_size // 1000, "kB")


def report(records: Path, folder: Path, names: tuple[str, ...]) -> None:
    """The figures of the people called test, with the files as they are: through the named changes, head against true head."""
    learnt, every = load_map(folder), []
    for name in names:
        sets = gathered(records, name)
        rows, _ = rows_of(learnt.reading, sets)
        law, age = ("loose" if name.startswith("loose") else "family"), float(name.rsplit("_", 1)[1])
        found = []
        for seed, row in zip(sets["seed"], rows, strict=True):
            drawn = draw(int(seed), age, law)
            guesses = learnt.guesses(row)
            mm = [distance_mm(drawn.usual, drawn.truth)]
            for n in (1, 3, 8):
                shape, _, _ = learnt.together(guesses[:n], np.ones(n))
                mm.append(distance_mm(usual_head(drawn.person, changed(learnt, shape, drawn.person, drawn.usual)), drawn.truth))
            found.append(mm)
        every += found
        _print(name, np.array(found))
    _print("all of these", np.array(every))


def _print(name: str, mm: np.ndarray) -> None:
    for j, n in enumerate((1, 3, 8), 1):
        print(name, f"{n} photos", figures(mm[:, 0], mm[:, j]))


if __name__ == "__main__":
    write(learn(Path(sys.argv[1])), Path(sys.argv[2]))
    report(Path(sys.argv[1]), Path(sys.argv[2]), ("test_7", "test_35", "test_76"))
    if list(Path(sys.argv[1]).glob("loose_*")):
        report(Path(sys.argv[1]), Path(sys.argv[2]), ("loose_7", "loose_35", "loose_76"))
