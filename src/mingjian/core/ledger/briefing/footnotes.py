"""What a sentence cites, page by page."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.core.books import Books
from mingjian.core.model.brief import Footnote, Reference, Sentence
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.things import PageCard
from mingjian.core.text.normal import on_one_line


def footnote_of(books: Books, sentence: Sentence, number: int) -> Footnote:
    """The pages that the sentence cites in its own order, each with those of its words that lie in no others."""
    pages: dict[str, list[Cite]] = {}
    for cite in sentence.cites:
        pages.setdefault(cite.page, []).append(cite)
    return Footnote(number, tuple(_reference(books, page, cites) for page, cites in pages.items()))


def _reference(books: Books, page: str, cites: Iterable[Cite]) -> Reference:
    card = books.page(page)
    kept = sorted(_widest(list(cites)), key=lambda cite: (-len(cite.text), cite.layer != "text", cite.start))
    if card is None:
        return Reference(page=page, title=None, source=None, published=None, link=page, cites=tuple(kept))
    return Reference(
        page=page,
        title=_said(card.title),
        source=_said(card.source) or _said(card.publisher),
        published=_day(card),
        link=card.address,
        cites=tuple(kept),
    )


def _widest(cites: list[Cite]) -> list[Cite]:
    return [
        cite
        for cite in cites
        if not any(
            other != cite and other.layer == cite.layer and other.start <= cite.start and cite.end <= other.end
            for other in cites
        )
    ]


def _said(outcome: Outcome[str]) -> str | None:
    return on_one_line(outcome.value).strip() or None if isinstance(outcome, Cited) else None


def _day(card: PageCard) -> str | None:
    """The day of publication, where the page tells one."""
    return card.published_from if card.published_from == card.published_to else None
