"""The weights and dictionaries of LAC-small, read from an installed jieba; nothing of them ships with this project."""

from __future__ import annotations

import struct
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.errors import EngineError

Floats = NDArray[np.float32]
INSTALL = 'install it with pip install "mingjian[lac]"'

# A parameter file of Paddle: version, level of detail, version of the tensor, length of its description, the
# description (a protobuf message of the kind of number and the sizes), the numbers.
_HEAD = struct.Struct("<IQIi")
_KIND, _SIZE = 1 << 3, 2 << 3  # the message's fields, both numbers: which kind, and each size in turn
_FLOAT32 = 5


class Dictionaries(msgspec.Struct, frozen=True):
    """The number of every character, the number for all others, and the tags by their numbers."""

    characters: dict[str, int]
    unknown: int
    tags: tuple[str, ...]


def find_folder() -> Path:
    """The folder of the model in an installed jieba, which is not imported; ``EngineError`` where there is none."""
    spec = find_spec("jieba")
    for place in spec.submodule_search_locations or () if spec is not None else ():
        folder = Path(place) / "lac_small"
        if (folder / "model_baseline").is_dir():
            return folder
    raise EngineError("lac", "no jieba with the weights of LAC-small is installed", INSTALL)


def installed_version() -> str:
    """The version of jieba that is installed."""
    try:
        return version("jieba")
    except PackageNotFoundError:
        return "unknown"


def read_dictionaries(folder: Path) -> Dictionaries:
    """The dictionaries of the model."""
    characters = {word: number for number, word in _rows(folder / "word.dic")}
    tags = dict(_rows(folder / "tag.dic"))
    return Dictionaries(characters, characters["OOV"], tuple(tags[number] for number in range(len(tags))))


def _rows(path: Path) -> list[tuple[int, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n"))
    return [(int(row[0]), row[1]) for row in rows if len(row) == 2]


def read_parameter(folder: Path, name: str) -> Floats:
    """One parameter of the model; ``EngineError`` for a file that is none."""
    content = (folder / "model_baseline" / name).read_bytes()
    try:
        _, _, _, length = _HEAD.unpack_from(content)
        sizes = _sizes(content[_HEAD.size : _HEAD.size + length])
        return np.frombuffer(content, "<f4", offset=_HEAD.size + length).reshape(sizes).astype(np.float32)
    except (struct.error, IndexError, ValueError) as error:
        raise EngineError("lac", f"{name} is no parameter of the model ({error})", "install jieba anew") from error


def _sizes(message: bytes) -> list[int]:
    """The sizes that the description of a tensor of short floating-point numbers states."""
    sizes, place = list[int](), 0
    while place < len(message):
        field, place = _number(message, place)
        value, place = _number(message, place)
        if field == _SIZE:
            sizes.append(value)
        elif (field, value) != (_KIND, _FLOAT32):
            raise ValueError(f"its field {field} is {value}")
    return sizes


def _number(message: bytes, place: int) -> tuple[int, int]:
    """The number (a varint) at ``place``, and where it ends."""
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place
