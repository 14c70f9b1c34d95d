"""What was worked out of the bundled rule files when the package was built: it saves time, and changes nothing.

Everything is kept under the very words that it was worked out of, so what a user lays over the bundled files, or an
editor changes in them, is simply not found here and worked out anew.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import re._compiler as compiler  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import sys
from array import array
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import msgspec

from mingjian.core.rulebook.triggers import TriggerPlan

FILE = "compiled.msgpack"
# Programs of ``re`` hold for one version of Python only, and for machines with one order of bytes.
PYTHON = f"{sys.implementation.cache_tag}-{sys.version_info.micro}-{_sre.MAGIC}-{sys.byteorder}"


class Program(msgspec.Struct, frozen=True, array_like=True):
    """A pattern as ``re`` compiles it: its flags, its code as 32-bit numbers, and the names of its groups."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


class Compiled(msgspec.Struct, frozen=True):
    """What is known of some rule files, by the hash of their text, and of some patterns, by themselves.

    ``tables``: what a TOML file says; ``plans``: the trigger plan of a rule's pattern; ``programs``: rules' and cues'
    patterns that are as they must be, compiled by the Python named in ``python``.
    """

    tables: Mapping[str, dict[str, Any]] = {}
    plans: Mapping[str, TriggerPlan] = {}
    programs: Mapping[str, Program] = {}
    python: str = ""


def hash_of(text: str) -> str:
    """The name under which what a file says is kept."""
    return sha256(text.encode("utf-8")).hexdigest()


def pattern_of(source: str, compiled: Compiled | None = None) -> re.Pattern[str]:
    """``re.compile(source)``, quicker where its program for this Python is known: by default, to the package."""
    known = bundled_compiled() if compiled is None else compiled
    program = known.programs.get(source)
    if program is None or known.python != PYTHON:
        return re.compile(source)
    names: list[str | None] = [None] * (program.groups + 1)
    for name, number in program.names.items():
        names[number] = name
    code = array("I", program.code).tolist()
    pattern: re.Pattern[str] = _sre.compile(source, program.flags, code, program.groups, program.names, tuple(names))
    return pattern


def programs_of(sources: Iterable[str]) -> dict[str, Program]:
    """The programs of these patterns, made as ``re.compile`` makes them."""
    return {source: _program(source) for source in sources}


def _program(source: str) -> Program:
    parsed = parser.parse(source)
    state = parsed.state
    # ``_code`` is the one step of ``re.compile`` that gives its code; a test compares the patterns made by both ways.
    code = array("I", compiler._code(parsed, state.flags)).tobytes()
    return Program(state.flags, code, state.groups - 1, dict(state.groupdict))


def encode_compiled(compiled: Compiled) -> bytes:
    """The file that ``bundled_compiled`` reads, the same for the same files.

    Tables keep the order of the rule files, by which some of them are read; what has no order of its own is sorted.
    """
    fields = msgspec.structs.asdict(compiled)
    unordered = {
        name: msgspec.Raw(msgspec.msgpack.encode(value, order="sorted"))
        for name, value in fields.items()
        if name != "tables"
    }
    return msgspec.msgpack.encode({**fields, **unordered})


@cache
def bundled_compiled() -> Compiled:
    """What the package holds; nothing where it was not built, or was built by a version that wrote it otherwise."""
    try:
        content = files("mingjian").joinpath("rules", FILE).read_bytes()
        return msgspec.msgpack.decode(content, type=Compiled)
    except (FileNotFoundError, msgspec.DecodeError):
        return Compiled()
