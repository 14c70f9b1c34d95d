"""What workers are given in tests: functions that do to their process what a bad page does, when told so."""

from __future__ import annotations

import ctypes
import os
import pickle
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from mingjian.errors import RuleError
from mingjian.read import Limits
from mingjian.run.reading import source_reader
from mingjian.run.worker import Function


def upper() -> Function:
    """Answers in capitals, unless the task is a poison."""

    def answer(task: bytes) -> Iterator[bytes]:
        _suffer(task.decode())
        yield task.upper()

    return answer


def poisoned_reader(limits: Limits) -> Function:
    """The reader of files, but poison where a name says so, behind the first page where it says that too."""
    read = source_reader(limits)

    def answer(task: bytes) -> Iterator[bytes]:
        source, skipped = pickle.loads(task)  # noqa: S301 - from the test itself
        name = Path(source.name).stem
        for number, item in enumerate(read(task), start=1 + skipped):
            if not name.startswith("later-") or number > 1:
                _suffer(name.removeprefix("later-"))
            yield item

    return answer


def unable() -> NoReturn:
    """No worker comes of this: it cannot start."""
    raise RuleError("events.toml", 3, "there is no cue", "keep the cues")


def stillborn() -> NoReturn:
    """A worker that dies before it can say anything."""
    os._exit(7)


def _suffer(word: str) -> None:
    name, _, said = word.partition(" ")
    if name in _POISONS:
        _POISONS[name](said)


def _once(marker: str) -> None:
    """Killed by chance: not again the next time."""
    if not Path(marker).exists():
        Path(marker).touch()
        _kill("")


def _kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _leave(_: str) -> None:
    os._exit(3)


def _crash(_: str) -> None:
    ctypes.string_at(0)


def _sleep(_: str) -> None:
    time.sleep(1_000)


def _spin(_: str) -> None:
    """As a pattern that backtracks for ever does: no other thread of the process runs."""
    re.match(r"(a+)+b", "a" * 60)


def _raise(_: str) -> None:
    raise RuleError("events.toml", 3, "there is no cue", "keep the cues")


def _stumble(_: str) -> None:
    raise KeyError("noun")


_POISONS = {
    "kill": _kill,
    "leave": _leave,
    "crash": _crash,
    "sleep": _sleep,
    "spin": _spin,
    "raise": _raise,
    "stumble": _stumble,
    "once": _once,
}
