"""Records that were written before: where commands that ask of records, and not of pages, find them.

A source of records is a path. Today it is a file of one record a line, a folder of such files, or standard input; what
else will hold records (a workspace) is one more branch of ``record_lines``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mingjian.errors import ReadError

_SUFFIXES = (".jsonl", ".json", ".ndjson")
EXPECTED = "name a file of records as `mingjian extract` prints them, a folder of such .jsonl files, or -"


class RecordLine(NamedTuple):
    """One line that should be a record: the file, the number of the line in it, and its bytes."""

    file: str
    number: int
    line: bytes

    @property
    def place(self) -> str:
        """File and line, as errors name them."""
        return f"{self.file}:{self.number}"


def record_lines(paths: Iterable[str]) -> Iterator[RecordLine]:
    """Every line of the sources that is not blank, in their order; raises ``ReadError`` for what is no source."""
    for path in paths:
        for file in _files(path):
            for number, line in enumerate(_content(file).split(b"\n"), start=1):
                if line.strip():
                    yield RecordLine(file, number, line)


def _files(path: str) -> list[str]:
    folder = Path(path)
    if path == "-" or not folder.is_dir():
        return [path]
    found = sorted(str(file) for file in folder.rglob("*") if file.suffix in _SUFFIXES and file.is_file())
    if not found:
        raise ReadError(path, "is a folder without records", EXPECTED)
    return found


def _content(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ReadError(file, error.strerror or "cannot be read", EXPECTED) from None
