"""Readers' recordings come in, some to choose a voice by and others to judge it by; how near the made voice comes goes out."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from meetagain.archive.read import read_archive
from meetagain.archive.sound import sound_of
from meetagain.bench.mos import mean_opinion
from meetagain.bench.talk import distance, words
from meetagain.demo_people import demo_source
from meetagain.hearing.words import recogniser
from meetagain.prepare.reference import heard, speaking
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Look, Person, Settings
from meetagain.schema.speech import Clause, LineClass
from meetagain.store.folder import PersonFolder
from meetagain.voice.clips import for_ear, reach_hz, spoken_parts
from meetagain.voice.ear import voices_of
from meetagain.voice.kokoro import KokoroVoice, throat_of
from meetagain.voice.pitch import Melody, melody
from meetagain.voice.speaker import middle
from meetagain.voice.stock import floor_hz
from meetagain.voice.timbre import spoken_by

RATE_HZ = 24000
BUILT_OF = 6  # recordings of ten; the others are held out
#: None of them is a sentence that a voice is chosen by.
LINES = (
    "I put the letter on the shelf behind the clock.",
    "You can take the red bicycle, if you bring it home before dark.",
    "Nobody told me that the shop was closed on Mondays.",
    "The soup needs more salt, and somebody has eaten all the bread.",
    "When the snow was deep enough, we built a house for the dog.",
    "Sit down beside me, and tell me how your day was.",
    "My shoes were full of sand for a week.",
    "That is the longest train I have ever seen.",
)
NOTHING = {"ceiling": None, "before": None, "after": None, "wer": None, "dnsmos": None}


class Reader(msgspec.Struct, frozen=True):
    """Somebody whose voice is looked for."""

    name: str
    person: Person
    clips: list[np.ndarray]  # (n,) float32 at 24 kHz


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md."""
    engine = KokoroVoice()
    readers, notes = _readers(quick), []
    if not readers:
        notes.append("No readers: no folder of real speech is named in MEETAGAIN_SPEECH.")
    targets = [_measured(engine, reader, LINES[: 3 if quick else None]) for reader in readers]
    for reader in _demo_people():
        if len(reader.clips) < 4:
            notes.append(
                f"{reader.name}: null, because the demo has {len(reader.clips)} recordings in which somebody speaks; nobody's voice is looked for."
            )
            targets.append({"name": reader.name, **NOTHING})
        else:
            targets.append(_measured(engine, reader, LINES[: 3 if quick else None]))
    return {"figures": {"targets": targets}, "notes": [*_notes(quick, readers), *notes]}


def _notes(quick: bool, readers: Sequence[Reader]) -> list[str]:
    return [
        f"{BUILT_OF} recordings of each reader choose the voice, the others judge it; {3 if quick else len(LINES)} sentences are judged"
        f"{' (quick: one reader, British stock voices only)' if quick else ''}.",
        "Cosines of one speaker encoder, which also chose; nobody has listened. A reader's sex is judged by the pitch: "
        + ", ".join(f"{r.name} {r.person.look.sex}" for r in readers)
        + ".",
        "wer: heard by the project's own Whisper. dnsmos: overall, 1 to 5; null where its network could not be had.",
    ]


# --- who is looked for ----------------------------------------------------------------------------------------------------------


def _readers(quick: bool) -> list[Reader]:
    """A reader for each folder of recordings."""
    root = os.environ.get("MEETAGAIN_SPEECH", "")
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(Path(root).rglob("*.flac")) if root else []:
        by_folder.setdefault(path.parent, []).append(path)
    found = [(folder.name, [sound_of(path, RATE_HZ) for path in paths]) for folder, paths in sorted(by_folder.items())]
    return [Reader(name, _grown_up(name, clips, "en-GB" if quick else "en"), clips) for name, clips in found[: 1 if quick else None]]


