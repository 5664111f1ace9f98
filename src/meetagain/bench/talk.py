"""Spoken questions come in at the speed of life; how long until the first sound of an answer, and how well they were heard, goes out."""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from meetagain.archive.read import read_archive
from meetagain.archive.sound import sound_of
from meetagain.demo_people import demo_source
from meetagain.hearing.backend import VoiceBegan
from meetagain.hearing.whisper import WhisperHearing
from meetagain.mind.backend import Turn
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass, Speech, Utterance
from meetagain.store.folder import PersonFolder
from meetagain.voice.kept import keep, load
from meetagain.voice.keys import line_key
from meetagain.voice.kokoro import KokoroVoice

Reply = Callable[[Utterance], Sequence[Clause]]
RATE_HZ, CHUNK_S = 16000, 0.1
REST_S = 3.0
QUESTIONS = (
    "Do you remember the pancakes on Saturday?", "Where did you hide in the park?", "What did we see on the lake?", "How is your bear?",
    "I missed you so much.", "Did you like the boat?", "Are you warm enough?", "Tell me about your birthday.", "What did you draw for me?",
    "Do you know what your brother did today?", "I am so sorry, my love.", "Did it hurt?", "What shall we do now?", "Can you sing your song for me?",
    "You look just like yourself.", "Was grandpa with you?", "What was the best day of all?", "Have you been sleeping well?",
    "I kept your yellow coat.", "Will you hold my hand?",
)  # fmt: skip
#: Stock voices that ask; none of them is the voice that answers.
VISITORS = ("af_bella", "am_fenrir", "bf_emma", "bm_fable")


class Asked(msgspec.Struct, frozen=True):
    """One question, asked at the speed of life. Milliseconds are from its last sound to the first sound of the answer, or None."""

    text: str
    heard: str
    events: int
    silence_ms: float | None
    answer_ms: float | None


def run(quick: bool, reply: Reply | None = None) -> dict[str, Any]:
    """Figures named in docs/benches.md. `reply` gives the clauses that answer an utterance; without it the demo's Juni does."""
    voice_backend, hearing = KokoroVoice(), WhisperHearing()
    root = demo_source() / "juni"
    voice = voice_backend.choose(PersonFolder(root).read_person(), read_archive(root))
    voice_backend.warm(voice)
    hearing.warm("en")
    reply = reply or _demo_reply(root)
    questions = QUESTIONS[:5] if quick else QUESTIONS
    sounds = [_asked_by(voice_backend, VISITORS[number % len(VISITORS)], text) for number, text in enumerate(questions)]
    live = [
        _ask(hearing, text, sound, reply, lambda clause: voice_backend.speak(clause, voice))
        for text, sound in zip(questions, sounds, strict=True)
    ]
    prepared = _prepared(hearing, questions, sounds, reply, voice_backend, voice)
    heard = [(asked.text, asked.heard) for asked in (*live, *prepared)]
    return {"figures": {**_waits(live, prepared), **_heard(heard), **_ends(hearing, quick, sounds)}, "notes": _notes(quick, len(questions))}


def _notes(quick: bool, count: int) -> list[str]:
    real = "real readers" if _real_speech() else "null: no folder of real speech is named in MEETAGAIN_SPEECH"
    return [
        f"{count} questions, each asked once for lines made ahead and once for lines made live, at the speed of life"
        f"{' (quick: a smaller part of the same)' if quick else ''}.",
        "Milliseconds run from the last sound of the question to the first sound of the answer being ready to send; network and headset come on top.",
        "The waiting for the end of the question is in them (reaction = lines made ahead and live together).",
        "wer: questions spoken by stock voices, not by people in tears or far from the microphone.",
        f"missed_ends_per_100: {real}. false_barge_ins_per_100: knocks, hiss and breaths made by the computer.",
    ]


# --- asking ---------------------------------------------------------------------------------------------------------------------


