"""A copy of the file of users, made while others use it, for its owner alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from mingjian.errors import StoreError
from mingjian.store.access.database import OWNER_ALONE, AccessDatabase
from mingjian.store.files import disk_plainly, written_whole
from mingjian.store.sqlite.connecting import plainly


def copy_access(folder: Path, to: Path) -> None:
    """Writes the state of now into one file; raises ``StoreError`` where there is a file of this name, or no users."""
    with disk_plainly(to):
        if to.exists() or to.is_symlink():
            raise StoreError(
                str(to), "there is such a file already", "name another one; backups are never written over"
            )
        with AccessDatabase(folder, write=False) as database, written_whole(to) as part:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ALONE))
            with database.reading() as connection, plainly(to), closing(sqlite3.connect(part)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
