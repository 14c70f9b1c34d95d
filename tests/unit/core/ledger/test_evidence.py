"""No span, no fact: whatever a cell of any ledger cites stands on its page as it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest
from bench.shelves import read_records, shelve

from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName, facets_of, rows_of
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.cells import Cell, Cite

_EXAMPLES = Path(__file__).parents[4] / "examples"


@lru_cache(maxsize=1)
def examples() -> tuple[Shelf, dict[str, dict[str, str]]]:
    """The books of all examples, and the layers of each page."""
    every = list(read_records([str(_EXAMPLES / "pages"), str(_EXAMPLES / "corpus")]))
    layers = {page.doc_id: {"text": page.text, "html": page.html or "", "url": page.url or ""} for page, _ in every}
    return Shelf(shelve(every), facets_of), layers


def cells_of(held: object) -> Iterator[Cell[object]]:
    """All cells within a row, however deep."""
    if isinstance(held, Cell):
        yield held
    elif isinstance(held, msgspec.Struct):
        for name in held.__struct_fields__:
            yield from cells_of(getattr(held, name))
    elif isinstance(held, tuple):
        for each in held:
            yield from cells_of(each)


def stands(cite: Cite, layers: dict[str, dict[str, str]]) -> bool:
    """Whether the words stand on the page where the cite says."""
    return layers[cite.page][cite.layer][cite.start : cite.end] == cite.text


@pytest.mark.parametrize("name", sorted(LEDGERS))
def test_all_words_that_a_ledger_cites_stand_on_their_pages(name: LedgerName) -> None:
    books, layers = examples()
    ledger = LEDGERS[name]
    rows = list(rows_of(books, ledger, Asked(kind=ledger.kind, ai=False), Day("2026-11-30")))
    cites = [cite for row in rows for cell in cells_of(row) for cite in cell.cites]
    assert [cite for cite in cites if not stands(cite, layers)] == []
    assert rows == [] or cites


def test_the_examples_fill_the_ledgers() -> None:
    books, _ = examples()
    filled = {
        name
        for name, ledger in LEDGERS.items()
        if next(rows_of(books, ledger, Asked(kind=ledger.kind, ai=False), Day("2026-11-30")), None) is not None
    }
    assert {"policies", "targets", "statistics", "conflicts", "organisations"} <= filled
