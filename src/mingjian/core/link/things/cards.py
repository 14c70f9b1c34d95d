"""What the books know of a page, read from its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import msgspec

from mingjian.core.link.things.asides import asides_of
from mingjian.core.link.things.spheres import homes_of
from mingjian.core.model.facts import Fact, Industry, Region, Technology
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.model.things import FIELDS, PageCard


class Whence(msgspec.Struct, frozen=True, kw_only=True):
    """What only the workspace knows of a page: its id, where it stands, when it came, and its first source's id."""

    id: str
    doc_id: str
    address: str
    added: str
    group: str


def card_of(record: Record, whence: Whence) -> PageCard:
    """The card of a page."""
    published_from, published_to = published_days(record.published)
    return PageCard(
        id=whence.id,
        doc_id=whence.doc_id,
        address=whence.address,
        title=record.title,
        source=record.source,
        publisher=record.publisher,
        published=record.published,
        published_from=published_from,
        published_to=published_to,
        added=whence.added,
        ai=record.ai_relevant,
        asides=asides_of(record),
        doc_type=record.doc_type,
        group=whence.group,
        technologies=tuple(dict.fromkeys(one.tech for one in record.technologies)),
        industries=tuple(dict.fromkeys(letter for one in record.industries for letter in _sections(one))),
        regions={one.name: one.code for one in record.regions if one.code},
        called=_called(record),
        seats={one.canonical or one.name: one.region for one in record.organisations if one.region},
        named_at=_places(record),
        homes=homes_of(_names_with_places(record)),
    )


def _names_with_places(record: Record) -> Iterator[str]:
    """The names of a page that may begin with the place of which it tells."""
    told = (record.title, record.source, record.publisher)
    yield from (outcome.value for outcome in told if isinstance(outcome, Cited))
    yield from (one.name for one in record.regions)
    yield from (one.name for one in record.organisations)
    for policy in record.policies:
        yield from (policy.title, *policy.issuer)
    bodies = (post.affiliation for person in record.people for post in person.posts)
    yield from (body for body in bodies if body)


def _called(record: Record) -> dict[str, str]:
    """The canonical names of bodies by whatever else the page, or a part of one of its facts, calls them.

    A body without one has the name first printed, if that is the longer.
    """
    bodies = {pair: one for one in record.organisations for pair in one.mentions}
    told: dict[str, set[str]] = defaultdict(set)
    for pair, words in _words_of_facts(record):
        body = bodies.get(pair)
        if body is not None and (body.canonical or len(words) < len(body.name)):
            told[words].add(body.canonical or body.name)
    named = {one.name: one.canonical for one in record.organisations if one.canonical}
    clear = {words: next(iter(names)) for words, names in sorted(told.items()) if len(names) == 1}
    return {words: name for words, name in (clear | named).items() if words != name}


def _words_of_facts(record: Record) -> Iterator[tuple[Pair, str]]:
    """Where the parts of facts stand that may name bodies, and their words."""
    facts: Iterator[Fact] = (fact for field in FIELDS.values() for fact in getattr(record, field))
    for fact in facts:
        yield from ((span.pair, span.text) for span in fact.support)
        start, end = fact.evidence.pair
        inner = (pair for pairs in fact.parts.values() for pair in pairs if start <= pair[0] and pair[1] <= end)
        yield from ((pair, fact.evidence.text[pair[0] - start : pair[1] - start]) for pair in inner)
    spans = (post.affiliation_span for person in record.people for post in person.posts)
    yield from ((span.pair, span.text) for span in spans if span is not None)


def _places(record: Record) -> dict[str, tuple[Pair, ...]]:
    """Where each technology, industry and place is named, in order."""
    found: dict[str, set[Pair]] = defaultdict(set)
    for name, fact in _topics(record):
        found[name].update(fact.mentions)
        for words in (fact.name, fact.evidence.text):
            found[name].update(_in_title(record.title, words))
    return {name: tuple(sorted(pairs)) for name, pairs in found.items()}


def _topics(record: Record) -> Iterator[tuple[str, Technology | Industry | Region]]:
    """The technologies, industries and places of a page under what they are filed by."""
    yield from ((one.tech, one) for one in record.technologies)
    yield from ((letter, one) for one in record.industries for letter in _sections(one))
    yield from ((one.name, one) for one in record.regions if one.code)


def _in_title(title: Outcome[str], words: str) -> Iterator[Pair]:
    """Where the title, which need not be part of the body, has these words first."""
    if isinstance(title, Cited) and title.evidence.layer == "text":
        start = title.evidence.text.find(words)
        if start >= 0:
            start += title.evidence.start
            yield (start, start + len(words))


def _sections(industry: Industry) -> tuple[str, ...]:
    """The letters of the sections in which it lies: an industry may lie in several (``B,C,D``)."""
    return tuple(letter for letter in (industry.gbt4754 or "").split(",") if letter)


def published_days(outcome: Outcome[str]) -> tuple[str | None, str | None]:
    """The ISO days, as the page writes them, between which it was published: either end may be open.

    >>> published_days(Cited("2025-03-05T09:30:00+08:00", None, "example"))
    ('2025-03-05', '2025-03-05')
    """
    if isinstance(outcome, Cited):
        day = _day(outcome.value)
        return day, day
    interval = outcome.interval if isinstance(outcome, Missing) else None
    return (None, None) if interval is None else (_day(interval.start), _day(interval.end))


def _day(words: str | None) -> str | None:
    try:
        return date.fromisoformat((words or "")[:10]).isoformat()
    except ValueError:
        return None
