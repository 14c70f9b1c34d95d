"""Which files of a folder are pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mingjian.core.model.failure import Failure
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of
from mingjian.read.readers import reader_of_name


def files_below(folder: Path) -> Iterator[Path | Failure]:
    """The files of known types below the folder, by name at each level, without hidden ones and devices.

    A folder that is reached twice, such as by a link to one above it, is read once. What cannot be looked into is a
    failure.
    """
    waiting = [folder]
    seen: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir():
                status = path.stat()
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    waiting += sorted(_shown(path), key=lambda item: item.name, reverse=True)
            elif reader_of_name(path.name) is not None:
                yield from _page_file(path)
        except OSError as error:
            problem = f"unreadable: {error.strerror or error}"
            yield failure_of(ReadError(path.as_posix(), problem, "check its permissions, or leave it out"))


def _shown(folder: Path) -> list[Path]:
    return [item for item in folder.iterdir() if not item.name.startswith(".")]


def _page_file(path: Path) -> Iterator[Path | Failure]:
    if path.is_file():
        yield path
    elif path.is_symlink():
        yield failure_of(ReadError(path.as_posix(), "unreadable: a link that leads nowhere", "mend or remove the link"))
