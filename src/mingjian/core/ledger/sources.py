"""Sources: how many of the pages that each printed came first, whom it copies, and how often others contradict it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.citing import MOST_CITED, canonical
from mingjian.core.ledger.origins import origin_of, outlet_of
from mingjian.core.link.things.answering import was_added, was_known
from mingjian.core.model.ledger.cells import Cell, Cite, Facets
from mingjian.core.model.ledger.rows import ConflictRow, Related, SourceRow
from mingjian.core.model.things import PageCard


class _Tally(msgspec.Struct):
    """What is counted of one source: ``groups`` and days of its pages, and the words that name it."""

    cites: list[Cite] = []
    pages: set[str] = set()
    groups: set[str] = set()
    first: int = 0
    copies: set[str] = set()
    copied: dict[str, list[Cite]] = {}
    days: list[str] = []
    added: list[str] = []
    ai: bool = False

    def see(self, page: PageCard, cites: Iterable[Cite]) -> None:
        """Count a page that it printed or wrote."""
        self.pages.add(page.id)
        self.groups.add(page.group)
        self.added.append(page.added)
        self.ai = self.ai or page.ai
        if page.published_on:
            self.days.append(page.published_on)
        self.cites = sorted({*self.cites, *cites})[:MOST_CITED]


def source_rows(
    books: Books, asked: Asked, day: Day, conflicts: Iterable[ConflictRow] | None = None
) -> Iterator[SourceRow]:
    """The rows of all sources that answer, those with most pages first, then by name.

    ``conflicts`` are all rows of that ledger: in how many of them a source stands alone with its value.
    """
    tallies: dict[str, _Tally] = {}
    for page in books.pages():
        if was_added(page, asked.added_by) and (not day.known or was_known(page, day.day)):
            _count(books, page, tallies)
    alone = None if conflicts is None else _alone(conflicts)
    for name in sorted(tallies, key=lambda name: (-len(tallies[name].pages), name)):
        row = _row(name, tallies[name], alone)
        if _answers(asked, row):
            yield row


def _count(books: Books, page: PageCard, tallies: dict[str, _Tally]) -> None:
    """Count a page for whoever printed it, and for whoever wrote it: he had it first, where no other page did."""
    outlet, origin = outlet_of(page), origin_of(page)
    if outlet.value is None or origin.value is None:
        return
    printed = tallies.setdefault(outlet.value, _Tally())
    printed.see(page, outlet.cites)
    writer = tallies.setdefault(origin.value, _Tally())
    if writer is not printed:
        writer.see(page, origin.cites)
    if page.group == page.id:
        writer.first += 1
        written = origin
    else:
        written = origin_of(books.page(page.group) or page)
    if written.value not in (None, outlet.value):
        printed.copies.add(page.id)
        printed.copied.setdefault(str(written.value), []).extend(written.cites)


def _row(name: str, tally: _Tally, alone: dict[str, int] | None) -> SourceRow:
    cites = tuple(tally.cites)
    return SourceRow(
        id=hashlib.blake2b(name.encode(), digest_size=8, key=b"source").hexdigest(),
        name=name,
        mentions=len(tally.pages),
        pages=len(tally.pages),
        sources=len(tally.groups),
        first_published=min(tally.days, default=None),
        last_published=max(tally.days, default=None),
        added=min(tally.added),
        facets=Facets(sources=(name,), ai=tally.ai),
        source=Cell(name, cites, basis=canonical(name, cites)),
        first=_counted(tally.first, cites),
        copies=_counted(len(tally.copies), cites),
        copied_from=tuple(_copied(tally)),
        contradicted=Cell(missing="not-compared") if alone is None else _counted(alone.get(name, 0), cites),
    )


def _counted(number: int, cites: tuple[Cite, ...]) -> Cell[int]:
    return Cell(number, cites, basis="counted")


def _copied(tally: _Tally) -> Iterator[Related]:
    """From whom it copies, the one that it copies most first."""
    for name in sorted(tally.copied, key=lambda name: (-len(tally.copied[name]), name)):
        cites = tuple(sorted(set(tally.copied[name]))[:MOST_CITED])
        cell = Cell(name, cites, basis=canonical(name, cites))
        yield Related(relation="copied_from", cell=cell)


def _alone(conflicts: Iterable[ConflictRow]) -> dict[str, int]:
    """In how many conflicts each source is the only one to say what it says."""
    found: dict[str, int] = defaultdict(int)
    for row in conflicts:
        for name in {side.sources[0] for side in row.sides if len(side.sources) == 1}:
            found[name] += 1
    return found


def _answers(asked: Asked, row: SourceRow) -> bool:
    """Whether a source answers: by name and by the days on which it published."""
    last, first = row.last_published, row.first_published
    return (
        (row.facets.ai or not asked.ai)
        and (not asked.sources or row.name in asked.sources)
        and all(word in row.name for word in asked.words)
        and (asked.since is None or (last is not None and last >= asked.since))
        and (asked.until is None or (first is not None and first <= asked.until))
    )