def _grown_up(name: str, clips: Sequence[np.ndarray], language: str) -> Person:
    tune = melody(clips, RATE_HZ)
    sex = "male" if isinstance(tune, Melody) and tune.centre_hz < 160 else "female"
    return Person(
        id=name,
        full_name=name,
        called=(name,),
        age_shown=40,
        relation_to_visitor="reader",
        calls_visitor="you",
        look=Look(sex=sex),
        settings=Settings(language=language),
    )


def _demo_people() -> list[Reader]:
    people = []
    for name in ("juni", "matti"):
        root = demo_source() / name
        person, archive = PersonFolder(root).read_person(), read_archive(root)
        people.append(Reader(person.name, person, heard(speaking(person, archive), root, sound_of)))
    return people


# --- measuring ------------------------------------------------------------------------------------------------------------------


def _measured(engine: KokoroVoice, reader: Reader, lines: Sequence[str]) -> dict[str, Any]:
    built, judged = _apart(reader.clips)
    nothing = Archive(items=(), memory=Memory(facts=()))
    usual = engine.choose(reader.person, nothing)
    began = time.perf_counter()
    chosen = engine.choose(reader.person, nothing, built)
    seconds = time.perf_counter() - began
    as_it_is = msgspec.structs.replace(usual, name=chosen.name)
    parts = [spoken_parts(clip) for clip in judged]
    reach = reach_hz(parts)
    own = middle(voices_of([for_ear(part, reach) for part in parts]))
    said = {
        label: [_said(engine, voice, line) for line in lines]
        for label, voice in (("usual", usual), ("stock", as_it_is), ("chosen", chosen))
    }
    near = {label: float(middle(voices_of([for_ear(sound, reach) for sound in sounds])) @ own) for label, sounds in said.items()}
    ceiling = float(middle(voices_of([for_ear(spoken_parts(clip), reach) for clip in built])) @ own)
    return {
        "name": reader.name,
        "ceiling": round(ceiling, 3),
        "before": round(near["usual"], 3),
        "after": round(near["chosen"], 3),
        "wer": _wrong(lines, said["chosen"]),
        "dnsmos": mean_opinion([for_ear(sound, RATE_HZ) for sound in said["chosen"]]),
        "unconverted": round(near["stock"], 3),
        "wer_before": _wrong(lines, said["usual"]),
        "dnsmos_before": mean_opinion([for_ear(sound, RATE_HZ) for sound in said["usual"]]),
        "voice_before": usual.name,
        "voice": chosen.name,
        "grade": chosen.alike,
        "conversion_rtf": _cost(said["stock"], chosen),
        "choosing_s": round(seconds, 1),
    }


def _apart(clips: Sequence[np.ndarray]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Six of ten to choose by; the others are heard by nothing that chooses."""
    count = max(1, round(BUILT_OF / 10 * len(clips)))
    return list(clips[:count]), list(clips[count:])


def _said(engine: KokoroVoice, voice: Voice, line: str) -> np.ndarray:
    speech = engine.speak(Clause(turn=0, text=line, line_class=LineClass.AUTHORED), voice)
    return np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768.0


def _wrong(lines: Sequence[str], sounds: Sequence[np.ndarray]) -> float:
    """Share of words heard wrongly."""
    heard_as = [recogniser().hear(for_ear(sound, RATE_HZ), "en").text for sound in sounds]
    wrong = sum(distance(words(line), words(text)) for line, text in zip(lines, heard_as, strict=True))
    return round(wrong / sum(len(words(line)) for line in lines), 4)


def _cost(sounds: Sequence[np.ndarray], voice: Voice) -> float:
    """Seconds that converting takes for a second of sound: the quicker half of the sentences, for others use the computer too."""
    throat, floor = throat_of(voice), floor_hz(voice.name, voice.pitch_centre_hz)
    costs = []
    for sound in sounds:
        began = time.perf_counter()
        spoken_by(sound, RATE_HZ, throat, floor)
        costs.append((time.perf_counter() - began) / (len(sound) / RATE_HZ))
    return round(float(np.median(sorted(costs)[: max(1, len(costs) // 2)])), 3)
