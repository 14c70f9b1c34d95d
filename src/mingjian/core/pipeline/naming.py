"""The names of a text: bodies, people, places."""

from __future__ import annotations

from mingjian.core.annotate.organisations import annotate_organisations
from mingjian.core.annotate.people import annotate_people
from mingjian.core.annotate.regions import annotate_regions
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names
from mingjian.core.pipeline.findings import Findings


def find_names(article: Article, found: Findings) -> Names:
    """All names, from what the rules and lexicons found; people and places are read knowing the bodies."""
    rules, entries = found.rules, found.lexicons["names"]
    organisations = annotate_organisations(article, rules["organisations"], entries)
    people = annotate_people(article, rules["people"], entries, organisations)
    regions = annotate_regions(article, rules["regions"], entries, organisations)
    return Names(organisations=organisations, people=people, regions=regions)
