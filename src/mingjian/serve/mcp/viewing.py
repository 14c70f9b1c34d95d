"""The workspace as one call sees it, what of it cannot be told, and how pages are found and named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.outcome import Outcome
from mingjian.core.storing import StoreReader
from mingjian.corpus import Corpus
from mingjian.errors import MingjianError
from mingjian.serve.mcp.answers import PageNamed
from mingjian.serve.mcp.citing import outcome, page_link, web_url
from mingjian.serve.mcp.quoting import quoted

_LEAST_ID = 4
_LISTED = 8


class View(NamedTuple):
    """The workspace, opened so that it never writes, and the ISO day on which it is asked."""

    corpus: Corpus
    today: str


class RefusedError(MingjianError):
    """What is asked cannot be told: why, what to do, and which words of pages help to ask better."""

    def __init__(self, says: str, quotations: Sequence[str] = ()) -> None:
        super().__init__(says)
        self.quotations = tuple(quotations)


def page_called(reader: StoreReader, beginning: str) -> KeptPage:
    """The one page whose id begins so, erased ones aside; raises ``RefusedError`` for none, and for several."""
    wanted = beginning.strip().lower().removeprefix(page_link(""))
    found = reader.find(wanted, _LISTED) if len(wanted) >= _LEAST_ID else ()
    if len(found) > 1:
        raise RefusedError(
            f"{beginning!r} begins the ids of several pages: {', '.join(one.id for one in found)}; give more"
        )
    if not found:
        raise RefusedError(
            f"no page has an id that begins with {quoted(beginning)}; take one from `search` or from a span"
        )
    if found[0].erased:
        raise RefusedError(f"the page {found[0].id} was erased, and its words are gone")
    return found[0]


class Said(NamedTuple):
    """What a page says of itself."""

    title: Outcome[str]
    source: Outcome[str]
    publisher: Outcome[str]
    published: Outcome[str]


def named(page: str, address: str, said: Said) -> PageNamed:
    """A page with what it says of itself."""
    return PageNamed(
        untrusted=True,
        id=page,
        link=page_link(page),
        url=web_url(address),
        title=outcome(page, said.title),
        source=outcome(page, said.source),
        publisher=outcome(page, said.publisher),
        published=outcome(page, said.published),
    )
