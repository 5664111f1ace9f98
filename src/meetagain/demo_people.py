"""The two invented people of the demo come in from the package, built folders come out."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from meetagain.doctor import fetch_missing
from meetagain.prepare.build import build

PEOPLE = ("juni", "matti")


def demo_source() -> Path:
    """Where the demo people's folders lie: in the wheel, or in a checkout."""
    packaged = Path(str(files("meetagain"))) / "demo"
    return packaged if packaged.is_dir() else Path(str(files("meetagain"))).parents[1] / "demo"


def prepare_demo(where: Path | None, progress: Callable[[str, float], None], say: Callable[[str], None]) -> tuple[Path, ...]:
    """Fetch weights, build both people (in place in a checkout, or in `where`) and give their folders. Raises MeetAgainError."""
    fetch_missing(progress)
    roots = []
    for name in PEOPLE:
        root = _own_copy(name, where)
        say(f"Building {name.capitalize()} ...")
        build(root, progress=progress)
        roots.append(root)
    return tuple(roots)


def _own_copy(name: str, where: Path | None) -> Path:
    source = demo_source() / name
    if where is None:
        return source
    target = where / name
    for path in sorted(source.rglob("*")):
        if not path.is_file() or {"build", "meetings"} & set(path.relative_to(source).parts):
            continue
        copy = target / path.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return target
