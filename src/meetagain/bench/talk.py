"""Spoken questions come in through the socket at the speed of life; how long until an answer is heard, and how well they were heard, goes out."""

import os
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from meetagain.archive.sound import sound_of
from meetagain.bench.loop import RATE_HZ, Caller, Came, TalkingHouse, served
from meetagain.demo_people import demo_source
from meetagain.hearing.backend import VoiceBegan
from meetagain.hearing.whisper import WhisperHearing
from meetagain.hearing.words import QUICK, USUAL, recogniser
from meetagain.models.state import present
from meetagain.schema import wire
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass, Speech
from meetagain.voice.kokoro import KokoroVoice

CHUNK_S = 0.1
REST_S = 3.0  # an answer that has not begun by then is none
BEFORE_S = 0.4  # of the room, before somebody speaks
INTO_HER_WORDS_S = 0.9  # the next question breaks into the answer after so much of it
EARLY_S = 0.25  # the last breath of a word is not waited for
NOISE_DB = -18.0  # of the room beside every second visitor, below the loudest of the speech
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
    """One thing that was said to her. Milliseconds are from its last sound, or None where nothing came."""

    text: str
    heard: str
    turns: int
    reaction_ms: float | None  # until her page knows of the pause: eyes, brows and breath follow within a frame or two
    end_ms: float | None  # until the end was decided and the words were known
    answer_ms: float | None  # until the first piece of her voice was there
    prepared: bool | None
    hush_ms: float | None = None  # where it broke into her words: from its first sound until she fell silent
    pauses: int = 0  # inside it
    cut_ins: int = 0  # times that she began to speak in one


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md, of a whole meeting loop behind its real server, with the demo's Juni."""
    voice_backend, hearing = KokoroVoice(), WhisperHearing()
    questions = QUESTIONS[:5] if quick else QUESTIONS
    sounds = [_asked_by(voice_backend, VISITORS[number % len(VISITORS)], text) for number, text in enumerate(questions)]
    rooms = [_in_a_room(sound, number) for number, sound in enumerate(sounds)]
    onsets = [_onset(sound) for sound in sounds]  # of the voice: a noisy room sounds before it
    readers = [_to_its_end(sound_of(path, RATE_HZ)) for path in _real_speech()[: 2 if quick else None]]
    with tempfile.TemporaryDirectory(prefix="meetagain-") as scratch:

        def house() -> TalkingHouse:
            return TalkingHouse(demo_source() / "juni", voice_backend, hearing, Path(scratch))

        voice_backend.warm(house().voice)
        hearing.warm("en")
        live = _talk(house(), questions, rooms, onsets)
        for text, expression in live.lines:
            house().prepare(text, expression)
        ahead = _talk(house(), questions, rooms, onsets)
        read = _talk(house(), [""] * len(readers), readers, [_onset(sound) for sound in readers])
    asked = (*live.asked, *ahead.asked)
    figures = {**_waits(asked), **_heard([(one.text, one.heard) for one in asked])}
    tiers = {"tiers": {label: _tier(name, questions, rooms) for label, name in (("usual", USUAL), ("quick", QUICK))}}
    return {"figures": {**figures, **_ends(hearing, quick, read.asked, sounds), **tiers}, "notes": _notes(quick, len(questions))}


def _notes(quick: bool, count: int) -> list[str]:
    real = "real readers" if _real_speech() else "null: no folder of real speech is named in MEETAGAIN_SPEECH"
    return [
        f"{count} questions asked twice at the speed of life through the real server and socket, first with nothing made ahead, then with the"
        f" same lines made ahead{' (quick: a smaller part of the same)' if quick else ''}. Every second visitor is in a noisy room.",
        "Milliseconds run from the last sound of the question to the message's arrival at the visitor's page; page and loudspeaker come on top.",
        "reaction: her page knows that the visitor has paused; eyes, brows and breath answer within two frames (bench presence).",
        "hush: from the first sound of a visitor who breaks into her words to the order to fall silent.",
        "wer: questions spoken by stock voices, not by people in tears or far from the microphone.",
        f"missed_ends_per_100, cut_ins_per_100_pauses: {real}. false_barge_ins_per_100: knocks, hiss and breaths made by the computer.",
    ]


