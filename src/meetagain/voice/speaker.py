"""Speech comes in, 256 numbers that stand for whose voice it is go out: two pieces of one voice have a cosine near 1.

The network is Resemblyzer's (C. Jemine, Apache-2.0, after L. Wan and others, "Generalized end-to-end loss for speaker verification",
2018): three LSTM layers over 40 mel bands, in plain arithmetic here.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from meetagain.models.state import where
from meetagain.models.torch_file import tensors

RATE_HZ = 16000
WINDOW_S = 1.6  # what the network was taught on
STEP_S = 0.77  # between the windows of a longer piece
_FRAME, _HOP, _BANDS, _FRAMES = 400, 160, 40, 160
_QUIET_DBFS = -30.0
_ENOUGH = 0.75  # of a last window that holds less than this nothing is learnt
_TOGETHER = 64  # windows reckoned at once


def embedded(sound: np.ndarray) -> np.ndarray:
    """(n,) float32 at 16 kHz, best of speech without long silences, to (256,) float32 of length 1.

    Less than 1.6 s is filled up with silence and tells less. Raises MeetAgainError(weights-missing).
    """
    return middle(windows(sound)[1])


def windows(sound: np.ndarray, step_s: float = STEP_S) -> tuple[np.ndarray, np.ndarray]:
    """Where each window of 1.6 s begins, (k,) seconds, and whose voice it is, (k, 256) with rows of length 1; k is at least 1."""
    step = max(1, round(step_s * RATE_HZ / _HOP))
    frames = -(-(len(sound) + 1) // _HOP)
    starts = list(range(0, max(1, frames - _FRAMES + step + 1), step))
    if len(starts) > 1 and (len(sound) - starts[-1] * _HOP) / (_FRAMES * _HOP) < _ENOUGH:
        starts.pop()
    mel = mel_bands(_audible(np.pad(sound, (0, max(0, (starts[-1] + _FRAMES) * _HOP - len(sound))))))
    pieces = np.stack([mel[start : start + _FRAMES] for start in starts])
    found = [encoder().of(pieces[at : at + _TOGETHER]) for at in range(0, len(pieces), _TOGETHER)]
    return np.array(starts) * _HOP / RATE_HZ, np.concatenate(found)


def middle(embeddings: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    """(k, 256) to the (256,) of length 1 that lies between them."""
    total = np.mean(np.asarray(embeddings), axis=0)
    return (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)


def _audible(sound: np.ndarray) -> np.ndarray:
    """A quiet recording made louder, a loud one left as it is: as the network was taught."""
    rms = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if len(sound) else 0.0
    return sound * max(1.0, 10 ** (_QUIET_DBFS / 20) / rms) if rms > 1e-6 else sound


def mel_bands(sound: np.ndarray) -> np.ndarray:
    """(n,) float32 at 16 kHz to the power in (frames, 40) mel bands, a frame each 10 ms, its middle at the frame's time."""
    padded = np.pad(np.asarray(sound, np.float32), _FRAME // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP]
    shape = np.hanning(_FRAME + 1)[:-1].astype(np.float32)
    power = np.concatenate([np.abs(np.fft.rfft(frames[at : at + 4096] * shape)) ** 2 for at in range(0, len(frames), 4096)])
    return (power @ _filters().T).astype(np.float32)


@cache
def _filters() -> np.ndarray:
    """(40, 201): triangles on M. Slaney's mel scale (Auditory Toolbox, 1998), each of the same area, 0 to 8 kHz."""
    bent = 15 + np.log(RATE_HZ / 2 / 1000) / (np.log(6.4) / 27)
    mels = np.linspace(0, bent, _BANDS + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp(np.log(6.4) / 27 * (mels - 15)))
    hz = np.fft.rfftfreq(_FRAME, 1 / RATE_HZ)
    rising = (hz - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - hz) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]


class Encoder:
    """The network in memory. Nothing in it changes while it works, so several threads may use it."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        names = [f"lstm.{{}}_{{}}_l{layer}".format for layer in range(3)]
        self._layers = [
            (
                weights[name("weight", "ih")].T,
                weights[name("weight", "hh")].T.copy(),
                weights[name("bias", "ih")] + weights[name("bias", "hh")],
            )
            for name in names
        ]
        self._out, self._bias = weights["linear.weight"].T, weights["linear.bias"]

    def of(self, mels: np.ndarray) -> np.ndarray:
        """(k, 160, 40) to (k, 256), each row of length 1."""
        x = mels.astype(np.float32)
        for layer in self._layers:
            x = _lstm(x, *layer)
        found = np.maximum(x[:, -1] @ self._out + self._bias, 0)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def _lstm(x: np.ndarray, inward: np.ndarray, onward: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """One layer, (k, t, n) to (k, t, 256). Gates stand in PyTorch's order: in, forget, cell, out."""
    given = x @ inward + bias
    k, t, size = len(x), x.shape[1], onward.shape[0]
    hidden, cell = np.zeros((k, size), np.float32), np.zeros((k, size), np.float32)
    out = np.empty((k, t, size), np.float32)
    for at in range(t):
        gates = given[:, at] + hidden @ onward
        open_ = 0.5 * (1 + np.tanh(0.5 * gates))  # the logistic curve, without overflow
        cell = open_[:, size : 2 * size] * cell + open_[:, :size] * np.tanh(gates[:, 2 * size : 3 * size])
        hidden = open_[:, 3 * size :] * np.tanh(cell)
        out[:, at] = hidden
    return out


@cache
def encoder() -> Encoder:
    """The one network of this process. Raises MeetAgainError(weights-missing)."""
    return Encoder(tensors(where("speaker-encoder", "pretrained.pt"), "model_state"))
