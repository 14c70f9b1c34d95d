"""What companies do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import CompanyAction, Names, Organisation, Parts
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.sentences import sentence_at

_LEAD_LENGTH = 16


def annotate_company_actions(
    article: Article, found: GroupFindings, times: Sequence[TimeExpression], names: Names
) -> tuple[CompanyAction, ...]:
    """What companies did, do or plan, in page order, one a clause."""
    acting = found.settings["companies"]
    companies = mentions_of(bearer for bearer in names.organisations if bearer.type in acting)
    if not companies:
        return ()
    actions: list[CompanyAction] = []
    taken = -1
    for match in found.matches:
        sentence = sentence_at(article.sentences, match.start)
        if sentence is None or match.start < taken or article.body[sentence.block].role in HEADING_ROLES:
            continue
        clauses = clauses_between(article.folded, sentence.start, sentence.end)
        number = clause_number(clauses, match.start)
        clause = (clauses[number][0], max(clauses[number][1], match.end))
        company = _company(article, companies, clauses[: number + 1], match.start, found.cues["itself"])
        if company is None or found.cues["unreal"].search(article.folded, clause[0], match.start):
            continue
        taken = clause[1]
        actions.append(_action(article, match, company, _led(clauses, number, clause, times), times))
    return tuple(actions)


def _action(
    article: Article, match: Match, company: Mention, clause: Pair, times: Sequence[TimeExpression]
) -> CompanyAction:
    inside = (time for time in times if clause[0] <= time.start and time.end <= match.end)
    time = next(
        (time for time in inside if time.type in ("DATE", "TIME") and time.function == "at" and time.date.start), None
    )
    parts: Parts = {"company": (company.pair,), "action": ((match.start, match.end),)}
    if time is not None:
        parts["date"] = ((time.start, time.end),)
    outside = not (clause[0] <= company.start and company.end <= clause[1])
    bearer = company.bearer
    return CompanyAction(
        evidence=cite(article.text, *clause),
        by=match.rule.id,
        parts=parts,
        support=(cite(article.text, *company.pair),) if outside else (),
        company=(bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name,
        action=article.text[match.start : match.end],
        date=time.date.start if time is not None else None,
    )


def _company(
    article: Article, companies: Sequence[Mention], clauses: Sequence[Pair], verb: int, itself: re.Pattern[str]
) -> Mention | None:
    """The company that acts: named before the verb, or meant by 公司, or the subject of an earlier clause."""
    here = mentions_between(companies, clauses[-1][0], verb)
    if here:
        return here[0]
    start = clauses[0][0]
    for low, high in reversed(clauses[:-1]):
        before = mentions_between(companies, low, high)
        if before and before[0].start - low <= _LEAD_LENGTH:
            return before[0]
    if itself.match(article.folded, clauses[-1][0]) or itself.match(article.folded, start):
        earlier = [mention for mention in companies if mention.end <= start]
        return earlier[-1] if earlier else None
    return None


def _led(clauses: Sequence[Pair], number: int, clause: Pair, times: Sequence[TimeExpression]) -> Pair:
    """The clause with the date that leads it, where the clause before is no more than that."""
    if number == 0:
        return clause
    low, high = clauses[number - 1]
    covered = sum(time.end - time.start for time in times if low <= time.start and time.end <= high)
    return (low, clause[1]) if high - low <= _LEAD_LENGTH and 2 * covered >= high - low else clause
