"""``mingjian verify``: whether records stand on their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from mingjian.brief.wording import printable
from mingjian.cli.engines import EngineOption
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.progress import list_failures
from mingjian.cli.records import RecordLine, record_lines
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import PageReference
from mingjian.core.model.wire import decode_record, unread_members
from mingjian.core.pipeline.verify import verify
from mingjian.core.ports import Engines
from mingjian.core.rulebook import Rulebook
from mingjian.engines.loading import load_engines
from mingjian.errors import EngineError, EvidenceError, RecordError
from mingjian.overlay import load_rulebook
from mingjian.read import read_paths

Pages: TypeAlias = dict[str, list[Page]]


def verify_command(
    records: Annotated[Path, typer.Argument(help="Records, one a line, as `extract` prints them, or - .")],
    pages: Annotated[list[str], typer.Argument(help="The pages that they were made of: files, folders, .jsonl.")],
    rules: Annotated[Path | None, typer.Option(help="The folder of rule files that `extract` was given.")] = None,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
    ocr: Annotated[bool, typer.Option("--ocr", help="Recognise pictures again, as `extract --ocr` did.")] = False,
    engine: EngineOption = None,
) -> None:
    """Ask every span and every rule of the records again; exit status 1 where one does not stand."""
    checked_inputs([str(records), *pages])
    book, engines = load_rulebook(rules), load_engines(engine)
    lines = list(record_lines([str(records)]))
    by_hash: Pages = {}
    failures: list[Failure] = []
    for page in read_paths(pages, limits_of(max_megabytes, ocr)):
        if isinstance(page, Failure):
            failures.append(page)
        else:
            by_hash.setdefault(page.sha256, []).append(page)
    broken = _report_breaches(lines, lambda line: _breach(line, by_hash, book, engines))
    print_lines([f"{len(lines) - broken} records stand on their pages, {broken} do not"])
    list_failures(failures)
    if broken or any(failure.stage == "find" for failure in failures):
        raise typer.Exit(1)


def _report_breaches(lines: Iterable[RecordLine], breach_of: Callable[[bytes], str | None]) -> int:
    broken = 0
    for one in lines:
        breach = breach_of(one.line)
        if breach is not None:
            broken += 1
            typer.echo(printable(f"{one.place}: {breach}"), err=True)
    return broken


def _breach(line: bytes, pages: Pages, book: Rulebook, engines: Engines) -> str | None:
    try:
        record = decode_record(line)
        odd = unread_members(line, record)
        if odd:
            return f"{odd[0]} is not what mingjian/record/1 would state there, so nothing can be asked of it"
        same_bytes = pages.get(record.page.sha256)
        if not same_bytes:
            return f"its page (sha256 {record.page.sha256[:12]}…) is not among the pages given"
        verify(record, _likest(same_bytes, record.page), book, engines)
    except (RecordError, EvidenceError, EngineError) as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - a fault in one rule must not lose the other records of a run
        return f"the rules cannot be asked again ({type(error).__name__}: {error}); please report it with this page"
    return None


def _likest(pages: Sequence[Page], reference: PageReference) -> Page:
    """Of the pages of the same bytes the one that was read in the same way; a crawl may hold one at two addresses."""

    def likeness(page: Page) -> tuple[bool, ...]:
        same_reading = (page.media_type, page.text_sha256) == (reference.media_type, reference.text_sha256)
        same_place = (page.url, page.retrieved_at) == (reference.url, reference.retrieved_at)
        return same_reading, same_place, page.path == reference.path

    return max(pages, key=likeness)
