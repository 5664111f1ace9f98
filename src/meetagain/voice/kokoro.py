"""A Clause and a Voice come in, Speech with visemes goes out: Kokoro through onnxruntime, its own phoneme lengths as mouth shapes."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import msgspec
import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.models.derived import derived
from meetagain.models.state import where
from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, LineClass, Speech, VisemeAt
from meetagain.voice.alike import following
from meetagain.voice.backend import Progress, unseen
from meetagain.voice.closest import Found, Refused, find, target_of
from meetagain.voice.ear import voices_of
from meetagain.voice.keys import directed, spoken
from meetagain.voice.loudness import SPEECH_DBFS, as_pcm, lead_silence, levelled, tail_silence
from meetagain.voice.manner import Expression, Kind, expression, kind_for
from meetagain.voice.mouth import moved, visemes
from meetagain.voice.pronounce import STOPS, phonemes
from meetagain.voice.song import hummed, sung
from meetagain.voice.speaker import encoder
from meetagain.voice.stock import Sample, all_said, floor_hz, said_by, stock_names
from meetagain.voice.timbre import Throat, spoken_by

RATE_HZ = 24000
FRAME = 600  # samples that one unit of the duration output stands for
LONGEST = 500  # phonemes the network takes at once
HANDS = 2  # cores of the floor machine
WARMING = "həlˈO."


class KokoroVoice:
    """The embedded voice backend. Loads on `warm`; one clause at a time."""

    def __init__(self) -> None:
        self._session: Any = None
        self._vocabulary: dict[str, int] = {}
        self._styles: dict[str, np.ndarray] = {}
        self._lock = threading.RLock()
        self._side_by_side = False

    def choose(self, person: Person, archive: Archive, clips: Sequence[np.ndarray] = (), progress: Progress = unseen) -> Voice:
        """A stock voice of the right kind for age, sex and manner; where `clips` of the person are given, the closest to them, brought nearer.

        A voice that the keeper named is left as it is. Raises MeetAgainError(language-unsupported).
        """
        if person.settings.language.split("-")[0] != "en":
            raise MeetAgainError(issue("language-unsupported", language=person.settings.language, detail="en"))
        kind = kind_for(person)
        heard = bool(clips) or any(
            item.kind in (ItemKind.SOUND, ItemKind.FILM) and item.may_be_used and not item.spoken_by for item in archive.items
        )
        voice = Voice(
            backend="embedded",
            name=kind.name,
            rate_hz=RATE_HZ,
            language="en",
            pitch_ratio=round(kind.pitch, 3),
            formant_ratio=round(kind.formant, 3),
            pace_ratio=round(kind.pace, 3),
            tremor=kind.tremor,
            pronounce=dict(person.character.pronounce),
            issues=() if heard else (issue("no-voice"),),
        )
        if not clips or person.settings.voice_name:
            return voice
        try:
            encoder()
        except MeetAgainError:  # what tells voices apart is not here: the stock voice of that age is spoken with
            return msgspec.structs.replace(voice, issues=(*voice.issues, issue("voice-unmeasured", name=person.name)))
        return following(voice, self._closest(person, kind, clips, progress), person.name, clips)

    def _closest(self, person: Person, kind: Kind, clips: Sequence[np.ndarray], progress: Progress) -> Found | Refused:
        """Hear the stock voices, if this computer never did, and find the closest."""
        target = target_of(clips, voices_of)
        if isinstance(target, Refused):
            return target
        names = tuple(dict.fromkeys((kind.name, *stock_names(person.settings.language))))
        return find(target, kind, self.heard(names, progress), voices_of)

    def heard(self, names: Sequence[str], progress: Progress = unseen) -> dict[str, Sample]:
        """What these stock voices sound like: said once on this computer, some minutes for all of them, and kept."""
        if all_said(names):
            return said_by(names, self._sample)
        with self.many() as hands:
            return said_by(names, self._sample, hands, progress)

    def _sample(self, name: str, text: str) -> np.ndarray:
        speech = self.speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED), Voice("embedded", name, RATE_HZ, "en"))
        return np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32767.0

    def warm(self, voice: Voice) -> None:
        """Load weights and the lexicon, and speak once unheard. Raises MeetAgainError(weights-missing)."""
        with self._lock:
            fresh = self._session is None
            if fresh:
                self._open()
            if voice.name not in self._styles:
                self._styles[voice.name] = self._style(voice.name)
            if fresh:
                phonemes("warm", voice.pronounce, _is_british(voice))
                self._run(WARMING, voice, 1.0)

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        """One clause. Words in brackets are directions: hums and sings are carried out, others say how, and are not said.

        Raises MeetAgainError(line-unvoiced) when there is nothing to be heard.
        """
        self.warm(voice)
        manner = expression(clause.expression)
        direction = directed(clause.text)
        text = spoken(clause.text)
        said = self._phonemes(text, voice)
        if said:
            sings = "sing" in direction or "sung" in direction
            sound, shapes = self._sung(said, voice, manner) if sings else self._said(said, voice, manner)
        elif "hum" in direction:
            sound, shapes = self._hummed(direction, voice)
        else:
            raise MeetAgainError(issue("line-unvoiced", clause.text))
        cut, kept = lead_silence(sound, RATE_HZ), tail_silence(sound, RATE_HZ)
        sound = levelled(sound[cut:kept], RATE_HZ, SPEECH_DBFS + manner.level_db)
        return Speech(clause=clause, rate_hz=RATE_HZ, pcm=as_pcm(sound), visemes=moved(shapes, cut, len(sound), manner.mouth))

    @contextmanager
    def many(self) -> Iterator[int]:
        """For a build: several lines are made side by side, a core each, which is quicker than one line on all cores. Gives how many."""
        with self._lock:
            if self._session is None:
                self._open()
            alone, self._session = self._session, self._network(threads=1)
        self._side_by_side = True
        try:
            yield HANDS
        finally:
            with self._lock:
                self._session, self._side_by_side = alone, False

    # --- ways of voicing ----------------------------------------------------------------------------------------------------

    def _said(self, said: str, voice: Voice, manner: Expression) -> tuple[np.ndarray, tuple[VisemeAt, ...]]:
        sounds, shapes, at = [], [], 0
        for piece in pieces_of(said):
            sound, lengths = self._run(piece, voice, manner.pace * voice.pace_ratio)
            shapes.extend(VisemeAt(shape.sample + at, *shape_of(shape)) for shape in visemes(piece, lengths, len(sound)))
            sounds.append(sound)
            at += len(sound)
        throat = throat_of(voice, manner.pitch, manner.breath)
        return spoken_by(np.concatenate(sounds), RATE_HZ, throat, _floor_hz(voice)), tuple(shapes)

    def _sung(self, said: str, voice: Voice, manner: Expression) -> tuple[np.ndarray, tuple[VisemeAt, ...]]:
        sound, lengths = self._run(pieces_of(said)[0], voice, 0.72)
        throat = throat_of(voice)
        shapes = visemes(pieces_of(said)[0], lengths, len(sound))
        return sung(sound, RATE_HZ, pieces_of(said)[0], lengths, throat, _floor_hz(voice)), shapes

    def _hummed(self, direction: str, voice: Voice) -> tuple[np.ndarray, tuple[VisemeAt, ...]]:
        sound, lengths = self._run("hˈʌmm.", voice, 0.6)
        nasal = slice(sum(lengths[:4]), sum(lengths[:6]))
        throat = throat_of(voice)
        made = hummed(sound, nasal, RATE_HZ, direction, throat, _floor_hz(voice))
        return made, (VisemeAt(0, "PP", 1.0), VisemeAt(len(made), "sil", 0.0))

    # --- the network --------------------------------------------------------------------------------------------------------

    def _network(self, threads: int) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(derived("kokoro-float")), options, providers=["CPUExecutionProvider"])

    def _open(self) -> None:
        self._session = self._network(threads=HANDS)
        self._vocabulary = json.loads(where("kokoro", "vocab.json").read_text("utf-8"))["vocab"]

    def _style(self, name: str) -> np.ndarray:
        try:
            path = where("kokoro-voices", f"{name}.bin")
        except KeyError as error:
            raise MeetAgainError(issue("voice-unknown", name)) from error
        return np.frombuffer(path.read_bytes(), "<f4").reshape(-1, 1, 256)

    def _phonemes(self, text: str, voice: Voice) -> str:
        said = "".join(sound for sound in phonemes(text, voice.pronounce, _is_british(voice)) if sound in self._vocabulary)
        return said if any(sound not in STOPS + " ˈˌ" for sound in said) else ""

    def _run(self, said: str, voice: Voice, pace: float) -> tuple[np.ndarray, list[int]]:
        """(n,) float32 and the samples of each phoneme, with those of the silence before and after: len(said) + 2, summing to n."""
        ids = [0, *(self._vocabulary[sound] for sound in said), 0]
        styles = self._styles[voice.name]
        feed = {
            "tokens": np.array([ids], np.int64),
            "style": styles[min(len(said), len(styles) - 1)],
            "speed": np.array([pace], np.float32),
        }
        with nullcontext() if self._side_by_side else self._lock:
            sound, frames = self._session.run(None, feed)
        return np.ravel(sound).astype(np.float32), [int(frame) * FRAME for frame in np.ravel(frames)]


def pieces_of(said: str) -> list[str]:
    """Phonemes in pieces that the network takes at once, cut behind a stop or else between words."""
    pieces = []
    while len(said) > LONGEST:
        window = said[:LONGEST]
        cut = max((window.rfind(stop) + 1 for stop in STOPS), default=0) or window.rfind(" ") or LONGEST
        pieces.append(said[:cut])
        said = said[cut:].lstrip()
    return [*pieces, said]


def shape_of(shape: VisemeAt) -> tuple[str, float]:
    """Name and weight."""
    return shape.viseme, shape.weight


def _is_british(voice: Voice) -> bool:
    return voice.name.startswith("b")


def throat_of(voice: Voice, pitch: float = 1.0, breath: float = 0.0) -> Throat:
    """What is done to the stock voice, as the artefact tells."""
    return Throat(
        pitch=voice.pitch_ratio * pitch,
        formant=voice.formant_ratio,
        breath=breath,
        tremor=voice.tremor,
        spread=voice.pitch_spread,
        centre_hz=voice.pitch_centre_hz,
        tone_db=voice.tone_db,
    )


def _floor_hz(voice: Voice) -> float:
    return floor_hz(voice.name, voice.pitch_centre_hz)
