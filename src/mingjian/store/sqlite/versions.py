"""The versions of the schema: numbered steps from an empty file to the newest, each of them one transaction.

A new workspace goes the same way as an old one that is brought up to date, so that both have the same schema.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from mingjian.errors import DamageError, StoreError, VersionError
from mingjian.store.sqlite.connecting import APPLICATION_ID, set_modes

NEWEST = 4
_SCHEMA = files(__package__) / "schema"


def _add_dictionary(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO dictionary VALUES (2, ?)", (dictionaries()[2],))


@cache
def dictionaries() -> Mapping[int, bytes]:
    """The dictionaries that files may have been given, by the version that gave them: these never change."""
    return {2: (_SCHEMA / "0002.dict").read_bytes()}


_ROWS: Mapping[int, Callable[[sqlite3.Connection], None]] = {2: _add_dictionary}
"""What a version does to the rows, behind the SQL of its file."""


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the schema, 0 of an empty file; raises ``StoreError`` where the file is another program's."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == APPLICATION_ID and version > 0:
        return int(version)
    if tables or version or application:
        raise StoreError(str(path), "this is another program's database", "name the folder of a workspace")
    return 0


def must_not_be_empty(connection: sqlite3.Connection, path: Path) -> None:
    """Silence where the file is a workspace of any version; raises ``StoreError`` otherwise."""
    if version_of(connection, path) == 0:
        raise StoreError(str(path), "it is empty: whoever began it did not finish", "begin it again, nothing is lost")


def must_be_usable(connection: sqlite3.Connection, path: Path) -> None:
    """Silence where this program reads the file or brings it up to date; raises ``StoreError`` otherwise."""
    must_not_be_empty(connection, path)
    version = version_of(connection, path)
    if version > NEWEST:
        raise _newer(path, version)


def must_be_newest(connection: sqlite3.Connection, path: Path) -> None:
    """Silence where this program reads the file; raises ``VersionError`` where the schema is another."""
    must_be_usable(connection, path)
    version = version_of(connection, path)
    if version < NEWEST:
        mend = "any command that writes, such as `mingjian add`, brings it up to date; make a backup first"
        raise VersionError(str(path), f"its version {version} is older than {NEWEST}, which this program reads", mend)


def bring_up_to_date(connection: sqlite3.Connection, path: Path, newest: int = NEWEST) -> int:
    """The version that it had; now it has the newest, in one transaction, or nothing was touched."""
    before = version_of(connection, path)
    if before > newest:
        raise _newer(path, before)
    set_modes(connection)
    if before < newest:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _upgrade(connection, path, newest)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return before


def _upgrade(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    """Looks at the version again, for another program may have been faster."""
    for version in range(version_of(connection, path) + 1, newest + 1):
        for statement in statements(version):
            connection.execute(statement)
        if version in _ROWS:
            _ROWS[version](connection)
        connection.execute(f"PRAGMA user_version = {version}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise DamageError(str(path), f"a row of {broken[0]} lacks what it refers to", "restore a backup")


def statements(version: int) -> list[str]:
    """The SQL of one version, statement by statement: ``executescript`` would commit what is open."""
    script = (_SCHEMA / f"{version:04d}.sql").read_text(encoding="utf-8")
    found: list[str] = []
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            found.append(statement)
            statement = ""
    return found


def _newer(path: Path, version: int) -> VersionError:
    problem = f"it was made by a newer version of Mingjian (schema {version}, this one knows {NEWEST})"
    return VersionError(str(path), problem, "use that version; nothing was changed")
