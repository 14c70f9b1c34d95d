"""The folder of an index: files that are whole or not there, and one writer at a time."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from mingjian.errors import BusyError, StoreError

_PART = ".part"
_LOCK = "lock"


def nothing(_step: str) -> None:
    """What happens at the steps of writing, unless a test wants to be told."""


class Folder:
    """A folder held by one writer until it is closed; raises ``BusyError`` where another has it.

    ``step`` is called before and after whatever makes a difference on the disk, with a word for it.
    """

    def __init__(self, path: Path, step: Callable[[str], None] = nothing) -> None:
        self.path = path
        self._step = step
        with self._clear_errors():
            path.mkdir(parents=True, exist_ok=True)
            self._lock = (path / _LOCK).open("ab")
        if not _taken(self._lock.fileno()):
            self._lock.close()
            raise BusyError(str(path), "another program writes to it", "wait until it is done")

    @contextlib.contextmanager
    def replacing(self, name: str) -> Iterator[IO[bytes]]:
        """A file to be written; when the block ends, it is on the disk under its name, in place of one that was."""
        part = self.path / (name + _PART)
        with self._clear_errors():
            try:
                with part.open("wb") as stream:
                    yield stream
                    stream.flush()
                    self._step(f"written {name}")
                    os.fsync(stream.fileno())
                self._step(f"synced {name}")
                _replace(part, self.path / name)
                self._step(f"renamed {name}")
                _sync_folder(self.path)
                self._step(f"kept {name}")
            finally:
                part.unlink(missing_ok=True)

    def sweep(self, keep: set[str]) -> None:
        """Delete all other files; what another program holds open stays (on Windows), and goes the next time."""
        for file in self.path.iterdir():
            if file.name not in keep and file.name != _LOCK and file.is_file():
                self._step(f"deleting {file.name}")
                with contextlib.suppress(OSError):
                    file.unlink()

    def close(self) -> None:
        """Let others write."""
        self._lock.close()

    @contextlib.contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            mend = "make room on the disk, or the folder writable; nothing that was kept is lost"
            raise StoreError(str(self.path), f"cannot be written ({error.strerror})", mend) from error


if sys.platform == "win32":
    import msvcrt
    import time

    _TRIES, _PAUSE = 50, 0.02  # a reader that has the file open lets it go within a moment

    def _taken(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _replace(part: Path, target: Path) -> None:
        for _ in range(_TRIES):
            with contextlib.suppress(PermissionError):
                part.replace(target)
                return
            time.sleep(_PAUSE)
        part.replace(target)

    def _sync_folder(path: Path) -> None:
        """Windows keeps names of files by itself."""

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _replace(part: Path, target: Path) -> None:
        part.replace(target)

    def _sync_folder(path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
