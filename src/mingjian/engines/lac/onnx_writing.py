"""Writes a small ONNX model: just the parts of the format (protobuf messages, by field number) that LAC needs.

The package ``onnx`` does this too, and much more; one file spares users a dependency of its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

# Wire types of protobuf, and ONNX's numbers for kinds of tensor and of attribute.
_VARINT, _BYTES = 0, 2
_TENSOR_KINDS = {"float32": 1, "int32": 6, "int64": 7}
_INTEGER, _STRING, _INTEGERS = 2, 3, 7
_IR_VERSION, _OPERATORS = 8, 14  # versions that every onnxruntime since 1.7 reads


def model(
    nodes: Iterable[bytes], constants: Iterable[bytes], inputs: Iterable[bytes], outputs: Iterable[bytes]
) -> bytes:
    """The model whose graph holds these parts."""
    graph = b"".join([
        *(_message(1, node) for node in nodes),
        _message(2, b"graph"),
        *(_message(5, constant) for constant in constants),
        *(_message(11, value) for value in inputs),
        *(_message(12, value) for value in outputs),
    ])  # fmt: skip
    return _integer(1, _IR_VERSION) + _message(7, graph) + _message(8, _message(1, b"") + _integer(2, _OPERATORS))


def node(operator: str, inputs: Sequence[str], output: str, attributes: Mapping[str, object] | None = None) -> bytes:
    """One step of the graph; attributes are numbers, words or lists of numbers."""
    parts = [_message(1, name.encode()) for name in inputs]
    parts += [_message(2, output.encode()), _message(4, operator.encode())]
    parts += [_message(5, _attribute(name, value)) for name, value in (attributes or {}).items()]
    return b"".join(parts)


def constant(name: str, values: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    """A tensor that the model holds."""
    sizes = b"".join(_integer(1, size) for size in values.shape)
    raw = np.ascontiguousarray(values).tobytes()
    return sizes + _integer(2, _TENSOR_KINDS[values.dtype.name]) + _message(8, name.encode()) + _message(9, raw)


def value(name: str, kind: str, sizes: Sequence[str | int]) -> bytes:
    """An input or output: its name, kind of number and sizes, words for those that are not fixed."""
    dimensions = (_integer(1, size) if isinstance(size, int) else _message(2, size.encode()) for size in sizes)
    shape = b"".join(_message(1, dimension) for dimension in dimensions)
    tensor = _integer(1, _TENSOR_KINDS[kind]) + _message(2, shape)
    return _message(1, name.encode()) + _message(2, _message(1, tensor))


def _attribute(name: str, given: object) -> bytes:
    start = _message(1, name.encode())
    if isinstance(given, int):
        return start + _integer(3, given) + _integer(20, _INTEGER)
    if isinstance(given, str):
        return start + _message(4, given.encode()) + _integer(20, _STRING)
    if isinstance(given, Sequence):
        return start + b"".join(_integer(8, number) for number in given) + _integer(20, _INTEGERS)
    raise TypeError(f"{name} is {given!r}, which no attribute of these models is")


def _integer(field: int, number: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(number)


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
