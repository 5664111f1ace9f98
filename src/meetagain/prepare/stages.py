"""A person's folder comes in; each stage writes one artefact and what it was made of. A stage with unchanged inputs is left alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from meetagain import __version__, backends
from meetagain.archive.read import read_archive
from meetagain.archive.sound import sound_of
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.mind.lines import speakable
from meetagain.scenario.check import check
from meetagain.scenario.packs import load_scenario
from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.person import Person
from meetagain.schema.scenario import Scenario
from meetagain.schema.speech import Clause
from meetagain.store.folder import Made, PersonFolder, digest
from meetagain.voice.keys import line_key
from meetagain.voice.render import render_lines

Progress = Callable[[str, float], None]
STAGES = ("likeness", "motion", "voice", "memory")
#: Rooms that a meeting by voice does without: where no engine is installed, the stage is left out and the keeper is told.
OPTIONAL = frozenset({"motion"})


class Work:
    """One build: everything read once, and the stages on it."""

    def __init__(self, root: Path, progress: Progress, force: bool = False) -> None:
        self.folder = PersonFolder(root)
        self.person: Person = self.folder.read_person()
        self.archive: Archive = read_archive(root)
        self.scenario: Scenario = load_scenario(self.person.settings.scenario, self.person.settings.language)
        self.progress = progress
        self.force = force

    def problems(self) -> tuple[Issue, ...]:
        """What the story would lack."""
        left_out = tuple(issue("stage-left-out", stage) for stage in STAGES if self.left_out(stage))
        return (*check(self.scenario, self.person), *left_out)

    # --- what a stage depends on ----------------------------------------------------------------------------------------------

    def inputs(self, stage: str) -> str:
        """Hash of all that a stage's artefact depends on."""
        settings = self.person.settings
        engine = getattr(settings, stage, "embedded")
        parts: dict[str, list[Any]] = {
            "likeness": [self.person.look, self.person.age_shown, settings.style, self._photos()],
            "motion": [self.person.manner, self.person.age_shown, self._file_hash("likeness.vrm")],
            "voice": [
                self.person.manner,
                self.person.age_shown,
                self.person.look.sex,
                settings,
                self.person.character.pronounce,
                self._lines(),
                sorted(self._recordings().items()),
            ],
            "memory": [self.archive.memory],
        }
        return digest(stage, engine, __version__, *(msgspec.json.encode(part, order="sorted") for part in parts[stage]))

    def left_out(self, stage: str) -> bool:
        """Whether a stage has no engine on this computer and can be done without."""
        return stage in OPTIONAL and not backends.installed(stage)

    def fresh(self, stage: str) -> bool:
        """Whether the artefact is there and made of what is in the folder now, or the stage is left out."""
        if self.left_out(stage):
            return True
        made = self.folder.lineage().get(stage)
        return made is not None and made.inputs == self.inputs(stage) and all(path.is_file() for path in self.outputs(stage))

    def outputs(self, stage: str) -> tuple[Path, ...]:
        """Files that a stage leaves behind."""
        build = self.folder.build
        files = {"likeness": ["likeness.vrm"], "motion": ["motion.glb"]}.get(stage, [])
        return tuple(build / name for name in (*files, f"{stage}.json"))

    # --- stages -----------------------------------------------------------------------------------------------------------------

    def do(self, stage: str) -> None:
        """Make one artefact unless it is fresh."""
        if not self.force and self.fresh(stage):
            self.progress(f"{stage}: unchanged", 1.0)
            return
        self.folder.build.mkdir(parents=True, exist_ok=True)
        self.progress(stage, 0.0)
        items = {"likeness": self._likeness, "motion": self._motion, "voice": self._voice, "memory": self._memory}[stage]()
        self.folder.record(Made(artefact=stage, inputs=self.inputs(stage), items=items))
        self.progress(stage, 1.0)

    def _likeness(self) -> tuple[str, ...]:
        out = self.folder.build / "likeness.vrm"
        made: Likeness = self._engine("likeness").build(self.person, self.archive, self.folder.root, out)
        self.folder.write_json("likeness.json", made)
        return made.evidence

    def _motion(self) -> tuple[str, ...]:
        likeness = self.folder.read_json("likeness.json", Likeness)
        assert likeness is not None, "the likeness stage comes first"
        vrm, out = self.folder.build / "likeness.vrm", self.folder.build / "motion.glb"
        made: Motion = self._engine("motion").build(self.person, likeness, vrm, out)
        self.folder.write_json("motion.json", made)
        return ()

    def _voice(self) -> tuple[str, ...]:
        engine = self._engine("voice")
        voice: Voice = engine.choose(self.person, self.archive)
        engine.warm(voice)
        clauses = self._lines()
        real = self._recordings()
        made: Voice = render_lines(
            clauses, voice, engine, self.folder.build / "voice", real, lambda share: self.progress("voice", 0.99 * share)
        )
        self.folder.write_json("voice.json", made)
        return tuple(clip.item for clip in made.clips if clip.item)

    def _memory(self) -> tuple[str, ...]:
        self.folder.write_json("memory.json", self.archive.memory)
        return ()

    def _engine(self, room: str) -> Any:
        name = getattr(self.person.settings, room)
        settings = self.person.settings.remote.get(room, {}) if name != "embedded" else {}
        extra = {**settings, "remote_allowed": self.person.settings.remote_allowed} if settings else {}
        try:
            return backends.load(room, name, **extra)
        except backends.BackendMissing as error:
            raise MeetAgainError(issue("engine-missing", room, detail=str(error))) from error

    # --- inputs -------------------------------------------------------------------------------------------------------------------

    def _lines(self) -> tuple[Clause, ...]:
        return speakable(self.person, self.archive.memory, self.scenario)

    def _photos(self) -> list[str]:
        return [item.id for item in self.archive.items if item.kind is ItemKind.PHOTO]

    def _recordings(self) -> dict[str, tuple[Path, str]]:
        """Real recordings named for a line: line key -> (file, item id), for every expression in which the line may be said."""
        texts: dict[str, tuple[Path, str]] = {}
        for item in self.archive.items:
            text = self._line_text(item.line) if item.line and item.kind is not ItemKind.PHOTO else ""
            if text:
                texts[text] = (self.folder.root / item.file, item.id)
        return {line_key(c.text, c.expression): texts[c.text] for c in self._lines() if c.text in texts}

    def _line_text(self, line: str) -> str:
        for fact in self.archive.memory.facts:
            if fact.id == line:
                return fact.said
        group, _, number = line.partition("/")
        group = "signs" if group == "song" and "song" not in self.person.character.lines else group
        lines = self.person.character.lines.get(group, ())
        if group in self.person.character.reply_unsaid:
            lines = (self.person.character.reply_unsaid[group],)
        place = int(number) - 1 if number.isdigit() else 0
        return lines[place] if 0 <= place < len(lines) else ""

    def _file_hash(self, name: str) -> str:
        path = self.folder.build / name
        return digest(path.read_bytes()) if path.is_file() else ""
