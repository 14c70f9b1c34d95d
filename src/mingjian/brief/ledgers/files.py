"""Which file a ledger becomes, by the ending of its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from mingjian.brief.ledgers.delimited import csv_lines
from mingjian.brief.ledgers.json_lines import json_lines
from mingjian.brief.ledgers.tables import Table, Tabled
from mingjian.errors import ReadError

ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx")


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is written: ``labelled``, CSV by Chinese names; ``with_pages``, JSON lines with the cards of pages."""

    labelled: bool = False
    with_pages: bool = False


PLAIN = Form()
_AT_ONCE = 200


def check_ending(to: Path) -> None:
    """Silence, or ``ReadError`` where a ledger is not written as a file that ends so."""
    if to.suffix.lower() not in ENDINGS:
        raise ReadError(str(to), f"no ledger is written as {to.suffix or 'a file without an ending'}", _mend())


def ledger_file(table: Table, to: Path, form: Form = PLAIN) -> Iterable[bytes]:
    """The bytes of the file, part by part: ``.csv``, ``.jsonl``, ``.parquet`` or ``.xlsx``.

    Raises ``ReadError`` for another ending, and ``EngineError`` where what writes the format is not installed.
    """
    check_ending(to)
    match to.suffix.lower():
        case ".csv":
            return csv_lines(table, labelled=form.labelled)
        case ".jsonl":
            return json_lines(table, with_pages=form.with_pages)
        case ".parquet":
            from mingjian.brief.ledgers.parquet import parquet_bytes  # here, because a start must not cost it

            return [parquet_bytes(table)]
        case _:
            from mingjian.brief.ledgers.excel import excel_bytes  # here, because a start must not cost it

            return [excel_bytes(table)]


def rows_as_file(table: Table, rows: Iterable[Tabled], ending: str, form: Form = PLAIN) -> Iterator[bytes]:
    """The bytes of a file of these rows, of which ``table`` tells all else, part by part.

    Of CSV and JSON lines no more than a few hundred rows are held at a time; other files are made of all of them.
    """
    every, to = iter(rows), Path("rows").with_suffix(ending)
    if ending not in {".csv", ".jsonl"}:
        yield from ledger_file(msgspec.structs.replace(table, rows=list(every)), to, form)
        return
    head = True
    while (some := list(islice(every, _AT_ONCE))) or head:
        lines = iter(ledger_file(msgspec.structs.replace(table, rows=some), to, form))
        if ending == ".csv" and not head:
            next(lines)  # its first line is the head of the columns
        yield b"".join(lines)
        head = False


def _mend() -> str:
    return f"end its name with {', '.join(ENDINGS)}"
