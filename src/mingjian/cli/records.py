"""Records that were written before: where commands that ask of records, and not of pages, find them.

A source of records is a path: a file of one record a line, a folder of such files, standard input, or a workspace.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.review import Review
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


def record_lines(paths: Iterable[str], *, told: bool = False) -> Iterator[RecordLine]:
    """Every line of the sources that is not blank, in their order; raises ``ReadError`` for what is no source.

    Of pages of a workspace it is what the rules made; with ``told`` before that what people are told, where they said
    otherwise.
    """
    for path in paths:
        if is_workspace(path):
            yield from _kept_records(path, told=told)
            continue
        for file in _files(path):
            for number, line in enumerate(_content(file).split(b"\n"), start=1):
                if line.strip():
                    yield RecordLine(file, number, line)


def is_workspace(path: str) -> bool:
    """Whether a workspace stands at the path."""
    return path != "-" and (Path(path) / DATABASE).is_file()


def kept_page(path: str, record: Record, fact: str) -> tuple[Page | None, Sequence[Review]]:
    """The page of a workspace that the record was made of, and what people said of the fact of this id."""
    from mingjian.corpus import Corpus  # here, because a start must not cost it

    with Corpus.as_it_stands(Path(path)) as corpus, corpus.store.reading() as reader:
        for kept in reader.holding(record.page.sha256):
            if kept.text_sha256 == record.page.text_sha256 and not kept.erased:
                said = corpus.desk.facts(kept.id, [fact]).get(fact)
                return reader.original(kept.number), said.reviews if said else ()
    return None, ()


def _kept_records(path: str, *, told: bool) -> Iterator[RecordLine]:
    """The records of the pages that stand in a workspace, by the numbers of the pages."""
    from mingjian.corpus import Corpus  # here, because a start must not cost it

    with Corpus.as_it_stands(Path(path)) as corpus, corpus.store.reading() as reader:
        after = 0
        while pages := reader.pages(after):
            after = pages[-1].number
            for page in pages:
                record = reader.record(page.number) if page.stands else None
                revised = reader.told(page.number) if told and record is not None else None
                for one in (revised if revised != record else None, record):
                    if one is not None:
                        yield RecordLine(path, page.number, encode_record(one))


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
