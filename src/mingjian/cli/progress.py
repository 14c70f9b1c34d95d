"""What the user sees of a run on standard error: how far it is, how fast, what failed. Silent unless watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.text import Text

from mingjian.brief.wording import printable
from mingjian.cli.files import open_output
from mingjian.core.model.failure import Failure

T = TypeVar("T")
_SHOWN_FROM = 6
_LISTED = 20
_FEW_MORE = 5


def is_watched() -> bool:
    """Whether a person sees standard error."""
    return Console(stderr=True).is_terminal


def with_progress(results: Iterable[T], total: int | None = None, console: Console | None = None) -> Iterator[T]:
    """The same results; once there are more than a few and a person watches, a line on standard error counts them.

    It shows pages, failures and pages a second; where the ``total`` is known, also a bar and the time that is left.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield from results
        return
    counted = (SpinnerColumn(), TextColumn("{task.fields[counted]}"), _Rate())
    known = (BarColumn(bar_width=30), TimeRemainingColumn(), TextColumn("left")) if total else (Elapsed(),)
    progress = Progress(*counted, *known, console=console, transient=True)
    task = progress.add_task("", total=total, counted="")
    failed = 0
    try:
        for count, result in enumerate(results, start=1):
            if count == _SHOWN_FROM:
                progress.start()
            failed += isinstance(result, Failure)
            progress.update(task, advance=1, counted=_counted(count, total, failed))
            yield result
    finally:
        progress.stop()


class _Rate(ProgressColumn):
    """Pages a second, of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.3g} pages/s" if task.speed else "")


def _counted(count: int, total: int | None, failed: int) -> str:
    pages = f"{count} of {total} pages" if total else f"{count} pages"
    return f"{pages}, {failed} failed" if failed else pages


def list_failures(failures: Sequence[Failure]) -> None:
    """Say on standard error which pages gave no record: page, stage, reason and what to do, a line each.

    Of very many the first are listed, and then how often each reason stopped a page.
    """
    if not failures:
        return
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    console.print("1 page gave no record:" if len(failures) == 1 else f"{len(failures)} pages gave no record:")
    shown = failures if len(failures) <= _LISTED + _FEW_MORE else failures[:_LISTED]
    for failure in shown:
        console.print(f"  {printable(f'{failure.doc_id} [{failure.stage}] {failure.reason}; {failure.mend}')}")
    if len(shown) < len(failures):
        console.print(f"  and {len(failures) - len(shown)} more (`extract --failures FILE` lists each); of all:")
        for (stage, kind), count in sorted(_kinds(failures).items(), key=lambda item: (-item[1], item[0])):
            console.print(f"  {count:7d} [{stage}] {printable(kind)}")


def _kinds(failures: Iterable[Failure]) -> Counter[tuple[str, str]]:
    """How often each stage failed for each kind of reason: what stands before its colon."""
    return Counter((failure.stage, failure.reason.partition(":")[0]) for failure in failures)


def write_failures(failures: Iterable[Failure], path: Path | None) -> None:
    """Every failure as a line of JSON, into a file if one is named: it is empty where nothing failed."""
    if path is None:
        return
    with open_output(path) as stream:
        for failure in failures:
            stream.write(msgspec.json.encode(failure) + b"\n")
