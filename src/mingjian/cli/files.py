"""Writing so that a file is either whole or not there, whenever the program is killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mingjian.errors import ReadError


@contextmanager
def open_output(out: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when all has been written."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    except OSError as error:
        raise ReadError(str(out), f"cannot be written ({error.strerror})", "name another file with --out") from None


def write_whole(path: Path, content: bytes) -> None:
    """Write one file at once."""
    with open_output(path) as stream:
        stream.write(content)
