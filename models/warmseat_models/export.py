"""ONNX files. The graph is written node by node, so that every weight keeps its name (see README, "The ONNX file").

`graph` makes the fp32 file or, with `quantised`, the one whose tables are int8 per row; `quantise` turns the
latter's matrix products into dynamic int8 with onnxruntime. Its weights come with few values a row or column (see
rounding.py): what ships is compressed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from . import rounding, search
from .encoder import LAYER_NORM_EPSILON, MASK_VALUE, Architecture
from .search import Projection
from .wide import Phrases

OPSET = 17
IR_VERSION = 8


class Graph:
    """Collects nodes and initialisers; every method returns the name of its output."""

    def __init__(self, state: dict[str, np.ndarray]):
        self.state = state
        self.nodes = []
        self.initialisers = {}

    def weight(self, name: str) -> str:
        return self.constant(name, self.state[name])

    def constant(self, name: str, value) -> str:
        if name not in self.initialisers:
            self.initialisers[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{output}/{kind}", **attributes))
        return output

    def linear(self, x: str, name: str) -> str:
        product = self.add("MatMul", [x, self.weight(f"{name}.weight")], f"{name}.product")
        return self.add("Add", [product, self.weight(f"{name}.bias")], f"{name}.result")

    def norm(self, x: str, name: str) -> str:
        inputs = [x, self.weight(f"{name}.gamma"), self.weight(f"{name}.beta")]
        return self.add("LayerNormalization", inputs, f"{name}.result", axis=-1, epsilon=LAYER_NORM_EPSILON)

    def gelu(self, x: str, name: str) -> str:
        scaled = self.add("Div", [x, self.constant("constants.sqrt_2", np.float32(np.sqrt(2)))], f"{name}.gelu_scaled")
        erf = self.add("Erf", [scaled], f"{name}.gelu_erf")
        plus = self.add("Add", [erf, self.constant("constants.one", np.float32(1))], f"{name}.gelu_plus")
        half = self.add("Mul", [x, self.constant("constants.half", np.float32(0.5))], f"{name}.gelu_half")
        return self.add("Mul", [half, plus], f"{name}.gelu")


def quantise_rows(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 [V, E] and float32 scale [V, 1], symmetric per row. Of the scale the upper 16 bits: the others would only be more
    to fetch."""
    scale = (np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127).astype(np.float32)
    scale = ((scale.view(np.uint32) + 0x8000) & 0xFFFF0000).view(np.float32)
    return np.clip(np.rint(table / scale), -127, 127).astype(np.int8), scale


