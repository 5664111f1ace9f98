"""A whole small folder, and engines that make next to nothing but count what they are asked."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from meetagain import backends
from meetagain.mind.told import ToldMind
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.speech import Speech, VisemeAt

DEMO = Path(__file__).parents[2] / "demo"


class FakeEngine:
    """Likeness, motion and voice in one; `asked` counts calls, `fails` holds errors to raise."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.fails: dict[str, Exception] = {}
        self.lines: list[str] = []
        self.clips: list = []
        self.hearing: object = None

    def _ask(self, what: str) -> None:
        self.asked[what] += 1
        if what in self.fails:
            raise self.fails[what]

    def choose(self, person, archive, clips=(), progress=None) -> Voice:
        self._ask("voice")
        self.clips = list(clips)
        return Voice(backend="fake", name="stock", rate_hz=24000, language="en")

    def warm(self, voice: Voice) -> None:
        pass

    def speak(self, clause, voice: Voice) -> Speech:
        self._ask("line")
        self.lines.append(clause.text)
        return Speech(clause=clause, rate_hz=24000, pcm=bytes(480), visemes=(VisemeAt(0, "sil", 0.0),))


class FakeLikeness:
    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine

    def build(self, person, archive, root: Path, out: Path) -> Likeness:
        self.engine._ask("likeness")
        out.write_bytes(b"body " + person.look.hair.encode())
        photos = tuple(item.id for item in archive.items if item.kind == "photo")
        return Likeness("build/likeness.vrm", 1.2, 1.1, ("root",), (), 1, "portrait", evidence=photos)


class FakeMotion:
    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine

    def build(self, person, likeness: Likeness, vrm: Path, out: Path) -> Motion:
        self.engine._ask("motion")
        out.write_bytes(b"walk " + vrm.read_bytes())
        return Motion("build/motion.glb", ())


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    rooms = {"likeness": FakeLikeness(fake), "motion": FakeMotion(fake), "voice": fake, "mind": ToldMind()}

    def load(room: str, name: str, **settings: object) -> object:
        if name != "embedded":
            raise backends.BackendMissing(f"no {room} backend is called {name!r}")
        return fake.hearing if room == "hearing" else rooms[room]

    monkeypatch.setattr(backends, "load", load)
    monkeypatch.setattr(backends, "installed", lambda room: {"embedded": None})
    return fake


@pytest.fixture
def juni(tmp_path: Path) -> Path:
    """Her folder, under a name with signs that trip addresses."""
    root = tmp_path / "Juni? 100% & more #1"
    shutil.copytree(DEMO / "juni", root, ignore=shutil.ignore_patterns("build", "meetings"))
    return root
