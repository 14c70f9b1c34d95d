"""The page of a thing: its row, who tells of it, why its mentions are one, and what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.ledgers.columns import Column as LedgerColumn
from mingjian.brief.ledgers.columns import Entry, columns_of, entries_of
from mingjian.brief.wording import NOTHING, ledger_column_label, ledger_missing_label, title_or_place
from mingjian.core.books import Books
from mingjian.core.ledger.resolving import resolve
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.outcome import value_of
from mingjian.core.model.things import Member, MentionRef, Thing, ThingKind, ThingLink
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.normal import on_one_line
from mingjian.corpus.facts import ToldBy
from mingjian.serve.web.links import page_href
from mingjian.serve.web.listings import MEASURED, cell_of, measured
from mingjian.serve.web.listings import value_of as shown_of
from mingjian.serve.web.parts import Cited, Shown
from mingjian.serve.web.reading.chain import Chain, chain_of
from mingjian.serve.web.words import english_of

_HIDDEN = frozenset({
    "id", "name", "mentions", "pages", "sources", "first_published", "last_published", "added", "ai",
    "happened_from", "happened_to",
})  # fmt: skip
_BODIES: tuple[ThingKind, ...] = ("organisation", "person")
_NAMED: Mapping[str, tuple[ThingKind, ...]] = {
    **dict.fromkeys(
        ("actors", "recipients", "issuers", "issuer", "owner", "manager", "company", "partner", "affiliation", "lead",
         "assisting", "source_body"), _BODIES,
    ),
    "speaker": ("person", "organisation"),
    "policy": ("policy",),
    "object": ("policy", "programme", "system", "organisation"),
}  # fmt: skip
"""Columns whose values are names of other things, and of which kinds."""
_MOST_CHAIN, _MOST_LINKS, _MOST_ROWS = 30, 12, 200


class InnerTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table within the row (points of a series, what it is related to): heads, and rows of cells."""

    name: str
    label: str
    english: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Shown, ...], ...], ...]
    count: int


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """An independent source: its page, the words in which it tells, and the chain of its reprints."""

    title: str
    href: str
    source: str
    published: str
    words: tuple[Cited, ...]
    also: int
    chain: Chain | None


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """Why two mentions are one thing: the words of each, and the reason with what it rests on."""

    first: Cited
    second: Cited
    reason: str
    on: str


class ThingShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the row of a thing says: its cells, its inner tables, and by why what its sources do not say."""

    facts: tuple[tuple[str, str, tuple[Shown, ...]], ...]
    tables: tuple[InnerTable, ...]
    silent: tuple[tuple[str, tuple[str, ...]], ...] = ()


def shown_row(books: Books, ledger: str, row: Row) -> ThingShown:
    """The row in full; names of other things lead to these, numbers stand with their unit."""
    entries = entries_of(row, columns_of(type(row)))
    own = _each_once([entry for entry in entries if entry.column.name not in _HIDDEN])
    said = [entry for entry in own if entry.column.kind != "table" and entry.first.value not in (None, "")]
    unit = next((str(entry.first.value) for entry in said if entry.column.name == "unit"), None)
    with_numbers = unit is not None and any(entry.column.name in MEASURED for entry in said)
    return ThingShown(
        facts=tuple(
            (ledger_column_label(entry.column.name, ledger), english_of(entry.column.name), _cells(books, entry, unit))
            for entry in said
            if not (with_numbers and entry.column.name == "unit")
        ),
        tables=tuple(_inner(entry, ledger, books.page) for entry in own if entry.column.kind == "table" and entry.rows),
        silent=_silent([entry for entry in own if entry not in said], ledger),
    )


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without places told twice: the region as printed where there is one, else that of the filters."""
    held = {entry.column.name: entry for entry in entries}
    if "region" not in held or "regions" not in held:
        return list(entries)
    twice = "region" if held["region"].first.value is None and held["regions"].said else "regions"
    return [entry for entry in entries if entry.column.name != twice]