def graph(state: dict[str, np.ndarray], parts: "Parts", quantised: bool) -> onnx.ModelProto:
    """The whole model; with `quantised` its two tables are int8; phrases speak to `phrase_heads`. Row 0 is taken before the last
    layer's query, as no later row is needed."""
    a, projection = parts.architecture, parts.projection
    g = Graph(state | {"search.weight": projection.weight, "search.bias": projection.bias})
    x, below = _embeddings(g, a, quantised), []
    mask = g.add("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
    inverse = g.add("Sub", [g.constant("constants.one", np.float32(1)), mask], "mask.inverse")
    bias = g.add("Mul", [inverse, g.constant("constants.mask_value", np.float32(MASK_VALUE))], "mask.scaled")
    bias = g.add("Unsqueeze", [bias, g.constant("constants.axes_1_2", np.array([1, 2], np.int64))], "mask.bias")
    for index in range(a.layers):
        rows = x
        if index == a.layers - 1:
            ends = [g.constant(f"constants.{n}", np.array([v], np.int64)) for n, v in (("start", 0), ("end", 1), ("axis", 1))]
            rows = g.add("Slice", [x, *ends], "cls.row")
        x = _layer(g, a, f"layers.{index}", x, rows, bias)
        below.append(x)
    embedding = g.add("Squeeze", [x, g.constant("constants.axis", np.array([1], np.int64))], "embedding")
    _search(g, below[:-1])
    added = _wide(g, parts.phrases, parts.phrase_heads, quantised)
    for name in parts.heads:
        product = g.add("MatMul", [embedding, g.weight(f"heads.{name}.weight")], f"heads.{name}.product")
        deep = [product, g.weight(f"heads.{name}.bias")]
        if name in added:
            deep = [g.add("Add", deep, f"heads.{name}.result"), added[name]]
        g.add("Add", deep, f"{name}_logits")
    g.constant("wide.hashes", parts.phrases.hashes.view(np.int32))
    return _model(g, a, parts.heads)


def _search(g: Graph, below: list[str]) -> None:
    """The search vector: mean rows of the message (type 0) after each layer but the last, of length 1 each, projected."""
    zero = g.constant("constants.zero", np.int64(0))
    own = g.add("Cast", [g.add("Equal", ["token_type_ids", zero], "message.is")], "message.float", to=TensorProto.FLOAT)
    own = g.add("Mul", [own, "mask.float"], "message.mask")
    axis = g.constant("constants.axis", np.array([1], np.int64))
    count = g.add("ReduceSum", [own, axis], "message.count", keepdims=1)
    share = g.add("Unsqueeze", [g.add("Div", [own, count], "message.share"), axis], "message.shares")
    means = []
    for index, rows in enumerate(below):
        mean = g.add("Squeeze", [g.add("MatMul", [share, rows], f"search.{index}.mean"), axis], f"search.{index}.row")
        means.append(_unit_length(g, mean, f"search.{index}"))
    _unit_length(g, g.linear(g.add("Concat", means, "search.means", axis=1), "search"), "search", "search")


def _unit_length(g: Graph, x: str, name: str, output: str | None = None) -> str:
    length = g.add("ReduceL2", [x], f"{name}.length", axes=[1], keepdims=1)
    return g.add("Div", [x, length], output or f"{name}.unit")


def _table(g: Graph, name: str, table: np.ndarray, ids: str, quantised: bool) -> str:
    """Rows of a table by number: `<name>_quantized` int8 and `<name>_scale` a row, or `<name>` in floats."""
    if not quantised:
        return g.add("Gather", [g.constant(name, table), ids], f"{name}_result")
    values, scale = quantise_rows(table)
    row = g.add("Gather", [g.constant(f"{name}_quantized", values), ids], f"{name}_row")
    row = g.add("Cast", [row], f"{name}_float", to=TensorProto.FLOAT)
    factor = g.add("Gather", [g.constant(f"{name}_scale", scale), ids], f"{name}_factor")
    return g.add("Mul", [row, factor], f"{name}_result")


def _wide(g: Graph, phrases: Phrases, heads: dict[str, int], quantised: bool) -> dict[str, str]:
    """What the phrases add to each head: of message and turns before it, each the sum of its rows over the root of their
    number."""
    rows = _table(g, "wide.rows", phrases.rows, "phrase_rows", quantised)
    part, place = (g.constant(f"constants.axis{end}", np.array([axis], np.int64)) for end, axis in (("", 1), ("_2", 2)))
    total = g.add("ReduceSum", [rows, place], "wide.sum", keepdims=0)
    zero = g.constant("constants.zero", np.int64(0))
    kept = g.add("Cast", [g.add("Greater", ["phrase_rows", zero], "wide.kept")], "wide.kept_float", to=TensorProto.FLOAT)
    count = g.add("ReduceSum", [kept, place], "wide.count", keepdims=1)
    count = g.add("Max", [count, g.constant("constants.one", np.float32(1))], "wide.at_least_one")
    parts = g.add("Div", [total, g.add("Sqrt", [count], "wide.root")], "wide.parts")
    mean = g.add("ReduceSum", [parts, part], "wide.logits", keepdims=0)
    sizes = g.constant("wide.sizes", np.array(list(heads.values()), np.int64))
    outputs = [f"wide.{name}_logits" for name in heads]
    g.nodes.append(helper.make_node("Split", [mean, sizes], outputs, name="wide/Split", axis=1))
    return dict(zip(heads, outputs))


def _embeddings(g: Graph, a: Architecture, quantised: bool) -> str:
    x = _table(g, "embeddings.word", g.state["embeddings.word"], "input_ids", quantised)
    if a.embedding != a.hidden:
        x = g.linear(x, "embeddings.projection")
    shape = g.add("Shape", ["input_ids"], "input.shape")
    width = g.add("Slice", [shape, g.constant("constants.end", np.array([1], np.int64)),
                            g.constant("constants.two", np.array([2], np.int64))], "input.width")
    position = g.add("Slice", [g.weight("embeddings.position"), g.constant("constants.start", np.array([0], np.int64)), width,
                               g.constant("constants.axis_0", np.array([0], np.int64))], "embeddings.position_rows")
    x = g.add("Add", [x, position], "embeddings.positioned")
    kind = g.add("Gather", [g.weight("embeddings.type"), "token_type_ids"], "embeddings.type_row")
    return g.norm(g.add("Add", [x, kind], "embeddings.sum"), "embeddings.norm")


def _layer(g: Graph, a: Architecture, name: str, x: str, rows: str, bias: str) -> str:
    width = a.hidden // a.heads
    shape = g.constant("constants.split_heads", np.array([0, -1, a.heads, width], np.int64))
    attention = f"{name}.attention"

    def split(part: str, source: str, order: list[int]) -> str:
        result = g.add("Reshape", [g.linear(source, f"{attention}.{part}"), shape], f"{attention}.{part}.split")
        return g.add("Transpose", [result], f"{attention}.{part}.heads", perm=order)

    query = split("query", rows, [0, 2, 1, 3])
    key = split("key", x, [0, 2, 3, 1])
    value = split("value", x, [0, 2, 1, 3])
    scores = g.add("MatMul", [query, key], f"{attention}.scores")
    scale = g.constant("constants.attention_scale", np.float32(1 / np.sqrt(width)))
    scores = g.add("Mul", [scores, scale], f"{attention}.scaled")
    scores = g.add("Add", [scores, bias], f"{attention}.masked")
    weights = g.add("Softmax", [scores], f"{attention}.weights", axis=-1)
    mixed = g.add("MatMul", [weights, value], f"{attention}.mixed")
    mixed = g.add("Transpose", [mixed], f"{attention}.rows", perm=[0, 2, 1, 3])
    joined = g.constant("constants.join_heads", np.array([0, -1, a.hidden], np.int64))
    mixed = g.add("Reshape", [mixed, joined], f"{attention}.joined")
    mixed = g.linear(mixed, f"{attention}.output")
    x = g.norm(g.add("Add", [rows, mixed], f"{attention}.sum"), f"{attention}.norm")
    up = g.gelu(g.linear(x, f"{name}.feed_forward.up"), f"{name}.feed_forward.up")
    down = g.linear(up, f"{name}.feed_forward.down")
    return g.norm(g.add("Add", [x, down], f"{name}.feed_forward.sum"), f"{name}.feed_forward.norm")


def _model(g: Graph, a: Architecture, heads: dict[str, int]) -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "token_type_ids", "attention_mask")
    ]
    inputs.append(helper.make_tensor_value_info("phrase_rows", TensorProto.INT64, ["batch", "parts", "phrases"]))
    outputs = [helper.make_tensor_value_info(f"{n}_logits", TensorProto.FLOAT, ["batch", size]) for n, size in heads.items()]
    outputs.append(helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", a.hidden]))
    outputs.append(helper.make_tensor_value_info("search", TensorProto.FLOAT, ["batch", search.WIDTH]))
    body = helper.make_graph(g.nodes, "warmseat-encoder", inputs, outputs, list(g.initialisers.values()))
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="warmseat_models")
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    return model