# --- talking --------------------------------------------------------------------------------------------------------------------


class Talk(msgspec.Struct, frozen=True):
    """One talk: what was asked, and the lines (text, expression) that were said."""

    asked: tuple[Asked, ...]
    lines: tuple[tuple[str, str], ...]


def _talk(house: TalkingHouse, texts: Sequence[str], sounds: Sequence[np.ndarray], onsets: Sequence[float]) -> Talk:
    if not sounds:
        return Talk((), ())
    with served(house) as port:
        caller = Caller(port)
        try:
            asked = tuple(_say(house, caller, text, *spoken) for text, *spoken in zip(texts, sounds, onsets, strict=True))
        finally:
            caller.close()
        starts = [came.event for came in caller.came if isinstance(came.event, wire.SpeechStarted)]
    return Talk(asked, tuple(dict.fromkeys((start.text, start.expression) for start in starts if start.text)))


def _say(house: TalkingHouse, caller: Caller, text: str, sound: np.ndarray, onset_s: float) -> Asked:
    """Says one thing and waits until she has begun to answer, and has said a little."""
    first = len(caller.came)
    room = np.random.default_rng(first).normal(0, 0.001, int((BEFORE_S + REST_S) * RATE_HZ)).astype(np.float32)
    before = int(BEFORE_S * RATE_HZ)
    began = caller.say(np.concatenate([room[:before], sound])) + BEFORE_S
    last_sound = began + len(sound) / RATE_HZ
    for at in range(before, len(room), RATE_HZ // 10):
        caller.say(room[at : at + RATE_HZ // 10])
        spoken = _first(caller.came[first:], lambda came: isinstance(came.event, wire.SpeechStarted), last_sound)
        if spoken is not None and time.perf_counter() - spoken.at > INTO_HER_WORDS_S:
            break
    return _asked(house, text, caller.came[first:], began, last_sound, onset_s)


def _asked(house: TalkingHouse, text: str, came: Sequence[Came], began: float, last_sound: float, onset_s: float) -> Asked:
    heard = [one for one in came if isinstance(one.event, wire.Heard)]
    pauses = [one for one in came if isinstance(one.event, wire.Listening) and not one.event.speaking and not one.event.thinking]
    starts = [one for one in came if isinstance(one.event, wire.SpeechStarted)]
    last_pause = _first(pauses[::-1], lambda one: one.at > last_sound - 0.3, 0.0)
    end = _first(heard, lambda one: True, last_sound - EARLY_S)
    answer = _first(came, lambda one: one.clause > 0, end.at if end else last_sound + REST_S)
    hush = _first(came, lambda one: isinstance(one.event, wire.Hush), began)

    def ms(one: Came | None) -> float | None:
        return None if one is None else max(0.0, (one.at - last_sound) * 1000)

    return Asked(
        text=text,
        heard=" ".join(one.event.text for one in heard),
        turns=len(heard),
        reaction_ms=ms(last_pause),
        end_ms=ms(end),
        answer_ms=ms(answer),
        prepared=house.prepared(end.event.turn) if end is not None else None,
        hush_ms=(hush.at - began - onset_s) * 1000 if hush is not None and hush.at < last_sound else None,
        pauses=sum(one.at < last_sound - 0.05 for one in pauses),
        cut_ins=sum(began < one.at < last_sound - 0.05 for one in starts),
    )


def _first(came: Sequence[Came], wanted: Callable[[Came], bool], since: float) -> Came | None:
    return next((one for one in came if one.at >= since and wanted(one)), None)


def _onset(sound: np.ndarray) -> float:
    """Seconds until the first sound."""
    return float(np.flatnonzero(np.abs(sound) > 0.05 * np.abs(sound).max())[0]) / RATE_HZ


def _in_a_room(sound: np.ndarray, number: int) -> np.ndarray:
    """Every second one with a low rumble and hiss beside it."""
    if number % 2 == 0:
        return sound
    noise = np.random.default_rng(number).normal(0, 1, len(sound) + 24)
    noise = (np.convolve(noise, np.ones(24) / 24, "same")[: len(sound)] + 0.05 * noise[: len(sound)]) / 0.21
    return (sound + noise * 10 ** (NOISE_DB / 20) * np.sqrt((sound**2).mean()) * 2).astype(np.float32)


def _asked_by(voice_backend: KokoroVoice, name: str, text: str) -> np.ndarray:
    """(n,) float32 at 16 kHz, ending with the last sound."""
    voice = Voice(backend="embedded", name=name, rate_hz=24000, language="en")
    speech = voice_backend.speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED), voice)
    return _to_its_end(_at_16k(speech))


def _to_its_end(sound: np.ndarray) -> np.ndarray:
    """Without the silence behind the last sound."""
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
    return sound[: loud[-1]]


def _at_16k(speech: Speech) -> np.ndarray:
    from scipy.signal import resample_poly

    return resample_poly(np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768.0, 2, 3).astype(np.float32)


# --- figures --------------------------------------------------------------------------------------------------------------------


def _waits(asked: Sequence[Asked]) -> dict[str, float | None]:
    waits = {
        "reaction": [one.reaction_ms for one in asked],
        "prepared": [one.answer_ms for one in asked if one.prepared],
        "live": [one.answer_ms for one in asked if one.prepared is False],
        "end_found": [one.end_ms for one in asked],
        "hush": [one.hush_ms for one in asked],
    }
    figures: dict[str, float | None] = {}
    for name, values in waits.items():
        known = [value for value in values if value is not None]
        for share in (50, 95):
            figures[f"{name}_p{share}_ms"] = round(float(np.percentile(known, share))) if known else None
    counts = {"answers_prepared": "prepared", "answers_live": "live", "hushes": "hush"}
    return {**figures, **{name: sum(value is not None for value in waits[key]) for name, key in counts.items()}}


def _heard(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    wrong = sum(distance(words(said), words(heard)) for said, heard in pairs)
    return {"wer": round(wrong / max(1, sum(len(words(said)) for said, _ in pairs)), 4), "questions": len(pairs)}


def _tier(name: str, texts: Sequence[str], sounds: Sequence[np.ndarray]) -> dict[str, float] | None:
    """The same questions understood one after the other, with nothing else under way; None where the weights are not here."""
    if not present(name):
        return None
    network, heard, waits = recogniser(name), [], []
    network.hear(sounds[0], "en")
    for sound in sounds:
        began = time.perf_counter()
        heard.append(network.hear(sound, "en").text)
        waits.append((time.perf_counter() - began) * 1000)
    p50, p95 = (round(float(np.percentile(waits, share))) for share in (50, 95))
    return {"wer": _heard(list(zip(texts, heard, strict=True)))["wer"], "p50_ms": p50, "p95_ms": p95}


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


def _ends(hearing: WhisperHearing, quick: bool, read: Sequence[Asked], questions: Sequence[np.ndarray]) -> dict[str, float | None]:
    """An end is missed when a reader's last word is followed by three seconds of silence and no utterance comes of it."""
    noises = _noises(20 if quick else 100)
    rudeness = sum(_interrupts(hearing, noise) for noise in noises)
    pauses = sum(one.pauses for one in read)
    return {
        "missed_ends_per_100": round(100 * sum(one.end_ms is None for one in read) / len(read), 1) if read else None,
        "cut_ins_per_100_pauses": round(100 * sum(one.cut_ins for one in read) / pauses, 1) if pauses else None,
        "pauses": pauses,
        "false_barge_ins_per_100": round(100 * rudeness / len(noises), 1),
        "barge_in_p50_ms": round(float(np.nanmedian([_began_ms(hearing, sound) for sound in questions]))),
    }


def _fed(hearing: WhisperHearing, sound: np.ndarray, rest_s: float) -> list[Any]:
    ear = hearing.open("en")
    whole = np.concatenate([np.zeros(RATE_HZ // 2, np.float32), sound, np.zeros(int(rest_s * RATE_HZ), np.float32)])
    chunk = int(CHUNK_S * RATE_HZ)
    return [event for at in range(0, len(whole), chunk) for event in ear.feed(whole[at : at + chunk], (at + chunk) / RATE_HZ)]


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
