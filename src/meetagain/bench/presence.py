"""The demo people, built here, come in; how they look, listen, walk, hold a hand and hug in a browser goes out as figures."""

import math
from typing import Any

from meetagain.bench.page import opened, pages_with

PEOPLE = ("juni", "matti")
#: Where less is better; of the rest the smallest is the worst.
LESS_IS_BETTER = ("_cm", "_ms", "_s", "_p95", "_mb")


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md: the worse of both people for each. Raises MeetAgainError without a browser."""
    seconds = 30 if quick else 120
    with pages_with(PEOPLE) as address:
        of = {who: _measured(address, who, seconds) for who in PEOPLE}
    figures = {name: _worse(name, [of[who].get(name) for who in PEOPLE]) for name in of[PEOPLE[0]]}
    notes = [
        "Scripted scenes in headless Chromium at 72 steps a second, nothing drawn: the time is that of the person's own movement.",
        "The worse of Juni (child) and Matti (old man). gaze shares: of the time, more is not always better.",
        "hug: five ways, as deep as the arms and head go into the visitor's chest by the hug's own measure; hugs_held of 5.",
        "lip_error: from the middle of a sound to the middle of the mouth's answer, without the way from the computer to the ear.",
    ]
    return {"figures": figures, "notes": notes}


def _measured(address: str, who: str, seconds: int) -> dict[str, float]:
    with opened(address, "measure.html", who, "measure") as page:
        return page.evaluate("seconds => measure(seconds)", seconds)


def _worse(name: str, values: list[float | None]) -> float | None:
    """The worse of what was measured; null where something was not."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if len(known) < len(values):
        return None
    worst = max(known) if name.endswith(LESS_IS_BETTER) else min(known)
    return round(worst, 3)
