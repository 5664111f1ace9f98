"""A stretch of 16 kHz sound comes in, its words and how sure we are of them go out (Whisper through CTranslate2)."""

import math
import re
import threading
from collections.abc import Sequence
from functools import cache

import msgspec
import numpy as np

from meetagain.errors import MeetAgainError, issue
from meetagain.models.state import where

RATE_HZ = 16000
SHORTEST_WINDOW_S = 8.0  # the encoder takes a shorter window than its usual 30 s: a third of the time for the same words
LONGEST_WINDOW_S = 28.0
_TOKENS_A_SECOND = 7  # quick English is about four
USUAL, QUICK = "whisper-base", "whisper-tiny-en"  # QUICK knows English only
_FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
#: What the network is known to write when nobody speaks.
_PHANTOMS = re.compile(
    r"^(thanks? (you )?(so much )?for watching|please subscribe|subtitles? by|bye|you|the end|so|i'm sorry|okay|oh)?[.!,\s]*$",
    re.IGNORECASE,
)
_NOISES = re.compile(r"\[[^\]]*\]|\([^)]*\)|♪|\*[^*]*\*")


class Words(msgspec.Struct, frozen=True):
    """What was understood. `confidence` is the mean probability of a token, 0 to 1; `silence` that of nobody having spoken."""

    text: str
    confidence: float = 0.0
    silence: float = 0.0


class Recogniser:
    """The network in memory. One call at a time; another thread waits its turn."""

    def __init__(self, weights: str = USUAL) -> None:
        import ctranslate2
        import tokenizers
        from faster_whisper.feature_extractor import FeatureExtractor

        folder = {where(weights, name).parent for name in _FILES}
        paths = {name: where(weights, name) for name in _FILES}
        files = {name: path.read_bytes() for name, path in paths.items()}
        self._model = ctranslate2.models.Whisper(
            str(next(iter(folder))), device="cpu", compute_type="int8", inter_threads=1, intra_threads=2, files=files
        )
        self._tokens = tokenizers.Tokenizer.from_file(str(paths["tokenizer.json"]))
        self._mel = FeatureExtractor()
        self._one_language = weights == QUICK
        self._lock = threading.Lock()

    def hear(self, pcm: np.ndarray, language: str, names: Sequence[str] = ()) -> Words:
        """(n,) float32 at 16 kHz; long sound is taken in pieces cut where it is quietest. Raises MeetAgainError for an unknown language."""
        pieces = [self._piece(piece, language, names) for piece in pieces_of(pcm)]
        said = [piece for piece in pieces if piece.text]
        if not said:
            return Words("", silence=max((piece.silence for piece in pieces), default=1.0))
        return Words(
            " ".join(piece.text for piece in said),
            confidence=min(piece.confidence for piece in said),
            silence=min(piece.silence for piece in said),
        )

    def _piece(self, pcm: np.ndarray, language: str, names: Sequence[str]) -> Words:
        if len(pcm) < RATE_HZ // 10:
            return Words("", silence=1.0)
        window = int(max(SHORTEST_WINDOW_S, math.ceil(len(pcm) / RATE_HZ + 0.5)) * RATE_HZ)
        features = self._mel(np.pad(pcm, (0, window - len(pcm))), padding=0)
        with self._lock:
            return self._decode(features, self._prompt(language, names), len(pcm) / RATE_HZ)

    def _decode(self, features: np.ndarray, prompt: list[int], seconds: float) -> Words:
        import ctranslate2

        view = ctranslate2.StorageView.from_array(np.ascontiguousarray(features[None], np.float32))
        most = len(prompt) + 12 + int(_TOKENS_A_SECOND * seconds)
        made = self._model.generate(
            view, [prompt], beam_size=1, max_length=min(most, 440), return_scores=True, return_no_speech_prob=True, no_repeat_ngram_size=6
        )[0]
        text = without_repeats(self._tokens.decode(made.sequences_ids[0], skip_special_tokens=True).strip())
        sure = math.exp(made.scores[0]) if made.scores else 0.0
        return Words(_NOISES.sub("", text).strip(), confidence=round(sure, 3), silence=round(made.no_speech_prob, 3))

    def _prompt(self, language: str, names: Sequence[str]) -> list[int]:
        asked = () if self._one_language else (language, "transcribe")
        start = [self._id(f"<|{name}|>") for name in ("startoftranscript", *asked, "notimestamps")]
        if not names:
            return start
        hint = self._tokens.encode(f" {', '.join(names)}.", add_special_tokens=False).ids[:60]
        return [self._id("<|startofprev|>"), *hint, *start]

    def _id(self, token: str) -> int:
        found = self._tokens.token_to_id(token)
        if found is None:
            raise MeetAgainError(issue("language-unsupported", language=token.strip("<|>"), detail="en, de, es, fr, it, ja, ko, pt, zh"))
        return found


@cache
def recogniser(weights: str = USUAL) -> Recogniser:
    """The one such network of this process. Raises MeetAgainError(weights-missing)."""
    return Recogniser(weights)


def pieces_of(pcm: np.ndarray) -> list[np.ndarray]:
    """Pieces of at most LONGEST_WINDOW_S, cut at the quietest fifth of a second of each piece's last third."""
    longest, frame = int(LONGEST_WINDOW_S * RATE_HZ), RATE_HZ // 5
    found = []
    while len(pcm) > longest:
        tail = pcm[longest * 2 // 3 : longest]
        whole = len(tail) // frame
        power = (tail[: whole * frame].reshape(whole, frame) ** 2).mean(1)
        cut = longest * 2 // 3 + int(power.argmin()) * frame + frame // 2
        found.append(pcm[:cut])
        pcm = pcm[cut:]
    return [*found, pcm] if len(pcm) else found


def without_repeats(text: str) -> str:
    """The text without what the network says over and over at the end of a short window: the second copy of a run of words goes."""
    words = text.split()
    bare = [word.strip(".,!?;:").casefold() for word in words]
    for size in range(1, len(words) // 2 + 1):
        copies = 1
        while bare[-size * (copies + 1) : -size * copies or None] == bare[-size:] and size * (copies + 1) <= len(bare):
            copies += 1
        if copies > (2 if size == 1 else 1) and (size > 2 or copies > 2):
            keep = len(words) - size * (copies - 1)
            return " ".join(words[:keep])
    return text


def worth_answering(words: Words, voiced_s: float) -> bool:
    """Whether something was really said: a cough, a door or a breath is not an utterance."""
    if not any(letter.isalnum() for letter in words.text):
        return False
    if words.silence > 0.6 and words.confidence < 0.5:
        return False
    if _PHANTOMS.match(words.text) and (words.confidence < 0.6 or voiced_s < 0.2):
        return False
    return words.confidence > (0.3 if voiced_s > 0.6 else 0.45)
