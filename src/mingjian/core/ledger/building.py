"""What all rows are built with: their heads, their facets, and citations of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import Any, NamedTuple, TypedDict, get_type_hints

import msgspec

from mingjian.core.ledger.about import industries_of, technologies_of
from mingjian.core.model.ledger.cells import Cite, Facets
from mingjian.core.model.outcome import value_of
from mingjian.core.model.span import Pair, Span
from mingjian.core.model.things import Member, PageCard, Thing


class Day(msgspec.Struct, frozen=True):
    """The ISO day on which a ledger is read: what is due depends on it; ``known``: only what was published by then."""

    day: str
    known: bool = False


TIMELESS = Day("9999-12-31")
"""The day of rows that are looked at for their facets alone."""


class Dated(NamedTuple):
    """An ISO day by which a row may stand in lists, empty for none, and from which day on that was known."""

    known: str | None
    day: str


class Possible(NamedTuple):
    """What other things may make of the row of a thing: statuses on any day, up to its own day, and from that on."""

    statuses: Set[str] = frozenset()
    coming: Set[str] = frozenset()
    over: Set[str] = frozenset()
    days: Sequence[Dated] = ()


class Head(TypedDict):
    """The fields that every row has."""

    id: str
    name: str
    mentions: int
    pages: int
    sources: int
    first_published: str | None
    last_published: str | None
    added: str
    facets: Facets


def cite_span(member: Member, span: Span) -> Cite:
    """The words of a span of the mention's page."""
    return cite_page(member.page, span)


def cite_page(page: PageCard, span: Span) -> Cite:
    """The words of a span of a page."""
    return Cite(page.id, span.start, span.end, span.text, span.layer)


def cite_part(member: Member, name: str) -> tuple[Cite, ...]:
    """The words of a part of the mention's fact; of one that is computed, its evidence."""
    evidence = member.fact.evidence
    found = [_within(member, pair) for pair in member.fact.parts.get(name, ())]
    return tuple(cite for cite in found if cite is not None) or (cite_span(member, evidence),)


def _within(member: Member, pair: Pair) -> Cite | None:
    """The words between two places of the text, where the fact holds them: in a span of its own or its support."""
    first, last = pair
    fact = member.fact
    for span in (*(getattr(fact, name) for name in _span_fields(type(fact))), *fact.support):
        if span is not None and span.start <= first < last <= span.start + len(span.text) and span.layer == "text":
            return Cite(member.page.id, first, last, span.text[first - span.start : last - span.start])
    return None


@cache
def _span_fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields of facts of a type that may hold a span, in order."""
    return tuple(name for name, hint in get_type_hints(kind).items() if hint in {Span, Span | None})


def head_of(
    thing: Thing,
    members: Sequence[Member],
    *,
    regions: Iterable[str | None] = (),
    issuers: Iterable[str | None] = (),
    happened: tuple[str | None, str | None] = (None, None),
    status: str | None = None,
) -> Head:
    """What every row says of its thing, as these mentions tell it; ``regions`` are codes, ``issuers`` names.

    Days of publication are those of pages whose day is known: bounds of others are no days on which it was published.
    """
    pages = {member.page.id: member.page for member in members}.values()
    published = [page.published_on for page in pages]
    sources = (value_of(outcome) for page in pages for outcome in (page.source, page.publisher))
    return Head(
        id=thing.id,
        name=thing.name,
        mentions=len(members),
        pages=len(pages),
        sources=len({page.group for page in pages}),
        first_published=min(filter(None, published), default=None),
        last_published=max(filter(None, published), default=None),
        added=min(page.added for page in pages),
        facets=Facets(
            regions=_unique(regions),
            issuers=_unique(issuers),
            sources=_unique(sources),
            technologies=_unique(technologies_of(members)),
            industries=_unique(industries_of(members)),
            status=status,
            happened_from=happened[0],
            happened_to=happened[1],
            ai=any(member.about_ai for member in members),
        ),
    )


def _unique(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
