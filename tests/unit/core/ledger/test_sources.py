"""Who had it first, and who copies whom."""

from __future__ import annotations

from tests.unit.core.link.things.shelves import shelf, shelved

from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, facets_of, rows_of
from mingjian.core.ledger.sources import source_rows
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.rows import ConflictRow, Side, SourceRow

_PAGES = {
    "a": "河阳市发布算力规划\n\n2029-03-05 09:00  来源:河阳日报\n\n　　河阳市3月4日发布了人工智能算力规划。\n",
    "b": "河阳市发布算力规划\n\n2029-03-06 09:00  来源:云上网\n\n　　河阳市3月4日发布了人工智能算力规划。\n",
    "c": "河阳市的大模型\n\n2029-04-01 09:00  来源:云上网\n\n　　河阳市的大模型4月1日上线。\n",
}
_DAY = Day("2030-01-01")


def _rows(books: Shelf, day: Day = _DAY) -> dict[str, SourceRow]:
    rows = rows_of(books, LEDGERS["sources"], Asked(kind="event", ai=False), day)
    return {row.name: row for row in rows if isinstance(row, SourceRow)}


def test_sources_stand_with_what_they_had_first_and_what_they_copied() -> None:
    rows = _rows(Shelf(shelved(_PAGES, {"b": "a"}), facets_of))
    assert list(rows) == ["云上网", "河阳日报"]
    assert (rows["云上网"].pages, rows["云上网"].first.value, rows["云上网"].copies.value) == (2, 1, 1)
    assert [each.cell.value for each in rows["云上网"].copied_from] == ["河阳日报"]
    assert (rows["河阳日报"].first.value, rows["河阳日报"].copies.value) == (1, 0)


def test_every_count_cites_the_words_that_name_the_source() -> None:
    row = _rows(shelf(_PAGES))["云上网"]
    assert {cite.text for cell in (row.source, row.first, row.copies) for cite in cell.cites} == {"云上网"}


def test_only_what_was_known_counts() -> None:
    assert list(_rows(shelf(_PAGES), Day("2029-03-05", known=True))) == ["河阳日报"]


def test_conflicts_count_where_a_source_stands_alone() -> None:
    sides = tuple(
        Side(value=_rows(shelf(_PAGES))["云上网"].source, sources=sources, published=None, nearer=False, later=False)
        for sources in (("云上网",), ("河阳日报", "晨星报"))
    )
    conflict = _conflict(sides)
    rows = {row.name: row for row in source_rows(shelf(_PAGES), Asked(kind="event", ai=False), _DAY, [conflict])}
    assert (rows["云上网"].contradicted.value, rows["河阳日报"].contradicted.value) == (1, 0)
    (row, *_) = source_rows(shelf(_PAGES), Asked(kind="event", ai=False), _DAY)
    assert row.contradicted.missing == "not-compared"
    assert _rows(shelf(_PAGES))["云上网"].contradicted.value == 0


def _conflict(sides: tuple[Side, ...]) -> ConflictRow:
    row = _rows(shelf(_PAGES))["云上网"]
    return ConflictRow(
        id="c", name="算力", mentions=2, pages=2, sources=2, first_published=None, last_published=None,
        added=row.added, facets=row.facets, about="算力", kind="statistic", field="value", sides=sides,
    )  # fmt: skip