def _asked_by(voice_backend: KokoroVoice, name: str, text: str) -> np.ndarray:
    """(n,) float32 at 16 kHz, ending with the last sound."""
    voice = Voice(backend="embedded", name=name, rate_hz=24000, language="en")
    speech = voice_backend.speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED), voice)
    sound = _at_16k(speech)
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
    return sound[: loud[-1]]


def _at_16k(speech: Speech) -> np.ndarray:
    from scipy.signal import resample_poly

    return resample_poly(np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768.0, 2, 3).astype(np.float32)


def _ask(hearing: WhisperHearing, text: str, sound: np.ndarray, reply: Reply, voicing: Callable[[Clause], Speech]) -> Asked:
    """Feed one question in pieces as they would come from a microphone, and voice the first clause of the answer."""
    ear = hearing.open("en")
    hiss = np.random.default_rng(0).normal(0, 0.001, int((0.5 + REST_S) * RATE_HZ)).astype(np.float32)
    half = RATE_HZ // 2
    whole = np.concatenate([hiss[:half], sound, hiss[half:]])
    chunk = int(CHUNK_S * RATE_HZ)
    began = time.perf_counter()
    last_sound = began + (half + len(sound)) / RATE_HZ
    heard: list[str] = []
    for at in range(0, len(whole), chunk):
        due = began + (at + chunk) / RATE_HZ
        time.sleep(max(0.0, due - time.perf_counter()))
        for event in ear.feed(whole[at : at + chunk], (at + chunk) / RATE_HZ):
            if isinstance(event, Utterance):
                heard.append(event.text)
                decided = time.perf_counter()
                clauses = reply(event)
                if clauses:
                    voicing(clauses[0])
                    now = time.perf_counter()
                    return Asked(text, " ".join(heard), len(heard), (decided - last_sound) * 1000, (now - last_sound) * 1000)
                return Asked(text, " ".join(heard), len(heard), (decided - last_sound) * 1000, None)
    return Asked(text, " ".join(heard), len(heard), None, None)


def _prepared(
    hearing: WhisperHearing, questions: Sequence[str], sounds: Sequence[np.ndarray], reply: Reply, voice_backend: KokoroVoice, voice: Voice
) -> list[Asked]:
    """The same, with the answers lying on the disk as the build leaves them."""
    with tempfile.TemporaryDirectory(prefix="meetagain-") as name:
        folder = Path(name)

        def from_disk(clause: Clause) -> Speech:
            """A line that was not made ahead, because the question was misheard, is made now: that wait counts too."""
            return load(folder, line_key(clause.text, clause.expression), clause) or voice_backend.speak(clause, voice)

        for text in questions:
            for clause in reply(Utterance(text=text, started_s=0.0, ended_s=1.0))[:1]:
                keep(folder, line_key(clause.text, clause.expression), voice_backend.speak(clause, voice), "", "bench")
        return [_ask(hearing, text, sound, reply, from_disk) for text, sound in zip(questions, sounds, strict=True)]


def _demo_reply(root: Path) -> Reply:
    person, memory = PersonFolder(root).read_person(), read_archive(root).memory
    mind = ToldMind().open(person, memory, repertoire(person, memory), 0)

    def reply(utterance: Utterance) -> Sequence[Clause]:
        turn = Turn(number=1, utterance=utterance, beat="words", talk="open")

        async def clauses() -> list[Clause]:
            return [clause async for clause in mind.reply(turn)]

        return asyncio.run(clauses())

    return reply


# --- figures --------------------------------------------------------------------------------------------------------------------


def _waits(live: Sequence[Asked], prepared: Sequence[Asked]) -> dict[str, float | None]:
    waits = {
        "reaction": [asked.answer_ms for asked in (*live, *prepared)],
        "prepared": [asked.answer_ms for asked in prepared],
        "live": [asked.answer_ms for asked in live],
        "end_found": [asked.silence_ms for asked in (*live, *prepared)],
    }
    figures: dict[str, float | None] = {}
    for name, values in waits.items():
        known = [value for value in values if value is not None]
        for share in (50, 95):
            figures[f"{name}_p{share}_ms"] = round(float(np.percentile(known, share))) if known else None
    return figures


