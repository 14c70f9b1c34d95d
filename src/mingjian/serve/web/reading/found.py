"""What a search found, as hits on a page: pieces of text with what was looked for marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from mingjian.brief.wording import graph_label, ledger_value_label, title_or_place, worded
from mingjian.core.model.outcome import value_of
from mingjian.core.model.span import Pair
from mingjian.core.model.things import FIELDS
from mingjian.core.text.normal import on_one_line
from mingjian.corpus.finding import FoundFact, FoundPage, Shown
from mingjian.serve.web.links import href, page_href
from mingjian.serve.web.reading.chain import published_of, source_of, title_of
from mingjian.serve.web.words import word
from mingjian.store.search import EntityHit

_FIELD_OF = {
    "organisation": "org", "person": "person", "region": "region", "technology": "tech", "industry": "industry",
    "policy": "policy",
}  # fmt: skip
_OWN_KINDS = frozenset({"technology", "industry"})


class Piece(msgspec.Struct, frozen=True):
    """A run of a snippet, and whether it is what was looked for."""

    text: str
    marked: bool


class Snippet(msgspec.Struct, frozen=True):
    """A stretch of the page, in pieces, and the address of the page at these words."""

    pieces: tuple[Piece, ...]
    href: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A hit: ``whole`` where it holds all that was asked, ``copies`` pages that it stands for beside itself.

    ``lacking`` are the words that it does not hold.

    ``pieces`` are those of the title where that itself is what was found.
    """

    title: str
    href: str
    pieces: tuple[Piece, ...] = ()
    kind: str = ""
    source: str = ""
    published: str = ""
    address: str = ""
    whole: bool = True
    lacking: str = ""
    copies: int = 0
    copies_href: str = ""
    thing: str = ""
    snippets: tuple[Snippet, ...] = ()


def kind_label(kind: str) -> str:
    """What a kind of facts, of names or of pages is called."""
    if kind in _OWN_KINDS:
        return str(word(f"kinds.{kind}"))
    label = graph_label(kind)
    return ledger_value_label(kind) if label == kind else label


def page_hits(found: Iterable[FoundPage]) -> tuple[Hit, ...]:
    """The pages that were found."""
    return tuple(
        Hit(
            title=title_of(page),
            href=page_href(page.id, _marks(page.shown)),
            source=source_of(page),
            published=published_of(page),
            address=page.address,
            whole=page.whole,
            lacking="、".join(page.lacking),
            copies=page.copies,
            copies_href=f"/pages/{page.id}/reprints" if page.copies else "",
            snippets=_snippets(page.id, page.shown),
        )
        for page in found
    )


def fact_hits(found: Iterable[FoundFact]) -> tuple[Hit, ...]:
    """The facts that were found, each with the page on which it stands."""
    return tuple(
        Hit(
            title=on_one_line(fact.fact.evidence.text),
            href=page_href(fact.page, [fact.fact.evidence.pair]),
            kind=kind_label(fact.kind),
            source=title_or_place(value_of(fact.title), fact.doc_id),
            published=worded(fact.published) if value_of(fact.published) else "",
            whole=fact.whole,
            thing=f"/things/{fact.fact.id}" if fact.kind in FIELDS else "",
            pieces=tuple(_pieces(fact.shown[0])) if fact.shown else (),
        )
        for fact in found
    )


def name_hits(found: Iterable[EntityHit]) -> tuple[Hit, ...]:
    """The names that were found: each leads to the pages that name it."""
    return tuple(
        Hit(
            title=hit.name,
            href=href("/search", q=_naming(hit), **{"in": "pages"}),
            kind=kind_label(hit.kind),
            source="、".join(name for name in hit.names if name != hit.name),
            published=str(word("search.pages_of", count=hit.pages)),
            whole=hit.whole,
        )
        for hit in found
    )


def _naming(hit: EntityHit) -> str:
    field = _FIELD_OF.get(hit.kind)
    quoted = hit.name.replace('"', " ")
    return f'{field}:"{quoted}"' if field else f'"{quoted}"'


def _marks(shown: Sequence[Shown]) -> list[Pair]:
    return [mark for each in shown for mark in each.marks][:8]


def _snippets(page: str, shown: Sequence[Shown]) -> tuple[Snippet, ...]:
    return tuple(
        Snippet(tuple(_pieces(each)), page_href(page, each.marks[:4] or [(each.start, each.end)])) for each in shown
    )


def _pieces(shown: Shown) -> Iterator[Piece]:
    """The snippet cut at its marks; line breaks become blanks."""
    cuts = sorted({shown.start, shown.end, *(end for mark in shown.marks for end in mark)})
    for start, end in pairwise(cuts):
        text = shown.text[start - shown.start : end - shown.start]
        marked = any(first <= start and end <= last for first, last in shown.marks)
        yield Piece(" ".join(text.split("\n")), marked)
