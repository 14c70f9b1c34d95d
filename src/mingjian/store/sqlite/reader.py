"""What is asked of the truth: plain SQL, row by row into the nouns of the port."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from mingjian.core.model.corpus import Change, Decision, KeptFailure, KeptPage, Neighbours, Placing, Run, Step
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import RecordHeading
from mingjian.errors import DamageError
from mingjian.store import kept as keeping
from mingjian.store.sqlite.packing import Packer
from mingjian.store.sqlite.sealing import unsealed
from mingjian.store.sqlite.versions import NEWEST, dictionaries, must_be_newest

Row: TypeAlias = tuple[Any, ...]
Progress: TypeAlias = Callable[[int, int], None]
"""Called with the pages of the file that are copied, and all of them."""
Revise: TypeAlias = Callable[["SqliteReader", int, Record], Record]
"""What people are told in place of the record of a page, by its number."""

_PAGE = (
    "number, id, address, doc_id, url, path, media_type, sha256, text_sha256, n_bytes, n_chars, version, previous, "
    "retrieved_at, added_at, run, removed, erased"
)
_VERSIONS = "version > 1 OR EXISTS (SELECT 1 FROM page later WHERE later.address = page.address AND later.version = 2)"
_LATEST_FIRST = "SELECT number, retrieved_at FROM page WHERE address = ? AND removed IS NULL ORDER BY version DESC"
_PACKED_RECORD = "SELECT bytes FROM record LEFT JOIN packed ON number = blob WHERE page = ?"
_COUNTS = """SELECT
  (SELECT count(*) FROM page WHERE version = 1) - (
    SELECT count(DISTINCT address) FROM page gone WHERE removed IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM page WHERE page.address = gone.address AND removed IS NULL)),
  (SELECT count(*) FROM page),
  (SELECT count(*) FROM page WHERE removed IS NOT NULL),
  (SELECT count(*) FROM record),
  (SELECT count(*) FROM run),
  (SELECT count(*) FROM failure),
  (SELECT count(*) FROM decision WHERE undone IS NULL),
  (SELECT count(*) FROM (SELECT 1 FROM placing GROUP BY head HAVING count(*) > 1)),
  content, packed
  FROM (SELECT coalesce(sum(n_bytes) FILTER (WHERE kind = 'content'), 0) AS content,
               coalesce(sum(n_packed), 0) AS packed FROM blob)
