"""16 kHz samples come in, how likely each 32 ms holds speech goes out (Silero VAD through onnxruntime)."""

import numpy as np

from meetagain.models.state import where

RATE_HZ = 16000
WINDOW = 512
CONTEXT = 64


class Vad:
    """One stream's detector; it carries its own state."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(where("silero-vad", "silero_vad.onnx")), options, providers=["CPUExecutionProvider"])
        self._state = np.zeros((2, 1, 128), np.float32)
        self._context = np.zeros(CONTEXT, np.float32)

    def likely(self, window: np.ndarray) -> float:
        """Likelihood of speech in (512,) float32."""
        feed = {
            "input": np.concatenate([self._context, window])[None].astype(np.float32),
            "state": self._state,
            "sr": np.array(RATE_HZ, np.int64),
        }
        out, self._state = self._session.run(None, feed)
        self._context = window[-CONTEXT:]
        return float(np.ravel(out)[0])
