"""A recording's sound comes in, the speech in it without noise and hum goes out. The recording itself is not touched.

The network is DeepFilterNet 3 (H. Schröter and others, "DeepFilterNet: Perceptually motivated real-time speech enhancement", 2023;
MIT or Apache-2.0): a gain for each of 32 bands, and below 5 kHz a filter over five frames. Its three graphs run in ONNX Runtime; what
lies around them (libDF of the same project) is plain arithmetic here.
"""

import tarfile
from functools import cache
from typing import Any

import msgspec
import numpy as np

from meetagain.models.state import where

RATE_HZ = 48000
_SIZE, _HOP = 960, 480
_BINS, _BANDS, _DEEP, _ORDER, _AHEAD = 481, 32, 96, 5, 2
_ALPHA = 0.99  # one second, in frames of 10 ms
_PIECE, _BEFORE = 3000, 400  # frames cleaned at once, and those before them that the network hears first
_GRAPHS = ("enc", "erb_dec", "df_dec")
_MOST_BYTES = 8_000_000


class Cleaned(msgspec.Struct, frozen=True):
    """`sound` (n,) float32 at 48 kHz, as long as what came in; `above_noise_db` (n_frames,) how far speech stands above the rest, by 10 ms."""

    sound: np.ndarray
    above_noise_db: np.ndarray


def cleaned(sound: np.ndarray) -> Cleaned:
    """(n,) float32 at 48 kHz. Raises MeetAgainError(weights-missing)."""
    if not len(sound):
        return Cleaned(sound.astype(np.float32), np.zeros(0, np.float32))
    frames = -(-len(sound) // _HOP) + 1
    padded = np.pad(np.asarray(sound, np.float32), (_HOP, frames * _HOP - len(sound)))
    out = np.zeros(len(padded), np.float32)
    above = np.zeros(frames, np.float32)
    for start in range(0, frames, _PIECE):
        first, last = max(0, start - _BEFORE), min(frames, start + _PIECE)
        end = min(frames, last + _AHEAD)
        made, snr = _cleaned_frames(_spectrum(padded[first * _HOP : (end + 1) * _HOP]))
        above[start:last] = snr[start - first : last - first]
        for at, frame in enumerate(_windowed(made[start - first : last - first]), start):
            out[at * _HOP : at * _HOP + _SIZE] += frame
    return Cleaned(out[_HOP : _HOP + len(sound)], above)


@cache
def _window() -> np.ndarray:
    """Vorbis' window, whose square overlaps to one."""
    half = np.sin(0.5 * np.pi * (np.arange(_SIZE) + 0.5) / (_SIZE / 2))
    return np.sin(0.5 * np.pi * half * half).astype(np.float32)


def _spectrum(sound: np.ndarray) -> np.ndarray:
    """(frames, 481) complex64, scaled as the network was taught."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, _SIZE)[::_HOP]
    return (np.fft.rfft(frames * _window(), axis=1) * (2 * _HOP / _SIZE**2)).astype(np.complex64)


def _windowed(spectrum: np.ndarray) -> np.ndarray:
    """(frames, 960), to be laid over one another."""
    return (np.fft.irfft(spectrum, _SIZE, axis=1) * (_SIZE * _window())).astype(np.float32)


def _cleaned_frames(spectrum: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same frames without noise, and (frames,) decibels of speech above it."""
    run = _graphs()
    bands, deep = _features(spectrum)
    e0, e1, e2, e3, emb, c0, snr = run["enc"](None, {"feat_erb": _sooner(bands)[None, None], "feat_spec": _sooner(deep)[None]})
    (gains,) = run["erb_dec"](None, {"emb": emb, "e3": e3, "e2": e2, "e1": e1, "e0": e0})
    coefficients = run["df_dec"](["coefs"], {"emb": emb, "c0": c0})[0].reshape(len(spectrum), _DEEP, _ORDER, 2)
    made = spectrum * np.repeat(gains.reshape(len(spectrum), _BANDS), _widths(), axis=1)
    made[:, :_DEEP] = _filtered(spectrum[:, :_DEEP], coefficients)
    return made, snr.reshape(-1)


def _sooner(features: np.ndarray) -> np.ndarray:
    """(..., frames, n): the network hears two frames ahead."""
    nothing = np.zeros((*features.shape[:-2], _AHEAD, features.shape[-1]), np.float32)
    return np.ascontiguousarray(np.concatenate([features, nothing], axis=-2)[..., _AHEAD:, :], np.float32)


def _filtered(spectrum: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """Each of the lowest bins as a weighted sum of its own two frames before, itself and two after."""
    before = _ORDER - 1 - _AHEAD
    padded = np.pad(spectrum, ((before, _AHEAD), (0, 0)))
    weights = coefficients[..., 0] + 1j * coefficients[..., 1]
    return sum((padded[tap : tap + len(spectrum)] * weights[:, :, tap] for tap in range(_ORDER)), np.zeros_like(spectrum))


def _features(spectrum: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(frames, 32): loudness in bands against its slow mean; (2, frames, 96): real and imaginary parts against their slow size."""
    widths = _widths()
    power = np.add.reduceat(np.abs(spectrum) ** 2, np.cumsum(widths) - widths, axis=1) / widths
    loudness = 10 * np.log10(power + 1e-10)
    bands = (loudness - _slow(loudness, np.linspace(-60, -90, _BANDS))) / 40
    low = spectrum[:, :_DEEP]
    unit = low / np.sqrt(_slow(np.abs(low), np.linspace(0.001, 0.0001, _DEEP)))
    return bands, np.stack([unit.real, unit.imag])


def _slow(values: np.ndarray, start: np.ndarray) -> np.ndarray:
    """A mean that forgets: (frames, n), beginning at (n,)."""
    from scipy.signal import lfilter

    return lfilter([1 - _ALPHA], [1, -_ALPHA], values, axis=0, zi=_ALPHA * start[None])[0]


@cache
def _widths() -> np.ndarray:
    """(32,) bins in each band: even steps of the ERB scale (B. Moore, B. Glasberg, 1990), two bins at least."""
    highest = 9.265 * np.log1p(RATE_HZ / 2 / (24.7 * 9.265))
    edges = 24.7 * 9.265 * np.expm1(np.arange(1, _BANDS + 1) * highest / _BANDS / 9.265)
    widths: list[int] = []
    before = over = 0
    for edge in np.floor(edges / (RATE_HZ / _SIZE) + 0.5).astype(int):
        width = int(edge) - before - over
        over = max(0, 2 - width)
        widths.append(max(2, width))
        before = int(edge)
    widths[-1] += _BINS - sum(widths)
    return np.array(widths)


@cache
def _graphs() -> dict[str, Any]:
    """The run methods of the three graphs, by name. Raises MeetAgainError(weights-missing)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    found = {}
    with tarfile.open(where("deepfilternet", "DeepFilterNet3_onnx.tar.gz")) as archive:
        for name in _GRAPHS:
            file = archive.extractfile(f"tmp/export/{name}.onnx")
            assert file is not None
            found[name] = onnxruntime.InferenceSession(file.read(_MOST_BYTES), options, providers=["CPUExecutionProvider"]).run
    return found
