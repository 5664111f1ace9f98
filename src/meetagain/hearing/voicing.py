"""16 kHz samples come in, 32 ms at a time; how likely each piece holds a voice goes out (Silero VAD)."""

from functools import cache

import numpy as np

from meetagain.models.state import where

RATE_HZ = 16000
FRAME = 512
_CONTEXT = 64


@cache
def _session():
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(where("silero-vad", "silero_vad.onnx")), options, providers=["CPUExecutionProvider"])


class Voicing:
    """One stream. The network remembers what came before, so frames must come in order. Raises MeetAgainError(weights-missing)."""

    def __init__(self) -> None:
        self._run = _session().run
        self._rate = np.array(RATE_HZ, np.int64)
        self.reset()

    def reset(self) -> None:
        """Forget what was heard."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._before = np.zeros(_CONTEXT, np.float32)

    def of(self, frame: np.ndarray) -> float:
        """Probability of a voice in (512,) float32 samples."""
        samples = np.concatenate([self._before, frame])[None]
        self._before = frame[-_CONTEXT:]
        chance, self._state = self._run(None, {"input": samples.astype(np.float32), "state": self._state, "sr": self._rate})
        return float(chance[0, 0])
