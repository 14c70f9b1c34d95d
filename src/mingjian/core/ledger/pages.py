"""Which pages answer what is asked of pages as such, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.ledger.asking import Question, asked_of, ledger_called
from mingjian.core.link.things.answering import lies_in
from mingjian.core.model.outcome import value_of
from mingjian.core.model.things import PageCard

_LAST = "9999"
_ANY_LEDGER = "events"


class FiledPage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """By what a page is found among others: ``first`` and ``last`` are the days between which it was published."""

    id: str
    title: str
    sources: tuple[str, ...]
    doc_type: str
    ai: bool
    first: str | None
    last: str | None
    added: str
    technologies: tuple[str, ...]
    industries: tuple[str, ...]
    regions: tuple[str, ...]


class PagesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which pages are asked for: all that is given must hold. ``question`` in people's words; ``types`` are doc types.

    ``since`` and ``until`` of the question are days of publication. ``ai``: only those about AI, or only the others.
    """

    question: Question
    types: tuple[str, ...] = ()
    ai: bool | None = None


def file_pages(cards: Iterable[PageCard]) -> list[FiledPage]:
    """The pages, published last first; those without a date stand behind."""
    return sorted(map(_filed, cards), key=lambda page: (_backward(page.last or page.first or ""), page.id))


def pages_answering(pages: Iterable[FiledPage], asked: PagesAsked) -> Iterator[FiledPage]:
    """The pages that answer, in the same order; raises ``QuestionError`` for what is no place, day or technology."""
    question = asked.question
    plain = msgspec.structs.replace(question, statuses=(), as_of=None)
    known = asked_of(ledger_called(_ANY_LEDGER), plain)
    for page in pages:
        if (
            _shares(known.sources, page.sources)
            and _shares(known.technologies, page.technologies)
            and _shares(known.industries, page.industries)
            and _shares(asked.types, (page.doc_type,))
            and (asked.ai is None or page.ai == asked.ai)
            and (not known.regions or any(lies_in(code, place) for place in known.regions for code in page.regions))
            and _was_published(page, known.since, known.until)
            and (known.added_by is None or page.added[:10] <= known.added_by)
            and all(word in page.title for word in known.words)
        ):
            yield page


def _filed(card: PageCard) -> FiledPage:
    named = (value_of(card.source), value_of(card.publisher))
    return FiledPage(
        id=card.id,
        title=value_of(card.title) or "",
        sources=tuple(dict.fromkeys(name for name in named if name)),
        doc_type=card.doc_type,
        ai=card.ai,
        first=card.published_from,
        last=card.published_to,
        added=card.added,
        technologies=card.technologies,
        industries=card.industries,
        regions=tuple(card.regions.values()),
    )


def _shares(asked: tuple[str, ...], held: tuple[str, ...]) -> bool:
    return not asked or any(one in held for one in asked)


def _was_published(page: FiledPage, since: str | None, until: str | None) -> bool:
    """Whether it may have been published between two days; one without a date was not."""
    if since is None and until is None:
        return True
    if page.first is None and page.last is None:
        return False
    return (since is None or (page.last or _LAST) >= since) and (until is None or (page.first or "") <= until)


def _backward(day: str) -> tuple[object, ...]:
    return (not day, tuple(-ord(sign) for sign in day))
