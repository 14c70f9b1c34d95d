"""What the user sees of a run on standard error: how far it is, and what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from mingjian.brief.wording import printable
from mingjian.core.model.failure import Failure

T = TypeVar("T")
_SHOWN_FROM = 6


def with_progress(results: Iterable[T]) -> Iterator[T]:
    """The same results; once there are more than a few and a person watches, a line on standard error counts them."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from results
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} pages"), TaskProgressColumn(show_speed=True))
    progress = Progress(*columns, TimeElapsedColumn(), console=console, transient=True)
    task = progress.add_task("", total=None)
    try:
        for count, result in enumerate(results, start=1):
            if count == _SHOWN_FROM:
                progress.start()
            progress.advance(task)
            yield result
    finally:
        progress.stop()


def list_failures(failures: Sequence[Failure]) -> None:
    """Say on standard error which pages gave no record: page, stage, reason and what to do, a line each."""
    if not failures:
        return
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    console.print("1 page gave no record:" if len(failures) == 1 else f"{len(failures)} pages gave no record:")
    for failure in failures:
        console.print(f"  {printable(f'{failure.doc_id} [{failure.stage}] {failure.reason}; {failure.mend}')}")
