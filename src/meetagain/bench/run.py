"""A benchmark's name comes in; one JSON object with figures, machine and version goes out."""

import os
import platform
import time
from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import Any

import msgspec

from meetagain import __version__
from meetagain.bench import BENCHES
from meetagain.errors import MeetAgainError, issue


def machine() -> dict[str, Any]:
    """What the figures were measured on. The load average says how busy it was with other things."""
    return {
        "system": platform.system(),
        "arch": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_1min": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    except OSError:
        return platform.processor()


def measure(name: str, *, quick: bool, as_json: bool, asked: Mapping[str, Any] | None = None) -> str:
    """Run one benchmark; `asked` is for what only some of them take. Raises MeetAgainError: bench-missing, bench-not-asked."""
    run = BENCHES.get(name)
    if run is None:
        raise MeetAgainError(issue("bench-missing", name, detail=", ".join(sorted(BENCHES))))
    wished = {key: value for key, value in (asked or {}).items() if value is not None}
    strange = sorted(set(wished) - set(signature(run).parameters))
    if strange:
        raise MeetAgainError(issue("bench-not-asked", name, detail=", ".join(f"--{key}" for key in strange)))
    before = machine()
    began = time.perf_counter()
    result = run(quick, **wished)
    whole = {
        "bench": name,
        "machine": before,
        "version": __version__,
        "date": time.strftime("%Y-%m-%d"),
        "quick": quick,
        "seconds": round(time.perf_counter() - began, 1),
        "figures": result["figures"],
        "notes": result.get("notes", []),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() if as_json else _text(whole)


def _text(whole: dict[str, Any]) -> str:
    figures = whole["figures"]
    width = max(map(len, figures), default=0)
    lines = [f"{name:<{width}}  {value}" for name, value in figures.items()]
    return "\n".join([f"{whole['bench']} ({whole['seconds']} s{', quick' if whole['quick'] else ''})", *lines, *whole["notes"]])
