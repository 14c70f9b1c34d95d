"""How many processes a run gets, and how long a page may take: what the user says, else what the input is worth."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
import typer

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read import Limits, list_sources, read_paths
from mingjian.read.readers import reader_of_name
from mingjian.run import Workers

_MANY_PAGES = 250  # from which on two workers are done before this process alone would be
_MANY_BYTES = 10_000_000  # of a file that holds many pages
_SECONDS = 60.0
_READING = 5  # times as long as extracting a page: a file of two thousand printed pages is one page
_MOST_WORKERS = 512

WorkersOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--workers", help="Processes; default: one for each core, or none but this for a few pages."),
]
SecondsOption: TypeAlias = Annotated[
    float | None, typer.Option("--seconds-a-page", help="Pages that take longer are failures; 0: no limit. Default 60.")
]


class Extent(msgspec.Struct, frozen=True):
    """The files there are, the bytes of those that may hold many pages, and the pages where none does."""

    files: int
    size: int
    pages: int | None

    @property
    def large(self) -> bool:
        """Whether there are so many pages that it pays to start workers."""
        return self.files >= _MANY_PAGES or self.size >= _MANY_BYTES


def extent_of(paths: Sequence[str], limits: Limits, *, whole: bool) -> Extent:
    """How much the paths hold, as far as that can be told without opening any file; standard input is nothing.

    Unless the ``whole`` is asked for, counting ends once there is so much that it pays to start workers.
    """
    files = size = 0
    single = True
    for source in list_sources(paths, limits):
        files += 1
        if isinstance(source, Failure):
            continue
        reader = reader_of_name(source.name)
        if source.path is None or reader is None or not reader.single:
            single = False
            size += _size(source.path)
        if not whole and Extent(files, size, None).large:
            return Extent(files, size, None)
    return Extent(files, size, files if single else None)


def workers_of(extent: Extent, workers: int | None, seconds: float | None) -> Workers:
    """What the user asks for; else a worker for each core where there is much to do, which guards each page as well.

    Raises ``ReadError`` for numbers that mean nothing.
    """
    if workers is not None and not 1 <= workers <= _MOST_WORKERS:
        raise ReadError("--workers", f"{workers} is no number of processes", "give 1 or more, or leave it out")
    if seconds is not None and not 0 <= seconds < float("inf"):
        raise ReadError("--seconds-a-page", f"{seconds} is no time", "give a number above 0, or 0 for no limit")
    count = workers or (usable_cores() if extent.large else 1)
    if seconds is None and (count > 1 or (workers is None and extent.large)):
        seconds = _SECONDS
    return Workers(count, seconds or None)


def workers_for(pages: int, workers: int | None, seconds: float | None) -> Workers:
    """The same where the number of pages is known, and not what they are read from."""
    return workers_of(Extent(pages, 0, pages), workers, seconds)


def pages_for(workers: Workers, paths: Sequence[str], limits: Limits) -> Iterator[Page | Failure]:
    """The pages of the paths: read in this process where it extracts them too, else in one of their own."""
    if workers.here:
        return read_paths(paths, limits)
    from mingjian.run.reading import read_guarded  # here, because a start must not cost it

    unlimited = workers.seconds_a_page is None or limits.ocr  # recognition has limits of its own
    return read_guarded(paths, limits, None if unlimited else _READING * (workers.seconds_a_page or 0))


def usable_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _size(path: str | None) -> int:
    try:
        return Path(path).stat().st_size if path else 0
    except OSError:
        return 0
