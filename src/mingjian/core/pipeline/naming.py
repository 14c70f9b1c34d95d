"""The names of a text: bodies, people, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from mingjian.core.annotate.organisations import Setting, annotate_organisations
from mingjian.core.annotate.people import annotate_people
from mingjian.core.annotate.recognised import (
    settle,
    tidy,
    titled_stretches,
    with_organisations,
    with_people,
    with_regions,
)
from mingjian.core.annotate.regions import annotate_regions
from mingjian.core.model.annotation import Named
from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.facts import Names, Organisation
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Span
from mingjian.core.pipeline.findings import Findings, find_all
from mingjian.core.pipeline.recognition import engine_of, recognise_each
from mingjian.core.ports import NO_ENGINES, Engines
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.place_names import Places, find_places, meant

_AT_ONCE = 256  # texts whose names an engine is asked for together


def find_names(
    article: Article, found: Findings, metadata: Metadata | None = None, recognised: Sequence[Named] = ()
) -> Names:
    """All names: what the rules and lexicons found, and behind them what engines recognised.

    People and places are read knowing the bodies. ``metadata`` tells what the page says of itself: its day, and the
    places that its title and publisher name.
    """
    rules, listed = found.rules, found.lexicons["names"]
    setting = _setting(found, metadata)
    places = find_places(listed, found.gazetteer, setting.places)
    entries = meant(listed, places)
    organisations = annotate_organisations(article, rules["organisations"], entries, places, found.bodies, setting)
    people = annotate_people(article, rules["people"], entries, organisations)
    regions = annotate_regions(article, rules["regions"], places, organisations)
    names = Names(organisations=organisations, people=people, regions=regions)
    return _with_recognised(article, found, places, names, recognised) if recognised else names


def _setting(found: Findings, metadata: Metadata | None) -> Setting:
    if metadata is None:
        return Setting()
    day = metadata.published.value[:10] if isinstance(metadata.published, Cited) else None
    return Setting(day, dict(_places_of_head(found, (metadata.publisher, metadata.title))))


def _places_of_head(found: Findings, outcomes: Iterable[object]) -> Iterable[tuple[str, Span]]:
    """The places that the values name, each with the words that say so."""
    for outcome in outcomes:
        if isinstance(outcome, Cited):
            for hit in found.regions_in(outcome.evidence.text):
                if hit.entry.id.isdigit():
                    yield hit.entry.id, outcome.evidence


def _with_recognised(
    article: Article, found: Findings, places: Places, names: Names, recognised: Sequence[Named]
) -> Names:
    """The names with those of engines behind them; places are read again, knowing more bodies."""
    group, entries = found.rules["recognised"], meant(found.lexicons["names"], places)
    settled = settle(article, group, names, recognised)
    organisations = with_organisations(article, group, names.organisations, settled)
    people = with_people(article, entries, names.people, settled)
    regions = annotate_regions(article, found.rules["regions"], places, organisations)
    return Names(organisations=organisations, people=people, regions=with_regions(article, regions, settled))


def names(text: str, *, engines: Engines = NO_ENGINES, book: Rulebook | None = None) -> tuple[Named, ...]:
    """The names of a text in order, none inside another; every line is a paragraph.

    Labels are ``PER``, ``ORG`` and ``LOC``. A firm's department is no part of the firm's name, and the title of a work
    (《…》) names nobody.

    >>> [(name.label, name.start, name.end) for name in names("李克明在北京市海淀区")]
    [('PER', 0, 3), ('LOC', 4, 7), ('LOC', 7, 10)]
    """
    return next(names_of_each([text], engines=engines, book=book))


def names_of_each(
    texts: Iterable[str], *, engines: Engines = NO_ENGINES, book: Rulebook | None = None
) -> Iterator[tuple[Named, ...]]:
    """For every text what ``names`` gives; an engine is asked of many texts at once, which is faster."""
    book, waiting = book or bundled_rulebook(), iter(texts)
    while batch := [article_of(text) for text in islice(waiting, _AT_ONCE)]:
        recognised = recognise_each(batch, engines, book.tables["recognised"])
        for article, extra in zip(batch, recognised, strict=True):
            yield _names_of(article, find_all(article, book), extra)


def _names_of(article: Article, found: Findings, recognised: Sequence[Named]) -> tuple[Named, ...]:
    group = found.rules["recognised"]
    titles = titled_stretches(article)
    labelled = _labelled(find_names(article, found, recognised=recognised), group.settings["unnamed_types"])
    tidied = (one for given in labelled if (one := tidy(article.folded, group, given)) is not None)
    return tuple(_outermost(one for one in tidied if titles.holding(*one.pair) is None))


def _labelled(names: Names, unnamed: Sequence[str]) -> Iterator[Named]:
    for label, facts in (("ORG", names.organisations), ("PER", names.people), ("LOC", names.regions)):
        for fact in facts:
            if not (isinstance(fact, Organisation) and fact.type in unnamed):
                yield from (Named(start, end, label, fact.by) for start, end in fact.mentions)


def _outermost(names: Iterable[Named]) -> list[Named]:
    """The names that no other holds or cuts; a place that no list has goes on the one before it, as an address does."""
    kept: list[Named] = []
    for one in sorted(names, key=lambda one: (one.start, -one.end, one.label)):
        last = kept[-1] if kept else None
        if last is None or one.start > last.end or (one.start == last.end and not _goes_on(last, one)):
            kept.append(one)
        elif _goes_on(last, one):
            kept[-1] = msgspec.structs.replace(last, end=max(last.end, one.end))
    return kept


def _goes_on(last: Named, one: Named) -> bool:
    return last.label == one.label == "LOC" and engine_of(one.by) is not None
