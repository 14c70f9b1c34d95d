"""Yearly government work reports: whose they are, those called only the report of a year, and the page's own."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.model.article import Metadata
from mingjian.core.model.facts import Policy
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import Match

_AGAIN = "report_again"


def report_key(match: Match, title: str, context: Context) -> str:
    """What is the same for all places that name one report: its title and year, and whose it is where they say so."""
    year = match.group("year") or match.group("told") or ""
    owner = match.group("owner") or ""
    return title + ("" if context.cues["of-this-place"].match(owner) else owner) + year


def report_owner(match: Match, context: Context) -> Pair | None:
    """Whose the report is: the words before its title say it, or the page's only people's congress is a local one."""
    return match.span("issuer") or context.congress


def report_meant(one: Named, last: str | None, context: Context) -> str | None:
    """The key of the report that the place means: one without a year is the ``last`` named of the same place.

    去年的报告 is one only where the page has named a report before; 今年的报告 is that one.
    """
    title = context.settings["work_report"]
    if one.kind != _AGAIN:
        named = last is not None and (one.key == title or last.startswith(one.key))
        return last if one.year is None and named else one.key
    if last is None:
        return None
    return last if context.words(one.year or one.whole) in context.settings["this_year"] else title + one.key


def as_report(one: Named, named: Named | None) -> Named:
    """The place with the title that the page printed before, where it only says 报告."""
    if one.kind != _AGAIN or named is None:
        return one
    return msgspec.structs.replace(one, title=named.title, words=named.words, owner=one.owner or named.owner)


def report_of_headline(metadata: Metadata, text: str, cues: Mapping[str, re.Pattern[str]]) -> Policy | None:
    """The work report whose own text the page is, as its headline says with day and congress."""
    title = metadata.title
    if not isinstance(title, Cited) or title.evidence.layer != "text":
        return None
    found = cues["report-headline"].match(fold(title.evidence.text))
    if found is None:
        return None
    low = title.evidence.start
    places = {name: (low + found.start(name), low + found.end(name)) for name in ("title", "owner", "year")}
    evidence = cite(text, *places["title"])
    return Policy(
        title=evidence.text,
        status="issued",
        issuer=(text[slice(*places["owner"])],),
        date=found["year"],
        evidence=evidence,
        mentions=(evidence.pair,),
        parts={"title": (evidence.pair,), "issuer": (places["owner"],), "date": (places["year"],)},
        support=(cite(text, *places["year"]),),
        by="policy.report-headline",
    )
