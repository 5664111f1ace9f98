"""A voice's sound comes in, the same words from another throat go out (WORLD: M. Morise, F. Yokomori, K. Ozawa, 2016)."""

import msgspec
import numpy as np

_CEILING_HZ = 620.0
#: Middles of the bands in which the colour of a voice is told: even steps of the mel scale (S. Stevens and others, 1937).
BANDS_HZ = 700 * (10 ** (np.linspace(2595 * np.log10(1 + 100 / 700), 2595 * np.log10(1 + 8000 / 700), 24) / 2595) - 1)


class Throat(msgspec.Struct, frozen=True):
    """What is changed: F0 times `pitch`, the spectral envelope stretched by `formant` (above 1: a shorter throat, a child's),

    `breath` 0 to 1 is how much of the voice is air (1: a whisper), `tremor` how far the pitch wavers, as a share of it (an old voice: 0.015).
    The melody swings `spread` times as far around `centre_hz`; `tone_db` is added to the envelope, a value for each of BANDS_HZ.
    """

    pitch: float = 1.0
    formant: float = 1.0
    breath: float = 0.0
    tremor: float = 0.0
    spread: float = 1.0
    centre_hz: float = 0.0
    tone_db: tuple[float, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        swings = self.centre_hz > 0 and abs(self.spread - 1) > 0.01
        return (
            abs(self.pitch - 1) > 0.01 or abs(self.formant - 1) > 0.01 or self.breath > 0 or self.tremor > 0 or swings or any(self.tone_db)
        )


class Analysis(msgspec.Struct, frozen=True):
    """One sound in WORLD's terms, 200 frames a second: f0 (n,), envelope and air (n, n_bins)."""

    f0: np.ndarray
    envelope: np.ndarray
    air: np.ndarray
    rate_hz: int


def analysed(sound: np.ndarray, rate_hz: int, floor_hz: float = 71.0) -> Analysis:
    """`floor_hz` is the lowest pitch looked for: a woman's or a child's voice wants 120, so that no octave is mistaken."""
    import pyworld

    wave = np.ascontiguousarray(sound, np.float64)
    rough, times = pyworld.dio(wave, rate_hz, f0_floor=floor_hz, f0_ceil=_CEILING_HZ)
    f0 = pyworld.stonemask(wave, rough, times, rate_hz)
    air = pyworld.d4c(wave, np.ascontiguousarray(f0[::2]), np.ascontiguousarray(times[::2]), rate_hz)  # changes slowly: every other frame
    return Analysis(f0, pyworld.cheaptrick(wave, f0, times, rate_hz), np.repeat(air, 2, axis=0)[: len(f0)], rate_hz)


def spoken_by(sound: np.ndarray, rate_hz: int, throat: Throat, floor_hz: float = 71.0) -> np.ndarray:
    """(n,) float32 in, (n,) float32 out: the length stays, so that what lies on the sample axis stays true."""
    if not throat.changes or len(sound) < rate_hz // 20:
        return sound
    return spoken_anew(analysed(sound, rate_hz, floor_hz), throat, len(sound))


def spoken_anew(found: Analysis, throat: Throat, samples: int) -> np.ndarray:
    """(samples,) float32: the analysed sound with its own melody, moved, and another throat."""
    f0 = found.f0.copy()
    voiced = f0 > 0
    if throat.centre_hz > 0 and throat.spread != 1.0:
        f0[voiced] = throat.centre_hz * (f0[voiced] / throat.centre_hz) ** throat.spread
    f0[voiced] = np.clip(f0[voiced] * throat.pitch, 45.0, 800.0)
    if throat.tremor:
        f0 = f0 * _wavering(len(f0), throat.tremor)
    return sounded(found, f0, throat, samples)


def sounded(found: Analysis, f0: np.ndarray, throat: Throat, samples: int) -> np.ndarray:
    """(samples,) float32: the analysed sound with another melody and throat."""
    import pyworld

    air = found.air
    if throat.breath:
        air = np.clip(air + throat.breath * (1 - air), 0.0, 1.0)
        if throat.breath >= 1.0:
            f0 = np.zeros_like(f0)
    envelope = stretched(found.envelope, throat.formant)
    if any(throat.tone_db):
        envelope = envelope * 10 ** (tone_curve(throat.tone_db, envelope.shape[1], found.rate_hz) / 10)
    envelope = np.ascontiguousarray(envelope)
    made = pyworld.synthesize(np.ascontiguousarray(f0), envelope, np.ascontiguousarray(air), found.rate_hz)
    out = np.zeros(samples, np.float32)
    out[: min(samples, len(made))] = made[:samples]
    return out


def stretched(envelope: np.ndarray, ratio: float) -> np.ndarray:
    """(n, bins): what was at a frequency is now at `ratio` times it."""
    if abs(ratio - 1) <= 0.01:
        return envelope
    bins = envelope.shape[1]
    source = np.clip(np.arange(bins) / ratio, 0, bins - 1)
    low = np.floor(source).astype(int)
    high, share = np.minimum(low + 1, bins - 1), source - low
    logs = np.log(envelope)
    return np.exp(logs[:, low] * (1 - share) + logs[:, high] * share)


def tone_curve(tone_db: tuple[float, ...], bins: int, rate_hz: int) -> np.ndarray:
    """(bins,) decibels: between the bands in straight lines, fading out above the last."""
    hz = np.linspace(0, rate_hz / 2, bins)
    return np.interp(hz, np.append(BANDS_HZ, 1.4 * BANDS_HZ[-1]), np.append(tone_db, 0.0))


def _wavering(frames: int, depth: float) -> np.ndarray:
    """A slow waver near 5 Hz with some chance in it, the same every time: a line made twice sounds the same."""
    rng = np.random.default_rng(76)
    times = np.arange(frames) / 200
    slow = np.interp(times, np.arange(0, times[-1] + 1, 0.5), rng.standard_normal(len(np.arange(0, times[-1] + 1, 0.5))))
    return 1 + depth * (0.7 * np.sin(2 * np.pi * (5.1 * times + 0.3 * slow)) + 0.5 * slow * 0.6 + 0.25 * rng.standard_normal(frames))
