"""Ledgers over a million facts: what building the books costs a page, and how long a filtered ledger takes.

    python -m bench.ledgers [--facts 1000000] [--folder FOLDER] [--asked 300]

The facts are those of the sample pages (examples/), some twenty a page, each page again and again as that of another
place and another time: in the JSON of its record the invented city becomes a real one of GB/T 2260, the programme
another one, most bodies and people others, years are shifted by up to ten and days of publication moved, all by words
of the same length, so that every span holds the words that it did. Four hundred such places and times are told of by
all of the samples: a million facts are some 33,000 pages, a thing is told by two or three of them, but some bodies and
people by thousands. Ids of facts are made anew. Pages go into the index through the code by which a
workspace keeps its books, a thousand at a time. Every tenth page copies the one before it.

An eighth of the facts is kept so; the rest are the same rows once more in SQL, with other ids, slots and keys, as of
other bodies with the same places, days, sources and technologies: each filter lets eight times as many through.

A question is a ledger with one to three filters (region, issuer, dates, status, technology, industry, source, as-of) of
values that are there. Told are the time of finding the first fifty things, and that of building the first fifty rows,
in CPU time, the latter also by kind of question; then that of counting the rows of all ledgers but that of conflicts.
The ledgers of sources and of conflicts list no things: they look at all pages, and are asked nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from mingjian import extract, read
from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, Ledger, count_of, rows_of
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.shelf import Shelved
from mingjian.core.model.failure import Failure
from mingjian.core.model.ledger.cells import Facets
from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_record, encode_record
from mingjian.core.rulebook import bundled_rulebook
from mingjian.corpus.books.keeping import Entry, keep_pages, usual_ways
from mingjian.store.books import BooksReader, BooksWriter

_CITY, _PROGRAMME = "澜山", "百企千模"
_WHOLE = ("sources", "conflicts")  # ledgers that list no things: they look at all pages
_YEAR = re.compile(r"20[12][0-9](?=[年\\-])")
_ID = re.compile(r'(?<=")[0-9a-f]{16}(?=")')
_VARIANTS = 400  # places and years in which the pages of a sample are told again
_RENAMED = 0.8  # bodies and people that are others in each of these
_TIMES = 8  # how often each row is there
_BATCH = 1_000
_ROWS = 50
_DAY = "2026-06-30"


class _Pattern(NamedTuple):
    """A sample page: its record as JSON, and its text layer."""

    record: str
    text: str


@cache
def _patterns() -> list[_Pattern]:
    """The sample pages with their records."""
    pages = [page for folder in ("examples/pages", "examples/corpus") for page in read(folder)]
    return [
        _Pattern(encode_record(extract(page)).decode(), page.text) for page in pages if not isinstance(page, Failure)
    ]


@cache
def _cities() -> list[tuple[str, str]]:
    """Cities whose name has two characters without what they are, with their codes."""
    entries = bundled_rulebook().lexicon("regions").entries
    return [
        (entry.name[:2], entry.id) for entry in entries if len(entry.name) == 3 and entry.fields["level"] != "province"
    ]


@cache
def _named() -> list[str]:
    """The first two characters of the names of bodies and people on the sample pages, and of their programmes."""
    records = [decode_record(pattern.record) for pattern in _patterns()]
    called = [one.name for record in records for one in record.organisations]
    called += [one.name for record in records for one in record.people]
    names = {name[:2] for name in called}
    return sorted(name for name in names | {_PROGRAMME[:2]} if not name.isascii() and name != _CITY)


class Retold(NamedTuple):
    """How a page tells one of the sample pages again: in another place, by others, in other years."""

    pattern: int
    city: str
    code: str
    names: Mapping[str, str]
    years: int
    lot: random.Random

    def words(self, text: str) -> str:
        """The text with the names and years of this page: as long as it was."""
        text = re.sub("|".join(self.names), lambda found: self.names[found[0]], text)
        return _YEAR.sub(lambda found: str(int(found[0]) - self.years), text)

    def record(self, number: int) -> Record:
        """The record with the names and years of this page, and ids of its own."""
        text = self.words(_patterns()[self.pattern].record)
        text = _ID.sub(lambda found: hashlib.blake2b(f"{number}{found[0]}".encode(), digest_size=8).hexdigest(), text)
        return decode_record(text.encode())

    def text(self) -> str:
        """The text layer with the names and years of this page."""
        return self.words(_patterns()[self.pattern].text)


def retold(number: int) -> Retold:
    """What the page of a number tells: some tell of the same in the same place and year, as those of one event do."""
    lot = random.Random(number - number % 10 if number % 10 == 9 else number)
    pattern = lot.randrange(len(_patterns()))
    variant = random.Random(lot.randrange(_VARIANTS))
    (city, code), years = variant.choice(_cities()), variant.randrange(10)
    names = {_CITY: city} | {name: variant.choice(_cities())[0] for name in _named() if variant.random() < _RENAMED}
    return Retold(pattern, city, code, names, years, lot)


def made_page(number: int) -> Shelved:
    """The page of a number, as books keep it."""
    told = retold(number)
    record = told.record(number)
    copied = f"{number - 1 if number % 10 == 9 else number:032x}"
    address = f"https://{number}.invalid/"
    whence = Whence(id=f"{number:032x}", doc_id=str(number), address=address, added=_DAY, group=copied)
    card = card_of(record, whence)
    month = told.lot.randrange(1, 13)
    day = None if card.published_from is None else f"{card.published_from[:4]}-{month:02d}-11"
    regions = {told.city: told.code, f"{told.city}市": told.code}
    return Shelved(msgspec.structs.replace(card, regions=regions, published_from=day, published_to=day), record)


def build(folder: Path, facts: int) -> None:
    """The books, until they hold so many facts; prints what pages cost as they grow."""
    ways = usual_ways()
    with closing(BooksWriter.open_or_make(folder / "books", "bench")) as index:
        number = index.position()
        while index.mention_count() < facts:
            entries = [Entry(at, made_page(at)) for at in range(number, number + _BATCH)]
            cpu = time.process_time()
            keep_pages(index, entries, (), number + _BATCH, ways)
            told = f"{(time.process_time() - cpu) * 1e3 / _BATCH:.2f} ms CPU a page in batches of {_BATCH}"
            number += _BATCH
            if number % (10 * _BATCH) == 0 or number == _BATCH:
                print(f"{number:,} pages, {index.mention_count():,} facts: {told}", flush=True)
        costs = []
        for at in range(number, number + 30):
            page = made_page(at)
            cpu = time.process_time()
            keep_pages(index, [Entry(at, page)], (), at + 1, ways)
            costs.append((time.process_time() - cpu) * 1e3)
        told = f"median {statistics.median(costs):.1f}, mean {statistics.mean(costs):.1f}, most {max(costs):.1f}"
        print(f"one page alone: {told} ms CPU; {sum(index.counts().values()):,} things", flush=True)


_COPIED = {
    "page": "number + :pages, :mark || substr(id, 2), card",
    "mention": 'number + :mentions, page + :pages, kind, start, "end", :mark || substr(fact, 2), node + :nodes, '
    "thing + :things, since, till, source, content",
    "node": "number + :nodes, :mark || id, kind, profile, refs, thing + :things",
    "key": "kind, :mark || key, node + :nodes",
    "link": "first + :nodes, second + :nodes, verdict",
    "beside": "first + :nodes, second + :nodes",
    "thing": "number + :things, :mark || substr(id, 2), kind, name, mentions, pages, sources, slots, first, last, "
    "date, filed",
    "slot": "kind, :mark || slot, thing + :things",
    "named": ":mark || slot, mention + :mentions",
    "tag": "facet, value, ai, sort, day, head, thing + :things, known, until",
}


def multiply(folder: Path, times: int) -> None:
    """Let every row be there so many times, as that of other things: the first of them as it was."""
    with closing(sqlite3.connect(folder / "books" / "books.db")) as connection, connection:
        most = {
            f"{table}s": connection.execute(f"SELECT max(number) + 1 FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("page", "mention", "node", "thing")
        }
        for table, columns in _COPIED.items():
            numbered = f" WHERE number <= :{table}s" if f"{table}s" in most else ""
            kept = f"CREATE TEMP TABLE kept AS SELECT * FROM main.{table}{numbered}"  # noqa: S608
            connection.execute(kept, most)
            for copy in range(1, times):
                moved = {name: number * copy for name, number in most.items()} | {"mark": "ghijklmnopq"[copy]}
                connection.execute(f"INSERT INTO main.{table} SELECT {columns} FROM temp.kept", moved)  # noqa: S608
            connection.execute("DROP TABLE kept")


class _Values:
    """Values that some things of a kind have."""

    def __init__(self, books: BooksReader, ledger: Ledger, lot: random.Random) -> None:
        things = list(islice(books.find(Asked(kind=ledger.kind, ai=False)), 4_000))
        lot.shuffle(things)
        rows = (books.filed(thing.id) for thing in things[:300])
        self.facets: list[Facets] = [facets for facets in rows if facets is not None]


def questions(books: BooksReader, count: int) -> Iterator[tuple[Ledger, Asked, Day]]:
    """Questions by chance, always the same ones."""
    lot = random.Random(8)
    ledgers = [ledger for ledger in LEDGERS.values() if ledger.name not in _WHOLE and ledger.kind in books.counts()]
    values = {ledger.name: _Values(books, ledger, lot) for ledger in ledgers}
    for _ in range(count):
        ledger = lot.choice(ledgers)
        given: dict[str, object] = {}
        for name in lot.sample(_FILTERS, lot.randrange(1, 4)):
            given |= _filter(name, lot.choice(values[ledger.name].facets), lot)
        as_of = given.get("as_of")
        day = Day(str(as_of), known=True) if as_of else Day(_DAY)
        yield ledger, msgspec.convert({"kind": ledger.kind, "ai": lot.random() < 0.5, **given}, Asked), day


_FILTERS = ("regions", "province", "issuers", "sources", "technologies", "industries", "dates", "statuses", "as_of")


def _filter(name: str, facets: Facets, lot: random.Random) -> dict[str, object]:
    if name == "province":
        return {"regions": tuple(f"{code[:2]}0000" for code in facets.regions[:1])}
    if name == "dates":
        year = lot.randrange(2017, 2027)
        return {"since": f"{year}-01-01", "until": f"{year + lot.randrange(2)}-12-31"}
    if name == "statuses":
        return {"statuses": (facets.status,) if facets.status else ()}
    if name == "as_of":
        return {"as_of": f"{lot.randrange(2019, 2027)}-06-30"}
    return {name: getattr(facets, name)[:1]}


def ask(folder: Path, count: int) -> None:
    """Print how long ledgers take, and the other things that books are asked."""
    with closing(BooksReader.open(folder / "books")) as books:
        taken: list[tuple[float, str]] = []
        by_kind: dict[str, list[float]] = {}
        found: list[float] = []
        for ledger, asked, day in questions(books, count):
            start = time.process_time()
            for kind in ledger.of:
                list(islice(books.find(msgspec.structs.replace(asked, kind=kind)), _ROWS))
            found.append((time.process_time() - start) * 1e3)
            start = time.process_time()
            rows = list(islice(rows_of(books, ledger, asked, day), _ROWS))
            took = (time.process_time() - start) * 1e3
            taken.append((took, f"{len(rows)} rows of {ledger.name}, {asked}"))
            by_kind.setdefault(_kind_of(asked), []).append(took)
        print(f"{books.mention_count():,} facts, {sum(books.counts().values()):,} things")
        _print("filter, first 50 things", found)
        _print("ledger, first 50 rows", [each for each, _ in taken])
        for name, every in sorted(by_kind.items()):
            _print(f"  {name}", every)
        for each, told in sorted(taken, reverse=True)[:8]:
            print(f"  {each:8.1f} ms  {told}")
        start = time.process_time()
        counts = [count_of(books, ledger, Asked(kind=ledger.kind), Day(_DAY)) for ledger in LEDGERS.values()]
        rows_counted = sum(count or 0 for count in counts)
        print(f"counting {rows_counted:,} rows: {(time.process_time() - start) * 1e3:.0f} ms")
        _others(books)


def _kind_of(asked: Asked) -> str:
    """What makes a question dear: days that were, statuses, or neither."""
    dear = {"as of a day": asked.as_of, "of a status": asked.statuses}
    return " and ".join(name for name, given in dear.items() if given) or "neither as of a day nor of a status"


def _others(books: BooksReader) -> None:
    lot = random.Random(9)
    things = lot.sample(list(islice(books.things(), 20_000)), 300)
    slots = [(thing.kind, thing.slots[0]) for thing in things if thing.slots]
    _print("beginning", [_time(lambda thing=thing: books.beginning(thing.id[:6])) for thing in things])
    _print("in_slot", [_time(lambda slot=slot: books.in_slot(*slot)) for slot in slots])
    _print("members", [_time(lambda thing=thing: books.members(thing.id)) for thing in things])


def _time(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return (time.process_time() - start) * 1e3


def _print(name: str, taken: Sequence[float]) -> None:
    ordered = sorted(taken)
    at = {part: ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))] for part in (50, 95, 99)}
    shown = ", ".join(f"p{part} {each:.2f}" for part, each in at.items())
    print(f"{name}: {shown}, most {ordered[-1]:.2f} ms over {len(ordered)}", flush=True)


def main() -> None:
    """Build and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if not (folder / "books").exists():
            build(folder, options.facts // _TIMES)
            multiply(folder, _TIMES)
        size = sum(path.stat().st_size for path in (folder / "books").iterdir())
        print(f"{size / 1e6:,.0f} MB")
        ask(folder, options.asked)


if __name__ == "__main__":
    main()
