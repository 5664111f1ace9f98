"""This computer comes in; what is installed, what is missing, and whether it is fast enough goes out."""

import os
import platform
import shutil
import time
from collections.abc import Callable
from importlib.metadata import entry_points

import msgspec
import numpy as np

from meetagain import __version__, backends
from meetagain.models.fetch import fetch
from meetagain.models.state import WeightState, state
from meetagain.server.app import client_folder

NEEDED_DISK_GB = 3.0
NEEDED_MEMORY_GB = 4.0
#: How much longer a computer may take for the small reckoning below than the floor machine (two cores at 2.5 GHz) and still hold a talk.
SLOW_RECKONING_MS = 260.0


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at. `good` is None where it is only good to know."""

    what: str
    answer: str
    good: bool | None = None
    mend: str = ""


class Report(msgspec.Struct, frozen=True):
    """All findings."""

    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing that is needed is missing."""
        return all(finding.good is not False for finding in self.findings)

    def as_json(self) -> str:
        """For programs."""
        return msgspec.json.encode({"ready": self.ready, "version": __version__, "findings": self.findings}).decode()

    def as_text(self) -> str:
        """For people."""
        width = max(len(finding.what) for finding in self.findings)
        lines = []
        for finding in self.findings:
            mark = {True: "yes", False: "NO ", None: " · "}[finding.good]
            lines.append(f"{mark}  {finding.what:<{width}}  {finding.answer}")
            if finding.good is False and finding.mend:
                lines.append(f"     {'':<{width}}  {finding.mend}")
        lines.append("Everything is here." if self.ready else "Something is still missing; see above.")
        return "\n".join(lines)


def examine() -> Report:
    """Look at everything. Takes about a second; nothing is fetched."""
    return Report((*_machine(), _speed(), _pages(), *map(_weight, state()), *_engines(), *_optional()))


def fetch_missing(progress: Callable[[str, float], None]) -> None:
    """Fetch the weights that the embedded path needs. Raises MeetAgainError."""
    fetch([weight.name for weight in state() if weight.needed and not weight.present], progress)


def _machine() -> tuple[Finding, ...]:
    cores = os.cpu_count() or 1
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    disk_gb = shutil.disk_usage(".").free / 1e9
    return (
        Finding("computer", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"),
        Finding("processor cores", str(cores), cores >= 2, "Two cores are the least for a talk without waiting."),
        Finding("memory", f"{memory_gb:.0f} GB", memory_gb >= NEEDED_MEMORY_GB, "Four gigabytes are the least."),
        Finding("room on the disk", f"{disk_gb:.0f} GB free", disk_gb >= NEEDED_DISK_GB, "Make room for three gigabytes."),
    )


def _speed() -> Finding:
    """A fixed piece of arithmetic of the kind that the voice needs, best of three."""
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((512, 512), dtype=np.float32), rng.standard_normal((512, 512), dtype=np.float32)
    best = min(_reckon(a, b) for _ in range(3))
    words = f"a fixed reckoning takes {best:.0f} ms (two cores of 2.5 GHz: about 60)"
    if best > SLOW_RECKONING_MS:  # or busy with something else just now: nothing is missing because of it
        return Finding("fast enough for a talk", f"{words}. Lines made ahead will be in time; new ones will come late")
    return Finding("fast enough for a talk", words, True)


def _reckon(a: np.ndarray, b: np.ndarray) -> float:
    began = time.perf_counter()
    for _ in range(20):
        a @ b
    return (time.perf_counter() - began) * 1000


def _pages() -> Finding:
    there = (client_folder() / "index.html").is_file()
    return Finding("the pages", "built" if there else "not built", there, "Run: make demo (or: cd client && npm ci && npm run build)")


def _weight(weight: WeightState) -> Finding:
    size = f"{weight.bytes / 1e6:.0f} MB, {weight.licence}"
    if weight.present:
        return Finding(weight.name, f"here ({size})", True)
    answer = f"not here ({size})"
    return Finding(weight.name, answer, False if weight.needed else None, "Run: meetagain doctor --fetch")


def _engines() -> tuple[Finding, ...]:
    rooms = [Finding(f"{room} engines", ", ".join(sorted(backends.installed(room)))) for room in backends.ROOMS]
    packs = ", ".join(sorted(point.name for point in entry_points(group="meetagain.packs")))
    return (*rooms, Finding("packs of stories from", packs))


def _optional() -> tuple[Finding, ...]:
    chromium = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), None)
    return (Finding("a browser on this computer", chromium or "none found; any other device's browser will do"),)
