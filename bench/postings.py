"""The index of fingerprints beside SQLite tables that hold the same postings: bytes, and what building and asking cost.

    python -m bench.postings [--pages 100000] [--asked 200]

Pages of bench/synthetic.py, a thousand in a transaction; then pages that are there already are asked for their
candidates, as the linker asks. Two tables are tried: one row a posting (``WITHOUT ROWID``), and one row a fingerprint
with its pages in a blob. CPU of the process, microseconds a page; the size is that of the files after a checkpoint.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from bench.growth import fingerprints_of, linking_demand
from mingjian.core.link.reprints.alphabet import alphabet
from mingjian.store.fingerprints import FingerprintWriter
from mingjian.store.fingerprints.segments import Numbers

_BATCH = 1_000


class Index(Protocol):
    """What is measured."""

    def add(self, first: int, pages: Sequence[Numbers]) -> None:
        """Pages with their fingerprints, numbered from the first on, in one transaction."""
        ...

    def ask(self, hashes: Numbers) -> int:
        """How many pages share enough with these fingerprints."""
        ...


class Ours:
    """The index of this project."""

    def __init__(self, folder: Path) -> None:
        self._index = FingerprintWriter(folder, "bench")

    def add(self, first: int, pages: Sequence[Numbers]) -> None:
        self._index.add(range(first, first + len(pages)), pages)
        self._index.commit(first)

    def ask(self, hashes: Numbers) -> int:
        return len(self._index.postings.candidates(hashes, linking_demand())[0])


class Rows:
    """One row a posting. Frequent fingerprints are not looked up twice: the database counts them all."""

    def __init__(self, folder: Path) -> None:
        self._database = _opened(folder)
        self._database.execute(
            "CREATE TABLE posting (hash INTEGER, page INTEGER, PRIMARY KEY (hash, page)) WITHOUT ROWID"
        )

    def add(self, first: int, pages: Sequence[Numbers]) -> None:
        rows = ((each, first + number) for number, hashes in enumerate(pages) for each in hashes.tolist())
        self._database.executemany("INSERT INTO posting VALUES (?, ?)", rows)
        _kept(self._database)

    def ask(self, hashes: Numbers) -> int:
        places = ",".join("?" * len(hashes))
        query = f"SELECT page FROM posting WHERE hash IN ({places}) GROUP BY page HAVING count(*) >= ?"  # noqa: S608 - marks
        return len(self._database.execute(query, (*hashes.tolist(), linking_demand().shared)).fetchall())


class Blobs:
    """One row a fingerprint, its pages in a blob; those that too many pages have are left out once they are read."""

    def __init__(self, folder: Path) -> None:
        self._database = _opened(folder)
        self._database.execute("CREATE TABLE posting (hash INTEGER PRIMARY KEY, pages BLOB)")

    def add(self, first: int, pages: Sequence[Numbers]) -> None:
        rows = (
            (each, (first + number).to_bytes(4, "little"))
            for number, hashes in enumerate(pages)
            for each in hashes.tolist()
        )
        self._database.executemany(
            "INSERT INTO posting VALUES (?, ?) "
            "ON CONFLICT (hash) DO UPDATE SET pages = CAST(pages || excluded.pages AS BLOB)",
            rows,
        )
        _kept(self._database)

    def ask(self, hashes: Numbers) -> int:
        demand, places = linking_demand(), ",".join("?" * len(hashes))
        query = f"SELECT pages FROM posting WHERE hash IN ({places})"  # noqa: S608 - marks alone
        found = [row[0] for row in self._database.execute(query, hashes.tolist())]
        rare = b"".join(pages for pages in found if len(pages) <= 4 * (demand.most or 0))
        _, shared = np.unique(np.frombuffer(rare, np.uint32), return_counts=True)
        return int((shared >= demand.shared).sum())


def main() -> None:
    """Build and ask each in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=200)
    options = parser.parse_args()
    alphabet()
    kinds: dict[str, Callable[[Path], Index]] = {"ours": Ours, "SQLite, rows": Rows, "SQLite, blobs": Blobs}
    with tempfile.TemporaryDirectory() as name:
        folders = {kind: Path(name) / str(number) for number, kind in enumerate(kinds)}
        indexes = {kind: make(folders[kind]) for kind, make in kinds.items()}
        built = _build(indexes, options.pages)
        asked = fingerprints_of(range(1, options.pages + 1, max(1, options.pages // options.asked)))
        print(f"{'':16}{'bytes':>8}{'build':>8}{'ask':>8}{'found':>8}{'add one':>9}")
        for kind, index in indexes.items():
            size = sum(file.stat().st_size for file in folders[kind].iterdir()) / options.pages
            found = 0
            start = time.process_time_ns()
            for hashes in asked:
                found += index.ask(hashes)
            asking = time.process_time_ns()
            for number, hashes in enumerate(asked):
                index.add(options.pages + 1 + number, [hashes])
            adding = time.process_time_ns()
            costs = [size, built[kind] / options.pages, (asking - start) / 1e3 / len(asked), found / len(asked)]
            shown = "".join(f"{cost:8.0f}" for cost in costs)
            print(f"{kind:16}{shown}{(adding - asking) / 1e3 / len(asked):9.0f}")


def _build(indexes: dict[str, Index], pages: int) -> dict[str, float]:
    """Microseconds of CPU that building took."""
    spent = dict.fromkeys(indexes, 0.0)
    for first in range(1, pages + 1, _BATCH):
        hashes = fingerprints_of(range(first, min(first + _BATCH, pages + 1)))
        for kind, index in indexes.items():
            start = time.process_time_ns()
            index.add(first, hashes)
            spent[kind] += (time.process_time_ns() - start) / 1e3
    return spent


def _opened(folder: Path) -> sqlite3.Connection:
    folder.mkdir()
    database = sqlite3.connect(folder / "postings.db")
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -200000"):
        database.execute(f"PRAGMA {setting}")
    return database


def _kept(database: sqlite3.Connection) -> None:
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main()
