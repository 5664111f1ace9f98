"""A demo person speaks in a browser over links good and bad; how far her lips are from what is heard goes out, and what an hour of talk leaves behind."""

import tempfile
from pathlib import Path
from typing import Any

from meetagain.bench.hour import CLAUSES, an_hour
from meetagain.bench.page import opened, pages_with

WHO = "juni"
LINKS = ("steady", "jitter", "underrun")


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md. Raises MeetAgainError without a browser."""
    seconds = 12 if quick else 60
    with pages_with((WHO,)) as address:
        of = {link: measured(address, link, seconds) for link in LINKS}
    with pages_with(()) as address, opened(address, "lips.html", "nobody", "hourOfTalk") as page:
        drift = page.evaluate("clauses => hourOfTalk(clauses)", CLAUSES // 5 if quick else CLAUSES)
    with tempfile.TemporaryDirectory() as scratch:
        hour = an_hour(Path(scratch), CLAUSES // 5 if quick else CLAUSES)
    worst = {name: max(found[name] for found in of.values()) for name in of["steady"]}
    figures = {
        "lip_error_p95_ms": of["steady"]["error_p95_ms"],
        "lip_error_jitter_p95_ms": of["jitter"]["error_p95_ms"],
        "lip_error_underrun_p95_ms": of["underrun"]["error_p95_ms"],
        "lip_error_max_ms": worst["error_max_ms"],
        "lip_early_max_ms": worst["early_max_ms"],
        "lip_moved_in_stalls": worst["moved_in_stalls"],
        "sounds": sum(found["sounds"] for found in of.values()),
        "stalls": sum(found["stalls"] for found in of.values()),
        "samples_lost": sum(found["skipped_samples"] for found in of.values()),
        **hour,
        "hour_drift_ms": drift["driftMs"],
        "hour_clauses_kept": drift["kept"],
        "pictures_per_s": min(found["pictures_per_s"] for found in of.values()),
    }
    notes = [
        f"{seconds} s of shut and open sounds in turn, 110 to 170 ms each, for each link: steady (a clause comes at once, as the server sends it), "
        "jitter (pieces of 0.2 s on a link that is just fast enough, each up to 300 ms late), underrun (a second late in the middle of each clause).",
        "Real audio worklet and real pictures of the page, nothing drawn: what the worklet renders is tapped sample by sample, when it is heard is asked of "
        "the browser (getOutputTimestamp), and the delay of the place (HRTF) is added. A picture counts as seen when the next one begins, which is the soonest that a screen can show it.",
        "hour: 1,200 clauses of a meeting in led time, a voice that is quick, a journal on the disk; memory is counted from a fifth of the talk on. The drift is "
        "of the page's voice and mouth in led time, every tenth clause broken off.",
        "A sound that a stall cuts within 60 ms of its beginning counts by its nearer side.",
    ]
    return {"figures": {name: round(value, 3) for name, value in figures.items()}, "notes": notes}


def measured(address: str, link: str, seconds: int) -> dict[str, float]:
    """Figures of one link, as the page gives them."""
    with opened(address, "lips.html", WHO, "measureLips") as page:
        return page.evaluate("([link, seconds]) => measureLips(link, seconds)", [link, seconds])
