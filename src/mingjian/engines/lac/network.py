"""The network of LAC-small as an ONNX model: characters in, how well each tag fits each of them out.

Characters become vectors; two bidirectional layers of gated recurrent units read them; a linear layer scores the tags.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mingjian.engines.lac import onnx_writing as onnx
from mingjian.engines.lac.weights import Floats, read_parameter

_HIDDEN = 128
_GATES = 2 * _HIDDEN
_LAYERS = (0, 1)
Network = Callable[[Sequence[Sequence[int]]], Floats]


def load_network(folder: Path) -> Network:
    """The network: for sequences of characters (by number, none empty) scores by step, sequence and tag.

    It runs in one thread: with more, sums would depend on the machine, and on a busy one they are slower. Raises
    ``ImportError`` where onnxruntime is not installed.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session: Any = onnxruntime.InferenceSession(_model(folder), options, providers=["CPUExecutionProvider"])

    def scores(batch: Sequence[Sequence[int]]) -> Floats:
        lengths = np.array([len(sequence) for sequence in batch], np.int32)
        characters = np.zeros((int(lengths.max()), len(batch)), np.int64)
        for column, sequence in enumerate(batch):
            characters[: len(sequence), column] = sequence
        given: Floats = session.run(["scores"], {"characters": characters, "lengths": lengths})[0]
        return given

    return scores


def _model(folder: Path) -> bytes:
    constants = [onnx.constant("vectors", read_parameter(folder, "word_emb"))]
    nodes = [onnx.node("Gather", ["vectors", "characters"], "read0")]
    for layer in _LAYERS:
        names = [f"{part}{layer}" for part in ("inputs", "states", "biases")]
        constants += [onnx.constant(*pair) for pair in zip(names, _layer(folder, layer), strict=True)]
        reading = {"hidden_size": _HIDDEN, "direction": "bidirectional", "linear_before_reset": 0}
        nodes += [
            onnx.node("GRU", [f"read{layer}", *names, "lengths"], f"both{layer}", reading),
            onnx.node("Transpose", [f"both{layer}"], f"turned{layer}", {"perm": [0, 2, 1, 3]}),
            onnx.node("Reshape", [f"turned{layer}", "joined"], f"read{layer + 1}"),
        ]
    constants += [
        onnx.constant("joined", np.array([0, 0, _GATES], np.int64)),  # the two directions side by side
        onnx.constant("weights", read_parameter(folder, "fc_4.w_0")),
        onnx.constant("bias", read_parameter(folder, "fc_4.b_0")),
    ]
    nodes += [
        onnx.node("MatMul", [f"read{len(_LAYERS)}", "weights"], "unbiased"),
        onnx.node("Add", ["unbiased", "bias"], "scores"),
    ]
    inputs = [onnx.value("characters", "int64", ["step", "text"]), onnx.value("lengths", "int32", ["text"])]
    return onnx.model(nodes, constants, inputs, [onnx.value("scores", "float32", ["step", "text", "tag"])])


def _layer(folder: Path, layer: int) -> tuple[Floats, Floats, Floats]:
    """The weights of a layer as ONNX wants them: for inputs, for states, and the biases, each of both directions."""
    units = [_unit(folder, 2 * layer + backward) for backward in (0, 1)]
    inputs, states, biases = (np.stack(parts) for parts in zip(*units, strict=True))
    return inputs, states, biases


def _unit(folder: Path, number: int) -> tuple[Floats, Floats, Floats]:
    """The weights of one unit.

    Of Paddle's ``dynamic_gru`` (``origin_mode`` false) the state after is ``before + update * (candidate - before)``,
    of ONNX's ``candidate + update * (before - candidate)``: its update gate is the other's complement, whose weights
    are negative. Both let the reset gate act before the product. Paddle keeps the weights of states as two blocks:
    update and reset gate side by side, then the candidate.
    """
    weights = read_parameter(folder, f"gru_{number}.w_0").reshape(-1)
    gates = weights[: _HIDDEN * _GATES].reshape(_HIDDEN, _GATES)
    candidate = weights[_HIDDEN * _GATES :].reshape(_HIDDEN, _HIDDEN)
    states = np.concatenate([gates, candidate], axis=1)
    inputs = read_parameter(folder, f"fc_{number}.w_0")
    bias = read_parameter(folder, f"fc_{number}.b_0") + read_parameter(folder, f"gru_{number}.b_0").reshape(-1)
    for one in (inputs, states, bias):
        one[..., :_HIDDEN] *= -1
    return inputs.T, states.T, np.concatenate([bias, np.zeros_like(bias)])
