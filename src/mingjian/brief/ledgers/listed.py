"""Pages, facts and things as rows of a table, so that lists of them become files as ledgers do."""

from __future__ import annotations

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Span
from mingjian.core.model.things import PageCard, Thing

_LOST = "not-told"


class PageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A page: whence it is, when it was published, and what it is about.

    ``name`` is its title, or where it has none what its container calls it; ``group`` the id of the first source of its
    reprints. ``regions`` are codes, ``technologies`` ids of the taxonomy, ``industries`` section letters.
    """

    id: str
    name: str
    address: str
    title: Cell[str]
    source: Cell[str]
    publisher: Cell[str]
    published: Cell[str]
    doc_type: str
    ai: bool
    group: str
    added: str
    regions: tuple[str, ...]
    technologies: tuple[str, ...]
    industries: tuple[str, ...]


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """A fact: its kind, its words and the page on which they stand; ``name`` are its words in one line."""

    id: str
    name: str
    kind: str
    evidence: Cell[str]
    page: str
    title: Cell[str]
    published: Cell[str]


class ThingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A thing: its kind, and how often and when it is told."""

    id: str
    name: str
    kind: str
    mentions: int
    pages: int
    sources: int
    first_published: str | None
    last_published: str | None


def page_row(card: PageCard) -> PageRow:
    """The page as a row."""
    title = outcome_cell(card.title, card.id)
    return PageRow(
        id=card.id,
        name=title.value or card.doc_id,
        address=card.address,
        title=title,
        source=outcome_cell(card.source, card.id),
        publisher=outcome_cell(card.publisher, card.id),
        published=outcome_cell(card.published, card.id),
        doc_type=card.doc_type,
        ai=card.ai,
        group=card.group,
        added=card.added,
        regions=tuple(card.regions.values()),
        technologies=card.technologies,
        industries=card.industries,
    )


def fact_row(kind: str, fact: Fact, page: str, head: tuple[Outcome[str], Outcome[str]]) -> FactRow:
    """The fact of a page as a row; ``head`` are the title and the time of publication of the page."""
    title, published = head
    return FactRow(
        id=fact.id,
        name=" ".join(fact.evidence.text.split()),
        kind=kind,
        evidence=Cell(fact.evidence.text, (cite_of(fact.evidence, page),)),
        page=page,
        title=outcome_cell(title, page),
        published=outcome_cell(published, page),
    )


def thing_row(thing: Thing) -> ThingRow:
    """The thing as a row."""
    return ThingRow(
        id=thing.id,
        name=thing.name,
        kind=thing.kind,
        mentions=thing.mentions,
        pages=thing.pages,
        sources=thing.sources,
        first_published=thing.first_published,
        last_published=thing.last_published,
    )


def outcome_cell(outcome: Outcome[str], page: str) -> Cell[str]:
    """What a page says of itself, as a cell."""
    if isinstance(outcome, Cited):
        return Cell(outcome.value, (cite_of(outcome.evidence, page),))
    return Cell(missing=outcome.reason if isinstance(outcome, Missing) else _LOST)


def cite_of(span: Span, page: str) -> Cite:
    """Words of a page as ledgers cite them."""
    return Cite(page, span.start, span.end, span.text, span.layer)
