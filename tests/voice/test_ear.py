"""Several sounds at once are heard as each of them alone."""

import numpy as np
import pytest

from meetagain.models.state import state
from meetagain.voice.ear import voices_of
from meetagain.voice.speaker import embedded

HERE = any(weights.name == "speaker-encoder" and weights.present for weights in state())


@pytest.mark.weights
@pytest.mark.skipif(not HERE, reason="the weights are not here")
def test_together_as_alone():
    rng = np.random.default_rng(0)
    window = 25600
    times = np.arange(4 * window) / 16000
    tone = (0.1 * np.sign(np.sin(2 * np.pi * 150 * times)) + 0.01 * rng.normal(size=len(times))).astype(np.float32)
    sounds = [tone[: 2 * window], tone[: window // 2], 0.5 * tone[: window + 3000]]
    found = voices_of(sounds)
    assert len(found) == 3 and all(np.linalg.norm(one) == pytest.approx(1, abs=1e-4) for one in found)
    for one, sound in zip(found, sounds, strict=True):
        assert float(one @ embedded(sound)) > 0.97
    assert voices_of([]) == []
