"""A whole demo person, served, and a browser that meets her: what the walks through a meeting have in common."""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import connect

from meetagain.meeting.journal import read_journal
from meetagain.schema import wire
from meetagain.schema.speech import LineClass

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "demo"
BEATS = ["quiet", "signs", "appear", "words", "touch", "along", "show", "table", "play", "unsaid", "letter", "tired", "goodbye", "return"]
CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
PICTURES = os.environ.get("MEETAGAIN_PICTURES", "")
SIZE = {"width": 1280, "height": 720} if PICTURES else {"width": 480, "height": 300}
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--autoplay-policy=no-user-gesture-required",
]


def quietly(*words: str) -> list[str]:
    """The command line with a voice that makes no sound."""
    return [sys.executable, str(HERE / "quiet.py"), *words]


@pytest.fixture(scope="session")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Juni's folder, built with her real likeness and movements and a voice that is silence."""
    root = tmp_path_factory.mktemp("family") / "juni"
    shutil.copytree(DEMO / "juni", root, ignore=shutil.ignore_patterns("build", "meetings"))
    subprocess.run(quietly("build", str(root)), check=True, capture_output=True, timeout=300)
    return root


class House:
    """A person's door that is open, at an address."""

    def __init__(self, root: Path, *, listen: bool) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.root, self.at = root, f"127.0.0.1:{self.port}"
        self.log = root.parent / f"{self.port}.log"
        words = ["serve", str(root), "--clock", "client", "--port", str(self.port), "--listen" if listen else "--no-listen"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(quietly(*words), stdout=log, stderr=log)
        self._held = set(self._journals())

    def _journals(self) -> list[Path]:
        return list(self.root.glob("meetings/*/journal.jsonl"))

    def wait(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://{self.at}/api/doorway", timeout=5):
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise AssertionError("the door did not open")

    def journal(self) -> list[wire.Event]:
        """Everything that happened at this door so far."""
        return [event for path in self._journals() if path not in self._held for event in read_journal(path)]

    def press(self, control: str) -> None:
        """The companion, who sits beside, presses a button."""
        with connect(f"ws://{self.at}/ws?role=companion", open_timeout=30) as line:
            line.send(msgspec.json.encode(wire.Control(control=control)).decode())
            while json.loads(line.recv(timeout=30)).get("control") != control:
                pass

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def opened(family: Path, *, listen: bool) -> Iterator[House]:
    """A house for one test."""
    house = House(family, listen=listen)
    try:
        house.wait()
        yield house
    finally:
        house.close()


@pytest.fixture
def house(family: Path) -> Iterator[House]:
    yield from opened(family, listen=False)


@pytest.fixture
def hearing_house(family: Path) -> Iterator[House]:
    yield from opened(family, listen=True)


@pytest.fixture
def open_browser() -> Iterator[Callable[..., Browser]]:
    """Opens a browser, with further flags where wanted."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this computer")
    with sync_playwright() as play:
        opened: list[Browser] = []

        def launch(*flags: str) -> Browser:
            opened.append(play.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags]))
            return opened[-1]

        yield launch
        for browser in opened:
            browser.close()


class Walk:
    """A visitor's page whose time is led, and what the page said on its console."""

    def __init__(self, page: Page, house: House, name: str) -> None:
        self.page, self.house, self.name = page, house, name
        self.faults: list[str] = []
        self.captions: list[str] = []
        self.part = ""  # the beat that is being walked
        self._pictures = 0
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def through_the_doorway(self, query: str, enter: str, microphone: bool = False) -> None:
        """By the buttons that are there, one question after the other."""
        self.page.goto(f"http://{self.house.at}/?clock=manual{query}")
        for step in ("notice", "acknowledged_portrait", "adult", "beside_them", "comfort", "voice", "wants_to_go_in"):
            card = self.page.locator(f'.card[data-step="{step}"]')
            card.wait_for()
            if step == "beside_them":
                card.locator("input").fill("Rosa")
            if step == "voice" and microphone:
                card.get_by_role("button", name="Try the microphone").click()
                card.get_by_role("button", name="Go on").click()
            elif step == "voice":
                card.get_by_role("button", name="I would rather write").click()
            else:
                card.locator("button.main").click()
        self.page.get_by_role("button", name=enter, exact=True).click(timeout=120_000)
        self.wait_for("window.meetagain?.state().phase === 'running'")

    def wait_for(self, condition: str, most_s: float = 60) -> None:
        """Until the page itself has come so far: for what does not hang on the meeting's clock."""
        until = time.monotonic() + most_s
        while not self.page.evaluate(condition):
            assert time.monotonic() < until, condition
            self.page.wait_for_timeout(50)

    def parts(self) -> Iterator[str]:
        """The beats as they come, each the one that the page is in."""
        for beat in BEATS:
            assert self.state["beat"] == beat
            self.part = beat
            yield beat

    @property
    def state(self) -> dict:
        return self.page.evaluate("meetagain.state()")

    def pass_s(self, seconds: float, dt: float = 0.25) -> None:
        """Time passes, and what is said is read."""
        steps = "async ([n, dt]) => { const read = []; for (let k = 0; k < n; k += 1) { await meetagain.step(dt); read.push(...meetagain.state().captions); } return read; }"
        self.captions += self.page.evaluate(steps, [max(1, round(seconds / dt)), dt])

    def until(self, condition: str, most_s: float, dt: float = 0.25) -> None:
        """Time passes until `condition` (JavaScript about the state `s`) is true."""
        passed = 0.0
        while not self.page.evaluate(f"(() => {{ const s = meetagain.state(); return {condition}; }})()"):
            assert passed < most_s, f"not within {most_s} s: {condition}; {self.state}"
            self.pass_s(4 * dt, dt)
            passed += 4 * dt

    def until_done(self, act: str, most_s: float, times: int = 1) -> None:
        """Time passes until the journal tells this act in this part."""
        passed = 0.0
        while self.done.count(act) < times:
            assert passed < most_s, f"{act} was not noticed within {most_s} s of {self.part}; done: {self.done}; {self.state}"
            self.pass_s(0.5, 0.1)
            passed += 0.5

    @property
    def done(self) -> list[str]:
        """What the visitor did in this part."""
        beat, acts = "", []
        for event in self.house.journal():
            if isinstance(event, wire.BeatEntered):
                beat = event.beat
            elif isinstance(event, wire.VisitorActed) and beat == self.part:
                acts.append(event.act)
        return acts

    def leaves(self, most_s: float) -> None:
        """The part comes to its end by itself, by what was done in it."""
        self.until(f"s.beat !== '{self.part}'", most_s)

    def picture(self, name: str) -> None:
        """For looking at, when MEETAGAIN_PICTURES names a folder."""
        if not PICTURES:
            return
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        self._pictures += 1
        file = Path(PICTURES) / f"{self.name}-{self._pictures:02d}-{re.sub(r'[^a-z]+', '-', name)}.jpg"
        if self.state["immersive"]:
            file.write_bytes(base64.b64decode(self.page.evaluate("meetagain.picture()").partition(",")[2]))
        else:
            self.page.evaluate("meetagain.screenshotReady()")
            self.page.screenshot(path=file, type="jpeg", quality=90)

    def was_whole(self) -> None:
        """Whatever the way: all beats in order, answers from memory, captions, a goodbye, and not one fault in the page."""
        journal = self.house.journal()
        entered = [event for event in journal if isinstance(event, wire.BeatEntered)]
        assert [event.beat for event in entered] == BEATS
        assert all(later.at_s > earlier.at_s for earlier, later in pairwise(entered))
        spoken = [event for event in journal if isinstance(event, wire.SpeechStarted)]
        assert any(event.line_class is LineClass.GROUNDED for event in spoken)
        assert spoken[-1].line_class is LineClass.FAREWELL
        acts = {event.cue.target for event in journal if isinstance(event, wire.CueFired) and event.cue.kind == "act"}
        assert {"laugh", "give", "yawn"} <= acts
        read = " ".join(self.captions)
        assert "You: What did you call peas?" in read and "Juni: " in read
        assert [event.how for event in journal if isinstance(event, wire.MeetingEnded)] == ["farewell"]
        assert [event.phase for event in journal if isinstance(event, wire.PhaseChanged)] == ["ready", "running", "ended"]
        assert self.faults == []


@pytest.fixture
def visit(open_browser: Callable[..., Browser], request: pytest.FixtureRequest) -> Callable[..., Walk]:
    """A visitor's page at a house's door."""

    def at(house: House, *flags: str) -> Walk:
        page = open_browser(*flags).new_page(viewport=SIZE)
        page.set_default_timeout(60_000)
        return Walk(page, house, request.node.name.partition("_")[2][:24])

    return at


@pytest.fixture
def walk(visit: Callable[..., Walk], house: House) -> Walk:
    return visit(house)