@dataclass
class Parts:
    """All that a file is made of but the encoder's weights."""

    phrases: Phrases
    projection: Projection
    architecture: Architecture
    heads: dict[str, int]
    phrase_heads: dict[str, int]

    def rounded(self) -> "Parts":
        rows = rounding.nearest(self.phrases.rows, 1, rounding.PHRASE_STEPS).values()
        projection = replace(self.projection, weight=self.search().values())
        return replace(self, phrases=replace(self.phrases, rows=rows), projection=projection)

    def search(self) -> rounding.Rounded:
        return rounding.Rounded(self.projection.steps, self.projection.width)


def write_exact(state: dict[str, np.ndarray], parts: Parts, work: Path) -> Path:
    """Write `encoder.fp32.onnx` into `work`."""
    work.mkdir(parents=True, exist_ok=True)
    onnx.save(graph(state, parts, quantised=False), work / "encoder.fp32.onnx")
    return work / "encoder.fp32.onnx"


def write_small(rounded: dict[str, np.ndarray | rounding.Rounded], parts: Parts, work: Path) -> Path:
    """Write `encoder.int8.onnx` into `work`, and `encoder.rounded.onnx`, the same weights in fp32."""
    work.mkdir(parents=True, exist_ok=True)
    matrices = {name: value for name, value in rounded.items() if isinstance(value, rounding.Rounded)}
    floats = rounded | {name: matrix.values() for name, matrix in matrices.items()}
    half, small = work / "encoder.words.onnx", work / "encoder.int8.onnx"
    for quantised, path in ((False, work / "encoder.rounded.onnx"), (True, half)):
        onnx.save(graph(floats, parts.rounded(), quantised), path)
    quantise(half, small)
    keep_steps(small, matrices | {"search.weight": parts.search()})
    half.unlink()
    return small


