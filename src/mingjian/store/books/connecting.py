"""The file of the books, whether it can be used, and what goes wrong with it, said in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from mingjian.errors import DamageError
from mingjian.store.books.schema import FORMAT, SCHEMA
from mingjian.store.files import folder_made_whole, remove_folder
from mingjian.store.sqlite.connecting import connect_for_reading, connect_for_writing, plainly, set_modes

FILE = "books.db"
MEND_BOOKS = "run `mingjian reindex`"
_MEMORY_KIB = 65_536
GENERATION, POSITION = "generation", "position"


@contextmanager
def books_plainly(folder: Path) -> Iterator[None]:
    """Within the block what SQLite says becomes a ``StoreError``; one that is damaged is to be made anew."""
    try:
        with plainly(folder / FILE):
            yield
    except DamageError as error:
        raise DamageError(error.place, error.problem, MEND_BOOKS) from error


class BooksState(msgspec.Struct, frozen=True):
    """Whether there are books of a generation, and up to which step of the journal they go."""

    ready: bool = False
    position: int = 0


def state_of_books(folder: Path, generation: str) -> BooksState:
    """What the folder holds: anything that is not ready is made anew."""
    if not (folder / FILE).is_file():
        return BooksState()
    try:
        connection = connect_for_reading(folder / FILE)
        try:
            return read_state(connection, generation)
        finally:
            connection.close()
    except sqlite3.Error:
        return BooksState()


def read_state(connection: sqlite3.Connection, generation: str) -> BooksState:
    """What the file says of itself: one that does not say how far it goes is not ready."""
    told = dict(connection.execute("SELECT name, value FROM about").fetchall())
    position = str(told.get(POSITION, ""))
    if told.get(GENERATION) != full_generation(generation) or not position.isdecimal():
        return BooksState()
    return BooksState(ready=True, position=int(position))


def full_generation(generation: str) -> str:
    """The generation with the layout of the tables."""
    return f"{FORMAT}:{generation}"


def open_for_writing(folder: Path, generation: str) -> sqlite3.Connection:
    """The file of this generation, made where there is none; the folder holds no other."""
    if not (folder / FILE).is_file():
        remove_folder(folder)  # whatever stands in its place
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder_made_whole(folder) as part:
            _make(part / FILE, generation)
    connection = connect_for_writing(folder / FILE)
    connection.execute("PRAGMA synchronous = NORMAL")  # its position is in it: after a crash it follows on from there
    connection.execute("PRAGMA secure_delete = OFF")  # whoever erases a page removes the file
    return connection


def _make(path: Path, generation: str) -> None:
    connection = connect_for_writing(path)
    try:
        set_modes(connection)
        connection.executescript(SCHEMA)
        rows = ((GENERATION, full_generation(generation)), (POSITION, "0"))
        connection.executemany("INSERT INTO about VALUES (?, ?)", rows)
    finally:
        connection.close()


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """The file, which must be there."""
    connection = connect_for_reading(folder / FILE)
    connection.execute(f"PRAGMA cache_size = -{_MEMORY_KIB}")
    return connection
