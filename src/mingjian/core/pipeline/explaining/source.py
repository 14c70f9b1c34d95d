"""All that an explanation asks: the record, its page, and the rules asked once more over the whole body."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha256
from operator import attrgetter
from typing import Protocol, TypeVar

import msgspec

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.clean.article import body_alone
from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import Article, BodyBlock, Sentence
from mingjian.core.model.explanation import FactNamed
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair, Place, Span
from mingjian.core.pipeline.expressions import anchor_at
from mingjian.core.pipeline.findings import Findings, find_all
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.pipeline.placing import place_of
from mingjian.core.pipeline.verify import spans_of
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.normal import Normal, normalise
from mingjian.core.text.sentences import sentence_at, split_sentences
from mingjian.errors import EvidenceError

_DAY = 10
_LONGEST = 2000  # characters that a match of a rule, a time or a number may have
_START = attrgetter("start")


class Source(msgspec.Struct, frozen=True, eq=False):
    """A record with the words of its page, and what the rules find in its body.

    ``article``, ``times``, ``quantities`` and ``found`` count in the normal form of the page; ``at`` and ``to_page``
    lead there and back. ``facts`` are the facts by id, ``named`` by the places that name them or say when they were.
    """

    record: Record
    page: Page
    book: Rulebook
    normal: Normal
    article: Article
    times: Sequence[TimeExpression]
    quantities: Sequence[Quantity]
    found: Findings
    facts: dict[str, FactNamed]
    named: dict[Pair, FactNamed]
    places: dict[Pair, Place]

    def at(self, pair: Pair) -> Pair:
        """The stretch of the normal form for a stretch of the page."""
        return self.normal.from_page(pair[0]), self.normal.from_page(pair[1])

    def to_page(self, pair: Pair) -> Pair:
        """The stretch of the page for a stretch of the normal form."""
        return self.normal.to_page(pair)

    def sentences_of(self, pair: Pair) -> Pair:
        """The sentence, or the run of sentences, of the normal form round a stretch of it."""
        first, last = (self._sentence(offset) for offset in (pair[0], max(pair[1] - 1, pair[0])))
        low = first.start if first else pair[0]
        return min(low, pair[0]), max(last.end if last else pair[1], pair[1])

    def readings_of(self, pair: Pair) -> list[TimeExpression | Quantity]:
        """The times and numbers that make up most of the words at a place of the page."""
        low, high = self.at(pair)
        read = self.readings_in((low, high))
        return [one for one in read if 2 * (min(one.end, high) - max(one.start, low)) > high - low]

    def readings_in(self, stretch: Pair) -> list[TimeExpression | Quantity]:
        """The times and numbers in a stretch of the normal form."""
        times: list[TimeExpression] = touching(self.times, stretch)
        return [*times, *touching(self.quantities, stretch)]

    def _sentence(self, offset: int) -> Sentence | None:
        return sentence_at(self.article.sentences, offset)

    def place(self, pair: Pair) -> Place | None:
        """Where the words are printed: by the page's boxes, or by what the record says of the same words."""
        return place_of(*pair, self.page.boxes) if self.page.boxes else self.places.get(pair)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=_Placed)


def touching(found: Sequence[P], stretch: Pair) -> list[P]:
    """Of what was found, in page order, all that shares a character with the stretch."""
    low = bisect_left(found, stretch[0] - _LONGEST, key=_START)
    high = bisect_left(found, stretch[1], key=_START)
    return [one for one in found[low:high] if one.end > stretch[0]]


def page_with_words(record: Record) -> Page:
    """A page that has nothing but the record's own text; raises ``EvidenceError`` where it has none."""
    text = record.page.text
    if text is None:
        raise EvidenceError(
            "the record does not hold the text of its page; give the page, or make the record with its text"
        )
    name = record.page.path or record.page.url or record.page.sha256[:12]
    return Page(doc_id=name, content=b"", media_type=record.page.media_type, encoding="utf-8", text=text)


def source_of(record: Record, page: Page, book: Rulebook) -> Source:
    """The record and its page, asked; raises ``EvidenceError`` where the text is not that of which it was made."""
    found, stated = sha256(page.text.encode()).hexdigest(), record.page.text_sha256
    if found != stated:
        raise EvidenceError(
            f"the text of {page.doc_id} is not the one that the record was made of "
            f"(text_sha256 {stated[:12]}…, this one has {found[:12]}…)"
        )
    normal = normalise(page)
    article = _article(record, normal)
    published = record.published.value[:_DAY] if isinstance(record.published, Cited) else None
    times = annotate_times(article, book, anchor_at(published))
    return Source(
        record=record,
        page=page,
        book=book,
        normal=normal,
        article=article,
        times=times,
        quantities=annotate_quantities(article, book, times),
        found=find_all(article, book),
        facts={fact.id: _name(kind, fact) for kind, facts in fact_kinds(record).items() for fact in facts},
        named=dict(_named(record)),
        places={span.pair: span.place for _, span in spans_of(record) if span.place and span.layer == "text"},
    )


def _article(record: Record, normal: Normal) -> Article:
    """The article as the record has it, in the normal form, and nothing to be read where it is not."""
    body = tuple(
        BodyBlock(normal.from_page(block.start), normal.from_page(block.end), block.role) for block in record.body
    )
    return Article(
        text=normal.text,
        folded=body_alone(normal.folded, body),
        body=body,
        boilerplate=(),
        sentences=split_sentences(normal.text, body),
    )


def _named(record: Record) -> Iterator[tuple[Pair, FactNamed]]:
    """Facts by the places that name them; a name wins over the words that date an event."""
    kinds = fact_kinds(record)
    for kind, facts in kinds.items():
        for fact in facts:
            for pair in _dating(fact):
                yield pair, _name(kind, fact)
    for kind, facts in kinds.items():
        for fact in facts:
            for pair in getattr(fact, "mentions", ()):
                yield pair, _name(kind, fact)


def _name(kind: str, fact: Fact) -> FactNamed:
    return FactNamed(kind, fact.id, called(fact))


def _dating(fact: Fact) -> Iterator[Pair]:
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if name in ("date_span", "trigger_span") and isinstance(value, Span):
            yield value.pair


def called(fact: Fact) -> str:
    """What a fact is called in a list: its full name, name or title, else its words."""
    names = (getattr(fact, name, None) for name in ("canonical", "name", "title"))
    return next((name for name in names if isinstance(name, str) and name), fact.evidence.text)
