"""How a cite is told outside: the page it stands on, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from mingjian.brief.wording import title_or_place
from mingjian.core.model.graph import Graph
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.outcome import value_of
from mingjian.core.model.things import PageCard

Pages = Callable[[str], PageCard | None]
"""What is known of the page of an id."""

_WEB = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A cite with what a reader needs to look it up: ``link`` is set where the page has one on the web."""

    words: str
    start: int
    end: int
    layer: str
    page: str
    title: str
    source: str
    published: str
    link: str | None


def told(cite: Cite, pages: Pages) -> Told:
    """The cite with its page."""
    card = pages(cite.page)
    return Told(
        words=cite.text,
        start=cite.start,
        end=cite.end,
        layer=cite.layer,
        page=cite.page,
        title="" if card is None else title_or_place(value_of(card.title), card.doc_id),
        source="" if card is None else value_of(card.source) or value_of(card.publisher) or "",
        published="" if card is None else value_of(card.published) or "",
        link=None if card is None else link_of(card),
    )


def link_of(card: PageCard) -> str | None:
    """The address of a page on the web."""
    return web_link(card.address)


def web_link(address: str) -> str | None:
    """The address where it leads into the web and programs take it for one: nothing else is made a link.

    >>> web_link("https://a.invalid/1?b=c"), web_link("javascript:alert(1)"), web_link("https://a b/c")
    ('https://a.invalid/1?b=c', None, None)
    """
    return address if address.isprintable() and _WEB.fullmatch(address) else None


def cited_pages(graph: Graph, pages: Pages) -> Iterable[PageCard]:
    """The pages that the edges cite, by id."""
    cited = sorted({cite.page for edge in graph.edges for cite in edge.cites})
    return (card for page in cited if (card := pages(page)) is not None)
