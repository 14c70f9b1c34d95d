"""What a query costs beside SQLite FTS5 over pairs of characters: same documents, same queries, one process, in turn.

    python -m bench.search_speed --data FOLDER --queries FILE.tsv [--every N]

FOLDER and FILE as in ``bench.search``. The peer is an FTS5 table of the pairs of every run of Chinese characters and of
the words and numbers between, asked for any of those of the query, ranked by its BM25, the first 100 rows. Both indexes
lie on disk. Times are CPU of the whole process, threads and the reading of the query included; trust the ratios.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.search import HITS, Text, indexed, read_collection, read_queries
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.parsing import parse_query
from mingjian.store.search import SearchReader

_Made = TypeVar("_Made")
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9a-z]+")
_CHINESE_FROM = "\u3400"
_ASK = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 100"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="ask every Nth query alone")
    given = parser.parse_args()
    asked = read_queries(given.queries)[:: given.every]
    parse_query("", bundled_rulebook())
    spent: dict[str, Spent] = {one.type: Spent() for one in asked}
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted({one.collection for one in asked}):
            texts = read_collection(given.data, name)
            own, peer = Path(folder) / f"{name}.index", Path(folder) / f"{name}.db"
            of_index, reader = _timed(partial(indexed, texts, own))
            of_peer, table = _timed(partial(fts5, texts, peer))
            print(f"{name}: {len(texts):,} documents, {sum(len(one.title + one.text) for one in texts):,} characters")
            print(f"  index CPU {of_index:.2f} s, peer {of_peer:.2f} s; bytes {_size(own):,}, peer {_size(peer):,}")
            for kind in sorted(spent):
                words = [one.words for one in asked if (one.collection, one.type) == (name, kind)]
                spent[kind].queries += len(words)
                spent[kind].ours += _timed(partial(_search, reader, words))[0]
                spent[kind].peer += _timed(partial(_ask, table, words))[0]
            table.close()
    report(spent)


class Spent(msgspec.Struct):
    """Seconds of CPU for the queries of one type."""

    queries: int = 0
    ours: float = 0.0
    peer: float = 0.0


def report(spent: Mapping[str, Spent]) -> None:
    """Microseconds of CPU a query by type, and the ratio."""
    print(f"{'CPU a query':20}{'queries':>8}{'ours µs':>10}{'FTS5 µs':>10}{'ratio':>9}")
    every = Spent(*(sum(getattr(one, name) for one in spent.values()) for name in ("queries", "ours", "peer")))
    for kind, one in (*sorted(spent.items()), ("all", every)):
        ours, peer = one.ours / one.queries * 1e6, one.peer / one.queries * 1e6
        print(f"{kind:20}{one.queries:>8}{ours:>10.0f}{peer:>10.0f}{f'1/{peer / ours:.1f}':>9}")


def _search(reader: SearchReader, words: Sequence[str]) -> None:
    book = bundled_rulebook()
    for one in words:
        reader.rank(parse_query(one, book), limit=HITS)


def _ask(table: sqlite3.Connection, words: Sequence[str]) -> None:
    for one in words:
        table.execute(_ASK, (match_of(one),)).fetchall()


def fts5(texts: Sequence[Text], path: Path) -> sqlite3.Connection:
    """An FTS5 table of the texts, cut beforehand, without their content."""
    table = sqlite3.connect(path)
    table.execute("CREATE VIRTUAL TABLE texts USING fts5(words, content='', tokenize='unicode61')")
    rows = ((number, " ".join(cut(f"{one.title}\n{one.text}"))) for number, one in enumerate(texts))
    table.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", rows)
    table.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    table.commit()
    return table


def cut(text: str) -> list[str]:
    """The pairs of each run of Chinese characters (of a run of one, the character), and words and numbers."""
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0] < _CHINESE_FROM or len(run) == 1:
            found.append(run)
        else:
            found += [run[place : place + 2] for place in range(len(run) - 1)]
    return found


def match_of(words: str) -> str:
    """The query as FTS5 takes it."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(cut(words))) or '""'


def _timed(work: Callable[[], _Made]) -> tuple[float, _Made]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _size(path: Path) -> int:
    return (
        path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    )


if __name__ == "__main__":
    main()
