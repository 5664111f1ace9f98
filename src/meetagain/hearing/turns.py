"""The last seconds of somebody's speech come in; how finished it sounded goes out (smart-turn v3.2: the melody, not the words)."""

from functools import cache

import numpy as np

from meetagain.models.state import where

RATE_HZ = 16000
SECONDS = 8
_HOPS = 800  # 10 ms each


@cache
def _parts():
    import onnxruntime
    from faster_whisper.feature_extractor import FeatureExtractor

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    path = str(where("smart-turn", "smart-turn-v3.2-cpu.onnx"))
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]), FeatureExtractor(chunk_length=SECONDS)


def warm() -> None:
    """Load the network and run it once. Raises MeetAgainError(weights-missing)."""
    finished(np.zeros(RATE_HZ, np.float32))


def finished(pcm: np.ndarray) -> float:
    """0 somebody will go on, 1 has finished. (n,) float32 at 16 kHz, ending where the silence began; the last 8 s count.

    About 90 ms on one core. Raises MeetAgainError(weights-missing).
    """
    session, mel = _parts()
    last = np.asarray(pcm, np.float32)[-SECONDS * RATE_HZ :]
    sound = np.pad(last, (SECONDS * RATE_HZ - len(last), 0))
    sound = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-7)
    features = mel(sound, padding=160)[None, :, :_HOPS].astype(np.float32)
    return float(np.ravel(session.run(None, {"input_features": features})[0])[0])
