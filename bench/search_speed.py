"""What a query costs beside SQLite FTS5 over pairs of characters: the same documents and queries, in turn, in one process.

    python -m bench.search_speed --data FOLDER --queries FILE.tsv [--every N]

FOLDER and FILE as in ``bench.search``. The peer is an FTS5 table of the pairs of every run of Chinese characters and of
the words and numbers between, asked for any of those of the query, ranked by its BM25, the first 100 rows. Both indexes
lie on disk. Times are CPU of the whole process (threads and re-reading of the query included); ratios are what to trust.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bench.search import HITS, Asked, Text, indexed, read_collection, read_queries
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.parsing import parse_query

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
    book = bundled_rulebook()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted({one.collection for one in asked}):
            texts = read_collection(given.data, name)
            own, peer = Path(folder) / f"{name}.index", Path(folder) / f"{name}.db"
            spent, reader = _timed(lambda: indexed(texts, own))
            spent_by_peer, table = _timed(lambda: fts5(texts, peer))
            print(f"{name}: {len(texts):,} documents, {sum(len(one.title + one.text) for one in texts):,} characters")
            print(f"  index CPU {spent:.2f} s, peer {spent_by_peer:.2f} s; bytes {_size(own):,}, peer {_size(peer):,}")
            for one in asked:
                if one.collection == name:
                    ours[one.type] += _timed(lambda: reader.rank(parse_query(one.words, book), limit=HITS))[0]
                    theirs[one.type] += _timed(lambda: table.execute(_ASK, (match_of(one.words),)).fetchall())[0]
            table.close()
    report(asked, ours, theirs)


def report(asked: Sequence[Asked], ours: Counter[str], theirs: Counter[str]) -> None:
    """Microseconds of CPU a query by type, and the ratio."""
    counts = Counter(one.type for one in asked)
    print(f"{'CPU a query':20}{'queries':>8}{'ours µs':>10}{'FTS5 µs':>10}{'ratio':>9}")
    for kind in (*sorted(counts), "all"):
        count = len(asked) if kind == "all" else counts[kind]
        own, peer = (sum(spent.values()) if kind == "all" else spent[kind] for spent in (ours, theirs))
        print(f"{kind:20}{count:>8}{own / count * 1e6:>10.0f}{peer / count * 1e6:>10.0f}{'1/' + format(peer / own, '.1f'):>9}")


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
    return path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())


if __name__ == "__main__":
    main()
