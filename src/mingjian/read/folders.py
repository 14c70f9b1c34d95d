"""Which files of a folder are pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mingjian.core.model.failure import Failure
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of
from mingjian.read.port import Reader
from mingjian.read.readers import reader_of_name

_PAGE_ENDINGS = (".html", ".htm")
_PARTS_ENDINGS = ("_files", ".files", "_file")


def files_below(folder: Path, left_out: Reader | None = None) -> Iterator[Path | Failure]:
    """The files of known types below the folder, by name at each level, without hidden ones and devices.

    Files of the reader that is left out are none of them: pictures, where they are not to be recognised.
    A folder that is reached twice, such as by a link to one above it, is read once. What cannot be looked into is a
    failure. What a browser saved beside a page, in a folder of its name (``page_files``), are parts of it, no pages.
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
            elif reader_of_name(path.name) not in (None, left_out):
                yield from _page_file(path)
        except OSError as error:
            problem = f"unreadable: {error.strerror or error}"
            yield failure_of(ReadError(path.as_posix(), problem, "check its permissions, or leave it out"))


def _shown(folder: Path) -> list[Path]:
    items = [item for item in folder.iterdir() if not item.name.startswith(".")]
    pages = {item.stem for item in items if item.suffix.lower() in _PAGE_ENDINGS}
    return [item for item in items if not any(_is_beside(item.name, ending, pages) for ending in _PARTS_ENDINGS)]


def _is_beside(name: str, ending: str, pages: set[str]) -> bool:
    return name.endswith(ending) and name.removesuffix(ending) in pages


def _page_file(path: Path) -> Iterator[Path | Failure]:
    if path.is_file():
        yield path
    elif path.is_symlink():
        yield failure_of(ReadError(path.as_posix(), "unreadable: a link that leads nowhere", "mend or remove the link"))
