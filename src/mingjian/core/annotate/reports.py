"""Reports, collections of cases and standards that the body names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names
from mingjian.core.model.resources import Report
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import sentence_at

_WIDTHS = {"day": 10, "month": 7, "year": 4}


def annotate_reports(
    article: Article, found: GroupFindings, names: Names, times: Sequence[TimeExpression]
) -> tuple[Report, ...]:
    """The reports and standards that the body names, in order of first mention."""
    if not found.matches:
        return ()
    issuers = sorted(pair for one in names.organisations for pair in one.mentions)
    groups: dict[str, Match] = {}
    reached = 0
    for match in found.matches:
        if match.start >= reached:
            reached = match.end
            groups.setdefault((match.group("name") or match.text).strip("《》"), match)
    return tuple(_report(article, found, match, issuers, times) for match in groups.values())


def _report(
    article: Article, found: GroupFindings, match: Match, issuers: Sequence[Pair], times: Sequence[TimeExpression]
) -> Report:
    name = _untitled(article.folded, match.span("name") or (match.start, match.end))
    sentence = sentence_at(article.sentences, match.start)
    low = sentence.start if sentence else match.start
    issuer = _last_before(issuers, match.start, low, found.settings["issuer_gap"])
    dated = [(time.start, time.end) for time in times if low <= time.start < match.start]
    time = next(
        (one for one in reversed(times) if dated and one.start == dated[-1][0] and one.date.precision in _WIDTHS), None
    )
    parts: dict[str, tuple[Pair, ...]] = {"name": (name,)}
    if issuer:
        parts["issuer"] = (issuer,)
    if time:
        parts["date"] = ((time.start, time.end),)
    number = match.span("number")
    if number:
        parts["number"] = (number,)
    start = time.date.start if time else None
    return Report(
        name=article.text[name[0] : name[1]],
        issuer=article.text[issuer[0] : issuer[1]] if issuer else None,
        date=start[: _WIDTHS[time.date.precision]] if time and start else None,
        evidence=cite(article.text, match.start, match.end),
        parts=parts,
        by=match.rule.id,
        kind=match.rule.fields["kind"],
        number=article.text[slice(*number)] if number else None,
    )


def _untitled(folded: str, name: Pair) -> Pair:
    """The words without the marks of a title round them."""
    return (name[0] + 1, name[1] - 1) if folded[name[0]] == "《" else name


def _last_before(places: Sequence[Pair], high: int, low: int, gap: int) -> Pair | None:
    index = bisect_left(places, (high, 0)) - 1
    if index < 0:
        return None
    start, end = places[index]
    return (start, end) if start >= low and 0 <= high - end <= gap else None
