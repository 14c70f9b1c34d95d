"""Sentences of pages that speak of what a need names, where no hit tells of it: words, and no facts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mingjian.core.books import Books
from mingjian.core.link.things.answering import was_known
from mingjian.core.match.candidates import Bounds, search_words
from mingjian.core.match.reasons import PASSAGES, Wish, reasons_of
from mingjian.core.match.strength import is_weak
from mingjian.core.match.telling import Stretch, Telling, Words, stretch_of
from mingjian.core.model.ledger.cells import Cite, Filed
from mingjian.core.model.matching import Passage, Reason
from mingjian.core.model.span import Span
from mingjian.core.model.things import Member, PageCard
from mingjian.core.text.folding import fold

_ID = 16
_SPACE = re.compile(r"\s+")
_BESIDE = 1.0


class Sentence(NamedTuple):
    """A sentence of a page with those beside it, and how much of the need it names at first sight."""

    own: Stretch
    beside: tuple[Stretch, ...]
    rough: float


def find_passages(
    books: Books, words: Words, wish: Wish, bounds: Bounds, told: Iterable[Member]
) -> tuple[Passage, ...]:
    """The sentences that are good enough, the best first, one a page; none that the members ``told`` stand in."""
    known, found = _Known(told), dict[str, Passage]()
    for page in _pages(books, words, wish, bounds):
        best = max(_of_page(wish, words, page, known), key=lambda one: one.score, default=None)
        if best is not None:
            found.setdefault(best.id, best)
    return tuple(sorted(found.values(), key=lambda one: (-one.score, one.words)))


class _Known:
    """Where what is shown beside stands, also on the pages that print the same."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._spans: dict[str, list[Span]] = {}
        self._words: dict[str, list[str]] = {}
        for member in members:
            evidence = member.fact.evidence
            self._spans.setdefault(member.page.id, []).append(evidence)
            self._words.setdefault(member.page.group, []).append(fold(evidence.text))

    def holds(self, sentence: Stretch) -> bool:
        """Whether one of them stands in a sentence, or in the same sentence of another reprint."""
        span, page = sentence.span, sentence.page
        if any(one.start < span.end and span.start < one.end for one in self._spans.get(page.id, ())):
            return True
        return any(words in sentence.folded for words in self._words.get(page.group, ()))


def _pages(books: Books, words: Words, wish: Wish, bounds: Bounds) -> Iterator[PageCard]:
    """The pages that hold most of the words of the need, one of each group of reprints; not those that it is from."""
    own = {cite.page for cite in wish.need.cites}
    groups = {page.group for page in map(books.page, own) if page is not None}
    for name in words.pages(" ".join(search_words(wish)), wish.settings.passages.pages):
        page = books.page(name)
        if page is None or page.group in groups or not _counts(page, bounds):
            continue
        groups.add(page.group)
        yield page


def _counts(page: PageCard, bounds: Bounds) -> bool:
    known = bounds.as_of is None or was_known(page, bounds.as_of)
    return known and (page.ai or bounds.everything)


def _of_page(wish: Wish, words: Words, page: PageCard, known: _Known) -> Iterator[Passage]:
    """The passages of a page, each read closely that names most at first sight."""
    every = sorted(_sentences(wish, words, page), key=lambda one: (-one.rough, one.own.span.start))
    for one in every[: wish.settings.passages.closely]:
        if not known.holds(one.own):
            yield from _passage(wish, words, one)


def _sentences(wish: Wish, words: Words, page: PageCard) -> Iterator[Sentence]:
    """The sentences that name anything."""
    every = [stretch_of(page, span) for span in words.sentences(page.id)]
    for place, own in enumerate(every):
        rough = _rough(wish, own)
        if rough:
            yield Sentence(own, tuple(every[max(0, place - 1) : place] + every[place + 1 : place + 2]), rough)


def _rough(wish: Wish, sentence: Stretch) -> float:
    """How many different names of the need stand there, and things of a taxonomy that the page names there."""
    named = len(set(wish.naming.findall(sentence.folded))) if wish.naming is not None else 0
    span = sentence.span
    return named + sum(
        any(span.start <= start < span.end for start, _ in sentence.page.named_at.get(name, ())) for name in wish.tagged
    )


def _passage(wish: Wish, words: Words, one: Sentence) -> Iterator[Passage]:
    """The sentence as a passage where it shares enough."""
    page, span = one.own.page, one.own.span
    reasons = reasons_of(wish, PASSAGES, _filed(one), Telling(words, (one.own,), one.beside))
    score = round(sum(reason.points for reason in reasons), 2)
    if not _is_good(wish, reasons, score):
        return
    yield Passage(
        id=hashlib.blake2b(_SPACE.sub("", one.own.folded).encode(), digest_size=_ID // 2).hexdigest(),
        words=Cite(page.id, span.start, span.end, span.text),
        title=page.title,
        source=page.source,
        published=page.published,
        score=score,
        reasons=reasons,
    )


def _is_good(wish: Wish, reasons: Sequence[Reason], score: float) -> bool:
    """Whether it shares so much with the need that it is worth reading, and nothing that is not wanted."""
    if any(reason.relation == "unwanted" for reason in reasons) or is_weak(wish, reasons):
        return False
    return score >= wish.settings.passages.least


def _filed(one: Sentence) -> Filed:
    """What the page names, and the places that the sentence or those beside it name."""
    page = one.own.page
    regions = tuple(
        code
        for name, code in page.regions.items()
        if any(
            each.span.start <= start < each.span.end
            for each in (one.own, *one.beside)
            for start, _ in page.named_at.get(name, ())
        )
    )
    return Filed(technologies=page.technologies, industries=page.industries, regions=regions)
