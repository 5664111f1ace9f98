"""Demo people come in, built here; a page of the client in a browser without a window, with them to be had, goes out."""

import functools
import http.server
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from meetagain.archive.read import read_archive
from meetagain.demo_people import demo_source
from meetagain.errors import MeetAgainError, issue
from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.motion.embedded import EmbeddedMotion
from meetagain.server.app import client_folder
from meetagain.store.folder import PersonFolder

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--use-gl=angle", "--use-angle=swiftshader"]
HEADSET = "Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 VR Safari/537.36 Android"
FLAGS += ["--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--autoplay-policy=no-user-gesture-required"]


@contextmanager
def pages_with(people: Sequence[str]) -> Iterator[str]:
    """The built client and these people's likeness and movements, at an address."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "page"
        shutil.copytree(client_folder(), root)
        for who in people:
            _build(who, root)
        with _served(root) as address:
            yield address


@contextmanager
def opened(address: str, page_name: str, who: str, function: str) -> Iterator["Page"]:
    """The page with one of them, once it can be asked by `function`. Raises MeetAgainError without a browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise MeetAgainError(issue("bench-browser-missing")) from missing
    browser_path = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if browser_path is None:
        raise MeetAgainError(issue("bench-browser-missing"))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(user_agent=HEADSET)  # so that pictures are unpacked as for a headset's graphics card
        page.set_default_timeout(600_000)
        page.goto(f"{address}/{page_name}?likeness=/{who}/likeness.vrm&motion=/{who}/motion.glb")
        page.wait_for_function(f"typeof window.{function} === 'function'")
        yield page
        browser.close()


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
