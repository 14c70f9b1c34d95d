"""The lock of the one writer: a file that the system unlocks when its process dies, and in it who that is."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from mingjian.errors import BusyError, StoreError

LOCK = "writer.lock"
_PAUSE = 0.1
_LONGEST_COMMAND = 200
_HELD_BYTE = 1 << 30  # Windows keeps others from reading what is locked, so the lock lies behind what it says


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes to a workspace, and since when (ISO 8601, UTC)."""

    pid: int
    command: str
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} ({self.command}) has been writing to it since {self.since}"


Told = Callable[[str], None]


class WriterLock:
    """Held from its making until ``release``, or until the process dies; no child of it holds it too."""

    def __init__(self, folder: Path, *, wait: float = 0.0, told: Told | None = None) -> None:
        """Waits so many seconds for another writer, of whom ``told`` hears once; then raises ``BusyError``."""
        self._path = folder / LOCK
        self._file = self._wait(time.monotonic() + wait, told)
        _HELD.add(self)
        with suppress(OSError):  # where the disk is full, others learn only that somebody writes
            _write(self._file)

    def release(self) -> None:
        """Let another writer in."""
        with suppress(OSError, ValueError):
            self._file.seek(0)
            self._file.truncate()
        self.let_go()

    def let_go(self) -> None:
        """Close the file without a word, as a child does that was forked from the writer."""
        _HELD.discard(self)
        with suppress(OSError):
            self._file.close()

    def _wait(self, until: float, told: Told | None) -> IO[bytes]:
        while True:
            file = self._try()
            if file is not None:
                return file
            who = str(writer_of(self._path.parent) or "another program writes to it")
            if time.monotonic() >= until:
                raise BusyError(str(self._path.parent), who, "wait until that is done, then try again")
            if told is not None:
                told(f"{self._path.parent}: {who}; waiting for it to end")
                told = None
            time.sleep(_PAUSE)

    def _try(self) -> IO[bytes] | None:
        """The locked file; nothing where another has it, or where the folder was replaced meanwhile."""
        try:
            file = self._path.open("r+b" if self._path.exists() else "w+b")
        except FileNotFoundError:
            if self._path.parent.is_dir():
                return None
            raise self._refusal("it is not there any more") from None
        except OSError as error:
            raise self._refusal(f"it cannot be written ({error.strerror})") from None
        if _locked(file.fileno()) and _is_at(file.fileno(), self._path):
            return file
        file.close()
        return None

    def _refusal(self, problem: str) -> StoreError:
        return StoreError(str(self._path.parent), problem, "name a folder where you may write")


def writer_of(folder: Path) -> Writer | None:
    """Who says that it writes to a workspace; it may have died since."""
    try:
        return msgspec.json.decode((folder / LOCK).read_bytes(), type=Writer)
    except (OSError, msgspec.DecodeError):
        return None


_HELD: weakref.WeakSet[WriterLock] = weakref.WeakSet()


def _let_go_in_child() -> None:
    for lock in list(_HELD):
        lock.let_go()


def _write(file: IO[bytes]) -> None:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:_LONGEST_COMMAND]
    since = datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251 - the shell may look at the clock
    who = Writer(pid=os.getpid(), command=command, host=socket.gethostname(), since=since)
    file.seek(0)
    file.truncate()
    file.write(msgspec.json.encode(who) + b"\n")
    file.flush()


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _locked(descriptor: int) -> bool:
        import msvcrt

        os.lseek(descriptor, _HELD_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    os.register_at_fork(after_in_child=_let_go_in_child)

    def _locked(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True
