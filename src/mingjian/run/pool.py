"""Tasks through worker processes: answers in the order of the tasks, whatever becomes of a worker.

A task whose worker dies is tried once more, because the system may have taken the worker for another's fault; when the
second dies too, it is the task. The other tasks of that worker go to another. A task that takes too long is not tried
again. Nothing here knows what a task is: tests give it functions that kill and hang, and what runs on many machines can
run the same functions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import connection
from typing import Generic, TypeVar

import msgspec

from mingjian.run.crew import Lost, Worker, cannot_start
from mingjian.run.worker import Start

T = TypeVar("T")
_TRIES = 2
_MOST_FUTILE = 8  # deaths of workers in a row that had nothing to do, and no answer between them
_LARGEST_CHUNK = 8
_MOST_BYTES = 128_000_000


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """How many workers there are, what each does first, and how many seconds one task may take.

    ``ahead`` is the most tasks for each worker that are taken from the input before the oldest of them is given out.
    """

    workers: int
    start: Start
    seconds: float | None = None
    ahead: int = 64


class _Task(Generic[T]):
    def __init__(self, kept: T, content: bytes) -> None:
        self.kept = kept
        self.content = content
        self.answers: list[bytes] = []
        self.deaths = 0
        self.outcome: list[bytes] | Lost | Exception | None = None


def in_workers(
    items: Iterable[T], content_of: Callable[[T], bytes | None], staff: Staff
) -> Iterator[tuple[T, list[bytes] | Lost]]:
    """Every item, in order, with the answers to its content, or why it has none.

    An item without content passes through with no answers. What the function of a worker raises is raised here, behind
    the items before it. Raises ``WorkerError`` where workers end before they have done anything.
    """
    pool = _Pool[T](staff)
    taken = iter(items)
    exhausted = False
    try:
        while True:
            pool.look(waiting=exhausted or pool.full)
            while pool.oldest_done:
                yield pool.take_oldest()
                pool.look(waiting=False)
            if not (exhausted or pool.full):
                item = next(taken, _END)
                exhausted = isinstance(item, _End)
                if not isinstance(item, _End):
                    pool.add(item, content_of(item))
            elif pool.empty:
                return
            pool.hand_out(all_known=exhausted)
    finally:
        pool.end()


class _End:
    pass


_END = _End()


class _Pool(Generic[T]):
    """The tasks between input and output, and the workers that have them."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._workers: list[Worker[_Task[T]]] = []
        self._order: deque[_Task[T]] = deque()
        self._waiting: deque[_Task[T]] = deque()
        self._bytes = 0
        self._futile = 0

    @property
    def full(self) -> bool:
        return len(self._order) >= self._staff.ahead * self._staff.workers or self._bytes >= _MOST_BYTES

    @property
    def empty(self) -> bool:
        return not self._order

    @property
    def oldest_done(self) -> bool:
        return bool(self._order) and self._order[0].outcome is not None

    def take_oldest(self) -> tuple[T, list[bytes] | Lost]:
        task = self._order.popleft()
        self._bytes -= len(task.content)
        if isinstance(task.outcome, Exception):
            raise task.outcome
        return task.kept, task.outcome or []

    def add(self, kept: T, content: bytes | None) -> None:
        task = _Task(kept, content or b"")
        self._order.append(task)
        if content is None:
            task.outcome = []
        else:
            self._bytes += len(content)
            self._waiting.append(task)

    def hand_out(self, *, all_known: bool) -> None:
        """Start the workers that are needed, and give tasks to those that are idle."""
        busy = sum(1 for worker in self._workers if worker.tasks)
        while len(self._workers) < min(self._staff.workers, busy + len(self._waiting)):
            self._workers.append(Worker(self._staff.start, self._staff.seconds))
        for worker in self._workers:
            if worker.idle and self._waiting:
                chunk = self._chunk(worker.chunk, all_known=all_known)
                worker.chunk = min(2 * worker.chunk, _LARGEST_CHUNK)
                worker.give(chunk, [task.content for task in chunk])

    def _chunk(self, size: int, *, all_known: bool) -> list[_Task[T]]:
        """The next tasks for one worker: towards the end a fair share, and a suspect alone."""
        if self._waiting[0].deaths:
            return [self._waiting.popleft()]
        if all_known:
            size = min(size, -(-len(self._waiting) // self._staff.workers))
        chunk: list[_Task[T]] = []
        while self._waiting and len(chunk) < size and not self._waiting[0].deaths:
            chunk.append(self._waiting.popleft())
        return chunk

    def look(self, *, waiting: bool) -> None:
        """Take what the workers say; where there is nothing else to do, wait until one says something or is late."""
        if not self._workers:
            return
        connection.wait([worker.channel for worker in self._workers], self._patience() if waiting else 0)
        for worker in tuple(self._workers):
            try:
                self._listen(worker)
            except EOFError:
                self._bury(worker)
                continue
            if worker.late:
                self._give_up(worker)

    def _patience(self) -> float | None:
        """Seconds until the first worker is late; none at all where the next result is already there."""
        if self.oldest_done or self.empty:
            return 0
        return min((worker.patience for worker in self._workers if worker.patience is not None), default=None)

    def _listen(self, worker: Worker[_Task[T]]) -> None:
        try:
            for answer in worker.answers():
                self._futile = 0
                if answer is None:
                    task = worker.tasks.popleft()
                    task.outcome = task.answers
                else:
                    worker.tasks[0].answers.append(answer)
        except EOFError:
            raise
        except Exception as error:
            if not worker.tasks:  # it could not even start
                raise
            worker.tasks[0].outcome = error
            worker.tasks.popleft()
            self._dismiss(worker)

    def _bury(self, worker: Worker[_Task[T]]) -> None:
        """A worker has died: over its first task, it seems, if it had one."""
        task = worker.tasks[0] if worker.tasks else None
        reason = self._dismiss(worker)
        if task is None:
            self._futile += 1
            if self._futile == _MOST_FUTILE:
                raise cannot_start(reason)
            return
        task.answers.clear()
        task.deaths += 1
        if task.deaths == _TRIES:
            self._waiting.remove(task)
            task.outcome = Lost(reason)

    def _give_up(self, worker: Worker[_Task[T]]) -> None:
        if not worker.ready:
            raise cannot_start("it took too long")
        task = worker.tasks.popleft()
        self._dismiss(worker)
        task.outcome = Lost(f"{self._staff.seconds:g} seconds", late=True)

    def _dismiss(self, worker: Worker[_Task[T]]) -> str:
        """End a worker, and take back what it had not done."""
        self._workers.remove(worker)
        self._waiting.extendleft(reversed(worker.tasks))
        return worker.end()

    def end(self) -> None:
        for worker in self._workers:
            worker.end()
