"""Files that are whole or not there at all, and what the disk says when they cannot be."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingjian.errors import FullError, StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def disk_plainly(path: Path) -> Iterator[None]:
    """Within the block what the disk says becomes a ``StoreError``."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise FullError(
                str(path), "the disk is full", "make room and try again; nothing is half written"
            ) from error
        mend = "look whether it is there and whether you may read and write it"
        raise StoreError(str(path), f"{error.strerror or error}", mend) from error


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """The name of a file to write, which stands under ``path`` once the block has ended, and nowhere if it raises."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        sync(part)
        part.replace(path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder_made_whole(folder: Path) -> Iterator[Path]:
    """A new folder to fill, which stands under ``folder`` when the block has ended, and nowhere where it raises."""
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
        sync(part)
        if folder.is_dir():
            folder.rmdir()  # it is empty: Windows replaces no folder
        part.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it: it is gone at once, and never half there, whatever ends the removal."""
    finish_removal(folder)  # of another process that bore this number
    if os.path.lexists(folder):
        folder.rename(folder.with_name(f".{folder.name}.{os.getpid()}.gone"))
    finish_removal(folder)


def finish_removal(folder: Path) -> None:
    """Remove what a killed removal of the folder left behind."""
    for gone in folder.parent.glob(f".{folder.name}.*.gone"):
        if gone.is_dir() and not gone.is_symlink():
            shutil.rmtree(gone)
        else:  # a file or a link that stood in its place
            gone.unlink()


def sync(path: Path) -> None:
    """Returns once the file, or the names in the folder, are on the disk."""
    if path.is_dir() and sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
