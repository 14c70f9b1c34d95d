"""The side of a worker: it answers one task after another, and ends when whoever started it is gone.

Over its channel come lists of tasks. For each task go back its answers, then a mark that they are all; what it raises
goes back instead. Before the first task goes a mark that it is ready.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import TypeAlias

from mingjian.errors import MingjianError, WorkerError

Function: TypeAlias = Callable[[bytes], Iterable[bytes]]
"""What is done with a task: its answers, one after another. What it raises ends the run."""

Start: TypeAlias = Callable[[], Function]
"""What a worker does once, before its first task. It is pickled: a function of a module, or a partial of one."""

READY, ANSWER, DONE, RAISED = b"r", b"a", b"d", b"x"
_KILLED_FIRST = "500"  # of -1000 to 1000: where memory ends, a worker is to go and not its parent
_GRACE = 2


def serve(channel: Connection, start: Start, seconds: float | None, folder: str) -> None:
    """Answer tasks until the other end of the channel closes; relative paths count from the folder.

    Beyond the time limit the parent ends the worker; where the parent is gone, the worker's own clock does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends its workers
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):
        os.chdir(folder)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_KILLED_FIRST, encoding="ascii")
    with suppress(EOFError, OSError):  # of the channel alone: what the function raises is sent
        for message in _messages(channel, start, seconds):
            channel.send_bytes(message)


def _messages(channel: Connection, start: Start, seconds: float | None) -> Iterator[bytes]:
    try:
        function = start()
    except Exception as error:  # noqa: BLE001 - the parent raises it: nobody reads what a worker prints
        yield _told(error)
        return
    yield READY
    while True:
        for task in channel.recv():
            yield from _answers(function, task, seconds)


def _answers(function: Function, task: bytes, seconds: float | None) -> Iterator[bytes]:
    answers = iter(function(task))
    while True:
        _end_after(seconds)
        try:
            message = ANSWER + next(answers)
        except StopIteration:
            message = DONE
        except Exception as error:  # noqa: BLE001 - as above
            message = _told(error)
        _end_after(None)
        yield message
        if message == DONE or message.startswith(RAISED):
            return


def _told(error: Exception) -> bytes:
    if not isinstance(error, MingjianError):
        error = WorkerError(f"raised {type(error).__name__}: {error}", "please report it")
    return RAISED + pickle.dumps(error)


def _end_after(seconds: float | None) -> None:
    """End this process at that time, even in a function that never comes back; where the system has such a clock."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else _GRACE * seconds + _GRACE)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
