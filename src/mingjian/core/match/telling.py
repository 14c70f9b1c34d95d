"""Where the words of a thing name something: in what its mentions themselves say, in titles, or elsewhere on pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple, Protocol, TypeAlias

from mingjian.core.ledger.building import cite_page
from mingjian.core.model.article import BodyBlock
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, Span
from mingjian.core.model.things import Member, PageCard, ThingKind
from mingjian.core.text.folding import fold

Where: TypeAlias = Literal["own", "around", "title", "page"]
_CITES = 3
_BEFORE, _BEHIND = 60, 160
_END = re.compile(r"[\u3002\uff01\uff1f!?\n]")


class Body(NamedTuple):
    """The text of a page, and which of it is the body."""

    text: str
    blocks: Sequence[BodyBlock]


class Words(Protocol):
    """The words of pages, beside what books keep of them."""

    def facts(self, words: str, kinds: Sequence[ThingKind], limit: int) -> Sequence[tuple[str, str]]:
        """The facts of these kinds that hold most of the words, the best first: ids of their pages and of them."""
        ...

    def pages(self, words: str, limit: int) -> Sequence[str]:
        """The ids of the pages that hold most of the words, the best first; of reprints only the first source."""
        ...

    def of(self, page: str, pair: Pair) -> str | None:
        """The words of a page between two places, nothing where they cannot be read."""
        ...

    def body(self, page: str) -> Body | None:
        """The body of a page, nothing where it cannot be read."""
        ...


class NoWords:
    """Where nothing but the books is at hand."""

    def facts(self, words: str, kinds: Sequence[ThingKind], limit: int) -> Sequence[tuple[str, str]]:
        """None."""
        del words, kinds, limit
        return ()

    def pages(self, words: str, limit: int) -> Sequence[str]:
        """None."""
        del words, limit
        return ()

    def of(self, page: str, pair: Pair) -> str | None:
        """None."""
        del page, pair
        return None

    def body(self, page: str) -> Body | None:
        """None."""
        del page
        return None


class Stretch(NamedTuple):
    """Words of a page, and their folded form."""

    page: PageCard
    span: Span
    folded: str

    def holds(self, pair: Pair) -> bool:
        """Whether these words of the page's text begin and end within."""
        return self.span.start <= pair[0] and pair[1] <= self.span.end


class Told(NamedTuple):
    """Where something is named: words of pages, and whether the thing itself says so, a title, or the page."""

    where: Where
    cites: tuple[Cite, ...]


class Telling:
    """Words of pages that may name things: ``own`` tell of what is asked about, ``around`` are near them.

    Titles of the pages name things too, but where pages only name it (``named``): those say nothing beyond their words.
    """

    def __init__(
        self, words: Words, own: Sequence[Stretch], around: Sequence[Stretch] = (), *, named: bool = False
    ) -> None:
        self._words = words
        self._pages = list({each.page.id: each.page for each in own}.values())
        self._own, self._around, self._named = own, around, named
        titles = [] if named else [stretch_of(page, span) for page in self._pages for span in _titles(page)]
        self._ways: tuple[tuple[Where, Sequence[Stretch]], ...] = (("own", own), ("around", around), ("title", titles))

    def holding(self, names: Iterable[str], unless: re.Pattern[str] | None = None) -> Told | None:
        """Where one of these folded names stands, the first of them that does; not behind words of ``unless``."""
        listed = tuple(names)
        for where, stretches in self._ways:
            for name in _standing(stretches, listed):
                cites = tuple(_found(stretches, name, unless))
                if cites:
                    return Told(where, cites)
        return None

    def matching(self, pattern: re.Pattern[str]) -> Told | None:
        """Where a pattern finds something in the thing's own words, else in a title; once a stretch."""
        for where, stretches in self._ways:
            found = [(each, match) for each in stretches if (match := pattern.search(each.folded)) is not None]
            if found:
                return Told(where, tuple(_cite(each, *match.span()) for each, match in found[:_CITES]))
        return None

    def naming(self, name: str, *, anywhere: bool) -> Told | None:
        """Where pages name what their cards call so: a technology by its id, an industry by its letter, a place.

        ``anywhere``: elsewhere on the page too.
        """
        for where, stretches in self._ways:
            cites = tuple(cite for each in stretches for cite in _named_within(each, name))
            if cites:
                return Told(where, _once(cites))
        return self._named_on_page(name) if anywhere else None

    def _named_on_page(self, name: str) -> Told | None:
        for page in () if self._named else self._pages:
            for pair in page.named_at.get(name, ())[:1]:
                text = self._words.of(page.id, pair)
                if text:
                    return Told("page", (Cite(page.id, *pair, text),))
        return None

    def sentences(self) -> frozenset[tuple[str, int]]:
        """The sentences of its mentions that were read around them: the ids of their pages, and where they begin."""
        stretches = self._around or self._own
        return frozenset((each.page.id, each.span.start) for each in stretches if each.span.layer == "text")

    def regions(self) -> Iterator[tuple[str, str]]:
        """The names of places of its pages with their codes."""
        for page in self._pages:
            yield from page.regions.items()

    def seated(self, code: str) -> list[str]:
        """The names of bodies of its pages that are organs of a place."""
        found = {
            name: None
            for page in self._pages
            for called, seat in page.seats.items()
            if seat == code
            for name in (called, *(printed for printed, canonical in page.called.items() if canonical == called))
        }
        return list(found)

    def first(self) -> Cite | None:
        """The first words in which it is told of."""
        return next((cite_page(each.page, each.span) for each in self._own), None)


