"""``mingjian extract``: pages in, records out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from mingjian.brief.card import render_card
from mingjian.brief.html import Listed, listed, page_file_name, render_index, render_page
from mingjian.brief.wording import printable
from mingjian.cli.engines import EngineOption
from mingjian.cli.files import open_output, refuse_inputs, write_whole
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.progress import is_watched, list_failures, with_progress, write_failures
from mingjian.cli.workers import SecondsOption, WorkersOption, extent_of, pages_for, workers_of
from mingjian.core.model.failure import Failure
from mingjian.core.model.wire import encode_record
from mingjian.core.rulebook import Rulebook
from mingjian.errors import ReadError
from mingjian.overlay import load_rulebook
from mingjian.run import Extracted, Setup, extract_many

_CARD_WIDTH = 110


class View(StrEnum):
    """How records are shown."""

    JSONL = "jsonl"
    CARD = "card"
    HTML = "html"


def extract_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    paths: Annotated[list[str], typer.Argument(help="Pages: files, folders, .jsonl of {id,url,text|html}, or - .")],
    view: Annotated[
        View, typer.Option(help="jsonl: a record a line; card: for reading; html: a page each.")
    ] = View.JSONL,
    out: Annotated[Path | None, typer.Option(help="Write here: a file; for html a folder.")] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put the whole text layer into each record.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if any page failed.")] = False,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
    rules: Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise pictures and scanned pages: seconds each; needs mingjian[ocr].")
    ] = False,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    seconds_a_page: SecondsOption = None,
    failed: Annotated[
        Path | None, typer.Option("--failures", help="Write every failure here, one line of JSON each.")
    ] = None,
) -> None:
    """Read pages and print one record each; failures are listed at the end."""
    if view is View.HTML and out is None:
        raise ReadError("--view html", "needs a folder to write to", "add --out FOLDER")
    refuse_inputs(paths, out, folder=view is View.HTML)
    refuse_inputs([*paths, *([str(out)] if out else [])], failed, folder=False)
    limits = limits_of(max_megabytes, ocr)
    extent = extent_of(checked_inputs(paths), limits, whole=is_watched())
    used, setup = workers_of(extent, workers, seconds_a_page), Setup(str(rules) if rules else None, engine)
    failures: list[Failure] = []
    found = extract_many(pages_for(used, paths, limits), setup, used)
    results = _keep_failures(with_progress(found, extent.pages), failures)
    if view is View.HTML and out is not None:
        _write_html(results, out, load_rulebook(rules))
    else:
        watched = out is None and sys.stdout is not None and sys.stdout.isatty()
        _write_lines((_rendered(result, view, with_text, watched) for result in results), out)
    list_failures(failures)
    write_failures(failures, failed)
    if any(failure.stage == "find" for failure in failures) or (strict and failures):
        raise typer.Exit(1)


def _keep_failures(results: Iterable[Extracted | Failure], failures: list[Failure]) -> Iterator[Extracted]:
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            yield result


def _rendered(result: Extracted, view: View, with_text: bool, watched: bool) -> bytes:
    if view is View.CARD:
        width = shutil.get_terminal_size(fallback=(_CARD_WIDTH, 0)).columns
        return render_card(result.record, result.page, colour=watched, width=width).encode("utf-8", "replace")
    if with_text:
        record = result.record
        page = msgspec.structs.replace(record.page, text=result.page.text)
        return encode_record(msgspec.structs.replace(record, page=page)) + b"\n"
    return result.encoded + b"\n"


def _write_lines(lines: Iterable[bytes], out: Path | None) -> None:
    with open_output(out) as stream:
        for line in lines:
            stream.write(line)
            if out is None:
                stream.flush()


def _write_html(results: Iterable[Extracted], folder: Path, book: Rulebook) -> None:
    if folder.exists() and not folder.is_dir():
        raise ReadError(str(folder), "is a file", "--view html writes a page each into a folder: name one with --out")
    taken: dict[str, int] = {}
    entries: list[Listed] = []
    for result in results:
        page, record = result.page, result.record
        name = _free_name(page_file_name(record, page), taken)
        write_whole(folder / name, render_page(record, page, book).encode("utf-8", "replace"))
        entries.append(listed(record, page, name))
    write_whole(folder / "index.html", render_index(entries).encode("utf-8", "replace"))
    typer.echo(f"{len(entries)} pages written; open {printable(str(folder / 'index.html'))}", err=True)


def _free_name(name: str, taken: dict[str, int]) -> str:
    """The name, with a number from the second page on that has it: the same bytes may stand in two places."""
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else name.replace(".html", f"-{taken[name]}.html")