def keep_steps(path: Path, matrices: dict[str, rounding.Rounded]) -> None:
    """Put the whole steps in place of what they became when spread over int8: small numbers can be added in 16 bits, and nothing
    is rounded twice."""
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        name, _, kind = tensor.name.rpartition("_")
        if name in matrices and kind == "quantized":
            tensor.CopyFrom(numpy_helper.from_array(matrices[name].steps, tensor.name))
        elif name in matrices and kind == "scale":
            tensor.CopyFrom(numpy_helper.from_array(matrices[name].width.reshape(-1), tensor.name))
    onnx.save(model, path)


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8 for products with a weight (heads excepted): per-channel symmetric int8 weights, MatMulInteger."""
    model = onnx.load(source)
    heads = [n.name for n in model.graph.node if n.op_type == "MatMul" and n.input[1].startswith("heads.")]
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=heads,
        extra_options={"WeightSymmetric": True, "MatMulConstBOnly": True},
    )
    keep_hashes(source, target)
    check_names(target)


def keep_hashes(source: Path, target: Path) -> None:
    """Put back `wide.hashes`, which no node reads: the caller finds the rows."""
    model = onnx.load(target)
    if "wide.hashes" not in {i.name for i in model.graph.initializer}:
        model.graph.initializer.extend(i for i in onnx.load(source).graph.initializer if i.name == "wide.hashes")
        onnx.save(model, target)


def check_names(path: Path) -> None:
    """Raise ValueError when a quantised weight lacks one of its three tensors or a float copy was left behind."""
    names = {i.name for i in onnx.load(path).graph.initializer}
    for base in [n.removesuffix("_quantized") for n in names if n.endswith("_quantized")]:
        wanted = {f"{base}_scale"} if base in ("embeddings.word", "wide.rows") else {f"{base}_scale", f"{base}_zero_point"}
        if not wanted <= names or base in names:
            raise ValueError(f"unexpected tensors for {base}")


def recover(path: Path) -> tuple[dict[str, np.ndarray], Phrases, Projection]:
    """The weights, phrases and search projection of an int8 file, in floats again."""
    found = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    for base in [name.removesuffix("_quantized") for name in found if name.endswith("_quantized")]:
        found[base] = found[f"{base}_quantized"].astype(np.float32) * found[f"{base}_scale"]
    phrases = Phrases(found.pop("wide.hashes").view(np.uint32), found.pop("wide.rows").astype(np.float32))
    steps, width = found["search.weight_quantized"], found["search.weight_scale"].reshape(1, -1)
    projection = Projection(found.pop("search.weight"), found.pop("search.bias"), steps, width)
    parts, helps = ("embeddings.", "layers.", "heads."), ("_quantized", "_scale", "_zero_point")
    state = {name: value for name, value in found.items() if name.startswith(parts) and not name.endswith(helps)}
    return state, phrases, projection


def tensors(path: Path) -> list[tuple[str, list[int], str]]:
    """Name, shape and type of every initialiser of a file, in file order."""
    return [
        (i.name, list(i.dims), TensorProto.DataType.Name(i.data_type).lower()) for i in onnx.load(path).graph.initializer
    ]
