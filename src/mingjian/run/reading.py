"""Reading in a process of its own, so that a file which hangs its reader, or kills it, costs that file alone."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from multiprocessing import connection
from pathlib import Path

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read import Limits, Source, list_sources, read_source
from mingjian.read.checks import failure_of
from mingjian.run.crew import Worker, cannot_start
from mingjian.run.worker import Function, Start

_PAGE, _FAILURE = b"p", b"f"
_TRIES = 2
_CHUNK = 32
_MEND = "leave it out, and please report the file as a bug"
_SLOW = "leave it out, or give it more time with --seconds-a-page"


def read_guarded(
    paths: Iterable[str | Path], limits: Limits, seconds: float | None, start: Start | None = None
) -> Iterator[Page | Failure]:
    """What ``read_paths`` gives, out of another process, with so many seconds for each page of a file.

    A file over whose next page the process dies twice, or hangs, ends with a failure that says so: the pages before it
    are kept, and the next file goes on. Standard input is read in this process. ``start`` stands in for the reader.
    """
    desk = _Desk(start or partial(source_reader, limits), seconds)
    entries = list_sources(paths, limits)
    try:
        while chunk := list(islice(entries, _CHUNK)):
            desk.take([entry for entry in chunk if isinstance(entry, Source) and entry.path is not None])
            for entry in chunk:
                if isinstance(entry, Failure):
                    yield entry
                else:
                    yield from read_source(entry, limits) if entry.path is None else desk.items(entry)
    finally:
        desk.end()


def source_reader(limits: Limits) -> Function:
    """The function of the process: a pickled source, and how many of its items are there already, to the others."""

    def read_rest(task: bytes) -> Iterator[bytes]:
        source, skipped = pickle.loads(task)  # noqa: S301 - from our own parent
        for item in islice(read_source(source, limits), skipped, None):
            yield (_PAGE if isinstance(item, Page) else _FAILURE) + msgspec.msgpack.encode(item)

    return read_rest


class _Desk:
    """The process that reads, and those that come after it where a file took it along."""

    def __init__(self, start: Start, seconds: float | None) -> None:
        self._new: Callable[[], Worker[Source]] = partial(Worker, start, seconds)
        self._seconds = seconds
        self._worker: Worker[Source] | None = None
        self._page = msgspec.msgpack.Decoder(Page).decode
        self._failure = msgspec.msgpack.Decoder(Failure).decode

    def take(self, sources: list[Source], skipped: int = 0) -> None:
        """Hand over sources; so many items of the first are there already."""
        if sources:
            self._worker = self._worker or self._new()
            tasks = [pickle.dumps((source, 0 if place else skipped)) for place, source in enumerate(sources)]
            self._worker.give(sources, tasks)

    def items(self, source: Source) -> Iterator[Page | Failure]:
        """What the first source that was handed over holds."""
        given = deaths = 0
        reason = ""
        while deaths < _TRIES:
            try:
                for answer in self._answers():
                    yield self._page(answer[1:]) if answer.startswith(_PAGE) else self._failure(answer[1:])
                    given += 1
            except TimeoutError:
                self._begin_again(0, behind=1)
                yield _broken_off(
                    source, given, f"too-slow: took more than {self._seconds:g} seconds, the limit of a page", _SLOW
                )
                return
            except EOFError:
                deaths += 1
                last = deaths == _TRIES
                reason = self._begin_again(0 if last else given, behind=int(last))
            else:
                return
        yield _broken_off(source, given, f"crashed: killed the process that reads it twice ({reason})", _MEND)

    def _answers(self) -> Iterator[bytes]:
        """The answers to the first task; raises ``EOFError`` where the process dies, ``TimeoutError`` if it hangs."""
        worker = self._worker
        while worker is not None:
            connection.wait([worker.channel], worker.patience)
            if worker.late:
                raise TimeoutError if worker.ready else cannot_start("it took too long")
            for answer in worker.answers():
                if answer is None:
                    worker.tasks.popleft()
                    return
                yield answer

    def _begin_again(self, skipped: int, *, behind: int) -> str:
        """Let another process take over, behind so many of the sources; how the one before it ended."""
        worker, self._worker = self._worker, None
        if worker is None:
            return ""
        reason = worker.end()
        if not worker.ready:
            raise cannot_start(reason)
        self.take(list(worker.tasks)[behind:], skipped)
        return reason

    def end(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.end()


def _broken_off(source: Source, given: int, problem: str, mend: str) -> Failure:
    kept = f"; the {given} before it are kept, what stands behind it is not read" if given else ""
    return failure_of(ReadError(source.name, f"{problem}{kept}", mend))