"""
_HEX = frozenset("0123456789abcdef")
_ID_DIGITS = 32
_COPIED_AT_ONCE = 4_096  # pages of the file
_AT_ONCE = 500  # numbers that are asked for in one statement


class SqliteReader:
    """One acknowledged state of the file."""

    def __init__(self, connection: sqlite3.Connection, path: Path, packer: Packer) -> None:
        self._connection = connection
        self._path = path
        self._place = str(path)
        self._packer = packer
        self.revise: Revise | None = None

    @contextmanager
    def state(self) -> Iterator[None]:
        """Within the block every question sees the same state."""
        self._connection.execute("BEGIN")
        try:
            (version,) = self._one("PRAGMA user_version")  # the first question fixes the state
            if version != NEWEST:  # a newer program brought it up to date meanwhile
                must_be_newest(self._connection, self._path)
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def copy_to(self, copy: sqlite3.Connection, progress: Progress | None = None) -> None:
        """Copy the whole file as it stands in this state."""
        told = None if progress is None else lambda _, left, every: progress(every - left, every)
        self._connection.backup(copy, pages=_COPIED_AT_ONCE, progress=told)

    def ask(self, statement: str) -> list[Row]:
        """The rows of any question in SQL."""
        return self._all(statement)

    def position(self) -> int:
        """The number of the last step."""
        return int(self._one("SELECT coalesce(max(position), 0) FROM step")[0])

    def journal(self, after: int, limit: int = 10_000) -> Sequence[Step]:
        """The steps behind a position."""
        return [
            Step(*row) for row in self._all("SELECT * FROM step WHERE position > ? ORDER BY 1 LIMIT ?", after, limit)
        ]

    def counts(self) -> Mapping[str, int]:
        """How much there is, by name."""
        current, pages, removed, records, runs, failures, decisions, groups, content, packed = self._one(_COUNTS)
        return {
            "pages": current,
            "versions": pages - removed - current,
            "removed": removed,
            "records": records,
            "runs": runs,
            "failures": failures,
            "decisions": decisions,
            "groups": groups,
            "content_bytes": content,
            "kept_bytes": packed,
        }

    def page(self, number: int) -> KeptPage | None:
        """The page of this number."""
        return self._first_page("number = ?", number)

    def find(self, beginning: str, limit: int = 10) -> Sequence[KeptPage]:
        """The pages whose id begins so."""
        digits = beginning.lower()
        if len(digits) > _ID_DIGITS or not _HEX.issuperset(digits):
            return []
        low, high = (bytes.fromhex(digits.ljust(_ID_DIGITS, end)) for end in "0f")
        return self._pages("id BETWEEN ? AND ? ORDER BY number LIMIT ?", low, high, limit)

    def versions(self, address: str) -> Sequence[KeptPage]:
        """All versions at one address."""
        return self._pages("address = ? ORDER BY version", address)

    def known(self, address: str, sha256: str) -> KeptPage | None:
        """The version at an address that has this content."""
        return self._first_page("id = ?", bytes.fromhex(keeping.page_id(address, sha256)))

    def holding(self, sha256: str, limit: int = 1_000) -> Sequence[KeptPage]:
        """The pages with this content."""
        return self._pages("sha256 = ? ORDER BY number LIMIT ?", bytes.fromhex(sha256), limit)

    def pages(self, after: int = 0, limit: int = 1_000) -> Sequence[KeptPage]:
        """Pages in the order of their numbers."""
        return self._pages("number > ? ORDER BY number LIMIT ?", after, limit)

    def removed(self, limit: int, skip: int = 0) -> Sequence[KeptPage]:
        """The removed pages, the last added first."""
        return self._pages("removed IS NOT NULL ORDER BY number DESC LIMIT ? OFFSET ?", limit, skip)

    def original(self, number: int) -> Page:
        """The page as it was read."""
        return self._packer.unpack_page(*self._packed(number))

    def _packed(self, number: int) -> tuple[KeptPage, bytes, bytes]:
        """The page, its bytes and its layers, these packed."""
        kept = keeping.must_have_words(self.page(number), self._place, number)
        row = self._row(
            "SELECT c.bytes, l.bytes FROM page JOIN packed c ON c.number = content JOIN packed l ON l.number = layers "
            "WHERE page.number = ?",
            number,
        )
        if row is None:
            raise DamageError(self._place, f"page {number} is damaged: its bytes are missing", keeping.MEND_PAGE)
        content, layers = row
        return kept, content, layers

    def text(self, number: int) -> str:
        """The text layer alone."""
        return self._packer.unpack_text(*self._packed(number))

    def record(self, number: int) -> Record | None:
        """The record of a page."""
        packed = self._packed_record(number)
        return None if packed is None else self._packer.unpack_record(packed, number)

    def heading(self, number: int) -> RecordHeading | None:
        """What heads the record of a page."""
        packed = self._packed_record(number)
        return None if packed is None else self._packer.unpack_heading(packed, number)

    def told(self, number: int) -> Record | None:
        """The record of a page with what people reviewed of it applied."""
        record = self.record(number)
        return record if record is None or self.revise is None else self.revise(self, number, record)

    def record_id(self, number: int) -> str | None:
        """The id of the record of a page."""
        packed = self._packed_record(number)
        return None if packed is None else self._packer.unpack_record_id(packed, number)

    def _packed_record(self, number: int) -> bytes | None:
        row = self._row(_PACKED_RECORD, number)
        if row is not None and row[0] is None:
            problem = f"the record of page {number} is damaged: its bytes are missing"
            raise DamageError(self._place, problem, keeping.MEND_RECORD)
        return None if row is None else bytes(row[0])

    def records_of(self, runs: Iterable[int]) -> int:
        """How many records were made in these runs."""
        return sum(count for (count,) in self._of("SELECT count(*) FROM record WHERE run IN ({})", runs))

    def runs(self) -> Sequence[Run]:
        """All runs."""
        return self._runs("TRUE")

    def unfinished_runs(self) -> Sequence[Run]:
        """The runs that were never finished."""
        return self._runs("finished_at IS NULL")

    def last_run(self) -> Run | None:
        """The run that began last."""
        return next(iter(self._runs("number = (SELECT max(number) FROM run)")), None)

    def failures(self, run: int | None = None) -> Sequence[KeptFailure]:
        """The failures of one run, or of all."""
        where, values = _where(run=run)
        rows = self._all(f"SELECT run, doc_id, stage, reason, mend FROM failure{where} ORDER BY number", *values)  # noqa: S608
        return [KeptFailure(run=row[0], doc_id=row[1], stage=row[2], reason=row[3], mend=row[4]) for row in rows]

    def changes(self, number: int | None = None, run: int | None = None, last: int | None = None) -> Sequence[Change]:
        """What changed."""
        where, values = _where(page=number, run=run)
        asked = f"SELECT run, page, kind, differences FROM change{where} ORDER BY number DESC LIMIT ?"  # noqa: S608
        rows = self._all(asked, *values, -1 if last is None else last)
        return [Change(run=row[0], number=row[1], kind=row[2], differences=row[3]) for row in reversed(rows)]

    def decisions(self) -> Sequence[Decision]:
        """What people decided."""
        return self._decisions("TRUE")

    def articles(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """What the linker keeps of each page, of those where it is sound."""
        rows = self._of("SELECT page, content FROM article WHERE page IN ({}) ORDER BY page", numbers)
        return {page: content for page, kept in rows if (content := unsealed(kept)) is not None}

    def neighbours(self, numbers: Iterable[int]) -> Mapping[int, Neighbours]:
        """The neighbours of pages; raises ``DamageError`` where they are not sound, since groups would be others."""
        rows = self._of("SELECT page, part, content FROM neighbour WHERE page IN ({}) ORDER BY page", numbers)
        found = {}
        for page, part, kept in rows:
            content = unsealed(kept)
            if content is None:
                raise DamageError(self._place, f"what links know of page {page} is damaged", keeping.MEND_LINKS)
            found[page] = Neighbours(number=page, part=part, content=content)
        return found

    def parts(self, parts: Iterable[int]) -> Sequence[int]:
        """The pages of these parts."""
        return sorted(row[0] for row in self._of("SELECT page FROM neighbour WHERE part IN ({})", parts))

    def placings(self, numbers: Iterable[int]) -> Mapping[int, Placing]:
        """The places of pages among their reprints, of those where they are sound."""
        rows = self._of("SELECT page, head, parent, content FROM placing WHERE page IN ({}) ORDER BY page", numbers)
        return {row[0]: placing for row in rows if (placing := _placing(row)) is not None}

    def members(self, group: int) -> Sequence[Placing]:
        """The pages of one group."""
        rows = self._all("SELECT page, head, parent, content FROM placing WHERE head = ? ORDER BY page", group)
        found = [placing for row in rows if (placing := _placing(row)) is not None]
        if len(found) < len(rows):
            raise DamageError(self._place, f"the group of page {group} is damaged", keeping.MEND_LINKS)
        return found

    def groups(self, at_least: int = 2) -> Sequence[tuple[int, int]]:
        """The groups of so many members."""
        return self._all(
            "SELECT head, count(*) FROM placing GROUP BY head HAVING count(*) >= ? ORDER BY 2 DESC, 1", at_least
        )

    def mark(self, name: str) -> str | None:
        """A word that was left."""
        row = self._row("SELECT value FROM mark WHERE name = ?", name)
        return None if row is None else str(row[0])

    def _all(self, statement: str, *values: object) -> list[Row]:
        return self._connection.execute(statement, values).fetchall()

    def _row(self, statement: str, *values: object) -> Row | None:
        row: Row | None = self._connection.execute(statement, values).fetchone()
        return row

    def _one(self, statement: str, *values: object) -> Row:
        row: Row = self._connection.execute(statement, values).fetchone()
        return row

    def _of(self, statement: str, numbers: Iterable[int]) -> list[Row]:
        """The rows of a statement that asks for many numbers, a few hundred at a time."""
        asked = sorted(set(numbers))
        parts = [asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE)]
        return [row for part in parts for row in self._all(statement.format(",".join("?" * len(part))), *part)]

    def _pages(self, where: str, *values: object) -> list[KeptPage]:
        rows = self._all(f"SELECT {_PAGE}, {_VERSIONS} FROM page WHERE {where}", *values)  # noqa: S608
        standing = {address: self._standing(address) for address in {row[2] for row in rows if row[-1]}}
        return [keeping.with_standing(kept_of(row), standing[row[2]]) if row[-1] else kept_of(row) for row in rows]

    def _standing(self, address: str) -> int | None:
        """The number of the version that stands at an address."""
        return keeping.standing_of(self._connection.execute(_LATEST_FIRST, (address,)))

    def _first_page(self, where: str, value: object) -> KeptPage | None:
        found = self._pages(where, value)
        return found[0] if found else None

    def _runs(self, where: str) -> list[Run]:
        columns = "number, command, program, rules, started_at, finished_at, counts"
        return [_run(row) for row in self._all(f"SELECT {columns} FROM run WHERE {where} ORDER BY 1")]  # noqa: S608

    def _decisions(self, where: str, *values: object) -> list[Decision]:
        statement = f"SELECT number, kind, first, second, who, why, at, undone FROM decision WHERE {where} ORDER BY 1"  # noqa: S608
        return [
            Decision(number=row[0], kind=row[1], ids=(row[2], row[3]), who=row[4], why=row[5], at=row[6], undone=row[7])
            for row in self._all(statement, *values)
        ]


def packer_of(connection: sqlite3.Connection, path: Path) -> Packer:
    """What packs and unpacks with the dictionaries of the file."""
    rows = connection.execute("SELECT number, content FROM dictionary ORDER BY number").fetchall()
    return Packer(str(path), [dictionaries().get(number, content) for number, content in rows])


def kept_of(row: Row) -> KeptPage:
    """The page of a row of ``_PAGE``."""
    return KeptPage(
        number=row[0],
        id=row[1].hex(),
        address=row[2],
        doc_id=row[3],
        url=row[4],
        path=row[5],
        media_type=row[6],
        sha256=row[7].hex(),
        text_sha256=row[8].hex(),
        n_bytes=row[9],
        n_chars=row[10],
        version=row[11],
        previous=row[12],
        retrieved_at=row[13],
        added_at=row[14],
        run=row[15],
        removed=row[16],
        erased=bool(row[17]),
    )


def _run(row: Row) -> Run:
    counts = msgspec.json.decode(row[6], type=dict[str, int])
    number, command, program, rules, started, finished = row[:6]
    return Run(
        number=number,
        command=command,
        program=program,
        rules=rules,
        started_at=started,
        finished_at=finished,
        counts=counts,
    )


def _placing(row: Row) -> Placing | None:
    content = unsealed(row[3])
    return None if content is None else Placing(number=row[0], group=row[1], parent=row[2], content=content)


def _where(**values: int | None) -> tuple[str, list[int]]:
    """The condition that every value that is given holds, and the values."""
    given = {name: value for name, value in values.items() if value is not None}
    condition = " AND ".join(f"{name} = ?" for name in given)
    return f" WHERE {condition}" if given else "", list(given.values())
