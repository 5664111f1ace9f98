"""Speech comes in, how clean people would find it (1 to 5) goes out, as DNSMOS P.835 judges it (C. Reddy and others, 2022)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from meetagain.errors import MeetAgainError
from meetagain.models.fetch import fetch
from meetagain.models.state import where

RATE_HZ = 16000
_WINDOW = int(9.01 * RATE_HZ)
_OVERALL = (-0.06766283, 1.11546468, 0.04602535)  # the authors' curve from the network's answer to what people said


def mean_opinion(sounds: Sequence[np.ndarray]) -> float | None:
    """(n,) float32 at 16 kHz each; the mean of all. Short ones are said again and again, as the authors do. None without the network."""
    network = _network()
    if network is None or not sounds:
        return None
    scores = [_judged(network, window) for sound in sounds if len(sound) for window in _windows(sound)]
    return round(float(np.mean(scores)), 2)


def _windows(sound: np.ndarray) -> list[np.ndarray]:
    whole = np.tile(sound, -(-_WINDOW // len(sound))) if len(sound) < _WINDOW else sound
    return [whole[at : at + _WINDOW] for at in range(0, len(whole) - _WINDOW + 1, RATE_HZ)]


def _judged(network: Any, window: np.ndarray) -> float:
    overall = float(network.run(None, {"input_1": window[None].astype(np.float32)})[0][0][2])
    return float(np.polyval(_OVERALL, overall))


@cache
def _network() -> Any:
    import onnxruntime

    try:
        fetch(["dnsmos"], lambda label, share: None)
        path = where("dnsmos", "sig_bak_ovr.onnx")
    except MeetAgainError:
        return None
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
