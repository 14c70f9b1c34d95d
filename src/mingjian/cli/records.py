"""Records that were written before: where commands that ask of records, and not of pages, find them.

A source of records is a path: a file of one record a line, a folder of such files, standard input, or a workspace.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import encode_record
from mingjian.errors import ReadError

DATABASE = "mingjian.db"
_SUFFIXES = (".jsonl", ".json", ".ndjson")
EXPECTED = "name a file of records as `mingjian extract` prints them, a folder of such .jsonl files, a workspace, or -"


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
        if is_workspace(path):
            yield from _kept_records(path)
            continue
        for file in _files(path):
            for number, line in enumerate(_content(file).split(b"\n"), start=1):
                if line.strip():
                    yield RecordLine(file, number, line)


def is_workspace(path: str) -> bool:
    """Whether a workspace stands at the path."""
    return path != "-" and (Path(path) / DATABASE).is_file()


def kept_page(path: str, record: Record) -> Page | None:
    """The page of a workspace that the record was made of."""
    from mingjian.store import open_workspace  # here, because a start must not cost it

    with closing(open_workspace(Path(path))) as store, store.reading() as reader:
        for kept in reader.holding(record.page.sha256):
            if kept.text_sha256 == record.page.text_sha256 and not kept.erased:
                return reader.original(kept.number)
    return None


def _kept_records(path: str) -> Iterator[RecordLine]:
    """The records that the rules made of the pages that stand in a workspace, by the numbers of the pages."""
    from mingjian.store import open_workspace  # here, because a start must not cost it

    with closing(open_workspace(Path(path))) as store, store.reading() as reader:
        after = 0
        while pages := reader.pages(after):
            after = pages[-1].number
            for page in pages:
                record = reader.record(page.number) if page.stands else None
                if record is not None:
                    yield RecordLine(path, page.number, encode_record(record))


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
