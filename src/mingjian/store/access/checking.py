"""Whether the file of users is sound and its audit log untouched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from mingjian.errors import StoreError
from mingjian.store.access.audit import check_audit
from mingjian.store.access.database import ACCESS_DATABASE, AccessDatabase

_MEND = "take a backup of it, else put it aside and add users anew"


def check_access(folder: Path) -> Iterator[str]:
    """What is wrong with the file of users in a workspace, a line each with what to do; nothing where there is none."""
    path = folder / ACCESS_DATABASE
    if not path.exists():
        return
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        yield f"{path}: others than its owner may read it; run `chmod 600 {ACCESS_DATABASE}`"
    try:
        with AccessDatabase(folder, write=False) as database, database.reading() as connection:
            for (told,) in connection.execute("PRAGMA integrity_check(1)"):
                if told != "ok":
                    yield f"{path}: it is damaged ({told}); {_MEND}"
            yield from (f"{path}: {problem}" for problem in check_audit(connection))
    except StoreError as error:
        yield str(error)
