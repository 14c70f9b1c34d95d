"""Reads paragraphs as a page's body and gives what the annotators of names and topics find."""

from __future__ import annotations

from typing import NamedTuple

from mingjian.core.annotate.policies import annotate_policies
from mingjian.core.annotate.programmes import annotate_programmes
from mingjian.core.annotate.relevance import Named, find_relevance
from mingjian.core.annotate.reports import annotate_reports
from mingjian.core.annotate.times import annotate_times
from mingjian.core.annotate.topics import annotate_industries, annotate_technologies
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.article import Article, BodyBlock, DocumentHeader, Metadata
from mingjian.core.model.facts import Industry, Names, Policy, Programme, Technology
from mingjian.core.model.outcome import Missing, Outcome
from mingjian.core.model.relevance import Relevance
from mingjian.core.model.resources import Report
from mingjian.core.pipeline.findings import find_all, find_in_title
from mingjian.core.pipeline.naming import find_names
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings, group_of
from mingjian.core.text.matching import scanner_for
from mingjian.core.text.sentences import split_sentences


class Reading(NamedTuple):
    """What was read from some paragraphs."""

    article: Article
    names: Names
    technologies: tuple[Technology, ...]
    industries: tuple[Industry, ...]
    relevance: Relevance
    policies: tuple[Policy, ...]
    programmes: tuple[Programme, ...]
    reports: tuple[Report, ...]


def article_of(*paragraphs: str) -> Article:
    """An article whose body is these paragraphs, a line feed between them."""
    body, start = [], 0
    for paragraph in paragraphs:
        body.append(BodyBlock(start, start + len(paragraph), "paragraph"))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    return Article(
        text=text, folded=fold(text), body=tuple(body), boilerplate=(), sentences=split_sentences(text, body)
    )


def found_in(group: str, article: Article) -> GroupFindings:
    """What one rule group finds in the article, with the rest of its file."""
    book = bundled_rulebook()
    scanner = scanner_for(book, group)
    blocks = (scanner.scan(article.folded, block.start, block.end) for block in article.body)
    return group_of(book, group, (match for matches in blocks for match in matches))


def metadata_of(title: Outcome[str] | None, document: DocumentHeader | None = None) -> Metadata:
    """What the page says of itself: a title and the header of a document, and nothing else."""
    missing = Missing("not-told")
    return Metadata(
        title=title or missing,
        url=missing,
        publisher=missing,
        source=missing,
        published=missing,
        account_name=missing,
        document=document,
    )


def read(
    *paragraphs: str,
    day: str | None = "2025-08-20",
    title: Outcome[str] | None = None,
    document: DocumentHeader | None = None,
) -> Reading:
    """Everything that the annotators of names and topics find, with relative dates counted from ``day``."""
    article, book = article_of(*paragraphs), bundled_rulebook()
    found = find_all(article, book)
    rules, entries = found.rules, found.lexicons
    anchor = Anchor(day, "published")
    times = annotate_times(article, book, anchor)
    names = find_names(article, found)
    technologies = annotate_technologies(article, rules["topics"], entries["technologies"], entries["industries"])
    headline = title or Missing("no-title-in-page")
    policies = annotate_policies(article, rules["policies"], names, times, metadata_of(title, document), anchor)
    return Reading(
        article,
        names,
        technologies,
        annotate_industries(article, rules["topics"], entries["industries"], names.organisations, technologies),
        find_relevance(
            article,
            rules["topics"],
            entries,
            (headline, find_in_title(headline, book)),
            Named(technologies, policies, names.organisations, rules["genres"].matches),
        ),
        policies,
        annotate_programmes(article, rules["programmes"], names, times),
        annotate_reports(article, rules["reports"], names, times),
    )
