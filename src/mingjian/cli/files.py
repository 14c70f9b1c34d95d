"""Writing so that a file is either whole or as it was, whenever the program is killed, and never over a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from mingjian.errors import ReadError
from mingjian.read.readers import reader_of_name


@contextmanager
def open_output(out: Path | None, option: str = "--out") -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when all has been written.

    ``option`` is how users name it. What is no regular file, such as a named pipe or ``/dev/null``, is written to and
    never replaced.
    """
    name = "standard output" if out is None else str(out)
    try:
        with _standard_output(option) if out is None else _file(out, option) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        mend = "free some space, or write elsewhere" if out is None else f"name another place with {option}"
        raise ReadError(name, f"cannot be written ({error.strerror or error})", mend) from None


def write_whole(path: Path, content: bytes, option: str = "--out") -> None:
    """Write one file at once."""
    with open_output(path, option) as stream:
        stream.write(content)


def write_together(files: Mapping[Path, bytes], option: str = "--to") -> None:
    """Write files that belong together: all are whole before the first bears its name, and the last is named last."""
    with ExitStack() as opened:
        for path, content in reversed(list(files.items())):
            stream = opened.enter_context(open_output(path, option))
            stream.write(content)
            stream.flush()
            if stream.seekable():
                os.fsync(stream.fileno())


def print_lines(lines: Iterable[str]) -> None:
    """Print lines in UTF-8, whatever the locale says."""
    with open_output(None) as stream:
        for line in lines:
            stream.write(line.encode() + b"\n")


def refuse_inputs(paths: Sequence[str], out: Path | None, *, folder: bool) -> None:
    """Silence, or ``ReadError`` where ``out`` would replace a page that is read, or be read as a page the next time."""
    if out is None:
        return
    for given in paths:
        source = Path(given)
        inside = source.is_dir() and out.resolve().is_relative_to(source.resolve())
        clashes = inside and (folder or reader_of_name(out.name) is not None)
        if given != "-" and (clashes or out.resolve() == source.resolve()):
            where = "one of the inputs" if not inside else f"inside {given}, which is read"
            raise ReadError(str(out), f"is {where}", "write the results outside of what is read, with another --out")


@contextmanager
def _standard_output(option: str) -> Iterator[IO[bytes]]:
    if sys.stdout is None:  # type: ignore[unreachable, unused-ignore]  # closed by whoever started the program
        raise ReadError("standard output", "is closed", f"name a file with {option}")
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _file(out: Path, option: str) -> Iterator[IO[bytes]]:
    target = out.resolve()
    if target.is_dir():
        raise ReadError(str(out), "is a folder", f"name a file in it with {option}")
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name[:80]}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
