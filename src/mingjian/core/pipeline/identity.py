"""What is the same for every record: its id, its page, the ids of its facts, and where their words stand again."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Event, Fact
from mingjian.core.model.page import Page
from mingjian.core.model.record import PageReference, Record
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.ports import NO_ENGINES, Engines
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.places import find_many

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_ALSO_UP_TO = 200_000  # characters; beyond, looking for every fact's words would cost more than reading the page
_ONE_PASS_FROM = 20_000  # characters; below, building an automaton costs more than looking for the words of each fact
_ALSO_FROM = 4  # words shorter than this stand again by chance
_TWICE = 2
_ALSO_MOST = 100  # places; what stands more often still is a refrain
_PLACES = frozenset({"id", "parts", "support", "mentions"})  # where a fact stands, not what it says
_BLOCK_START = attrgetter("start")


def record_id(page: Page, book: Rulebook, engines: Engines = NO_ENGINES) -> str:
    """The id of the record that these rules, with these engines, make of this page."""
    return record_id_of(page.sha256, book, engines.names)


def record_id_of(sha256: str, book: Rulebook, engines: Iterable[str] = ()) -> str:
    """The id of the record that these rules, with the engines of these names, make of the page with this hash."""
    made_of = ":".join((sha256, book.version, *engines))
    return hashlib.sha256(made_of.encode()).hexdigest()[:32]


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
    """The record with ids and all words on its facts, restated ones folded into ``also`` of the first.

    Ids are made before, so that they do not depend on how far from its evidence a part stands.
    """
    changes: dict[str, Any] = {}
    kinds = fact_kinds(record)
    places = _places_of_all(kinds, article)
    for kind, facts in kinds.items():
        keyed = hashlib.blake2b(digest_size=8, key=kind.encode(), person=record.id.encode()[:16])
        facts = tuple([_identify(_restate(fact, article, places), keyed) for fact in _once(facts)])
        changes[kind] = tuple([with_words(fact, article.text) for fact in facts])
    if "events" in changes:
        changes["events"] = with_wholes(changes["events"])
    return msgspec.structs.replace(record, **changes)


def with_words(fact: Fact, text: str) -> Fact:
    """The fact with the words of its parts that stand outside of its evidence among its support.

    A fact is read without its page too, where a pair of offsets says nothing.
    """
    start, end = fact.evidence.pair
    outside = [pair for pairs in fact.parts.values() for pair in pairs if pair[0] < start or pair[1] > end]
    if not outside:
        return fact
    held = (getattr(fact, name) for name in fact.__struct_fields__)
    spans = [*fact.support, *(value for value in held if isinstance(value, Span))]
    missing = sorted({pair for pair in outside if not _lies_in(pair, spans)})
    return msgspec.structs.replace(fact, support=(*fact.support, *(cite(text, *pair) for pair in missing)))


def _lies_in(pair: Pair, spans: Iterable[Span]) -> bool:
    return any(span.layer == "text" and span.start <= pair[0] and pair[1] <= span.end for span in spans)


def with_wholes(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events, each part of another with the id of that one, which its parts find by its trigger."""
    ids = {event.trigger_span.pair: event.id for event in events}
    return tuple(
        [
            msgspec.structs.replace(event, sub_event_of=ids.get(event.parts["sub_event_of"][0]))
            if "sub_event_of" in event.parts
            else event
            for event in events
        ]
    )


def _once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts without those that repeat an earlier one word for word: the ``also`` of that one has the place."""
    told: set[tuple[str, bytes]] = set()
    for fact in facts:
        said = (fact.evidence.text, _ENCODER.encode(_content(fact)))
        if said not in told:
            told.add(said)
            yield fact


def _content(fact: Fact) -> list[object]:
    """What the fact says, wherever it says it."""
    values = (getattr(fact, name) for name in fact.__struct_fields__ if name not in _PLACES)
    return [value.text if isinstance(value, Span) else value for value in values]


def _restate(fact: Fact, article: Article, places: dict[str, list[int]]) -> Fact:
    """The fact with ``also``: the first other places of the body where the words of its evidence stand.

    ``places`` remembers where words stand, since many facts share a clause.
    """
    evidence = fact.evidence
    words = evidence.text
    starts = places.get(words)
    if starts is None:
        starts = places[words] = _places_of(words, article)
    if not starts:
        return fact
    others = islice((start for start in starts if start != evidence.start), _ALSO_MOST)
    also: tuple[Pair, ...] = tuple((start, start + len(words)) for start in others)
    return msgspec.structs.replace(fact, evidence=msgspec.structs.replace(evidence, also=also)) if also else fact


def _places_of_all(kinds: Mapping[str, Sequence[Fact]], article: Article) -> dict[str, list[int]]:
    """Where all words of all facts begin, found in one pass where the text is long; else they are looked for each."""
    if not _ONE_PASS_FROM <= len(article.text) <= _ALSO_UP_TO:
        return {}
    every = dict.fromkeys(fact.evidence.text for facts in kinds.values() for fact in facts)
    words = [each for each in every if len(each) >= _ALSO_FROM]
    found = find_many(article.text, article.body, words)
    return {each: [start for start, _ in found.get(each, ())] for each in every}


def _places_of(words: str, article: Article) -> list[int]:
    """Where in the body the words begin, for words that stand on the page more than once and not by chance."""
    starts: list[int] = []
    text = article.text
    if len(words) < _ALSO_FROM or len(text) > _ALSO_UP_TO or text.count(words) < _TWICE:
        return starts
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        block = bisect_right(article.body, start, key=_BLOCK_START) - 1
        if block >= 0 and end <= article.body[block].end:
            starts.append(start)
        start = text.find(words, end)
    return starts


def _identify(fact: Fact, keyed: hashlib.blake2b) -> Fact:
    """The fact with its id: the hash of its content, keyed by its kind and the record."""
    digest = keyed.copy()
    digest.update(_ENCODER.encode(fact))
    return msgspec.structs.replace(fact, id=digest.hexdigest())
