"""Which pages, and what people said of them, are shown to whom: those that were taken out are for admins alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from litestar import Request

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.review import Review
from mingjian.core.storing import StoreReader
from mingjian.corpus.pages import page_called
from mingjian.errors import UnknownError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.workspace import Workspace


def shown_page(request: Request[Any, Any, Any], reader: StoreReader, workspace: Workspace, page: str) -> KeptPage:
    """The page whose id begins so; ``UnknownError`` for none, and for one that was taken out, but to admins."""
    kept = page_called(reader, page, str(workspace.folder))
    if kept.removed is not None and not asker_of(request).may("admin"):
        raise UnknownError(kept.id, f"was taken out of the workspace ({kept.removed})", "ask an admin to bring it back")
    return kept


def shown_reviews(
    request: Request[Any, Any, Any], workspace: Workspace, reviews: Iterable[Review]
) -> tuple[Review, ...]:
    """The reviews; those of pages that were taken out without words, but to admins."""
    every = tuple(reviews)
    if asker_of(request).may("admin"):
        return every
    with workspace.pages() as reader:
        out = {page for page in {one.page for one in every} if _is_out(reader, page)}
    return tuple(one.without_words() if one.page in out else one for one in every)


def _is_out(reader: StoreReader, page: str) -> bool:
    return all(kept.removed is not None for kept in reader.find(page, 1))
