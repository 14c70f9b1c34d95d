"""Worker processes as the parent sees them: one with its pipe, and what became of it.

Every worker has a pipe of its own, so that one which is killed while it writes takes no other with it. A worker is sent
tasks only when it has answered all it had: then it listens, and neither side can wait for the other to read.
"""

from __future__ import annotations

import pickle
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from mingjian.errors import MingjianError, WorkerError
from mingjian.run.worker import ANSWER, DONE, RAISED, READY, Start, serve

T = TypeVar("T")
_START_SECONDS = 300.0
_MEND = "free memory or use fewer workers; in a script of your own, call it below `if __name__ == '__main__':`"


class Lost(msgspec.Struct, frozen=True):
    """A task without an end: how its worker ended, or that it was ended for taking too long."""

    reason: str
    late: bool = False


class Worker(Generic[T]):
    """One process, and the tasks that it has not yet answered, in the order in which it takes them."""

    def __init__(self, start: Start, seconds: float | None) -> None:
        context = get_context("spawn")
        self.channel, given = context.Pipe()
        self.tasks: deque[T] = deque()
        self.ready = False
        self.chunk = 1
        self._seconds = seconds
        self._since = time.monotonic()
        told = (given, start, seconds, str(Path.cwd()))
        self._process = context.Process(target=serve, args=told, daemon=True)
        try:
            with _without_interrupts():
                self._process.start()
        except OSError as error:
            self.channel.close()
            raise cannot_start(str(error.strerror or error)) from error
        finally:
            given.close()

    @property
    def idle(self) -> bool:
        """Whether it waits for tasks."""
        return self.ready and not self.tasks

    @property
    def deadline(self) -> float | None:
        """When it has to have said something, on the monotonic clock; nothing where it may take its time."""
        if not self.ready:
            return self._since + _START_SECONDS
        return self._since + self._seconds if self.tasks and self._seconds is not None else None

    @property
    def late(self) -> bool:
        """Whether its time is over, and nothing lies in the pipe that was not looked at."""
        return self.deadline is not None and time.monotonic() > self.deadline and not self.channel.poll()

    @property
    def patience(self) -> float | None:
        """Seconds until it is late; nothing where it may take its time."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def give(self, tasks: Sequence[T], contents: Sequence[bytes]) -> None:
        """Hand tasks to an idle worker, or a few bytes to one that starts. Where it has died, its pipe tells so."""
        self.tasks.extend(tasks)
        self._since = time.monotonic()
        try:
            self.channel.send(contents)
        except OSError:
            return

    def answers(self) -> Iterator[bytes | None]:
        """What lies in the pipe: answers to the first task, nothing for its end.

        The task that ended is taken off by whoever asks. Raises ``EOFError`` where the process is gone, and what the
        worker raised.
        """
        while self.channel.poll():
            yield from self._told()

    def _told(self) -> Iterator[bytes | None]:
        try:
            message = self.channel.recv_bytes()
        except OSError:  # it was killed while it wrote
            raise EOFError from None
        self._since = time.monotonic()
        kind = message[:1]
        if kind == READY:
            self.ready = True
        elif kind == RAISED:
            raise _raised(message[1:])
        elif kind == DONE:
            yield None
        elif kind == ANSWER:
            yield message[1:]

    def end(self) -> str:
        """Kill it if it lives; how it ended, in words."""
        self._process.kill()
        self._process.join()
        self.channel.close()
        code = self._process.exitcode or 0
        self._process.close()
        if code >= 0:
            return f"exit status {code}"
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"


def cannot_start(reason: str) -> WorkerError:
    """The error for workers that end before they have done anything."""
    return WorkerError(f"ended before it could work ({reason})", _MEND)


def _raised(pickled: bytes) -> MingjianError:
    error: MingjianError = pickle.loads(pickled)  # noqa: S301 - from our own worker
    return error


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started within never gets the Ctrl-C of the terminal: its parent gets it, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which it would be within, and let interrupts through from then on
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