def _heard(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    wrong = sum(distance(words(said), words(heard)) for said, heard in pairs)
    return {"wer": round(wrong / max(1, sum(len(words(said)) for said, _ in pairs)), 4), "questions": len(pairs)}


def words(text: str) -> list[str]:
    """In small letters, without stops."""
    return re.sub(r"[^a-z0-9' ]", " ", text.lower()).split()


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """How many words must be put in, taken out or exchanged (V. Levenshtein, 1966)."""
    row = list(range(len(heard) + 1))
    for i, one in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != other))
    return row[-1]


def _real_speech() -> list[Path]:
    folder = os.environ.get("MEETAGAIN_SPEECH", "")
    return sorted(Path(folder).rglob("*.flac")) if folder else []


def _ends(hearing: WhisperHearing, quick: bool, questions: Sequence[np.ndarray]) -> dict[str, float | None]:
    """An end is missed when a reader's last word is followed by three seconds of silence and no utterance comes of it."""
    readers = _real_speech()[: 4 if quick else None]
    missed = sum(not _has_end(hearing, sound_of(path, RATE_HZ)) for path in readers)
    noises = _noises(20 if quick else 100)
    rudeness = sum(_interrupts(hearing, noise) for noise in noises)
    return {
        "missed_ends_per_100": round(100 * missed / len(readers), 1) if readers else None,
        "false_barge_ins_per_100": round(100 * rudeness / len(noises), 1),
        "barge_in_p50_ms": round(float(np.nanmedian([_began_ms(hearing, sound) for sound in questions]))),
    }


def _fed(hearing: WhisperHearing, sound: np.ndarray, rest_s: float) -> list[Any]:
    ear = hearing.open("en")
    whole = np.concatenate([np.zeros(RATE_HZ // 2, np.float32), sound, np.zeros(int(rest_s * RATE_HZ), np.float32)])
    chunk = int(CHUNK_S * RATE_HZ)
    return [event for at in range(0, len(whole), chunk) for event in ear.feed(whole[at : at + chunk], (at + chunk) / RATE_HZ)]


def _has_end(hearing: WhisperHearing, sound: np.ndarray) -> bool:
    said = [event for event in _fed(hearing, sound, REST_S) if isinstance(event, Utterance)]
    return bool(said) and abs(said[-1].ended_s - (0.5 + len(sound) / RATE_HZ)) < 1.5


def _interrupts(hearing: WhisperHearing, sound: np.ndarray) -> bool:
    return any(isinstance(event, VoiceBegan) for event in _fed(hearing, sound, 1.0))


def _began_ms(hearing: WhisperHearing, sound: np.ndarray) -> float:
    first = np.flatnonzero(np.abs(sound) > 0.05 * np.abs(sound).max())[0] / RATE_HZ + 0.5
    began = next((event.at_s for event in _fed(hearing, sound, 0.2) if isinstance(event, VoiceBegan)), None)
    return (began - first) * 1000 if began is not None else float("nan")


def _noises(count: int) -> list[np.ndarray]:
    """Knocks, breaths, hiss and a chair, made from one seed: (n,) float32 at 16 kHz each, a second long."""
    rng = np.random.default_rng(7)
    times = np.arange(RATE_HZ) / RATE_HZ
    found = []
    for number in range(count):
        noise = rng.normal(0, 1, RATE_HZ)
        soft = np.convolve(noise, np.ones(24) / 24, "same")
        shapes = (
            noise * np.exp(-times / rng.uniform(0.01, 0.06)) * 0.5,
            soft * np.sin(np.pi * np.clip(times / rng.uniform(0.4, 1.0), 0, 1)) * 0.6,
            noise * rng.uniform(0.005, 0.05),
            soft * np.sin(2 * np.pi * rng.uniform(80, 200) * times) * np.exp(-times / 0.15),
        )
        found.append(shapes[number % len(shapes)].astype(np.float32))
    return found