def telling_of(members: Sequence[Member], words: Words, *, named: bool = False, around: int = 0) -> Telling:
    """The words in which mentions tell of a thing, of the first ``around`` also the sentences that these stand in."""
    every = [[stretch_of(member.page, span) for span in _own_spans(member)] for member in members]
    read = [] if named else list(chain.from_iterable(every[:around]))
    return Telling(words, list(chain.from_iterable(every)), _all_around(read, words), named=named)


def _all_around(own: Iterable[Stretch], words: Words) -> list[Stretch]:
    """The sentences that stretches stand in, each once; of pages that print the same, those of one."""
    found: list[Stretch] = []
    read: dict[str, str] = {}
    for one in own:
        is_read = any(each.page.id == one.page.id and each.holds(one.span.pair) for each in found)
        if not is_read and read.setdefault(one.page.group, one.page.id) == one.page.id:
            found += _around(one, words)
    return found


def stretch_of(page: PageCard, span: Span) -> Stretch:
    """Words of a page."""
    return Stretch(page, span, fold(span.text))


def _around(stretch: Stretch, words: Words) -> Iterator[Stretch]:
    """The sentence that a stretch stands in, where the page can be read."""
    span = stretch.span
    first = max(0, span.start - _BEFORE)
    text = words.of(stretch.page.id, (first, span.end + _BEHIND)) if span.layer == "text" else None
    if text is None:
        return
    before = _END.finditer(text, 0, span.start - first)
    behind = _END.search(text, span.end - first)
    begins = max((end.end() for end in before), default=0)
    ends = behind.start() if behind is not None else len(text)
    if begins < ends:
        whole = Span(first + begins, first + ends, text[begins:ends])
        yield Stretch(stretch.page, whole, fold(whole.text))


def _own_spans(member: Member) -> Iterator[Span]:
    """The evidence, and what else the fact was read from, where that lies outside of it."""
    evidence = member.fact.evidence
    yield evidence
    for span in member.fact.support:
        if span.layer == "text" and (span.start >= evidence.end or span.end <= evidence.start):
            yield span


def _titles(page: PageCard) -> Iterator[Span]:
    if isinstance(page.title, Cited):
        yield page.title.evidence


def _standing(stretches: Sequence[Stretch], names: Sequence[str]) -> list[str]:
    """Those of many names that stand in one of the stretches, or in several put together: most stand in none."""
    together = "".join(each.folded for each in stretches)
    return [name for name in names if name in together]


def _found(stretches: Sequence[Stretch], name: str, unless: re.Pattern[str] | None) -> Iterator[Cite]:
    count = 0
    for each in stretches:
        at = each.folded.find(name)
        is_denied = unless is not None and at >= 0 and unless.search(each.folded, 0, at) is not None
        if at >= 0 and count < _CITES and not is_denied:
            count += 1
            yield _cite(each, at, at + len(name))


def _named_within(stretch: Stretch, name: str) -> Iterator[Cite]:
    """The first place within a stretch at which its page names something."""
    span = stretch.span
    if span.layer != "text":
        return
    for start, end in stretch.page.named_at.get(name, ()):
        if start >= span.end:
            return
        if start >= span.start and end <= span.end:
            yield _cite(stretch, start - span.start, end - span.start)
            return


def _cite(stretch: Stretch, start: int, end: int) -> Cite:
    span = stretch.span
    return Cite(stretch.page.id, span.start + start, span.start + end, span.text[start:end], span.layer)


def _once(cites: Iterable[Cite]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys(cites))[:_CITES]
