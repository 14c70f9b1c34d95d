"""What is the same for every record: its id, its page, the ids of its facts, and where their words stand again."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Fact
from mingjian.core.model.page import Page
from mingjian.core.model.record import PageReference, Record
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_ALSO_FROM = 4  # words shorter than this stand again by chance


def record_id(page: Page, book: Rulebook) -> str:
    """The id of the record that these rules make of this page."""
    return hashlib.sha256(f"{page.sha256}:{book.version}".encode()).hexdigest()[:32]


def refer(page: Page) -> PageReference:
    """How a record names its page."""
    return PageReference(
        media_type=page.media_type,
        encoding=page.encoding,
        sha256=page.sha256,
        text_sha256=page.text_sha256,
        n_chars=len(page.text),
        path=page.path,
        url=page.url,
        retrieved_at=page.retrieved_at,
    )


def fact_kinds(record: Record) -> dict[str, tuple[Fact, ...]]:
    """The record's lists of facts by field name."""
    fields = ((name, getattr(record, name)) for name in record.__struct_fields__)
    return {name: value for name, value in fields if isinstance(value, tuple) and value and isinstance(value[0], Fact)}


def finish(record: Record, article: Article) -> Record:
    """The record with ids on its facts, restated facts folded into ``also``, and every other place of their words."""
    changes: dict[str, Any] = {
        kind: tuple(_identify(record.id, kind, _restate(fact, article)) for fact in facts)
        for kind, facts in fact_kinds(record).items()
    }
    return msgspec.structs.replace(record, **changes)


def _restate(fact: Fact, article: Article) -> Fact:
    """The fact with ``also``: the other places of the body where the words of its evidence stand."""
    words = fact.evidence.text
    if len(words) < _ALSO_FROM:
        return fact
    places: list[Pair] = []
    start = article.text.find(words)
    while start >= 0:
        if start != fact.evidence.start and _in_body(article, start, start + len(words)):
            places.append((start, start + len(words)))
        start = article.text.find(words, start + len(words))
    if not places:
        return fact
    return msgspec.structs.replace(fact, evidence=msgspec.structs.replace(fact.evidence, also=tuple(places)))


def _in_body(article: Article, start: int, end: int) -> bool:
    return any(block.start <= start and end <= block.end for block in article.body)


def _identify(page_id: str, kind: str, fact: Fact) -> Fact:
    content = _ENCODER.encode(fact)
    digest = hashlib.blake2b(content, digest_size=8, key=kind.encode(), person=page_id.encode()[:16]).hexdigest()
    return msgspec.structs.replace(fact, id=digest)
