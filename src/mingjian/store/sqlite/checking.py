"""Whether the file is sound: what SQLite says of it, what its references say, and what every store must hold."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.store.checking import check_pages
from mingjian.store.kept import MEND_LINKS, MEND_STORE
from mingjian.store.sqlite.reader import SqliteReader
from mingjian.store.sqlite.sealing import unsealed
from mingjian.store.sqlite.versions import dictionaries

_ROWS = 1_000
_ASKED = (
    (
        "SELECT number FROM blob WHERE number NOT IN (SELECT number FROM packed)",
        "the packed bytes {} are missing",
    ),
    (
        "SELECT number FROM packed JOIN blob USING (number) WHERE length(bytes) != n_packed",
        "the packed bytes {} have another length than they should",
    ),
    (
        """SELECT number FROM blob WHERE number NOT IN (SELECT content FROM page WHERE content IS NOT NULL UNION ALL
        SELECT layers FROM page WHERE layers IS NOT NULL UNION ALL SELECT blob FROM record)""",
        "the packed bytes {} belong to no page",
    ),
    (
        "SELECT page FROM record JOIN page ON page.number = record.page WHERE erased",
        "page {} was erased, but has a record",
    ),
)


def check_file(reader: SqliteReader, *, thoroughly: bool = False) -> Iterator[str]:
    """A line for each thing that is wrong; thoroughly: every index entry, and every page and record is read."""
    pragma = "integrity_check" if thoroughly else "quick_check"
    unsound = [line for (line,) in reader.ask(f"PRAGMA {pragma}") if line != "ok"]
    yield from (f"the file is damaged: {line}; {MEND_STORE}" for line in unsound)
    if unsound:
        return
    for table, row, parent, _ in reader.ask("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} lacks its {parent}; {MEND_STORE}"
    if dict(reader.ask("SELECT number, content FROM dictionary")) != dictionaries():
        yield f"the dictionaries of the file are not those that it was given; {MEND_STORE}"
    for statement, problem in _ASKED:
        for (number,) in reader.ask(statement):
            yield f"{problem.format(number)}; {MEND_STORE}"
    yield from check_pages(reader, thoroughly=thoroughly)
    if thoroughly:
        yield from _check_links(reader)


def _check_links(reader: SqliteReader) -> Iterator[str]:
    for table in ("article", "neighbour", "placing"):
        after = 0
        while rows := reader.ask(f"SELECT page, content FROM {table} WHERE page > {after} ORDER BY 1 LIMIT {_ROWS}"):  # noqa: S608
            after = rows[-1][0]
            damaged = [number for number, content in rows if unsealed(content) is None]
            yield from (f"what links know of page {number} is damaged; {MEND_LINKS}" for number in damaged)
