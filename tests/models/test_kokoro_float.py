"""Integer layers become float ones that give the same."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from meetagain.models import kokoro_float


def _quantised(path, rng):
    weights = rng.integers(0, 255, (4, 3, 3), dtype=np.uint8)
    matrix = rng.integers(-60, 60, (8, 5), dtype=np.int8)  # small: older processors saturate sums of large ones
    constants = {
        "w": weights, "w_zero": np.array(120, np.uint8), "w_scale": np.array(0.01, np.float32), "bias": rng.normal(size=4).astype(np.float32),
        "bias_shape": np.array([1, 4, 1], np.int64), "m": matrix, "m_zero": np.array([0], np.int8), "m_scale": np.array(0.02, np.float32),
    }  # fmt: skip
    make = helper.make_node
    nodes = [
        make("DynamicQuantizeLinear", ["x"], ["xq", "xs", "xz"]),
        make("ConvInteger", ["xq", "w", "xz", "w_zero"], ["ci"], name="c", kernel_shape=[3], pads=[1, 1]),
        make("Mul", ["xs", "w_scale"], ["scale"]),
        make("Div", ["bias", "scale"], ["b1"]),
        make("Floor", ["b1"], ["b2"]),
        make("Cast", ["b2"], ["b3"], to=TensorProto.INT32),
        make("Reshape", ["b3", "bias_shape"], ["b4"]),
        make("Add", ["ci", "b4"], ["added"]),
        make("Cast", ["added"], ["af"], to=TensorProto.FLOAT),
        make("Mul", ["af", "scale"], ["conv"]),
        make("DynamicQuantizeLinear", ["conv"], ["yq", "ys", "yz"]),
        make("MatMulInteger", ["yq", "m", "yz", "m_zero"], ["mi"], name="mm"),
        make("Cast", ["mi"], ["mf"], to=TensorProto.FLOAT),
        make("Mul", ["ys", "m_scale"], ["mscale"]),
        make("Mul", ["mf", "mscale"], ["audio"]),
        make("Identity", ["conv"], [kokoro_float.LENGTHS]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 8])],
        [helper.make_tensor_value_info("audio", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), str(path))


def test_the_float_network_says_the_same_and_tells_lengths(tmp_path):
    import onnxruntime

    rng = np.random.default_rng(1)
    _quantised(tmp_path / "q.onnx", rng)
    kokoro_float.derive(tmp_path / "q.onnx", tmp_path / "f.onnx")
    kinds = {node.op_type for node in onnx.load(str(tmp_path / "f.onnx")).graph.node}
    assert {"Conv", "MatMul"} <= kinds and not kinds & {"ConvInteger", "MatMulInteger", "DynamicQuantizeLinear", "Floor"}
    x = rng.normal(size=(1, 3, 8)).astype(np.float32)
    sessions = [onnxruntime.InferenceSession(str(tmp_path / name), providers=["CPUExecutionProvider"]) for name in ("q.onnx", "f.onnx")]
    before, after = sessions[0].run(None, {"x": x})[0], sessions[1].run(None, {"x": x})
    assert len(after) == 2
    assert np.abs(before - after[0]).max() < 0.05 * np.abs(before).max()
