"""The law of briefs: sentences are built of words of their pages, of what is computed from them, and glue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from bench.briefs import faults
from bench.shelves import read_records, shelve

from mingjian.core.ledger.briefing.writing import write_brief
from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.brief import Brief, Scope
from mingjian.core.model.page import Page

EXAMPLES = Path(__file__).parents[2] / "examples"
SCOPES = {
    "all": Scope(day="2026-04-10", since="2025-01-01", until="2026-04-10", ai=False),
    "topic": Scope(day="2026-04-10", since="2026-01-01", until="2026-04-10", topic=("大模型", "算力")),
    "known": Scope(day="2026-03-13", since="2026-03-01", until="2026-03-13", known=True),
}


@cache
def _books() -> tuple[Shelf, dict[str, Page]]:
    read = list(read_records([str(EXAMPLES / "pages"), str(EXAMPLES / "corpus")]))
    return Shelf(shelve(read), facets_of), {page.doc_id: page for page, _ in read}


def _written(scope: str) -> Brief:
    return write_brief(_books()[0], SCOPES[scope])


@pytest.mark.parametrize("scope", SCOPES)
def test_every_sentence_of_the_sample_pages_holds(scope: str) -> None:
    brief = _written(scope)
    assert sum(len(section.items) for section in brief.sections) > 8
    assert list(faults(brief, _books()[1], _books()[0])) == []


def test_the_samples_fill_every_section() -> None:
    named = [section.name for section in _written("all").sections]
    assert named == ["events", "policies", "targets", "numbers", "quotes", "watch"]


def test_what_was_published_later_is_not_known() -> None:
    pages = _books()[1]
    cited = {
        cite.page for section in _written("known").sections for item in section.items for cite in item.sentence.cites
    }
    cards = {card.id: card for card in _books()[0].pages()}
    assert cited <= set(pages)
    assert all((cards[page].published_to or "") <= "2026-03-13" for page in cited)
