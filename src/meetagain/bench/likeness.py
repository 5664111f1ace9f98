"""How alike a portrait becomes: the face's shape against the truth, silhouette, picture and who it is, for 1, 3 and 8 photographs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from meetagain.bench import likeness_shape as shape
from meetagain.bench.likeness_decoys import COUNT
from meetagain.bench.likeness_real import measure_real
from meetagain.bench.likeness_shape import AGES, COUNTS, Measured
from meetagain.bench.likeness_whole import Whole, measure_whole
from meetagain.bench.likeness_work import all_kept, keep, kept, mine, product, read_share, work_folder

FIRST = 40_000
PEOPLE, SHAPES_QUICK, PEOPLE_QUICK = 30, 4, 1  # of each age


def run(
    quick: bool,
    people: int | None = None,
    work: Path | None = None,
    share: str = "1/1",
    real: Path | None = None,
    sheet: Path | None = None,
) -> dict[str, Any]:
    """Shape and whole portraits of invented people, or, with `real`, of real people's photographs. Some minutes a person on one core.

    What was measured stays in the folder `work`, one file a person: a run that was ended goes on, and figures are of all that is there.
    """
    folder, part = work_folder(work), read_share(share)
    if real is not None:
        return measure_real(real, folder, quick, part, sheet)
    counts = (COUNTS[-1],) if quick else COUNTS
    wanted = people if people is not None else PEOPLE_QUICK if quick else PEOPLE
    shapes = people if people is not None else SHAPES_QUICK if quick else PEOPLE
    for name, seed, age in _everyone(shapes, shape.FIRST, part):
        if kept(folder, f"shape/{name}", Measured) is None:
            keep(folder, f"shape/{name}", shape.measure(seed, age))
    kind = f"whole-{len(counts)}"
    for name, seed, age in _everyone(wanted, FIRST, part):
        if kept(folder, f"{kind}/{name}", Whole) is None:
            keep(folder, f"{kind}/{name}", measure_whole(seed, age, counts, folder))
    found, heads = all_kept(folder, Whole, kind), all_kept(folder, Measured, "shape")
    took = [row.build_s for one in found for row in one.portraits if row.photos == COUNTS[-1]]
    figures = {
        "shape": shape_figures(heads),
        "whole": whole_figures(found),
        "build_s": round(float(np.median(took)), 1) if took else None,
        "people": sum(bool(one.portraits) for one in found),
        "unseen": sum(not one.portraits for one in found),
        "states": len({one.product for one in found} | ({product()} if not found else set())),
    }
    notes = [
        f"each portrait is ranked among itself and {COUNT} others of the same age, sex, origin, hair and clothes, drawn in the same way",
        "one photograph of each person is held out of all others; 0 photographs means words alone",
        "measured values stay in the folder of --work, or beside the fetched weights",
    ]
    return {"figures": figures, "notes": notes}


def _everyone(people: int, first: int, part: tuple[int, int]) -> list[tuple[str, int, int]]:
    """Name, seed and age of those who fall to this process: a person of each age, then the next of each age."""
    everyone = [(f"{age}-{k:03d}", first + (1000 if first > 100_000 else 100) * age + k, age) for k in range(people) for age in AGES]
    return [one for number, one in enumerate(everyone) if mine(number, part)]


def shape_figures(heads: Sequence[Measured]) -> dict[str, Any]:
    """Millimetres by age and count of photographs (`35_8`), and over all ages (`8`)."""
    out: dict[str, Any] = {}
    for age, rows in _by_age(heads):
        for j, count in enumerate(COUNTS):
            told = shape.figures(np.array([one.usual_mm for one in rows]), np.array([one.fitted_mm[j] for one in rows]))
            out[_key(age, count)] = {
                "generic_median_mm": told["usual_mm"],
                "fitted_median_mm": told["fitted_mm"],
                "nearer_rate": told["nearer"],
                "gain_mm": [told["gain_mm"], told["gain_low_mm"], told["gain_high_mm"]],
                "people": told["people"],
            }
    return out


def whole_figures(found: Sequence[Whole]) -> dict[str, Any]:
    """Whole portraits by age and count of photographs, `0` for words alone, `true` for the true body."""
    out: dict[str, Any] = {}
    for age, people in _by_age([one for one in found if one.portraits]):
        among = 1 + min(len(one.others_apart) for one in people)
        words = np.array([one.portraits[0].apart for one in people])
        for j, count in enumerate([row.photos for row in people[0].portraits]):
            rows = [one.portraits[j] for one in people]
            own = np.array([row.apart for row in rows])
            out[_key(age, count)] = {
                **_ranks([row.rank for row in rows], among),
                "apart_median": _median(own),
                "nearer_than_words_rate": round(float((own < words).mean()), 3),
                "silhouette_iou": _median([row.silhouette_iou for row in rows]),
                "head_psnr_db": round(float(np.median([row.psnr_db for row in rows])), 2),
                "head_ssim": _median([row.ssim for row in rows]),
                "people": len(rows),
            }
        out[_key(age, "true")] = {
            **_ranks([one.true_rank for one in people], among),
            "apart_median": _median([one.true_apart for one in people]),
            "others_apart_median": _median(np.concatenate([one.others_apart for one in people])),
            "people": len(people),
        }
    return out


def _by_age(found: Sequence[Any]) -> list[tuple[int | None, list[Any]]]:
    """The people of each age that is there, and all together."""
    groups = [(age, [one for one in found if one.age == age]) for age in AGES]
    return [(age, rows) for age, rows in (*groups, (None, list(found))) if rows]


def _key(age: int | None, count: int | str) -> str:
    return f"{count}" if age is None else f"{age}_{count}"


def _ranks(ranks: Sequence[int], among: int) -> dict[str, float]:
    at = np.array(ranks)
    return {"rank1_rate": round(float((at == 1).mean()), 3), "rank_median": float(np.median(at)), "among": among}


def _median(values: Any) -> float:
    return round(float(np.median(values)), 3)
