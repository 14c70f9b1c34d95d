"""The page that is meant by an id, how pages are named, and what cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.outcome import Outcome
from mingjian.core.storing import StoreReader
from mingjian.errors import MingjianError
from mingjian.serve.mcp.answers import PageNamed
from mingjian.serve.mcp.citing import outcome, page_link, web_url
from mingjian.serve.mcp.quoting import quoted
from mingjian.serve.workspace import Workspace

_LEAST_ID = 4
_LISTED = 8


class RefusedError(MingjianError):
    """What is asked cannot be told: why, what to do, and which words of pages help to ask better."""

    def __init__(self, says: str, quotations: Sequence[str] = ()) -> None:
        super().__init__(says)
        self.quotations = tuple(quotations)


def behind(workspace: Workspace) -> int:
    """How many steps of the journal, and pages that people reviewed, what is told has yet to follow."""
    return workspace.corpus.behind()


def page_called(reader: StoreReader, beginning: str) -> KeptPage:
    """The one page whose id begins so; raises ``RefusedError`` for none, for several, and for one that was removed."""
    wanted = beginning.strip().lower().removeprefix(page_link(""))
    found = reader.find(wanted, _LISTED) if len(wanted) >= _LEAST_ID else ()
    if len(found) > 1:
        listed = ", ".join(one.id for one in found)
        raise RefusedError(f"{quoted(beginning)} begins the ids of several pages: {listed}; give more")
    if not found:
        told = f"no page has an id that begins with {quoted(beginning)}"
        raise RefusedError(f"{told}; take one from `search` or from a span")
    if found[0].removed is not None:
        raise RefusedError(f"the page {found[0].id} was taken out of the workspace; `search` shows what stands there")
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
