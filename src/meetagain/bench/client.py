"""The story's beats and the demo people, built here, come in; what place and person ask of a headset's browser goes out."""

import gzip
import re
from pathlib import Path
from typing import Any

import msgspec

from meetagain.bench.page import opened, pages_with
from meetagain.scenario.packs import load_scenario
from meetagain.schema.scenario import Beat
from meetagain.server.app import client_folder

PEOPLE = ("juni", "matti")
STORIES = ("birthday_in_the_park",)
#: What a page asks for before anything else: scripts of its own, and those that these name at once.
_SCRIPTS = re.compile(r'(?:src|href)="(/assets/[^"]+\.js)"')


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md: for each story's place, the worse of both people. Raises MeetAgainError without a browser."""
    people = PEOPLE[:1] if quick else PEOPLE
    with pages_with(people) as address:
        measured = {story: [_measured(address, who, story) for who in people] for story in STORIES}
    places = {story: _worse(values) for story, values in measured.items()}
    notes = [
        "Headless Chromium, software drawing: what is counted does not depend on it. Draw calls and triangles are those of one eye, twice, and of the shadows, once;"
        " the most of eight ways to look in each beat, all of the story's cues taken in their order.",
        "our_js_ms_p95: place and person of one frame at 72 a second, nothing drawn; mean of ten frames, 95 of 100.",
        "textures_mb: as they lie on this browser's card, with their smaller copies. A headset keeps packed pictures packed; where a card cannot, they are larger.",
        "load_mb: page, scripts, likeness and movements; the family's pictures and her words come on top.",
    ]
    return {"figures": {"places": places, "initial_js_gzip_kb": initial_js_kb(client_folder())}, "notes": notes}


def _measured(address: str, who: str, story: str) -> dict[str, Any]:
    beats = [{"beat": beat.id, "cues": msgspec.to_builtins(cues_of(beat))} for beat in load_scenario(story, "en").beats]
    with opened(address, "draws.html", who, "draws") as page:
        return page.evaluate("beats => draws(beats)", beats)


def cues_of(beat: Beat) -> list[Any]:
    """All that a beat shows: on entering, then by time, then what a visitor's doing brings about."""
    later = sorted(beat.during, key=lambda timed: timed.after_s if timed.after_s >= 0 else float("inf"))
    return [*beat.enter, *(cue for timed in later for cue in timed.do)]


def _worse(people: list[dict[str, Any]]) -> dict[str, Any]:
    """The most that any of them asks for, and in which beat."""
    beats = [beat for one in people for beat in one["beats"]]
    most = {name: max(beats, key=lambda beat: beat[name]) for name in ("draw_calls", "triangles")}
    return {
        "draw_calls_max": most["draw_calls"]["draw_calls"],
        "draw_calls_in": most["draw_calls"]["beat"],
        "triangles_max": most["triangles"]["triangles"],
        "triangles_in": most["triangles"]["beat"],
        "our_js_ms_p95": round(max(one["our_js_ms_p95"] for one in people), 3),
        "textures_mb": round(max(sum(one["textures_mb"].values()) for one in people), 1),
        "textures_place_mb": round(max(one["textures_mb"]["place"] for one in people), 1),
        "textures_person_mb": round(max(one["textures_mb"]["person"] for one in people), 1),
        "load_mb": round(max(one["load_mb"] for one in people), 1),
    }


def initial_js_kb(client: Path) -> float:
    """Kilobytes of script, packed as a server sends them, that the visitor's page names before anybody said yes."""
    page = (client / "index.html").read_text("utf-8")
    return round(
        sum(len(gzip.compress((client / name.lstrip("/")).read_bytes())) for name in sorted(set(_SCRIPTS.findall(page)))) / 1000, 1
    )
