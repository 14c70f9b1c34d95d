"""Who tells of a thing, a part of its sources at a time: what the pages of documents and of people share."""

from __future__ import annotations

from typing import Any

from mingjian.core.books import Books
from mingjian.core.model.things import Thing
from mingjian.corpus.facts import sources_of
from mingjian.serve.web.parts import Download
from mingjian.serve.web.queries import Query
from mingjian.serve.web.reading.thing import tellings
from mingjian.serve.workspace import Workspace

ASKED = ("as_of", "sources")
_SHOWN = 10


def sourced(workspace: Workspace, books: Books, thing: Thing, query: Query) -> dict[str, Any]:
    """The sources from the one that the address asks for on, and the addresses of those around."""
    offset = query.number("sources", 0)
    with workspace.pages() as reader:
        told = sources_of(books, reader, thing, offset, _SHOWN)
    before = str(max(0, offset - _SHOWN)) if offset > _SHOWN else None
    return {
        "thing": thing,
        "tellings": tellings(told, books.members(thing.id)),
        "earlier": query.chosen(sources=before).href if offset else None,
        "later": query.chosen(sources=str(offset + _SHOWN)).href if offset + _SHOWN < thing.sources else None,
        "downloads": (Download("JSON", f"/api/things/{thing.id}"),),
    }
