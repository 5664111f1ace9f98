"""Stock voices' names come in; how each sounds, said once on this computer and kept beside the weights, goes out."""

import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np

from meetagain.models.catalogue import cache_folder, catalogue
from meetagain.models.kokoro_float import RECIPE
from meetagain.store.folder import digest
from meetagain.voice.pitch import Melody, harvested, melody_of

#: Said by every stock voice: open and closed vowels, hissing sounds, a question, and nothing that belongs to anybody.
SENTENCES = (
    "We walked all the way around the lake, and then it began to rain.",
    "Did you put the kettle on? I thought so.",
    "There were five of us in the old boat that summer, and nobody could swim.",
)
Speak = Callable[[str, str], np.ndarray]
RATE_HZ = 24000


class Sample(msgspec.Struct, frozen=True):
    """A stock voice as it is: its sentences, (n,) float32 at 24 kHz, and its melody."""

    name: str
    sounds: list[np.ndarray]
    tune: Melody


_ENTRY = "kokoro-voices"
_WHISPERS = frozenset({"af_nicole"})  # whispers whatever it says: near to every noisy recording, and nobody's speaking voice


def stock_names(language: str) -> tuple[str, ...]:
    """Every stock voice of a language that speaks aloud: `en` American and British, `en-US` and `en-GB` one of the two; () where there is none."""
    firsts = {"en": "ab", "en-us": "a", "en-gb": "b"}.get(language.casefold(), "")
    names = (file.name.removesuffix(".bin") for file in catalogue()[_ENTRY].files)
    return tuple(name for name in names if firsts and name[0] in firsts and name not in _WHISPERS)


def said_by(names: Sequence[str], speak: Speak, hands: int = 1, progress: Callable[[float], None] | None = None) -> dict[str, Sample]:
    """`speak(name, text)` says what was never said before, `hands` at a time."""

    def one(name: str) -> Sample:
        found = _read(name)
        if found is None:
            sounds = [speak(name, text) for text in SENTENCES]
            f0 = np.concatenate([harvested(sound, RATE_HZ) for sound in sounds])
            found = Sample(name, sounds, melody_of(f0))
            _keep(found)
        return found

    said: dict[str, Sample] = {}
    with ThreadPoolExecutor(hands) as pool:
        for number, (name, sample) in enumerate(zip(names, pool.map(one, names), strict=True), 1):
            said[name] = sample
            if progress:
                progress(number / len(names))
    return said


def all_said(names: Sequence[str]) -> bool:
    """Whether every one of them was heard on this computer before."""
    return all(_place(name).is_file() for name in names)


def _place(name: str) -> Path:
    """Other weights or other sentences have another place."""
    voice = next((file.sha256 for file in catalogue()[_ENTRY].files if file.name == f"{name}.bin"), name)
    key = digest("1", str(RECIPE), catalogue()["kokoro"].files[0].sha256, voice, *SENTENCES)
    return cache_folder() / "derived" / "stock" / f"{name}-{key[:16]}.npz"


def _read(name: str) -> Sample | None:
    try:
        with np.load(_place(name), allow_pickle=False) as kept:
            sounds = [kept[f"s{number}"].astype(np.float32) / 32767.0 for number in range(len(SENTENCES))]
            return Sample(name, sounds, Melody(*map(float, kept["tune"])))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):  # a damaged one is said again
        return None


def _keep(sample: Sample) -> None:
    path = _place(sample.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    sounds = {f"s{number}": (np.clip(sound, -1, 1) * 32767).astype("<i2") for number, sound in enumerate(sample.sounds)}
    handle, partial = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        np.savez(file, **sounds, tune=np.array([sample.tune.centre_hz, sample.tune.swing]))
    Path(partial).replace(path)


def floor_hz(name: str, centre_hz: float = 0.0) -> float:
    """The lowest pitch to look for in a stock voice, so that no octave is mistaken; lower for a woman who speaks low."""
    usual = 120.0 if name[1:2] == "f" else 60.0
    return min(usual, max(60.0, 0.62 * centre_hz)) if centre_hz > 0 else usual
