"""Copies of a workspace's truth: made while others write, checked before they bear their name, and taken back whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from mingjian.errors import DamageError, StoreError
from mingjian.store.desk.copying import put_beside, take_out
from mingjian.store.files import disk_plainly, folder_made_whole, written_whole
from mingjian.store.lock import WriterLock
from mingjian.store.sqlite.connecting import connect_for_reading, plainly
from mingjian.store.sqlite.reader import Progress, SqliteReader
from mingjian.store.sqlite.store import HISTORY, SqliteStore
from mingjian.store.sqlite.versions import must_be_usable
from mingjian.store.workspace import DATABASE, open_workspace


def backup(folder: Path, to: Path, progress: Progress | None = None) -> None:
    """Writes one file with the state of now, what people said in the workbench too, checked; others go on meanwhile.

    It is a plain database, since what it holds is packed already. Raises ``StoreError`` where there is a file of this
    name, and ``DamageError`` where the copy is not sound, of which nothing stays.
    """
    with disk_plainly(to):
        taken = to.exists() or to.is_symlink()
    if taken:
        raise StoreError(str(to), "there is such a file already", "name another one; backups are never written over")
    if not to.parent.is_dir():
        raise StoreError(str(to), "there is no such folder", "name another one, or make it first")
    with closing(open_workspace(folder)) as store, disk_plainly(to), written_whole(to) as part:
        with store.reading() as reader, plainly(to):
            _copy(reader, part, progress)
        _must_be_sound(part, to)
        put_beside(folder, part)  # behind the pages: what people said of a page is never there without it


def restore(backed_up: Path, folder: Path, *, over: bool = False) -> Path | None:
    """Makes a workspace of a backup, checked to the last byte and brought up to date before it stands there.

    Where there is one already it raises ``StoreError``; with ``over``, the old folder is put aside under another name,
    indexes and all, which is given back.
    """
    if not backed_up.is_file():
        raise StoreError(str(backed_up), "there is no such file", "name a file that `mingjian backup` wrote")
    folder = _place_for(folder, over=over)
    aside: Path | None = None
    with disk_plainly(folder):
        with folder_made_whole(folder) as part:
            with plainly(backed_up), closing(connect_for_reading(backed_up)) as connection:
                must_be_usable(connection, backed_up)
            shutil.copyfile(backed_up, part / DATABASE)
            take_out(part / DATABASE, part)
            _take_in(part, backed_up)
            if folder.is_dir() and any(folder.iterdir()):
                aside = _put_aside(folder)
        return aside


def _place_for(folder: Path, *, over: bool) -> Path:
    """The folder itself, where a link leads to it: what is put aside then stays on its own disk."""
    with disk_plainly(folder):
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        place = folder.resolve()
    if taken and not over:
        raise StoreError(
            str(folder), "there is something already", "name another folder, or ask to put the old one aside"
        )
    if not place.name:
        raise StoreError(str(folder), "it is the root of a disk", "name a folder below it")
    return place


def _copy(reader: SqliteReader, part: Path, progress: Progress | None) -> None:
    """Of one state: the reader holds it while the copy is made, else every commit would begin the copy anew."""
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as copy:
            reader.copy_to(copy, progress)
            copy.execute("PRAGMA journal_mode = DELETE")
    finally:  # a full disk keeps SQLite from taking these away
        for beside in ("-journal", "-wal", "-shm"):
            part.with_name(f"{part.name}{beside}").unlink(missing_ok=True)


def _must_be_sound(part: Path, to: Path) -> None:
    with closing(SqliteStore(part)) as store:
        for problem in store.check():
            what, _, mend = problem.rpartition("; ")
            raise DamageError(str(to), f"it was not made: {what}", f"look after the disk and the workspace: {mend}")


def _take_in(part: Path, backed_up: Path) -> None:
    store = open_workspace(part, write=True)
    try:
        with store.writing() as writer:
            writer.set_mark(HISTORY, None)
        for problem in store.check(thoroughly=True):
            what, _, _ = problem.rpartition("; ")
            raise DamageError(str(backed_up), what, "take another backup, or save what can be read of the workspace")
    finally:
        store.close()
    open_workspace(part, write=True).close()  # which gives it a name of its own


def _put_aside(folder: Path) -> Path:
    lock = WriterLock(folder)
    try:
        for number in count(1):
            aside = folder.with_name(f"{folder.name}.before-restore-{number}")
            if not aside.exists():
                break
        folder.rename(aside)
    finally:
        lock.release()
    return aside
