"""The books of a folder of pages, in memory: what benchmarks of links and ledgers look at.

python -m bench.shelves FOLDER… [--ledger NAME]    prints the things of each kind, or a ledger's rows as JSON lines
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian import extract, read
from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, facets_of, rows_of
from mingjian.core.link.reprints.bodies import body_of
from mingjian.core.link.reprints.grouping import group_pages
from mingjian.core.link.reprints.judging import relate_pages
from mingjian.core.link.reprints.sketches import sketch_bodies
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record

_ADDED = "2026-01-01T00:00:00Z"


def shelve(pages: Iterable[tuple[Page, Record]]) -> list[Shelved]:
    """The pages as the books keep them: each with the first source of its reprints."""
    every = list(pages)
    bodies = [body_of(page.doc_id, record, page.text) for page, record in every]
    sketches = sketch_bodies(bodies)
    groups = group_pages(sketches, relate_pages(sketches), ())
    source = {page: found.source for found in groups for page in found.pages}
    return [Shelved(card_of(record, _whence(page, source)), record) for page, record in every]


def _whence(page: Page, source: dict[str, str]) -> Whence:
    name = page.doc_id
    return Whence(id=name, doc_id=name, address=page.url or name, added=_ADDED, group=source.get(name, name))


def read_records(folders: Sequence[str]) -> Iterator[tuple[Page, Record]]:
    """The pages of some folders and their records; a page that cannot be read is told."""
    for folder in folders:
        for page in read(folder):
            if isinstance(page, Failure):
                print(f"{page.doc_id}: {page.reason}", file=sys.stderr)
            else:
                yield page, extract(page)


def main() -> None:
    """Print what the books of the folders hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--ledger", choices=sorted(LEDGERS))
    parser.add_argument("--day", default="2026-01-01")
    options = parser.parse_args()
    shelf = Shelf(shelve(read_records(options.folders)), facets_of)
    if options.ledger is None:
        for kind, count in Counter(thing.kind for thing in shelf.things()).items():
            print(kind, count)
        return
    ledger = LEDGERS[options.ledger]
    encode = msgspec.json.Encoder(decimal_format="number").encode
    for row in rows_of(shelf, ledger, Asked(kind=ledger.kind), Day(options.day)):
        print(encode(row).decode())


if __name__ == "__main__":
    main()
