"""The voice's int8 network comes in; the same network in float32, which also tells how long each sound lasts, goes out."""

from collections import defaultdict
from pathlib import Path

import numpy as np

LENGTHS = "/encoder/Clip_output_0"  # frames per token, (n_tokens,) float32; one frame is 600 samples
RECIPE = 1  # raised when what is written here changes


def derive(source: Path, target: Path) -> None:
    """Write `target`. On processors without fast int8 convolutions the float network needs about a quarter less time, and sounds the same.

    Every ConvInteger and MatMulInteger, with the quantising before and the scaling after it, becomes one Conv or MatMul
    on the dequantised weights: W = (W_q - zero) * scale.
    """
    import onnx

    model = onnx.load(str(source))
    graph = _Graph(model.graph)
    for node in [n for n in model.graph.node if n.op_type in ("ConvInteger", "MatMulInteger")]:
        graph.replace(node)
    lengths = onnx.helper.make_tensor_value_info(LENGTHS, onnx.TensorProto.FLOAT, None)
    model.graph.output.append(lengths)
    graph.prune()
    onnx.save(model, str(target))


class _Graph:
    """A graph with its edges, so that nodes can be exchanged."""

    def __init__(self, graph) -> None:
        self.graph = graph
        self.constants = {tensor.name: tensor for tensor in graph.initializer}
        self.maker = {out: node for node in graph.node for out in node.output}
        self.users = defaultdict(list)
        self.added: set[str] = set()
        for node in graph.node:
            for name in node.input:
                self.users[name].append(node)

    def replace(self, node) -> None:
        """Put one float node where the integer node and its scaling stood."""
        from onnx import helper, numpy_helper

        after = self.users[node.output[0]][0]
        bias = ""
        if after.op_type == "Add":
            bias = self._bias(next(name for name in after.input if name != node.output[0]))
            after = self.users[after.output[0]][0]
        scaled = self.users[after.output[0]][0]
        assert after.op_type == "Cast" and scaled.op_type == "Mul", node.name
        scales = self.maker[next(name for name in scaled.input if name != after.output[0])]
        scale = next(self._value(name) for name in scales.input if name in self.constants)
        zero = self._value(node.input[3]).astype(np.float32)
        weights = (self._value(node.input[1]).astype(np.float32) - zero) * scale
        name = f"{node.input[1]}_float"  # layers that share their weights go on sharing them
        if name not in self.added:
            self.added.add(name)
            self.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weights, np.float32), name))
        inputs = [self.maker[node.input[0]].input[0], name, *([bias] if bias else [])]
        kind = "Conv" if node.op_type == "ConvInteger" else "MatMul"
        made = helper.make_node(kind, inputs, list(scaled.output), name=f"{node.name}_float")
        made.attribute.extend(node.attribute)
        self.graph.node.insert(list(self.graph.node).index(scaled), made)
        self.graph.node.remove(scaled)

    def _bias(self, name: str) -> str:
        """The float bias from which the integer bias is made at run time: back through Reshape, Cast and Floor to the division."""
        node = self.maker[name]
        while node.op_type != "Div":
            node = self.maker[node.input[0]]
        return node.input[0]

    def _value(self, name: str) -> np.ndarray:
        from onnx import numpy_helper

        return numpy_helper.to_array(self.constants[name])

    def prune(self) -> None:
        """Take out what no output needs any more."""
        needed = {out.name for out in self.graph.output}
        kept = []
        for node in reversed(list(self.graph.node)):
            if any(out in needed for out in node.output):
                kept.append(node)
                needed.update(node.input)
        del self.graph.node[:]
        self.graph.node.extend(reversed(kept))
        constants = [tensor for tensor in self.graph.initializer if tensor.name in needed]
        del self.graph.initializer[:]
        self.graph.initializer.extend(constants)
        del self.graph.value_info[:]
