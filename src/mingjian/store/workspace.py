"""A workspace: a folder that a user can copy. Its truth is one file; what else stands there can be made again."""

from __future__ import annotations

from pathlib import Path

from mingjian.errors import StoreError
from mingjian.store.lock import Told, WriterLock
from mingjian.store.sqlite import SqliteStore

DATABASE = "mingjian.db"


def open_workspace(
    folder: Path, *, write: bool = False, create: bool = False, wait: float = 0.0, told: Told | None = None
) -> SqliteStore:
    """The store of the workspace in a folder: any number may read, and one may write.

    ``create`` makes the folder and the workspace where there is none. A second writer waits ``wait`` seconds, of which
    ``told`` hears once, and then raises ``BusyError``. Raises ``StoreError`` where the folder is no workspace or cannot
    be used, ``VersionError`` where another version of Mingjian made it, ``DamageError`` where it is damaged.
    """
    _must_be_folder(folder, create=create and write)
    if not write:
        return SqliteStore(folder / DATABASE)
    lock = WriterLock(folder, wait=wait, told=told)
    try:
        return SqliteStore(folder / DATABASE, lock)
    except BaseException:
        lock.release()
        raise


def _must_be_folder(folder: Path, *, create: bool) -> None:
    place = str(folder)
    if folder.exists() and not folder.is_dir():
        raise StoreError(place, "this is a file", "name the folder of a workspace")
    if (folder / DATABASE).is_file():
        return
    if not create:
        raise StoreError(place, "there is no workspace", "make one with `mingjian add`, or name its folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(place, f"it cannot be made ({error.strerror})", "name a folder where you may write") from None
