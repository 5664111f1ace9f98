"""The demo people, built here, come in; how they look, listen, walk, hold a hand and hug in a browser goes out as figures."""

import functools
import http.server
import math
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from meetagain.archive.read import read_archive
from meetagain.demo_people import demo_source
from meetagain.errors import MeetAgainError, issue
from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.motion.embedded import EmbeddedMotion
from meetagain.server.app import client_folder
from meetagain.store.folder import PersonFolder

PEOPLE = ("juni", "matti")
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--use-gl=angle", "--use-angle=swiftshader"]
FLAGS += ["--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
#: Where less is better; of the rest the smallest is the worst.
LESS_IS_BETTER = ("_cm", "_ms", "_s", "_p95")


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md: the worse of both people for each. Raises MeetAgainError without a browser."""
    seconds = 30 if quick else 120
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(client_folder(), root / "page")
        for who in PEOPLE:
            _build(who, root / "page")
        with _served(root / "page") as address:
            of = {who: _measured(address, who, seconds) for who in PEOPLE}
    figures = {name: _worse(name, [of[who].get(name) for who in PEOPLE]) for name in of[PEOPLE[0]]}
    notes = [
        "Scripted scenes in headless Chromium at 72 steps a second, nothing drawn: the time is that of the person's own movement.",
        "The worse of Juni (child) and Matti (old man). gaze shares: of the time, more is not always better.",
        "hug: five ways, as deep as the arms and head go into the visitor's chest by the hug's own measure; hugs_held of 5.",
        "lip_error: from the middle of a sound to the middle of the mouth's answer, without the way from the computer to the ear.",
    ]
    return {"figures": figures, "notes": notes}


def _build(who: str, page: Path) -> None:
    root = demo_source() / who
    person, folder = PersonFolder(root).read_person(), page / who
    folder.mkdir()
    vrm = folder / "likeness.vrm"
    likeness = EmbeddedLikeness().build(person, read_archive(root), root, vrm)
    EmbeddedMotion().build(person, likeness, vrm, folder / "motion.glb")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told of single files."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _measured(address: str, who: str, seconds: int) -> dict[str, float]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise MeetAgainError(issue("bench-browser-missing")) from missing
    browser_path = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if browser_path is None:
        raise MeetAgainError(issue("bench-browser-missing"))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"{address}/measure.html?likeness=/{who}/likeness.vrm&motion=/{who}/motion.glb")
        page.wait_for_function("typeof window.measure === 'function'")
        found: dict[str, float] = page.evaluate("seconds => measure(seconds)", seconds)
        browser.close()
    return found


def _worse(name: str, values: list[float | None]) -> float | None:
    """The worse of what was measured; null where something was not."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if len(known) < len(values):
        return None
    worst = max(known) if name.endswith(LESS_IS_BETTER) else min(known)
    return round(worst, 3)