def _silent(entries: Iterable[Entry], ledger: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Why there is no value, each reason once with the columns of which it holds; facets without values say nothing."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry.column.kind != "table" and entry.first.missing:
            found.setdefault(entry.first.missing, []).append(ledger_column_label(entry.column.name, ledger))
    return tuple((ledger_missing_label(reason), tuple(names)) for reason, names in found.items())


def _cells(books: Books, entry: Entry, unit: str | None) -> tuple[Shown, ...]:
    kinds = _NAMED.get(entry.column.name)
    cells = cell_of(entry, books.page)
    if entry.column.name in MEASURED:
        return measured(cells, entry, unit)
    if kinds is None:
        return cells
    return tuple(
        msgspec.structs.replace(cell, href=_thing_named(books, kinds, str(said.value), said.cites[0].page))
        if said.value is not None and said.cites
        else cell
        for cell, said in zip(cells, entry.said, strict=False)
    )


def _thing_named(books: Books, kinds: Iterable[ThingKind], name: str, page: str) -> str | None:
    found = resolve(books, kinds, name, page)
    return None if found is None else f"/things/{found.id}"


def _inner(entry: Entry, ledger: str, pages: Pages) -> InnerTable:
    columns = [column for column in entry.column.inner if column.name not in {"thing", "backward"}]
    rows = tuple(_inner_row(row, columns, pages) for row in entry.rows[:_MOST_ROWS])
    filled = [place for place in range(len(columns)) if any(_is_told(row[place]) for row in rows)]
    return InnerTable(
        name=entry.column.name,
        label=ledger_column_label(entry.column.name, ledger),
        english=english_of(entry.column.name),
        heads=tuple(ledger_column_label(columns[place].name, ledger) for place in filled),
        rows=tuple(tuple(row[place] for place in filled) for row in rows),
        count=len(entry.rows),
    )


def _is_told(cells: Sequence[Shown]) -> bool:
    return any(cell.badge or cell.cites or cell.text not in ("", NOTHING) for cell in cells)


def _inner_row(row: Sequence[Entry], columns: Sequence[LedgerColumn], pages: Pages) -> tuple[tuple[Shown, ...], ...]:
    """The cells of a row within; that which names another thing leads to it."""
    by_name = {entry.column.name: entry for entry in row}
    thing = by_name["thing"].first.value if "thing" in by_name else None
    cells = []
    for column in columns:
        shown = tuple(shown_of(said, column, pages) for said in by_name[column.name].said) or (Shown(missing=NOTHING),)
        if thing and column.name == "cell":
            shown = tuple(msgspec.structs.replace(one, href=f"/things/{thing}") for one in shown)
        cells.append(shown)
    return tuple(cells)


def tellings(sources: Iterable[ToldBy], members: Sequence[Member]) -> tuple[Telling, ...]:
    """The independent sources, published first first."""
    held: dict[str, list[Member]] = {}
    for member in members:
        held.setdefault(member.page.id, []).append(member)
    return tuple(_telling(source, held.get(source.page.id, [])) for source in sources)


def _telling(source: ToldBy, members: Sequence[Member]) -> Telling:
    page = source.page
    group = source.reprints
    return Telling(
        title=title_or_place(value_of(page.title), page.doc_id),
        href=page_href(page.id, [member.ref.pair for member in members]),
        source=value_of(page.source) or value_of(page.publisher) or "",
        published=value_of(page.published) or "",
        words=tuple(_cited(member) for member in members[:3]),
        also=len(source.also),
        chain=None if group is None or len(group.copies) < 2 else chain_of(group, page.id, _MOST_CHAIN),
    )


def _cited(member: Member) -> Cited:
    source = value_of(member.page.source) or value_of(member.page.publisher) or member.page.doc_id
    return Cited(on_one_line(member.fact.evidence.text), source, page_href(member.page.id, [member.ref.pair]))


def merged(links: Sequence[ThingLink], members: Sequence[Member]) -> tuple[Merged, ...]:
    """Why the mentions are one thing, the heaviest reasons first: no pair of pages twice."""
    held = {member.ref: member for member in members}
    return tuple(_merged(link, held) for link in links[:_MOST_LINKS] if link.first in held and link.second in held)


def _merged(link: ThingLink, held: Mapping[MentionRef, Member]) -> Merged:
    reasons = bundled_rulebook().tables["corpus/things"]["reason"]
    slug = link.verdict.reason
    return Merged(
        first=_cited(held[link.first]),
        second=_cited(held[link.second]),
        reason=str(reasons.get(slug, {}).get("text", slug)),
        on="、".join(on_one_line(one) for one in link.verdict.on),
    )


def series_of(row: Row) -> list[tuple[str, Decimal]]:
    """The points of a series that have a day and a value, in order of time; none of other rows."""
    points = getattr(row, "points", ())
    found = [(point.as_of.value, point.value.value) for point in points]
    return sorted((day, value) for day, value in found if day is not None and value is not None)


def others_of(things: Iterable[Thing], but: Thing, kinds: Sequence[ThingKind], most: int) -> Iterator[Thing]:
    """Other things of these kinds, the most told first."""
    found = [thing for thing in things if thing.kind in kinds and thing.id != but.id]
    yield from sorted(found, key=lambda thing: (-thing.sources, thing.name, thing.id))[:most]
