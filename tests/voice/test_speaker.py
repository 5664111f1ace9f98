"""One voice is known from another."""

import numpy as np
import pytest

from meetagain.models.state import state
from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, LineClass
from meetagain.voice import speaker
from meetagain.voice.speaker import Encoder, embedded, mel_bands, middle, windows


def _weights(rng: np.random.Generator, wide: int = 256, bands: int = 40) -> dict[str, np.ndarray]:
    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.15, shape).astype(np.float32)

    found = {"linear.weight": some(256, wide), "linear.bias": some(256)}
    for layer in range(3):
        found |= {
            f"lstm.weight_ih_l{layer}": some(4 * wide, wide if layer else bands),
            f"lstm.weight_hh_l{layer}": some(4 * wide, wide),
            f"lstm.bias_ih_l{layer}": some(4 * wide),
            f"lstm.bias_hh_l{layer}": some(4 * wide),
        }
    return found


def _reordered(weights: np.ndarray) -> np.ndarray:
    """PyTorch's gates (in, forget, cell, out) in the order of ONNX (in, out, forget, cell)."""
    inward, forget, cell, out = np.split(weights, 4)
    return np.concatenate([inward, out, forget, cell])


def test_a_layer_is_the_lstm_of_the_standard():
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(2)
    held = _weights(rng)
    w, r = held["lstm.weight_ih_l0"], held["lstm.weight_hh_l0"]
    biases = np.concatenate([_reordered(held["lstm.bias_ih_l0"]), _reordered(held["lstm.bias_hh_l0"])])
    constants = {"w": _reordered(w)[None], "r": _reordered(r)[None], "b": biases[None]}
    graph = helper.make_graph(
        [helper.make_node("LSTM", ["x", "w", "r", "b"], ["y"], hidden_size=256)],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [20, 3, 40])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    x = rng.normal(size=(20, 3, 40)).astype(np.float32)
    theirs = session.run(None, {"x": x})[0][:, 0].transpose(1, 0, 2)
    ours = speaker._lstm(x.transpose(1, 0, 2), w.T, r.T, held["lstm.bias_ih_l0"] + held["lstm.bias_hh_l0"])
    assert np.abs(theirs - ours).max() < 1e-5


def test_a_tone_lies_in_its_band():
    tone = np.sin(2 * np.pi * 1000 * np.arange(16000) / 16000).astype(np.float32)
    bands = mel_bands(tone)
    assert bands.shape == (101, 40)
    # 1000 Hz is the 15th mel; 41 steps lead to the 45.2nd of 8 kHz
    assert bands[50].argmax() in (12, 13)
    assert mel_bands(0.5 * tone)[50].max() == pytest.approx(0.25 * bands[50].max(), rel=1e-3)


@pytest.fixture
def any_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Encoder(_weights(np.random.default_rng(1)))
    monkeypatch.setattr(speaker, "encoder", lambda: made)


@pytest.mark.parametrize(("seconds", "count"), [(0.0, 1), (1.6, 1), (2.5, 2), (2.9, 3), (4.0, 4), (120.0, 155)])
def test_windows_cover_a_piece(any_encoder, seconds: float, count: int):
    sound = np.random.default_rng(0).normal(0, 0.05, int(seconds * 16000)).astype(np.float32)
    starts, found = windows(sound)
    assert len(starts) == len(found) == count
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)
    assert starts[0] == 0 and starts[-1] + 0.75 * 1.6 <= max(seconds, 1.6)


def test_the_middle_has_length_one(any_encoder):
    rng = np.random.default_rng(3)
    found = embedded(rng.normal(0, 0.1, 40000).astype(np.float32))
    assert found.shape == (256,) and found.dtype == np.float32 and np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    assert middle([found, found]) == pytest.approx(found)


def _said(name: str, text: str) -> np.ndarray:
    from scipy.signal import resample_poly

    from meetagain.voice.kokoro import KokoroVoice

    voice = Voice(backend="embedded", name=name, rate_hz=24000, language="en")
    speech = KokoroVoice().speak(Clause(turn=0, text=text, line_class=LineClass.AUTHORED), voice)
    return resample_poly(np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32767, 2, 3).astype(np.float32)


@pytest.mark.weights
@pytest.mark.skipif(not all(weights.present for weights in state() if weights.needed), reason="the weights are not here")
def test_a_voice_is_nearer_to_itself_than_to_another():
    lines = ("The lake was as still as a plate this morning.", "Come and look what I have found behind the woodpile.")
    (a, b), (c, d) = ([embedded(_said(name, text)) for text in lines] for name in ("af_heart", "am_michael"))
    assert min(a @ b, c @ d) > 0.75
    assert max(a @ c, a @ d, b @ c, b @ d) < 0.65
