"""The addresses of the workbench's pages: the one home of how they are spelled."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.span import Pair


def page_href(page: str, spans: Sequence[Pair] = ()) -> str:
    """The page of this id beside its facts; with ``spans`` (code points of its text) these words are lit there.

    >>> page_href("0f3a", [(12, 30), (40, 45)])
    '/pages/0f3a#s=12,30;40,45'
    """
    lit = ";".join(f"{start},{end}" for start, end in spans)
    return f"/pages/{quote(page, safe='')}{'#s=' + lit if lit else ''}"


def cite_href(cite: Cite) -> str:
    """The page at these words; what stands in another layer than the text has no place to be lit."""
    return page_href(cite.page, (cite.pair,) if cite.layer == "text" else ())


def thing_href(ledger: str, thing: str) -> str:
    """The page of a row of a ledger.

    >>> thing_href("events", "e12")
    '/events/e12'
    """
    return f"/{quote(ledger, safe='')}/{quote(thing, safe='')}"


def href(path: str, /, **asked: str | int | Sequence[str] | None) -> str:
    """The path with what is asked; what is ``None`` or empty is left out, and the order is that of the arguments.

    >>> href("/search", q="算力", page=None, region=("110000", "310000"))
    '/search?q=%E7%AE%97%E5%8A%9B&region=110000&region=310000'
    """
    given = [(name, value) for name, value in asked.items() if value not in (None, "", (), [])]
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
