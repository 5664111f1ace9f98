"""A Clause and a Voice come in, Speech with visemes goes out: Kokoro through onnxruntime, its phoneme lengths as mouth shapes."""

import json
import threading
from pathlib import Path

import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.models.catalogue import cache_folder
from meetagain.models.state import where
from meetagain.schema.archive import Archive, ItemKind
from meetagain.schema.artefacts import Voice
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Speech
from meetagain.store.folder import write_whole
from meetagain.voice.keys import spoken
from meetagain.voice.loudness import SPEECH_DBFS, as_pcm, lead_silence, levelled
from meetagain.voice.mouth import stretched, visemes
from meetagain.voice.pronounce import phonemes
from meetagain.voice.timbre import shifted

RATE_HZ = 24000
FRAME = 600  # samples a frame of the duration output stands for
DURATIONS = "/encoder/Clip_output_0"
LONGEST = 508
#: expression -> (pace, loudness in dB, pitch)
MANNER = {"joy": (1.06, 1.0, 1.04), "wonder": (0.97, 0.0, 1.04), "mischief": (1.04, 0.0, 1.02), "tender": (0.93, -1.5, 0.99)} | {
    "tired": (0.84, -4.0, 0.96),
    "whisper": (0.84, -7.0, 0.97),
    "sad": (0.9, -2.5, 0.97),
}
PACE = {"quick": 1.06, "middle": 1.0, "slow": 0.86}


class KokoroVoice:
    """The embedded voice backend. Loads on `warm`; one clause at a time."""

    def __init__(self) -> None:
        self._session = None
        self._vocabulary: dict[str, int] = {}
        self._styles: dict[str, np.ndarray] = {}
        self._names: dict[str, str] = {}
        self._lock = threading.Lock()

    def choose(self, person: Person, archive: Archive) -> Voice:
        """A stock voice of the right kind for the age and sex; nothing is claimed beyond that."""
        if person.settings.language != "en":
            raise MeetAgainError(issue("language-unsupported", language=person.settings.language, detail="en"))
        self._names = dict(person.character.pronounce)
        name, pitch, formant = _kind(person)
        issues = [] if any(item.kind is not ItemKind.PHOTO for item in archive.items) else [issue("no-voice")]
        pace = PACE.get(person.manner.pace, 1.0) * (0.94 if person.age_shown >= 70 else 1.0)
        return Voice(
            backend="embedded",
            name=person.settings.voice_name or name,
            rate_hz=RATE_HZ,
            language="en",
            pitch_ratio=pitch * {"high": 1.03, "low": 0.97}.get(person.manner.pitch, 1.0),
            formant_ratio=formant,
            pace_ratio=pace,
            pronounce=self._names,
            issues=tuple(issues),
        )

    def warm(self, voice: Voice) -> None:
        """Load weights. Raises MeetAgainError when they were not fetched."""
        with self._lock:
            self._names = dict(voice.pronounce)
            if self._session is None:
                import onnxruntime

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads, options.inter_op_num_threads = 2, 1
                options.log_severity_level = 3
                self._session = onnxruntime.InferenceSession(str(_with_durations()), options, providers=["CPUExecutionProvider"])
                self._vocabulary = json.loads(where("kokoro", "vocab.json").read_text("utf-8"))["vocab"]
            if voice.name not in self._styles:
                raw = np.frombuffer(where("kokoro-voices", f"{voice.name}.bin").read_bytes(), "<f4")
                self._styles[voice.name] = raw.reshape(-1, 1, 256)

    def speak(self, clause: Clause, voice: Voice) -> Speech:
        """One clause. Raises MeetAgainError(line-unvoiced) when there is nothing to say."""
        self.warm(voice)
        said = "".join(sound for sound in phonemes(spoken(clause.text), self._names) if sound in self._vocabulary)[:LONGEST]
        if not said.strip(" .,!?;:…—"):
            raise MeetAgainError(issue("line-unvoiced", clause.text))
        pace, loud_db, pitch = MANNER.get(clause.expression, (1.0, 0.0, 1.0))
        with self._lock:
            sound, lengths = self._run(said, voice, pace * voice.pace_ratio)
        shapes = visemes(said, lengths, len(sound))
        sound = shifted(sound, RATE_HZ, voice.pitch_ratio * pitch, voice.formant_ratio)
        cut = lead_silence(sound, RATE_HZ)
        sound = levelled(sound[cut:], RATE_HZ, SPEECH_DBFS + loud_db)
        shapes = stretched(shapes, 1.0, cut, len(sound))
        return Speech(clause=clause, rate_hz=RATE_HZ, pcm=as_pcm(sound), visemes=shapes)

    def _run(self, said: str, voice: Voice, pace: float) -> tuple[np.ndarray, list[int]]:
        ids = [0, *(self._vocabulary[sound] for sound in said), 0]
        styles = self._styles[voice.name]
        feed = {
            self._session.get_inputs()[0].name: np.array([ids], np.int64),
            "style": styles[min(len(said), len(styles) - 1)],
            "speed": np.array([pace], np.float32) if "float" in self._session.get_inputs()[2].type else np.array([round(pace)], np.int32),
        }
        sound, frames = self._session.run(None, feed)
        lengths = [int(frame) * FRAME for frame in np.ravel(frames)]
        return np.ravel(sound).astype(np.float32), lengths


def _kind(person: Person) -> tuple[str, float, float]:
    """Stock voice, pitch and formant ratios by age and sex."""
    female = person.look.sex != "male"
    if person.age_shown < 13:
        young = (13 - max(4.0, person.age_shown)) / 9
        return "af_heart", 1.12 + 0.3 * young, 1.06 + 0.14 * young
    if person.age_shown >= 60:
        return ("bf_emma", 0.97, 1.0) if female else ("bm_george", 0.96, 0.99)
    return ("af_heart", 1.0, 1.0) if female else ("am_michael", 1.0, 1.0)


def _with_durations() -> Path:
    """The model with its phoneme lengths as a second output, made once and kept beside it."""
    source = where("kokoro", "kokoro.onnx")
    target = cache_folder() / "derived" / f"kokoro-durations-{source.parent.name}.onnx"
    if not target.is_file():
        import onnx

        model = onnx.load(str(source))
        model.graph.output.append(onnx.helper.make_empty_tensor_value_info(DURATIONS))
        write_whole(target, model.SerializeToString())
    return target

