"""Application scenarios that are opened, built, listed or used."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.annotate.resources.stated import (
    Ground,
    Stated,
    counted_in,
    name_of,
    number_of,
    of_batches,
    pair_of,
    parts_of,
    quantities_in,
    stage_of,
    stated_in,
    status_of,
    support_of,
)
from mingjian.core.model.annotation import Quantity
from mingjian.core.model.facts import Industry
from mingjian.core.model.resources import Scenario
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit

_STAGES = ("sought", "opened", "deployed", "built")


def annotate_scenarios(
    ground: Ground, found: GroupFindings, hits: Sequence[LexiconHit], industries: Sequence[Industry]
) -> tuple[Scenario, ...]:
    """The application scenarios that are opened, built or listed, in page order, with their names and sectors."""
    return tuple(
        _scenario(ground, found, stated, hits, industries) for stated in stated_in(ground, of_batches(ground, found))
    )


def _scenario(
    ground: Ground, found: GroupFindings, stated: Stated, hits: Sequence[LexiconHit], industries: Sequence[Industry]
) -> Scenario:
    article, clause = ground.article, stated.clause
    action = stated.match.span("action") or (stated.match.start, stated.match.end)
    known = next((hit for hit in hits if clause[0] <= hit.start and hit.end <= clause[1]), None)
    sector, place = _sector(known, clause, industries)
    count = _count(ground, found, stated)
    return Scenario(
        evidence=cite(article.text, *clause),
        by=stated.match.rule.id,
        parts=parts_of(
            owner=pair_of(stated.owner),
            action=action,
            count=number_of(count),
            scenario=(known.start, known.end) if known else None,
            sector=place,
        ),
        support=support_of(article, clause, stated.owner),
        owner=name_of(stated.owner),
        scenario=known.entry.name if known else None,
        sector=sector,
        action=article.text[slice(*action)],
        count=count.normal_value if count else None,
        status=status_of(ground, stated),
        stage=stage_of(found, article.folded[clause[0] : stated.match.end], _STAGES),
    )


def _count(ground: Ground, found: GroupFindings, stated: Stated) -> Quantity | None:
    """How many scenarios: the number of the match, or right behind it, that counts scenarios and nothing else."""
    folded, cues = ground.article.folded, found.cues
    told = counted_in(ground, stated.match)
    if told is not None or stated.match.rule.fields.get("batch"):
        return told
    for one in quantities_in(ground, (stated.match.start, stated.clause[1])):
        if cues["unit"].search(one.unit) and one.end <= stated.match.end + found.settings["behind"]:
            before = cues["scenarios-before"].search(folded, stated.match.start, one.start)
            if before or cues["scenarios-behind"].match(folded, one.end):
                return one
    return None


def _sector(known: LexiconHit | None, clause: Pair, industries: Sequence[Industry]) -> tuple[str | None, Pair | None]:
    """The section of the scenario, or of the only industry in the clause, and the words that say so."""
    if known is not None:
        return known.entry.fields["section"], (known.start, known.end)
    named = [
        (industry.gbt4754, pair)
        for industry in industries
        for pair in industry.mentions
        if industry.gbt4754 and clause[0] <= pair[0] and pair[1] <= clause[1]
    ]
    return named[0] if len({section for section, _ in named}) == 1 else (None, None)
