"""The names of a text: bodies, people, places."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.core.annotate.organisations import Setting, annotate_organisations
from mingjian.core.annotate.people import annotate_people
from mingjian.core.annotate.regions import annotate_regions
from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.facts import Names
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Span
from mingjian.core.pipeline.findings import Findings
from mingjian.core.text.place_names import find_places


def find_names(article: Article, found: Findings, metadata: Metadata | None = None) -> Names:
    """All names, from what the rules and lexicons found; people and places are read knowing the bodies.

    ``metadata`` tells what the page says of itself: its day, and the places that its title and publisher name.
    """
    rules, entries = found.rules, found.lexicons["names"]
    setting = _setting(found, metadata)
    places = find_places(entries, found.gazetteer, setting.places)
    organisations = annotate_organisations(article, rules["organisations"], entries, places, found.bodies, setting)
    people = annotate_people(article, rules["people"], entries, organisations)
    regions = annotate_regions(article, rules["regions"], places, organisations)
    return Names(organisations=organisations, people=people, regions=regions)


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
