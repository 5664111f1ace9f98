"""A person's folder comes in; each stage writes one artefact and what it was made of. A stage with unchanged inputs is left alone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from meetagain import backends
from meetagain.archive.read import read_archive
from meetagain.archive.sound import sound_of
from meetagain.errors import Issue, MeetAgainError, Severity, issue
from meetagain.hearing.names import family_names
from meetagain.likeness.brought.bring import BroughtLikeness
from meetagain.likeness.photos import sights
from meetagain.mind.comparing import compared
from meetagain.mind.kept import write_kept
from meetagain.mind.lines import voiced
from meetagain.mind.meaning import encoder_name
from meetagain.prepare.clips import clip_issues
from meetagain.prepare.cutting import clip_file, cut_out
from meetagain.prepare.lending import Voices, lend, lent_issues, lent_mark, lent_recordings, read_lent
from meetagain.prepare.listening import HEARD, forget
from meetagain.prepare.photographs import withdrawn
from meetagain.prepare.pinned import standing
from meetagain.prepare.recordings import played, recordings
from meetagain.prepare.reference import confirmed, heard, speaking
from meetagain.prepare.revisions import REVISIONS
from meetagain.scenario.check import check
from meetagain.scenario.packs import load_scenario
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.person import Settings
from meetagain.schema.recordings import NEARER, Clip, Recorded
from meetagain.schema.speech import Clause, LineClass
from meetagain.store.clips import read_clips
from meetagain.store.folder import Made, PersonFolder, digest
from meetagain.store.photos import read_faces
from meetagain.store.written import as_written
from meetagain.voice import closest
from meetagain.voice.closest import Refused, target_of
from meetagain.voice.ear import voices_of
from meetagain.voice.keys import line_key
from meetagain.voice.manner import kind_for
from meetagain.voice.render import render_lines

Progress = Callable[[str, float], None]
STAGES = ("likeness", "motion", "voice", "memory", "meaning")
UNNEEDED = frozenset({"meaning"})  # a meeting without it, or with an old one, opens later and is the same
OPTIONAL = frozenset({"motion"})  # without movement the meeting is held by voice and words
FILES = {"likeness": ("likeness.vrm",), "motion": ("motion.glb",), "meaning": ("meaning.npz",)}


class Work:
    """One build: everything read once, and the stages on it. Raises MeetAgainError where person.yaml or the story is unclear."""

    def __init__(self, root: Path, progress: Progress) -> None:
        self.folder = PersonFolder(root)
        self.person = self.folder.read_person()
        self.archive = read_archive(root)
        self.scenario = load_scenario(self.person.settings.scenario, self.person.settings.language)
        self.standing = standing(root, self.person, self.archive.memory, self.scenario)
        self.repertoire = self.standing.spoken
        self.lines = voiced(self.repertoire, self.archive.memory, self.scenario)
        self.clips = read_clips(root)
        self.faces = read_faces(root)
        self.recordings = recordings(self.person, self.archive, self.lines, self.clips)
        self.speaking = speaking(self.person, self.archive)
        self.confirmed = confirmed(self.person, self.archive, self.clips, self.speaking)
        self.progress = progress
        self.states: dict[str, str] = {}
        self.stopped: Issue | None = None

    def issues(self) -> tuple[Issue, ...]:
        """What the family should know of the archive and of what the story would lack."""
        left_out = (issue("stage-left-out", stage) for stage in STAGES if self.left_out(stage))
        clips = clip_issues(self.folder.root, self.person, self.archive, self.clips, (line.text for line in self.lines))
        photos = (one for one in self._waiting() if one.code != "photos-none")
        return (*self.archive.issues, *check(self.scenario, self.person), *self.standing.issues, *clips, *photos, *left_out)

    def _waiting(self) -> tuple[Issue, ...]:
        """Why no photograph shapes the portrait; of a body that the family brings, that none does."""
        told = sights.waiting(self.person, self.archive, self.folder.root, self.faces)
        if not self._brings():
            return told
        return (issue("brought-no-photos", self.person.look.avatar, name=self.person.name),) if sights.usable(self.archive) else ()

    def stops(self) -> tuple[Issue, ...]:
        """What must be mended before anything is built."""
        return tuple(found for found in self.issues() if found.severity is Severity.STOP)

    # --- what a stage depends on ----------------------------------------------------------------------------------------------

    def inputs(self, stage: str) -> str:
        """Hash of all that a stage's artefact depends on. Of the software only the stage's own revision: an update rebuilds nobody without need."""
        person, chosen = self.person, self.person.settings
        parts: dict[str, list[Any]] = {
            "likeness": [person.look, person.age_shown, self._made_of(), *([self._brought()] if person.look.avatar else [])],
            "motion": [person.manner, person.age_shown, self._file_hash("likeness.vrm")],
            "voice": [
                *(person.manner, person.age_shown, person.look.sex, person.character.pronounce),
                *(chosen.language, chosen.voice_name, self.lines),
                *(
                    sorted((key, one.item, one.cut) for key, one in self.recordings.items()),
                    [i.id for i in self.archive.items if i.duration_s],
                ),
                *([closest.REVISION, self._reference(), sorted(self.confirmed.values())] if self.speaking or self.confirmed else []),
                *([lent_mark(self.archive), self._lent_said()] if lent_mark(self.archive) else []),
            ],
            "memory": [self.archive.memory, self.repertoire],
            "meaning": [self.archive.memory, self.repertoire, person.called, person.character.calls, encoder_name()],
        }
        engine = [getattr(chosen, stage, ""), chosen.remote.get(stage, {}), chosen.remote_allowed]
        return digest(
            stage,
            str(REVISIONS[stage]),
            *(msgspec.json.encode(as_written(part, empty=True), order="sorted") for part in (engine, *parts[stage])),
        )

    def left_out(self, stage: str) -> bool:
        """Whether nothing on this computer can do this stage and a meeting can be held without it."""
        return stage in OPTIONAL and getattr(self.person.settings, stage) == "embedded" and not backends.installed(stage)

    def fresh(self, stage: str) -> bool:
        """Whether the artefact is there and made of what is in the folder now, or the stage is left out."""
        if self.left_out(stage):
            return True
        made = self.folder.lineage().get(stage)
        return made is not None and made.inputs == self.inputs(stage) and self._whole(stage) and self._may_stay(made)

    def _may_stay(self, made: Made) -> bool:
        """Whether all that a likeness was made of is still there and may be used (requirement C4), whichever engine looked at it."""
        return made.artefact != "likeness" or not withdrawn(self.folder, self.person, self.archive, self.faces)

    def _whole(self, stage: str) -> bool:
        """Whether every file that the stage leaves is there."""
        build = self.folder.build
        if not all((build / name).is_file() for name in (*FILES.get(stage, ()), f"{stage}.json")):
            return False
        voice = self.folder.read_json("voice.json", Voice) if stage == "voice" else None
        return all((self.folder.root / clip.file).is_file() for clip in voice.clips) if voice else stage != "voice"

    # --- stages -----------------------------------------------------------------------------------------------------------------

    def do(self, stage: str, force: bool = False) -> bool:
        """Make one artefact unless it is fresh. False when it could not be made; `stopped` then says why."""
        if self.left_out(stage):
            self.states.setdefault(stage, "left out")
            return True
        if not force and self.fresh(stage):
            self.states.setdefault(stage, "unchanged")
            self.progress(f"{stage}: unchanged", 1.0)
            return True
        self.folder.build.mkdir(parents=True, exist_ok=True)
        self.progress(stage, 0.0)
        make = {"likeness": self._likeness, "motion": self._motion, "voice": self._voice, "memory": self._memory, "meaning": self._meaning}[
            stage
        ]
        try:
            items = make()
        except MeetAgainError as error:
            self.stopped, self.states[stage] = error.issue, "stopped"
            return False
        self.folder.record(Made(artefact=stage, inputs=self.inputs(stage), items=items))
        self.states[stage] = "made"
        self.progress(stage, 1.0)
        return True

    def _likeness(self) -> tuple[str, ...]:
        out = self.folder.build / "likeness.vrm"
        made: Likeness = self._body_maker().build(self.person, self.archive, self.folder.root, out)
        self.folder.write_json("likeness.json", made)
        return made.evidence

    def _body_maker(self) -> Any:
        """Whoever makes the likeness: an engine that the keeper chose, else the family's own body where they bring one."""
        return BroughtLikeness() if self._brings() else self._engine("likeness")

    def _brings(self) -> bool:
        return bool(self.person.look.avatar) and self.person.settings.likeness == "embedded"

    def _made_of(self) -> list[tuple[Any, ...]]:
        """The photographs that the likeness is made of: none where the family brings a body."""
        return [] if self._brings() else self._theirs()

    def _theirs(self) -> list[tuple[Any, ...]]:
        """The faces that the keeper confirmed, as far as they make a difference; what is only proposed makes none."""
        found = sights.confirmed(self.faces, sights.usable(self.archive), self.person)
        return [(one.item.id, one.face.at, one.face.kind, one.face.turn, one.others, one.age.years) for one in found]

    def _brought(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.archive.items if item.file == self.person.look.avatar)

    def _motion(self) -> tuple[str, ...]:
        likeness = self.folder.read_json("likeness.json", Likeness)
        if likeness is None:
            raise MeetAgainError(issue("not-built", name=self.person.name, path=str(self.folder.root)))
        vrm, out = self.folder.build / "likeness.vrm", self.folder.build / "motion.glb"
        made: Motion = self._engine("motion").build(self.person, likeness, vrm, out)
        self.folder.write_json("motion.json", made)
        return ()

    def _voice(self) -> tuple[str, ...]:
        engine = self._engine("voice")
        forget(self.folder, self.archive)
        uncut = cut_out(self.folder, self.archive, self._listed())
        clips = heard([*(item.file for item in self.speaking), *map(clip_file, self.confirmed)], self.folder.root, sound_of)
        follow = (clips, lambda share: self.progress("stock voices, heard once", 0.99 * share)) if clips else ()
        voice: Voice = engine.choose(self.person, self.archive, *follow)
        voice = msgspec.structs.replace(voice, reference_items=self._reference())
        engine.warm(voice)
        real = {
            key: msgspec.structs.replace(one, file=self.folder.root / one.file)
            for key, one in self.recordings.items()
            if not one.cut or (self.folder.root / one.file).is_file()  # a clip that cannot be cut is said by the made voice
        }
        lent = self._lend(engine, voice, clips)
        for line in self.lines:
            key = line_key(line.text, line.expression)
            if key not in real and line.text in lent:
                real[key] = msgspec.structs.replace(lent[line.text], file=self.folder.root / lent[line.text].file)
        out = self.folder.build / "voice"
        made = render_lines(self.lines, voice, engine, out, real, lambda share: self.progress("voice", 0.99 * share), sound_of)
        told = lent_issues(self.folder.root, self.person, read_lent(self.folder), self.clips)
        made = self._with_own_lines(msgspec.structs.replace(made, issues=(*made.issues, *uncut, *told)))
        self.folder.write_json("voice.json", made)
        kept = {clip.key for clip in made.clips}
        for left in [path for path in out.glob("*") if path.stem not in kept]:
            left.unlink()  # a line that is no longer said: nothing of it stays behind (requirement C4)
        return tuple(dict.fromkeys((*made.reference_items, *(clip.item for clip in made.clips if clip.item), *self._written())))

    def _lend(self, engine: Any, voice: Voice, clips: Sequence[np.ndarray]) -> dict[str, Recorded]:
        """What relatives said for the person, brought nearer, by its words; only what the keeper let be played."""
        made_of = digest(
            msgspec.json.encode(msgspec.structs.replace(voice, issues=(), clips=())), *self._reference(), *sorted(self.confirmed.values())
        )

        def say(text: str) -> np.ndarray:
            speech = engine.speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED), voice)
            return np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32767.0

        def voices() -> Voices:
            hearing, language = self._engine("hearing"), self.person.settings.language
            names = family_names(self.person, self.archive.memory.facts)
            self.progress("lines that others say", 0.0)
            try:
                target = target_of(clips, voices_of)
            except MeetAgainError:  # what tells voices apart is not here: nothing can be held against anything
                target = Refused("unmeasured")
            return Voices(target, kind_for(self.person), voices_of, say, lambda sound: hearing.transcribe(sound, language, names))

        lent = lend(self.folder, self.person, self.archive, self.repertoire.lines, made_of, voices)
        return lent_recordings(lent, self.clips, made_of)

    def _lent_said(self) -> list[tuple[str, str]]:
        """What the keeper said of lines that others say."""
        return sorted((name, clip.play_for) for name, clip in self.clips.items() if clip.sound == NEARER)

    def _reference(self) -> tuple[str, ...]:
        """Ids of the recordings by which the voice is chosen."""
        ids = {item.file.removeprefix("items/"): item.id for item in self.archive.items}
        return tuple(dict.fromkeys((*(item.id for item in self.speaking), *(ids[self.clips[name].file] for name in self.confirmed))))

    def _with_own_lines(self, voice: Voice) -> Voice:
        """With the sentence that tells how many lines are the person's own recordings. One that is said in several manners is one line."""
        own, every = {clip.text for clip in voice.clips if clip.real}, {clip.text for clip in voice.clips}
        told = (issue("voice-own-lines", name=self.person.name, count=len(own), total=len(every)),) if own else ()
        return msgspec.structs.replace(voice, issues=(*voice.issues, *told))

    def _listed(self) -> dict[str, Clip]:
        """Clips that are played or that the voice is chosen by, and those that lie there to be listened to."""
        there = {path.stem for path in (self.folder.build / HEARD).glob("*.wav")}
        wanted = {*there, *played(self.clips), *self.confirmed}
        return {name: clip for name, clip in self.clips.items() if name in wanted}

    def _memory(self) -> tuple[str, ...]:
        self.folder.write_json("memory.json", self.archive.memory)
        self.folder.write_json("lines.json", self.repertoire)
        return self._written()

    def _meaning(self) -> tuple[str, ...]:
        write_kept(self.folder, compared(self.person, self.archive.memory, self.repertoire))
        return self._written()

    def _written(self) -> tuple[str, ...]:
        """Letters and chats that memories were found in (requirement C4)."""
        return tuple(dict.fromkeys(fact.item for fact in self.archive.memory.facts if fact.item and fact.open))

    def _engine(self, room: str) -> Any:
        return engine(self.person.settings, room)

    def _file_hash(self, name: str) -> str:
        path = self.folder.build / name
        return digest(path.read_bytes()) if path.is_file() else ""


def engine(chosen: Settings, room: str) -> Any:
    """What the person's settings name for a room. Raises MeetAgainError(engine-missing, remote-not-allowed)."""
    name = getattr(chosen, room)
    remote = chosen.remote.get(room) if name != "embedded" else None
    extra = {**remote, "remote_allowed": chosen.remote_allowed} if remote else {}
    try:
        return backends.load(room, name, **extra)
    except backends.BackendMissing as error:
        raise MeetAgainError(issue("engine-missing", room, detail=str(error))) from error
