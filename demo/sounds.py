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
    rise, fall = min(0.12, 0.2 * time[-1]), min(0.35, 0.4 * time[-1])
    fade = np.minimum(1, np.minimum(time / rise, (time[-1] - time) / fall))
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


def hiccup_laugh(path: Path) -> None:
    """Juni's laugh: a run of short breaths with a voice in them, a hiccup, and a smaller run."""
    parts: list[np.ndarray] = [np.zeros(int(0.15 * RATE))]
    chance = np.random.default_rng(12)
    for run, (count, loud) in enumerate(((6, 1.0), (4, 0.6))):
        for k in range(count):
            hertz = 430 - 14 * k - 30 * run + chance.normal(0, 9)
            parts += [loud * 0.93**k * _burst(hertz, 0.11, chance), np.zeros(int((0.075 + 0.008 * k) * RATE))]
        if run == 0:
            parts += [np.zeros(int(0.08 * RATE)), 0.7 * _burst(340, 0.07, chance, rise=1.9), np.zeros(int(0.22 * RATE))]
    write(path, np.concatenate([*parts, np.zeros(int(0.2 * RATE))]))


def _burst(hertz: float, seconds: float, chance: np.random.Generator, rise: float = 0.9) -> np.ndarray:
    """One "ha": breath first, then a short open vowel."""
    steps = [(hertz * rise ** (k / 8), seconds / 8) for k in range(9)]
    vowel = hummed(steps, (900, 1450, 2950), 0.04, 0.0, int(chance.integers(1000)))
    breath = chance.normal(0, 0.05, int(0.045 * RATE)) * np.linspace(0, 1, int(0.045 * RATE)) ** 2
    shape = np.hanning(2 * len(vowel))[len(vowel) // 2 : len(vowel) // 2 + len(vowel)] ** 0.5
    return np.concatenate([breath, 2.0 * vowel / np.abs(vowel).max() * 0.4 * shape * np.linspace(1, 0.25, len(vowel))])


Make = Callable[[Path], None]
SOUNDED: dict[str, dict[str, tuple[str, str, Make]]] = {
    "juni": {
        "song.wav": ("the duck song, hummed; a tone made by the project, nobody's voice", "song/1", duck_song),
        "laugh.wav": ("her hiccup laugh; a tone made by the project, nobody's voice", "laugh/1", hiccup_laugh),
    },
    "matti": {"song.wav": ("eight notes of a harbour waltz, hummed; a tone made by the project, nobody's voice", "song/1", harbour_waltz)},
}
