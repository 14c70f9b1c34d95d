"""Writing into a folder of rules: one writer at a time, and a file is either whole or as it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingjian.errors import RuleError

_LOCK = ".lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """While the block runs, no other process that asks for it changes the folder, which is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("ab") as lock:
            _wait_for(lock.fileno())
            yield
    except OSError as error:
        raise RuleError(str(folder), None, f"cannot be written ({error.strerror})", "name another folder") from None


def replace_text(path: Path, text: str) -> None:
    """Gives the file this text, at once; a link stays one, and the file behind it changes."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name[:80]}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


if sys.platform == "win32":

    def _wait_for(descriptor: int) -> None:
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:

    def _wait_for(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
