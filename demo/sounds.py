"""A path comes in, an invented recording lies there: hums and a laugh made of a voice-like tone, nobody's voice."""

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

RATE = 24000


def hummed(notes: list[tuple[float, float]], formants: tuple[float, ...], breath: float, vibrato_hz: float, seed: int) -> np.ndarray:
    """A hum: (frequency in Hz, seconds) notes through a closed mouth. Float samples in [-1, 1]."""
    chance = np.random.default_rng(seed)
    pitch = np.concatenate([np.full(int(seconds * RATE), hertz) for hertz, seconds in notes])
    width = int(0.05 * RATE)
    pitch = np.convolve(np.pad(pitch, width, mode="edge"), np.ones(width) / width, "same")[width:-width]
    time = np.arange(len(pitch)) / RATE
    drift = np.cumsum(chance.normal(0, 1, len(pitch) // 400 + 2))
    drift = np.interp(np.arange(len(pitch)), np.arange(len(drift)) * 400, drift)
    pitch = pitch * (1 + 0.006 * np.sin(2 * np.pi * vibrato_hz * time) + 0.0008 * drift)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    sound = np.zeros_like(pitch)
    for k in range(1, 26):
        gain = sum(np.exp(-(((k * pitch - f) / (90 + 0.12 * f)) ** 2)) * (0.9**n) for n, f in enumerate(formants)) + 0.25 / k**1.6
        sound += gain / k * np.sin(k * phase) * (k * pitch < RATE / 2.4)
    ends = np.cumsum([0, *(seconds for _, seconds in notes)])
    loud = np.ones_like(pitch)
    for end in ends[1:]:
        loud *= 1 - 0.45 * np.exp(-(((time - end) / 0.045) ** 2))
    noise = np.convolve(chance.normal(0, 1, len(pitch)), np.ones(24) / 24, "same")
    sound = (sound / np.abs(sound).max() + breath * noise) * loud
    fade = np.minimum(1, np.minimum(time / 0.12, (time[-1] - time) / 0.35))
    sound = sound * np.clip(fade, 0, 1)
    return 0.4 * sound / np.abs(sound).max()


def write(path: Path, sound: np.ndarray) -> None:
    """16-bit mono WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def _notes(base: float, steps: list[tuple[int, float]], beat: float) -> list[tuple[float, float]]:
    return [(base * 2 ** (step / 12), length * beat) for step, length in steps]


def duck_song(path: Path) -> None:
    """Juni's duck song, hummed: a tune of our own."""
    tune = [(0, 1), (4, 1), (7, 1.5), (9, 0.5), (7, 1), (7, 1), (5, 0.5), (5, 0.5), (4, 1), (2, 1), (4, 0.5), (2, 0.5), (0, 2)]
    write(path, hummed(_notes(330, tune, 0.33), (300, 1100, 2900), 0.05, 5.5, 3))


def harbour_waltz(path: Path) -> None:
    """Matti's eight notes of a harbour waltz: a tune of our own."""
    tune = [(0, 2), (-3, 1), (0, 2), (4, 1), (2, 1.5), (0, 0.5), (-1, 1), (-5, 3)]
    write(path, hummed(_notes(117, tune, 0.42), (260, 900, 2200), 0.09, 4.6, 8))


Make = Callable[[Path], None]
SOUNDED: dict[str, dict[str, tuple[str, str, Make]]] = {
    "juni": {"song.wav": ("the duck song, hummed; a tone made by the project, nobody's voice", "song/1", duck_song)},
    "matti": {"song.wav": ("eight notes of a harbour waltz, hummed; a tone made by the project, nobody's voice", "song/1", harbour_waltz)},
}
