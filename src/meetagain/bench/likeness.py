"""How alike a portrait becomes: the face's shape against the truth, silhouette, picture and who it is, for 1, 3 and 8 photographs."""

import time
from typing import Any

import numpy as np

from meetagain.bench.likeness_shape import AGES, COUNTS, measure_all
from meetagain.bench.likeness_whole import Compared, Invented, compare, invent, ranks
from meetagain.likeness.embedded import portray

FIRST = 40_000
WHOLE, WHOLE_QUICK = 4, 1  # people an age who are portrayed as a whole


def run(quick: bool) -> dict[str, Any]:
    """Shape on many invented heads, whole portraits on some. About half an hour on two cores; with quick some minutes."""
    shape = measure_all(4 if quick else 30)
    heads: dict[str, Any] = {}
    for name, found in shape.items():
        key = name.replace(" y, ", "_").replace(" photos", "").replace(" photo", "").replace(" ", "_")
        heads[key] = {
            "generic_median_mm": found["usual_mm"],
            "fitted_median_mm": found["fitted_mm"],
            "nearer_rate": found["nearer"],
            "gain_mm": [found["gain_mm"], found["gain_low_mm"], found["gain_high_mm"]],
            "people": found["people"],
        }
    portraits, seconds = whole(WHOLE_QUICK if quick else WHOLE, (8,) if quick else COUNTS)
    figures = {"shape": heads, "whole": portraits, "build_s": seconds}
    notes = [
        "portraits as a whole are ranked among those of the run: its size is `among`",
        "one photograph of each person is held out of all others",
    ]
    return {"figures": figures, "notes": notes}


def whole(people: int, counts: tuple[int, ...]) -> tuple[dict[str, Any], float | None]:
    """Whole portraits from each count of photographs, and from words alone (0); and the median seconds of a build from most photographs."""
    everyone = [(age, invent(FIRST + 100 * age + k, age)) for age in AGES for k in range(people)]
    figures: dict[str, Any] = {}
    seconds: list[float] = []
    for count in (0, *counts):
        found = [_portrayed(one, count, seconds) for _, one in everyone]
        place = ranks([one.held.face.embedding for _, one in everyone], [one.embedding for one in found])
        for age in (*AGES, None):
            rows = [k for k, (of, _) in enumerate(everyone) if age in (of, None)]
            figures[f"{count}" if age is None else f"{age}_{count}"] = {
                "rank1_rate": round(float(np.mean([place[k] == 1 for k in rows])), 3),
                "rank_median": float(np.median([place[k] for k in rows])),
                "among": len(everyone),
                "silhouette_iou": round(float(np.median([found[k].silhouette_iou for k in rows])), 3),
                "head_psnr_db": round(float(np.median([found[k].psnr_db for k in rows])), 2),
                "head_ssim": round(float(np.median([found[k].ssim for k in rows])), 3),
                "people": len(rows),
            }
    return figures, round(float(np.median(seconds)), 1) if seconds else None


def _portrayed(one: Invented, count: int, seconds: list[float]) -> Compared:
    began = time.perf_counter()
    made = portray(one.person, one.sights[:count])
    if count == max(COUNTS):
        seconds.append(time.perf_counter() - began)
    return compare(one, made.data, made.body)
