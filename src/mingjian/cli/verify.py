"""``mingjian verify``: whether records stand on their pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mingjian.cli.rulefiles import rulebook_with
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_record
from mingjian.core.pipeline.verify import verify
from mingjian.core.rulebook import Rulebook
from mingjian.errors import EvidenceError, ReadError, RecordError
from mingjian.read import read_paths


def verify_command(
    records: Annotated[Path, typer.Argument(help="Records, one a line, as `extract` prints them.")],
    pages: Annotated[list[str], typer.Argument(help="The pages that they were made of: files, folders, .jsonl.")],
    rules: Annotated[Path | None, typer.Option(help="The folder of rule files that `extract` was given.")] = None,
) -> None:
    """Ask every span and every rule of the records again; exit status 1 where one does not stand."""
    book = rulebook_with(rules)
    by_hash = {page.sha256: page for page in read_paths(pages) if isinstance(page, Page)}
    sound = broken = 0
    for number, line in enumerate(_lines_of(records), start=1):
        breach = _breach(line, by_hash, book)
        sound, broken = sound + (breach is None), broken + (breach is not None)
        if breach is not None:
            typer.echo(f"{records}:{number}: {breach}", err=True)
    typer.echo(f"{sound} records stand on their pages, {broken} do not")
    if broken:
        raise typer.Exit(1)


def _lines_of(records: Path) -> list[bytes]:
    try:
        content = sys.stdin.buffer.read() if str(records) == "-" else records.read_bytes()
    except OSError as error:
        raise ReadError(str(records), error.strerror or "cannot be read", "name a file of records") from None
    return [line for line in content.splitlines() if line.strip()]


def _breach(line: bytes, pages: dict[str, Page], book: Rulebook) -> str | None:
    try:
        record: Record = decode_record(line)
        page = pages.get(record.page.sha256)
        if page is None:
            return f"its page (sha256 {record.page.sha256[:12]}…) is not among the pages given"
        verify(record, page, book)
    except (RecordError, EvidenceError) as error:
        return str(error)
    return None
